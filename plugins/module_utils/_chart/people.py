# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People: what the list says of an employee and IAM does not keep."""

from __future__ import annotations

import typing as t

from .._core.names import described, shown, tag_value_fault
from .._core.steps import Fault
from .._core.tags import EMPLOYEE_ID_TAG
from .entries import repeated
from .rows import places
from .scalars import read_address, read_boolean, read_choice, read_date
from .values import Person

if t.TYPE_CHECKING:
    from .entries import Entry
    from .rows import Row

    Employee = tuple[Row, Person]

STATES = ("present", "suspended", "absent")


def read_person(row: Row) -> Person:
    """The person of a row; a key at fault is as if it were left out."""
    entry = row.entry
    starts_on, ends_on = read_date(entry, "starts_on"), read_date(entry, "ends_on")
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        entry.fault(f"ends on {ends_on}, before the start on {starts_on}")
        starts_on = ends_on = None
    return Person(
        name=row.name,
        email=read_address(entry, "email"),
        employee_id=_employee_id(entry),
        console=read_boolean(entry, "console"),
        credentials_to=read_address(entry, "credentials_to"),
        access_key=read_boolean(entry, "access_key"),
        state=read_choice(entry, "state", STATES),
        starts_on=starts_on,
        ends_on=ends_on,
    )


def _employee_id(entry: Entry) -> str | None:
    """The id as a string: YAML reads an unquoted 1042 as a number."""
    if "employee_id" not in entry.values:
        return None
    value = entry.values["employee_id"]
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        entry.fault(f"has {described(value)} for employee_id: put it in quotes")
        return None
    if not str(value).strip():
        entry.fault("has a blank employee_id")
        return None
    return None if entry.fault(tag_value_fault(EMPLOYEE_ID_TAG, str(value))) else str(value)


def shared_ids(employees: t.Sequence[Employee]) -> list[list[Employee]]:
    """Employees of different names with the same employee id: one person under two names, or a mistake."""
    with_id = [(row, person) for row, person in employees if person.employee_id is not None and row.name]
    first_of_key = {row.key: (row, person) for row, person in reversed(with_id)}
    return repeated(list(reversed(first_of_key.values())), lambda one: one[1].employee_id)


def shared_id_faults(shared: list[list[Employee]], chosen: set[str]) -> list[Fault]:
    """A fault for each shared employee id that concerns one of the chosen keys."""
    faults = []
    for same in shared:
        rows = [row for row, _person in same]
        if any(row.key in chosen for row in rows):
            names = " and ".join(shown(row.name) for row in rows)
            where = f" ({places(rows, 'user')})" if any(row.origin for row in rows) else ""
            what = f"have the same employee_id {shown(same[0][1].employee_id)}{where}"
            faults.append(Fault(f"employees {names}", what))
    return faults
