# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Statements as policies that IAM takes: one, or several where one would be too long."""

from __future__ import annotations

import dataclasses
import itertools
import typing as t

from .._core import documents

if t.TYPE_CHECKING:
    from .._core.model import Document
    from .statement import Statement

MAX_SIZE = 6144
"""Characters of a managed policy, white space not counted (IAM user guide, quotas)."""

_VERSION = "2012-10-17"


@dataclasses.dataclass(frozen=True)
class Policy:
    """One policy to attach. ``name`` is a proposal."""

    name: str
    statements: tuple[Statement, ...]

    @property
    def document(self) -> Document:
        """The policy document."""
        return _document(self.statements)

    @property
    def size(self) -> int:
        """The characters that count."""
        return documents.size(self.document)


def as_policies(name: str, statements: t.Sequence[Statement], limit: int = MAX_SIZE) -> list[Policy]:
    """The statements as few policies as their subjects allow; all of them are for the same principal.

    One policy if it fits; else a subject stays together where it fits, and a statement that does not fit alone is
    split into several with the same meaning.
    """
    if _size(statements) <= limit:
        return [Policy(name, tuple(statements))]
    packed: list[list[Statement]] = [[]]
    for part in _parts(statements, limit):
        if packed[-1] and _size([*packed[-1], *part]) > limit:
            packed.append([])
        packed[-1] += part
    return [Policy(f"{name}-{number}", tuple(found)) for number, found in enumerate(packed, 1)]


def _parts(statements: t.Sequence[Statement], limit: int) -> t.Iterator[list[Statement]]:
    """The statements of each subject; one by one where a subject does not fit."""
    for _part, found in itertools.groupby(statements, key=lambda statement: statement.part):
        subject = list(found)
        if _size(subject) <= limit:
            yield subject
        else:
            yield from ([piece] for statement in subject for piece in _pieces(statement, limit))


def _pieces(statement: Statement, limit: int) -> list[Statement]:
    """The statement, or two or more that say the same: each has a part of its longest list of alternatives."""
    pieces = [statement]
    while any(_size([piece]) > limit for piece in pieces):
        halves = [half for piece in pieces for half in (_halves(piece) if _size([piece]) > limit else [piece])]
        if len(halves) == len(pieces):
            break
        pieces = halves
    if len(pieces) == 1:
        return pieces
    return [dataclasses.replace(piece, sid=f"{statement.sid}{number}") for number, piece in enumerate(pieces, 1)]


def _halves(statement: Statement) -> list[Statement]:
    """Halves by the resources, or by the ARNs of the condition. Alternatives may be split: an Allow adds to another."""
    lists = [(len(str(statement.resources)), "", "")]
    for operator, keys in statement.conditions.items():
        lists += [(len(str(value)), operator, key) for key, value in keys.items() if isinstance(value, list)]
    for _length, operator, key in sorted(lists, reverse=True):
        found = statement.conditions[operator][key] if operator else list(statement.resources)
        if len(found) < 2 or operator.startswith("For"):
            continue
        middle = len(found) // 2
        return [_with(statement, operator, key, half) for half in (found[:middle], found[middle:])]
    return [statement]


def _with(statement: Statement, operator: str, key: str, half: list[str]) -> Statement:
    if not operator:
        return dataclasses.replace(statement, resources=tuple(half))
    keys = {**statement.conditions[operator], key: half[0] if len(half) == 1 else half}
    return dataclasses.replace(statement, conditions={**statement.conditions, operator: keys})


def _document(statements: t.Iterable[Statement]) -> Document:
    return {"Version": _VERSION, "Statement": [statement.document() for statement in statements]}


def _size(statements: t.Iterable[Statement]) -> int:
    return documents.size(_document(statements))
