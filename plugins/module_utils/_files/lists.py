# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of employees in files and surveys, joined with the list in the inventory.

A fault of a whole file stops cutting as well: nobody can tell whom its unreadable part names.
"""

from __future__ import annotations

import dataclasses
import glob
import typing as t
from pathlib import Path

from .._chart.chart import read_chart
from .._chart.entries import Origin, repeated
from .._chart.values import Outsider
from .._core.model import fold
from .._core.names import described, shown
from .._core.steps import Fault
from .answers import as_answered
from .asked_keys import without_unasked
from .csv_people import Listed, People, read_people
from .csv_settings import csv_settings
from .items import HAS_YAML, read_json, read_yaml
from .text import FileError, place, read_text

if t.TYPE_CHECKING:
    from .._chart.values import Chart, ChartSettings
    from .csv_settings import CsvSettings
    from .items import Items

_CSV = (".csv", ".tsv", ".txt")
_ITEMS: t.Mapping[str, t.Callable[[str], Items]] = {".json": read_json, ".yml": read_yaml, ".yaml": read_yaml}
_SURVEY = "onboard_extra_employees"


@dataclasses.dataclass(frozen=True)
class Roll:
    """Everybody in the lists: raw entries, and for each entry where it comes from (see :func:`read_chart`).

    If something other than a list was given, ``entries`` is that value. ``faults`` concern whole files and people
    without access. ``without_access`` are the people whom the lists name without access to AWS. ``doubtful`` are the
    places of those of them whom another entry names too.
    """

    entries: object
    origins: tuple[Origin | None, ...] = ()
    faults: tuple[Fault, ...] = ()
    without_access: tuple[Listed, ...] = ()
    doubtful: frozenset[str] = frozenset()

    @property
    def trusted(self) -> bool:
        """Whether a person who is not in it counts as missing."""
        return not any(fault.stops_cutting for fault in self.faults)


def read_lists(params: t.Mapping[str, t.Any], settings: ChartSettings) -> Chart:
    """The chart of all lists that the options of iam_workforce give, those in files and of surveys included."""
    roll = read_roll(
        params["employees"],
        params["employees_from"],
        params["csv"],
        extra=params["extra_employees"],
        may_set=params["files_may_set"],
    )
    chart = read_chart(params["departments"], roll.entries, settings, roll.origins)
    # A run that is limited to some people is not stopped by faults of others.
    told = [fault for fault in roll.faults if fault.stops_cutting or settings.only is None]
    return dataclasses.replace(
        chart,
        faults=(*told, *chart.faults),
        listed=chart.listed if roll.trusted else None,
        without_access=(*(_outsider(one, roll) for one in roll.without_access), *chart.without_access),
    )


def _outsider(one: Listed, roll: Roll) -> Outsider:
    name, employee_id = (None if one.entry.get(key) is None else str(one.entry[key]) for key in ("name", "employee_id"))
    return Outsider(name, employee_id, certain=one.origin.where not in roll.doubtful)


def read_roll(
    employees: object,
    patterns: t.Sequence[str] | None,
    csv: t.Mapping[str, t.Any] | None,
    *,
    extra: object = None,
    may_set: t.Collection[str] = (),
) -> Roll:
    """The given list, joined with those in files and with ``extra``. Where there are files, the given list may be None.

    ``may_set`` are the keys that files and ``extra`` may have beside the facts of a person and the departments.
    """
    employees, faults = _parsed(employees, "employees") if _may_be_list(employees) else (employees, [])
    if faults:
        return Roll([], faults=tuple(faults))
    surveyed, faults = _surveyed(extra)
    surveyed = [without_unasked(as_answered(one), may_set) for one in surveyed]
    found: list[Listed] = []
    if patterns:
        found, told = _in_files(patterns, csv, may_set)
        faults += told
    elif not surveyed and not faults:
        return Roll(employees)
    inline = [] if employees is None and patterns else employees
    if not isinstance(inline, (list, tuple)):
        return Roll(inline, faults=tuple(faults))
    return _joined(inline, [*found, *surveyed], faults)


def _surveyed(extra: object) -> tuple[list[Listed], list[Fault]]:
    """The entries of a survey: a list, or JSON or YAML text of one."""
    if extra is None or (isinstance(extra, str) and not extra.strip()):
        return [], []
    extra, faults = _parsed(extra, _SURVEY)
    if faults:
        return [], faults
    if not isinstance(extra, (list, tuple)):
        what = f"is {described(extra)}; a list of employees, or JSON or YAML text of one, belongs there"
        return [], [Fault(_SURVEY, what, stops_cutting=True)]
    return [
        Listed(t.cast("t.Mapping[str, object]", item), Origin(f"entry {number} of {_SURVEY}"))
        for number, item in enumerate(extra, 1)
    ], []


def _may_be_list(given: object) -> bool:
    """Whether text begins as a list does in JSON or YAML; other text only stands in a list's place."""
    return isinstance(given, str) and given.lstrip().startswith(("[", "-"))


