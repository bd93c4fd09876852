# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trust policies: those that entries write, and those that are made for the departments that may assume a role. Pure.

"The whole account may, and the department's group allows it" would let in every holder of PowerUserAccess. So the trust
asks for a tag of the user that only the collection writes. The session carries the user's name, so that it can be found
and cut (IAM user guide, condition keys aws:PrincipalTag and sts:RoleSessionName).
"""

from __future__ import annotations

import json
import typing as t

from .._core.documents import DocumentError, parse
from .._core.names import shown

if t.TYPE_CHECKING:
    from .._chart.entries import Entry
    from .._core.model import Account, Document


def trust_of_departments(tag: str, account: Account, *, require_mfa: bool) -> Document:
    """Let in the users of the account who carry the tag, under their own names, and with MFA if that is asked."""
    condition: dict[str, t.Any] = {
        "StringEquals": {f"aws:PrincipalTag/{tag}": "yes", "sts:RoleSessionName": "${aws:username}"}
    }
    if require_mfa:
        condition["Bool"] = {"aws:MultiFactorAuthPresent": "true"}
    statement = {
        "Sid": "DepartmentsOfTheChart",
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:{account.partition}:iam::{account.account_id}:root"},
        "Action": "sts:AssumeRole",
        "Condition": condition,
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


def read_trust(entry: Entry, key: str) -> Document | None:
    """A role's trust policy, from a mapping or its JSON text."""
    if key not in entry.values:
        return None
    try:
        document = _parsed(entry.values[key])
    except DocumentError as error:
        entry.fault(f"in {key}, {error}")
        return None
    wrong = list(_principal_faults(document))
    for what in wrong:
        entry.fault(f"in {key}, {what}")
    return None if wrong else document


def _parsed(raw: object) -> Document:
    """The document by the grammar of other policies, which have a resource where this one has a principal."""
    try:
        written = json.loads(raw) if isinstance(raw, str) else raw
    except ValueError as error:
        raise DocumentError(f"is not JSON: {error}") from error
    if not isinstance(written, t.Mapping) or "Statement" not in written:
        return parse(written)
    statements = _listed(written["Statement"])
    trusted = [one.get("Principal") if isinstance(one, t.Mapping) else None for one in statements]
    plain = parse({**written, "Statement": [_with_resource(one) for one in statements]})
    for statement, principal in zip(plain["Statement"], trusted, strict=True):
        del statement["Resource"]
        if principal is not None:
            statement["Principal"] = principal
    return plain


def _with_resource(statement: object) -> object:
    if not isinstance(statement, t.Mapping):
        return statement
    if "Resource" in statement or "NotResource" in statement:
        raise DocumentError("has a Resource, where a trust policy is about its own role alone; take it out")
    return {**{key: value for key, value in statement.items() if key != "Principal"}, "Resource": "*"}


def _principal_faults(document: Document) -> t.Iterator[str]:
    written = document["Statement"]
    statements = written if isinstance(written, list) else [written]
    for number, statement in enumerate(statements, 1):
        principal = statement.get("Principal")
        if principal is None:
            yield f"has no Principal in statement {number}; write whom the role trusts"
        elif statement["Effect"] == "Allow" and "Condition" not in statement and _is_everybody(principal):
            yield f"trusts {shown('*')}, which is everybody, in statement {number}; name whom the role trusts"


def _is_everybody(principal: object) -> bool:
    if isinstance(principal, dict):
        return any(_is_everybody(name) for names in principal.values() for name in _listed(names))
    return principal == "*"


def _listed(names: object) -> list[object]:
    return list(names) if isinstance(names, (list, tuple)) else [names]
