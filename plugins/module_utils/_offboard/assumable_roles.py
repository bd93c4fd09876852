# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which roles a user could assume: a deny on the user does not end a role's session that is open already. Pure.

Conditions, denies and boundaries are not weighed: whoever is named here could have a session, not surely has one.
"""

from __future__ import annotations

import dataclasses
import re
import typing as t

if t.TYPE_CHECKING:
    from .._core.model import Document

ASSUME = "sts:AssumeRole"
_ROLE_ARN = re.compile(r"arn:[^:]*:iam::(?P<account>[^:]*):role/.*")
_VARIABLE = re.compile(r"\$\{[^}]*\}")


@dataclasses.dataclass(frozen=True)
class Role:
    """A role of the account. ``max_session`` are seconds."""

    arn: str
    name: str
    max_session: int
    trust: Document


@dataclasses.dataclass(frozen=True)
class Assumable:
    """Roles of this account, and as written in the policies, those of others."""

    roles: tuple[Role, ...] = ()
    elsewhere: tuple[str, ...] = ()


def assumable(user_arn: str, documents: t.Sequence[Document], roles: t.Iterable[Role]) -> Assumable:
    """What the policies that reach a user, and the roles' own, let it assume."""
    account = user_arn.split(":")[4]
    statements = [each for document in documents for each in _statements(document) if _allows(each)]
    found = [role for role in roles if _may_assume(role, user_arn, account, statements)]
    patterns = [pattern for statement in statements for pattern in _as_list(statement.get("Resource"))]
    elsewhere = dict.fromkeys(pattern for pattern in patterns if _is_elsewhere(pattern, account))
    if any("NotResource" in statement for statement in statements):
        elsewhere["*"] = None
    return Assumable(tuple(found), tuple(elsewhere))


def _may_assume(role: Role, user_arn: str, account: str, statements: t.Sequence[Document]) -> bool:
    """A role of the same account may admit the user itself; one that admits the account wants a policy beside."""
    principals = _principals(role.trust)
    if principals & {user_arn, "*"}:
        return True
    admits_account = any(name == account or name.endswith(f"::{account}:root") for name in principals)
    return admits_account and any(_covers(statement, role.arn) for statement in statements)


def _principals(trust: Document) -> set[str]:
    """Who may assume a role; whom a NotPrincipal leaves out is not known, so it admits anybody."""
    found: set[str] = set()
    for statement in _statements(trust):
        if not _allows(statement):
            continue
        principal = statement.get("Principal", "*")
        found.update(_as_list(principal.get("AWS")) if isinstance(principal, dict) else _as_list(principal))
    return found


def _allows(statement: Document) -> bool:
    if statement.get("Effect") != "Allow":
        return False
    if "NotAction" in statement:
        return not any(_matches(pattern, ASSUME) for pattern in _as_list(statement["NotAction"]))
    return any(_matches(pattern, ASSUME) for pattern in _as_list(statement.get("Action")))


def _covers(statement: Document, arn: str) -> bool:
    if "NotResource" in statement:
        return not any(_matches(pattern, arn) for pattern in _as_list(statement["NotResource"]))
    return any(_matches(pattern, arn) for pattern in _as_list(statement.get("Resource")))


def _is_elsewhere(pattern: str, account: str) -> bool:
    if pattern == "*":
        return True
    found = _ROLE_ARN.fullmatch(pattern)
    return found is not None and found["account"] != account


def _matches(pattern: str, text: str) -> bool:
    """IAM's wildcards; a policy variable can stand for anything. Actions are compared without case, ARNs are few."""
    parts = re.split(r"([*?])", _VARIABLE.sub("*", pattern))
    expression = "".join({"*": ".*", "?": "."}.get(part) or re.escape(part) for part in parts)
    return re.fullmatch(expression, text, re.IGNORECASE) is not None


def _statements(document: Document) -> list[Document]:
    found = document.get("Statement") or []
    return [found] if isinstance(found, dict) else list(found)


def _as_list(value: object) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else [str(each) for each in t.cast("t.Iterable[object]", value)]
