# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is to have access today: as listed, let in again, or held because a person suspended them. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.desired import DesiredUser, Suspension
from .._core.model import User, fold
from .._core.names import meant, shown
from .._core.steps import Fault
from .._core.suspension import contradiction, lifted_by_list, suspension_of
from .._identity.limits import no_more_than_listed
from .adoption import first_gift
from .suspended import is_cut_off

if t.TYPE_CHECKING:
    from .._chart.values import Person
    from .._identity.facts import Facts
    from .leavers import Leavers
    from .settlement import Settlement


class Present:
    """Decides about those who are listed, have a user and are to have access."""

    def __init__(self, facts: Facts, settlement: Settlement, leavers: Leavers) -> None:
        self._facts = facts
        self._settlement = settlement
        self._leavers = leavers
        self._readmit = {fold(name) for name in facts.told.readmit}

    def settle(self, wanted: DesiredUser, person: Person, user: User) -> None:
        """Somebody who is to have access, unless a person suspended them."""
        wanted = _under_the_listed_name(wanted, user)
        if self._facts.told.protects(user) is not None:
            wanted = _taking_nothing_away(wanted, user)
        suspension = suspension_of(user)
        if not is_cut_off(user):
            self._settlement.users.append(wanted)
            self._settlement.notes.warnings += first_gift(wanted, user, self._facts.directory, self._facts.settings)
        elif lifted_by_list(user) or self._is_readmitted(person, user):
            self._settlement.notes.returned.append(wanted.name)
            lifted = dataclasses.replace(wanted, lift=True, lift_keys=self._facts.told.readmit_keys)
            self._settlement.users.append(lifted)
        else:
            self._hold(user, suspension)

    def doubt(self, wanted: DesiredUser, user: User) -> None:
        """Somebody of the name of an employee, told in a fault: given nothing, and left with no more than listed."""
        if is_cut_off(user):
            self._leavers.cut_off_again(user)
        elif self._facts.told.protects(user) is None:
            self._settlement.users.append(no_more_than_listed(wanted, user, self._facts.directory))

    def _hold(self, user: User, suspension: Suspension | None) -> None:
        """Nothing is done to them, unless somebody undid the suspension by hand; a tag that was rewritten is told."""
        rewritten = contradiction(user)
        if rewritten is not None:
            self._settlement.faults.append(Fault(f"employee {user.name}", rewritten, stops_giving=False))
        if not self._leavers.cut_off_again(user):
            self._settlement.notes.held[user.name] = "an unknown time" if suspension is None else suspension.at

    def _is_readmitted(self, person: Person, user: User) -> bool:
        """By the name or the id of the list: an id on the user may be anybody's."""
        return bool({fold(user.name), fold(person.name), fold(person.employee_id or person.name)} & self._readmit)


def readmission_faults(people: t.Collection[Person], readmit: t.Iterable[str]) -> t.Iterator[Fault]:
    """A name to readmit that nobody has is a mistake; one who is not suspended any more is none."""
    ids = {fold(person.employee_id) for person in people if person.employee_id is not None}
    names = {fold(person.name): person.name for person in people}
    for name in sorted(readmit):
        if fold(name) not in names and fold(name) not in ids:
            text = f"is to be readmitted and is not in employees{meant(name, names.values())}"
            yield Fault(f"employee {shown(name)}", text)


def _under_the_listed_name(wanted: DesiredUser, user: User) -> DesiredUser:
    """What is wanted of this user, renamed where the list has another name for it."""
    if fold(wanted.name) == fold(user.name):
        return wanted
    return dataclasses.replace(wanted, rename_from=user.name)


def _taking_nothing_away(wanted: DesiredUser, user: User) -> DesiredUser:
    """Who is protected keeps the name and all that the list does not give."""
    return dataclasses.replace(
        wanted,
        name=user.name,
        rename_from=None,
        purge_groups=False,
        purge_policies=False,
        purge_inline=False,
        purge_tags=False,
        purge_tag_prefix=None,
    )
