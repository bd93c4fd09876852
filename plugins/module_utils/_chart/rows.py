# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of a list: its entries with their names and places, and the names that stand in it twice."""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.model import fold
from .._core.names import described, name_fault, shown
from .._core.steps import Fault
from .._core.subjects import CHART_TITLES
from .entries import Entry, repeated

if t.TYPE_CHECKING:
    from .._core.subjects import SubjectKind
    from .entries import Origin

    Origins = t.Sequence[Origin | None]


@dataclasses.dataclass(frozen=True)
class Row:
    """An entry at its place. ``name`` is as written, ``""`` when there is none; ``valid`` when IAM would take it."""

    place: int
    entry: Entry
    name: str
    valid: bool
    origin: Origin | None = None

    @property
    def key(self) -> str:
        """The name as IAM compares it."""
        return fold(self.name)


def read_rows(
    variable: str, kind: SubjectKind, raw: object, faults: list[Fault], origins: Origins = ()
) -> list[Row] | None:
    """The rows of a list; ``None`` when it is no list, which is a fault."""
    if isinstance(raw, (list, tuple)):
        beside = [*origins, *[None] * (len(raw) - len(origins))]
        return [_row(variable, place, kind, *of_one) for place, of_one in enumerate(zip(raw, beside, strict=True), 1)]
    found = "is not defined" if raw is None else f"is {described(raw)}"
    text = f"{found}; it must be a list of {plural(kind)} ([] for none)"
    faults.append(Fault(variable, text, stops_cutting=True))
    return None


def _row(variable: str, place: int, kind: SubjectKind, item: object, origin: Origin | None) -> Row:
    """A fault names the entry by its name, or else by its place."""
    where = f"entry {place} of {variable}" if origin is None else origin.where
    if not isinstance(item, t.Mapping):
        entry = Entry(where, {}, [])
        text = f"is {described(item)}; it must be a mapping with a name"
        entry.faults.append(Fault(where, text, stops_cutting=True))
        return Row(place, entry, "", valid=False, origin=origin)
    written = item.get("name")
    name = written if isinstance(written, str) else ""
    known_by = f"{CHART_TITLES[kind]} {shown(name)}"
    entry = Entry((known_by if origin is None else f"{known_by} ({where})") if name else where, item, [])
    if origin is not None:
        entry.faults.extend(Fault(entry.who, what, origin.stops_cutting) for what in origin.faults)
    if "name" in item:
        at_fault = entry.fault(name_fault(kind, written))
    else:
        at_fault = bool(entry.faults) or entry.fault("has no name")
    return Row(place, entry, name, valid=not at_fault, origin=origin)


def repeat_faults(rows: t.Sequence[Row], kind: SubjectKind) -> list[Fault]:
    """A fault for each name that several rows have; IAM compares names without case."""
    faults = []
    for same in repeated([row for row in rows if row.name], lambda row: row.key):
        where = places(same, kind)
        spellings = list(dict.fromkeys(shown(row.name) for row in same))
        if len(spellings) == 1:
            faults.append(Fault(f"{CHART_TITLES[kind]} {spellings[0]}", f"is listed more than once ({where})"))
        else:
            what = f"are one name to IAM, which compares without case ({where})"
            faults.append(Fault(f"{plural(kind)} {' and '.join(spellings)}", what))
    return faults


def places(rows: t.Sequence[Row], kind: SubjectKind) -> str:
    """Where rows stand: ``entries 2 and 7``, or with the files that they come from."""
    if not any(row.origin for row in rows):
        return f"entries {' and '.join(str(row.place) for row in rows)}"
    return " and ".join(row.origin.where if row.origin else f"entry {row.place} of {plural(kind)}" for row in rows)


def plural(kind: SubjectKind) -> str:
    """The word for several subjects of a kind, which is also the name of their list."""
    return "policies" if kind == "policy" else f"{CHART_TITLES[kind]}s"


def first_places(rows: t.Iterable[Row]) -> set[int]:
    """The places of the valid rows that are the first of their name."""
    return set({row.key: row.place for row in reversed(list(rows)) if row.valid}.values())
