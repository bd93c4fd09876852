# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of a list: how an entry is named in a fault, and the names that stand in it twice."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart.chart import read_chart
from ansible_collections.workforce.aws.plugins.module_utils._chart.entries import Origin
from ansible_collections.workforce.aws.plugins.module_utils._chart.values import Chart, ChartSettings

from tests.support.charts import SALES, chart, faults


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, "is not defined"),
        ("asha", "is a string (asha)"),
        ({"asha": {}}, "is a mapping"),
        (5, "is a number (5)"),
        (True, "is a boolean (True)"),
    ],
)
def test_lists_that_are_no_lists(value: object, told: str) -> None:
    assert faults(value, value) == [
        f"departments: {told}; it must be a list of departments ([] for none)",
        f"employees: {told}; it must be a list of employees ([] for none)",
    ]


@pytest.mark.parametrize("variable", ["departments", "employees"])
@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (None, "is null; it must be a mapping with a name"),
        ("asha", "is a string (asha); it must be a mapping with a name"),
        (["asha"], "is a list; it must be a mapping with a name"),
        ({}, "has no name"),
        ({"name": None}, "has null for a name"),
        ({"name": ""}, "has an empty name"),
        ({"name": 5}, "has a number (5) for a name: put it in quotes"),
    ],
)
def test_entries_without_a_name_are_told_by_their_place(variable: str, entry: object, told: str) -> None:
    read = chart(**{variable: [{"name": "fine"}, entry]})
    assert [str(fault) for fault in read.faults] == [f"entry 2 of {variable}: {told}"]
    assert len(read.desired.users) + len(read.desired.groups) == 1
    assert read.listed is None if variable == "employees" else read.listed == frozenset()


def test_an_entry_without_a_name_is_judged_all_the_same() -> None:
    assert faults([{"path": "x"}], [{"departments": ["nope"], "emial": "x"}]) == [
        "entry 1 of departments: has no name",
        "entry 1 of departments: has the path x; a path is / or begins and ends with /, "
        "with printable ASCII letters and no spaces between",
        "entry 1 of employees: has no name",
        "entry 1 of employees: has the unknown key emial; did you mean email?",
        "entry 1 of employees: is in the unknown department nope",
    ]


@pytest.mark.parametrize("name", ["asha rao", "zoë", "asha\n", "a" * 129])
def test_names_that_iam_refuses(name: str) -> None:
    read = chart([{"name": name}], [{"name": name}])
    assert len(read.faults) == 2
    assert [fault.who.split(" ", 1)[0] for fault in read.faults] == ["department", "employee"]
    assert (read.desired.groups, read.desired.users, dict(read.people)) == ((), (), {})


def test_a_user_has_64_characters_and_a_group_128() -> None:
    name = "a" * 65
    assert faults([{"name": name}], [{"name": name}]) == [
        f"employee {name}: has a name of 65 characters; IAM allows 64"
    ]


def test_names_that_differ_in_case_are_told_together() -> None:
    read = chart([SALES, {"name": "it"}, {"name": "Sales"}], [{"name": "asha"}, {"name": "Asha"}, {"name": "ASHA"}])
    assert [str(fault) for fault in read.faults] == [
        "departments sales and Sales: are one name to IAM, which compares without case (entries 1 and 3)",
        "employees asha and Asha and ASHA: are one name to IAM, which compares without case (entries 1 and 2 and 3)",
    ]
    assert [group.name for group in read.desired.groups] == ["sales", "it"]
    assert [user.name for user in read.desired.users] == ["asha"]
    assert read.people["asha"].name == "asha"


def test_names_that_are_listed_twice() -> None:
    assert faults([SALES, SALES], [{"name": "asha"}, {"name": "ben"}, {"name": "asha"}]) == [
        "department sales: is listed more than once (entries 1 and 2)",
        "employee asha: is listed more than once (entries 1 and 3)",
    ]


def test_a_department_and_an_employee_may_share_a_name() -> None:
    assert faults([{"name": "sales"}], [{"name": "sales"}]) == []


def of_files(*entries: tuple[object, Origin | None], **settings: t.Any) -> Chart:
    employees, origins = [entry for entry, _origin in entries], [origin for _entry, origin in entries]
    return read_chart([SALES], employees, ChartSettings(**settings), origins)


def test_a_fault_names_the_file_and_the_line() -> None:
    read = of_files(
        ({"name": "asha", "departments": ["salse"]}, Origin("hr.csv line 2")),
        ({"departments": []}, Origin("hr.csv line 3")),
        (7, Origin("hr.csv line 4")),
        ({"name": "li wei"}, None),
    )
    assert [str(fault) for fault in read.faults] == [
        "employee asha (hr.csv line 2): is in the unknown department salse; did you mean sales?",
        "hr.csv line 3: has no name",
        "hr.csv line 4: is a number (7); it must be a mapping with a name",
        "employee 'li wei': has ' ' in the name; IAM allows only A-Z a-z 0-9 _ + = , . @ -; li.wei would do",
    ]


def test_what_was_found_while_a_file_was_read_is_told_of_the_person() -> None:
    read = of_files(
        ({"name": "asha"}, Origin("hr.csv line 2", ("has 1/2 for Last day",))),
        ({}, Origin("hr.csv line 3", ("has 2 cells",), stops_cutting=True)),
    )
    assert [(str(fault), fault.stops_cutting) for fault in read.faults] == [
        ("employee asha (hr.csv line 2): has 1/2 for Last day", False),
        ("hr.csv line 3: has 2 cells", True),
    ]
    assert [user.name for user in read.desired.users] == ["asha"]
    assert read.listed is None


def test_another_persons_row_does_not_stop_a_limited_run() -> None:
    rows: tuple[tuple[object, Origin], ...] = (
        ({"name": "asha"}, Origin("hr.csv line 2")),
        ({"name": "li"}, Origin("hr.csv line 3", ("has a blank Department",))),
        ({}, Origin("hr.csv line 4", ("has 2 cells",), stops_cutting=True)),
    )
    assert of_files(*rows, only=frozenset({"asha"})).faults == ()


def test_one_person_twice_is_told_with_both_places() -> None:
    read = of_files(
        ({"name": "asha", "employee_id": "1"}, None),
        ({"name": "Asha", "employee_id": "1"}, Origin("hr.csv line 2")),
        ({"name": "li", "employee_id": "2"}, Origin("hr.csv line 3")),
        ({"name": "wei", "employee_id": "2"}, Origin("other.csv line 9")),
    )
    assert [str(fault) for fault in read.faults] == [
        "employees asha and Asha: are one name to IAM, which compares without case "
        "(entry 1 of employees and hr.csv line 2)",
        "employees li and wei: have the same employee_id 2 (hr.csv line 3 and other.csv line 9)",
    ]
