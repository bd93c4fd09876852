# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Departments: the groups under our path, and those that are adopted by name."""

from __future__ import annotations

import typing as t

from .statement import REFERENCE, Statement, one_of

if t.TYPE_CHECKING:
    from .facts import Facts


def departments(facts: Facts) -> list[Statement]:
    """The groups and their members, and what they are given."""
    return [_keep(facts), *_attach(facts), *_inline(facts), *_other_groups(facts)]


def group_resources(facts: Facts) -> tuple[str, ...]:
    """All departments. An adopted one may lie under any path; no other group has its name."""
    adopted = (resource for name in facts.adopted for resource in _by_name(facts, name))
    return (facts.arn(f"group{facts.path}*"), *adopted)


def _by_name(facts: Facts, name: str) -> tuple[str, str]:
    return facts.arn(f"group/{name}"), facts.arn(f"group/*/{name}")


def _keep(facts: Facts) -> Statement:
    return Statement(
        "KeepDepartments",
        "departments",
        (
            "AddUserToGroup",
            "CreateGroup",
            "DeleteGroupPolicy",
            "DetachGroupPolicy",
            "RemoveUserFromGroup",
            "UpdateGroup",
            *facts.when("department_removal")("DeleteGroup"),
        ),
        group_resources(facts),
        "makes departments, puts people into them and takes them out, and takes away policies that are not listed",
        "AddUserToGroup is judged by the group alone: any user, the job's own too, can be put into any of these",
        REFERENCE,
    )


def _attach(facts: Facts) -> list[Statement]:
    if not facts.department_policies:
        return []
    return [
        Statement(
            "GiveDepartmentsPolicies",
            "departments",
            ("AttachGroupPolicy",),
            group_resources(facts),
            "attaches the listed policies to departments",
            "one statement cannot say which policy goes with which group: any of these can be attached to any of them",
            REFERENCE,
            one_of("iam:PolicyARN", facts.department_policies),
        )
    ]


def _inline(facts: Facts) -> list[Statement]:
    if not facts.inline_departments:
        return []
    resources: list[str] = []
    for path, name in facts.inline_departments:
        resources += _by_name(facts, name) if path is None else [facts.arn(f"group{path}{name}")]
    return [
        Statement(
            "GiveDepartmentsInlinePolicies",
            "departments",
            ("PutGroupPolicy",),
            tuple(sorted(resources)),
            "writes the inline policies of the departments that have some",
            "IAM knows neither the name nor the text of an inline policy as a condition: any text can be written here",
            REFERENCE,
        )
    ]


def _other_groups(facts: Facts) -> list[Statement]:
    if not facts.uses("other_groups"):
        return []
    return [
        Statement(
            "TakeOutOfOtherGroups",
            "departments",
            ("RemoveUserFromGroup",),
            (facts.arn("group/*"),),
            "takes our people out of groups that are no departments",
            "it is judged by the group alone, and groups carry no tags: anybody can be taken out of any group",
            REFERENCE,
        )
    ]
