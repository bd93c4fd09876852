# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names as people type them: in a list, in JSON, or in the field of a form with commas or line breaks between. Pure."""

from __future__ import annotations

import ast
import json
import re

from .names import described, shown

_FORMS = "write a list, or names with commas or line breaks between them"
_BETWEEN = re.compile(r"\s*(?:,|[\r\n])\s*")
_SPACE = re.compile(r"\s")


class NamesError(ValueError):
    """Names cannot be read. The text follows the option's name."""


def read_names(given: object, *, spaced: bool = False) -> list[str] | None:
    """The names of an option, without the white space around them; None where it is blank. Raises NamesError.

    White space inside a name is a mistake, unless ``spaced``: then whoever looks for the name tells that nobody has it.
    An empty name, as between two commas, stays one: what that means is for the option to say. A comma belongs to a
    name only in a list, where IAM's names may have one.
    """
    if given is None or (isinstance(given, str) and not given.strip()):
        return None
    items = _of_text(given.strip()) if isinstance(given, str) else given
    if isinstance(items, (int, float)) and not isinstance(items, bool):
        # An employee id in digits.
        items = [items]
    if not isinstance(items, (list, tuple)):
        raise NamesError(f"is {described(given)}; {_FORMS}")
    names = [_name(item) for item in items]
    wrong = next((name for name in names if _SPACE.search(name)), None)
    if wrong is not None and not spaced:
        raise NamesError(f"has {shown(wrong)}, with white space inside a name; {_FORMS}")
    return names


def _of_text(text: str) -> object:
    if not text.startswith("["):
        return _BETWEEN.split(text)
    try:
        return json.loads(text)
    except ValueError:
        pass
    try:
        # A list in a template that became text: Python's way to write one.
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        raise NamesError(f"begins like a list in JSON and is none; {_FORMS}") from None


def _name(item: object) -> str:
    if isinstance(item, bool) or not isinstance(item, (str, int, float)):
        raise NamesError(f"has {described(item)} where a name belongs; {_FORMS}")
    return str(item).strip()