def _parsed(given: object, who: str) -> tuple[object, list[Fault]]:
    """The items of a list in JSON or YAML text; what is no text as it is."""
    if not isinstance(given, str):
        return given, []
    try:
        return [item for item, _line in (read_yaml if HAS_YAML else read_json)(given)], []
    except FileError as error:
        line = f" (line {error.line})" if error.line else ""
        text = f'{error}{line}; write a list such as [{{"name": "asha.rao", "departments": ["sales"]}}]'
        return [], [Fault(who, text, stops_cutting=True)]


def _in_files(
    patterns: t.Sequence[str], csv: t.Mapping[str, t.Any] | None, may_set: t.Collection[str]
) -> tuple[list[Listed], list[Fault]]:
    settings, wrong = csv_settings(csv)
    paths, faults = _files(patterns)
    faults += wrong
    # A table that is read with wrong settings would only give wrong faults.
    read = {path: _people(path, settings) for path in paths if not (wrong and _is_table(path))}
    faults += [fault for people in read.values() for fault in people.faults]
    rows = sum(len(people.listed) for path, people in read.items() if _is_table(path))
    if rows < settings.at_least and not faults:
        faults.append(_too_few(rows, settings))
    # The inventory names each tag that a table may give, and its column: csv.columns.tags.
    of_tables = {*may_set, "tags"} if settings.tags else may_set
    return [
        without_unasked(one, of_tables if _is_table(path) else may_set)
        for path, people in read.items()
        for one in people.listed
    ], faults


def _too_few(rows: int, settings: CsvSettings) -> Fault:
    what = f"is {settings.at_least}, and the files have {rows} rows: probably only a part of the people was exported"
    return Fault("csv.at_least", what, stops_cutting=True)


def _joined(inline: t.Sequence[object], found: list[Listed], faults: list[Fault]) -> Roll:
    given = [(entry, None) for entry in inline]
    everybody = [*given, *((one.entry, one.origin) for one in found)]
    with_access = [one for one in found if one.access]
    outside = tuple(one for one in found if not one.access)
    twice = list(_twice_without_access(everybody, {id(one.origin) for one in outside}))
    return Roll(
        entries=[entry for entry, _origin in given] + [one.entry for one in with_access],
        origins=(*(origin for _entry, origin in given), *(one.origin for one in with_access)),
        faults=(*faults, *map(_twice_fault, twice)),
        without_access=outside,
        doubtful=frozenset(one.where for same in twice for one in same),
    )


def _twice_without_access(everybody: list[tuple[object, Origin | None]], outside: set[int]) -> t.Iterator[list[_Known]]:
    """Each person with several rows, one of them without access. The chart finds all other repeated people."""
    told: set[tuple[int, ...]] = set()
    for key, identity in (("employee_id", str), ("name", fold)):
        known = [
            _Known(key, str(entry[key]), identity(str(entry[key])), origin, number)
            for number, (entry, origin) in enumerate(everybody, 1)
            if isinstance(entry, t.Mapping) and isinstance(entry.get(key), (str, int))
        ]
        for same in repeated(known, lambda one: one.identity):
            numbers = tuple(one.number for one in same)
            if numbers not in told and any(id(one.origin) in outside for one in same):
                told.add(numbers)
                yield same


def _twice_fault(same: list[_Known]) -> Fault:
    where = " and ".join(one.where for one in same)
    what = f"is listed more than once, and without access to AWS ({where}); this takes no access away"
    return Fault(f"{same[0].key} {shown(same[0].value)}", what)


@dataclasses.dataclass(frozen=True)
class _Known:
    """The name or employee id of a person, and the number of the entry that has it."""

    key: str
    value: str
    identity: str
    origin: Origin | None
    number: int

    @property
    def where(self) -> str:
        return self.origin.where if self.origin else f"entry {self.number} of employees"


def _files(patterns: t.Sequence[str]) -> tuple[list[Path], list[Fault]]:
    """The named files, each once. A pattern that matches no file is a fault."""
    found = {pattern: _names(pattern) for pattern in patterns}
    faults = [Fault(pattern, "names no file", stops_cutting=True) for pattern, names in found.items() if not names]
    return [Path(name) for name in dict.fromkeys(name for names in found.values() for name in names)], faults


def _names(pattern: str) -> list[str]:
    """The file of exactly this name, or else the files that match the pattern: a name may hold a pattern's letters."""
    if Path(pattern).exists() or not glob.has_magic(pattern):
        return [pattern]
    return sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207  # Path.glob takes no absolute pattern


def _is_table(path: Path) -> bool:
    return path.suffix.lower() in _CSV


def _people(path: Path, settings: CsvSettings) -> People:
    """Everybody in a file."""
    try:
        if _is_table(path):
            return read_people(read_text(path), str(path), settings)
        return People(tuple(_items(path)))
    except FileError as error:
        return People(faults=(Fault(place(path, error.line), str(error), stops_cutting=True),))


def _items(path: Path) -> list[Listed]:
    read = _ITEMS.get(path.suffix.lower())
    if read is None:
        raise FileError(f"cannot be read as a list of people: its name must end in {', '.join((*_CSV, *_ITEMS))}")
    text = read_text(path)
    if not text.strip():
        raise FileError("is empty")
    items = read(text)
    if not items:
        raise FileError("lists nobody; take it out of employees_from if that is right")
    return [Listed(t.cast("t.Mapping[str, object]", item), Origin(place(path, line))) for item, line in items]
