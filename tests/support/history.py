# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who worked where and when, and what the account must have on a day because of that. Does not use the collection."""

from __future__ import annotations

import csv
import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest

from tests.tools.places import ROOT

VARIABLE = "WORKFORCE_AWS_EMPLOYEES_CSV"
BESIDE = ROOT.parent / "shared" / "data" / "employees.csv"
# By ARN: with a name, every run would list all of AWS's policies.
POLICY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
ONE_DAY = timedelta(days=1)
ANNOUNCED = timedelta(days=45)
Leavers = Literal["ends_on", "suspend", "remove"]
Write = tuple[str, str]


@dataclass(frozen=True)
class Stay:
    """Somebody's time in a department. `left` is the first day without access."""

    employee_id: str
    department: str
    joined: date
    left: date | None = None

    def holds(self, day: date) -> bool:
        return self.joined <= day and (self.left is None or day < self.left)


@dataclass
class History:
    """Everybody's stays, and the names that people have from a day on."""

    stays: dict[str, list[Stay]] = field(default_factory=dict)
    names: dict[str, list[tuple[date, str]]] = field(default_factory=dict)

    def add(self, name: str, *stays: Stay) -> None:
        """Add stays of a person. The first call sets the name."""
        employee_id = stays[0].employee_id
        self.stays.setdefault(employee_id, []).extend(stays)
        self.names.setdefault(employee_id, [(date.min, name)])

    def rename(self, employee_id: str, day: date, name: str) -> None:
        self.names[employee_id].append((day, name))

    def name(self, employee_id: str, day: date) -> str:
        return [name for since, name in self.names[employee_id] if since <= day][-1]

    def active(self, employee_id: str, day: date) -> set[str]:
        """The departments that somebody is in on a day."""
        return {stay.department for stay in self.stays[employee_id] if stay.holds(day)}

    def begun(self, day: date) -> Iterator[str]:
        """Everybody whose first stay has begun."""
        return (one for one, stays in self.stays.items() if min(stay.joined for stay in stays) <= day)

    def departments(self, day: date) -> set[str]:
        """The departments that anybody has been in so far."""
        return {stay.department for stays in self.stays.values() for stay in stays if stay.joined <= day}

    def last_day(self, employee_id: str, day: date) -> date | None:
        """The last day with access of a stay that has begun, if it is known."""
        ends = [stay.left for stay in self.stays[employee_id] if stay.joined <= day]
        known = [end for end in ends if end is not None]
        return max(known) - ONE_DAY if known and len(known) == len(ends) else None


@dataclass
class Seat:
    """What a person must have in the account. `key` is the status of an access key."""

    name: str
    groups: set[str]
    suspended: bool = False
    password: bool = False
    key: str | None = None
    since: date = date.min


@dataclass
class Account:
    """What the account must have, by employee id, and the writes that lead there from day to day."""

    history: History
    leavers: Leavers = "ends_on"
    remove_after_days: int | None = None
    seats: dict[str, Seat] = field(default_factory=dict)
    departments: set[str] = field(default_factory=set)

    def go_to(self, day: date) -> list[Write]:
        """Move on to a day. Returns each necessary write, with the name of the user or group."""
        opened = self.history.departments(day) - self.departments
        self.departments |= opened
        writes = [(operation, name) for name in sorted(opened) for operation in ("CreateGroup", "AttachGroupPolicy")]
        for employee_id in self.history.begun(day):
            writes += self._person(employee_id, day)
        return writes

    def _person(self, employee_id: str, day: date) -> list[Write]:
        seat, groups = self.seats.get(employee_id), self.history.active(employee_id, day)
        name = self.history.name(employee_id, day)
        if not groups:
            return [] if seat is None else self._leave(employee_id, seat, day)
        if seat is None:
            self.seats[employee_id] = Seat(name, groups)
            return [("CreateUser", name), *(("AddUserToGroup", name) for _group in groups)]
        writes = [] if seat.name == name else [("UpdateUser", seat.name)]
        writes += [("DeleteUserPolicy", name), ("UntagUser", name)] if seat.suspended else []
        writes += [("AddUserToGroup", name) for _group in groups - seat.groups]
        writes += [("RemoveUserFromGroup", name) for _group in seat.groups - groups]
        seat.name, seat.groups, seat.suspended = name, groups, False
        return writes

    def _leave(self, employee_id: str, seat: Seat, day: date) -> list[Write]:
        if seat.suspended:
            limit = self.remove_after_days
            return [] if limit is None or (day - seat.since).days < limit else self._remove(employee_id, seat)
        if self.leavers == "remove":
            return self._remove(employee_id, seat)
        operations = ["DeleteLoginProfile"] if seat.password else []
        operations += ["UpdateAccessKey"] if seat.key == "Active" else []
        seat.key = seat.key and "Inactive"
        seat.suspended, seat.password, seat.since = True, False, day
        return [(operation, seat.name) for operation in [*operations, "PutUserPolicy", "TagUser"]]

    def _remove(self, employee_id: str, seat: Seat) -> list[Write]:
        del self.seats[employee_id]
        operations = ["DeleteLoginProfile"] if seat.password else []
        operations += ["DeleteAccessKey"] if seat.key is not None else []
        operations += ["DeleteUserPolicy"] if seat.suspended else []
        operations += ["RemoveUserFromGroup"] * len(seat.groups)
        return [(operation, seat.name) for operation in [*operations, "DeleteUser"]]


