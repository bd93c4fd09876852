# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Days: what the list says of somebody today. Pure but for the machine's table of time zones."""

from __future__ import annotations

import datetime
import typing as t
import zoneinfo

if t.TYPE_CHECKING:
    from .._chart.values import Person

State = t.Literal["present", "waiting", "ended", "suspended", "absent"]

UTC_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


def zone_fault(name: str) -> str | None:
    """What is wrong with the name of a time zone, or None."""
    try:
        _zone(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return f"{name!r} is no time zone that this machine knows; write UTC, or a name such as Europe/Berlin"
    return None


def today(now: datetime.datetime, timezone: str) -> datetime.date:
    """The day that it is there."""
    return now.astimezone(_zone(timezone)).date()


def state_on(person: Person, day: datetime.date) -> State:
    """What the list says of a person on a day; the first and the last day are days with access."""
    if person.state == "absent":
        return "absent"
    if person.state == "suspended":
        return "suspended"
    if person.ends_on is not None and day > person.ends_on:
        return "ended"
    if person.starts_on is not None and day < person.starts_on:
        return "waiting"
    return "present"


def stamp(now: datetime.datetime) -> str:
    """A moment as our tags write it."""
    return now.astimezone(datetime.UTC).strftime(UTC_FORMAT)


def days_since(at: str, now: datetime.datetime) -> float | None:
    """How many days have passed since a moment that a tag tells; None when it is none."""
    try:
        then = datetime.datetime.strptime(at, UTC_FORMAT).replace(tzinfo=datetime.UTC)
    except ValueError:
        return None
    return (now - then) / datetime.timedelta(days=1)


def _zone(name: str) -> datetime.tzinfo:
    # UTC needs no table of time zones, which small images lack.
    return datetime.UTC if name == "UTC" else zoneinfo.ZoneInfo(name)
