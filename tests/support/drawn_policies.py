# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policies and requests of IAM, drawn by chance: what evaluators of its language must agree on.

Only what IAM takes is drawn: a document that IAM refuses has no meaning that could be agreed on. Where two evaluators
are known to differ (`tests/sandbox_tests/evaluator/test_agreement.py` lists it) nothing is drawn either.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

ACCOUNT = "123456789012"
NAMES = ("asha", "Asha", "as*a", "ben", "malice.asha", "${aws:username}")
PATHS = ("/", "/staff/", "/staff/emea/")
# By action, the type of its resource.
ACTIONS = {
    "iam:ChangePassword": "user",
    "iam:CreateUser": "user",
    "iam:AttachUserPolicy": "user",
    "iam:TagUser": "user",
    "iam:AddUserToGroup": "group",
    "iam:AttachGroupPolicy": "group",
    "iam:GetPolicy": "policy",
    "iam:ListUsers": "",
}
PATTERNS = (
    *("*", "iam:*", "iam:*User*", "IAM:change*", "iam:?hangePassword", "iam:Attach*", "iam:ListUsers", "iam:TagUser"),
    *("s3:Get*", "iam:Add*", "iam:*Policy", "iam:CreateUser"),
)
RESOURCES = (
    *("*", "arn:aws:iam::*:user/*", "arn:aws:iam::*:user/${aws:username}", "arn:aws:iam::*:user/*/${aws:username}"),
    *("arn:aws:iam::*:user/*${aws:username}", f"arn:aws:iam::{ACCOUNT}:user/staff/*", "arn:aws:iam::*:user/as?a"),
    *("arn:aws:iam::*:group/*", "arn:aws:iam::*:group/staff/?*", "arn:aws:iam::aws:policy/*", "arn:aws:s3:::b/*"),
    *("arn:aws:iam::*:user/${aws:FederatedProvider, 'asha'}", "arn:aws:iam::*:user/a${*}"),
    "arn:aws:iam::210987654321:*",
)
# Of variables that have no value, or not always.
UNCERTAIN = ("arn:aws:iam::*:user/${aws:FederatedProvider}", "arn:aws:iam::*:user/${aws:PrincipalTag/team}")
TEXTS = ("asha", "Asha", "as*", "?s*", "ben", "", "${aws:username}", "${*}", "${aws:FederatedProvider, 'asha'}")
ARNS = (
    *(f"arn:aws:iam::{ACCOUNT}:user/asha", "arn:aws:iam::*:user/*", "arn:aws:iam::*:user/as?a", "arn:*:iam::*:role/*"),
    *("arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/*", "arn:aws:iam::*:user/${aws:username}"),
)
MOMENTS = ("2026-11-23T09:00:00Z", "2026-01-01T00:00:00Z", "2027-06-01T12:30:00Z", "2026-11-23")
NUMBERS = ("10", "10.5", "3600", "-1", "0")
NETWORKS = ("203.0.113.0/24", "203.0.113.7/32", "198.51.100.0/24", "2001:db8::/32", "0.0.0.0/1")
BOOLEANS = ("true", "false", "True")


@dataclass(frozen=True)
class Kind:
    """A kind of condition: its operators, the keys it is asked of and what it is compared with."""

    operators: Sequence[str]
    keys: Sequence[str]
    values: Sequence[str]


STRINGS = ("StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase")
KINDS = (
    Kind((*STRINGS, "StringLike", "StringNotLike"), ("aws:username", "aws:PrincipalTag/team", "AWS:UserName"), TEXTS),
    Kind((*STRINGS, "StringLike"), ("aws:PrincipalType", "aws:FederatedProvider", "aws:PrincipalAccount"), TEXTS),
    Kind(("Bool",), ("aws:MultiFactorAuthPresent", "aws:SecureTransport", "aws:viaawsservice"), BOOLEANS),
    Kind(
        ("ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"),
        ("aws:PrincipalArn", "iam:PolicyARN", "iam:PermissionsBoundary"),
        ARNS,
    ),
    Kind(("IpAddress", "NotIpAddress"), ("aws:SourceIp",), NETWORKS),
    Kind(
        (
            "DateEquals",
            "DateNotEquals",
            "DateLessThan",
            "DateLessThanEquals",
            "DateGreaterThan",
            "DateGreaterThanEquals",
        ),
        ("aws:CurrentTime", "aws:TokenIssueTime"),
        MOMENTS,
    ),
    Kind(
        ("NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan"),
        ("aws:MultiFactorAuthAge",),
        NUMBERS,
    ),
)
SETS = Kind((*STRINGS, "StringLike", "StringNotLike"), ("aws:TagKeys", "aws:CalledVia"), ("team", "workforce:*", "x"))


