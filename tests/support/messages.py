# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds the sentences with which a run can end, in the syntax of the code.

A sentence is a text of two words or more. In files that write pages, mails and the lines of steps, only the texts count
that stand in a function that makes a fault or the like. In other files all of them count.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

VARIES = "…"
WORD = re.compile(r"[A-Za-z][A-Za-z']+")
# Functions and classes that take the text with which a run ends.
ENDINGS = frozenset(
    {"Fault", "fault", "Failure", "Settled", "ReadError", "Faults", "fail_json", "warn"}
    | {"EarlierReportError", "PageError"}
)
# Files and packages with one of these words in their name write what was done, or the text of a mail.
PAGES = frozenset(
    {"plan", "page", "pages", "summary", "report", "inventory", "letter", "passwords", "result", "results", "review"}
)
# Arguments of these are not sentences; those of a way to more rights are parts of one warning, with their sources.
NO_TEXT = frozenset({"cast", "compile", "search", "match", "fullmatch", "findall", "TypeVar", "Literal", "Way"})


@dataclass(frozen=True)
class Message:
    """A sentence, with ``…`` for its variable parts, and its place in the code."""

    text: str
    file: str
    line: int

    @property
    def fragment(self) -> str:
        """Its longest fixed part."""
        return longest_part(self.text)


def longest_part(text: str) -> str:
    """The longest part between two ``…``."""
    return max((part.strip() for part in one_line(text).split(VARIES)), key=len)


def one_line(text: str) -> str:
    """Without line breaks; several variable parts in a row become one."""
    return re.sub(f"{VARIES}+", VARIES, " ".join(text.split()))


@functools.cache
def messages_of(folder: Path) -> tuple[Message, ...]:
    """Every sentence below the folder, in the order of files and lines."""
    return tuple(message for path in sorted(folder.rglob("*.py")) for message in _in_file(path, folder))


def _in_file(path: Path, folder: Path) -> Iterator[Message]:
    words = {word for part in path.relative_to(folder).with_suffix("").parts for word in part.split("_")}
    only_endings = bool(words & PAGES)
    for node, ends in _texts(ast.parse(path.read_text(encoding="utf-8")), ends=False):
        text = _text(node)
        if (
            (ends or not only_endings)
            and not text.startswith("<")
            and len(WORD.findall(text.replace(VARIES, " "))) > 1
            and " " in text.strip()
        ):
            yield Message(text, str(path.relative_to(folder)), node.lineno)


def _texts(node: ast.AST, *, ends: bool) -> Iterator[tuple[ast.Constant | ast.JoinedStr, bool]]:
    """The texts below a node, each with whether it stands in a function that ends a run."""
    if isinstance(node, (ast.FunctionDef, ast.Lambda)):
        ends = ends or any(_ends(inner) for inner in ast.walk(node))
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        yield node, ends
        return
    for child in _children(node):
        yield from _texts(child, ends=ends)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call) and _name(node.func) in NO_TEXT:
        return
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "bound"):
            continue
        children = [child for child in (value if isinstance(value, list) else [value]) if isinstance(child, ast.AST)]
        yield from (child for child in children if not _is_docstring(child))


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _ends(node: ast.AST) -> bool:
    if isinstance(node, ast.Raise):
        return isinstance(node.exc, ast.Call)
    return isinstance(node, ast.Call) and _name(node.func) in ENDINGS


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _text(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    return "".join(_text(part) if isinstance(part, ast.Constant) else VARIES for part in node.values)
