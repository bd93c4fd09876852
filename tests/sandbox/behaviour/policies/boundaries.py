# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Permissions boundaries of users and roles: an existing managed policy, which knows how often it is one."""

from __future__ import annotations

from moto.iam.models import ManagedPolicy

from ..account import Account, User
from ..errors import NoSuchEntity
from ..operations import Call, operation
from ..protocol.answers import Answer
from .arns import boundary_policy


def shape(arn: str | None) -> dict[str, str] | None:
    """The boundary as answers show it."""
    if arn is None:
        return None
    return {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn}


def of(user: User) -> dict[str, str] | None:
    """A user's boundary as answers show it."""
    return shape(user.boundary.arn if user.boundary else None)


def put(account: Account, user: User, policy: ManagedPolicy | None) -> None:
    """Set a user's boundary, or take it away with None."""
    if user.boundary is not None:
        account.boundary_uses[user.boundary.arn] -= 1
    if policy is not None:
        account.boundary_uses[policy.arn] += 1
    user.boundary = policy


@operation("PutUserPermissionsBoundary")
def put_user_permissions_boundary(call: Call) -> Answer | None:
    user = call.account.user(call["UserName"])
    put(call.account, user, boundary_policy(call.account, call["PermissionsBoundary"]))
    return None


@operation("DeleteUserPermissionsBoundary")
def delete_user_permissions_boundary(call: Call) -> Answer | None:
    user = call.account.user(call["UserName"])
    if user.boundary is None:
        raise NoSuchEntity(f"The user with name {user.name} does not have a permissions boundary.")
    put(call.account, user, None)
    return None


@operation("PutRolePermissionsBoundary")
def put_role_permissions_boundary(call: Call) -> Answer | None:
    role = call.account.get_role(call["RoleName"])
    role.permissions_boundary_arn = boundary_policy(call.account, call["PermissionsBoundary"]).arn
    return None


@operation("DeleteRolePermissionsBoundary")
def delete_role_permissions_boundary(call: Call) -> Answer | None:
    role = call.account.get_role(call["RoleName"])
    if not role.permissions_boundary_arn:
        raise NoSuchEntity(f"The role with name {role.name} does not have a permissions boundary.")
    role.permissions_boundary_arn = None
    return None
