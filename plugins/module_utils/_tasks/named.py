# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the options that take names, in the same way for every module: lists, JSON, or text with commas."""

from __future__ import annotations

import typing as t

from .._core.steps import Fault
from .._core.typed_names import NamesError, read_names

Params = t.Mapping[str, t.Any]

# A misread list of these would cut off somebody, or do a run for everybody.
_LIMITING = ("only", "who")
_KEEPING = ("protected", "adopted_departments")


def with_names(params: Params, *options: str) -> tuple[dict[str, t.Any], tuple[Fault, ...]]:
    """The parameters with the names of these options as lists, and what is wrong with them.

    A blank answer is not given. Where a run is limited by it, it is one empty name, which names nobody: to leave a
    form's field empty is not to ask for everybody.
    """
    read = dict(params)
    faults: list[Fault] = []
    for option in options:
        empty: list[str] | None = None if option in _LIMITING else []
        try:
            # In `who`, a name that nobody has must not stop the others from being cut off.
            names = read_names(params[option], spaced=option == "who")
        except NamesError as error:
            faults.append(Fault(option, str(error), stops_cutting=option in (*_LIMITING, *_KEEPING)))
            read[option] = [] if option in _LIMITING else empty
            continue
        blank = [""] if option in _LIMITING and params[option] is not None else empty
        read[option] = blank if names is None else names
    return read, tuple(faults)
