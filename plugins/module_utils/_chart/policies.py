# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policies of an entry: managed ones, inline ones, the boundary."""

from __future__ import annotations

import typing as t

from .._core.documents import DocumentError, parse
from .._core.model import fold
from .._core.names import policy_name_fault, policy_reference_fault
from .._core.suspension import DENY_NAME
from .._documents.policy import policy_faults
from .entries import Value, repeated

if t.TYPE_CHECKING:
    from .._core.model import Document
    from .entries import Entry

    Judge = t.Callable[[Document], t.Iterable[str]]


def read_boundary(entry: Entry) -> str | None:
    """A managed policy's name or ARN, or the empty string that removes the boundary."""
    if "boundary" not in entry.values:
        return None
    value = entry.values["boundary"]
    if value != "" and entry.fault_in("boundary", policy_reference_fault(value)):
        return None
    return t.cast("str", value)


def read_managed_policies(entry: Entry) -> Value[tuple[str, ...]]:
    """Managed policies by name or ARN; one written twice counts once."""
    key = "managed_policies"
    items = entry.items(key, "a list of policy names or ARNs")
    if items is None:
        return Value(None, whole=key not in entry.values)
    good = [item for item in items if not entry.fault_in(key, policy_reference_fault(item))]
    return Value(tuple(dict.fromkeys(t.cast("list[str]", good))), whole=len(good) == len(items))


def read_document(entry: Entry, what: str, raw: object, faults: Judge = policy_faults) -> Document | None:
    """The document, or None when it has faults. All of them are kept, with what it is: "inline policy x has …".

    ``faults`` judges the kind of document: :func:`policy_faults`, or :func:`.trust.trust_faults` of a role.
    """
    try:
        document = parse(raw)
    except DocumentError as error:
        entry.fault(f"{what} {error}")
        return None
    found = [entry.fault(f"{what} {fault}") for fault in faults(document)]
    return None if found else document


def read_inline_policies(entry: Entry) -> Value[dict[str, Document]]:
    """Inline policies: documents by name."""
    key = "inline_policies"
    if key not in entry.values:
        return Value(None)
    if entry.mistyped(key, t.Mapping, "a mapping of names to policy documents"):
        return Value(None, whole=False)
    written = t.cast("t.Mapping[object, object]", entry.values[key])
    documents: dict[str, Document] = {}
    for name, raw in written.items():
        if entry.fault_in(key, policy_name_fault(name), name):
            continue
        if fold(str(name)) == DENY_NAME:
            entry.fault(
                f"has the inline policy {name}, a name that the collection keeps for its deny of suspended users"
            )
            continue
        document = read_document(entry, f"inline policy {name}", raw)
        if document is not None:
            documents[str(name)] = document
    for same in repeated(documents, fold):
        names = " and ".join(same)
        entry.fault(f"has the inline policies {names}, which are one name to IAM: it compares them without case")
    return Value(documents, whole=len(documents) == len(written))
