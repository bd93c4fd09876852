# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Roles: made with a trust policy that holds, found without case, changed in part, deleted when nothing is left."""

from __future__ import annotations

from typing import Any

from .. import tags
from ..account import Account, Role
from ..errors import DeleteConflictException, EntityAlreadyExists, InvalidInput, NoSuchEntity
from ..operations import Call, operation
from ..policies import boundaries, documents, trust
from ..policies.arns import boundary_policy
from ..protocol import shapes
from ..protocol.answers import Answer
from ..protocol.paging import page

SERVICE_LINKED_PATH = "/aws-service-role/"


def made(role: Role) -> dict[str, Any]:
    """A role as CreateRole shows it: the trust policy as sent, no MaxSessionDuration (recorded by LocalStack)."""
    return {
        **shapes.named("Role", role),
        "AssumeRolePolicyDocument": documents.encoded(role.assume_role_policy_document),
        "Description": role.description or None,
        "PermissionsBoundary": boundaries.shape(role.permissions_boundary_arn),
        "Tags": role.tags or None,
    }


def plain(account: Account, role: Role) -> dict[str, Any]:
    """A role as lists show it: without boundary, tags and last use."""
    return {
        **shapes.named("Role", role),
        "AssumeRolePolicyDocument": documents.encoded(trust.shown(account, role)),
        "Description": role.description or None,
        "MaxSessionDuration": role.session_seconds,
    }


def last_used(role: Role) -> dict[str, Any]:
    """Empty for a role that nobody used."""
    return {"LastUsedDate": role.use[0], "Region": role.use[1]} if role.use else {}


@operation("CreateRole")
def create_role(call: Call) -> Answer | None:
    account, name, document = call.account, call["RoleName"], call["AssumeRolePolicyDocument"]
    path, boundary = call.get("Path") or "/", call.get("PermissionsBoundary")
    if path.startswith(SERVICE_LINKED_PATH):
        raise InvalidInput(f"Path prefix '{SERVICE_LINKED_PATH}' can only be used for AWS Service linked Roles")
    trust.check(account, document)
    if account.find_role(name) is not None:
        raise EntityAlreadyExists(f"Role with name {name} already exists.")
    policy = boundary_policy(account, boundary) if boundary else None
    given = tags.merged(account.account_id, {}, call.get("Tags") or [])
    role = account.add_role(name, path, document)
    trust.write(account, role, document)
    role.tags_by_key = given
    role.permissions_boundary_arn = policy.arn if policy else None
    _change(call, role)
    return {"Role": made(role)}


def _change(call: Call, role: Role) -> None:
    """Take over what the call names; what it does not name stays."""
    if call.get("Description") is not None:
        role.description = call["Description"]
    if call.get("MaxSessionDuration") is not None:
        role.session_seconds = int(call["MaxSessionDuration"])


@operation("GetRole")
def get_role(call: Call) -> Answer | None:
    role = call.account.get_role(call["RoleName"])
    more = {
        "PermissionsBoundary": boundaries.shape(role.permissions_boundary_arn),
        "Tags": role.tags or None,
        "RoleLastUsed": last_used(role),
    }
    return {"Role": {**plain(call.account, role), **more}}


@operation("ListRoles")
def list_roles(call: Call) -> Answer | None:
    prefix = call.get("PathPrefix") or "/"
    found = sorted((role.name.casefold(), role) for role in call.account.roles.values() if role.path.startswith(prefix))
    roles, rest = page(call.params, "ListRoles", found)
    return {"Roles": [plain(call.account, role) for role in roles], **rest}


@operation("UpdateRole")
def update_role(call: Call) -> Answer | None:
    _change(call, call.account.get_role(call["RoleName"]))
    return {}


@operation("UpdateRoleDescription")
def update_role_description(call: Call) -> Answer | None:
    role = call.account.get_role(call["RoleName"])
    _change(call, role)
    return {"Role": plain(call.account, role)}


@operation("UpdateAssumeRolePolicy")
def update_assume_role_policy(call: Call) -> Answer | None:
    role = call.account.get_role(call["RoleName"])
    trust.check(call.account, call["PolicyDocument"])
    trust.write(call.account, role, call["PolicyDocument"])
    return None


@operation("RemoveRoleFromInstanceProfile")
def remove_role_from_instance_profile(call: Call) -> Answer | None:
    """The words of the refusal are not recorded anywhere; its code is in the API reference."""
    role = call.account.get_role(call["RoleName"])
    profile = call.account.get_instance_profile(call["InstanceProfileName"])
    if role not in profile.roles:
        raise NoSuchEntity(f"The role {role.name} is not in the instance profile {profile.name}.")
    profile.roles.remove(role)
    return None


@operation("DeleteRole")
def delete_role(call: Call) -> Answer | None:
    role = call.account.get_role(call["RoleName"])
    left = {
        "must remove roles from instance profile first": role.instance_profile_list,
        "must detach all policies first": role.managed_policies,
        "must delete policies first": role.policies,
    }
    for demand, things in left.items():
        if things:
            raise DeleteConflictException(f"Cannot delete entity, {demand}.")
    del call.account.roles[role.id]
    return None
