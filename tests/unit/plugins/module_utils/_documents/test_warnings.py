# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person is told of a document that IAM takes."""

from __future__ import annotations

import json
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart.everyone import POLICY
from ansible_collections.workforce.aws.plugins.module_utils._chart.mark_protection import POLICY as KEEP_MARKS
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Phase, Step
from ansible_collections.workforce.aws.plugins.module_utils._core.subjects import CHART_TITLES, Subject
from ansible_collections.workforce.aws.plugins.module_utils._core.suspension import deny
from ansible_collections.workforce.aws.plugins.module_utils._documents.reference import Action, Reference
from ansible_collections.workforce.aws.plugins.module_utils._documents.warnings import policy_warnings, step_warnings

BUCKET = "arn:${Partition}:s3:::${BucketName}"
OBJECT = "arn:${Partition}:s3:::${BucketName}/${ObjectName}"
USER = "arn:${Partition}:iam::${Account}:user/${UserNameWithPath}"
SERVICES: t.Final = {
    "s3": (
        Action("GetObject", (OBJECT,)),
        Action("PutObject", (OBJECT,)),
        Action("ListBucket", (BUCKET,)),
        Action("ListAllMyBuckets"),
    ),
    "ec2": (Action("DescribeInstances"), Action("DescribeImages")),
    "iam": (Action("ChangePassword", (USER,)), Action("GetAccountPasswordPolicy"), Action("CreateUser", (USER,))),
}
REFERENCE: t.Final = Reference(
    frozenset(SERVICES), lambda service: {action.name.lower(): action for action in SERVICES[service]}
)


def allow(action: t.Any, resource: t.Any = "*", **more: t.Any) -> dict[str, t.Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def told(*statements: dict[str, t.Any], reference: Reference | None = REFERENCE) -> list[str]:
    return list(policy_warnings({"Version": "2012-10-17", "Statement": list(statements)}, reference))


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (allow("s3:GetObject"), []),
        (allow(["S3:getobject", "s3:List*", "*"], "arn:aws:s3:::b"), []),
        (
            allow("s3:GetObjects"),
            ["names s3:GetObjects in statement 1, an action that AWS does not have; did you mean s3:GetObject?"],
        ),
        (allow("s3:Frobnicate"), ["names s3:Frobnicate in statement 1, an action that AWS does not have"]),
        (allow("s3:Gett*", Sid="Read"), ["names s3:Gett* in statement 1 (Read), which matches no action of AWS"]),
        (allow("s33:GetObject"), ["names s33:GetObject in statement 1: AWS has no service s33; did you mean s3?"]),
        (
            {"Effect": "Deny", "NotAction": "s3:Nothing?", "Resource": "*"},
            ["names s3:Nothing? in statement 1, which matches no action"],
        ),
        (allow("s3:GetObject", "arn:aws:s3:::logs/*"), []),
        (allow("s3:*", ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"]), []),
        (
            allow("s3:ListBucket", "arn:aws:s3:::logs/*"),
            [
                f"names s3:ListBucket in statement 1, and no resource that AWS knows for it, such as {BUCKET}",
                "has arn:aws:s3:::logs/* in statement 1, of which the statement's actions know nothing",
            ],
        ),
        (
            allow("ec2:DescribeInstances", "arn:aws:ec2:*:*:instance/*"),
            ["names ec2:DescribeInstances in statement 1, which AWS allows on all resources or on none"],
        ),
        (
            allow("s3:*Object", ["arn:aws:s3:::logs/*", "arn:aws:sqs:*:*:q"]),
            ["has arn:aws:sqs:*:*:q in statement 1, of which the statement's actions know nothing"],
        ),
        (allow(["s3:GetObject", "s3:NewThing"], "arn:aws:s3:::logs"), ["names s3:NewThing in statement 1, an action"]),
        (allow(["s3:GetObject", "ec2:DescribeInstances"], ["arn:aws:s3:::logs/*", "*"]), []),
    ],
)
def test_names_and_resources(statement: dict[str, t.Any], expected: list[str]) -> None:
    found = told(statement)
    assert len(found) == len(expected)
    assert all(one in text for one, text in zip(expected, found, strict=True)), found


def test_without_kept_data_nothing_is_said_of_names() -> None:
    assert told(allow(["s3:GetObjects", "s33:x"]), reference=None) == []


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([allow("s3:*")], []),
        ([allow("*", Sid="All")], ["makes its holder an administrator: it allows everything, in statement 1 (All)"]),
        ([allow("s3:*"), allow("iam:*")], ["makes its holder an administrator: iam:*, in statement 2"]),
        (
            [allow("iam:CreatePolicyVersion", "arn:aws:iam::1:policy/own")],
            [
                "makes its holder an administrator: iam:CreatePolicyVersion, in statement 1 "
                "(it rewrites a policy that the holder has)"
            ],
        ),
        (
            [allow("iam:PassRole", Sid="Pass"), allow("s3:*"), allow("lambda:CreateFunction", Sid="Make")],
            [
                "makes its holder an administrator: iam:PassRole with lambda:CreateFunction, in statement 1 (Pass), "
                "statement 3 (Make) (it runs code with the role)"
            ],
        ),
        ([allow("*"), {"Effect": "Deny", "Action": "*", "Resource": "*"}], []),
        (
            [allow("sts:AssumeRole")],
            [
                "lets its holder act as any role of a kind: sts:AssumeRole, in statement 1 "
                "(it assumes every role that trusts the account); name the resources that are meant"
            ],
        ),
        (
            [allow("sts:AssumeRole", "arn:aws:iam::*:role/*")],
            ["lets its holder act as any role of a kind: sts:AssumeRole"],
        ),
        ([allow("sts:AssumeRole", "arn:aws:iam::1:role/deployer")], []),
        ([allow("sts:AssumeRole", "arn:aws:iam::1:role/team/*")], []),
        (
            [allow("lambda:*", "arn:aws:lambda:*:*:function:*")],
            ["lets its holder act as any role of a kind: lambda:UpdateFunctionCode and 1 more"],
        ),
        ([allow("lambda:*", "arn:aws:lambda:*:*:function:shop-*")], []),
        ([allow("ssm:StartSession", "arn:aws:ec2:*:*:instance/*")], []),
        ([allow("ssm:*")], ["lets its holder act as any role of a kind: ssm:SendCommand and 1 more"]),
    ],
)
def test_ways_up(statements: list[dict[str, t.Any]], expected: list[str]) -> None:
    found = told(*statements, reference=None)
    assert len(found) == len(expected)
    assert all(text.startswith(one) for one, text in zip(expected, found, strict=True)), found


