# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who can have policies: users, groups and roles."""

from __future__ import annotations

from ..account import Group, Role, User
from ..operations import Call

KINDS = ("User", "Group", "Role")
Owner = User | Group | Role


def named(call: Call, kind: str) -> Owner:
    """The owner that a call names."""
    if kind == "User":
        return call.account.user(call["UserName"])
    if kind == "Group":
        return call.account.group(call["GroupName"])
    return call.account.get_role(call["RoleName"])
