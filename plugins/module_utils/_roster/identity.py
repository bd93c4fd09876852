# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is who: the employees of the list and the users of the account. Pure.

With an employee id the id is the identity, whatever the name; without one the name is. Where the two contradict each
other, nobody is guessed to be somebody: the fault names both.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._chart.entries import repeated
from .._core.model import Fault, fold
from .._core.tags import employee_id_of

if t.TYPE_CHECKING:
    from .._chart.values import Chart, Person
    from .._core.model import Directory, User


@dataclasses.dataclass(frozen=True)
class Identities:
    """``users`` tells, by key, which user an employee is: None for nobody yet.

    Who is not in it is in a fault, or among the ``waiting``, whose name somebody gives up in this run: the next one
    has it free. ``claimed`` are the keys of the users whom some entry may mean.
    """

    users: t.Mapping[str, User | None]
    claimed: frozenset[str]
    faults: tuple[Fault, ...] = ()
    waiting: tuple[str, ...] = ()


def identify(chart: Chart, directory: Directory, leaves: t.Callable[[Person], bool]) -> Identities:
    """The user that each employee of the chart is. Who ``leaves`` needs no free name."""
    tagged = [user for user in directory.users.values() if employee_id_of(user) is not None]
    twice = {str(employee_id_of(same[0])): same for same in repeated(tagged, employee_id_of)}
    by_id = {str(employee_id_of(user)): user for user in tagged}
    listed_ids = {person.employee_id: person for person in chart.people.values() if person.employee_id is not None}
    users: dict[str, User | None] = {}
    claimed: set[str] = set()
    faults: list[Fault] = []
    waiting: list[str] = []
    for wanted in chart.desired.users:
        person, named = chart.people[fold(wanted.name)], directory.user(wanted.name)
        known = None if person.employee_id is None else by_id.get(person.employee_id)
        claimed |= {fold(user.name) for user in (named, known) if user is not None}
        claimed |= {fold(user.name) for user in twice.get(str(person.employee_id), ())}
        needs_name = known is None or not leaves(person)
        clash = (_clash(person, named, known, listed_ids) if needs_name else None) or _twice(person, twice)
        if clash is None:
            users[fold(wanted.name)] = known or named
        elif person.employee_id and named is not None and _is_given_up(named, listed_ids, directory, frozenset()):
            waiting.append(person.name)
        else:
            faults.append(Fault(f"employee {person.name}", clash))
    return Identities(users, frozenset(claimed), tuple(faults), tuple(waiting))


def _is_given_up(user: User, listed: t.Mapping[str, Person], directory: Directory, seen: frozenset[str]) -> bool:
    """Whether this run frees the user's name: the user is removed, or renamed to a name that is free or freed too."""
    employee_id = employee_id_of(user)
    person = None if employee_id is None else listed.get(employee_id)
    if person is None or employee_id is None or employee_id in seen or fold(person.name) == fold(user.name):
        return False
    if person.state is not None and person.state != "present":
        return person.state == "absent"
    other = directory.user(person.name)
    return other is None or _is_given_up(other, listed, directory, seen | {employee_id})


def _twice(person: Person, twice: t.Mapping[str, t.Sequence[User]]) -> str | None:
    same = twice.get(str(person.employee_id)) if person.employee_id is not None else None
    if same is None:
        return None
    names = " and ".join(user.name for user in same)
    return f"has the employee_id {person.employee_id}, which the users {names} both carry; take the wrong one's tag off"


def _clash(
    person: Person,
    named: User | None,
    known: User | None,
    listed: t.Mapping[str, Person],
) -> str | None:
    """What the name and the id say against each other, or None."""
    if known is not None and fold(known.name) == fold(person.name):
        return None
    if named is None:
        return None
    theirs = employee_id_of(named)
    if known is not None:
        return (
            f"is the user {known.name} (employee_id {person.employee_id}) and cannot be renamed: "
            f"{named.name} is {_whose(theirs, listed)}"
        )
    if theirs is None or theirs == person.employee_id:
        return None
    if person.employee_id is None and theirs not in listed:
        return None
    mine = "no employee_id" if person.employee_id is None else f"the employee_id {person.employee_id}"
    return (
        f"has {mine}, but the user {named.name} is {_whose(theirs, listed)}; "
        "two people need two names, and one person one id"
    )


def _whose(employee_id: str | None, listed: t.Mapping[str, Person]) -> str:
    if employee_id is None:
        return "a user of the account already"
    person = listed.get(employee_id)
    who = f"listed as {person.name}" if person is not None else "not in the list"
    return f"the user of employee_id {employee_id}, who is {who}"
