# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Entries of employees that were typed into a form: a field that was left empty is a blank text. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.typed_names import NamesError, read_names

if t.TYPE_CHECKING:
    from .csv_people import Listed


def as_answered(listed: Listed) -> Listed:
    """The entry without what was left blank, but for the name, and with the departments as a list."""
    # A survey's item may be of any type: the chart reports it.
    entry: object = listed.entry
    if not isinstance(entry, t.Mapping):
        return listed
    kept = {key: _trimmed(value) for key, value in entry.items() if key == "name" or not _is_blank(value)}
    if not isinstance(kept.get("departments"), str):
        return dataclasses.replace(listed, entry=kept)
    try:
        kept["departments"] = read_names(kept["departments"])
    except NamesError as error:
        origin = dataclasses.replace(listed.origin, faults=(*listed.origin.faults, f"departments {error}"))
        return dataclasses.replace(listed, entry={**kept, "departments": []}, origin=origin)
    return dataclasses.replace(listed, entry=kept)


def _trimmed(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _is_blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()
