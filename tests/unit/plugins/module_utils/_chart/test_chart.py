# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The organisation chart: the two lists, read; every fault of them told at once, with its person or department."""

from __future__ import annotations

import datetime
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart.chart import Chart, ChartSettings, Person, read_chart
from ansible_collections.workforce.aws.plugins.module_utils._chart.entries import Origin
from ansible_collections.workforce.aws.plugins.module_utils._core.model import (
    DesiredCredential,
    DesiredGroup,
    DesiredUser,
    Directory,
    Group,
    User,
    fold,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.tags import MARK, managed
from hypothesis import given
from hypothesis import strategies as st

DOCUMENT: t.Final = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
SETTINGS: t.Final = ChartSettings()
SALES: t.Final = {"name": "sales"}


class TaggedString(str):
    """Ansible's templates give subclasses of str."""

    __slots__ = ()


def chart(departments: object = (), employees: object = (), **settings: t.Any) -> Chart:
    return read_chart(departments, employees, ChartSettings(**settings))


def faults(departments: object = (), employees: object = (), **settings: t.Any) -> list[str]:
    return [str(fault) for fault in chart(departments, employees, **settings).faults]


def department(**keys: object) -> tuple[DesiredGroup, list[str]]:
    """The only department of a chart."""
    read = chart([{"name": "sales", **keys}])
    return read.desired.groups[0], [str(fault).removeprefix("department sales: ") for fault in read.faults]


def employee(**keys: object) -> tuple[DesiredUser, list[str]]:
    """The only employee of a chart with the departments sales and it."""
    read = chart([SALES, {"name": "it"}], [{"name": "asha", **keys}])
    return read.desired.users[0], [str(fault).removeprefix("employee asha: ") for fault in read.faults]


def directory(*entities: User | Group) -> Directory:
    return Directory(
        users={fold(one.name): one for one in entities if isinstance(one, User)},
        groups={fold(one.name): one for one in entities if isinstance(one, Group)},
    )


# What is asked for


def test_a_department_of_which_nothing_is_said_lies_under_our_path() -> None:
    assert department() == (DesiredGroup("sales", path="/workforce/"), [])


def test_what_is_written_of_a_department_is_exact() -> None:
    group, told = department(
        path="/workforce/emea/",
        managed_policies=["ReadOnlyAccess", "ReadOnlyAccess"],
        inline_policies={"s3": DOCUMENT},
        description={"free": "text"},
    )
    assert told == []
    assert group == DesiredGroup(
        "sales",
        path="/workforce/emea/",
        policies=("ReadOnlyAccess",),
        purge_policies=True,
        inline={"s3": DOCUMENT},
        purge_inline=True,
    )
    empty, told = department(managed_policies=[], inline_policies={}, description=None)
    assert told == []
    assert (empty.policies, empty.purge_policies, empty.inline, empty.purge_inline) == ((), True, {}, True)


def test_an_adopted_department_stays_where_it_is_unless_told() -> None:
    read = chart([{"name": "Admins"}, {"name": "Ops", "path": "/x/"}], adopted=frozenset({"admins", "ops"}))
    assert read.faults == ()
    assert [group.path for group in read.desired.groups] == [None, "/x/"]


def test_a_department_that_is_not_adopted_lies_under_our_path() -> None:
    group, told = department(path="/other/")
    assert told == ["has the path /other/, which is not under /workforce/, where the managed departments lie"]
    assert group.path is None
    assert chart([SALES], path="/staff/").desired.groups[0].path == "/staff/"


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


def test_empty_lists_of_an_employee_mean_none() -> None:
    user, told = employee(departments=[], tags={}, managed_policies=[], inline_policies={}, boundary="")
    assert told == []
    assert (user.groups, user.purge_groups) == ((), True)
    assert (user.tags, user.purge_tags) == (dict(MARK), True)
    assert (user.policies, user.purge_policies, user.inline, user.purge_inline) == ((), True, {}, True)
    assert user.boundary == ""


def test_ansibles_strings_are_strings() -> None:
    name, sales = TaggedString("asha"), TaggedString("sales")
    entry = {TaggedString("name"): name, TaggedString("departments"): [sales], "employee_id": TaggedString("7")}
    read = chart([{"name": sales}], [entry])
    assert read.faults == ()
    assert read.desired.users[0].groups == ("sales",)
    assert read.people["asha"].employee_id == "7"


# The lists themselves


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


def test_without_a_list_of_departments_no_department_is_called_unknown() -> None:
    read = chart(None, [{"name": "asha", "departments": ["sales"]}])
    assert [fault.who for fault in read.faults] == ["departments"]
    assert read.desired.users[0].groups == ("sales",)


def test_empty_lists_ask_for_nothing() -> None:
    read = chart([], [])
    assert (read.desired.groups, read.desired.users, read.faults, read.listed) == ((), (), (), frozenset())


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


def test_the_first_spelling_of_a_department_is_the_one_that_is_joined() -> None:
    read = chart([SALES, {"name": "Sales"}], [{"name": "asha", "departments": ["SALES"]}])
    assert read.desired.users[0].groups == ("sales",)


def test_names_that_are_listed_twice() -> None:
    assert faults([SALES, SALES], [{"name": "asha"}, {"name": "ben"}, {"name": "asha"}]) == [
        "department sales: is listed more than once (entries 1 and 2)",
        "employee asha: is listed more than once (entries 1 and 3)",
    ]


def test_a_department_and_an_employee_may_share_a_name() -> None:
    assert faults([{"name": "sales"}], [{"name": "sales"}]) == []


# Keys


@pytest.mark.parametrize("key", ["departments", "email", "employee_id", "access_key", "tags", "boundary"])
def test_keys_of_employees_are_unknown_to_departments(key: str) -> None:
    assert faults([{"name": "sales", key: None}])[0].startswith(f"department sales: has the unknown key {key}")


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


@pytest.mark.parametrize("key", ["path", "managed_policies", "inline_policies"])
def test_null_in_a_department(key: str) -> None:
    group, told = department(**{key: None})
    assert len(told) == 1
    assert (group.policies, group.purge_policies, group.inline, group.purge_inline) == (None, False, None, False)


# The employee's departments


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
        (["sales", ["it"]], "in departments, has a list for a name"),
        (["sales", "a b"], "in departments, 'a b' has ' ' in the name; IAM allows only A-Z a-z 0-9 _ + = , . @ -"),
    ],
)
def test_departments_that_are_not_a_list_of_names(value: object, told: str) -> None:
    assert employee(departments=value)[1] == [told]


