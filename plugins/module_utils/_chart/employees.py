# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Employees: the list of them becomes the desired users."""

from __future__ import annotations

import typing as t

from .._core.desired import DesiredCredential, DesiredUser
from .._core.model import fold
from .._core.names import MAX_TAGS, meant, shown
from .._core.tags import EMPLOYEE_ID_TAG, MARK
from .beside import OF_EMPLOYEE, read_written, with_repeats
from .entries import Value, repeated
from .everyone import in_everyone, name_of
from .names import read_names
from .policies import read_boundary, read_inline_policies, read_managed_policies
from .rows import first_places, repeat_faults
from .scalars import read_path
from .tags import read_tags

if t.TYPE_CHECKING:
    from .._core.steps import Fault
    from .departments import KnownDepartments
    from .entries import Entry
    from .people import Employee
    from .rows import Row
    from .values import ChartSettings, Person

_KEYS = (
    "name",
    "email",
    "employee_id",
    "departments",
    "accounts",
    "console",
    "credentials_to",
    "access_key",
    "path",
    "tags",
    "boundary",
    "managed_policies",
    "inline_policies",
    "state",
    "starts_on",
    "ends_on",
    "beside",
)


def desired_users(
    employees: t.Sequence[Employee], known: KnownDepartments | None, settings: ChartSettings, faults: list[Fault]
) -> list[DesiredUser]:
    """What the list asks of each employee; every fault of theirs is added to ``faults``.

    ``known`` is ``None`` when the departments are no list: then no department is called unknown.
    """
    rows = [row for row, _person in employees]
    desired = with_repeats(rows, [_employee(row, person, known, settings) for row, person in employees])
    for row in rows:
        faults += row.entry.faults
    faults += repeat_faults(rows, "user")
    firsts = first_places(rows)
    return [user for row, user in zip(rows, desired, strict=True) if row.place in firsts]


def _employee(row: Row, person: Person, known: KnownDepartments | None, settings: ChartSettings) -> DesiredUser:
    entry = row.entry
    entry.check_keys(_KEYS)
    tags, policies, inline = read_tags(entry), read_managed_policies(entry), read_inline_policies(entry)
    departments = _departments_of(entry, known)
    all_tags = _with_our_tags(entry, tags.read or {}, person)
    console = _has_console(person, departments.read or (), known)
    path, boundary = read_path(entry), _boundary_of(entry, departments.read or (), known, name_of(settings.everyone))
    user = DesiredUser(
        name=row.name,
        path=path,
        tags=all_tags,
        purge_tags=tags.exact,
        boundary=boundary,
        policies=policies.read,
        purge_policies=policies.exact,
        inline=inline.read,
        purge_inline=inline.exact,
        groups=departments.read,
        purge_groups=departments.exact and settings.sound,
        purge_path=settings.path,
        purge_names=settings.adopted_keys,
        credential=DesiredCredential(console=console, access_key=bool(person.access_key)),
        written=read_written(entry, OF_EMPLOYEE),
    )
    return in_everyone(user, name_of(settings.everyone))


def _with_our_tags(entry: Entry, tags: t.Mapping[str, str], person: Person) -> dict[str, str]:
    ours = {**MARK, **({EMPLOYEE_ID_TAG: person.employee_id} if person.employee_id is not None else {})}
    together = {**tags, **ours}
    if len(tags) <= MAX_TAGS < len(together):
        entry.fault(f"has {len(tags)} tags, and {len(ours)} of ours come to them; IAM allows {MAX_TAGS}")
    return together


def _has_console(person: Person, departments: t.Collection[str], known: KnownDepartments | None) -> bool:
    """Whether a password is wanted: as the employee's entry says, or else any of the departments."""
    if person.console is not None:
        return person.console
    without: frozenset[str] = frozenset() if known is None else known.without_console
    return not departments or any(fold(name) not in without for name in departments)


def _boundary_of(
    entry: Entry, departments: t.Collection[str], known: KnownDepartments | None, everyone: str | None
) -> str | None:
    """As the employee's entry says, or else the departments, or else that of everyone."""
    if "boundary" in entry.values or known is None:
        return read_boundary(entry)
    written = {name: known.boundaries[fold(name)] for name in departments if fold(name) in known.boundaries}
    if not written:
        return None if everyone is None else known.boundaries.get(fold(everyone))
    if len(set(map(fold, written.values()))) > 1:
        told = ", ".join(f"{name}: {boundary or 'none'}" for name, boundary in written.items())
        entry.fault(f"is in departments with different boundaries ({told}): write boundary in the employee's entry")
        return None
    return next(iter(written.values()))


def _departments_of(entry: Entry, known: KnownDepartments | None) -> Value[tuple[str, ...]]:
    """The employee's departments in this account, spelled as in the list of departments."""
    names = read_names(entry, "departments")
    written = entry.values.get("departments")
    if names.read is None or not isinstance(written, (list, tuple)):
        return names
    for same in repeated([name for name in written if isinstance(name, str) and name], fold):
        entry.fault(f"is put into the department {shown(same[0])} more than once")
    if known is None:
        return names
    spellings = {**known.elsewhere, **known.names}
    unknown = [name for name in names.read if fold(name) not in spellings]
    for name in unknown:
        entry.fault(f"is in the unknown department {name}{meant(name, spellings.values())}")
    found = tuple(known.names[fold(name)] for name in names.read if fold(name) in known.names)
    return Value(found, whole=names.whole and not unknown)
