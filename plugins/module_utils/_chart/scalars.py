# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Single values of an entry: addresses, booleans, choices, days and paths.

Each function answers with what was read, or with None when the key was left out or is at fault.
"""

from __future__ import annotations

import datetime
import re
import typing as t

from .._core.names import described, path_fault, shown

if t.TYPE_CHECKING:
    from .entries import Entry

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
# The spellings that Ansible takes. This package is pure and may not import Ansible's `convert_bool`; a unit test holds
# the table against it. In Python True is 1 and False is 0.
_TRUE: frozenset[object] = frozenset({"y", "yes", "on", "1", "true", "t", 1})
_FALSE: frozenset[object] = frozenset({"n", "no", "off", "0", "false", "f", 0})


def read_address(entry: Entry, key: str) -> str | None:
    """A mail address, by its shape."""
    if key not in entry.values or entry.mistyped(key, str, "a mail address"):
        return None
    address = t.cast("str", entry.values[key])
    if not _ADDRESS.fullmatch(address) or not address.isprintable():
        entry.fault(f"has {shown(address)} for {key}, which is not a mail address")
        return None
    return address


def read_boolean(entry: Entry, key: str) -> bool | None:
    """A boolean, in any of the spellings that Ansible takes for one."""
    if key not in entry.values:
        return None
    value = entry.values[key]
    word = value.strip().lower() if isinstance(value, str) else value
    if isinstance(word, (str, int, float)) and word in _TRUE | _FALSE:
        return word in _TRUE
    entry.fault(f"has {described(value)} for {key}; true or false belongs there")
    return None


def read_choice(entry: Entry, key: str, choices: t.Sequence[str]) -> str | None:
    """One of some words."""
    if key not in entry.values:
        return None
    value = entry.values[key]
    if isinstance(value, str) and value in choices:
        return str(value)
    entry.fault(f"has {_written(value)} for {key}; one of {', '.join(choices)} belongs there")
    return None


def read_date(entry: Entry, key: str) -> datetime.date | None:
    """A day: YAML reads an unquoted 2026-11-23 as a date, and Ansible hands it on as text."""
    if key not in entry.values:
        return None
    value = entry.values[key]
    try:
        # A datetime is a date to Python, and its time would be lost.
        if isinstance(value, str) and _DATE.fullmatch(value):
            return datetime.date.fromisoformat(value)
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return value
    except ValueError:
        pass
    entry.fault(f"has {_written(value)} for {key}; write a day as 2026-12-31, or leave the key out")
    return None


def read_path(entry: Entry, key: str = "path") -> str | None:
    """An IAM path."""
    if key not in entry.values or entry.fault(path_fault(entry.values[key])):
        return None
    return t.cast("str", entry.values[key])


def _written(value: object) -> str:
    return shown(value) if isinstance(value, str) else described(value)
