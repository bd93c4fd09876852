# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person would want to know of a document that IAM takes. Pure.

Warnings are told of the documents that a run writes: who has read them and left the document as it is, is not told
again.
"""

from __future__ import annotations

import typing as t

from .._core.documents import DEFAULT_VERSION, parse
from .._core.subjects import TITLES
from .actions import action_warnings
from .administrator import ROLE_WAYS, WAYS, rights_of, ways_told
from .elements import named_statements

if t.TYPE_CHECKING:
    from .._core.model import Document
    from .._core.steps import Step
    from .._core.subjects import SubjectKind
    from .elements import Statement
    from .reference import Reference

    Ways = t.Sequence[frozenset[str]]

_TOLD = 5
_DOCUMENT = "PolicyDocument"
_WITH_VARIABLES = ("Resource", "NotResource", "Condition")


def policy_warnings(document: Document, reference: Reference | None = None) -> t.Iterator[str]:
    """What is strange in a policy of an identity, and how far up it leads. The texts follow the policy's name.

    Without a ``reference``, nothing is said about the names of actions. The document has no faults.
    """
    yield from _variable_warnings(document)
    if reference is not None:
        yield from action_warnings(document, reference)
    yield from _way_warnings(document)


def _variable_warnings(document: Document) -> t.Iterator[str]:
    """IAM user guide, Version: what a document without the newer one says is taken by the letter."""
    if document.get("Version", DEFAULT_VERSION) != DEFAULT_VERSION:
        return
    for statement in named_statements(document):
        if any("${" in text for text in _texts([statement.parts.get(key) for key in _WITH_VARIABLES])):
            yield (
                f"has a variable (${{…}}) in {statement.where}, which is plain text in Version {DEFAULT_VERSION}; "
                "write Version 2012-10-17"
            )


def _texts(value: object) -> t.Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield value


def _way_warnings(document: Document) -> t.Iterator[str]:
    rights = rights_of(document)
    if rights.ways:
        where = _where(document, rights.ways)
        yield f"makes its holder an administrator: {_told(rights.ways)}, in {where}{_reason(rights.ways, WAYS)}"
    elif rights.role_ways:
        where = _where(document, rights.role_ways)
        told = f"{_told(rights.role_ways)}, in {where}{_reason(rights.role_ways, ROLE_WAYS)}"
        yield f"lets its holder act as any role of a kind: {told}; name the resources that are meant"


def _told(ways: Ways) -> str:
    told = ways_told(ways)
    return "it allows everything" if told == "everything" else told


def _reason(ways: Ways, table: t.Mapping[frozenset[str], t.Any]) -> str:
    """Why one of them is a way; of many, each reader knows."""
    if len(ways) > _TOLD:
        return ""
    return f" (it {', or '.join(dict.fromkeys(table[way].reason for way in ways))})"


def _where(document: Document, ways: Ways) -> str:
    """The statements that allow a part of the ways."""
    needed = frozenset[str]().union(*ways)
    found = [one.where for one in named_statements(document) if _allowed(one) & needed]
    more = f" and {len(found) - _TOLD} more" if len(found) > _TOLD else ""
    return ", ".join(found[:_TOLD]) + more


def _allowed(statement: Statement) -> frozenset[str]:
    return rights_of({"Statement": [statement.parts]}).allowed


def step_warnings(
    steps: t.Iterable[Step], reference: Reference | None = None, titles: t.Mapping[SubjectKind, str] = TITLES
) -> list[str]:
    """The warnings of all documents that the steps write, those of many holders of one document once.

    ``titles`` are the words for the subjects: a chart has employees and departments.
    """
    holders: dict[tuple[str, str], list[str]] = {}
    for step in steps:
        # A trust policy gives its holder nothing.
        if _DOCUMENT in step.params and step.operation != "UpdateAssumeRolePolicy":
            name = f", inline policy {step.params['PolicyName']}" if step.operation.startswith("Put") else ""
            holder = f"{titles.get(step.subject.kind, step.subject.kind)} {step.subject.name}"
            holders.setdefault((step.params[_DOCUMENT], name), []).append(holder)
    return [
        f"{_holders(who)}{name}: {warning}"
        for (text, name), who in holders.items()
        for warning in policy_warnings(parse(text), reference)
    ]


def _holders(who: t.Sequence[str]) -> str:
    more = f" and {len(who) - 1} more" if len(who) > 1 else ""
    return f"{who[0]}{more}"
