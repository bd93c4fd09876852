# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""May this user choose a password at the first sign-in? Policies as people and AWS write them, and generated ones.

The generated ones are held against the sandbox's evaluator, which shares no line with ours, and against one that nobody
here wrote.
"""

from __future__ import annotations

import json
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._sign_in.evaluation import (
    Denial,
    Policy,
    judge,
    misses_path,
)
from ansible_collections.workforce.aws.plugins.module_utils._sign_in.request import ACTS, Act, Principal
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sandbox.behaviour.permissions import Source, decide
from tests.sandbox.behaviour.policy_language import Request
from tests.sandbox.evaluator import Evaluator, Question

ROOT: t.Final = Principal("asha", "arn:aws:iam::123456789012:user/asha")
STAFF: t.Final = Principal("asha", "arn:aws:iam::123456789012:user/staff/asha")
WITHOUT_MFA: t.Final = {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}
# What the IAM user guide lists in NotAction of the statement DenyAllExceptListedIfNoMFA.
FORCE_MFA_SPARES: t.Final = [
    "iam:CreateVirtualMFADevice",
    "iam:EnableMFADevice",
    "iam:GetUser",
    "iam:ListMFADevices",
    "iam:ListVirtualMFADevices",
    "iam:ResyncMFADevice",
    "sts:GetSessionToken",
]


def document(*statements: t.Mapping[str, t.Any], version: str = "2012-10-17") -> dict[str, t.Any]:
    return {"Version": version, "Statement": list(statements)}


def policy(*statements: t.Mapping[str, t.Any], version: str = "2012-10-17") -> Policy:
    return Policy("department sales", "rules", document(*statements, version=version))


def allow(resource: t.Any = "*", action: t.Any = "iam:ChangePassword", **more: t.Any) -> dict[str, t.Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(resource: t.Any = "*", action: t.Any = "*", **more: t.Any) -> dict[str, t.Any]:
    return {"Effect": "Deny", "Action": action, "Resource": resource, **more}


ALLOWED: t.Final = allow()
FORCE_MFA: t.Final = {
    "Sid": "DenyAllExceptListedIfNoMFA",
    "Effect": "Deny",
    "NotAction": FORCE_MFA_SPARES,
    "Resource": "*",
    "Condition": WITHOUT_MFA,
}


@pytest.mark.parametrize(
    ("resource", "at_root", "under_path"),
    [
        ("*", True, True),
        ("arn:aws:iam::*:user/${aws:username}", True, False),
        ("arn:aws:iam::*:user/*/${aws:username}", False, True),
        (["arn:aws:iam::*:user/${aws:username}", "arn:aws:iam::*:user/*/${aws:username}"], True, True),
        ("arn:aws:iam::*:user/staff/${aws:username}", False, True),
        ("arn:aws:iam::*:user/*${aws:username}", True, True),
        ("arn:aws:iam::123456789012:user/asha", True, False),
        ("arn:aws:iam::123456789012:user/Asha", False, False),
        ("arn:aws:iam::210987654321:user/*", False, False),
        ("arn:aws-cn:iam::*:user/*", False, False),
        ("arn:*:iam::*:user/*", True, True),
        ("arn:aws:iam::123456789012:user/as?a", True, False),
        ("arn:aws:iam::*:user/${AWS:UserName}", True, False),
        ("arn:aws:iam::*:user/${aws:username, 'nobody'}", True, False),
        ("arn:aws:iam::*:user/${*}", False, False),
        ("arn:aws:iam::*:user/${aws:FederatedProvider}", False, False),
        ("arn:aws:iam::*:user/${aws:PrincipalTag/name}", False, False),
        ("arn:aws:s3:::*", False, False),
    ],
)
def test_resources(resource: t.Any, at_root: bool, under_path: bool) -> None:
    """A user under a path is not `user/NAME`; what a variable stands for must be known."""
    found = [judge([policy(allow(resource))], who).verdict == "allowed" for who in (ROOT, STAFF)]
    assert found == [at_root, under_path]


def test_a_name_is_no_pattern() -> None:
    """A variable's value is taken letter by letter, so `malice` is nothing to `alice`."""
    mine = policy(allow("arn:aws:iam::*:user/${aws:username}"))
    assert judge([mine], Principal("al*ce", "arn:aws:iam::1:user/alice")).verdict == "not allowed"
    assert judge([mine], Principal("a.b", "arn:aws:iam::1:user/axb")).verdict == "not allowed"
    trap = policy(allow("arn:aws:iam::*:user/*${aws:username}"))
    assert judge([trap], Principal("alice", "arn:aws:iam::1:user/malice")).verdict == "allowed"


