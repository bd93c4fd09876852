# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gains: to whom a plan gives access: who is new, who is let in again, and who has more than before. Pure."""

from __future__ import annotations

import typing as t

from .._core import documents
from .._core.credential_mark import mark_of
from .._core.model import fold
from .._core.statements import allows, denies, widens
from .._core.suspension import suspension_of
from .change import holder, inline, is_rename
from .rights import gainers, gains_role, is_of_roles

if t.TYPE_CHECKING:
    from .._core.model import Document, Group, User
    from .._core.steps import Step
    from .change import Change


class Gains(t.NamedTuple):
    """Names, each once."""

    new: tuple[str, ...] = ()
    readmitted: tuple[str, ...] = ()
    more: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """Everybody."""
        return sorted({*self.new, *self.readmitted, *self.more})

    @property
    def verb(self) -> str:
        """What is told of them, and of what kinds they are when there are several."""
        kinds = [
            (len(self.new), "would be new", "new"),
            (len(self.readmitted), "would be let in again", "let in again"),
            (len(self.more), "would gain access", "gain access"),
        ]
        found = [kind for kind in kinds if kind[0]]
        if len(found) == 1:
            return found[0][1]
        return f"would gain access ({', '.join(f'{count} {short}' for count, _verb, short in found)})"


def gains(change: Change) -> Gains:
    """Who is given access by the plan, under the name that it leaves; who stays suspended gains nothing."""
    gaining: set[str] = set()
    for step in change.steps:
        gaining |= gainers(step, change)
        kind, key = holder(step) or ("", "")
        if kind == "group":
            if not is_of_roles(step) and _gives_by_policy(step, change.before.groups.get(key), change):
                gaining |= change.after.members_of(key)
        elif kind == "user" and _gives_to_user(step, change):
            gaining.add(fold(step.params.get("UserName", step.subject.name)))
    again = {key for key, user in change.after.users.items() if _returns(user, change.old(key), change)}
    more = {key for key in gaining if key in change.after.users and key not in change.created} - again
    return Gains(
        _names(change.created, change),
        _names(again, change),
        _names({key for key in more if not change.is_stopped(change.after.users[key])}, change),
    )


def _names(keys: t.Iterable[str], change: Change) -> tuple[str, ...]:
    return tuple(sorted(change.after.users[key].name for key in keys if key in change.after.users))


def _returns(user: User, old: User | None, change: Change) -> bool:
    if old is None or old is user or change.is_stopped(user):
        return False
    # Without its deny somebody may still have no way to sign in: the tag tells that it was suspended.
    return change.is_stopped(old) or (suspension_of(old) is not None and suspension_of(user) is None)


def _gives_to_user(step: Step, change: Change) -> bool:
    if step.phase.is_leaving or is_rename(step):
        return False
    params, user = step.params, change.old(fold(step.params.get("UserName", step.subject.name)))
    if step.operation in ("PutUserPermissionsBoundary", "DeleteUserPermissionsBoundary"):
        return user is not None and user.boundary != ""
    if step.operation == "AddUserToGroup" or gains_role(step, change):
        return True
    if step.operation == "CreateLoginProfile":
        # A mark tells that this one only replaces what was issued before.
        return user is not None and user.login_profile is False and mark_of(user) is None
    if step.operation == "RemoveUserFromGroup":
        return change.always_denies(change.before.groups.get(fold(params["GroupName"])))
    return _gives_by_policy(step, user, change)


def _gives_by_policy(step: Step, carrier: User | Group | None, change: Change) -> bool:
    kind = step.operation.replace("User", "").replace("Group", "")
    params = step.params
    if kind == "AttachPolicy":
        document = change.document(params["PolicyArn"])
        return document is None or allows(document)
    if kind == "DetachPolicy":
        return denies(change.document(params["PolicyArn"]))
    if kind not in ("PutPolicy", "DeletePolicy"):
        return False
    new: Document | None = documents.parse(params["PolicyDocument"]) if kind == "PutPolicy" else None
    return widens(inline(carrier, params["PolicyName"]), new)
