# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The people in a table: each row becomes an entry of the list of employees, with the chart's own keys. Pure."""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from .._chart.entries import Origin
from .._core.names import meant, shown
from .._core.steps import Fault
from .csv_rows import read_table
from .csv_settings import COLUMN_KEYS, DATE_KEYS, TEXT_KEYS
from .text import place, twice

if t.TYPE_CHECKING:
    from .csv_rows import Row, Table
    from .csv_settings import CsvSettings


@dataclasses.dataclass(frozen=True)
class Listed:
    """One person in a file. Without ``access`` the person gets no user, and the entry may have no name."""

    entry: t.Mapping[str, object]
    origin: Origin
    access: bool = True


@dataclasses.dataclass(frozen=True)
class People:
    """Everybody in a file, and what is wrong with the file as a whole."""

    listed: tuple[Listed, ...] = ()
    faults: tuple[Fault, ...] = ()


def read_people(text: str, path: str, settings: CsvSettings) -> People:
    """The people in the text of a CSV file. Raises FileError where there is no table."""
    table = read_table(text, settings.titles)
    faults = _header_faults(table, path, settings)
    if not table.rows:
        faults.append(Fault(path, "has no row below its header", stops_cutting=True))
    if faults:
        return People(faults=tuple(faults))
    reading = _Reading.of(table, path, settings)
    return People(tuple(reading.listed(row) for row in table.rows))


def _header_faults(table: Table, path: str, settings: CsvSettings) -> list[Fault]:
    """Columns that are missing or given twice; also unknown ones, where the titles must be our keys."""
    titles = [title for title in table.header.cells if title]
    wanted = [*settings.needed.values(), *settings.tags.values()]
    told = [
        f"has no column {shown(title)}{meant(title, titles)}" for title in dict.fromkeys(wanted) if title not in titles
    ]
    told += [f"has the column {shown(title)} twice" for title in twice(titles) if title in settings.titles]
    if settings.columns is None and not told:
        unknown = [title for title in titles if title not in COLUMN_KEYS]
        told = [f"has the unknown column {shown(title)}{meant(title, COLUMN_KEYS)}" for title in unknown]
        if told:
            told[-1] += " (csv.columns says what is in the columns of a file)"
    where = place(path, table.header.line)
    return [Fault(where, what, stops_cutting=True) for what in told]


@dataclasses.dataclass(frozen=True)
class _Reading:
    """Where a table's columns are. The keys of ``titles`` and ``columns`` are ours, those of ``tags`` are tag keys."""

    path: str
    settings: CsvSettings
    width: int
    titles: t.Mapping[str, str]
    columns: t.Mapping[str, int]
    tags: t.Mapping[str, int]

    @classmethod
    def of(cls, table: Table, path: str, settings: CsvSettings) -> _Reading:
        cells = table.header.cells
        own = {title: title for title in cells if title} if settings.columns is None else settings.columns
        return cls(
            path=path,
            settings=settings,
            width=len(cells),
            titles=own,
            columns={key: cells.index(title) for key, title in own.items()},
            tags={key: cells.index(title) for key, title in settings.tags.items()},
        )

    def listed(self, row: Row) -> Listed:
        where = place(self.path, row.line)
        if len(row.cells) != self.width:
            count = len(row.cells)
            what = f"has {count} cell{'' if count == 1 else 's'}, the header has {self.width}"
            return Listed({}, Origin(where, (what,), stops_cutting=True))
        cells = {key: row.cells[column] for key, column in self.columns.items()}
        entry: dict[str, object] = {key: cells[key] for key in TEXT_KEYS if cells.get(key)}
        # A person without access to AWS needs neither a name nor a mail address.
        departments, faults = self._departments(cells)
        if departments == ():
            self._name(entry, cells)
            return Listed(entry, Origin(where), access=False)
        faults += self._name(entry, cells)
        if departments is not None:
            entry["departments"] = [*departments]
        faults += self._dates(entry, cells)
        for key in ("accounts", "managed_policies"):
            if cells.get(key):
                entry[key] = self._split(cells[key])
        if self.tags:
            tags = {key: row.cells[column] for key, column in self.tags.items()}
            entry["tags"] = {key: value for key, value in tags.items() if value}
        return Listed(entry, Origin(where, tuple(faults)))

    def _departments(self, cells: t.Mapping[str, str]) -> tuple[tuple[str, ...] | None, list[str]]:
        """The departments' names, ``()`` for no access, ``None`` where they are not known."""
        if "departments" not in cells:
            return None, []
        title, parts = self.titles["departments"], self._split(cells["departments"])
        if not parts:
            return None, [f"has a blank {title}"]
        known = self.settings.departments
        if known is None:
            return tuple(dict.fromkeys(parts)), []
        unknown = [part for part in parts if part not in known]
        if unknown:
            return None, [f"has the unknown {title} {shown(part)}{meant(part, known)}" for part in unknown]
        return tuple(dict.fromkeys(name for part in parts for name in known[part])), []

    def _split(self, cell: str) -> list[str]:
        separator = self.settings.separator
        parts = [cell] if separator is None else cell.split(separator)
        return [part.strip() for part in parts if part.strip()]

    def _name(self, entry: dict[str, object], cells: t.Mapping[str, str]) -> list[str]:
        """Put the user's name into the entry, or say why there is none."""
        if not self.settings.name_from_email:
            return [] if "name" in entry else [f"has a blank {self.titles['name']}, which would be the user's name"]
        title, address = self.titles["email"], cells["email"]
        if not address:
            return [f"has a blank {title}, from which the user's name would be made"]
        name, at, domain = address.partition("@")
        if not (name and at and domain):
            del entry["email"]
            return [f"has {shown(address)} for {title}, which is not a mail address: no user name can be made from it"]
        entry["name"] = name
        return []

    def _dates(self, entry: dict[str, object], cells: t.Mapping[str, str]) -> list[str]:
        """Put the dates into the entry in ISO's form, or say which of them do not have the file's form."""
        faults = []
        form = self.settings.dates
        for key in DATE_KEYS:
            if not cells.get(key):
                continue
            try:
                entry[key] = datetime.datetime.strptime(cells[key], form).date().isoformat()
            except ValueError:
                faults.append(f"has {shown(cells[key])} for {self.titles[key]}, which is not a date of the form {form}")
        return faults
