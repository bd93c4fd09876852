# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The chart: both lists read, and every fault of them told at once with its person or department."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart.chart import read_chart
from ansible_collections.workforce.aws.plugins.module_utils._chart.values import ChartSettings
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import DesiredCredential
from ansible_collections.workforce.aws.plugins.module_utils._core.model import fold
from hypothesis import given
from hypothesis import strategies as st

from tests.support.charts import SALES, TaggedString, chart, department, employee, faults

# What is asked for


def test_everyone_is_a_department_that_all_are_in() -> None:
    everyone = {"name": "everyone", "managed_policies": ["X"]}
    employees = [{"name": "asha", "departments": ["robots"]}, {"name": "ben"}]
    read = chart([{"name": "robots", "console": False}], employees, everyone=everyone)
    assert read.faults == ()
    assert [group.name for group in read.desired.groups] == ["robots", "everyone"]
    assert [user.groups for user in read.desired.users] == [("robots", "everyone"), ("everyone",)]
    asha, ben = read.desired.users
    assert (asha.purge_groups, ben.purge_groups) == (True, False)
    assert asha.credential == DesiredCredential(console=False)


def test_what_is_wrong_with_everyone_is_told_as_of_a_department() -> None:
    assert faults([SALES], everyone={"name": "Sales"}) == [
        "departments sales and Sales: are one name to IAM, which compares without case "
        "(entry 1 of departments and onboard_everyone)"
    ]
    assert faults([SALES], everyone=["x"]) == ["onboard_everyone: is a list; it must be a mapping with a name"]
    assert chart([SALES], [{"name": "asha"}], everyone={}).desired.users[0].groups is None


def test_ansibles_strings_are_strings() -> None:
    name, sales = TaggedString("asha"), TaggedString("sales")
    entry = {TaggedString("name"): name, TaggedString("departments"): [sales], "employee_id": TaggedString("7")}
    read = chart([{"name": sales}], [entry])
    assert read.faults == ()
    assert read.desired.users[0].groups == ("sales",)
    assert read.people["asha"].employee_id == "7"


# The lists themselves


def test_without_a_list_of_departments_no_department_is_called_unknown() -> None:
    read = chart(None, [{"name": "asha", "departments": ["sales"]}])
    assert [fault.who for fault in read.faults] == ["departments"]
    assert read.desired.users[0].groups == ("sales",)


def test_empty_lists_ask_for_nothing() -> None:
    read = chart([], [])
    assert (read.desired.groups, read.desired.users, read.faults, read.listed) == ((), (), (), frozenset())


# Keys


def test_unknown_keys_are_told_with_the_nearest() -> None:
    assert employee(departmnets=[])[1] == ["has the unknown key departmnets; did you mean departments?"]
    assert department(polices=[])[1] == ["has the unknown key polices; did you mean inline_policies?"]
    assert department(managed_polices=[])[1] == ["has the unknown key managed_polices; did you mean managed_policies?"]
    assert employee(description="x")[1] == ["has the unknown key description"]


def test_a_password_is_refused_with_the_reason() -> None:
    for told in (employee(password="hunter2")[1], department(password="hunter2")[1]):
        assert len(told) == 1
        assert "readable in the inventory" in told[0]
        assert "hunter2" not in told[0]


# Settings


def test_a_path_of_the_departments_that_is_none_is_told_and_takes_nobody_out() -> None:
    read = chart([SALES], [{"name": "asha", "departments": []}], path="")
    assert [fault.who for fault in read.faults] == ["the departments' path"]
    assert not read.desired.users[0].purge_groups


def test_all_faults_come_in_one_pass_in_the_order_of_the_lists() -> None:
    told = faults(
        [{"name": "a b"}, {"name": "sales", "x": 1}, "?", {"name": "SALES"}],
        [{"name": "asha", "departments": ["sale"], "email": "?"}, {}, {"name": "Asha", "tags": 5}],
        path="x",
    )
    assert [fault.split(": ")[0] for fault in told] == [
        "the departments' path",
        "department 'a b'",
        "department sales",
        "entry 3 of departments",
        "departments sales and SALES",
        "employee asha",
        "employee asha",
        "entry 2 of employees",
        "employee Asha",
        "employees asha and Asha",
    ]


# A run for some employees


PEOPLE: t.Final = [
    {"name": "Asha", "departments": ["sales"], "employee_id": 1},
    {"name": "ben", "email": "?", "password": "x"},
    {"nme": "?"},
]


def test_a_limited_run_asks_for_these_people_alone() -> None:
    read = chart([SALES, {"name": "a b"}], PEOPLE, only=frozenset({"asha"}))
    assert read.faults == ()
    assert [user.name for user in read.desired.users] == ["Asha"]
    assert read.desired.users[0].groups == ("sales",)
    assert read.desired.groups == ()
    assert set(read.people) == {"asha"}
    assert read.listed is None
    assert (read.departments, read.employees) == (0, 1)


def test_a_limited_run_judges_these_people() -> None:
    assert [fault.split(": ")[0] for fault in faults([SALES], PEOPLE, only=frozenset({"BEN"}))] == ["employee ben"] * 2
    people = [{"name": "asha", "departments": ["sale"]}, {"name": "Asha"}]
    assert faults([SALES], people, only=frozenset({"asha"})) == [
        "employee asha: is in the unknown department sale; did you mean sales?",
        "employees asha and Asha: are one name to IAM, which compares without case (entries 1 and 2)",
    ]


