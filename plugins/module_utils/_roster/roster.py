# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The roster: the chart settled with the account: who comes, stays, leaves, returns, is held or waits today. Pure.

What cuts people off is told apart from what gives: a fault of the one stops nothing of the other.
"""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from .._core.dates import days_since, stamp, today
from .._core.model import Desired, DesiredUser, Fault, Suspension, User, fold
from .._core.names import meant, shown
from .._core.suspension import is_denied, is_suspended, lifted_by_list, suspension_of
from .._core.tags import employee_id_of, managed
from .adoption import adopted_line, adoption, foreign_departments, unmanaged_faults, without_departments
from .calendar import State, state_on
from .identity import identify
from .without_access import users_without_access

if t.TYPE_CHECKING:
    from .._chart.values import Chart, ChartSettings, Person
    from .._core.model import Directory

_WHY: t.Mapping[State, str] = {
    "absent": "state absent",
    "suspended": "state suspended",
    "ended": "the last day is over",
    "waiting": "the first day is yet to come",
}
_WITHOUT = "no access to AWS by the list"


@dataclasses.dataclass(frozen=True)
class RosterSettings:
    """What the run is told about people beside the lists. ``now`` knows its time zone.

    ``protected`` are names of users, and paths (``/machines/``) under which nobody is cut off. ``trusted`` is false
    when the account was read with counts that disagree: then nobody is missing from the list.
    """

    now: datetime.datetime
    timezone: str = "UTC"
    unlisted: str = "ignore"
    remove_after_days: int | None = None
    readmit: frozenset[str] = frozenset()
    readmit_keys: bool = False
    adopt: bool = False
    release: bool = False
    protected: tuple[str, ...] = ()
    caller_arn: str = ""
    trusted: bool = True

    def protects(self, user: User) -> str | None:
        """Why nothing may be taken away from this user, or None."""
        if self.caller_arn and user.arn == self.caller_arn:
            return "is who runs this"
        for one in self.protected:
            if fold(one) == fold(user.name) or (one.startswith("/") and user.path.startswith(f"{one.rstrip('/')}/")):
                return f"is protected ({one})"
        return None


@dataclasses.dataclass
class Notes:
    """Who is to be named, and why. Filled while the roster is settled."""

    leavers: dict[str, str] = dataclasses.field(default_factory=dict)
    returned: list[str] = dataclasses.field(default_factory=list)
    held: dict[str, str] = dataclasses.field(default_factory=dict)
    waiting: dict[str, str] = dataclasses.field(default_factory=dict)
    unlisted: list[str] = dataclasses.field(default_factory=list)
    adopted: list[str] = dataclasses.field(default_factory=list)
    adopted_line: str | None = None
    released: list[str] = dataclasses.field(default_factory=list)
    still_suspended: list[str] = dataclasses.field(default_factory=list)
    warnings: list[str] = dataclasses.field(default_factory=list)


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
        if _is_cut(user):
            notes.still_suspended.append(user.name)
    released = tuple(DesiredUser(user.name, create=False, release=True) for user in ours)
    return Roster(Desired(users=released), (), notes)


class _Settling:
    """One settling: what the account has, and what is decided so far."""

    def __init__(self, chart: Chart, directory: Directory, settings: ChartSettings, roster: RosterSettings) -> None:
        self._chart = chart
        self._directory = directory
        self._settings = settings
        self._roster = roster
        self._today = today(roster.now, roster.timezone)
        self._readmit = {fold(name) for name in roster.readmit}
        self._identities = identify(chart, directory, leaves=lambda person: state_on(person, self._today) != "present")
        # A run that is limited to some is about employees, who have access.
        outsiders = chart.without_access if settings.only is None else ()
        self._outside = users_without_access(outsiders, directory, self._identities.claimed)
        self._faults = [*self._identities.faults, *self._outside.faults]
        self._users: list[DesiredUser] = []
        self._next_time: list[DesiredUser] = []
        self._foreign: list[str] = []
        self.notes = Notes()

    def roster(self) -> Roster:
        """All decided."""
        for wanted in self._chart.desired.users:
            key = fold(wanted.name)
            if key in self._identities.users:
                self._person(wanted, self._chart.people[key], self._identities.users[key])
        for name in self._identities.waiting:
            self.notes.warnings.append(f"{name} waits for the name, which somebody else gives up in this run")
        for user in self._outside.users:
            self._leaver(user, _WITHOUT)
        self._missing()
        self._unknown_readmissions()
        desired = Desired(groups=self._chart.desired.groups, users=tuple(self._users))
        whole = dataclasses.replace(desired, users=(*desired.users, *self._next_time))
        departments = foreign_departments(whole, self._directory, self._settings)
        next_time = Desired(users=tuple(self._next_time))
        if self._roster.adopt:
            desired = without_departments(desired, departments)
            next_time = dataclasses.replace(next_time, groups=_chosen(self._chart.desired, departments))
            self.notes.adopted_line = adopted_line(departments, self._settings) if departments else None
        else:
            self._faults += unmanaged_faults(self._foreign, departments)
        return Roster(desired, tuple(self._faults), self.notes, next_time)

    def _person(self, wanted: DesiredUser, person: Person, user: User | None) -> None:
        state = state_on(person, self._today)
        if user is None:
            if state == "present":
                self._users.append(wanted)
            elif state == "waiting":
                self.notes.waiting[wanted.name] = str(person.starts_on)
        elif not managed(user):
            self._adopt(wanted, user)
        elif state == "present":
            self._present(wanted, user)
        elif fold(wanted.name) not in self._chart.doubtful:
            self._leaver(user, _WHY[state], remove=state == "absent")

    def _adopt(self, wanted: DesiredUser, user: User) -> None:
        if not self._roster.adopt:
            self._foreign.append(wanted.name if fold(wanted.name) == fold(user.name) else user.name)
            return
        self.notes.adopted.append(user.name)
        self._users.append(adoption(user.name))
        self._next_time.append(self._named(wanted, user))

    def _present(self, wanted: DesiredUser, user: User) -> None:
        """Somebody who is to have access, unless a person said no."""
        wanted = self._named(wanted, user)
        if self._roster.protects(user) is not None:
            wanted = dataclasses.replace(
                wanted,
                name=user.name,
                rename_from=None,
                purge_groups=False,
                purge_policies=False,
                purge_inline=False,
                purge_tags=False,
            )
        if not _is_cut(user):
            self._users.append(wanted)
            return
        if lifted_by_list(user) or self._is_readmitted(user):
            self.notes.returned.append(wanted.name)
            self._users.append(dataclasses.replace(wanted, lift=True, lift_keys=self._roster.readmit_keys))
        else:
            self._hold(user, suspension_of(user))

    def _hold(self, user: User, suspension: Suspension | None) -> None:
        """Nothing is done to them; that somebody took our deny away by hand is not overlooked."""
        self.notes.held[user.name] = "an unknown time" if suspension is None else suspension.at
        if user.inline is not None and user.attached is not None and not is_denied(user):
            self.notes.warnings.append(
                f"{user.name} is held, but is no longer denied everything: to cut them off again, run offboard; "
                f"to let them in, -e onboard_readmit={user.name}"
            )

    def _named(self, wanted: DesiredUser, user: User) -> DesiredUser:
        """The wish for this user, renamed where the list has another name for it."""
        if fold(wanted.name) == fold(user.name):
            return wanted
        return dataclasses.replace(wanted, rename_from=user.name)

    def _is_readmitted(self, user: User) -> bool:
        return fold(user.name) in self._readmit or fold(employee_id_of(user) or "") in self._readmit

    def _leaver(self, user: User, why: str, *, remove: bool = False) -> None:
        """Somebody whom the list names and who is not to have access today."""
        protection = self._roster.protects(user)
        if protection is not None:
            text = f"is not to have access any more ({why}), but {protection}; nothing was taken away"
            self._faults.append(Fault(f"employee {user.name}", text))
        elif remove:
            self._remove(user, why)
        else:
            self._suspend(user, why)

    def _suspend(self, user: User, why: str) -> None:
        if not is_suspended(user):
            self.notes.leavers[user.name] = why
            at = stamp(self._roster.now)
            self._users.append(DesiredUser(user.name, create=False, suspend=Suspension("list", at)))
        elif self._is_due(user):
            self._remove(user, f"suspended for {self._roster.remove_after_days} days")

    def _remove(self, user: User, why: str) -> None:
        self.notes.leavers[user.name] = why
        self._users.append(DesiredUser(user.name, absent=True))

    def _is_due(self, user: User) -> bool:
        suspension, limit = suspension_of(user), self._roster.remove_after_days
        since = None if suspension is None else days_since(suspension.at, self._roster.now)
        return limit is not None and since is not None and since >= limit

    def _missing(self) -> None:
        """Users who carry our mark and are not in the list; nobody when that cannot be told for sure."""
        listed = self._chart.listed
        if listed is None:
            return
        outside = self._outside.spared | {fold(user.name) for user in self._outside.users}
        mode, spared = self._roster.unlisted, []
        for key, user in sorted(self._directory.users.items()):
            if key in listed or key in outside or key in self._identities.claimed or not managed(user):
                continue
            if not self._roster.trusted or self._roster.protects(user) is not None:
                spared.append(user.name)
            elif is_suspended(user) and mode != "remove":
                if self._is_due(user):
                    self._remove(user, f"suspended for {self._roster.remove_after_days} days")
            elif mode == "ignore":
                self.notes.unlisted.append(user.name)
            elif mode == "suspend":
                self._suspend(user, "not in the list")
            else:
                self._remove(user, "not in the list")
        self.notes.unlisted += spared
        if spared and mode != "ignore" and not self._roster.trusted:
            self.notes.warnings.append("The account was counted differently twice: nobody was cut for being missing.")

    def _unknown_readmissions(self) -> None:
        """A name to readmit that nobody has is a mistake; one who is not suspended any more is none."""
        people = self._chart.people.values()
        ids = {fold(person.employee_id) for person in people if person.employee_id is not None}
        names = {fold(person.name): person.name for person in people}
        for name in sorted(self._roster.readmit):
            if self._settings.only is None and fold(name) not in names and fold(name) not in ids:
                text = f"is to be readmitted and is not in employees{meant(name, names.values())}"
                self._faults.append(Fault(f"employee {shown(name)}", text))


def _chosen(desired: Desired, departments: t.Iterable[t.Any]) -> tuple[t.Any, ...]:
    keys = {fold(group.name) for group in departments}
    return tuple(group for group in desired.groups if fold(group.name) in keys)


def _is_ours(user: User) -> bool:
    return user.tags is not None and managed(user)


def _is_cut(user: User) -> bool:
    """Whether a suspension was begun. Without the tag, only the deny can tell, where it was read."""
    return suspension_of(user) is not None or (user.inline is not None and is_denied(user))
