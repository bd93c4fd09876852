# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The language of policies: whether a statement applies to a request. Pure; the rules are the IAM user guide's.

For the simulator and the pages. Calls are authorised by an evaluator of others (`enforcement`); a test holds this one
against it.
"""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from .errors import PolicyEvaluation

# Before this version `${aws:username}` is nothing but these letters.
WITH_VARIABLES = "2012-10-17"
VARIABLE = re.compile(r"\$\{([^}]*)\}")
NEGATED = {
    "StringNotEquals": "StringEquals",
    "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase",
    "StringNotLike": "StringLike",
    "ArnNotEquals": "ArnLike",
    "ArnNotLike": "ArnLike",
    "NumericNotEquals": "NumericEquals",
    "DateNotEquals": "DateEquals",
    "NotIpAddress": "IpAddress",
}


@dataclass
class Request:
    """What is asked: an action on a resource, and the context in which it is. Notes each key that it did not have."""

    action: str
    resource: str
    context: Mapping[str, Sequence[str]]
    missing: set[str] = field(default_factory=set)

    def values(self, key: str) -> Sequence[str] | None:
        """The values of a context key, whose name has no case; None when the request has none."""
        found = next((values for name, values in self.context.items() if name.casefold() == key.casefold()), None)
        if found is None:
            self.missing.add(key)
        return found


@dataclass(frozen=True)
class Statement:
    """A statement, its place in its policy's list and the version of the policy."""

    body: Mapping[str, Any]
    number: int
    version: str

    @property
    def denies(self) -> bool:
        return bool(self.body["Effect"] == "Deny")

    def applies(self, request: Request) -> bool:
        return self._action(request) and self._resource(request) and self._conditions(request)

    def _action(self, request: Request) -> bool:
        listed = _listed(self.body.get("Action", self.body.get("NotAction")))
        matched = any(glob(_tokens(one.casefold()), request.action.casefold()) for one in listed)
        return matched is ("Action" in self.body)

    def _resource(self, request: Request) -> bool:
        listed = _listed(self.body.get("Resource", self.body.get("NotResource")))
        matched = any(self._like(one, request.resource, request) for one in listed)
        return matched is ("Resource" in self.body)

    def _conditions(self, request: Request) -> bool:
        # Every key is looked at, so that all that is missing is noted.
        held = {
            (operator, key): self._condition(operator, key, _listed(wanted), request)
            for operator, keys in (self.body.get("Condition") or {}).items()
            for key, wanted in keys.items()
        }
        return all(held.values())

    def _condition(self, operator: str, key: str, wanted: Sequence[Any], request: Request) -> bool:
        texts = [text_of(one) for one in wanted]
        given = request.values(key)
        if operator == "Null":
            return any((given is None) is (text.casefold() == "true") for text in texts)
        quantifier, _colon, name = operator.rpartition(":")
        optional = name.endswith("IfExists")
        name = name.removesuffix("IfExists")
        negated, name = name in NEGATED, NEGATED.get(name, name)
        if name not in TESTS:
            raise PolicyEvaluation(f"The condition operator {operator} is not known.")
        if given is None:
            # Of no values all are right and none is.
            return quantifier == "ForAllValues" or (quantifier != "ForAnyValue" and (optional or negated))
        hits = [any(self._test(name, text, value, request) for text in texts) is not negated for value in given]
        return all(hits) if quantifier == "ForAllValues" else any(hits)

    def _test(self, name: str, text: str, value: str, request: Request) -> bool:
        if name in ("StringLike", "ArnLike", "ArnEquals"):
            return self._like(text, value, request)
        expanded = self._expand(text, request)
        return expanded is not None and TESTS[name](expanded, value)

    def _like(self, pattern: str, value: str, request: Request) -> bool:
        tokens: list[str | None] = []
        for literal, variable in self._pieces(pattern):
            if variable is None:
                tokens += _tokens(literal)
                continue
            # What a variable stands for is taken letter by letter: a * in it matches a * alone.
            held = _variable(variable, request)
            if held is None:
                return False
            tokens += ["=" + letter for letter in held]
        return glob(tuple(tokens), value)

    def _expand(self, text: str, request: Request) -> str | None:
        parts = [
            literal if variable is None else _variable(variable, request) for literal, variable in self._pieces(text)
        ]
        return None if None in parts else "".join(part for part in parts if part is not None)

    def _pieces(self, text: str) -> Iterator[tuple[str, str | None]]:
        """(text, None) and ("", variable), in turn."""
        if self.version != WITH_VARIABLES:
            yield text, None
            return
        for place, part in enumerate(VARIABLE.split(text)):
            if place % 2:
                yield "", part
            else:
                yield part, None


