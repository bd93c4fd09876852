# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Roles: those that the inventory lists, and that carry the mark."""

from __future__ import annotations

import typing as t

from .employees import required
from .policies import own_resources
from .statement import BOUNDARIES, MARKED, MARKING, REFERENCE, Statement, joined, one_of

if t.TYPE_CHECKING:
    from .facts import Facts

_UNBOUND = (
    "IAM has no condition on the text of a trust or an inline policy: the holder can make a role that may do anything "
    "and that anybody may assume. A boundary that all roles must have (onboard_required_boundary) closes it"
)
_BOUND = "any text can be written, which the boundary makes harmless"


def roles(facts: Facts) -> list[Statement]:
    """Their creation, their trust, their policies and boundary, and their deletion on request."""
    if not facts.roles:
        return []
    return [
        _create(facts),
        _keep(facts),
        _write(facts),
        *_attach(facts),
        *_bound(facts),
        *_adopt(facts),
        *_remove(facts),
    ]


def _resources(facts: Facts) -> tuple[str, ...]:
    return own_resources(facts, "role", facts.roles)


def _create(facts: Facts) -> Statement:
    return Statement(
        "CreateRoles",
        "roles",
        ("CreateRole",),
        _resources(facts),
        "makes the listed roles, with the mark, and with the boundary where all must have it",
        _BOUND if facts.required_boundary else _UNBOUND,
        BOUNDARIES,
        joined(MARKING, required(facts)),
    )


def _keep(facts: Facts) -> Statement:
    free = () if facts.required_boundary else ("DeleteRolePermissionsBoundary",)
    return Statement(
        "KeepRoles",
        "roles",
        ("DeleteRolePolicy", "DetachRolePolicy", "TagRole", "UntagRole", "UpdateRole", *free),
        _resources(facts),
        "keeps description, session length and tags of the roles; takes away what is not listed",
        "the mark may be taken from them: it is a tag, and the job keeps their tags",
        REFERENCE,
        MARKED,
    )


def _write(facts: Facts) -> Statement:
    return Statement(
        "WriteRolesPolicies",
        "roles",
        ("PutRolePolicy", "UpdateAssumeRolePolicy"),
        _resources(facts),
        "writes who may assume the roles, their inline policies, and the denial that ends sessions",
        _BOUND if facts.required_boundary else _UNBOUND,
        BOUNDARIES,
        joined(MARKED, required(facts)),
    )


def _attach(facts: Facts) -> list[Statement]:
    if not facts.role_policies:
        return []
    return [
        Statement(
            "GiveRolesPolicies",
            "roles",
            ("AttachRolePolicy",),
            _resources(facts),
            "attaches the listed policies to roles",
            "one statement cannot say which policy goes with which role: any of these can be attached to any of them",
            REFERENCE,
            joined(MARKED, one_of("iam:PolicyARN", facts.role_policies), required(facts)),
        )
    ]


def _bound(facts: Facts) -> list[Statement]:
    allowed = facts.required_boundary or facts.role_boundaries
    if not allowed:
        return []
    return [
        Statement(
            "BoundRoles",
            "roles",
            ("PutRolePermissionsBoundary",),
            _resources(facts),
            "sets the permissions boundaries of roles",
            conditions=joined(MARKED, one_of("iam:PermissionsBoundary", allowed)),
        )
    ]


def _adopt(facts: Facts) -> list[Statement]:
    adopted = [role for role in facts.roles if role.adopted]
    if not adopted:
        return []
    return [
        Statement(
            "AdoptRoles",
            "roles",
            ("TagRole",),
            tuple(facts.arn(f"role{role.path}{role.name}") for role in adopted),
            "gives the mark to roles that exist and whose entries say adopt",
            conditions=joined(MARKING),
        )
    ]


def _remove(facts: Facts) -> list[Statement]:
    """A role that is in an instance profile is a fault: nothing takes it out."""
    removed = [role for role in facts.roles if role.removed]
    if not removed:
        return []
    return [
        Statement(
            "DeleteRoles",
            "roles",
            ("DeleteRole",),
            own_resources(facts, "role", removed),
            "deletes roles that are to go",
            conditions=joined(MARKED),
        ),
    ]
