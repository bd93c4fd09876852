# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The users of people whom the lists name and give no access to AWS. Pure.

They are cut off by the list, so it must be certain who is who: by the name, or by the employee id of one user whom no
list names. A user whom an entry with access may mean is not cut off.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.model import fold
from .._core.steps import Fault
from .._core.tags import employee_id_of
from .identity import contradiction, listed_ids, listed_names
from .marks import was_ours

if t.TYPE_CHECKING:
    from .._chart.values import Chart, Outsider
    from .._core.model import Directory, User


@dataclasses.dataclass(frozen=True)
class Outside:
    """``users`` are to have no access. ``spared`` are the keys of those of whom that cannot be told for sure.

    ``elsewhere`` are the keys of those who have access to other accounts.
    """

    users: tuple[User, ...] = ()
    spared: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()
    elsewhere: frozenset[str] = frozenset()


def users_without_access(chart: Chart, directory: Directory, claimed: frozenset[str]) -> Outside:
    """The users, ours or once ours, of people without access. ``claimed`` are the keys of those with access."""
    if not chart.without_access:
        return Outside()
    ours = {key: user for key, user in directory.users.items() if was_ours(user) and key not in claimed}
    names, ids = listed_names(chart), listed_ids(chart)
    by_id: dict[str, list[User]] = {}
    for key, user in ours.items():
        if key not in names:
            by_id.setdefault(employee_id_of(user) or "", []).append(user)
    found: dict[str, User] = {}
    spared, elsewhere = set[str](), set[str]()
    faults: list[Fault] = []
    for outsider in chart.without_access:
        named = ours.get(fold(outsider.name)) if outsider.name else None
        same = [named] if named is not None else by_id.get(outsider.employee_id, []) if outsider.employee_id else []
        if named is not None:
            fault = contradiction(named.name, outsider.employee_id, named, ids)
            faults += [fault] if fault is not None else []
        if len(same) > 1:
            faults.append(_shared(outsider, same))
        if outsider.certain and len(same) == 1:
            found[fold(same[0].name)] = same[0]
            elsewhere |= {fold(same[0].name)} if outsider.elsewhere else set()
        else:
            spared |= {fold(user.name) for user in same}
    users = tuple(user for key, user in sorted(found.items()) if key not in spared)
    return Outside(users, frozenset(spared), tuple(faults), frozenset(elsewhere))


def _shared(outsider: Outsider, users: t.Sequence[User]) -> Fault:
    names = " and ".join(user.name for user in users)
    where = "this account" if outsider.elsewhere else "AWS"
    what = f"is to have no access to {where}, and the users {names} both carry it; take the wrong one's tag off"
    return Fault(f"employee_id {outsider.employee_id}", what, stops_giving=False)