@lru_cache(maxsize=1024)
def statements(document: str) -> tuple[Statement, ...]:
    """The statements of a policy document."""
    whole = json.loads(document)
    listed = whole["Statement"] if isinstance(whole["Statement"], list) else [whole["Statement"]]
    return tuple(Statement(body, number, whole.get("Version", "")) for number, body in enumerate(listed))


def text_of(value: Any) -> str:
    """A value of a condition as IAM compares it: all are strings."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def glob(tokens: Sequence[str | None], text: str) -> bool:
    """Whether the text is what the tokens say: "*" any run, "?" one letter, "=x" the letter x."""
    reached = {0}
    for token in tokens:
        if token == "*":
            reached = set(range(min(reached), len(text) + 1)) if reached else set()
        elif token == "?":
            reached = {place + 1 for place in reached if place < len(text)}
        else:
            reached = {place + 1 for place in reached if place < len(text) and token == "=" + text[place]}
    return len(text) in reached


def _tokens(pattern: str) -> tuple[str, ...]:
    return tuple(letter if letter in "*?" else "=" + letter for letter in pattern)


def _variable(inside: str, request: Request) -> str | None:
    if inside in ("*", "?", "$"):
        return inside
    key, comma, default = inside.partition(",")
    values = request.values(key.strip())
    if values is not None and len(values) == 1:
        return values[0]
    return default.strip().strip("'") if comma else None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _date(text: str) -> datetime:
    if text.isdecimal():
        return datetime.fromtimestamp(int(text), UTC)
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _ordered(read: Callable[[str], Any], compare: Callable[[Any, Any], bool]) -> Callable[[str, str], bool]:
    def test(text: str, value: str) -> bool:
        try:
            return compare(read(value), read(text))
        except ValueError:
            return False

    return test


def _in_network(text: str, value: str) -> bool:
    return ipaddress.ip_address(value) in ipaddress.ip_network(text, strict=False)


# By operator: whether the request's value is what the policy's text says.
TESTS: dict[str, Callable[[str, str], bool]] = {
    "StringEquals": str.__eq__,
    "StringEqualsIgnoreCase": lambda text, value: text.casefold() == value.casefold(),
    "StringLike": str.__eq__,
    "ArnEquals": str.__eq__,
    "ArnLike": str.__eq__,
    "BinaryEquals": str.__eq__,
    "Bool": lambda text, value: text.casefold() == value.casefold(),
    "IpAddress": _in_network,
    "NumericEquals": _ordered(float, lambda value, text: bool(value == text)),
    "NumericLessThan": _ordered(float, lambda value, text: bool(value < text)),
    "NumericLessThanEquals": _ordered(float, lambda value, text: bool(value <= text)),
    "NumericGreaterThan": _ordered(float, lambda value, text: bool(value > text)),
    "NumericGreaterThanEquals": _ordered(float, lambda value, text: bool(value >= text)),
    "DateEquals": _ordered(_date, lambda value, text: bool(value == text)),
    "DateLessThan": _ordered(_date, lambda value, text: bool(value < text)),
    "DateLessThanEquals": _ordered(_date, lambda value, text: bool(value <= text)),
    "DateGreaterThan": _ordered(_date, lambda value, text: bool(value > text)),
    "DateGreaterThanEquals": _ordered(_date, lambda value, text: bool(value >= text)),
}
