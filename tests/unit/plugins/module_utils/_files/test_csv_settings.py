# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a table is to be read: the option csv, judged before any file is."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._files.csv_settings import (
    COLUMN_KEYS,
    CsvSettings,
    csv_settings,
)


def told(**given: t.Any) -> list[str]:
    faults = csv_settings(given)[1]
    assert all(fault.stops_cutting for fault in faults)
    return [str(fault) for fault in faults]


def settings(**given: t.Any) -> CsvSettings:
    read, faults = csv_settings(given)
    assert faults == ()
    return read


@pytest.mark.parametrize(
    "given",
    [None, {}, {"columns": None, "name": None, "departments": None, "separator": None}, {"columns": {}, "name": ""}],
)
def test_without_settings_the_titles_are_our_keys(given: dict[str, t.Any] | None) -> None:
    read, faults = csv_settings(given)
    assert (read, faults) == (CsvSettings(), ())
    assert read.titles == COLUMN_KEYS
    assert read.needed == {"name": "name"}


def test_all_settings() -> None:
    read = settings(
        columns={"employee_id": "No ", "email": "Work e-mail", "tags": {"Site": "Location"}},
        name="email",
        departments={"Customer Service": "customer-service", "Both": ["a", "b"], "Facilities ": "none", 7: "seven"},
        dates="%d.%m.%Y",
        at_least=700,
        separator="/",
    )
    assert read == CsvSettings(
        columns={"employee_id": "No", "email": "Work e-mail"},
        tags={"Site": "Location"},
        name_from_email=True,
        departments={"Customer Service": ("customer-service",), "Both": ("a", "b"), "Facilities": (), "7": ("seven",)},
        dates="%d.%m.%Y",
        at_least=700,
        separator="/",
    )
    assert read.titles == ("No", "Work e-mail", "Location")
    assert read.needed == {"employee_id": "No", "email": "Work e-mail"}


def test_a_name_that_is_not_email_is_a_column() -> None:
    assert settings(name="Login").columns == {"name": "Login"}
    assert settings(columns={"email": "Mail"}, name="Login").columns == {"email": "Mail", "name": "Login"}
    assert settings(columns={"name": "Login"}).needed == {"name": "Login"}


def test_of_our_own_titles_a_name_can_be_made_of_the_mail_address() -> None:
    read = settings(name="email")
    assert (read.columns, read.needed) == (None, {"email": "email"})


@pytest.mark.parametrize(
    ("given", "what"),
    [
        (
            {"columns": {"name": "A"}, "name": "B"},
            ["csv.name: is given, and so is columns.name: keep one"],
        ),
        (
            {"columns": {"name": "A", "email": "B"}, "name": "email"},
            ["csv.name: is email, and columns.name is given: keep one"],
        ),
        (
            {"columns": {"employee_id": "A"}, "name": "email"},
            ["csv.name: is email, and columns does not say which column holds the mail address"],
        ),
        (
            {"columns": {"employee_id": "A"}},
            ["csv.name: is missing: write email, or the title of the column that holds the user names"],
        ),
        (
            {"columns": {"name": "A", "departement": "B", "x": "C"}},
            [
                "csv.columns: has the unknown key departement; did you mean departments?",
                "csv.columns: has the unknown key x",
            ],
        ),
        (
            {"columns": {"name": "A", "email": None, "path": " "}},
            [
                "csv.columns: has null for email; the title of a column belongs there",
                "csv.columns: has a string (' ') for path; the title of a column belongs there",
            ],
        ),
        (
            {"columns": {"name": "A", "tags": "Site"}},
            ["csv.columns.tags: is a string (Site); a mapping of tags to titles belongs there"],
        ),
        (
            {"columns": {"name": "A", "tags": {"Site": 7}}},
            ["csv.columns.tags: has a number (7) for Site; the title of a column belongs there"],
        ),
        (
            {"departments": {"Sales": None, "Other": "no way", "Empty": [], "List": ["a", 1]}},
            [
                "csv.departments: has null for Sales; a department's name belongs there, or none",
                "csv.departments: has a string ('no way') for Other; a department's name belongs there, or none",
                "csv.departments: has an empty list for Empty; a department's name belongs there, or none",
                "csv.departments: has a number (1) for List; a department's name belongs there, or none",
            ],
        ),
        (
            {"departments": {"Sales": "a", " Sales": "b"}},
            ["csv.departments: has Sales twice"],
        ),
        (
            {"separator": " "},
            ["csv.separator: is blank; write what stands between two departments in one cell, such as / or |"],
        ),
    ],
)
def test_what_cannot_be_meant(given: dict[str, t.Any], what: list[str]) -> None:
    assert told(**given) == what


@pytest.mark.parametrize("form", ["%d.%m.%Y", "%Y-%m-%d", "%m/%d/%y", "%d %B %Y", "%Y%m%d", "%d.%m.%Y %H:%M"])
def test_forms_of_dates(form: str) -> None:
    assert settings(dates=form).dates == form


@pytest.mark.parametrize("form", ["dd.mm.yyyy", "", "%d.%m", "%m.%Y", "%Y", "%d.%d.%Y", "%"])
def test_forms_that_tell_no_date(form: str) -> None:
    [what] = told(dates=form)
    assert what.startswith("csv.dates: is ")
    assert what.endswith("which does not tell day, month and year; write it as %d.%m.%Y or %Y-%m-%d")