def test_variables_of_the_older_version() -> None:
    own = allow("iam:ChangePassword", "arn:aws:iam::*:user/${aws:username}")
    assert told(own) == []
    assert list(policy_warnings({"Statement": own})) == [
        "has a variable (${…}) in statement 1, which is plain text in Version 2008-10-17; write Version 2012-10-17"
    ]
    condition = allow("s3:*", Condition={"StringLike": {"s3:prefix": ["x", "${aws:username}/*"]}})
    assert len(list(policy_warnings({"Version": "2008-10-17", "Statement": [condition]}))) == 1


def test_our_own_documents_are_warned_of_nothing() -> None:
    for document in (POLICY, KEEP_MARKS, deny("list")):
        assert list(policy_warnings(document)) == []


def put(name: str, operation: str, document: t.Any, **params: str) -> Step:
    params = {"PolicyName": "own", **params, "PolicyDocument": json.dumps(document)}
    return Step(Subject("user", name), operation, params, "", Phase.USERS)


def test_documents_of_steps_are_told_with_their_holders() -> None:
    document = {"Version": "2012-10-17", "Statement": [allow("s3:Gett*")]}
    steps = [
        *(put(name, "PutUserPolicy", document) for name in ("ann", "bob", "eve")),
        put("dan", "PutUserPolicy", document, PolicyName="other"),
        put("deployer", "UpdateAssumeRolePolicy", {"Statement": [allow("*")]}),
        Step(Subject("user", "ann"), "AttachUserPolicy", {"PolicyArn": "x"}, "", Phase.USERS),
    ]
    text = "names s3:Gett* in statement 1, which matches no action of AWS"
    assert step_warnings(steps, REFERENCE, CHART_TITLES) == [
        f"employee ann and 2 more, inline policy own: {text}",
        f"employee dan, inline policy other: {text}",
    ]
    assert step_warnings(steps) == []
