# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The permissions boundary of an employee: of the own entry, or of the departments."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.charts import chart

BOUND = {"name": "dev", "boundary": "developer-boundary"}
OTHER = {"name": "ops", "boundary": "PowerUserAccess"}
FREE = {"name": "admin", "boundary": ""}
SILENT = {"name": "sales"}


@pytest.mark.parametrize(
    ("departments", "own", "boundary"),
    [
        (["dev"], {}, "developer-boundary"),
        (["dev", "sales"], {}, "developer-boundary"),
        (["dev", "ops"], {"boundary": "mine"}, "mine"),
        (["dev"], {"boundary": ""}, ""),
        (["admin"], {}, ""),
        (["sales"], {}, None),
    ],
)
def test_the_department_s_unless_there_is_an_own(departments: list[str], own: dict[str, str], boundary: str) -> None:
    read = chart([BOUND, OTHER, FREE, SILENT], [{"name": "asha", "departments": departments, **own}])
    assert (read.faults, read.desired.users[0].boundary) == ((), boundary)


@pytest.mark.parametrize("departments", [["dev", "ops"], ["dev", "admin"]])
def test_two_departments_that_differ_are_a_fault(departments: list[str]) -> None:
    read = chart([BOUND, OTHER, FREE], [{"name": "asha", "departments": departments}])
    [fault] = read.faults
    assert str(fault).startswith(
        "employee asha: is in departments with different boundaries (dev: developer-boundary, "
    )


@pytest.mark.parametrize(
    ("departments", "boundary"), [(["dev"], "developer-boundary"), (["sales"], "all"), (None, "all"), ([], "all")]
)
def test_that_of_everyone_is_for_those_whose_departments_write_none(
    departments: list[str] | None, boundary: str
) -> None:
    entry: dict[str, Any] = {"name": "asha"} if departments is None else {"name": "asha", "departments": departments}
    read = chart([BOUND, SILENT], [entry], everyone={"name": "everyone", "boundary": "all"})
    assert (read.faults, read.desired.users[0].boundary) == ((), boundary)


def test_a_wrong_one_is_told_of_the_department_once() -> None:
    read = chart([{"name": "dev", "boundary": 3}], [{"name": "asha", "departments": ["dev"]}])
    assert [str(fault) for fault in read.faults] == [
        "department dev: in boundary, has a number (3) where a policy's name or ARN belongs"
    ]
