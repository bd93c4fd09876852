# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The statements of a policy document: what they deny, and how those of two documents differ. Pure."""

from __future__ import annotations

import typing as t

from . import documents
from .documents import listed

if t.TYPE_CHECKING:
    from .model import Document

Statements = t.Sequence["Document"]


def statements(document: Document | None) -> list[Document]:
    """The document's statements; none without a document."""
    return [] if document is None else listed(document.get("Statement"))


def denies(document: Document | None) -> bool:
    """Whether any statement denies, with or without a condition."""
    return any(one.get("Effect") == "Deny" for one in statements(document))


def always_denies(document: Document | None) -> bool:
    """Whether any statement denies without a condition. A condition, such as one on MFA, can be met."""
    return any(one.get("Effect") == "Deny" and not one.get("Condition") for one in statements(document))


def denies_everything(document: Document | None) -> bool:
    """Whether the document denies everything, so that no other policy can allow anything."""
    return any(
        one.get("Effect") == "Deny"
        and not one.get("Condition")
        and "*" in listed(one.get("Action"))
        and "*" in listed(one.get("Resource"))
        for one in statements(document)
    )


def allows(document: Document | None) -> bool:
    """Whether any statement allows."""
    return any(one.get("Effect") == "Allow" for one in statements(document))


def narrows(old: Document | None, new: Document | None) -> bool:
    """Whether the new document lacks something that the old one allows, or denies something new."""
    return _has_more(old, new, "Allow") or _has_more(new, old, "Deny")


def widens(old: Document | None, new: Document | None) -> bool:
    """Whether the new document allows something new, or lacks something that the old one denies."""
    return _has_more(new, old, "Allow") or _has_more(old, new, "Deny")


def _has_more(one: Document | None, other: Document | None, effect: str) -> bool:
    """Whether `one` has a statement of that effect that `other` lacks. Order and Sid do not matter."""
    wanted = [_alone(statement) for statement in statements(one) if statement.get("Effect") == effect]
    have = [_alone(statement) for statement in statements(other)] if wanted else []
    return not all(any(documents.same(statement, found) for found in have) for statement in wanted)


def _alone(statement: Document) -> Document:
    return {
        "Version": "2012-10-17",
        "Statement": [{key: value for key, value in statement.items() if key != "Sid"}],
    }
