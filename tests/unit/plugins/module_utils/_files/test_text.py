# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The text of a file: which bytes are taken, and what is told of the others."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._files.text import (
    FileError,
    decoded,
    line_of,
    place,
    read_text,
    twice,
)
from hypothesis import given
from hypothesis import strategies as st


def told(raw: bytes) -> tuple[str, int | None]:
    with pytest.raises(FileError) as caught:
        decoded(raw)
    return str(caught.value), caught.value.line


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")), st.booleans())
def test_a_text_is_the_same_with_and_without_its_mark(text: str, marked: bool) -> None:
    assert decoded(text.encode("utf-8-sig" if marked else "utf-8")) == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_byte_that_is_not_utf_8_is_named_with_its_line(end: str) -> None:
    text = f"name{end}asha{end}Jürgen{end}"
    what = "has the byte 0xfc, which is not UTF-8; save the file as UTF-8"
    assert told(text.encode("latin-1")) == (what, 3)
    assert told(b"\xef\xbb\xbf" + text.encode("latin-1")) == (what, 3)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
@pytest.mark.parametrize("order", ["le", "be"])
def test_what_excel_calls_unicode_text_is_told(encoding: str, order: str) -> None:
    raw = ("\ufeff" + "name\n").encode(f"{encoding}-{order}")
    assert told(raw) == (f"is in {encoding.upper()}; save the file as UTF-8", None)


def test_a_null_byte_is_told() -> None:
    assert told(b"name\nasha\0\n") == ("has a null byte, which no text file has; save the file as UTF-8", 2)


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    for path, what in ((tmp_path, "is not a file"), (tmp_path / "no", "does not exist")):
        with pytest.raises(FileError, match=what):
            read_text(path)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"\xef\xbb\xbfname\r\n")
    assert read_text(path) == "name\r\n"

    def refuse(_self: Path) -> t.NoReturn:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(FileError, match=r"^cannot be read: Permission denied$"):
        read_text(path)


def test_lines_are_counted_by_any_line_end() -> None:
    text = "a\nb\r\nc\rd"
    assert [line_of(text, text.index(letter)) for letter in "abcd"] == [1, 2, 3, 4]


def test_a_place_has_a_line_where_it_is_known() -> None:
    assert (place(Path("hr/x.csv"), 7), place("hr/x.csv", None)) == ("hr/x.csv line 7", "hr/x.csv")


def test_what_occurs_more_than_once_is_told_once() -> None:
    assert twice("abcacaa") == ["a", "c"]
