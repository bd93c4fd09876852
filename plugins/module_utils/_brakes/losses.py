# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Losses: from whom a plan takes access. Pure."""

from __future__ import annotations

import typing as t

from .._core import documents
from .._core.model import fold
from .._core.statements import denies, narrows
from .change import holder, inline, is_rename
from .rights import is_of_roles, losers, loses_role

if t.TYPE_CHECKING:
    from .._core.steps import Step
    from .change import Change

_OWN_LOSSES = {"DetachUserPolicy", "DeleteUserPolicy", "PutUserPermissionsBoundary", "RemoveUserFromGroup"}
_GROUP_LOSSES = {"DetachGroupPolicy", "DeleteGroupPolicy", "DeleteGroup"}


def losses(change: Change) -> list[str]:
    """The names of those from whom access is taken, or who are denied something; who has none has none to lose.

    Who is renamed loses the old name, which policies, trust policies and the person know.
    """
    found: set[str] = set()
    for step in change.steps:
        found |= losers(step, change)
        kind, key = holder(step) or ("", "")
        if kind == "group":
            if _takes_from_group(step, change):
                found |= change.before.members_of(key)
        elif is_rename(step):
            found.add(fold(step.params["UserName"]))
        elif kind == "user" and _takes_from_user(step, change):
            found.add(change.old_key(fold(step.params.get("UserName", step.subject.name))))
    users = [change.before.users[key] for key in found if key in change.before.users]
    return sorted(user.name for user in users if not change.is_stopped(user))


def _takes_from_user(step: Step, change: Change) -> bool:
    if step.phase.is_leaving or step.operation in _OWN_LOSSES or loses_role(step, change):
        return True
    if step.operation == "AttachUserPolicy":
        return denies(change.document(step.params["PolicyArn"]))
    if step.operation == "AddUserToGroup":
        return change.always_denies(change.after.groups.get(fold(step.params["GroupName"])))
    user = change.old(fold(step.subject.name))
    return step.operation == "PutUserPolicy" and narrows(
        inline(user, step.params["PolicyName"]), documents.parse(step.params["PolicyDocument"])
    )


def _takes_from_group(step: Step, change: Change) -> bool:
    if is_of_roles(step):
        return False
    if step.operation in _GROUP_LOSSES:
        return True
    if step.operation == "AttachGroupPolicy":
        return denies(change.document(step.params["PolicyArn"]))
    group = change.before.groups.get(fold(step.subject.name))
    return step.operation == "PutGroupPolicy" and narrows(
        inline(group, step.params["PolicyName"]), documents.parse(step.params["PolicyDocument"])
    )
