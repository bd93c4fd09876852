# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the job reads, and what it may ask of IAM's simulator."""

from __future__ import annotations

import typing as t

from .statement import REFERENCE, VARIABLES, Statement

if t.TYPE_CHECKING:
    from .facts import Facts


def reading(facts: Facts) -> list[Statement]:
    """The reads of the daily job, and its questions to the simulator."""
    return [_account(facts), _policies(facts), _departments(facts), _employees(facts), *_roles(facts), *_asking(facts)]


def _account(facts: Facts) -> Statement:
    return Statement(
        "ReadAccount",
        "reading",
        (
            "GenerateCredentialReport",
            "GetAccountAuthorizationDetails",
            "GetAccountSummary",
            "GetCredentialReport",
            "ListAccountAliases",
            "ListGroups",
            "ListUsers",
            *facts.when("passwords", "password_policy")("GetAccountPasswordPolicy"),
            *facts.when("policy_names")("ListPolicies"),
            *facts.when("removal")("ListVirtualMFADevices"),
        ),
        ("*",),
        "reads who there is, in few calls, and the account's quotas",
        "IAM gives these reads no resource, and they tell of the whole account",
        REFERENCE,
    )


def _policies(facts: Facts) -> Statement:
    removed = any(policy.removed for policy in facts.policies)
    return Statement(
        "ReadPolicies",
        "reading",
        ("GetPolicy", "GetPolicyVersion", *(("ListEntitiesForPolicy",) if removed else ())),
        # Without the account's number the star stands for it and for AWS's own policies.
        (facts.arn("policy/*"),) if facts.account_id == "*" else (facts.arn("policy/*"), facts.aws_policy("*")),
        "reads what policies say, to tell who becomes administrator or could not sign in",
        "which policies people have beside the chart is not known beforehand",
        REFERENCE,
    )


def _departments(facts: Facts) -> Statement:
    return Statement(
        "ReadDepartments",
        "reading",
        ("GetGroup", "GetGroupPolicy", "ListAttachedGroupPolicies", "ListGroupPolicies"),
        (facts.arn("group/*"),),
        "reads single departments, where that takes fewer calls than reading all",
        "people may be in groups that are no departments, and groups carry no tags",
        REFERENCE,
    )


def _employees(facts: Facts) -> Statement:
    return Statement(
        "ReadEmployees",
        "reading",
        (
            "GetAccessKeyLastUsed",
            "GetLoginProfile",
            "GetUser",
            "GetUserPolicy",
            "ListAccessKeys",
            "ListAttachedUserPolicies",
            "ListGroupsForUser",
            "ListUserPolicies",
            *facts.when("removal")(
                "ListMFADevices",
                "ListSSHPublicKeys",
                "ListServiceSpecificCredentials",
                "ListSigningCertificates",
            ),
        ),
        (facts.arn("user/*"),),
        "reads single people and their credentials: leavers, and who is due a password",
        "whether a user carries the mark is known only once it was read",
        REFERENCE,
    )


def _roles(facts: Facts) -> list[Statement]:
    if not facts.roles:
        return []
    return [
        Statement(
            "ReadRoles",
            "reading",
            ("GetRole",),
            (facts.arn("role/*"),),
            "reads description and session length of the listed roles; all else is read at once",
            "a listed role may exist under another path, which the run must see to refuse it",
            REFERENCE,
        )
    ]


def _asking(facts: Facts) -> list[Statement]:
    asked = [
        Statement(
            "ForeseeRefusals",
            "reading",
            ("SimulatePrincipalPolicy",),
            (facts.arn("role/*"), facts.arn("user/*")),
            "asks before the first write whether the job itself may do what is planned; without it a refusal is seen "
            "when it happens",
            "in a resource IAM has no variable for the caller's own role",
            VARIABLES,
        )
    ]
    if facts.uses("passwords"):
        asked.append(
            Statement(
                "ProveFirstSignIn",
                "reading",
                ("SimulatePrincipalPolicy",),
                (facts.arn("group/*"), facts.arn("user/*")),
                "asks whether somebody who is mailed a first password will be able to change it",
                "it is asked of whatever groups people are in, and groups carry no tags",
                REFERENCE,
            )
        )
    return asked