def test_variables_came_with_a_version() -> None:
    """In a document of 2008, and in one without a version, a variable is only letters (IAM user guide, Version)."""
    mine = "arn:aws:iam::*:user/${aws:username}"
    assert judge([policy(allow(mine), version="2008-10-17")], ROOT).verdict == "not allowed"
    unversioned = Policy("department sales", "rules", {"Statement": allow(mine)})
    assert judge([unversioned], ROOT).verdict == "not allowed"


@pytest.mark.parametrize(
    ("action", "matches"),
    [
        ("iam:ChangePassword", True),
        ("IAM:changepassword", True),
        ("iam:*", True),
        ("*", True),
        ("iam:Change*", True),
        ("iam:?hangePassword", True),
        (["s3:*", "iam:*Password"], True),
        ("iam:ChangePassword2", False),
        ("iam.ChangePassword", False),
        ("s3:*", False),
    ],
)
def test_actions(action: t.Any, matches: bool) -> None:
    """Actions have wildcards and no case; NotAction is the opposite."""
    assert (judge([policy(allow(action=action))], ROOT).verdict == "allowed") is matches
    but = {"Effect": "Allow", "NotAction": action, "Resource": "*"}
    assert (judge([policy(but)], ROOT).verdict == "allowed") is not matches


def test_not_resource() -> None:
    """NotResource is the opposite of Resource."""
    others = {"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:iam::*:user/${aws:username}"}
    assert judge([policy(others)], ROOT).verdict == "not allowed"
    assert judge([policy(others)], STAFF).verdict == "allowed"


