# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The roster: the chart settled with the account: who comes, stays, leaves, returns, is held or waits today. Pure.

What cuts people off is told apart from what gives: a fault of the one stops nothing of the other.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._beside.beyond_list import beyond_list
from .._beside.finding import Finding
from .._beside.findings import findings
from .._beside.removal import finding_faults, without_findings
from .._core.dates import today
from .._core.desired import Desired, DesiredUser
from .._core.model import User, fold
from .._core.steps import Fault
from .._core.tags import managed
from .._identity.facts import Facts
from .._identity.identity import identify
from .._identity.marks import was_ours
from .._identity.renames import are_confirmed, rename_faults
from .._identity.without_access import users_without_access
from .adoption import (
    adopted_faults,
    adopted_line,
    adoption,
    can_sign_in,
    foreign_departments,
    is_chosen,
    refused_fault,
    unmanaged_faults,
    without_departments,
)
from .calendar import state_on
from .leavers import ELSEWHERE, WHY, WITHOUT_ACCESS, Leavers, cut_without_mark, not_removed
from .missing import Missing
from .present import Present, readmission_faults
from .settlement import Notes, Settlement
from .suspended import is_cut_off

if t.TYPE_CHECKING:
    from .._chart.values import Chart, ChartSettings, Person
    from .._core.model import Directory
    from .._identity.settings import RosterSettings
    from .calendar import State


