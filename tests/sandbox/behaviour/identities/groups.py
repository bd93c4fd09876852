# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Groups: found without case, listed by page, renamed and moved with members and policies."""

from __future__ import annotations

from typing import Any

from ..account import Group
from ..errors import EntityAlreadyExists
from ..operations import Call, operation
from ..protocol import shapes
from ..protocol.answers import Answer
from ..protocol.paging import page
from .users import plain as plain_user


def plain(group: Group) -> dict[str, Any]:
    """A group as answers show it: it has neither tags nor a boundary."""
    return shapes.named("Group", group)


@operation("CreateGroup")
def create_group(call: Call) -> Answer | None:
    return {"Group": plain(call.account.create_group(call["GroupName"], call.get("Path")))}


@operation("GetGroup")
def get_group(call: Call) -> Answer | None:
    group = call.account.group(call["GroupName"])
    members = sorted((user.name.casefold(), user) for user in group.members.values())
    users, rest = page(call.params, "GetGroup", members)
    return {"Group": plain(group), "Users": [plain_user(user) for user in users], **rest}


@operation("ListGroups")
def list_groups(call: Call) -> Answer | None:
    prefix = call.get("PathPrefix") or "/"
    found = [(key, group) for key, group in call.account.groups.in_order() if group.path.startswith(prefix)]
    groups, rest = page(call.params, "ListGroups", found)
    return {"Groups": [plain(group) for group in groups], **rest}


@operation("UpdateGroup")
def update_group(call: Call) -> Answer | None:
    groups = call.account.groups
    group = call.account.group(call["GroupName"])
    new_name = call.get("NewGroupName")
    if new_name and new_name != group.name:
        taken = groups.get(new_name)
        if taken is not None and taken is not group:
            raise EntityAlreadyExists(f"Group with name {new_name} already exists.")
        del groups[group.name]
        group.name = new_name
        groups[new_name] = group
    if call.get("NewPath"):
        group.path = call["NewPath"]
    return None
