# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables: every dialect that spreadsheets write is read to the same rows."""

from __future__ import annotations

import csv
import io
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._files.csv_rows import Row, read_table
from ansible_collections.workforce.aws.plugins.module_utils._files.text import FileError, decoded
from hypothesis import example, given
from hypothesis import strategies as st

Rows = list[list[str]]


def rows(text: str, *wanted: str) -> list[tuple[str, ...]]:
    table = read_table(text, wanted)
    return [table.header.cells, *(row.cells for row in table.rows)]


def lines(text: str) -> list[int]:
    table = read_table(text)
    return [table.header.line, *(row.line for row in table.rows)]


def told(text: str) -> tuple[str, int | None]:
    with pytest.raises(FileError) as caught:
        read_table(text)
    return str(caught.value), caught.value.line


# Only the line end of the dialect stands for one in a cell: of any other, Python's own writer forgets the quotes.
LINE_END = "¶"
CELL = st.text(
    alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff\r\n"), max_size=12
) | st.just("a¶b")


@st.composite
def tables(draw: st.DrawFn) -> Rows:
    """A header of three titles that are looked for, and rows of any cells that are not blank altogether."""
    row = st.lists(CELL, min_size=3, max_size=3).filter(lambda cells: any(cell.strip() for cell in cells))
    return [["No", "Work e-mail", "Department, site"], *draw(st.lists(row, max_size=5))]


@given(
    tables(),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
)
@example(
    [["No", "Work e-mail", "Department, site"], ["1", 'a "b"; c\r\nd', ",\t;"]], ";", csv.QUOTE_MINIMAL, "\n", True
)
def test_what_any_dialect_writes_is_read_again(
    written: Rows, delimiter: str, quoting: t.Any, end: str, marked: bool
) -> None:
    written = [[cell.replace(LINE_END, end) for cell in row] for row in written]
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(written)
    text = decoded(file.getvalue().encode("utf-8-sig" if marked else "utf-8"))
    assert rows(text, *written[0]) == [tuple(cell.strip() for cell in row) for row in written]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_the_headers(delimiter: str) -> None:
    header = delimiter.join(["No", "Name", "Department"])
    # More of the others than of the one: a guess by frequency would go wrong.
    row = delimiter.join(["1", '"Rao, Asha; Ms, Dr., x\ty"', '"a,b;c,d\te"'])
    assert rows(f"{header}\n{row}\n") == [("No", "Name", "Department"), ("1", "Rao, Asha; Ms, Dr., x\ty", "a,b;c,d\te")]


def test_a_title_that_is_looked_for_tells_the_delimiter() -> None:
    text = "No;Name, first, second;Site, floor\n1;Asha;Pune\n"
    assert rows(text)[0] == ("No;Name", "first", "second;Site", "floor")
    assert rows(text, "Name, first, second")[0] == ("No", "Name, first, second", "Site, floor")
    assert rows(text, "Missing", "No")[0] == ("No", "Name, first, second", "Site, floor")


def test_one_column_needs_no_delimiter() -> None:
    assert rows("name\nasha\n") == [("name",), ("asha",)]


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"'])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_excels_first_line_names_the_delimiter(first: str, end: str) -> None:
    text = end.join([first, "a,b,c;d", "1;2", ""])
    assert rows(text) == [("a,b,c", "d"), ("1", "2")]
    assert lines(text) == [2, 3]


def test_white_space_around_cells_is_none_of_theirs() -> None:
    assert rows('a , "b, c",\td\n 1 , "2, 3",4\u00a0\n') == [("a", "b, c", "d"), ("1", "2, 3", "4")]


def test_blank_rows_are_passed_over() -> None:
    text = "\n;;\na;b;c\n\n1;2;3\n;;\n ; ;\n4;5;6\n;;;;;\n"
    assert rows(text) == [("a", "b", "c"), ("1", "2", "3"), ("4", "5", "6")]
    assert lines(text) == [3, 5, 8]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_row_has_the_line_in_which_it_begins(end: str) -> None:
    text = end.join(["a,b", f'"1{end}2{end}3",x', "4,5", ""])
    assert read_table(text).rows == (Row(2, (f"1{end}2{end}3", "x")), Row(5, ("4", "5")))


def test_short_and_long_rows_are_kept_as_they_are() -> None:
    assert rows("a,b\n1\n1,2,3\n")[1:] == [("1",), ("1", "2", "3")]


@pytest.mark.parametrize("text", ["", "\n", " \r\n\t\n"])
def test_nothing_is_told(text: str) -> None:
    assert told(text) == ("is empty", None)


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_rest() -> None:
    assert told('a,b\n1,2\n3,"4\n5,6\n7,8\n') == ("has a quotation mark that is never closed", 3)
    assert told('"a,b\n1,2\n') == ("has a quotation mark that is never closed", 1)


def test_a_quotation_mark_that_is_not_written_twice_is_told() -> None:
    what = "has a quotation mark inside a quoted cell; there it must be written twice"
    assert told('a,b\n1,"2 "3" 4"\n') == (what, 2)


def test_a_quotation_mark_within_a_cell_is_a_letter() -> None:
    assert rows('a,b\n1,5" disk\n')[1] == ("1", '5" disk')


def test_what_the_csv_module_does_not_take_is_told() -> None:
    what, line = told(f"a,b\n1,{'x' * 140_000}\n")
    assert (what, line) == ("is not readable as CSV: field larger than field limit (131072)", 2)
