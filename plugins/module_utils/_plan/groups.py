# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of one group."""

from __future__ import annotations

import typing as t

from .._core.model import Group, fold, read_part
from .._core.steps import Phase, Step
from .._core.subjects import Subject
from .policies import attachment, inline_deletion, membership, policy_steps

if t.TYPE_CHECKING:
    from .._core.desired import DesiredGroup
    from .._core.model import Directory


def group_steps(wanted: DesiredGroup, directory: Directory, quotas: t.Mapping[str, int]) -> list[Step]:
    """Create, change or delete one group, its policies and its members."""
    existing = directory.group(wanted.name)
    if wanted.absent:
        return [] if existing is None else _deletion_steps(existing, directory)
    if existing is None:
        steps = [_creation(wanted)]
        existing = Group(name=wanted.name, path=wanted.path or "/", attached={}, inline={})
    else:
        steps = _path_steps(wanted, existing)
    steps += policy_steps(wanted, existing, Phase.GROUPS, quotas)
    return steps + _member_steps(wanted, existing, directory)


def _creation(wanted: DesiredGroup) -> Step:
    params = {"GroupName": wanted.name}
    if wanted.path is not None:
        params["Path"] = wanted.path
    return Step(Subject("group", wanted.name), "CreateGroup", params, "new", Phase.GROUPS)


def _path_steps(wanted: DesiredGroup, existing: Group) -> list[Step]:
    if wanted.path is None or wanted.path == existing.path:
        return []
    params = {"GroupName": existing.name, "NewPath": wanted.path}
    return [Step(Subject("group", existing.name), "UpdateGroup", params, f"moves to path {wanted.path}", Phase.GROUPS)]


def _member_steps(wanted: DesiredGroup, group: Group, directory: Directory) -> list[Step]:
    members = directory.members_of(group.name)
    is_new = directory.group(wanted.name) is None
    needs = (Subject("group", group.name),) if is_new else ()
    steps = [
        membership("Add", _spelling(name, directory), group.name, Phase.USERS, needs)
        for name in dict.fromkeys(wanted.members or ())
        if fold(name) not in members
    ]
    gone = {fold(name) for name in wanted.members_absent} & members
    if wanted.purge_members and wanted.members is not None:
        keep = {fold(name) for name in wanted.members}
        gone |= {key for key in members - keep if _purgeable(wanted, key, directory)}
    return steps + [membership("Remove", _spelling(key, directory), group.name, Phase.USERS) for key in sorted(gone)]


def _purgeable(wanted: DesiredGroup, key: str, directory: Directory) -> bool:
    return wanted.purge_path is None or directory.users[key].path.startswith(wanted.purge_path)


def _deletion_steps(existing: Group, directory: Directory) -> list[Step]:
    subject = Subject("group", existing.name)
    members = [_spelling(key, directory) for key in sorted(directory.members_of(existing.name))]
    steps = [membership("Remove", name, existing.name, Phase.USERS) for name in members]
    steps += [
        inline_deletion(subject, name, Phase.REMOVED_GROUPS)
        for name in sorted(read_part(existing.inline, existing.name))
    ]
    steps += [
        attachment("Detach", subject, arn, Phase.REMOVED_GROUPS)
        for arn in sorted(read_part(existing.attached, existing.name))
    ]
    closing = Step(
        subject=subject,
        operation="DeleteGroup",
        params={"GroupName": existing.name},
        line="deleted",
        phase=Phase.REMOVED_GROUPS,
        cutting=True,
        closing=True,
        needs=tuple(Subject("user", name) for name in members),
    )
    return [*steps, closing]


def _spelling(name: str, directory: Directory) -> str:
    user = directory.users.get(fold(name))
    return name if user is None else user.name
