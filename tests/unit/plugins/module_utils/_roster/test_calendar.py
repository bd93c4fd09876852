# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the list says of somebody on a day."""

from __future__ import annotations

import datetime
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart.values import Person
from ansible_collections.workforce.aws.plugins.module_utils._roster.calendar import state_on

LAST: t.Final = datetime.date(2026, 10, 25)


@pytest.mark.parametrize(
    ("keys", "day", "state"),
    [
        ({}, LAST, "present"),
        ({"state": "present"}, LAST, "present"),
        ({"state": "suspended"}, LAST, "suspended"),
        ({"state": "absent"}, LAST, "absent"),
        ({"ends_on": LAST}, LAST, "present"),
        ({"ends_on": LAST}, LAST + datetime.timedelta(days=1), "ended"),
        ({"starts_on": LAST}, LAST - datetime.timedelta(days=1), "waiting"),
        ({"starts_on": LAST}, LAST, "present"),
        ({"starts_on": LAST, "ends_on": LAST}, LAST, "present"),
        ({"state": "present", "ends_on": LAST}, LAST + datetime.timedelta(days=1), "ended"),
        ({"state": "absent", "starts_on": LAST}, LAST - datetime.timedelta(days=1), "absent"),
        ({"state": "suspended", "ends_on": LAST}, LAST, "suspended"),
    ],
)
def test_the_last_day_is_a_day_with_access(keys: dict[str, t.Any], day: datetime.date, state: str) -> None:
    assert state_on(Person("asha", **keys), day) == state
