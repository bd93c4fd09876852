# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Quotas that the plan would exceed, found before the first write. Pure.

The numbers are the account's own, from GetAccountSummary (API reference), since several of them are adjustable.
"""

from __future__ import annotations

import typing as t

from .._core import documents
from .._core.model import Fault, Group, Phase, User, fold
from .policies import WORDS

if t.TYPE_CHECKING:
    from .._core.model import Directory, Step

_GIVING = {
    "CreateUser",
    "CreateGroup",
    "AddUserToGroup",
    "AttachUserPolicy",
    "AttachGroupPolicy",
    "PutUserPolicy",
    "PutGroupPolicy",
    "TagUser",
}

TAGS_PER_USER = 50
"""Not adjustable and not in GetAccountSummary (IAM user guide, quotas)."""


def needs_quotas(steps: t.Iterable[Step]) -> bool:
    """Whether any step could exceed a quota, so that the numbers must be read."""
    return any(step.operation in _GIVING and step.phase != Phase.LEAVERS for step in steps)


def quota_faults(steps: t.Sequence[Step], after: Directory, summary: t.Mapping[str, int]) -> tuple[Fault, ...]:
    """A fault for each quota that the directory would exceed after the steps.

    Only users and groups to which the steps add something are checked, for an account may exceed a quota already.
    """
    return (*_account_faults(steps, summary), *_subject_faults(steps, after, summary))


def _account_faults(steps: t.Sequence[Step], summary: t.Mapping[str, int]) -> t.Iterator[Fault]:
    for what, created, deleted in (("Users", "CreateUser", "DeleteUser"), ("Groups", "CreateGroup", "DeleteGroup")):
        new = sum(step.operation == created for step in steps)
        total = summary[what] + new - sum(step.operation == deleted for step in steps)
        quota = summary[f"{what}Quota"]
        if new and total > quota:
            text = f"{new} new {what.lower()} would make {total}; the account's quota is {quota} ({what}Quota)"
            yield Fault("account", text)


def _subject_faults(steps: t.Sequence[Step], after: Directory, summary: t.Mapping[str, int]) -> t.Iterator[Fault]:
    given: dict[tuple[str, str, str], None] = {}
    for step in steps:
        # A quota must not keep a leaver in: the steps of a suspension have a fallback, or their failure is reported.
        if step.operation in _GIVING and step.phase != Phase.LEAVERS:
            given[(step.subject.kind, step.subject.name, _what(step.operation))] = None
    for kind, name, what in given:
        entity = after.users.get(fold(name)) if kind == "user" else after.groups.get(fold(name))
        if entity is not None:
            yield from _CHECKS[what](entity, after, summary)


def _what(operation: str) -> str:
    if operation.startswith("Attach"):
        return "attached"
    return {"AddUserToGroup": "groups", "TagUser": "tags"}.get(
        operation, "inline" if operation.startswith("Put") else "nothing"
    )


def _groups(user: User | Group, after: Directory, summary: t.Mapping[str, int]) -> t.Iterator[Fault]:
    count, quota = len(after.groups_of(user.name)), summary["GroupsPerUserQuota"]
    if count > quota:
        names = sorted(after.groups[key].name for key in after.groups_of(user.name) if key in after.groups)
        text = f"would be in {count} groups ({', '.join(names)}); the quota is {quota} (GroupsPerUserQuota)"
        yield Fault(_who(user), text)


def _attached(entity: User | Group, _after: Directory, summary: t.Mapping[str, int]) -> t.Iterator[Fault]:
    words = WORDS[_kind(entity)]
    count, quota = len(entity.attached or {}), summary[words.attached_quota]
    if count > quota:
        text = f"would have {count} managed policies; the quota is {quota} ({words.attached_quota})"
        yield Fault(_who(entity), text)


def _inline(entity: User | Group, _after: Directory, summary: t.Mapping[str, int]) -> t.Iterator[Fault]:
    words = WORDS[_kind(entity)]
    size, quota = sum(map(documents.size, (entity.inline or {}).values())), summary[words.inline_quota]
    if size > quota:
        text = (
            f"its inline policies would have {size} characters together, white space not counted; "
            f"the quota is {quota} ({words.inline_quota})"
        )
        yield Fault(_who(entity), text)


def _tags(entity: User | Group, _after: Directory, _summary: t.Mapping[str, int]) -> t.Iterator[Fault]:
    count = len(entity.tags or {}) if isinstance(entity, User) else 0
    if count > TAGS_PER_USER:
        yield Fault(_who(entity), f"would have {count} tags; IAM allows {TAGS_PER_USER}")


def _nothing(_entity: User | Group, _after: Directory, _summary: t.Mapping[str, int]) -> t.Iterator[Fault]:
    yield from ()


_CHECKS: t.Mapping[str, t.Callable[[User | Group, Directory, t.Mapping[str, int]], t.Iterator[Fault]]] = {
    "groups": _groups,
    "attached": _attached,
    "inline": _inline,
    "tags": _tags,
    "nothing": _nothing,
}


def _kind(entity: User | Group) -> str:
    return "group" if isinstance(entity, Group) else "user"


def _who(entity: User | Group) -> str:
    return f"{_kind(entity)} {entity.name}"
