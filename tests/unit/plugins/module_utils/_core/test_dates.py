# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Days across midnight and daylight saving, and moments as tags write them."""

from __future__ import annotations

import datetime

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.dates import (
    days_since,
    stamp,
    stamped,
    today,
    zone_fault,
)

UTC = datetime.UTC


def moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "timezone", "day"),
    [
        ("2026-11-23T23:59:59", "UTC", "2026-11-23"),
        ("2026-11-24T00:00:00", "UTC", "2026-11-24"),
        ("2026-11-23T22:59:59", "Europe/Berlin", "2026-11-23"),
        ("2026-11-23T23:00:00", "Europe/Berlin", "2026-11-24"),
        # summer time ends on 25 October 2026 at 01:00 UTC: midnight is at 22:00 UTC before and at 23:00 after
        ("2026-10-24T21:59:59", "Europe/Berlin", "2026-10-24"),
        ("2026-10-24T22:00:00", "Europe/Berlin", "2026-10-25"),
        ("2026-10-25T22:59:59", "Europe/Berlin", "2026-10-25"),
        ("2026-10-25T23:00:00", "Europe/Berlin", "2026-10-26"),
        # summer time begins on 29 March 2026
        ("2026-03-28T23:00:00", "Europe/Berlin", "2026-03-29"),
        ("2026-03-29T21:59:59", "Europe/Berlin", "2026-03-29"),
        ("2026-03-29T22:00:00", "Europe/Berlin", "2026-03-30"),
        ("2026-11-23T10:00:00", "Pacific/Kiritimati", "2026-11-24"),
        ("2026-11-23T09:59:59", "Pacific/Kiritimati", "2026-11-23"),
        ("2026-11-23T04:59:59", "America/New_York", "2026-11-22"),
    ],
)
def test_the_day_is_that_of_the_time_zone(now: str, timezone: str, day: str) -> None:
    assert str(today(moment(now), timezone)) == day


@pytest.mark.parametrize("name", ["UTC", "Europe/Berlin", "Asia/Kolkata"])
def test_zones_that_are_known(name: str) -> None:
    assert zone_fault(name) is None


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd", "/etc/localtime", "Europe"])
def test_zones_that_are_not(name: str) -> None:
    assert "is not a time zone" in str(zone_fault(name))


def test_a_tags_moment_comes_back() -> None:
    berlin = datetime.timezone(datetime.timedelta(hours=1))
    assert stamp(datetime.datetime(2026, 11, 23, 22, 28, 5, tzinfo=berlin)) == "2026-11-23T21:28:05Z"
    assert stamped("2026-11-23T21:28:05Z") == moment("2026-11-23T21:28:05")
    assert days_since("2026-11-23T21:28:05Z", moment("2026-12-23T21:28:05")) == 30
    assert days_since("2026-11-23T21:28:05Z", moment("2026-11-24T09:28:05")) == 0.5
    assert days_since("yesterday", moment("2026-11-23T00:00:00")) is None
