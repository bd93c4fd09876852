# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trust policies of roles: what IAM would refuse in their documents, and a trust in everybody. Pure."""

from __future__ import annotations

import re
import typing as t

from .._core.documents import listed
from .._core.names import described, meant, shown
from .elements import (
    action_faults,
    condition_faults,
    document_faults,
    effect_faults,
    key_faults,
    named_statements,
    sid_faults,
)

if t.TYPE_CHECKING:
    from .._core.model import Document
    from .elements import Faults, Statement

_KEYS = ("Sid", "Effect", "Principal", "Action", "Condition")
# What a trust policy may not have, with the reason: IAM refuses a resource ("Has prohibited field Resource"), and its
# user guide has no NotPrincipal in a trust policy.
_FORBIDDEN: t.Mapping[str, str] = {
    "Resource": "which a trust policy has not, for it is about its own role alone; take it out",
    "NotResource": "which a trust policy has not, for it is about its own role alone; take it out",
    "NotPrincipal": "which a trust policy has not; write whom it trusts into Principal",
    "NotAction": "which a trust policy has not; write what it allows into Action, such as sts:AssumeRole",
}
# STS API reference: what a role's trust decides.
_ACTIONS = (
    "sts:AssumeRole",
    "sts:AssumeRoleWithSAML",
    "sts:AssumeRoleWithWebIdentity",
    "sts:SetContext",
    "sts:SetSourceIdentity",
    "sts:TagSession",
)
_KINDS = ("AWS", "Federated", "Service")
# IAM user guide, Principal: an account's number; an ARN of a root, user, role or session; what IAM keeps of somebody
# who was deleted (AIDA…, AROA…).
_AWS_PRINCIPAL = re.compile(
    r"\*|[0-9]{12}|A[A-Z0-9]{15,127}|"
    r"arn:aws[a-z-]*:(iam::[0-9]{12}:(root|(user|role)/[!-~]+)|sts::[0-9]{12}:(assumed-role|federated-user)/[!-~]+)"
)
_WILDCARD = re.compile(r"[*?]")
# Conditions that say who is asking, for who trusts all of an organisation (IAM user guide, global condition keys).
# A value such as o-* or arn:aws:iam::*:role/x is of any organisation and account.
_WHO: t.Mapping[str, re.Pattern[str]] = {
    "aws:principalorgid": re.compile(r"o-[a-z0-9]{10,32}"),
    "aws:principalorgpaths": re.compile(r"o-[a-z0-9]{10,32}/.*"),
    "aws:principalaccount": re.compile(r"[0-9]{12}"),
    "aws:principalarn": re.compile(r"arn:[^:]+:(iam|sts)::[0-9]{12}:.+"),
}


def trust_faults(document: Document) -> Faults:
    """Why IAM would refuse the document as a role's trust policy, or whom it should not trust.

    The texts follow the name of the policy: "trust policy has no Principal in statement 1".
    """
    yield from document_faults(document)
    statements = named_statements(document)
    yield from sid_faults(statements)
    for statement in statements:
        yield from _statement_faults(statement)


def _statement_faults(statement: Statement) -> Faults:
    parts, where = statement.parts, statement.where
    for key in parts:
        if key in _FORBIDDEN:
            yield f"has {key} in {where}, {_FORBIDDEN[key]}"
    yield from key_faults({key: parts[key] for key in parts if key not in _FORBIDDEN}, _KEYS, where)
    yield from effect_faults(statement)
    if "NotAction" not in parts:
        yield from action_faults(statement)
        yield from _trust_action_faults(statement)
    if "NotPrincipal" not in parts:
        yield from _principal_faults(statement)
    yield from condition_faults(statement)


def _trust_action_faults(statement: Statement) -> Faults:
    for action in listed(statement.parts.get("Action")):
        # What has not the form of an action is told already.
        if isinstance(action, str) and (action == "*" or ":" in action) and not _may_be_trusted(action):
            yield (
                f"has {shown(action)} for Action in {statement.where}; "
                f"a trust policy decides about {', '.join(_ACTIONS)}{meant(action, _ACTIONS)}"
            )


def _may_be_trusted(action: str) -> bool:
    pattern = "".join({"*": ".*", "?": "."}.get(letter, re.escape(letter)) for letter in action)
    in_sts = action.lower().startswith("sts:")
    return in_sts and any(re.fullmatch(pattern, one, re.IGNORECASE) for one in _ACTIONS)


def _principal_faults(statement: Statement) -> Faults:
    written, where = statement.parts.get("Principal"), statement.where
    example = "write whom the role trusts, such as AWS: an account's number"
    if written is None:
        yield f"has no Principal in {where}; {example}"
    elif written == "*" or isinstance(written, dict):
        kinds = {"AWS": "*"} if written == "*" else written
        if not kinds:
            yield f"has an empty Principal in {where}; {example}"
        yield from key_faults(kinds, _KINDS, f"the Principal of {where}")
        for kind, names in kinds.items():
            yield from _name_faults(kind, listed(names), where)
        yield from _everybody_faults(kinds, statement)
    else:
        yield f"has {described(written)} for Principal in {where}; {example}"


def _name_faults(kind: str, names: list[t.Any], where: str) -> Faults:
    if not names:
        yield f"has nobody for {kind} in the Principal of {where}"
    for name in names:
        if not isinstance(name, str) or not name:
            hint = "; put it in quotes" if isinstance(name, int) else ""
            yield f"has {described(name)} for {kind} in the Principal of {where}{hint}"
        elif kind == "AWS" and not _AWS_PRINCIPAL.fullmatch(name):
            yield (
                f"trusts {shown(name)} in {where}; write an account's number of twelve digits, "
                "or the ARN of a user or role"
            )
        elif name != "*" and _WILDCARD.search(name):
            yield f"trusts {shown(name)} in {where}; a principal has no wildcards: name each, or use a condition"


def _everybody_faults(kinds: Document, statement: Statement) -> Faults:
    everybody = [kind for kind, names in kinds.items() if "*" in listed(names)]
    if everybody and statement.parts.get("Effect") != "Deny" and not _says_who(statement.parts.get("Condition")):
        yield (
            f"trusts everybody (*) in {statement.where}, people of other accounts too; name an account, a user or "
            "a role, or the organisation in a condition on aws:PrincipalOrgID"
        )


def _says_who(condition: object) -> bool:
    """Whether a condition names an organisation, account or principal: what only excludes some does not."""
    if not isinstance(condition, dict):
        return False
    return any(
        key.lower() in _WHO and all(_WHO[key.lower()].fullmatch(str(value)) for value in listed(values))
        for operator, tests in condition.items()
        if _names(operator) and isinstance(tests, dict)
        for key, values in tests.items()
    )


def _names(operator: str) -> bool:
    # Without the key in the request, ForAllValues and IfExists hold.
    kind = operator.removeprefix("ForAnyValue:")
    return kind in ("StringEquals", "StringLike", "ArnEquals", "ArnLike")
