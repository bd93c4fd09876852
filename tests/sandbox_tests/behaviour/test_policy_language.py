# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The language of policies, line by line: what applies to a request and what does not (IAM user guide, elements)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.behaviour.errors import PolicyEvaluation
from tests.sandbox.behaviour.policy_language import Request, Statement

ASHA = "arn:aws:iam::123456789012:user/asha"
CONTEXT = {
    "aws:username": ["asha"],
    "aws:MultiFactorAuthPresent": ["false"],
    "aws:SourceIp": ["203.0.113.7"],
    "aws:CurrentTime": ["2026-11-23T09:00:00Z"],
    "aws:PrincipalArn": [ASHA],
    "aws:CalledVia": ["athena.amazonaws.com", "glue.amazonaws.com"],
    "s3:max-keys": ["10"],
}


def applies(*, version: str = "2012-10-17", resource: str = ASHA, **body: Any) -> bool:
    whole = {"Effect": "Allow", **body}
    if not {"Action", "NotAction"} & whole.keys():
        whole["Action"] = "*"
    if not {"Resource", "NotResource"} & whole.keys():
        whole["Resource"] = "*"
    return Statement(whole, 0, version).applies(Request("iam:ChangePassword", resource, CONTEXT))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"Action": "IAM:changepassword"}, True),
        ({"Action": ["s3:*", "iam:?hange*"]}, True),
        ({"Action": "iam:Change"}, False),
        ({"NotAction": "iam:*"}, False),
        ({"NotAction": ["s3:*"]}, True),
        ({"Resource": "arn:aws:iam::*:user/${aws:username}"}, True),
        ({"Resource": "arn:aws:iam::*:user/*/${aws:username}"}, False),
        ({"Resource": "arn:aws:iam::*:user/*${aws:username}"}, True),
        ({"Resource": "arn:aws:iam::*:user/ASHA"}, False),
        ({"Resource": "arn:aws:iam::*:user/${aws:nothing}"}, False),
        ({"Resource": "arn:aws:iam::*:user/${aws:nothing, 'asha'}"}, True),
        ({"Resource": "arn:aws:iam::*:user/a${*}"}, False),
        ({"Resource": "arn:aws:iam::*:user/${aws:username}", "version": "2008-10-17"}, False),
        ({"NotResource": "arn:aws:iam::*:user/asha"}, False),
        ({"NotResource": "arn:aws:iam::*:user/ben"}, True),
    ],
)
def test_actions_and_resources(body: dict[str, Any], expected: bool) -> None:
    """Action (no case, wildcards), Resource (case, wildcards, variables since 2012), and their opposites."""
    assert applies(**body) is expected


def test_path_trap() -> None:
    """Path trap: a user with a path needs the second pattern; `user/*NAME` reaches others of a longer name."""
    staff = "arn:aws:iam::123456789012:user/staff/asha"
    assert not applies(Resource="arn:aws:iam::*:user/${aws:username}", resource=staff)
    assert applies(Resource="arn:aws:iam::*:user/*/${aws:username}", resource=staff)
    assert applies(Resource="arn:aws:iam::*:user/*${aws:username}", resource="arn:aws:iam::1:user/natasha")


@pytest.mark.parametrize(
    ("operator", "key", "value", "expected"),
    [
        ("Bool", "aws:MultiFactorAuthPresent", "false", True),
        ("Bool", "AWS:multifactorauthpresent", False, True),
        ("Bool", "aws:MultiFactorAuthPresent", "true", False),
        ("Bool", "aws:missing", "false", False),
        ("BoolIfExists", "aws:missing", "false", True),
        ("Null", "aws:missing", "true", True),
        ("Null", "aws:username", "true", False),
        ("Null", "aws:username", False, True),
        ("StringEquals", "aws:username", ["ben", "asha"], True),
        ("StringEquals", "aws:username", "a*", False),
        ("StringEquals", "aws:username", "${aws:username}", True),
        ("StringEqualsIgnoreCase", "aws:username", "ASHA", True),
        ("StringNotEquals", "aws:username", ["ben", "asha"], False),
        ("StringNotEquals", "aws:missing", "x", True),
        ("StringLike", "aws:username", "?s*", True),
        ("StringNotLike", "aws:username", "?s*", False),
        ("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:user/*", True),
        ("ArnNotEquals", "aws:PrincipalArn", "arn:aws:iam::*:role/*", True),
        ("IpAddress", "aws:SourceIp", ["198.51.100.0/24", "203.0.113.0/24"], True),
        ("NotIpAddress", "aws:SourceIp", "203.0.113.0/24", False),
        ("NumericLessThanEquals", "s3:max-keys", 10, True),
        ("NumericGreaterThan", "s3:max-keys", "10", False),
        ("NumericEquals", "aws:username", "10", False),
        ("DateLessThan", "aws:CurrentTime", "2027-01-01T00:00:00Z", True),
        ("DateGreaterThan", "aws:CurrentTime", "1798761600", False),
        ("ForAnyValue:StringEquals", "aws:CalledVia", ["glue.amazonaws.com"], True),
        ("ForAllValues:StringEquals", "aws:CalledVia", ["glue.amazonaws.com"], False),
        ("ForAllValues:StringLike", "aws:CalledVia", "*.amazonaws.com", True),
        ("ForAllValues:StringEquals", "aws:missing", "x", True),
        ("ForAnyValue:StringEquals", "aws:missing", "x", False),
        ("ForAnyValue:StringNotEquals", "aws:missing", "x", False),
        ("ForAnyValue:StringEqualsIfExists", "aws:missing", "x", False),
    ],
)
def test_conditions(operator: str, key: str, value: Any, expected: bool) -> None:
    """Condition operators; several values are alternatives; IfExists and negations hold without the key."""
    assert applies(Condition={operator: {key: value}}) is expected


def test_all_conditions_must_hold() -> None:
    """Condition: operators and keys are joined by AND."""
    holds, fails = {"aws:username": "asha"}, {"aws:SourceIp": "198.51.100.0/24"}
    assert applies(Condition={"StringEquals": holds})
    assert not applies(Condition={"StringEquals": holds, "IpAddress": fails})


def test_an_unknown_operator() -> None:
    """PolicyEvaluation: what cannot be evaluated is an error, never a verdict (API)."""
    with pytest.raises(PolicyEvaluation):
        applies(Condition={"FutureOperator": {"aws:username": "asha"}})
