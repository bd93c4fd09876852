# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What files and surveys may say of somebody, and what they may say only where the inventory asks for it."""

from __future__ import annotations

import json
import typing as t
from pathlib import Path

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart.values import Chart, ChartSettings
from ansible_collections.workforce.aws.plugins.module_utils._files.asked_keys import ASKED_KEYS, unknown_keys
from ansible_collections.workforce.aws.plugins.module_utils._files.lists import read_lists

ADMIN: t.Final = "AdministratorAccess"
TOLD: t.Final = "which files and surveys may not say; take it out, or write it into onboard_files_may_set"
PLAIN: t.Final = {
    "name": "mallory",
    "email": "mallory@example.com",
    "employee_id": "7",
    "departments": ["sales"],
    "console": True,
    "credentials_to": "m@example.com",
    "state": "present",
    "starts_on": "2026-01-01",
    "ends_on": "2027-01-01",
}
GIVEN: t.Final[dict[str, t.Any]] = {
    "access_key": True,
    "beside": ["group admins"],
    "boundary": ADMIN,
    "inline_policies": {"all": {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}},
    "managed_policies": [ADMIN],
    "path": "/admin/",
    "tags": {"team": "admins"},
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def chart(*, employees: object = None, only: t.Collection[str] | None = None, **options: t.Any) -> Chart:
    params = {
        "departments": [{"name": "sales"}],
        "employees": employees,
        "employees_from": None,
        "csv": None,
        "extra_employees": None,
        "files_may_set": [],
        **options,
    }
    return read_lists(params, ChartSettings(only=None if only is None else frozenset(only)))


def told(read: Chart) -> list[str]:
    return [str(fault) for fault in read.faults]


def given(read: Chart) -> dict[str, t.Any]:
    (user,) = read.desired.users
    ours = {key: value for key, value in (user.tags or {}).items() if not key.startswith("workforce:")}
    return {
        "access_key": bool(user.credential and user.credential.access_key),
        "beside": user.written.accepted if user.written else None,
        "boundary": user.boundary,
        "inline_policies": user.inline,
        "managed_policies": user.policies,
        "path": user.path,
        "tags": ours,
    }


NOTHING: t.Final[dict[str, t.Any]] = {
    **dict.fromkeys(ASKED_KEYS),
    "access_key": False,
    "beside": frozenset(),
    "tags": {},
}


def written(form: str, entry: t.Mapping[str, t.Any]) -> tuple[dict[str, t.Any], str]:
    """The options that list an entry, and where it stands."""
    if form == "survey":
        return {"employees": [], "extra_employees": [entry]}, "entry 1 of onboard_extra_employees"
    if form == "survey as text":
        return {"employees": [], "extra_employees": json.dumps([entry])}, "entry 1 of onboard_extra_employees"
    Path(f"hr.{form}").write_text(json.dumps([entry]), encoding="utf-8")
    return {"employees_from": [f"hr.{form}"]}, f"hr.{form} line 1"


@pytest.mark.parametrize("form", ["json", "yml", "survey", "survey as text"])
def test_nothing_is_given_by_a_list_that_others_write(form: str) -> None:
    options, where = written(form, {**PLAIN, **GIVEN})
    read = chart(**options)
    assert told(read) == [f"employee mallory ({where}): has {key}, {TOLD}" for key in ASKED_KEYS]
    assert given(read) == NOTHING
    assert read.desired.users[0].groups == ("sales",)
    assert not any(fault.stops_cutting for fault in read.faults)


@pytest.mark.parametrize("key", ASKED_KEYS)
def test_what_the_inventory_asks_for_is_taken_and_nothing_beside_it(key: str) -> None:
    options, _where = written("json", {**PLAIN, **GIVEN})
    read = chart(**options, files_may_set=[key])
    assert len(told(read)) == len(ASKED_KEYS) - 1
    assert {name for name, value in given(read).items() if value != NOTHING[name]} == {key}
    assert not told(chart(**options, files_may_set=ASKED_KEYS))


@pytest.mark.parametrize("form", ["json", "survey"])
def test_who_and_where_may_always_be_said(form: str) -> None:
    options, _where = written(form, PLAIN)
    assert not told(chart(**options))


def test_a_column_gives_no_policy() -> None:
    Path("hr.csv").write_text(f"name,managed_policies\nasha,\nmallory,{ADMIN}\n", encoding="utf-8")
    read = chart(employees_from=["hr.csv"])
    assert told(read) == [f"employee mallory (hr.csv line 3): has managed_policies, {TOLD}"]
    assert [user.policies for user in read.desired.users] == [None, None]
    # To say what a column holds is not to ask for it.
    columns = {"columns": {"name": "name", "managed_policies": "managed_policies"}}
    assert told(chart(employees_from=["hr.csv"], csv=columns)) == told(read)
    asked = chart(employees_from=["hr.csv"], files_may_set=["managed_policies"])
    assert (told(asked), asked.desired.users[1].policies) == ([], (ADMIN,))


def test_tags_that_the_inventory_names_one_by_one_are_asked_for() -> None:
    Path("hr.csv").write_text("name,Site\nasha,Köln\n", encoding="utf-8")
    Path("more.json").write_text('[{"name": "li", "tags": {"team": "x"}}]', encoding="utf-8")
    read = chart(employees_from=["hr.csv", "more.json"], csv={"columns": {"name": "name", "tags": {"site": "Site"}}})
    assert told(read) == [f"employee li (more.json line 1): has tags, {TOLD}"]
    assert (read.desired.users[0].tags or {})["site"] == "Köln"


def test_the_inventory_itself_may_say_all() -> None:
    assert not told(chart(employees=[{**PLAIN, **GIVEN}]))


def test_a_survey_is_told_where_the_run_is_limited_to_its_people() -> None:
    options, _where = written("survey", {**PLAIN, **GIVEN})
    assert len(told(chart(**options, only=["mallory"]))) == len(ASKED_KEYS)
    assert not told(chart(**{**options, "employees": [{"name": "asha"}]}, only=["asha"]))


@pytest.mark.parametrize(
    ("extra", "fault"),
    [
        (": [what", "is not YAML"),
        ("name: kim.lee", "has no list at its top"),
        (7, "is a number (7); a list of employees, or JSON or YAML text of one, belongs there"),
        ({"name": "kim"}, "is a mapping; a list of employees"),
    ],
)
def test_an_answer_that_is_no_list_stops_the_run_and_nobody_is_missing(extra: object, fault: str) -> None:
    read = chart(employees=[{"name": "asha"}], extra_employees=extra, employees_from=[])
    (only,) = read.faults
    assert str(only).startswith(f"onboard_extra_employees: {fault}")
    assert only.stops_cutting
    assert read.listed is None


@pytest.mark.parametrize("blank", [None, "", " \n", []])
def test_a_blank_answer_is_not_given(blank: object) -> None:
    read = chart(employees=[{"name": "asha"}], extra_employees=blank)
    assert (told(read), read.listed) == ([], frozenset({"asha"}))


def test_an_entry_that_is_no_mapping_is_told_where_it_stands() -> None:
    assert told(chart(employees=[], extra_employees=["kim"])) == [
        "entry 1 of onboard_extra_employees: is a string (kim); it must be a mapping with a name"
    ]


def test_a_word_that_is_no_key_is_told() -> None:
    assert list(unknown_keys(ASKED_KEYS)) == []
    (fault,) = unknown_keys(["tags", "policies"])
    assert str(fault).startswith("files_may_set: has policies; these belong there: access_key, beside, ")
