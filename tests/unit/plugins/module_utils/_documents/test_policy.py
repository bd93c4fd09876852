# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents of policies of identities: what IAM would refuse, and what is to be written instead."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._documents.policy import (
    managed_policy_faults,
    policy_faults,
)

STATEMENT: dict[str, t.Any] = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
DOCUMENT: dict[str, t.Any] = {"Version": "2012-10-17", "Statement": [STATEMENT]}


def document(**changes: t.Any) -> dict[str, t.Any]:
    """A document of one statement with these keys changed; None takes a key away."""
    statement = {key: value for key, value in {**STATEMENT, **changes}.items() if value is not None}
    return {"Version": "2012-10-17", "Statement": [statement]}


@pytest.mark.parametrize(
    "good",
    [
        DOCUMENT,
        {"Statement": STATEMENT},
        {"Version": "2008-10-17", "Id": "x", "Statement": [STATEMENT, STATEMENT]},
        document(Action=None, NotAction=["iam:*", "sts:*"]),
        document(Action=["*:*", "S3:get*", "elasticloadbalancing:Describe?oadBalancers"]),
        document(Resource=None, NotResource="arn:aws:s3:::b/*"),
        document(
            Resource=[
                "arn:aws:s3:*",
                "arn:aws:iam::*:root",
                "arn:*:iam::*:user/${aws:username}",
                "arn:aws-cn:sqs:*:*:q",
            ]
        ),
        document(Action="*", Sid="A1"),
        document(Sid="", Condition={}),
        document(Effect="Deny", Condition={"Bool": {"aws:MultiFactorAuthPresent": False}, "Null": {"a:b": ["true"]}}),
        document(
            Condition={
                "ForAnyValue:StringLikeIfExists": {"aws:TagKeys": ["a", 5]},
                "ForAllValues:ArnNotLike": {"aws:PrincipalArn": "x"},
                "DateGreaterThanEqualsIfExists": {"aws:CurrentTime": "2026-01-01"},
            }
        ),
    ],
)
def test_good_documents(good: dict[str, t.Any]) -> None:
    assert list(policy_faults(good)) == []


