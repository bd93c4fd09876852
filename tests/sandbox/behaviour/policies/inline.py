# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Inline policies of users, groups and roles: written over, named without case, measured together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .. import quotas
from ..errors import LimitExceededException, NoSuchEntity
from ..operations import Call, operation
from ..protocol.answers import Answer
from ..protocol.paging import page
from . import documents, owners
from .owners import Owner


def details(owner: Owner) -> list[dict[str, str]]:
    """All inline policies as GetAccountAuthorizationDetails shows them."""
    return [
        {"PolicyName": name, "PolicyDocument": documents.encoded(document)} for name, document in owner.policies.items()
    ]


def _existing(owner: Owner, kind: str, name: str) -> str:
    """The stored spelling of a policy's name."""
    if name not in owner.policies:
        raise NoSuchEntity(f"The {kind.lower()} policy with name {name} cannot be found.")
    return owner.policies.spelling(name)


def _put(kind: str) -> Callable[[Call], None]:
    def put(call: Call) -> None:
        owner, name, document = owners.named(call, kind), call["PolicyName"], call["PolicyDocument"]
        documents.check(document)
        kept = [text for other, text in owner.policies.items() if other.casefold() != name.casefold()]
        allowed = quotas.quota(owner.account_id, f"{kind}PolicySizeQuota")
        if documents.size([*kept, document]) > allowed:
            raise LimitExceededException(
                f"Maximum policy size of {allowed} bytes exceeded for {kind.lower()} {owner.name}"
            )
        owner.policies[name] = document

    return put


def _get(kind: str) -> Callable[[Call], Answer]:
    def get(call: Call) -> Answer:
        owner = owners.named(call, kind)
        name = _existing(owner, kind, call["PolicyName"])
        return {
            f"{kind}Name": owner.name,
            "PolicyName": name,
            "PolicyDocument": documents.encoded(owner.policies[name]),
        }

    return get


def _delete(kind: str) -> Callable[[Call], None]:
    def delete(call: Call) -> None:
        owner = owners.named(call, kind)
        del owner.policies[_existing(owner, kind, call["PolicyName"])]

    return delete


def _list(kind: str) -> Callable[[Call], Answer]:
    def list_(call: Call) -> Answer:
        names: list[tuple[str, Any]] = sorted((name.casefold(), name) for name in owners.named(call, kind).policies)
        found, rest = page(call.params, f"List{kind}Policies", names)
        return {"PolicyNames": found, **rest}

    return list_


for _kind in owners.KINDS:
    operation(f"Put{_kind}Policy")(_put(_kind))
    operation(f"Get{_kind}Policy")(_get(_kind))
    operation(f"Delete{_kind}Policy")(_delete(_kind))
    operation(f"List{_kind}Policies")(_list(_kind))
