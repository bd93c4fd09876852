# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Employees: what is asked of a user, and the faults of the entry."""

from __future__ import annotations

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart.values import Person
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import DesiredCredential, DesiredUser
from ansible_collections.workforce.aws.plugins.module_utils._core.tags import MARK

from tests.support.charts import DOCUMENT, SALES, chart, employee


def test_an_employee_of_whom_nothing_is_said_is_only_marked() -> None:
    user, told = employee()
    assert told == []
    assert user == DesiredUser(
        "asha", tags=dict(MARK), purge_tags=False, purge_path="/workforce/", credential=DesiredCredential()
    )


def test_what_is_written_of_an_employee_is_exact() -> None:
    read = chart(
        [SALES, {"name": "it"}],
        [
            {
                "name": "asha",
                "email": "asha@example.com",
                "employee_id": 1042,
                "departments": ["Sales", "it"],
                "console": True,
                "credentials_to": "boss@example.com",
                "access_key": True,
                "path": "/staff/",
                "tags": {"team": "x"},
                "boundary": "Edge",
                "managed_policies": ["X"],
                "inline_policies": {"s3": DOCUMENT},
            }
        ],
        adopted=frozenset({"Admins"}),
    )
    assert read.faults == ()
    assert read.desired.users == (
        DesiredUser(
            "asha",
            path="/staff/",
            tags={"team": "x", "workforce:managed": "onboard", "workforce:employee-id": "1042"},
            purge_tags=True,
            boundary="Edge",
            policies=("X",),
            purge_policies=True,
            inline={"s3": DOCUMENT},
            purge_inline=True,
            groups=("sales", "it"),
            purge_groups=True,
            purge_path="/workforce/",
            purge_names=frozenset({"admins"}),
            credential=DesiredCredential(access_key=True),
        ),
    )
    assert read.people == {
        "asha": Person(
            "asha", "asha@example.com", "1042", console=True, credentials_to="boss@example.com", access_key=True
        )
    }


@pytest.mark.parametrize(
    ("own", "departments", "expected"),
    [
        (None, None, True),
        (None, [], True),
        (None, ["sales"], True),
        (None, ["Robots"], False),
        (None, ["robots", "probes"], False),
        (None, ["robots", "sales"], True),
        (None, ["nowhere"], True),
        (True, ["robots"], True),
        (False, ["sales"], False),
        ("no", None, False),
    ],
)
def test_who_needs_no_password(own: object, departments: object, expected: bool) -> None:
    listed = [SALES, {"name": "robots", "console": False}, {"name": "probes", "console": "no"}]
    written = {"console": own, "departments": departments}
    entry = {"name": "asha", **{key: value for key, value in written.items() if value is not None}}
    for only in (None, frozenset({"asha"})):
        credential = chart(listed, [entry], only=only).desired.users[0].credential
        assert credential is not None
        assert credential.console is expected


def test_empty_lists_of_an_employee_mean_none() -> None:
    user, told = employee(departments=[], tags={}, managed_policies=[], inline_policies={}, boundary="")
    assert told == []
    assert (user.groups, user.purge_groups) == ((), True)
    assert (user.tags, user.purge_tags) == (dict(MARK), True)
    assert (user.policies, user.purge_policies, user.inline, user.purge_inline) == ((), True, {}, True)
    assert user.boundary == ""


@pytest.mark.parametrize(
    "key",
    [
        "email",
        "employee_id",
        "departments",
        "console",
        "credentials_to",
        "access_key",
        "path",
        "tags",
        "boundary",
        "managed_policies",
        "inline_policies",
    ],
)
def test_null_is_neither_left_out_nor_none(key: str) -> None:
    user, told = employee(**{key: None})
    assert len(told) == 1
    assert "null" in told[0]
    assert user == employee()[0]


def test_an_unknown_department_is_told_with_the_nearest() -> None:
    user, told = employee(departments=["sale", "it", "zzz"])
    assert told == ["is in the unknown department sale; did you mean sales?", "is in the unknown department zzz"]
    assert (user.groups, user.purge_groups) == (("it",), False)


def test_departments_are_found_without_case_in_the_spelling_of_the_list() -> None:
    assert employee(departments=["SALES"])[0].groups == ("sales",)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("sales", "has a string (sales) for departments; write a list of names"),
        (None, "has null for departments; write a list of names, or leave the key out"),
        ({"sales": True}, "has a mapping for departments; write a list of names"),
        (["sales", "Sales"], "is put into the department sales more than once"),
        (["sales", None], "in departments, has null for a name"),
        (["sales", ""], "in departments, has an empty name"),
        (["sales", ["it"]], "in departments, has a list for a name"),
        (["sales", "a b"], "in departments, 'a b' has ' ' in the name; IAM allows only A-Z a-z 0-9 _ + = , . @ -"),
    ],
)
def test_departments_that_are_not_a_list_of_names(value: object, told: str) -> None:
    assert employee(departments=value)[1] == [told]


def test_an_empty_name_is_not_also_told_as_repeated() -> None:
    assert employee(departments=["", ""])[1] == ["in departments, has an empty name"] * 2


def test_a_department_that_is_at_fault_itself_is_known() -> None:
    read = chart([{"name": "sales", "path": "x"}], [{"name": "asha", "departments": ["sales"]}])
    assert [fault.who for fault in read.faults] == ["department sales"]


def test_the_first_spelling_of_a_department_is_the_one_that_is_joined() -> None:
    read = chart([SALES, {"name": "Sales"}], [{"name": "asha", "departments": ["SALES"]}])
    assert read.desired.users[0].groups == ("sales",)


def test_our_marks_count_among_the_fifty() -> None:
    tags = {f"k{number}": "" for number in range(49)}
    assert employee(tags=tags)[1] == []
    assert employee(tags=tags, employee_id=1)[1] == ["has 49 tags, and 2 of ours come to them; IAM allows 50"]
    assert employee(tags={**tags, "k49": ""})[1] == ["has 50 tags, and 1 of ours come to them; IAM allows 50"]
    assert employee(tags={**tags, "k49": "", "k50": ""})[1] == ["has 51 tags; IAM allows 50"]


def test_tags_at_fault_take_no_tag_away() -> None:
    for tags in ({"aws:x": "y"}, {"workforce:managed": "onboard"}, {"A": "x", "a": "y"}, ["a"]):
        user, told = employee(tags=tags)
        assert len(told) == 1
        assert (user.tags, user.purge_tags) == (MARK, False)
