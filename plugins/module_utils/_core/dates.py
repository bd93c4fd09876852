# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Moments as our tags and results write them, and dates in a time zone. Pure, except that it reads time zone data."""

from __future__ import annotations

import datetime
import zoneinfo

UTC_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


def zone_fault(name: str) -> str | None:
    """What is wrong with the name of a time zone, or None."""
    try:
        _zone(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return f"{name!r} is not a time zone that this machine knows; write UTC, or a name such as Europe/Berlin"
    return None


def today(now: datetime.datetime, timezone: str) -> datetime.date:
    """The date of this moment in the time zone."""
    return now.astimezone(_zone(timezone)).date()


def stamp(moment: datetime.datetime) -> str:
    """A moment as our tags and results write it."""
    return moment.astimezone(datetime.UTC).strftime(UTC_FORMAT)


def stamped(text: str) -> datetime.datetime:
    """The moment of a stamp. Raises ValueError."""
    return datetime.datetime.strptime(text, UTC_FORMAT).replace(tzinfo=datetime.UTC)


def days_since(at: str, now: datetime.datetime) -> float | None:
    """The days since the moment in a tag's value; None if the value is not a moment."""
    try:
        return (now - stamped(at)) / datetime.timedelta(days=1)
    except ValueError:
        return None


def _zone(name: str) -> datetime.tzinfo:
    # UTC needs no time zone data, which small images lack.
    return datetime.UTC if name == "UTC" else zoneinfo.ZoneInfo(name)
