# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Departments that are ours and dropped from the list: named, and deleted only on request. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.desired import DesiredGroup
from .._core.tags import managed

if t.TYPE_CHECKING:
    from .._chart.values import Chart, ChartSettings
    from .._core.model import Directory


@dataclasses.dataclass(frozen=True)
class Dropped:
    """``removed`` are to be deleted; ``kept`` tells why the others are not."""

    removed: tuple[DesiredGroup, ...] = ()
    kept: t.Mapping[str, str] = dataclasses.field(default_factory=dict)


def dropped_departments(
    chart: Chart, directory: Directory, settings: ChartSettings, *, remove: bool, trusted: bool
) -> Dropped:
    """The departments under our path, or adopted, that the list does not name.

    A department with members whom we do not manage is never deleted: it means something to somebody else.
    """
    if chart.listed_departments is None:
        return Dropped()
    removed: list[DesiredGroup] = []
    kept: dict[str, str] = {}
    for key, group in sorted(directory.groups.items()):
        if key in chart.listed_departments or not (group.path.startswith(settings.path) or settings.adopts(group.name)):
            continue
        others = _unmanaged_members(key, directory)
        if not remove:
            kept[group.name] = "nothing was done to it"
        elif not trusted:
            kept[group.name] = "not deleted, because the account was counted differently twice"
        elif others:
            kept[group.name] = f"not deleted, because of members that are not managed: {', '.join(others)}"
        else:
            removed.append(DesiredGroup(group.name, absent=True))
    return Dropped(tuple(removed), kept)


def _unmanaged_members(key: str, directory: Directory) -> list[str]:
    members = sorted(directory.members_of(key))
    return [directory.users[member].name for member in members if not managed(directory.users[member])]
