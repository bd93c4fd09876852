# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who can make itself administrator by a document, and which of AWS's own policies do that."""

from __future__ import annotations

import json
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._brakes.policy_documents import document_of, is_aws_own
from ansible_collections.workforce.aws.plugins.module_utils._core.statements import always_denies
from ansible_collections.workforce.aws.plugins.module_utils._documents.administrator import (
    WAYS,
    Rights,
    rights_of,
    ways_told,
)
from moto.iam.aws_managed_policies import aws_managed_policies_data

AWS: t.Final[dict[str, t.Any]] = json.loads(aws_managed_policies_data)
OWN_NAME: t.Final = "arn:aws:iam::*:user/${aws:username}"
PASS: t.Final = ["iam:PassRole", "ec2:RunInstances"]


def allow(action: t.Any, resource: t.Any = "*", **more: t.Any) -> dict[str, t.Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action: t.Any, resource: t.Any = "*", **more: t.Any) -> dict[str, t.Any]:
    return allow(action, resource, **more) | {"Effect": "Deny"}


def without(*actions: str, effect: str = "Allow") -> dict[str, t.Any]:
    return {"Effect": effect, "NotAction": list(actions), "Resource": "*"}


def told(*statements: dict[str, t.Any]) -> str:
    ways = rights_of({"Version": "2012-10-17", "Statement": list(statements)}).ways
    return ways_told(ways) if ways else ""


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([allow("*")], "everything"),
        ([allow("*:*")], "everything"),
        ([allow("iam:*")], "iam:*"),
        ([allow("IAM:*", "arn:aws:iam::123456789012:*")], "iam:*"),
        ([without("s3:*")], "everything"),
        ([{"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::x"}], "everything"),
        ([without("iam:*", "organizations:*")], ""),
        ([allow("iam:Create*Version", "arn:aws:iam::1:policy/own")], "iam:CreatePolicyVersion"),
        ([allow("*", ["arn:aws:s3:::*", "arn:aws:s3:::bucket/*", "arn:aws:ec2:*:*:instance/*"])], ""),
        ([allow("iam:*", "arn:aws:iam::*:mfa/*")], ""),
        ([allow("iam:*", "arn:aws:iam::1:group/*")], "iam:AddUserToGroup and 2 more"),
        ([allow("iam:*", "arn:*:iam::*")], "iam:*"),
        ([allow("*", "arn:aws:*")], "everything"),
        ([allow("iam:AttachUserPolicy", "arn:aws:iam::1:user/mallory")], "iam:AttachUserPolicy"),
        ([allow("iam:SetDefaultPolicyVersion")], "iam:SetDefaultPolicyVersion"),
        ([allow("iam:Attach*Policy")], "iam:AttachGroupPolicy and 2 more"),
        ([allow("iam:Put?serPolicy", OWN_NAME)], "iam:PutUserPolicy"),
        ([allow("iam:AddUserToGroup", "arn:aws:iam::*:group/*")], "iam:AddUserToGroup"),
        ([allow("iam:AddUserToGroup", "arn:aws:iam::*:group/readers")], ""),
        ([allow("iam:UpdateAssumeRolePolicy", "arn:aws:iam::*:role/ops/*")], "iam:UpdateAssumeRolePolicy"),
        ([allow(["iam:CreateAccessKey", "iam:ChangePassword"], OWN_NAME)], ""),
        ([allow("iam:CreateAccessKey", "arn:aws:iam::*:user/*/${aws:username}")], ""),
        ([allow("iam:CreateLoginProfile", "arn:aws:iam::*:user/*")], "iam:CreateLoginProfile"),
        ([allow("iam:UpdateLoginProfile", "arn:aws:iam::*:user/${aws:PrincipalTag/helps}")], "iam:UpdateLoginProfile"),
        ([allow(PASS)], "iam:PassRole with ec2:RunInstances"),
        ([allow(PASS, ["arn:aws:iam::1:role/*", "arn:aws:ec2:::*"])], "iam:PassRole with ec2:RunInstances"),
        ([allow("iam:PassRole", "arn:aws:iam::1:role/app-*"), allow("ec2:*")], ""),
        (
            [allow("iam:PassRole"), allow("ec2:*", "arn:aws:ec2:*:*:instance/i-1")],
            "iam:PassRole with ec2:RequestSpotInstances and 1 more",
        ),
        ([allow("iam:PassRole")], ""),
        ([allow("ec2:*"), allow("s3:*"), allow("sts:AssumeRole"), allow("iam:Get*")], ""),
        (
            [allow(PASS, Condition={"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}})],
            "",
        ),
        (
            [allow(PASS, Condition={"StringLike": {"iam:passedtoservice": ["x", "ec2.amazonaws.com.cn"]}})],
            "iam:PassRole with ec2:RunInstances",
        ),
        (
            [allow(PASS, Condition={"StringNotEquals": {"iam:PassedToService": "x"}})],
            "iam:PassRole with ec2:RunInstances",
        ),
        ([allow("*"), deny("iam:*")], ""),
        ([allow("*"), deny("*")], ""),
        ([allow("*"), without("s3:*", effect="Deny")], ""),
        ([allow("iam:Attach*Policy"), deny("iam:AttachUserPolicy")], "iam:AttachGroupPolicy and 1 more"),
        ([allow("*"), deny("iam:*", "arn:aws:iam::*:user/root-*")], "everything"),
        ([allow("*"), deny("*", Condition={"Bool": {"aws:MultiFactorAuthPresent": "false"}})], "everything"),
        ([allow("*", Condition={"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}})], "everything"),
    ],
)
def test_ways_up(statements: list[dict[str, t.Any]], expected: str) -> None:
    assert told(*statements) == expected


def test_a_single_statement_is_written_without_its_list() -> None:
    assert rights_of({"Version": "2012-10-17", "Statement": allow("iam:PutUserPolicy")}).ways


def test_two_documents_open_together_what_neither_does() -> None:
    passing, running = (rights_of({"Statement": [allow(action)]}) for action in PASS)
    assert (passing.ways, running.ways) == ((), ())
    assert ways_told((passing | running).ways) == "iam:PassRole with ec2:RunInstances"
    assert (passing | running | rights_of({"Statement": [deny("iam:*")]})).ways == ()


def test_rights_only_grow_with_what_is_allowed() -> None:
    everything = frozenset[str]().union(*WAYS)
    assert len(Rights(everything).ways) == len(WAYS)
    assert all(Rights(way).ways for way in WAYS)


# AWS's own policies

# For roles of AWS's services, for their boundaries, or for one console's automation: nobody gives them to people.
NOT_FOR_PEOPLE: t.Final = (
    "Role", "Boundary", "AWSQuickSetup", "SageMakerStudioAdminIAM", "AmazonDataZone", "AmazonSageMakerCanvas",
    "AmazonSageMakerPipelines", "AWSManaged", "AWSMcp", "AWSMarketplace", "EC2FastLaunch", "EC2ImageBuilder",
    "AmazonEKSCompute", "AmazonRedshiftAllCommands", "AWSTransform", "AWSApplicationMigration",
    "AmazonDynamoDBFullAccesswithDataPipeline",
)  # fmt: skip


def arn_of(name: str) -> str:
    return f"arn:aws:iam::aws:policy{AWS[name]['Path']}{name}"


def test_those_of_aws_that_are_for_people_are_judged_as_their_documents() -> None:
    seen = 0
    for name, policy in AWS.items():
        ways = rights_of(policy["Document"]).ways
        if "service-role" in policy["Path"] or any(word in name for word in NOT_FOR_PEOPLE):
            continue
        known = document_of(arn_of(name), {})
        assert bool(rights_of(known or {}).ways) is bool(ways), name
        seen += bool(ways)
    assert seen == 12


@pytest.mark.parametrize("name", ["AdministratorAccess", "IAMFullAccess"])
def test_administrators(name: str) -> None:
    known = document_of(arn_of(name), {})
    assert known is not None
    assert rights_of(known) == rights_of(AWS[name]["Document"])


@pytest.mark.parametrize("name", ["PowerUserAccess", "ReadOnlyAccess", "AmazonS3FullAccess", "AWSDenyAll"])
def test_no_administrators(name: str) -> None:
    assert rights_of(AWS[name]["Document"]).ways == ()
    assert rights_of(document_of(arn_of(name), {}) or {}).ways == ()


def test_a_power_user_who_may_pass_roles_is_one() -> None:
    power = document_of(arn_of("PowerUserAccess"), {})
    assert power is not None
    assert (rights_of(power) | rights_of({"Statement": allow("iam:PassRole")})).ways


def test_what_denies() -> None:
    for name in ("AWSDenyAll", "AWSCompromisedKeyQuarantine", "AWSCompromisedKeyQuarantineV3"):
        assert always_denies(AWS[name]["Document"])
        assert always_denies(document_of(arn_of(name), {}))


def test_what_was_read_is_known_and_nothing_else() -> None:
    own = "arn:aws:iam::123456789012:policy/AdministratorAccess"
    assert document_of(own, {}) is None
    assert document_of(own, {own: {"Statement": []}}) == {"Statement": []}
    assert not is_aws_own(own)
    assert is_aws_own("arn:aws-cn:iam::aws:policy/job-function/DataScientist")