ACTION = "write service:Name, such as s3:GetObject, or *"
RESOURCE = "write an ARN of six parts, such as arn:aws:s3:::bucket/*, or *"
IAM = "an ARN of IAM has no region, and after the account *, root, or user/, federated-user/, role/, group/, "
HOLDER = "such a policy applies to its holder alone; take it out"


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({}, "has no Statement"),
        ({"Version": "2012-10-17"}, "has no Statement"),
        ({**DOCUMENT, "Version": "2012-10-18"}, "has Version 2012-10-18; IAM knows 2012-10-17 and 2008-10-17"),
        ({**DOCUMENT, "Version": ["2012-10-17"]}, "has Version ['2012-10-17']; IAM knows 2012-10-17 and 2008-10-17"),
        ({**DOCUMENT, "Id": 5}, "has a number (5) for Id; put it in quotes"),
        ({**DOCUMENT, "id": "x"}, "has the unknown key id in the document; did you mean Id?"),
        ({"Statement": []}, "has an empty Statement"),
        ({"Statement": "x"}, "has a string for statement 1; a statement is a mapping"),
        ({"Statement": [STATEMENT, 5]}, "has a number for statement 2; a statement is a mapping"),
        (document(Effect=None), "has no Effect in statement 1: Allow or Deny"),
        (document(Effect="allow"), "has a string (allow) for Effect in statement 1; write Allow or Deny, in this case"),
        (document(Effect=["Allow"]), "has a list for Effect in statement 1; write Allow or Deny, in this case"),
        (document(Action=None), "has neither of Action and NotAction in statement 1; write one of the two"),
        (document(NotAction="s3:*"), "has both of Action and NotAction in statement 1; write one of the two"),
        (document(Resource=None), "has neither of Resource and NotResource in statement 1; write one of the two"),
        (document(NotResource="*"), "has both of Resource and NotResource in statement 1; write one of the two"),
        (document(Action=[]), "has an empty Action in statement 1"),
        (document(Resource=None, NotResource=[]), "has an empty NotResource in statement 1"),
        (document(Action="GetObject"), f"has GetObject for Action in statement 1; {ACTION}"),
        (document(Action=["s3:*", 5]), f"has a number (5) for Action in statement 1; {ACTION}"),
        (document(Action="s3:Get:Object"), f"has s3:Get:Object for Action in statement 1; {ACTION}"),
        (document(Action="s3*:GetObject"), f"has s3*:GetObject for Action in statement 1; {ACTION}"),
        (document(Action="s3:"), f"has s3: for Action in statement 1; {ACTION}"),
        (document(Action=None, NotAction="s3: Get"), f"has 's3: Get' for NotAction in statement 1; {ACTION}"),
        (document(Resource="my-bucket"), f"has my-bucket for Resource in statement 1; {RESOURCE}"),
        (document(Resource="arn:aws:s3"), f"has arn:aws:s3 for Resource in statement 1; {RESOURCE}"),
        (document(Resource="arn:aws:s3:bucket"), f"has arn:aws:s3:bucket for Resource in statement 1; {RESOURCE}"),
        (document(Resource="arn:aws:*:::x"), f"has arn:aws:*:::x for Resource in statement 1; {RESOURCE}"),
        (document(Resource="ARN:aws:s3:::x"), f"has ARN:aws:s3:::x for Resource in statement 1; {RESOURCE}"),
        (
            document(Resource="arn:aws:iam::user/${aws:username}"),
            f"has arn:aws:iam::user/${{aws:username}} for Resource in statement 1; {RESOURCE}",
        ),
        (document(Resource="arn:aws:iam::*"), f"has arn:aws:iam::* for Resource in statement 1; {RESOURCE}"),
        (document(Resource="arn:aws:iam::1:users/x"), f"has arn:aws:iam::1:users/x for Resource in statement 1; {IAM}"),
        (document(Resource="arn:aws:iam:*:1:user/x"), f"has arn:aws:iam:*:1:user/x for Resource in statement 1; {IAM}"),
        (document(Resource=[None]), f"has null for Resource in statement 1; {RESOURCE}"),
        (document(Principal="*"), f"has Principal in statement 1: {HOLDER}"),
        ({**DOCUMENT, "NotPrincipal": {"AWS": "*"}}, f"has NotPrincipal in the document: {HOLDER}"),
        (document(Conditions={}), "has the unknown key Conditions in statement 1; did you mean Condition?"),
        (document(Sid="a b"), "has the Sid 'a b' in statement 1 ('a b'); IAM allows A-Z a-z 0-9"),
        (document(Sid=5), "has the Sid 5 in statement 1; IAM allows A-Z a-z 0-9"),
        (
            {"Statement": [{**STATEMENT, "Sid": "A"}, {**STATEMENT, "Sid": "A"}]},
            "has the Sid A twice; give each statement its own, or none",
        ),
        (document(Condition=["x"]), "has a list in the Condition of statement 1, where a mapping belongs"),
        (document(Condition={"Bool": "x"}), "has a string in the Condition of statement 1, where a mapping belongs"),
        (
            document(Condition={"StringEqual": {"a:b": "x"}}),
            "has the unknown operator StringEqual in the Condition of statement 1; did you mean StringEquals?",
        ),
        (
            document(Sid="Mfa", Condition={"forAllValues:stringlikeIfExists": {"a:b": "x"}}),
            "has the unknown operator forAllValues:stringlikeIfExists in the Condition of statement 1 (Mfa); "
            "did you mean ForAllValues:StringLikeIfExists?",
        ),
        (
            document(Condition={"DateLessThanIfExists": {"aws:CurrentTime": ["1767225600", 5, "tomorrow"]}}),
            "has tomorrow for aws:CurrentTime in the Condition of statement 1; write a date, such as 2026-12",
        ),
        (document(Condition={"NullIfExists": {"a:b": "true"}}), "has the unknown operator NullIfExists"),
        (document(Condition={"Bool": {"a:b": []}}), "has no value for a:b in the Condition of statement 1"),
        (
            document(Condition={"Bool": {"a:b": [{}]}}),
            "has a mapping for a:b in the Condition of statement 1; write a text, or a list of texts",
        ),
    ],
)
def test_documents_that_iam_would_refuse(bad: dict[str, t.Any], told: str) -> None:
    (fault,) = policy_faults(bad)
    assert fault.startswith(told)


def test_all_faults_are_told_each_with_its_statement() -> None:
    bad = {
        "Version": "2012-10-17",
        "Statement": [
            {**STATEMENT, "Sid": "Read"},
            {"Sid": "Write", "Effect": "Deny", "Action": "put", "Principal": "*"},
        ],
    }
    assert list(policy_faults(bad)) == [
        f"has Principal in statement 2 (Write): {HOLDER}",
        f"has put for Action in statement 2 (Write); {ACTION}",
        "has neither of Resource and NotResource in statement 2 (Write); write one of the two",
    ]


def test_managed_policies_have_the_newer_version() -> None:
    assert list(managed_policy_faults(DOCUMENT)) == []
    assert list(managed_policy_faults({"Version": "2008-10-17", "Statement": STATEMENT})) == [
        "has not the Version 2012-10-17, which IAM wants of a managed policy; write Version: '2012-10-17'"
    ]
    assert list(managed_policy_faults({"Version": "x", "Statement": STATEMENT})) == [
        "has Version x; IAM knows 2012-10-17 and 2008-10-17"
    ]
