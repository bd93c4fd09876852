# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The users of people whom the lists name and give no access to AWS. Pure.

They are cut off by the list, so it must be certain who is who: by the employee id, or by the name of a user of whom no
id tells that it is somebody else's. A user whom an entry with access may mean is not cut off.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.model import Fault, fold
from .._core.tags import employee_id_of, managed

if t.TYPE_CHECKING:
    from .._chart.values import Outsider
    from .._core.model import Directory, User


@dataclasses.dataclass(frozen=True)
class Outside:
    """``users`` are to have no access. ``spared`` are the keys of those of whom that cannot be told for sure."""

    users: tuple[User, ...] = ()
    spared: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()


def users_without_access(outsiders: t.Sequence[Outsider], directory: Directory, claimed: frozenset[str]) -> Outside:
    """The managed users of people without access. ``claimed`` are the keys of those whom entries with access mean."""
    if not outsiders:
        return Outside()
    ours = {key: user for key, user in directory.users.items() if managed(user) and key not in claimed}
    by_id: dict[str, list[User]] = {}
    for user in ours.values():
        employee_id = employee_id_of(user)
        if employee_id:
            by_id.setdefault(employee_id, []).append(user)
    found: dict[str, User] = {}
    spared: set[str] = set()
    faults: list[Fault] = []
    for outsider in outsiders:
        same = by_id.get(outsider.employee_id or "", _by_name(outsider, ours))
        if len(same) > 1:
            names = " and ".join(user.name for user in same)
            what = f"is to have no access to AWS, and the users {names} both carry it; take the wrong one's tag off"
            faults.append(Fault(f"employee_id {outsider.employee_id}", what))
        certain = outsider.certain and len(same) == 1
        for user in same:
            if certain:
                found[fold(user.name)] = user
            else:
                spared.add(fold(user.name))
    users = tuple(user for key, user in sorted(found.items()) if key not in spared)
    return Outside(users, frozenset(spared), tuple(faults))


def _by_name(outsider: Outsider, ours: t.Mapping[str, User]) -> list[User]:
    """The user of that name, unless its id says that it is somebody else's."""
    user = ours.get(fold(outsider.name)) if outsider.name else None
    if user is None or (outsider.employee_id is not None and employee_id_of(user) is not None):
        return []
    return [user]
