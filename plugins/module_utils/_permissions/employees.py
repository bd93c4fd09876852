# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Employees: users who carry the mark, from their creation to their deletion."""

from __future__ import annotations

import typing as t

from .statement import BOUNDARIES, MARKED, MARKING, REFERENCE, UPDATE_USER, Statement, joined, one_of

if t.TYPE_CHECKING:
    from .facts import Facts


def employees(facts: Facts) -> list[Statement]:
    """Creation, change and suspension of users, and what they are given."""
    return [
        _create(facts),
        _keep(facts),
        *_write(facts),
        *_attach(facts),
        *_bound(facts),
        *denying_anybody(facts),
        *_issue(facts),
    ]


def required(facts: Facts) -> dict[str, t.Any]:
    """The condition that the user or role has the boundary that all must have; none where there is no such one."""
    return one_of("iam:PermissionsBoundary", facts.required_boundary) if facts.required_boundary else {}


def _create(facts: Facts) -> Statement:
    return Statement(
        "CreateEmployees",
        "employees",
        ("CreateUser",),
        (facts.arn("user/*"),),
        "makes users, with the mark, and with the boundary where all must have it",
        "the name of a user to come is not known; AWS asks TagUser of KeepEmployees too, since the user is made with "
        "tags",
        REFERENCE,
        joined(MARKING, required(facts)),
    )


def _keep(facts: Facts) -> Statement:
    free = not facts.required_boundary
    renames = facts.when("renames")("UpdateUser")
    about_renames = " UpdateUser is judged under the old and the new name" if renames else ""
    return Statement(
        "KeepEmployees",
        "employees",
        (
            "DeleteUserPolicy",
            "DetachUserPolicy",
            "TagUser",
            "UntagUser",
            *(("DeleteUserPermissionsBoundary", "PutUserPolicy") if free else ()),
            *renames,
        ),
        (facts.arn("user/*"),),
        "changes the tags of our people, takes away what is not listed, suspends and lets in again",
        (
            "these are tags, so the mark may be taken from them, and their employee id be changed;"
            + (" PutUserPolicy can write any text, since IAM knows no condition on it;" if free else "")
            + about_renames
        ).rstrip(";"),
        UPDATE_USER if renames else REFERENCE,
        MARKED,
    )


def _write(facts: Facts) -> list[Statement]:
    """With a boundary that all must have, PutUserPolicy gives nobody more than that."""
    if not facts.required_boundary:
        return []
    return [
        Statement(
            "WriteEmployeesPolicies",
            "employees",
            ("PutUserPolicy",),
            (facts.arn("user/*"),),
            "writes the deny that suspends, and listed inline policies, on people who have the boundary",
            "any text can be written, which the boundary makes harmless; who lacks it is suspended by AWSDenyAll",
            BOUNDARIES,
            joined(MARKED, required(facts)),
        )
    ]


def _attach(facts: Facts) -> list[Statement]:
    if not facts.employee_policies:
        return []
    return [
        Statement(
            "GiveEmployeesPolicies",
            "employees",
            ("AttachUserPolicy",),
            (facts.arn("user/*"),),
            "attaches the policies that employees have of their own",
            "one statement cannot say which policy goes with which user: any of these can be attached to any of ours",
            REFERENCE,
            joined(MARKED, one_of("iam:PolicyARN", facts.employee_policies), required(facts)),
        )
    ]


def _bound(facts: Facts) -> list[Statement]:
    allowed = facts.required_boundary or facts.employee_boundaries
    if not allowed:
        return []
    return [
        Statement(
            "BoundEmployees",
            "employees",
            ("PutUserPermissionsBoundary",),
            (facts.arn("user/*"),),
            "sets the permissions boundaries that employees have",
            "" if len(set(allowed)) == 1 else "any of these can be set on any of our people",
            "" if len(set(allowed)) == 1 else REFERENCE,
            joined(MARKED, one_of("iam:PermissionsBoundary", allowed)),
        )
    ]


def denying_anybody(facts: Facts) -> list[Statement]:
    """The deny in its forms that need no mark: a leaver may have lost it."""
    deny_all = facts.aws_policy("AWSDenyAll")
    return [
        Statement(
            "DenyByBoundary",
            "employees",
            ("PutUserPermissionsBoundary",),
            (facts.arn("user/*"),),
            "cuts off somebody who has no room for a policy more",
            "it is for leavers who lost the mark, so it cannot ask for it: anybody can be denied everything",
            REFERENCE,
            {"StringEquals": {"iam:PermissionsBoundary": deny_all}}
            if "*" not in deny_all
            else one_of("iam:PermissionsBoundary", [deny_all]),
        ),
        Statement(
            "DenyAnybody",
            "employees",
            ("AttachUserPolicy",),
            (facts.arn("user/*"),),
            "cuts off somebody who lost the mark, or who has no room for an inline policy",
            "it is for leavers who lost the mark, so it cannot ask for it: anybody can be denied everything",
            REFERENCE,
            one_of("iam:PolicyARN", [deny_all]),
        ),
    ]


def _issue(facts: Facts) -> list[Statement]:
    actions = (*facts.when("access_keys")("CreateAccessKey"), *facts.when("passwords")("CreateLoginProfile"))
    if not actions:
        return []
    return [
        Statement(
            "IssueCredentials",
            "employees",
            actions,
            (facts.arn("user/*"),),
            "issues first credentials to our people",
            "IAM has no condition that tells a first credential from another: the job can sign in as any of our people "
            "who has no password",
            REFERENCE,
            MARKED,
        )
    ]


def cutting(facts: Facts) -> list[Statement]:
    """What takes credentials away, and users."""
    found = [
        Statement(
            "CutLeaversOff",
            "cutting",
            (
                "DeleteLoginProfile",
                "UpdateAccessKey",
                *facts.when("access_keys", "removal")("DeleteAccessKey"),
                *facts.when("removal")(
                    "DeactivateMFADevice",
                    "DeleteSSHPublicKey",
                    "DeleteServiceSpecificCredential",
                    "DeleteSigningCertificate",
                    "DeleteUser",
                ),
            ),
            (facts.arn("user/*"),),
            "takes the console password and the access keys of leavers, and of passwords nobody claimed",
            "UpdateAccessKey makes keys inactive and active: IAM does not tell the two apart",
            REFERENCE,
            MARKED,
        )
    ]
    if facts.uses("removal"):
        found.append(
            Statement(
                "LeaveNoDevices",
                "cutting",
                ("DeleteVirtualMFADevice",),
                (facts.arn("mfa/*"),),
                "deletes the virtual MFA devices of users who are deleted: a device that is left blocks its name",
                "the device belongs to nobody by then, so there is no owner to ask for",
                REFERENCE,
            )
        )
    return found
