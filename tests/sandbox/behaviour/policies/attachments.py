# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Managed policies attached to users, groups and roles: attaching again changes nothing and counts nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from .. import quotas
from ..account import Account, Role, User
from ..errors import NoSuchEntity
from ..operations import Call, operation
from ..protocol.answers import Answer
from ..protocol.paging import page
from . import arns, owners
from .owners import Owner


def details(owner: Owner) -> list[dict[str, str]]:
    """The attached policies as answers show them."""
    return [{"PolicyName": policy.name, "PolicyArn": policy.arn} for policy in owner.managed_policies.values()]


def _attach(kind: str) -> Callable[[Call], None]:
    def attach(call: Call) -> None:
        owner = owners.named(call, kind)
        policy = arns.attachable(call.account, call["PolicyArn"])
        if policy.arn in owner.managed_policies:
            return
        quotas.require_room(call.account.account_id, f"AttachedPoliciesPer{kind}Quota", len(owner.managed_policies))
        policy.attach_to(owner)

    return attach


def _detach(kind: str) -> Callable[[Call], None]:
    def detach(call: Call) -> None:
        owner = owners.named(call, kind)
        arns.check(call.account, call["PolicyArn"])
        policy = owner.managed_policies.get(call["PolicyArn"])
        if policy is None:
            raise NoSuchEntity(f"Policy {call['PolicyArn']} was not found.")
        policy.detach_from(owner)

    return detach


def _list(kind: str) -> Callable[[Call], Answer]:
    def list_(call: Call) -> Answer:
        prefix = call.get("PathPrefix") or "/"
        attached = sorted(
            (policy.name.casefold() + " " + policy.arn, {"PolicyName": policy.name, "PolicyArn": policy.arn})
            for policy in owners.named(call, kind).managed_policies.values()
            if policy.path.startswith(prefix)
        )
        found, rest = page(call.params, f"ListAttached{kind}Policies", attached)
        return {"AttachedPolicies": found, **rest}

    return list_


for _kind in owners.KINDS:
    operation(f"Attach{_kind}Policy")(_attach(_kind))
    operation(f"Detach{_kind}Policy")(_detach(_kind))
    operation(f"ListAttached{_kind}Policies")(_list(_kind))


@operation("ListEntitiesForPolicy")
def list_entities_for_policy(call: Call) -> Answer | None:
    arn = arns.existing(call.account, call["PolicyArn"]).arn
    prefix = call.get("PathPrefix") or "/"
    found = [
        (f"{kind} {owner.name.casefold()}", (kind, owner))
        for kind, owners in _kinds(call.account)
        if call.get("EntityFilter") in (None, kind)
        for owner in owners
        if owner.path.startswith(prefix) and _uses(owner, arn, call.get("PolicyUsageFilter"))
    ]
    entities, rest = page(call.params, "ListEntitiesForPolicy", sorted(found, key=lambda pair: pair[0]))
    answer: dict[str, Any] = {"PolicyGroups": [], "PolicyUsers": [], "PolicyRoles": [], **rest}
    for kind, owner in entities:
        answer[f"Policy{kind}s"].append({f"{kind}Name": owner.name, f"{kind}Id": owner.id})
    return answer


def _kinds(account: Account) -> tuple[tuple[str, Iterable[Owner]], ...]:
    return (
        ("Group", account.groups.values()),
        ("User", account.users.values()),
        ("Role", account.roles.values()),
    )


def _uses(owner: Owner, arn: str, usage: str | None) -> bool:
    is_boundary = _boundary_arn(owner) == arn
    if usage == "PermissionsBoundary":
        return is_boundary
    attached = arn in owner.managed_policies
    return attached if usage == "PermissionsPolicy" else attached or is_boundary


def _boundary_arn(owner: Owner) -> str | None:
    if isinstance(owner, User):
        return owner.boundary.arn if owner.boundary else None
    if isinstance(owner, Role):
        return owner.permissions_boundary_arn or None
    return None
