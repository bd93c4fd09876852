# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Quotas that the plan would exceed, found before the first write. Pure.

The numbers are the account's own, from GetAccountSummary (API reference), since several of them are adjustable.
"""

from __future__ import annotations

import typing as t

from .._core import documents
from .._core.model import ManagedPolicy, fold
from .._core.steps import Fault
from .policies import WORDS, kind_of

if t.TYPE_CHECKING:
    from .._core.model import Carrier, Directory, Role
    from .._core.steps import Step

    Summary = t.Mapping[str, int]

_GIVING = {
    "CreateUser",
    "CreateGroup",
    "AddUserToGroup",
    "AttachUserPolicy",
    "AttachGroupPolicy",
    "PutUserPolicy",
    "PutGroupPolicy",
    "TagUser",
    "CreatePolicy",
    "CreatePolicyVersion",
    "TagPolicy",
    "CreateRole",
    "UpdateAssumeRolePolicy",
    "AttachRolePolicy",
    "PutRolePolicy",
    "TagRole",
}

TAGS_EACH = 50
"""Of a user, role or policy. Not adjustable and not in GetAccountSummary (IAM user guide, quotas)."""


def needs_quotas(steps: t.Iterable[Step]) -> bool:
    """Whether any step could exceed a quota, so that the numbers must be read."""
    return any(step.operation in _GIVING and not step.phase.is_leaving for step in steps)


def quota_faults(steps: t.Sequence[Step], after: Directory, summary: t.Mapping[str, int]) -> tuple[Fault, ...]:
    """A fault for each quota that the directory would exceed after the steps.

    Only users and groups to which the steps add something are checked, for an account may exceed a quota already.
    """
    return (*_account_faults(steps, summary), *_subject_faults(steps, after, summary))


def _account_faults(steps: t.Sequence[Step], summary: t.Mapping[str, int]) -> t.Iterator[Fault]:
    for what, entity in (("Users", "User"), ("Groups", "Group"), ("Roles", "Role"), ("Policies", "Policy")):
        new = sum(step.operation == f"Create{entity}" for step in steps)
        total = summary.get(what, 0) + new - sum(step.operation == f"Delete{entity}" for step in steps)
        quota = summary.get(f"{what}Quota", total)
        if new and total > quota:
            text = f"{new} new {what.lower()} would make {total}; the account's quota is {quota} ({what}Quota)"
            yield Fault("account", text)


def _subject_faults(steps: t.Sequence[Step], after: Directory, summary: t.Mapping[str, int]) -> t.Iterator[Fault]:
    given: dict[tuple[str, str, str], None] = {}
    for step in steps:
        # A quota must not keep a leaver in: the steps of a suspension have a fallback, or their failure is reported.
        if step.operation in _GIVING and not step.phase.is_leaving:
            given[(step.subject.kind, step.subject.name, _what(step.operation))] = None
    for kind, name, what in given:
        entity = _entity(kind, fold(name), after)
        if entity is not None:
            yield from _CHECKS[what](entity, after, summary)


def _entity(kind: str, key: str, after: Directory) -> Carrier | ManagedPolicy | None:
    places: t.Mapping[str, t.Mapping[str, t.Any]] = {
        "user": after.users,
        "group": after.groups,
        "role": after.roles,
        "policy": after.policies,
    }
    found: Carrier | ManagedPolicy | None = places[kind].get(key)
    return found


def _what(operation: str) -> str:
    if operation.startswith("Attach"):
        return "attached"
    if operation.startswith("Tag"):
        return "tags"
    return _WHATS.get(operation, "inline" if operation.startswith("Put") else "nothing")


_WHATS = {
    "AddUserToGroup": "groups",
    "CreatePolicy": "document",
    "CreatePolicyVersion": "document",
    "CreateRole": "trust",
    "UpdateAssumeRolePolicy": "trust",
}


def _groups(user: t.Any, after: Directory, summary: Summary) -> t.Iterator[Fault]:
    count, quota = len(after.groups_of(user.name)), summary["GroupsPerUserQuota"]
    if count > quota:
        names = sorted(after.groups[key].name for key in after.groups_of(user.name) if key in after.groups)
        text = f"would be in {count} groups ({', '.join(names)}); the quota is {quota} (GroupsPerUserQuota)"
        yield Fault(_who(user), text)


def _attached(entity: t.Any, _after: Directory, summary: Summary) -> t.Iterator[Fault]:
    words = WORDS[kind_of(entity)]
    count, quota = len(entity.attached or {}), summary[words.attached_quota]
    if count > quota:
        text = f"would have {count} managed policies; the quota is {quota} ({words.attached_quota})"
        yield Fault(_who(entity), text)


def _inline(entity: t.Any, _after: Directory, summary: Summary) -> t.Iterator[Fault]:
    words = WORDS[kind_of(entity)]
    size, quota = sum(map(documents.size, (entity.inline or {}).values())), summary[words.inline_quota]
    if size > quota:
        text = (
            f"its inline policies would have {size} characters together, white space not counted; "
            f"the quota is {quota} ({words.inline_quota})"
        )
        yield Fault(_who(entity), text)


def _document(policy: t.Any, _after: Directory, summary: Summary) -> t.Iterator[Fault]:
    size, quota = documents.size(policy.document or {}), summary["PolicySizeQuota"]
    if size > quota:
        yield _too_long(policy, "its document", size, quota)


def _trust(role: t.Any, _after: Directory, summary: Summary) -> t.Iterator[Fault]:
    size, quota = documents.size(role.trust or {}), summary["AssumeRolePolicySizeQuota"]
    if size > quota:
        yield _too_long(role, "its trust policy", size, quota)


def _too_long(entity: Role | ManagedPolicy, what: str, size: int, quota: int) -> Fault:
    return Fault(_who(entity), f"{what} would have {size} characters, white space not counted; the quota is {quota}")


def _tags(entity: t.Any, _after: Directory, _summary: Summary) -> t.Iterator[Fault]:
    count = len(entity.tags or {})
    if count > TAGS_EACH:
        yield Fault(_who(entity), f"would have {count} tags; IAM allows {TAGS_EACH}")


def _nothing(_entity: t.Any, _after: Directory, _summary: Summary) -> t.Iterator[Fault]:
    yield from ()


_CHECKS: t.Mapping[str, t.Callable[[t.Any, Directory, Summary], t.Iterator[Fault]]] = {
    "groups": _groups,
    "attached": _attached,
    "inline": _inline,
    "tags": _tags,
    "document": _document,
    "trust": _trust,
    "nothing": _nothing,
}


def _who(entity: Carrier | ManagedPolicy) -> str:
    kind = "policy" if isinstance(entity, ManagedPolicy) else kind_of(entity)
    return f"{kind} {entity.name}"