@pytest.mark.parametrize(
    ("condition", "applies"),
    [
        ({"Bool": {"aws:MultiFactorAuthPresent": "false"}}, True),
        ({"Bool": {"aws:multifactorauthpresent": False}}, True),
        ({"Bool": {"aws:MultiFactorAuthPresent": "true"}}, False),
        (WITHOUT_MFA, True),
        ({"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}}, False),
        ({"Null": {"aws:MultiFactorAuthPresent": "true"}}, False),
        ({"Null": {"aws:MultiFactorAuthPresent": "false"}}, True),
        ({"Null": {"aws:MultiFactorAuthAge": "true"}}, True),
        ({"NumericGreaterThan": {"aws:MultiFactorAuthAge": "3600"}}, False),
        ({"NumericGreaterThanIfExists": {"aws:MultiFactorAuthAge": "3600"}}, True),
        ({"StringNotEquals": {"aws:CalledViaFirst": "cloudformation.amazonaws.com"}}, True),
        ({"ForAnyValue:StringEquals": {"aws:CalledVia": ["a"]}}, False),
        ({"ForAnyValue:StringNotEquals": {"aws:CalledVia": ["a"]}}, False),
        ({"ForAnyValue:StringEqualsIfExists": {"aws:CalledVia": ["a"]}}, False),
        ({"ForAllValues:StringEquals": {"aws:TagKeys": ["a"]}}, True),
        ({"StringEquals": {"aws:username": "asha"}}, True),
        ({"StringEquals": {"aws:username": "as*"}}, False),
        ({"StringEquals": {"aws:username": "Asha"}}, False),
        ({"StringEqualsIgnoreCase": {"aws:username": "Asha"}}, True),
        ({"StringNotEquals": {"aws:username": ["ben", "carl"]}}, True),
        ({"StringNotEquals": {"aws:username": ["ben", "asha"]}}, False),
        ({"StringLike": {"aws:username": "as*"}}, True),
        ({"StringNotLike": {"aws:username": "as*"}}, False),
        ({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:user/*"}}, True),
        ({"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:user/break-glass"}}, True),
        ({"StringEquals": {"aws:PrincipalAccount": "123456789012"}}, True),
        ({"StringEquals": {"aws:PrincipalType": "User"}}, True),
        ({"Bool": {"aws:SecureTransport": "false"}}, False),
        ({"Bool": {"aws:ViaAWSService": "true"}}, False),
        ({"StringEquals": {"aws:username": "${aws:username}"}}, True),
        ({"Bool": {"aws:MultiFactorAuthPresent": "false"}, "StringEquals": {"aws:username": "ben"}}, False),
        ({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, None),
        ({"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, None),
        ({"DateGreaterThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}}, None),
        ({"StringEquals": {"aws:PrincipalTag/team": "sales"}}, None),
        ({"Null": {"aws:PrincipalTag/team": "true"}}, None),
        ({"StringEquals": {"aws:RequestedRegion": "eu-central-1"}}, None),
        ({"StringEquals": {"aws:username": "ben"}, "IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, False),
        ({"FutureOperator": {"aws:username": "asha"}}, None),
    ],
)
def test_conditions(condition: t.Any, applies: bool | None) -> None:
    """A session at the console without MFA; what nobody can know lets nobody in, and may block."""
    assert (judge([policy(allow(Condition=condition))], ROOT).verdict == "allowed") is (applies is True)
    denying = deny(Condition=condition)
    found = judge([policy(ALLOWED, denying)], ROOT)
    if applies is False:
        assert found.verdict == "allowed"
    else:
        assert found.denials == (Denial(policy(ALLOWED, denying), denying, certain=applies is True),)


def test_force_mfa_blocks_the_first_sign_in() -> None:
    """AWS's tutorial policy Force_MFA: without MFA the person cannot do the forced change; spared, they can."""
    found = judge([policy(ALLOWED, FORCE_MFA)], ROOT)
    assert (found.verdict, found.denials[0].statement["Sid"]) == ("denied", "DenyAllExceptListedIfNoMFA")
    spared = {**FORCE_MFA, "NotAction": [*FORCE_MFA_SPARES, "iam:ChangePassword"]}
    assert judge([policy(ALLOWED, spared)], ROOT).verdict == "allowed"


def test_awss_own_policy() -> None:
    """IAMUserChangePassword, version 5: with and without a path."""
    own = ["arn:aws:iam::*:user/${aws:username}", "arn:aws:iam::*:user/*/${aws:username}"]
    written = policy(allow(own, ["iam:ChangePassword"]), allow("*", ["iam:GetAccountPasswordPolicy"]))
    for who in (ROOT, STAFF):
        assert judge([written], who).allowed_by == written
        assert not misses_path(written, who)


def test_the_older_policy_misses_a_path() -> None:
    """Before version 5 it named `user/${aws:username}` alone."""
    written = policy(allow("arn:aws:iam::*:user/${aws:username}"))
    assert misses_path(written, STAFF)
    assert not misses_path(written, ROOT)
    assert not misses_path(policy(allow("arn:aws:s3:::*")), STAFF)


def test_boundaries() -> None:
    """A boundary allows nothing by itself, limits what is allowed, and denies."""
    inside, outside = policy(allow(action="iam:*")), policy(allow(action="s3:*"))
    assert judge([policy(ALLOWED)], ROOT, inside).verdict == "allowed"
    assert judge([], ROOT, inside).verdict == "not allowed"
    beyond = judge([policy(ALLOWED)], ROOT, outside)
    assert (beyond.verdict, beyond.beyond_boundary) == ("not allowed", True)
    assert not judge([], ROOT, outside).beyond_boundary
    assert judge([policy(ALLOWED)], ROOT, policy(ALLOWED, FORCE_MFA)).verdict == "denied"


def test_all_denials_are_named() -> None:
    """Each statement, with the policy that has it."""
    first, second = policy(deny(Sid="One"), deny(Sid="Two")), policy(deny(Sid="Three"))
    found = judge([first, policy(ALLOWED), second], ROOT).denials
    assert [denial.statement["Sid"] for denial in found] == ["One", "Two", "Three"]
    assert [denial.policy for denial in found] == [first, first, second]


def one_or_list(values: st.SearchStrategy[str]) -> st.SearchStrategy[t.Any]:
    return values | st.lists(values, min_size=1, max_size=3)


ACTIONS: t.Final = one_or_list(
    st.sampled_from(
        [
            "*",
            "iam:*",
            "iam:ChangePassword",
            "IAM:Change*",
            "iam:?hange*",
            "s3:Get*",
            "iam:GetUser",
            "iam:*MFADevice",
            "iam:EnableMFADevice",
        ]
    )
)
RESOURCES: t.Final = one_or_list(
    st.sampled_from(
        [
            "*",
            "arn:aws:iam::*:user/${aws:username}",
            "arn:aws:iam::*:user/*/${aws:username}",
            "arn:aws:iam::*:user/*${aws:username}",
            "arn:aws:iam::123456789012:user/staff/*",
            "arn:aws:iam::*:mfa/${aws:username}",
            "arn:*:iam::*:user/as?a",
            "arn:aws:iam::*:user/${aws:FederatedProvider}",
            "arn:aws:iam::*:user/${aws:FederatedProvider, 'asha'}",
            "arn:aws:s3:::bucket/*",
        ]
    )
)
BOOLEANS: t.Final = one_or_list(st.sampled_from(["true", "false", "True"]))
NAMES: t.Final = one_or_list(st.sampled_from(["asha", "Asha", "as*", "ben", "${aws:username}", "${*}"]))
STRING_OPERATORS: t.Final = ["StringEquals", "StringLike", "StringEqualsIgnoreCase", "StringNotEquals", "StringNotLike"]
KEYS: t.Final = ["aws:username", "aws:FederatedProvider", "aws:PrincipalType"]
CONDITIONS: t.Final = (
    st.dictionaries(st.just("Null"), st.dictionaries(st.sampled_from(KEYS), BOOLEANS, min_size=1), max_size=1)
    | st.dictionaries(
        st.sampled_from(["Bool", "BoolIfExists"]),
        st.dictionaries(
            st.sampled_from(
                ["aws:MultiFactorAuthPresent", "aws:ViaAWSService", "aws:SecureTransport", "AWS:MULTIFACTORAUTHAGE"]
            ),
            BOOLEANS,
            min_size=1,
        ),
        max_size=2,
    )
    | st.dictionaries(
        st.builds(
            "{}{}{}".format,
            st.sampled_from(["", "ForAnyValue:", "ForAllValues:"]),
            st.sampled_from(STRING_OPERATORS),
            st.sampled_from(["", "IfExists"]),
        ),
        st.dictionaries(st.sampled_from(KEYS), NAMES, min_size=1),
        max_size=2,
    )
)
STATEMENTS: t.Final = st.builds(
    lambda effect, action, actions, resource, resources, condition: {
        "Effect": effect,
        action: actions,
        resource: resources,
        **({"Condition": condition} if condition else {}),
    },
    st.sampled_from(["Allow", "Allow", "Deny"]),
    st.sampled_from(["Action", "Action", "NotAction"]),
    ACTIONS,
    st.sampled_from(["Resource", "Resource", "NotResource"]),
    RESOURCES,
    CONDITIONS,
)
DOCUMENTS: t.Final = st.builds(
    lambda statements, version: document(*statements, version=version),
    st.lists(STATEMENTS, min_size=1, max_size=3),
    st.sampled_from(["2012-10-17", "2012-10-17", "2008-10-17"]),
)
VERDICTS: t.Final = {"allowed": "allowed", "explicitDeny": "denied", "implicitDeny": "not allowed"}


CASES: t.Final = (
    st.lists(DOCUMENTS, max_size=3),
    st.none() | DOCUMENTS,
    st.sampled_from([ROOT, STAFF]),
    st.sampled_from(ACTS),
)


def differs_by_documentation(documents: t.Iterable[dict[str, t.Any] | None]) -> bool:
    """In NotResource a variable without a value: see `tests/sandbox_tests/evaluator/test_agreement.py`."""
    without_value = "arn:aws:iam::*:user/${aws:FederatedProvider}"
    statements = [statement for one in documents if one for statement in one["Statement"]]
    return any(without_value in str(statement.get("NotResource", "")) for statement in statements)


def compare(
    evaluator: Evaluator, documents: list[dict[str, t.Any]], boundary: dict[str, t.Any] | None, who: Principal, act: Act
) -> None:
    held = [Policy("department sales", str(number), one) for number, one in enumerate(documents)]
    ours = judge(held, who, None if boundary is None else Policy("boundary", "boundary", boundary), act)
    texts = [json.dumps(one) for one in documents]
    limits = None if boundary is None else json.dumps(boundary)
    context = {key: [value] for key, value in who.context.items()}
    sandbox = decide(
        [Source(str(number), text) for number, text in enumerate(texts)],
        None if limits is None else Source("boundary", limits),
        Request(act.action, act.resource(who), context),
    )
    assert ours.verdict == VERDICTS[sandbox.verdict]
    assert all(denial.certain for denial in ours.denials)
    if not differs_by_documentation([*documents, boundary]):
        question = Question(who.arn, act.action, act.resource(who), "123456789012", texts, context, limits)
        assert ours.verdict == VERDICTS[evaluator.judge(question).verdict]


@settings(max_examples=4 * settings().max_examples)
@given(*CASES)
def test_agrees_with_others(
    evaluator: Evaluator, documents: list[dict[str, t.Any]], boundary: dict[str, t.Any] | None, who: Principal, act: Act
) -> None:
    """Three evaluators of one language, written apart, come to one verdict wherever all is known."""
    compare(evaluator, documents, boundary, who, act)


@pytest.mark.long
@settings(max_examples=4000)
@given(*CASES)
def test_agrees_with_others_in_thousands_of_cases(
    evaluator: Evaluator, documents: list[dict[str, t.Any]], boundary: dict[str, t.Any] | None, who: Principal, act: Act
) -> None:
    compare(evaluator, documents, boundary, who, act)
