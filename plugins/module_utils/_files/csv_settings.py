# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How to read a table of employees: the option ``csv``, checked before any file is read. Pure."""

from __future__ import annotations

import dataclasses
import datetime
import re
import typing as t

from .._core.names import described, existing_name_fault, meant, shown
from .._core.steps import Fault
from .text import twice

NO_ACCESS = "none"
"""In place of a department's name: these people have no access to AWS."""

DATE_KEYS = ("starts_on", "ends_on")
LIST_KEYS = ("departments", "accounts", "managed_policies")
TEXT_KEYS = ("name", "email", "employee_id", "console", "credentials_to", "access_key", "path", "boundary", "state")
COLUMN_KEYS = (*TEXT_KEYS, *LIST_KEYS, *DATE_KEYS)
_MADE_FROM_EMAIL = "email"
# Day, month and year differ, so that none can be taken for another.
_TRIED_DATE = datetime.date(2003, 4, 25)


@dataclasses.dataclass(frozen=True)
class CsvSettings:
    """``columns`` maps our keys to the file's titles, ``tags`` maps tag keys to titles; without them titles are keys.

    ``name_from_email``: the part before the @ is the user's name. ``departments`` maps the text of a cell to names of
    departments; an empty tuple means no access. ``separator`` stands between several departments in one cell.
    """

    columns: t.Mapping[str, str] | None = None
    tags: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    name_from_email: bool = False
    departments: t.Mapping[str, tuple[str, ...]] | None = None
    dates: str = "%Y-%m-%d"
    at_least: int = 0
    separator: str | None = None

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles that are looked for."""
        return COLUMN_KEYS if self.columns is None else (*self.columns.values(), *self.tags.values())

    @property
    def needed(self) -> dict[str, str]:
        """Our keys and the titles without which a table cannot be read."""
        name = _MADE_FROM_EMAIL if self.name_from_email else "name"
        return {name: name} if self.columns is None else dict(self.columns)


def csv_settings(raw: t.Mapping[str, t.Any] | None) -> tuple[CsvSettings, tuple[Fault, ...]]:
    """The settings, and what is wrong with them. With wrong settings, no table can be trusted."""
    given = {key: value for key, value in (raw or {}).items() if value is not None}
    reading = _Reading(given, [])
    columns, tags = reading.columns()
    dates = given.get("dates", CsvSettings.dates)
    reading.judge_dates(dates)
    settings = CsvSettings(
        columns=columns,
        tags=tags,
        name_from_email=given.get("name") == _MADE_FROM_EMAIL,
        departments=reading.departments(),
        dates=dates,
        at_least=given.get("at_least", 0),
        separator=reading.separator(),
    )
    return settings, tuple(reading.faults)


@dataclasses.dataclass(frozen=True)
class _Reading:
    given: t.Mapping[str, t.Any]
    faults: list[Fault]

    def fault(self, option: str, what: str) -> None:
        self.faults.append(Fault(f"csv.{option}", what, stops_cutting=True))

    def columns(self) -> tuple[dict[str, str] | None, dict[str, str]]:
        """Titles by our keys, and titles by tag keys. The option ``name`` gives the title of the key ``name``."""
        given = dict(self.given.get("columns") or {})
        tags = given.pop("tags", {})
        name = self.given.get("name", "")
        if name and name != _MADE_FROM_EMAIL:
            if "name" in given:
                self.fault("name", "is given, and so is columns.name: keep one")
            given["name"] = name
        if not given and not tags:
            return None, {}
        columns = self._titles("columns", given)
        for key in columns:
            if key not in COLUMN_KEYS:
                self.fault("columns", f"has the unknown key {shown(key)}{meant(key, (*COLUMN_KEYS, 'tags'))}")
        if name == _MADE_FROM_EMAIL and "name" in columns:
            self.fault("name", "is email, and columns.name is given: keep one")
        self._judge_name_source(columns, name)
        if not isinstance(tags, t.Mapping):
            self.fault("columns.tags", f"is {described(tags)}; a mapping of tags to titles belongs there")
            tags = {}
        return columns, self._titles("columns.tags", tags)

    def _judge_name_source(self, columns: t.Mapping[str, str], name: str) -> None:
        if name == _MADE_FROM_EMAIL:
            if "email" not in columns:
                self.fault("name", "is email, and columns does not say which column holds the mail address")
        elif "name" not in columns:
            self.fault("name", "is missing: write email, or the title of the column that holds the user names")

    def _titles(self, option: str, given: t.Mapping[t.Any, t.Any]) -> dict[str, str]:
        titles = {}
        for key, title in given.items():
            if isinstance(title, str) and title.strip():
                titles[str(key)] = title.strip()
            else:
                self.fault(option, f"has {described(title)} for {shown(key)}; the title of a column belongs there")
        return titles

    def departments(self) -> dict[str, tuple[str, ...]] | None:
        """Names of departments, by the text that stands for them in the file."""
        given = self.given.get("departments")
        if given is None:
            return None
        departments = {}
        for title, value in given.items():
            names = list(value) if isinstance(value, (list, tuple)) else [value]
            bad = [name for name in names if existing_name_fault(name)]
            if bad or not names:
                found = described(bad[0]) if bad else "an empty list"
                self.fault("departments", f"has {found} for {shown(title)}; a department's name belongs there, or none")
            departments[str(title).strip()] = tuple(name for name in names if name != NO_ACCESS)
        for title in twice(str(title).strip() for title in given):
            self.fault("departments", f"has {shown(title)} twice")
        return departments

    def judge_dates(self, form: str) -> None:
        """A form is right if a date that is written with it can be read back."""
        try:
            read = datetime.datetime.strptime(_TRIED_DATE.strftime(form), form).date()
        except (ValueError, re.error):
            # strptime turns the form into a regular expression, which raises its own errors.
            read = None
        if read != _TRIED_DATE:
            told = f"is {shown(form)}, which does not tell day, month and year; write it as %d.%m.%Y or %Y-%m-%d"
            self.fault("dates", told)

    def separator(self) -> str | None:
        """What stands between two departments in one cell."""
        given = self.given.get("separator")
        if given is None or (isinstance(given, str) and given.strip()):
            return given
        self.fault("separator", "is blank; write what stands between two departments in one cell, such as / or |")
        return None
