# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pictures of the access review as numbers: bars with their labels. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.dates import days_since, stamped
from .decisions import everybody

if t.TYPE_CHECKING:
    Data = dict[str, t.Any]

MOST_BARS = 15
"""A picture with more bars is no picture; the table of departments has all of them."""
_PEOPLE = ("person", "people")
_SIGN_IN_AGES = ((7, "up to 7 days ago"), (30, "8 to 30 days"), (90, "31 to 90 days"), (365, "91 days to a year"))
_KEY_AGES = ((30, "up to 30 days old"), (90, "31 to 90 days"), (180, "91 to 180 days"), (365, "181 days to a year"))


@dataclasses.dataclass(frozen=True)
class Bar:
    """``count`` of ``of``: a bar is full at ``of``. ``group`` is the department that it is about."""

    label: str
    count: int
    of: int
    group: str | None = None

    @property
    def percent(self) -> int:
        """How full it is; what is not nothing is seen."""
        return max(1, round(100 * self.count / self.of)) if self.count else 0


@dataclasses.dataclass(frozen=True)
class Picture:
    """``units`` are what the numbers count, one and several; ``more`` says what was left out."""

    key: str
    title: str
    units: tuple[str, str]
    bars: tuple[Bar, ...]
    shares: bool = False
    more: str = ""

    def told(self, one: Bar) -> str:
        """The number beside a bar: "3 people", or of shares "3 of 4 people"."""
        count = one.of if self.shares else one.count
        share = f"{one.count} of " if self.shares else ""
        return f"{share}{count} {self.units[count != 1]}"


def pictures(data: Data) -> tuple[Picture, ...]:
    """Last sign-in by age, access keys by age, MFA coverage by department, people by department."""
    return (_sign_ins(data), _keys(data), _mfa(data), _people(data))


def _sign_ins(data: Data) -> Picture:
    now = stamped(data["read_at"])
    console = [person for person in everybody(data) if person["console"]]
    ages = [days_since(person["last_sign_in"], now) if person["last_sign_in"] else None for person in console]
    bars = _by_age([age for age in ages if age is not None], _SIGN_IN_AGES, "longer ago", len(console))
    never = Bar("never", ages.count(None), len(console) or 1)
    return Picture("sign-ins", "Last sign-in of people with a console password", _PEOPLE, (*bars, never))


def _keys(data: Data) -> Picture:
    active = [
        float(key["age_days"])
        for person in everybody(data)
        for key in person["access_keys"] or ()
        if key["status"] == "active"
    ]
    bars = _by_age(active, _KEY_AGES, "older than a year", len(active))
    return Picture("keys", "Active access keys by age", ("key", "keys"), bars)


def _by_age(ages: t.Sequence[float], steps: t.Sequence[tuple[int, str]], rest: str, total: int) -> tuple[Bar, ...]:
    bars, counted = [], 0
    for days, label in steps:
        within = sum(age < days + 1 for age in ages)
        bars.append(Bar(label, within - counted, total or 1))
        counted = within
    return (*bars, Bar(rest, len(ages) - counted, total or 1))


def _mfa(data: Data) -> Picture:
    bars = [
        Bar(group["name"], sum(person["mfa"] for person in console), len(console), group["name"])
        for group, members in _members(data)
        if (console := [person for person in members if person["console"] and person["mfa"] is not None])
    ]
    bars.sort(key=lambda bar: (bar.count / bar.of, -bar.of, bar.label))
    return _with_most("mfa", "MFA by department, of people with a console password", bars, shares=True)


def _people(data: Data) -> Picture:
    found = [(group["name"], len(members)) for group, members in _members(data)]
    most = max((count for _name, count in found), default=0)
    bars = sorted((Bar(name, count, most or 1, name) for name, count in found), key=lambda bar: (-bar.count, bar.label))
    return _with_most("people", "People by department", bars)


def _with_most(key: str, title: str, bars: t.Sequence[Bar], *, shares: bool = False) -> Picture:
    left = len(bars) - MOST_BARS
    which = "with a greater share" if shares else "with fewer people"
    more = f"and {left} more {which}: see the table of departments" if left > 0 else ""
    return Picture(key, title, _PEOPLE, tuple(bars[:MOST_BARS]), shares, more)


def _members(data: Data) -> t.Iterator[tuple[Data, list[Data]]]:
    people = {person["name"]: person for person in everybody(data)}
    for group in data["departments"]:
        yield group, [people[name] for name in group["members"]]
