# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""DeleteUser and DeleteGroup: refused while anything is left, naming one kind of it at a time."""

from __future__ import annotations

from ..account import Group, User
from ..errors import DeleteConflictException
from ..operations import Call, operation
from ..policies import boundaries
from ..protocol.answers import Answer


@operation("DeleteUser")
def delete_user(call: Call) -> Answer | None:
    user = call.account.user(call["UserName"])
    _refuse(_left_of_user(user))
    boundaries.put(call.account, user, None)
    del call.account.users[user.name]
    return None


@operation("DeleteGroup")
def delete_group(call: Call) -> Answer | None:
    group = call.account.group(call["GroupName"])
    _refuse(_left_of_group(group))
    del call.account.groups[group.name]
    return None


def _left_of_user(user: User) -> dict[str, object]:
    return {
        "must delete login profile first": user.password is not None,
        "must delete access keys first": user.access_keys,
        "must delete certificates first": user.signing_certificates,
        "must delete MFA device first": user.mfa_devices,
        "must remove referenced objects first": user.ssh_public_keys or user.service_credentials,
        "must delete policies first": user.policies,
        "must detach all policies first": user.managed_policies,
        "must remove users from group first": user.groups,
    }


def _left_of_group(group: Group) -> dict[str, object]:
    return {
        "must remove users from group first": group.members,
        "must delete policies first": group.policies,
        "must detach all policies first": group.managed_policies,
    }


def _refuse(left: dict[str, object]) -> None:
    for demand, things in left.items():
        if things:
            raise DeleteConflictException(f"Cannot delete entity, {demand}.")
