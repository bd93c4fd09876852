# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The organisation chart: two lists become the desired, with every fault that can be known without the account.

An entry with faults stays in the desired with the parts that could be read, so that the same run also finds the faults
that only the account can show. When a part of a list could not be read, nothing is taken away because of that list.
"""

from __future__ import annotations

import typing as t

from .._core.desired import Desired
from .._core.model import fold
from .._core.names import meant, path_fault, shown
from .._core.steps import Fault
from .departments import desired_groups, known_departments, listed_departments
from .employees import desired_users
from .entries import repeated
from .everyone import with_everyone
from .people import read_person, shared_id_faults, shared_ids
from .rows import read_rows
from .values import Chart
from .whereabouts import outsiders, sort_departments, sort_employees

if t.TYPE_CHECKING:
    from .people import Employee
    from .rows import Origins, Row
    from .values import ChartSettings, Outsider


def read_chart(departments: object, employees: object, settings: ChartSettings, origins: Origins = ()) -> Chart:
    """The desired and all faults of both lists in one pass.

    ``origins`` stand beside ``employees``: where each entry comes from, ``None`` for one that stands in the variable.
    With ``settings.only`` the entries of the other employees and of the departments are not judged: one person's run
    does not wait for another's mistake.
    """
    faults = _setting_faults(settings)
    departments, department_origins = with_everyone(departments, settings.everyone)
    read_departments = read_rows("departments", "group", departments, faults, department_origins)
    read_employees = read_rows("employees", "user", employees, faults, origins)
    sorted_departments = sort_departments(read_departments or (), settings.account)
    elsewhere = sorted_departments.names_elsewhere
    sorted_employees = sort_employees(read_employees or (), settings.account, elsewhere)
    department_rows, employee_rows = sorted_departments.here, sorted_employees.here
    outside = _outside(outsiders(sorted_employees), settings)
    known = None if read_departments is None else known_departments(department_rows, elsewhere)
    groups = desired_groups(department_rows, settings, faults) if settings.only is None else []
    everybody = [(row, read_person(row)) for row in employee_rows]
    chosen = _chosen(everybody, outside, settings, faults)
    users = desired_users(chosen, known, settings, faults)
    shared = shared_ids(everybody)
    faults += shared_id_faults(shared, {row.key for row, _person in chosen})
    return Chart(
        desired=Desired(groups=tuple(groups), users=tuple(users)),
        faults=tuple(faults),
        people={row.key: person for row, person in reversed(chosen) if row.valid},
        listed=None if read_employees is None else _listed(employee_rows, settings),
        departments=len(department_rows) if settings.only is None else 0,
        employees=len(chosen),
        listed_departments=None if read_departments is None else listed_departments(department_rows, settings),
        departments_elsewhere=elsewhere,
        without_access=outside,
        everybody={row.key: person for row, person in reversed(everybody) if row.name},
        tag_keys=frozenset(key for row in read_employees or () for key in _tag_keys(row)),
        doubtful=_doubtful(chosen, shared),
        require_mfa=frozenset() if known is None else known.require_mfa,
    )


def _setting_faults(settings: ChartSettings) -> list[Fault]:
    fault = path_fault(settings.path)
    return [] if fault is None else [Fault("the departments' path", fault, stops_cutting=True)]


def _outside(people: tuple[Outsider, ...], settings: ChartSettings) -> tuple[Outsider, ...]:
    """The people of other accounts, or those of them that the run is limited to."""
    if settings.only is None:
        return people
    return tuple(one for one in people if any(one.is_called(name) for name in settings.only))


def _chosen(
    everybody: list[Employee], outside: t.Sequence[Outsider], settings: ChartSettings, faults: list[Fault]
) -> list[Employee]:
    """Everybody, or those that the run is limited to. One of these who is in other accounts alone is no mistake."""
    if settings.only is None:
        return everybody
    listed = {row.key: row.name for row, _person in everybody if row.name}
    wanted = {fold(name): name for name in sorted(settings.only)}
    elsewhere = {fold(one.name or "") for one in outside}
    for key, name in wanted.items():
        if key not in listed and key not in elsewhere:
            faults.append(Fault(f"employee {shown(name)}", f"is not in employees{meant(name, listed.values())}"))
    return [(row, person) for row, person in everybody if row.key in wanted]


def _listed(rows: t.Sequence[Row], settings: ChartSettings) -> frozenset[str] | None:
    if settings.only is not None or not all(row.valid for row in rows):
        return None
    return frozenset(row.key for row in rows)


def _tag_keys(row: Row) -> t.Iterable[str]:
    tags = row.entry.values.get("tags")
    return map(str, tags) if isinstance(tags, t.Mapping) else ()


def _doubtful(chosen: list[Employee], shared: list[list[Employee]]) -> frozenset[str]:
    twice = repeated([row.key for row, _person in chosen], lambda key: key)
    return frozenset(keys[0] for keys in twice) | {row.key for same in shared for row, _person in same}
