# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Memberships: adding a member and removing a stranger both succeed; ten groups per user."""

from __future__ import annotations

from ..operations import Call, operation
from ..protocol.answers import Answer
from ..protocol.paging import page
from .groups import plain


@operation("AddUserToGroup")
def add_user_to_group(call: Call) -> Answer | None:
    call.account.add_user_to_group(call["GroupName"], call["UserName"])
    return None


@operation("RemoveUserFromGroup")
def remove_user_from_group(call: Call) -> Answer | None:
    call.account.remove_user_from_group(call["GroupName"], call["UserName"])
    return None


@operation("ListGroupsForUser")
def list_groups_for_user(call: Call) -> Answer | None:
    user = call.account.user(call["UserName"])
    in_order = sorted((group.name.casefold(), group) for group in user.groups.values())
    groups, rest = page(call.params, "ListGroupsForUser", in_order)
    return {"Groups": [plain(group) for group in groups], **rest}
