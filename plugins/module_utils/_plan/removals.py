# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is taken from a user or group by name, beside the exact parts of its entry. Pure.

It is cut before anything is given and whatever is wrong with giving. What denies something is no access: to take it
away gives, so it goes with what is given.
"""

from __future__ import annotations

import typing as t

from .._core import statements
from .._core.model import Group, fold
from .._core.steps import Phase, Step
from .._core.subjects import Subject
from .excess import denies, denies_by_name, excess_inline, excess_policies
from .policies import attachment, inline_deletion, membership

if t.TYPE_CHECKING:
    from .._core.desired import DesiredGroup, DesiredUser
    from .._core.model import Directory, User


def cut_from_user(wanted: DesiredUser, directory: Directory) -> list[Step]:
    """The policies and groups that the user is to be without, but for those that deny."""
    user = directory.user(wanted.rename_from or wanted.name) if _asks(wanted) or wanted.groups_absent else None
    if user is None:
        return []
    current = directory.groups_of(user.name)
    left = sorted({fold(name) for name in wanted.groups_absent} & current)
    groups = [group for group in (directory.groups[key] for key in left) if not denies(group)]
    return [*_policies(wanted, user), *(membership("Remove", user.name, group.name, Phase.LEAVERS) for group in groups)]


def cut_from_group(wanted: DesiredGroup, directory: Directory) -> list[Step]:
    """The policies that the group is to be without, but for those that deny."""
    group = directory.group(wanted.name) if _asks(wanted) else None
    return [] if group is None else _policies(wanted, group)


def _asks(wanted: DesiredUser | DesiredGroup) -> bool:
    return bool(wanted.policies_absent or wanted.inline_absent)


def _policies(wanted: DesiredUser | DesiredGroup, existing: User | Group) -> list[Step]:
    subject = Subject("group" if isinstance(existing, Group) else "user", existing.name)
    arns = [arn for arn in sorted(excess_policies(wanted, existing)) if not denies_by_name(arn)]
    stored = existing.inline or {}
    names = [name for name in sorted(excess_inline(wanted, existing)) if not statements.denies(stored[name])]
    steps = [attachment("Detach", subject, arn, Phase.LEAVERS) for arn in arns]
    return steps + [inline_deletion(subject, name, Phase.LEAVERS) for name in names]
