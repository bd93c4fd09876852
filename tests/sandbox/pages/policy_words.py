# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What policies let a person do, in words for that person: what they say, not what they come to together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

# Of a long list, so many are named and the rest counted.
NAMED = 6


def sentences(document: Mapping[str, Any]) -> list[str]:
    """A line for each statement of a policy."""
    return [_sentence(statement) for statement in _list(document.get("Statement"))]


def _sentence(statement: Mapping[str, Any]) -> str:
    allows = statement.get("Effect") == "Allow"
    words = ["May" if allows else "May never", _actions(statement, "everything" if allows else "anything")]
    if "NotResource" in statement:
        words.append(f"on everything but {_some(statement['NotResource'])}")
    elif (resources := _list(statement.get("Resource"))) != ["*"]:
        words.append(f"on {_some(resources)}")
    words += _conditions(statement.get("Condition") or {})
    return " ".join(words)


def _actions(statement: Mapping[str, Any], everything: str) -> str:
    if "NotAction" in statement:
        return f"do {everything} but {_some(statement['NotAction'])}"
    actions = _list(statement.get("Action"))
    return f"do {everything}" if "*" in actions else _some(actions)


def _conditions(blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    link = "if"
    for operator, tests in blocks.items():
        for key, wanted in tests.items():
            yield f"{link} {key} {operator} {_some(wanted)}"
            link = "and"


def _some(values: Any) -> str:
    texts = [_text(value) for value in _list(values)]
    rest = len(texts) - NAMED
    if rest < 2:
        return ", ".join(texts)
    return f"{', '.join(texts[:NAMED])} and {rest:,} more"


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _list(value: Any) -> list[Any]:
    """IAM takes one value where it takes a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]
