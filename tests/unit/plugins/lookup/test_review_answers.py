# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lookup of a review's answers: its files, and the lists that it compares them with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.lookup.review_answers import LookupModule, listed_people, read_rows


def compared(*terms: str, **options: Any) -> dict[str, Any]:
    """What the lookup gives for these files."""
    lookup = LookupModule()
    given: dict[str, Any] = {"employees": [], "employees_from": [], "csv": None, "account_id": "", "places": []}
    lookup.set_options = lambda **_given: None
    lookup.get_options = lambda: {**given, **options}
    (found,) = lookup.run([*terms])
    return dict(found)


def test_rows_as_spreadsheets_write_them(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("\ufeffDecision;Person;Department\nkeep;asha.rao;sales\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text('department,person,decision\n\n"x, y",bo.li,remove\n', encoding="utf-8")
    rows, faults = read_rows([str(tmp_path / "*.csv")])
    assert not faults
    assert [(where, row["person"], row["department"]) for where, row in rows] == [
        (f"{tmp_path / 'a.csv'} line 2", "asha.rao", "sales"),
        (f"{tmp_path / 'b.csv'} line 3", "bo.li", "x, y"),
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (None, "answers: {file} names no file"),
        ("", "{file}: is empty"),
        ("department,name,decision\n", "{file} line 1: has no column person"),
        ('department,person,decision\n"sales', "{file} line 2: has a quotation mark that is never closed"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, text: str | None, fault: str) -> None:
    file = tmp_path / "answers.csv"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    assert compared(str(file))["faults"] == [fault.format(file=file)]


def test_lists_that_cannot_be_compared(tmp_path: Path) -> None:
    options: dict[str, Any] = {"employees": {"name": "asha.rao"}, "employees_from": [], "csv": None, "places": []}
    assert [str(fault) for fault in listed_people(options)[1]] == ["employees: is no list"]
    (nothing,) = listed_people({**options, "employees": None})[1]
    assert str(nothing) == "employees: is missing: put it into inventory/group_vars/all/, or pass -e @file"
    missing = {**options, "employees": [], "employees_from": [str(tmp_path / "hr.csv")]}
    assert [str(fault) for fault in listed_people(missing)[1]] == [f"{tmp_path / 'hr.csv'}: does not exist"]


def test_entries_without_a_known_line(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text("department,person,decision\nsales,asha.rao,remove\n", encoding="utf-8")
    employees = ["no entry", {"name": "asha.rao", "departments": ["sales", "legal"]}, {"name": "bo.li"}]
    found = compared(str(tmp_path / "answers.csv"), employees=employees, places=[str(tmp_path / "none")])
    assert found["take_out"] == ["entry 2 of employees: take sales out of the departments of asha.rao"]
    assert found["unanswered"] == ["everybody in legal"]
