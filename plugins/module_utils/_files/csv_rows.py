# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables as spreadsheets and personnel systems write them: CSV with comma, semicolon or tab. Pure."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
import typing as t

from .text import FileError

DELIMITERS = (",", ";", "\t")

# What Excel understands as the delimiter's name, before the header.
_NAMED_DELIMITER = re.compile(r'"?sep=([,;\t])"?(?:\r\n|\r|\n)')


@dataclasses.dataclass(frozen=True)
class Row:
    """A row's cells, and the line in which it begins."""

    line: int
    cells: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Table:
    """A header and the rows below it; rows and lines that are blank are none."""

    header: Row
    rows: tuple[Row, ...]


def read_table(text: str, wanted: t.Collection[str] = ()) -> Table:
    """The table that a text is. ``wanted`` are titles that the right delimiter brings to light. Raises FileError."""
    named = _NAMED_DELIMITER.match(text)
    if named:
        rows = list(_rows(text[named.end() :], named[1], first_line=2))
    else:
        rows = list(_rows(text, _delimiter(text, wanted)))
    if not rows:
        raise FileError("is empty")
    return Table(rows[0], tuple(rows[1:]))


def _delimiter(text: str, wanted: t.Collection[str]) -> str:
    """The delimiter under which the header has most of the wanted titles, or else most titles.

    Only the header is asked: in the rows, departments and names may hold more commas than a table has columns.
    """
    headers = {delimiter: _header(text, delimiter) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda delimiter: (len(headers[delimiter] & {*wanted}), len(headers[delimiter])))


def _header(text: str, delimiter: str) -> set[str]:
    """The titles under a delimiter, none where it is the wrong one for them."""
    try:
        first = next(_rows(text, delimiter), None)
    except FileError:
        return set()
    return set() if first is None else {*first.cells}


def _rows(text: str, delimiter: str, first_line: int = 1) -> t.Iterator[Row]:
    """All rows that hold something, without the white space around their cells."""
    # Strict: a quotation mark that is never closed would otherwise swallow the rest of the file and look like its end.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True)
    while True:
        line = reader.line_num + first_line
        try:
            cells = tuple(cell.strip() for cell in next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            raise FileError(_explained(str(error)), line) from error
        if any(cells):
            yield Row(line, cells)


def _explained(error: str) -> str:
    """What the csv module says, for people who do not know it."""
    if error == "unexpected end of data":
        return "has a quotation mark that is never closed"
    if "expected after" in error:
        return "has a quotation mark inside a quoted cell; there it must be written twice"
    return f"is not readable as CSV: {error}"