def test_a_limited_run_finds_the_namesake_id_of_the_others() -> None:
    people = [{"name": name, "employee_id": number} for name, number in (("a", 1), ("b", 1), ("c", 2), ("d", 2))]
    assert faults([], people, only=frozenset({"b"})) == ["employees a and b: have the same employee_id 1"]


def test_unknown_names_in_a_limited_run_are_told_with_the_nearest() -> None:
    assert faults([SALES], PEOPLE, only=frozenset({"asa", "zzz"})) == [
        "employee asa: is not in employees; did you mean Asha?",
        "employee zzz: is not in employees",
    ]


def test_a_run_limited_to_nobody_asks_for_nobody() -> None:
    read = chart([SALES], [{"name": "asha"}], only=frozenset())
    assert (read.desired.users, read.desired.groups, read.faults, read.listed) == ((), (), (), None)


def test_a_limited_run_still_needs_both_lists() -> None:
    assert [fault.split(":")[0] for fault in faults(None, None, only=frozenset({"asha"}))] == [
        "departments",
        "employees",
        "employee asha",
    ]


# Who may be called missing, and when


@pytest.mark.parametrize("employees", [None, "asha", [{}], [None], [{"name": 5}], [{"name": "a b"}]])
def test_nobody_is_missing_from_a_list_that_does_not_say_whom_it_means(employees: object) -> None:
    assert chart([], employees).listed is None


def test_nobody_is_missing_from_a_limited_run() -> None:
    assert chart([], [{"name": "asha"}], only=frozenset({"asha"})).listed is None


def test_an_entry_at_fault_is_listed_all_the_same() -> None:
    assert chart([], [{"name": "Zoe", "email": "?"}]).listed == frozenset({"zoe"})


@pytest.mark.parametrize(
    ("departments", "employees"), [(None, []), ([], None), ([], "asha"), ([], [None]), ("x", []), ([5], [])]
)
def test_a_list_that_cannot_be_trusted_stops_cutting_too(departments: object, employees: object) -> None:
    assert any(fault.stops_cutting for fault in chart(departments, employees).faults)


def test_a_typo_stops_no_cutting() -> None:
    read = chart([SALES], [{"name": "a b"}, {"name": "asha", "departments": ["salse"]}, {"state": "absent"}])
    assert len(read.faults) == 3
    assert not any(fault.stops_cutting for fault in read.faults)


def test_a_path_that_tells_nothing_stops_cutting() -> None:
    assert chart([], [], path="x").faults[0].stops_cutting


def test_who_is_listed_twice_is_doubtful() -> None:
    read = chart(
        [],
        [
            {"name": "asha"},
            {"name": "ASHA"},
            {"name": "ben", "employee_id": 1},
            {"name": "eve", "employee_id": "1"},
            {"name": "li"},
        ],
    )
    assert read.doubtful == {"asha", "ben", "eve"}


# Properties


NAMES = st.text(alphabet="abAB", min_size=1, max_size=2)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(
    [
        "name",
        "email",
        "employee_id",
        "departments",
        "console",
        "credentials_to",
        "path",
        "tags",
        "boundary",
        "managed_policies",
        "inline_policies",
        "description",
        "password",
        "x",
    ]
)
ENTRIES = st.one_of(JUNK, st.dictionaries(KEYS, JUNK, max_size=5))
LISTS = st.one_of(JUNK, st.lists(ENTRIES, max_size=4))


@given(LISTS, LISTS)
def test_no_input_is_too_odd_to_be_judged(departments: object, employees: object) -> None:
    read = chart(departments, employees)
    assert all(fault.who and fault.what for fault in read.faults)
    assert len({fold(user.name) for user in read.desired.users}) == len(read.desired.users)
    assert set(read.people) == {fold(user.name) for user in read.desired.users}


@st.composite
def good_charts(draw: st.DrawFn) -> tuple[list[dict[str, t.Any]], list[dict[str, t.Any]]]:
    groups = draw(st.lists(NAMES, unique_by=fold, max_size=4))
    people = draw(st.lists(NAMES, unique_by=fold, max_size=4))
    joined = st.lists(st.sampled_from(groups), unique=True) if groups else st.just([])
    return [{"name": name} for name in groups], [{"name": name, "departments": draw(joined)} for name in people]


@given(good_charts())
def test_a_sound_chart_has_no_faults_and_loses_nothing(
    lists: tuple[list[dict[str, t.Any]], list[dict[str, t.Any]]],
) -> None:
    departments, employees = lists
    read = chart(departments, employees)
    assert read.faults == ()
    assert [group.name for group in read.desired.groups] == [entry["name"] for entry in departments]
    assert [(user.name, list(user.groups or ())) for user in read.desired.users] == [
        (entry["name"], entry["departments"]) for entry in employees
    ]
    assert read.listed == frozenset(fold(entry["name"]) for entry in employees)
    assert (read.departments, read.employees) == (len(departments), len(employees))


@given(good_charts(), st.data())
def test_a_limited_run_asks_of_its_people_what_the_whole_run_asks(
    lists: tuple[list[dict[str, t.Any]], list[dict[str, t.Any]]], data: st.DataObject
) -> None:
    names = [entry["name"] for entry in lists[1]]
    only = frozenset(data.draw(st.lists(st.sampled_from(names)))) if names else frozenset()
    whole, limited = chart(*lists), chart(*lists, only=only)
    assert limited.desired.users == tuple(user for user in whole.desired.users if user.name in only)


# Entries of files


def test_without_a_list_nobody_may_be_cut() -> None:
    read = read_chart(None, 7, ChartSettings())
    assert [fault.stops_cutting for fault in read.faults] == [True, True]
