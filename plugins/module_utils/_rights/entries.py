# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the entries of policies and of roles have in common. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from .._chart.rows import first_places, read_rows, repeat_faults
from .._chart.scalars import read_boolean, read_choice, read_path
from .._chart.tags import read_tags
from .._core.model import fold
from .._core.tags import MARK

if t.TYPE_CHECKING:
    from .._chart.entries import Entry, Value
    from .._chart.rows import Row
    from .._core.steps import Fault
    from .._core.subjects import SubjectKind

STATES = ("present", "absent")
RESERVED_PATHS = ("/aws-service-role/", "/aws-reserved/")
"""Only AWS puts roles and policies there (IAM user guide, service-linked roles and reserved roles)."""


class Common(t.NamedTuple):
    """What every entry says. Without ``ours_only`` one that exists is taken over."""

    path: str | None
    tags: dict[str, str] | None
    purge_tags: bool
    ours_only: bool
    absent: bool


def read_list(kind: SubjectKind, variable: str, raw: object, faults: list[Fault]) -> list[Row] | None:
    """The rows of a list, or None if it is no list.

    It names no people: whatever is wrong with it stops no leaver from being cut off.
    """
    found: list[Fault] = []
    rows = read_rows(variable, kind, raw, found)
    faults += map(_about_giving, found)
    return rows


def told(rows: t.Sequence[Row], kind: SubjectKind) -> list[Fault]:
    """The faults of the rows once they are read."""
    return [_about_giving(fault) for row in rows for fault in row.entry.faults] + repeat_faults(rows, kind)


def firsts(rows: t.Sequence[Row]) -> t.Iterator[Row]:
    """The valid rows that are the first of their name."""
    places = first_places(rows)
    yield from (row for row in rows if row.place in places)


def read_common(entry: Entry, path: str) -> Common:
    """The keys of every entry. ``path`` is where it lies if the entry does not say so."""
    written = read_path(entry) if "path" in entry.values else path
    if written is not None and fold(written).startswith(RESERVED_PATHS):
        entry.fault(f"has the path {written}, which AWS reserves for itself")
    tags: Value[dict[str, str]] = read_tags(entry)
    return Common(
        path=written,
        # Without our mark nobody could tell later that it is ours.
        tags={**(tags.read or {}), **MARK},
        purge_tags=tags.exact,
        ours_only=not read_boolean(entry, "adopt"),
        absent=read_choice(entry, "state", STATES) == "absent",
    )


def _about_giving(fault: Fault) -> Fault:
    return dataclasses.replace(fault, stops_cutting=False)
