# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Departments: the list of them becomes the desired groups."""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.desired import DesiredGroup
from .._core.mfa import NAME as MFA_NAME
from .._core.mfa import OPTION as REQUIRE_MFA
from .._core.mfa import requiring_mfa, without_mfa
from .._core.model import fold
from .beside import OF_DEPARTMENT, read_written, with_repeats
from .entries import Entry
from .policies import read_boundary, read_inline_policies, read_managed_policies
from .rows import first_places, repeat_faults
from .scalars import read_boolean, read_path

if t.TYPE_CHECKING:
    from .._core.steps import Fault
    from .rows import Row
    from .values import ChartSettings

_KEYS = (
    "name",
    "accounts",
    "path",
    "managed_policies",
    "inline_policies",
    "boundary",
    "description",
    "console",
    "require_mfa",
    "beside",
)


@dataclasses.dataclass(frozen=True)
class KnownDepartments:
    """The departments that employees may be put into, by key.

    ``names`` are their spellings in the list. The members of those in ``without_console`` need no password,
    those of the ones in ``require_mfa`` need MFA for everything else than to enrol a device.
    ``boundaries`` are those that departments write for their members: a policy's name or ARN, or "" for none.
    ``elsewhere`` are the names of departments of other accounts alone: employees may name them, and are not put there.
    """

    names: t.Mapping[str, str]
    without_console: frozenset[str] = frozenset()
    require_mfa: frozenset[str] = frozenset()
    boundaries: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    elsewhere: t.Mapping[str, str] = dataclasses.field(default_factory=dict)


def known_departments(rows: t.Sequence[Row], elsewhere: t.Mapping[str, str]) -> KnownDepartments:
    """The departments of the list. One with other faults than its name counts, so that its members have none."""
    return KnownDepartments(
        names={row.key: row.name for row in reversed(rows) if row.valid},
        without_console=frozenset(row.key for row in rows if read_boolean(row.entry, "console") is False),
        require_mfa=frozenset(row.key for row in rows if read_boolean(row.entry, REQUIRE_MFA)),
        boundaries={row.key: boundary for row in reversed(rows) for boundary in _boundary(row) if row.valid},
        elsewhere=elsewhere,
    )


def _boundary(row: Row) -> t.Iterator[str]:
    """The boundary of the row's members, if it writes one. Its fault is told once, like that of ``console``."""
    boundary = read_boundary(row.entry)
    if boundary is not None:
        yield boundary


def listed_departments(rows: t.Sequence[Row], settings: ChartSettings) -> frozenset[str] | None:
    """The keys of all departments in the list; ``None`` when none may be taken for missing from it."""
    if settings.only is not None or not settings.sound or not all(row.valid for row in rows):
        return None
    return frozenset(row.key for row in rows)


def desired_groups(rows: t.Sequence[Row], settings: ChartSettings, faults: list[Fault]) -> list[DesiredGroup]:
    """What the list asks of each department; every fault of theirs is added to ``faults``."""
    desired = with_repeats(rows, [_department(row, settings) for row in rows])
    for row in rows:
        faults += row.entry.faults
    faults += repeat_faults(rows, "group")
    firsts = first_places(rows)
    return [group for row, group in zip(rows, desired, strict=True) if row.place in firsts]


def _department(row: Row, settings: ChartSettings) -> DesiredGroup:
    entry = row.entry
    entry.check_keys(_KEYS)
    policies, inline = read_managed_policies(entry), read_inline_policies(entry)
    path = _department_path(entry, settings, adopted=settings.adopts(row.name))
    group = DesiredGroup(
        name=row.name,
        path=path,
        policies=policies.read,
        purge_policies=policies.exact,
        inline=inline.read,
        purge_inline=inline.exact,
        written=read_written(entry, OF_DEPARTMENT),
    )
    return _with_mfa(group, entry)


def _with_mfa(group: DesiredGroup, entry: Entry) -> DesiredGroup:
    """The department with the policy that requires MFA, or without it."""
    if MFA_NAME in map(fold, group.inline or {}):
        entry.fault(f"has the inline policy {MFA_NAME}, a name that the collection keeps for {REQUIRE_MFA}")
        return group
    # Its fault is told where the departments' names are read.
    required = read_boolean(Entry(entry.who, entry.values, []), REQUIRE_MFA)
    return requiring_mfa(group) if required else without_mfa(group)


def _department_path(entry: Entry, settings: ChartSettings, adopted: bool) -> str | None:
    if "path" not in entry.values:
        return None if adopted else settings.path
    path = read_path(entry)
    if path is not None and not adopted and not path.startswith(settings.path):
        entry.fault(f"has the path {path}, which is not under {settings.path}, where the managed departments lie")
        return None
    return path
