# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cutting people off now, whatever state the lists are in."""

from __future__ import annotations

import typing as t

from .employees import denying_anybody
from .policies import own_resources
from .statement import MARKED, REFERENCE, Statement

if t.TYPE_CHECKING:
    from .facts import Facts


def offboarding(facts: Facts) -> list[Statement]:
    """What who runs workforce.aws.offboard needs: it is not bound to the mark, which a leaver may have lost."""
    return [*_reading(facts), _deny(facts), *denying_anybody(facts), _take(facts), _remember(facts), *_sessions(facts)]


_READING_USERS = (
    *("GetAccessKeyLastUsed", "GetLoginProfile", "GetUser", "GetUserPolicy", "ListAccessKeys"),
    *("ListAttachedUserPolicies", "ListGroupsForUser", "ListUserPolicies"),
)


def _reading(facts: Facts) -> list[Statement]:
    return [
        Statement(
            "ReadAccount",
            "reading",
            ("GetAccountAuthorizationDetails", "GetAccountSummary", "ListRoles"),
            ("*",),
            "finds who is meant by an employee id, and which roles they may have assumed",
            "IAM gives these reads no resource, and they tell of the whole account",
            REFERENCE,
        ),
        Statement(
            "ReadPolicies",
            "reading",
            ("GetPolicy", "GetPolicyVersion"),
            (facts.arn("policy/*"),) if facts.account_id == "*" else (facts.arn("policy/*"), facts.aws_policy("*")),
            "reads what policies say of roles, to name the sessions that may still be valid",
            "which policies people have is not known beforehand",
            REFERENCE,
        ),
        Statement(
            "ReadDepartments",
            "reading",
            ("GetGroup", "GetGroupPolicy", "ListAttachedGroupPolicies", "ListGroupPolicies"),
            (facts.arn("group/*"),),
            "reads the groups of who is cut off",
            "people may be in groups that are no departments, and groups carry no tags",
            REFERENCE,
        ),
        Statement(
            "ReadUsers",
            "reading",
            _READING_USERS,
            (facts.arn("user/*"),),
            "reads who is cut off, and their credentials",
            "whoever is named is cut off, managed or not",
            REFERENCE,
        ),
    ]


def _deny(facts: Facts) -> Statement:
    return Statement(
        "DenyEmployees",
        "cutting",
        ("PutUserPolicy",),
        (facts.arn("user/*"),),
        "writes the deny that suspends",
        "IAM has no condition on the text of an inline policy: any text can be written on our people. Without this "
        "statement AWSDenyAll is attached instead",
        REFERENCE,
        MARKED,
    )


def _take(facts: Facts) -> Statement:
    return Statement(
        "TakeCredentials",
        "cutting",
        ("DeleteLoginProfile", "UpdateAccessKey"),
        (facts.arn("user/*"),),
        "deletes the console password, and makes the access keys inactive",
        "a leaver may have lost the mark; UpdateAccessKey makes keys active too: IAM does not tell the two apart",
        REFERENCE,
    )


def _remember(facts: Facts) -> Statement:
    return Statement(
        "RememberIt",
        "cutting",
        ("TagUser",),
        (facts.arn("user/*"),),
        "writes on the user since when and by whom they are suspended",
        "a leaver may have lost the mark, so it cannot be asked for; no other tag can be written",
        REFERENCE,
        {"ForAllValues:StringEquals": {"aws:TagKeys": ["workforce:suspended"]}},
    )


def _sessions(facts: Facts) -> list[Statement]:
    """The denial on our roles that ends the sessions of who is cut off."""
    if not facts.roles:
        return []
    return [
        Statement(
            "ReadRoles",
            "reading",
            ("GetRolePolicy",),
            (facts.arn("role/*"),),
            "reads what denies sessions of our roles",
            "which roles the leaver may have assumed is not known beforehand",
            REFERENCE,
        ),
        Statement(
            "EndSessions",
            "cutting",
            ("PutRolePolicy",),
            own_resources(facts, "role", facts.roles),
            "writes on our roles the denial of sessions that began before now",
            "IAM has no condition on the text of an inline policy: any text can be written on our roles",
            REFERENCE,
            MARKED,
        ),
    ]
