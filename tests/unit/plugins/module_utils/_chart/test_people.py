# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People: ids, addresses, states and days of employees."""

from __future__ import annotations

import datetime

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.tags import MARK

from tests.support.charts import TaggedString, chart, department, employee, faults


@pytest.mark.parametrize(("value", "read"), [("1042", "1042"), (1042, "1042"), (0, "0"), ("A-7", "A-7")])
def test_employee_ids(value: object, read: str) -> None:
    user, told = employee(employee_id=value)
    assert told == []
    assert (user.tags or {})["workforce:employee-id"] == read


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (True, "has a boolean (True) for employee_id: put it in quotes"),
        (1.5, "has a number (1.5) for employee_id: put it in quotes"),
        ([1], "has a list for employee_id: put it in quotes"),
        ("", "has a blank employee_id"),
        ("  ", "has a blank employee_id"),
        (
            "1042\n",
            r"has '\n' in the value of the tag workforce:employee-id; "
            "IAM allows letters, digits, spaces and _ . : / = + - @",
        ),
        ("1" * 257, "has a value of 257 characters for the tag workforce:employee-id; IAM allows 256"),
    ],
)
def test_employee_ids_that_are_none(value: object, told: str) -> None:
    user, faults_told = employee(employee_id=value)
    assert faults_told == [told]
    assert user.tags == MARK


def test_two_people_of_one_id_are_told_together() -> None:
    people = [
        {"name": "asha", "employee_id": 1042},
        {"name": "ben", "employee_id": "1043"},
        {"name": "cleo", "employee_id": "1042"},
    ]
    assert faults([], people) == ["employees asha and cleo: have the same employee_id 1042"]


def test_one_person_listed_twice_is_not_also_two_people_of_one_id() -> None:
    people = [{"name": "asha", "employee_id": 1}, {"name": "asha", "employee_id": 1}]
    assert faults([], people) == ["employee asha: is listed more than once (entries 1 and 2)"]


def test_facts_of_the_wrong_type() -> None:
    assert employee(email="asha", console="maybe", credentials_to=5)[1] == [
        "has asha for email, which is not a mail address",
        "has a string (maybe) for console; true or false belongs there",
        "has a number (5) for credentials_to; write a mail address",
    ]
    assert employee(credentials_to="the boss", access_key=3)[1] == [
        "has 'the boss' for credentials_to, which is not a mail address",
        "has a number (3) for access_key; true or false belongs there",
    ]
    assert department(console=None)[1] == ["has null for console; true or false belongs there"]


@pytest.mark.parametrize("state", ["present", "suspended", "absent"])
def test_a_state_is_read(state: str) -> None:
    read = chart([], [{"name": "asha", "state": TaggedString(state)}])
    assert (read.faults, read.people["asha"].state) == ((), state)


@pytest.mark.parametrize("state", ["Absent", "gone", True, None, 5, ["absent"]])
def test_another_state_is_told(state: object) -> None:
    read = chart([], [{"name": "asha", "state": state}])
    assert [fault.what.endswith("one of present, suspended, absent belongs there") for fault in read.faults] == [True]
    assert read.people["asha"].state is None


@pytest.mark.parametrize("day", ["2026-12-31", TaggedString("2026-12-31"), datetime.date(2026, 12, 31)])
def test_a_day_is_read(day: object) -> None:
    read = chart([], [{"name": "asha", "starts_on": day, "ends_on": day}])
    assert read.faults == ()
    assert read.people["asha"].starts_on == read.people["asha"].ends_on == datetime.date(2026, 12, 31)


@pytest.mark.parametrize(
    "day",
    [
        "31.12.2026", "2026-02-30", "2026-1-1", "20261231", "2026-W01-1", "", None, 20261231, True,
        "2026-12-31T00:00:00", datetime.datetime(2026, 12, 31), "٢٠٢٦-12-31",
    ],
)  # fmt: skip
def test_another_form_of_a_day_is_told(day: object) -> None:
    read = chart([], [{"name": "asha", "ends_on": day}])
    assert ["write a day as 2026-12-31" in fault.what for fault in read.faults] == [True]
    assert read.people["asha"].ends_on is None


def test_who_ends_before_the_start_is_told_and_neither_counts() -> None:
    read = chart([], [{"name": "asha", "starts_on": "2026-12-02", "ends_on": "2026-12-01"}])
    assert [fault.what for fault in read.faults] == ["ends on 2026-12-01, before the start on 2026-12-02"]
    assert (read.people["asha"].starts_on, read.people["asha"].ends_on) == (None, None)
