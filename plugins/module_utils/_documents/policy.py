# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policies of users, groups and roles, inline or managed: what IAM would refuse in their documents. Pure."""

from __future__ import annotations

import re
import typing as t

from .._core.documents import DEFAULT_VERSION
from .elements import (
    VERSIONS,
    action_faults,
    condition_faults,
    document_faults,
    effect_faults,
    key_faults,
    named_statements,
    resource_faults,
    sid_faults,
)

if t.TYPE_CHECKING:
    from .._core.model import Document
    from .elements import Faults, Statement

_KEYS = ("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition")
_PRINCIPAL_KEYS = ("Principal", "NotPrincipal")
_SID = re.compile(r"[0-9A-Za-z]*")


def policy_faults(document: Document) -> Faults:
    """Why IAM would refuse the document as a policy of an identity. The texts follow the policy's name."""
    yield from _principal_faults(document, "the document")
    yield from document_faults(_without_principals(document))
    statements = named_statements(document)
    yield from sid_faults(statements, _SID)
    for statement in statements:
        yield from _statement_faults(statement)


def managed_policy_faults(document: Document) -> Faults:
    """Why IAM would refuse the document as a customer managed policy; its size is judged with the account's quotas."""
    yield from policy_faults(document)
    # "Policy document must be version 2012-10-17 or greater": so says CreatePolicy, not what puts inline policies.
    if document.get("Version", DEFAULT_VERSION) == DEFAULT_VERSION:
        yield f"has not the Version {VERSIONS[0]}, which IAM wants of a managed policy; write Version: '{VERSIONS[0]}'"


def _statement_faults(statement: Statement) -> Faults:
    yield from _principal_faults(statement.parts, statement.where)
    yield from key_faults(_without_principals(statement.parts), _KEYS, statement.where)
    yield from effect_faults(statement)
    yield from action_faults(statement)
    yield from resource_faults(statement)
    yield from condition_faults(statement)


def _principal_faults(mapping: Document, where: str) -> Faults:
    for key in mapping:
        if key in _PRINCIPAL_KEYS:
            yield f"has {key} in {where}: such a policy applies to its holder alone; take it out"


def _without_principals(mapping: Document) -> Document:
    return {key: value for key, value in mapping.items() if key not in _PRINCIPAL_KEYS}
