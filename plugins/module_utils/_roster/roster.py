# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The roster: the chart settled with the account: who comes, stays, leaves, returns, is held or waits today. Pure.

What cuts people off is told apart from what gives: a fault of the one stops nothing of the other.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.dates import today
from .._core.model import Desired, DesiredUser, Fault, User, fold
from .._core.tags import managed
from .adoption import adopted_line, adoption, foreign_departments, unmanaged_faults, without_departments
from .calendar import state_on
from .identity import identify
from .leavers import WHY, WITHOUT_ACCESS, Leavers
from .missing import settle_missing
from .present import Present, is_cut_off, readmission_faults, under_the_listed_name
from .settlement import Notes, Settlement
from .without_access import users_without_access

if t.TYPE_CHECKING:
    from .._chart.values import Chart, ChartSettings, Person
    from .._core.model import Directory
    from .settings import RosterSettings


@dataclasses.dataclass(frozen=True)
class Roster:
    """What is desired today. ``next_time`` is what would be desired of whom this run only adopts."""

    desired: Desired
    faults: tuple[Fault, ...]
    notes: Notes
    next_time: Desired = dataclasses.field(default_factory=Desired)


def settle(chart: Chart, directory: Directory, settings: ChartSettings, roster: RosterSettings) -> Roster:
    """The chart of today, in this account."""
    if roster.release:
        return _released(directory, settings)
    return _Settling(chart, directory, settings, roster).roster()


def _released(directory: Directory, settings: ChartSettings) -> Roster:
    """Our marks come off everybody, or those that the run is limited to, and nothing else changes."""
    only = None if settings.only is None else set(map(fold, settings.only))
    notes = Notes()
    ours = [user for key, user in sorted(directory.users.items()) if _is_ours(user) and (only is None or key in only)]
    for user in ours:
        notes.released.append(user.name)
        if is_cut_off(user):
            notes.still_suspended.append(user.name)
    released = tuple(DesiredUser(user.name, create=False, release=True) for user in ours)
    return Roster(Desired(users=released), (), notes)


class _Settling:
    """One settling: who is who, and to whom it falls to decide about each."""

    def __init__(self, chart: Chart, directory: Directory, settings: ChartSettings, roster: RosterSettings) -> None:
        self._chart = chart
        self._directory = directory
        self._settings = settings
        self._roster = roster
        self._today = today(roster.now, roster.timezone)
        self._settlement = Settlement()
        self._leavers = Leavers(self._settlement, roster)
        self._present = Present(self._settlement, roster)
        self._identities = identify(chart, directory, leaves=lambda person: state_on(person, self._today) != "present")
        # A run that is limited to some is about employees, who have access.
        outsiders = chart.without_access if settings.only is None else ()
        self._outside = users_without_access(outsiders, directory, self._identities.claimed)

    def roster(self) -> Roster:
        """All decided."""
        settlement = self._settlement
        settlement.faults += [*self._identities.faults, *self._outside.faults]
        for wanted in self._chart.desired.users:
            key = fold(wanted.name)
            if key in self._identities.users:
                self._person(wanted, self._chart.people[key], self._identities.users[key])
        for name in self._identities.waiting:
            settlement.notes.warnings.append(f"{name} waits for the name, which somebody else gives up in this run")
        for user in self._outside.users:
            self._leavers.leave(user, WITHOUT_ACCESS)
        self._missing()
        if self._settings.only is None:
            settlement.faults += readmission_faults(self._chart.people.values(), self._roster.readmit)
        return self._with_departments()

    def _person(self, wanted: DesiredUser, person: Person, user: User | None) -> None:
        state = state_on(person, self._today)
        if user is None:
            if state == "present":
                self._settlement.users.append(wanted)
            elif state == "waiting":
                self._settlement.notes.waiting[wanted.name] = str(person.starts_on)
        elif not managed(user):
            self._adopt(wanted, user)
        elif state == "present":
            self._present.settle(wanted, user)
        elif fold(wanted.name) not in self._chart.doubtful:
            self._leavers.leave(user, WHY[state], remove=state == "absent")

    def _adopt(self, wanted: DesiredUser, user: User) -> None:
        settlement = self._settlement
        if not self._roster.adopt:
            settlement.unmanaged.append(wanted.name if fold(wanted.name) == fold(user.name) else user.name)
            return
        settlement.notes.adopted.append(user.name)
        settlement.users.append(adoption(user.name))
        settlement.next_time.append(under_the_listed_name(wanted, user))

    def _missing(self) -> None:
        """Nobody is missing from a list that does not say for sure whom it means."""
        listed = self._chart.listed
        if listed is None:
            return
        outside = self._outside.spared | {fold(user.name) for user in self._outside.users}
        known = listed | outside | self._identities.claimed
        settle_missing(self._directory.users, known, self._roster, self._leavers, self._settlement.notes)

    def _with_departments(self) -> Roster:
        """The settlement about people, and the departments that they sit in or are to join."""
        settlement = self._settlement
        desired = Desired(groups=self._chart.desired.groups, users=tuple(settlement.users))
        whole = dataclasses.replace(desired, users=(*desired.users, *settlement.next_time))
        departments = foreign_departments(whole, self._directory, self._settings)
        next_time = Desired(users=tuple(settlement.next_time))
        if self._roster.adopt:
            desired = without_departments(desired, departments)
            next_time = dataclasses.replace(next_time, groups=_chosen(self._chart.desired, departments))
            settlement.notes.adopted_line = adopted_line(departments, self._settings) if departments else None
        else:
            settlement.faults += unmanaged_faults(settlement.unmanaged, departments)
        return Roster(desired, tuple(settlement.faults), settlement.notes, next_time)


def _chosen(desired: Desired, departments: t.Iterable[t.Any]) -> tuple[t.Any, ...]:
    keys = {fold(group.name) for group in departments}
    return tuple(group for group in desired.groups if fold(group.name) in keys)


def _is_ours(user: User) -> bool:
    return user.tags is not None and managed(user)
