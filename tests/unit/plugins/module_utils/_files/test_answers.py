# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a form sends as an employee."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart.entries import Origin
from ansible_collections.workforce.aws.plugins.module_utils._files.answers import as_answered
from ansible_collections.workforce.aws.plugins.module_utils._files.csv_people import Listed


def answered(entry: t.Any) -> Listed:
    return as_answered(Listed(entry, Origin("entry 1")))


def test_what_was_left_blank_is_left_out_but_for_the_name() -> None:
    entry = {
        "name": " ",
        "email": "",
        "departments": "\n",
        "ends_on": "  ",
        "credentials_to": " a@example.com ",
        "x": None,
    }
    assert answered(entry).entry == {"name": "", "credentials_to": "a@example.com", "x": None}


@pytest.mark.parametrize("typed", ["sales, it", "sales\r\nit", '["sales", "it"]', ["sales", "it"]])
def test_departments_in_each_form(typed: object) -> None:
    assert answered({"name": "li", "departments": typed}).entry == {"name": "li", "departments": ["sales", "it"]}


def test_misread_departments_are_the_persons_fault() -> None:
    read = answered({"name": "li", "departments": "sales it"})
    assert read.entry == {"name": "li", "departments": []}
    (fault,) = read.origin.faults
    assert fault.startswith("departments has 'sales it', with white space inside a name")


def test_what_is_no_entry_stays() -> None:
    assert t.cast("object", answered("li.wei").entry) == "li.wei"