@dataclasses.dataclass(frozen=True)
class Roster:
    """What is desired today. ``next_time`` is what would be desired of whom this run only adopts.

    ``found`` is the access beside the chart, and ``desired`` also takes away what the settings say of it.
    """

    desired: Desired
    faults: tuple[Fault, ...]
    notes: Notes
    next_time: Desired = dataclasses.field(default_factory=Desired)
    found: tuple[Finding, ...] = ()


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
        self._facts = Facts(chart, directory, settings, roster)
        self._settlement = Settlement()
        self._leavers = Leavers(self._settlement, roster)
        self._present = Present(self._facts, self._settlement, self._leavers)
        self._identities = identify(chart, directory, leaves=lambda person: state_on(person, self._today) != "present")

    def roster(self) -> Roster:
        """All decided."""
        self._settlement.faults += self._identities.faults
        for wanted in self._chart.desired.users:
            key = fold(wanted.name)
            person = self._chart.people[key]
            if key in self._identities.users:
                self._person(wanted, person, self._identities.users[key])
            elif key in self._identities.doubted:
                self._doubted(wanted, person, self._identities.doubted[key])
        self._renames()
        # A run that is limited to some is about employees, who have access, and knows nobody else.
        if self._settings.only is None:
            self._without_entry()
            readmit = [name for name in self._roster.readmit if not self._chart.is_elsewhere(name)]
            self._settlement.faults += readmission_faults(self._chart.people.values(), readmit)
            self._settlement.faults += adopted_faults(self._chart, self._roster)
        return self._with_departments()

    def _person(self, wanted: DesiredUser, person: Person, user: User | None) -> None:
        state = state_on(person, self._today)
        if user is None:
            if state == "present":
                self._settlement.users.append(wanted)
            elif state == "waiting":
                self._settlement.notes.waiting[wanted.name] = str(person.starts_on)
        elif self._leaves(state, user):
            self._leave(wanted, state, user, certain=managed(user))
        elif not managed(user):
            self._unmanaged(wanted, user)
        else:
            self._present.settle(wanted, person, user)

    def _doubted(self, wanted: DesiredUser, person: Person, user: User) -> None:
        """The fault is told already; who is to leave by the name leaves."""
        state = state_on(person, self._today)
        if self._leaves(state, user):
            self._leave(wanted, state, user, certain=False)
        else:
            self._present.doubt(wanted, user)

    def _leaves(self, state: State, user: User) -> bool:
        """With our mark or without it: the list names them. A user made before the first day is first to be ours."""
        return state in ("suspended", "absent", "ended") or (state == "waiting" and was_ours(user))

    def _leave(self, wanted: DesiredUser, state: State, user: User, *, certain: bool) -> None:
        if fold(wanted.name) in self._chart.doubtful:
            return
        if not certain and self._roster.protects(user) is None:
            if state == "absent":
                # A suspension can be lifted again where it hit somebody else; a user that was removed is gone.
                self._settlement.faults.append(not_removed(user))
            elif not managed(user) and not is_cut_off(user):
                self._settlement.faults.append(cut_without_mark(user))
        self._leavers.leave(user, WHY[state], remove=state == "absent" and certain)

    def _unmanaged(self, wanted: DesiredUser, user: User) -> None:
        settlement = self._settlement
        settlement.notes.beyond_list[user.name] = beyond_list(wanted, user, self._directory)
        if not is_chosen(user.name, self._roster):
            settlement.unmanaged.append(wanted.name)
            if self._facts.account_is_ours:
                self._present.doubt(wanted, user)
        elif can_sign_in(user) and not self._roster.adopt_named:
            settlement.refused.append(user)
        else:
            settlement.notes.adopted.append(user)
            settlement.users.append(adoption(user.name))
            settlement.next_time.append(wanted)

    def _renames(self) -> None:
        renames = self._identities.renames
        if are_confirmed(renames, self._roster):
            for rename in renames:
                person = self._chart.people[fold(rename.wanted.name)]
                self._present.settle(rename.wanted, person, rename.user)
            return
        self._settlement.faults += rename_faults(renames, self._facts)
        for rename in renames:
            if is_cut_off(rename.user):
                self._leavers.cut_off_again(rename.user)

    def _without_entry(self) -> None:
        """People whom the lists give no access, and users whom they do not name at all."""
        outside = users_without_access(self._chart, self._directory, self._identities.claimed)
        self._settlement.faults += outside.faults
        for user in outside.users:
            self._leavers.leave(user, ELSEWHERE if fold(user.name) in outside.elsewhere else WITHOUT_ACCESS)
        # Nobody is missing from a list that does not say for sure whom it means.
        if self._chart.listed is None:
            return
        missing = Missing(self._facts, self._settlement, self._leavers)
        known = self._chart.listed | self._identities.claimed
        missing.settle(known | outside.spared | {fold(user.name) for user in outside.users})

    def _with_departments(self) -> Roster:
        """The settlement about people, and the departments that they sit in or are to join."""
        settlement = self._settlement
        desired = Desired(groups=self._chart.desired.groups, users=tuple(settlement.users))
        # Before departments that are not ours are left out: the list writes them all the same.
        found = findings(desired, self._facts, settlement.unmarked)
        whole = dataclasses.replace(desired, users=(*desired.users, *settlement.next_time))
        departments = foreign_departments(whole, self._directory, self._settings)
        next_time = Desired(users=tuple(settlement.next_time))
        if self._roster.adopt:
            desired = without_departments(desired, departments)
            next_time = dataclasses.replace(next_time, groups=_chosen(self._chart.desired, departments))
            settlement.notes.adopted_line = adopted_line(departments, self._settings) if departments else None
        settlement.faults += refused_fault(settlement.refused, settlement.notes.beyond_list)
        told = () if self._roster.adopt else departments
        alone = self._roster.adopt or self._facts.account_is_ours
        settlement.faults += unmanaged_faults(settlement.unmanaged, told, settlement.notes.beyond_list, alone=alone)
        settlement.faults += finding_faults(found, self._roster.beside)
        desired = without_findings(desired, found, self._roster.beside)
        return Roster(desired, tuple(settlement.faults), settlement.notes, next_time, found)


def _chosen(desired: Desired, departments: t.Iterable[t.Any]) -> tuple[t.Any, ...]:
    keys = {fold(group.name) for group in departments}
    return tuple(group for group in desired.groups if fold(group.name) in keys)


def _is_ours(user: User) -> bool:
    return user.tags is not None and managed(user)
