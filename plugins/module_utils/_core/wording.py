# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How numbers and lists of names are told to people. Pure."""

from __future__ import annotations

import typing as t

FOLDED = 10
"""So many names are told in a line; the result has all of them."""


def counted(count: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 person, 2 people."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def folded(names: t.Sequence[str], limit: int = FOLDED, *, separator: str = ", ") -> str:
    """The first of the names, and how many more there are."""
    more = len(names) - limit
    return separator.join(names[:limit]) + (f" and {more} more" if more > 0 else "")
