# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is listed, exists in the account and is not ours: told, and taken over only on request. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.model import Desired, DesiredUser, Fault, fold
from .._core.tags import MARK

if t.TYPE_CHECKING:
    from .._chart.values import ChartSettings
    from .._core.model import Directory, Group


def foreign_departments(desired: Desired, directory: Directory, settings: ChartSettings) -> list[Group]:
    """Departments listed or joined that are not ours; to join one that is not ours would change it as well.

    Looks up every department that is listed or joined.
    """
    names = [group.name for group in desired.groups] + [name for user in desired.users for name in user.groups or ()]
    found = {name: directory.group(name) for name in {fold(name): name for name in names}.values()}
    return [
        # As the list spells it: that is where whoever reads this looks for it.
        dataclasses.replace(group, name=name)
        for name, group in found.items()
        if group is not None and not group.path.startswith(settings.path) and not settings.adopts(name)
    ]


def unmanaged_faults(people: t.Sequence[str], departments: t.Sequence[Group]) -> list[Fault]:
    """One fault for all the people and one for all the departments, with what leads on."""
    faults = []
    if people:
        verb = "exists in the account and is" if len(people) == 1 else "exist in the account and are"
        them = "it" if len(people) == 1 else "them"
        few = ",".join(people[:3])
        advice = (
            f"To take {them} over: -e onboard_adopt=true. "
            f"To try a few first: -e onboard_adopt=true -e onboard_only={few}"
        )
        faults.append(Fault(_all("employee", people), f"{verb} not managed. Nothing was changed. {advice}"))
    if departments:
        one = len(departments) == 1
        verb = "exists in the account and is" if one else "exist in the account and are"
        advice = f"name {'it' if one else 'them'} in onboard_adopted_departments, or choose another name"
        told = [f"{group.name} (at {group.path})" for group in departments]
        faults.append(Fault(_all("department", told), f"{verb} not managed; {advice}"))
    return faults


def adoption(name: str) -> DesiredUser:
    """What adopting does to a user: the mark, and nothing else."""
    return DesiredUser(name, tags=MARK, purge_tags=False, create=False)


def without_departments(desired: Desired, departments: t.Iterable[Group]) -> Desired:
    """The desired with these departments left as they are: not changed, not joined."""
    keys = {fold(group.name) for group in departments}
    return Desired(
        groups=tuple(group for group in desired.groups if fold(group.name) not in keys),
        users=tuple(
            user
            if user.groups is None
            else dataclasses.replace(user, groups=tuple(name for name in user.groups if fold(name) not in keys))
            for user in desired.users
        ),
    )


def adopted_line(departments: t.Iterable[Group], settings: ChartSettings) -> str:
    """The line for the settings that takes these departments over, beside those taken over before."""
    names = sorted({*settings.adopted, *(group.name for group in departments)})
    return f"onboard_adopted_departments: [{', '.join(names)}]"


def _all(noun: str, names: t.Sequence[str]) -> str:
    return f"{noun}{'s' if len(names) > 1 else ''} {', '.join(names)}"