@dataclass(frozen=True)
class Case:
    """A request, and the policies that it is judged by."""

    action: str
    resource: str
    context: dict[str, list[str]]
    policies: list[dict[str, Any]]
    boundary: dict[str, Any] | None


def case(chance: random.Random) -> Case:
    """One by chance; the same for the same state of `chance`."""
    action = chance.choice(list(ACTIONS))
    drawn = [document(chance) for _number in range(chance.choice((0, 1, 1, 2, 3)))]
    boundary = document(chance) if chance.random() < 0.3 else None
    return Case(action, resource(chance, ACTIONS[action]), context(chance), drawn, boundary)


def resource(chance: random.Random, kind: str) -> str:
    if kind == "":
        return "*"
    if kind == "policy":
        return chance.choice(("arn:aws:iam::aws:policy/ReadOnlyAccess", f"arn:aws:iam::{ACCOUNT}:policy/staff/mine"))
    return f"arn:aws:iam::{ACCOUNT}:{kind}{chance.choice(PATHS)}{chance.choice(NAMES[:2] + NAMES[3:5])}"


def context(chance: random.Random) -> dict[str, list[str]]:
    name = chance.choice(NAMES[:5])
    found = {
        "aws:username": [name],
        "aws:PrincipalArn": [f"arn:aws:iam::{ACCOUNT}:user/{name}"],
        "aws:PrincipalAccount": [ACCOUNT],
        "aws:PrincipalType": ["User"],
        "aws:SecureTransport": ["true"],
        "aws:ViaAWSService": ["false"],
        "aws:CurrentTime": ["2026-11-23T09:00:00Z"],
        "aws:SourceIp": [chance.choice(("203.0.113.7", "198.51.100.1", "2001:db8::1"))],
    }
    maybe: dict[str, Callable[[], list[str]]] = {
        "aws:MultiFactorAuthPresent": lambda: [chance.choice(("true", "false"))],
        "aws:MultiFactorAuthAge": lambda: [chance.choice(NUMBERS[:3])],
        "aws:TokenIssueTime": lambda: [chance.choice(MOMENTS[:3])],
        "aws:PrincipalTag/team": lambda: [chance.choice(("asha", "sales"))],
        "aws:TagKeys": lambda: chance.sample(("team", "workforce:managed", "cost"), chance.randint(1, 3)),
        "iam:PolicyARN": lambda: [chance.choice(ARNS[4:5])],
    }
    return found | {key: make() for key, make in maybe.items() if chance.random() < 0.5}


def document(chance: random.Random) -> dict[str, Any]:
    version = chance.choice(("2012-10-17", "2012-10-17", "2012-10-17", "2008-10-17"))
    listed = [statement(chance) for _number in range(chance.choice((1, 1, 2, 3)))]
    return {"Version": version, "Statement": listed if chance.random() < 0.9 else listed[0]}


def statement(chance: random.Random) -> dict[str, Any]:
    conditions = _conditions(chance) if chance.random() < 0.6 else {}
    element = chance.choice(("Resource", "Resource", "Resource", "NotResource"))
    return {
        "Effect": chance.choice(("Allow", "Allow", "Deny")),
        chance.choice(("Action", "Action", "NotAction")): _some(chance, PATTERNS),
        element: _some(chance, RESOURCES + (UNCERTAIN if element == "Resource" else ())),
        **({"Condition": conditions} if conditions else {}),
    }


def _conditions(chance: random.Random) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for _number in range(chance.choice((1, 1, 2))):
        if chance.random() < 0.2:
            kind, start = SETS, chance.choice(("ForAnyValue:", "ForAllValues:"))
        else:
            kind, start = chance.choice(KINDS), ""
        key = chance.choice(kind.keys)
        if chance.random() < 0.1:
            found.setdefault("Null", {})[key] = chance.choice(BOOLEANS[:2])
            continue
        operator = start + chance.choice(kind.operators) + chance.choice(("", "", "IfExists"))
        found.setdefault(operator, {})[key] = _some(chance, kind.values)
    return found


def _some(chance: random.Random, values: Sequence[str]) -> Any:
    """One, or a list of them."""
    if chance.random() < 0.6:
        return chance.choice(values)
    return chance.sample(values, chance.randint(1, 3))