def test_a_department_that_is_at_fault_itself_is_known() -> None:
    read = chart([{"name": "sales", "path": "x"}], [{"name": "asha", "departments": ["sales"]}])
    assert [fault.who for fault in read.faults] == ["department sales"]


# Facts


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


# Tags


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


# Policies


def test_policies_at_fault_are_told_and_the_rest_is_kept_for_the_account_to_judge() -> None:
    group, told = department(managed_policies=["X", "a b"], inline_policies={"bad": "{}", "good": DOCUMENT})
    assert told == [
        "in managed_policies, names 'a b', which cannot be the name of a managed policy",
        "inline policy bad has no Statement",
    ]
    assert (group.policies, group.purge_policies) == (("X",), False)
    assert (group.inline, group.purge_inline) == ({"good": DOCUMENT}, False)
    assert employee(boundary="arn:x")[1] == ["in boundary, names arn:x, which is not the ARN of a managed policy"]
    assert employee(path="x")[0].path is None


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


# Who is managed


@pytest.mark.parametrize(
    ("tags", "ours"),
    [
        ({"workforce:managed": "onboard"}, True),
        ({"Workforce:Managed": "onboard", "x": "y"}, True),
        ({"workforce:managed": "Onboard"}, False),
        ({"workforce:managed": ""}, False),
        ({"workforce:employee-id": "1"}, False),
        ({}, False),
    ],
)
def test_the_mark_says_who_is_managed(tags: dict[str, str], ours: bool) -> None:
    assert managed(User("asha", tags=tags)) is ours


def test_tags_that_were_not_read_say_nothing() -> None:
    with pytest.raises(ValueError, match="were not read"):
        managed(User("asha"))


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


# States and dates


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


def test_without_a_list_nobody_may_be_cut() -> None:
    read = read_chart(None, 7, ChartSettings())
    assert [fault.stops_cutting for fault in read.faults] == [True, True]