def chart_of(account: Account, day: date, *, announce: bool) -> dict[str, Any]:
    """The two lists of a day. With `announce` the list also says who is about to come and to go."""
    history, employees = account.history, []
    soon = day + ANNOUNCED if announce else day
    for employee_id in history.begun(soon if account.leavers == "ends_on" else day):
        groups = history.active(employee_id, day)
        if not groups and account.leavers != "ends_on":
            continue
        entry = {"name": history.name(employee_id, day), "employee_id": employee_id, "departments": sorted(groups)}
        employees.append(entry | _dates(history, employee_id, day, soon) if account.leavers == "ends_on" else entry)
    departments = [{"name": name, "managed_policies": [POLICY]} for name in sorted(history.departments(day))]
    return {"departments": departments, "employees": employees}


def _dates(history: History, employee_id: str, day: date, soon: date) -> dict[str, str]:
    """`starts_on` of a person who comes soon; `ends_on` of a person who has left or leaves soon."""
    coming = [stay.joined for stay in history.stays[employee_id] if day < stay.joined <= soon]
    last = history.last_day(employee_id, day)
    if not history.active(employee_id, day):
        return {"starts_on": str(min(coming))} if coming else {"ends_on": str(last)}
    return {"ends_on": str(last)} if last is not None and last < soon and not coming else {}


def losers(account: Account, writes: Iterable[Write], suspended: set[str]) -> set[str]:
    """The names of the users who lose access or their name by the writes; suspended ones had no access."""
    taking = {"PutUserPolicy", "DeleteUser", "RemoveUserFromGroup", "UpdateUser"}
    return {name for operation, name in writes if operation in taking} - suspended


def gainers(writes: Iterable[Write]) -> set[str]:
    """The names of the people who come, return, or join a department."""
    writes = list(writes)
    gone = {name for operation, name in writes if operation == "DeleteUser"}
    giving = {"CreateUser", "UntagUser", "AddUserToGroup"}
    return {name for operation, name in writes if operation in giving} - gone


def confirmed_renames(writes: Iterable[Write]) -> dict[str, int]:
    """What a person answers to the renames of a day: that many are right."""
    count = operations(writes)["UpdateUser"]
    return {"confirm_renames": count} if count else {}


def operations(writes: Iterable[Write]) -> Counter[str]:
    return Counter(operation for operation, _name in writes)


def data_set() -> list[dict[str, str]]:
    """The rows of the optional data set, oldest first. It is not in the project; without it the test is skipped."""
    named = os.environ.get(VARIABLE)
    file = Path(named) if named else BESIDE
    if not file.is_file():
        wanted = f"{VARIABLE} names {file}, which is no file" if named else f"{VARIABLE} does not name it"
        pytest.skip(f"the optional data set of employees is not here: {wanted}")
    with file.open(encoding="utf-8", newline="") as lines:
        return sorted(csv.DictReader(lines), key=lambda stay: stay["joined"])


def user_name(person: dict[str, str]) -> str:
    name = unicodedata.normalize("NFKD", f"{person['first_name']}.{person['last_name']}")
    return name.encode("ascii", "ignore").decode().lower().replace(" ", "-")


def slug(title: str) -> str:
    return title.lower().replace(" ", "-")


def history_of(rows: Sequence[dict[str, str]]) -> History:
    """The history in the data set."""
    history = History()
    for row in rows:
        left = date.fromisoformat(row["left"]) if row["left"] else None
        stay = Stay(row["employee_id"], slug(row["department"]), date.fromisoformat(row["joined"]), left)
        history.add(user_name(row), stay)
    return history


def add_made_up_people(history: History, dates: Sequence[date]) -> list[str]:
    """Add people who return, namesakes, people in two departments, and last days. Returns their employee ids.

    `dates` are the days of the runs: at least seven.
    """
    returners = _returners_of_the_data(history, dates)
    first, second, third, fourth, fifth = dates[:5]
    last = dates[-1]

    def add(number: int, name: str, *stays: tuple[str, date, date | None]) -> None:
        history.add(name, *(Stay(f"9{number:04}", *stay) for stay in stays))

    add(1, "kim.lee", ("sales", first, third), ("sales", fourth, None))
    add(2, "bo.li", ("sales", first, second), ("finance", third, fourth), ("marketing", fifth, last))
    add(3, "eva.janssen", ("sales", first, second), ("sales", fourth, None))
    history.rename("90003", third, "eva.smit")
    add(4, "sam.ray", ("finance", first, None))
    add(5, "sam.ray2", ("finance", second, None))
    history.rename("90004", third, "sam.may")
    add(6, "sam.ray", ("sales", fourth, None))
    add(7, "two.desks", ("sales", first, fourth), ("marketing", second, None), ("finance", third, fifth))
    add(8, "two.at-once", ("sales", second, None), ("finance", second, third))
    add(9, "last.yesterday", ("sales", first, third))
    add(10, "last.today", ("sales", first, third + ONE_DAY))
    add(11, "first.today", ("sales", third, None))
    add(12, "first.tomorrow", ("sales", third + ONE_DAY, None))
    add(13, "never.seen", ("sales", first + ONE_DAY, first + 3 * ONE_DAY))
    return [f"9{number:04}" for number in range(1, 14)] + returners


def _returners_of_the_data(history: History, dates: Sequence[date]) -> list[str]:
    """Twelve people who left come back two runs later, to another department."""
    found: list[str] = []
    for employee_id, stays in history.stays.items():
        left = history.last_day(employee_id, dates[-3])
        later = [] if left is None else [day for day in dates if day > left]
        if len(later) > 2 and len(found) < 12:
            back = "research" if stays[-1].department != "research" else "sales"
            history.stays[employee_id] = [*stays, Stay(employee_id, back, later[2])]
            found.append(employee_id)
    return found
