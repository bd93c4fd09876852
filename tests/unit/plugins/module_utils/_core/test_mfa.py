# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the policy that requires MFA lets people do: by our judgement, the sandbox's, and an evaluator of others."""

from __future__ import annotations

import itertools
import json
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.documents import parse, size
from ansible_collections.workforce.aws.plugins.module_utils._core.mfa import NAME, POLICY
from ansible_collections.workforce.aws.plugins.module_utils._documents.policy import policy_faults
from ansible_collections.workforce.aws.plugins.module_utils._documents.warnings import policy_warnings
from ansible_collections.workforce.aws.plugins.module_utils._sign_in.evaluation import Policy, judge
from ansible_collections.workforce.aws.plugins.module_utils._sign_in.request import ACTS, Principal

from tests.sandbox.behaviour.permissions import Source, decide
from tests.sandbox.behaviour.policy_language import Request
from tests.sandbox.evaluator import Evaluator, Question

EVERYTHING: t.Final = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
PARTITIONS: t.Final = ("aws", "aws-cn", "aws-us-gov")
PATHS: t.Final = ("/", "/staff/", "/a/b/")
MFA: t.Final[t.Mapping[str, str | None]] = {"without": "false", "key": None, "with": "true"}
OWN: t.Final = ("iam:EnableMFADevice", "iam:GetMFADevice", "iam:GetUser", "iam:ListMFADevices", "iam:ResyncMFADevice")
# The only ones that pass because others allow them: that is not this policy's to give.
SPARED: t.Final = ("iam:ChangePassword", "iam:GetAccountPasswordPolicy", "sts:GetSessionToken")
WITHOUT_RESOURCE: t.Final = (
    "iam:GetAccountPasswordPolicy",
    "iam:ListVirtualMFADevices",
    "iam:ListUsers",
    "sts:GetSessionToken",
)
DENIED: t.Final = (
    "iam:DeactivateMFADevice",
    "iam:DeleteVirtualMFADevice",
    "iam:CreateAccessKey",
    "iam:UpdateLoginProfile",
    "iam:ListUsers",
    "s3:GetObject",
    "sts:AssumeRole",
)
OTHER_RESOURCES: t.Final = {
    "iam:DeleteVirtualMFADevice": "arn:aws:iam::123456789012:mfa/phone",
    "s3:GetObject": "arn:aws:s3:::bucket/key",
    "sts:AssumeRole": "arn:aws:iam::123456789012:role/admin",
}


def verdict(
    evaluator: Evaluator, action: str, resource: str, who: str, mfa: str | None, *, beside: t.Any = None
) -> str:
    """The word on the policy, alone or beside another, which the sandbox and the evaluator have in common."""
    texts = [json.dumps(document) for document in ([POLICY] if beside is None else [POLICY, beside])]
    context = {"aws:username": [who]} | ({} if mfa is None else {"aws:MultiFactorAuthPresent": [mfa]})
    found = decide([Source(text, text) for text in texts], None, Request(action, resource, context)).verdict
    partition = resource.split(":")[1]
    arn = f"arn:{partition}:iam::123456789012:user/{who}"
    on = "*" if action in WITHOUT_RESOURCE else resource
    assert evaluator.judge(Question(arn, action, on, "123456789012", texts, context)).verdict == found, action
    return found


@pytest.mark.parametrize("partition", PARTITIONS)
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("mfa", MFA.values(), ids=MFA)
def test_everybody_may_enrol_their_own_device(evaluator: Evaluator, partition: str, path: str, mfa: str | None) -> None:
    """Under every path and in every partition; alice is not malice."""
    start = f"arn:{partition}:iam::123456789012"
    for action in OWN:
        assert verdict(evaluator, action, f"{start}:user{path}alice", "alice", mfa) == "allowed"
        for other in ("malice", "alice2", "alice/bob"):
            assert verdict(evaluator, action, f"{start}:user{path}{other}", "alice", mfa) == "implicitDeny"
    assert verdict(evaluator, "iam:CreateVirtualMFADevice", f"{start}:mfa/phone", "alice", mfa) == "allowed"
    assert verdict(evaluator, "iam:ListVirtualMFADevices", f"{start}:mfa/", "alice", mfa) == "allowed"


@pytest.mark.parametrize(("how", "mfa"), MFA.items())
def test_whoever_may_everything_may_nothing_else_without_mfa(evaluator: Evaluator, how: str, mfa: str | None) -> None:
    """Nor by an access key, which tells nothing of MFA; and nobody takes a device away without one."""
    own, denied = "arn:aws:iam::123456789012:user/alice", "allowed" if how == "with" else "explicitDeny"
    resources = {action: OTHER_RESOURCES.get(action, own) for action in DENIED}
    told = {verdict(evaluator, action, on, "alice", mfa, beside=EVERYTHING) for action, on in resources.items()}
    assert told == {denied}
    assert {verdict(evaluator, action, own, "alice", mfa, beside=EVERYTHING) for action in SPARED} == {"allowed"}
    assert {verdict(evaluator, action, own, "alice", mfa) for action in SPARED} == {"implicitDeny"}


@pytest.mark.parametrize(("partition", "path", "act"), [*itertools.product(PARTITIONS, PATHS, ACTS)])
def test_our_own_judgement_says_the_same(evaluator: Evaluator, partition: str, path: str, act: t.Any) -> None:
    """What the first sign-in is proved by."""
    who = Principal("alice", f"arn:{partition}:iam::123456789012:user{path}alice")
    theirs = verdict(evaluator, act.action, act.resource(who), "alice", "false")
    ours = judge([Policy("department everyone", NAME, parse(POLICY))], who, act=act)
    assert (ours.verdict, theirs) in {("allowed", "allowed"), ("not allowed", "implicitDeny")}
    assert judge([Policy("x", "y", EVERYTHING), Policy("x", NAME, POLICY)], who, act=act).verdict == "allowed"


def test_it_is_a_policy_that_iam_takes_and_nobody_is_warned_of() -> None:
    """And a small one: it counts against the 5,120 characters of the group."""
    assert list(policy_faults(POLICY)) == []
    assert list(policy_warnings(POLICY)) == []
    assert size(POLICY) == 841, "the guide policies_and_roles.rst tells it"
