# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How numbers and lists of names are told to people. Pure."""

from __future__ import annotations

import typing as t

FOLDED = 10
"""So many names are told in a line; the result has all of them."""

ROWS = 60
"""So many lines of one kind are a page; the others are counted."""


def counted(count: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 person, 2,000 people."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def folded(names: t.Sequence[str], limit: int = FOLDED, *, separator: str = ", ") -> str:
    """The first of the names, and how many more there are."""
    more = len(names) - limit
    return separator.join(names[:limit]) + (f" and {more:,} more" if more > 0 else "")


def folded_lines(lines: t.Sequence[str], limit: int | None = ROWS) -> list[str]:
    """The first of the lines, and one that counts the others and says where they are. Without a limit, all of them."""
    more = 0 if limit is None else len(lines) - limit
    return [*lines[:limit], more_told(more)] if more > 0 else list(lines)


def more_told(count: int) -> str:
    """The line in place of those that were left out."""
    return f"  and {count:,} more: -v shows them, onboard_result has them all"


def printable(line: str) -> str:
    """The line as it may be shown in a terminal: what a terminal would obey, or break the line at, is spelled out."""
    if line.isprintable():
        return line
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in line)
