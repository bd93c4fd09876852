# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is to have access today: as listed, let in again, or held because a person suspended them. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.model import DesiredUser, Fault, Suspension, User, fold
from .._core.names import meant, shown
from .._core.suspension import is_denied, lifted_by_list, suspension_of
from .._core.tags import employee_id_of

if t.TYPE_CHECKING:
    from .._chart.values import Person
    from .settings import RosterSettings
    from .settlement import Settlement


class Present:
    """Decides about those who are listed, have a user of ours and are to have access."""

    def __init__(self, settlement: Settlement, settings: RosterSettings) -> None:
        self._settlement = settlement
        self._settings = settings
        self._readmit = {fold(name) for name in settings.readmit}

    def settle(self, wanted: DesiredUser, user: User) -> None:
        """Somebody who is to have access, unless a person suspended them."""
        wanted = under_the_listed_name(wanted, user)
        if self._settings.protects(user) is not None:
            wanted = _taking_nothing_away(wanted, user)
        suspension = suspension_of(user)
        if not is_cut_off(user):
            self._settlement.users.append(wanted)
        elif lifted_by_list(user) or self._is_readmitted(user):
            self._settlement.notes.returned.append(wanted.name)
            lifted = dataclasses.replace(wanted, lift=True, lift_keys=self._settings.readmit_keys)
            self._settlement.users.append(lifted)
        else:
            self._hold(user, suspension)

    def _hold(self, user: User, suspension: Suspension | None) -> None:
        """Nothing is done to them; that somebody took our deny away by hand is not overlooked."""
        notes = self._settlement.notes
        notes.held[user.name] = "an unknown time" if suspension is None else suspension.at
        if user.inline is not None and user.attached is not None and not is_denied(user):
            notes.warnings.append(
                f"{user.name} is held, but is no longer denied everything: to cut them off again, run offboard; "
                f"to let them in, -e onboard_readmit={user.name}"
            )

    def _is_readmitted(self, user: User) -> bool:
        return fold(user.name) in self._readmit or fold(employee_id_of(user) or "") in self._readmit


def readmission_faults(people: t.Collection[Person], readmit: t.Iterable[str]) -> t.Iterator[Fault]:
    """A name to readmit that nobody has is a mistake; one who is not suspended any more is none."""
    ids = {fold(person.employee_id) for person in people if person.employee_id is not None}
    names = {fold(person.name): person.name for person in people}
    for name in sorted(readmit):
        if fold(name) not in names and fold(name) not in ids:
            text = f"is to be readmitted and is not in employees{meant(name, names.values())}"
            yield Fault(f"employee {shown(name)}", text)


def under_the_listed_name(wanted: DesiredUser, user: User) -> DesiredUser:
    """What is wanted of this user, renamed where the list has another name for it."""
    if fold(wanted.name) == fold(user.name):
        return wanted
    return dataclasses.replace(wanted, rename_from=user.name)


def is_cut_off(user: User) -> bool:
    """Whether a suspension was begun. Without the tag, only the deny can tell, where it was read."""
    return suspension_of(user) is not None or (user.inline is not None and is_denied(user))


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
    )
