# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is who: the employees of the list and the users of the account. Pure.

The name is the identity: nobody changes it with a tag. The employee id is a hint. Whoever may write tags can write any
id on a user: what an id alone says waits for a person, and a user whose id contradicts its name is told, and given
nothing.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.desired import DesiredUser
from .._core.model import fold
from .._core.steps import Fault
from .._core.tags import EMPLOYEE_ID_TAG, employee_id_of, managed

if t.TYPE_CHECKING:
    from .._chart.values import Chart, Person
    from .._core.model import Directory, User


@dataclasses.dataclass(frozen=True)
class Rename:
    """An employee whose name no user has, and the one user, in nobody's list, that bears the employee's id."""

    wanted: DesiredUser
    user: User
    employee_id: str


@dataclasses.dataclass(frozen=True)
class Identities:
    """``users`` tells, by the entry's key, which user an employee is: None for nobody yet.

    An entry that is not in it waits for a person: it is in a fault, or among the ``renames``. ``doubted`` are users, by
    key, of a listed name with an id that is not the list's. ``claimed`` are the keys of the users whom an entry means.
    """

    users: t.Mapping[str, User | None]
    doubted: t.Mapping[str, User]
    renames: tuple[Rename, ...]
    claimed: frozenset[str]
    faults: tuple[Fault, ...] = ()


def identify(chart: Chart, directory: Directory, leaves: t.Callable[[Person], bool]) -> Identities:
    """The user that each employee of the chart is. Who ``leaves`` is cut off under whatever name."""
    identifying = _Identifying(chart, directory)
    for wanted in chart.desired.users:
        person = chart.people[fold(wanted.name)]
        named = directory.user(wanted.name)
        if named is not None:
            identifying.by_name(person, named)
        else:
            identifying.by_id(wanted, person, leaves=leaves(person))
    return identifying.found()


def listed_names(chart: Chart) -> frozenset[str]:
    """The keys of all names in the lists, with access to AWS or without, whoever the run is about."""
    outsiders = (fold(outsider.name) for outsider in chart.without_access if outsider.name)
    return frozenset({*chart.everybody, *outsiders})


def listed_ids(chart: Chart) -> dict[str, str]:
    """Whose each employee id is by the lists."""
    outsiders = {one.employee_id: one.name or "somebody without access" for one in chart.without_access}
    people = {person.employee_id: person.name for person in chart.everybody.values()}
    return {key: name for key, name in {**outsiders, **people}.items() if key is not None}


def contradiction(name: str, employee_id: str | None, user: User, ids: t.Mapping[str, str]) -> Fault | None:
    """What the user's tag says against the id that the list gives this name."""
    theirs = employee_id_of(user)
    if theirs is None or theirs == employee_id or (employee_id is None and theirs not in ids):
        return None
    owner = ids.get(theirs)
    whose = "the list gives to nobody" if owner is None else f"the list gives to {owner}"
    mine = "gives them none" if employee_id is None else f"says {employee_id}"
    text = (
        f"the user {user.name} bears the employee id {theirs}, which {whose}; the list {mine}. Whoever may write tags "
        f"can write an id: the user is given nothing. If the list is right, take the tag {EMPLOYEE_ID_TAG} off "
        f"{user.name}, and the next run writes it anew; if the user is somebody else's, the list needs another name"
    )
    return Fault(f"employee {name}", text, stops_giving=False)


class _Identifying:
    """What was found so far."""

    def __init__(self, chart: Chart, directory: Directory) -> None:
        self._ids = listed_ids(chart)
        self._unlisted = _by_id(directory, listed_names(chart))
        self._users: dict[str, User | None] = {}
        self._doubted: dict[str, User] = {}
        self._renames: list[Rename] = []
        self._claimed: set[str] = set()
        self._faults: list[Fault] = []

    def found(self) -> Identities:
        return Identities(
            self._users, self._doubted, tuple(self._renames), frozenset(self._claimed), tuple(self._faults)
        )

    def by_name(self, person: Person, user: User) -> None:
        """The user of the employee's name, unless its id says otherwise."""
        key = fold(person.name)
        self._claimed.add(key)
        fault = contradiction(person.name, person.employee_id, user, self._ids)
        if fault is None:
            self._users[key] = user
        else:
            self._doubted[key] = user
            self._faults.append(fault)

    def by_id(self, wanted: DesiredUser, person: Person, *, leaves: bool) -> None:
        """The user that only the id tells of: cut off if the employee leaves, and else a rename to be confirmed."""
        same = self._unlisted.get(person.employee_id or "", [])
        # An id on a user without our mark says less than one beside it, and enough only to cut off.
        same = [user for user in same if managed(user)] or (same if leaves else [])
        self._claimed |= {fold(user.name) for user in same}
        if not same:
            self._users[fold(wanted.name)] = None
        elif len(same) > 1:
            self._faults.append(_shared(person, same))
        elif leaves:
            self._users[fold(wanted.name)] = same[0]
        else:
            self._renames.append(Rename(wanted, same[0], str(person.employee_id)))


def _by_id(directory: Directory, listed: t.Collection[str]) -> dict[str, list[User]]:
    """The users that no list names, by their ids: of the others the name says who they are."""
    found: dict[str, list[User]] = {}
    for key, user in sorted(directory.users.items()):
        employee_id = employee_id_of(user)
        if employee_id and key not in listed:
            found.setdefault(employee_id, []).append(user)
    return found


def _shared(person: Person, users: t.Sequence[User]) -> Fault:
    names = " and ".join(user.name for user in users)
    text = (
        f"has the employee_id {person.employee_id}, which the users {names} both carry; "
        "nothing was done to them: take the wrong one's tag off"
    )
    return Fault(f"employee {person.name}", text, stops_giving=False)
