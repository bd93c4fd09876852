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

# A first line such as `sep=;` tells Excel the delimiter.
_NAMED_DELIMITER = re.compile(r'"?sep=([,;\t])"?(?:\r\n|\r|\n)')


@dataclasses.dataclass(frozen=True)
class Row:
    """The cells of a row, and the line in which the row begins."""

    line: int
    cells: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Table:
    """A header and the rows below it. Blank rows and lines are left out."""

    header: Row
    rows: tuple[Row, ...]


def read_table(text: str, wanted: t.Collection[str] = ()) -> Table:
    """Read a text as a table. The delimiter is the one that finds most of the ``wanted`` titles. Raises FileError."""
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

    Only the header decides: in the rows, departments and names may hold more commas than a table has columns.
    """
    headers = {delimiter: _header(text, delimiter) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda delimiter: (len(headers[delimiter] & {*wanted}), len(headers[delimiter])))


def _header(text: str, delimiter: str) -> set[str]:
    """The titles that this delimiter gives; none where the header cannot be read with it."""
    try:
        first = next(_rows(text, delimiter), None)
    except FileError:
        return set()
    return set() if first is None else {*first.cells}


def _rows(text: str, delimiter: str, first_line: int = 1) -> t.Iterator[Row]:
    """All rows that hold something, without the white space around their cells."""
    # Strict: otherwise an unclosed quotation mark would silently take the rest of the file into one cell.
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
    """The csv module's error in words for people who do not know that module."""
    if error == "unexpected end of data":
        return "has a quotation mark that is never closed"
    if "expected after" in error:
        return "has a quotation mark inside a quoted cell; there it must be written twice"
    return f"is not readable as CSV: {error}"
