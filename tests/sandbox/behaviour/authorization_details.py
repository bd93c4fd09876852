# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""GetAccountAuthorizationDetails: users, then roles, groups and policies, in pages out of one MaxItems budget."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence
from typing import Any

from moto.iam.models import ManagedPolicy

from .account import Account, Group, Role, User
from .errors import ValidationError
from .identities import roles
from .operations import Call, operation
from .policies import boundaries, documents, inline, of_aws, trust
from .policies.attachments import details as attached
from .policies.managed import plain, version_shape
from .protocol import shapes
from .protocol.answers import Answer
from .protocol.paging import DEFAULT_PAGE, pack, unpack

KIND = "GetAccountAuthorizationDetails"
ALL = ("User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy")
Keyed = Sequence[tuple[str, Any]]


@operation(KIND)
def get_account_authorization_details(call: Call) -> Answer | None:
    wanted = sorted(set(call.get("Filter") or ALL))
    at, after = _position(call.get("Marker"), ",".join(wanted))
    room = int(call.get("MaxItems") or DEFAULT_PAGE)
    answer: dict[str, Any] = {member: [] for member, _entities, _detail in SECTIONS}
    for number, (member, keyed, detail) in enumerate(SECTIONS):
        if number < at:
            continue
        items = keyed(call.account, wanted)
        start = bisect.bisect_right([key for key, _item in items], after) if number == at and after else 0
        taken = items[start : start + room]
        answer[member] = [detail(call.account, item) for _key, item in taken]
        room -= len(taken)
        if start + len(taken) < len(items):
            last = taken[-1][0] if taken else ""
            marker = pack(KIND, filter=",".join(wanted), section=str(number), after=last)
            return {**answer, "IsTruncated": True, "Marker": marker}
    return {**answer, "IsTruncated": False}


def _position(marker: str | None, wanted: str) -> tuple[int, str]:
    """The section to go on in, and the key of the last item given of it."""
    if marker is None:
        return 0, ""
    position = unpack(marker, KIND)
    if position["filter"] != wanted:
        raise ValidationError("Marker and Filter do not match.")
    return int(position["section"]), str(position["after"])


def _users(account: Account, wanted: Sequence[str]) -> Keyed:
    return account.users.in_order() if "User" in wanted else []


def _roles(account: Account, wanted: Sequence[str]) -> Keyed:
    return sorted((role.name.casefold(), role) for role in account.roles.values()) if "Role" in wanted else []


def _groups(account: Account, wanted: Sequence[str]) -> Keyed:
    return account.groups.in_order() if "Group" in wanted else []


def _policies(account: Account, wanted: Sequence[str]) -> Keyed:
    return sorted(
        (f"{policy.name.casefold()} {arn}", policy)
        for arn, policy in account.managed_policies.items()
        if _is_wanted(account, policy, wanted)
    )


def _is_wanted(account: Account, policy: ManagedPolicy, wanted: Sequence[str]) -> bool:
    """Of AWS's policies only those in use here."""
    if not of_aws.is_of_aws(policy):
        return "LocalManagedPolicy" in wanted
    return "AWSManagedPolicy" in wanted and bool(policy.attachment_count or account.boundary_usage(policy))


def _user_detail(account: Account, user: User) -> dict[str, Any]:
    return {
        **shapes.named("User", user),
        # AWS leaves the list out when it is empty, and sends the other lists all the same.
        "UserPolicyList": inline.details(user) or None,
        "GroupList": user.group_list,
        "AttachedManagedPolicies": attached(user),
        "PermissionsBoundary": boundaries.of(user),
        "Tags": user.tags,
    }


def _group_detail(account: Account, group: Group) -> dict[str, Any]:
    return {
        **shapes.named("Group", group),
        "GroupPolicyList": inline.details(group),
        "AttachedManagedPolicies": attached(group),
    }


def _role_detail(account: Account, role: Role) -> dict[str, Any]:
    return {
        **shapes.named("Role", role),
        "AssumeRolePolicyDocument": documents.encoded(trust.shown(account, role)),
        "InstanceProfileList": [_profile_shape(account, profile) for profile in role.instance_profile_list],
        "RolePolicyList": inline.details(role),
        "AttachedManagedPolicies": attached(role),
        "PermissionsBoundary": boundaries.shape(role.permissions_boundary_arn or None),
        "Tags": role.tags,
        "RoleLastUsed": roles.last_used(role),
    }


def _profile_shape(account: Account, profile: Any) -> dict[str, Any]:
    shown = ({**roles.plain(account, role), "MaxSessionDuration": None} for role in profile.roles)
    return {**shapes.named("InstanceProfile", profile), "Roles": list(shown)}


def _policy_detail(account: Account, policy: ManagedPolicy) -> dict[str, Any]:
    versions = [version_shape(version, with_document=True) for version in reversed(policy.versions)]
    return {**plain(account, policy), "PolicyVersionList": versions}


SECTIONS: tuple[
    tuple[str, Callable[[Account, Sequence[str]], Keyed], Callable[[Account, Any], dict[str, Any]]], ...
] = (
    ("UserDetailList", _users, _user_detail),
    ("RoleDetailList", _roles, _role_detail),
    ("GroupDetailList", _groups, _group_detail),
    ("Policies", _policies, _policy_detail),
)
