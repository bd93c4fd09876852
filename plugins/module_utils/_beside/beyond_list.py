# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody has whom the list is to take over, and the list does not give: told before it is confirmed. Pure."""

from __future__ import annotations

import typing as t

from .._core.model import fold

if t.TYPE_CHECKING:
    from .._core.desired import DesiredUser
    from .._core.model import Directory, Group, User


def beyond_list(wanted: DesiredUser, user: User, directory: Directory) -> list[str]:
    """Groups and own policies that the entry does not name, as far as they were read."""
    named = {fold(name) for name in wanted.groups or ()}
    keys = sorted(key for key in directory.groups_of(user.name) if key not in named)
    found = [_group(directory.groups[key]) for key in keys if key in directory.groups]
    policies = set(wanted.policies or ())
    found += [f"the policy {name}" for arn, name in sorted((user.attached or {}).items()) if arn not in policies]
    inline = {fold(name) for name in wanted.inline or {}}
    found += [f"the inline policy {name}" for name in sorted(user.inline or {}) if fold(name) not in inline]
    return found


def _group(group: Group) -> str:
    policies = sorted([*(group.attached or {}).values(), *(f"{name} (inline)" for name in group.inline or {})])
    return f"the group {group.name}" + (f" with {', '.join(policies)}" if policies else "")
