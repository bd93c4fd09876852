# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The text of a file of employees, or why there is none."""

from __future__ import annotations

import codecs
import re
import typing as t
from pathlib import Path

# Longer marks first: the mark of UTF-32 begins like that of UTF-16.
_FOREIGN_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
_LINE_END = re.compile(r"\r\n|\r|\n")
_SAVE = "save the file as UTF-8"


class FileError(ValueError):
    """A file cannot be understood. The text follows the file's name; ``line`` is None where it is not known."""

    def __init__(self, what: str, line: int | None = None) -> None:
        super().__init__(what)
        self.line = line


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, without its byte order mark. Raises FileError."""
    try:
        if not path.is_file():
            raise FileError("is not a file" if path.exists() else "does not exist")
        raw = path.read_bytes()
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror or error}") from error
    return decoded(raw)


def decoded(raw: bytes) -> str:
    """The text, if it is one. Raises FileError."""
    for mark, encoding in _FOREIGN_MARKS.items():
        if raw.startswith(mark):
            raise FileError(f"is in {encoding}; {_SAVE}")
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = line_of(raw[: error.start].decode("utf-8"), error.start)
        raise FileError(f"has the byte 0x{raw[error.start]:02x}, which is not UTF-8; {_SAVE}", line) from error
    if "\0" in text:
        raise FileError(f"has a null byte, which no text file has; {_SAVE}", line_of(text, text.index("\0")))
    return text


def line_of(text: str, position: int) -> int:
    """The number of the line, from 1, in which a position lies."""
    return 1 + line_ends(text, 0, position)


def line_ends(text: str, start: int, end: int) -> int:
    """How many lines end between two positions."""
    return len(_LINE_END.findall(text, start, end))


def place(path: object, line: int | None) -> str:
    """A file and its line, if there is one, as every message names them."""
    return str(path) if line is None else f"{path} line {line}"


def twice(items: t.Iterable[str]) -> list[str]:
    """The items that occur more than once, each once."""
    seen: dict[str, int] = {}
    for item in items:
        seen[item] = seen.get(item, 0) + 1
    return [item for item, count in seen.items() if count > 1]
