# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Change: one plan as the brakes see it, the account before and after it. Pure."""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from .._core.model import fold
from .._core.statements import always_denies, denies_everything
from .._core.suspension import is_suspended
from .._plan.after import after
from .becoming import Becoming
from .policy_documents import document_of, is_aws_own

if t.TYPE_CHECKING:
    from .._core.model import Carrier, Directory, Document, Group, User
    from .._core.steps import Step
    from .policy_documents import Documents


@dataclasses.dataclass(frozen=True)
class Change:
    """``documents`` are those of managed policies that were read."""

    steps: tuple[Step, ...]
    before: Directory
    after: Directory
    documents: Documents = dataclasses.field(default_factory=dict)

    @classmethod
    def of(cls, steps: t.Iterable[Step], before: Directory, documents: Documents | None = None) -> Change:
        """What these steps make of the account."""
        steps = tuple(steps)
        return cls(steps, before, after(before, steps), documents or {})

    @functools.cached_property
    def becoming_before(self) -> Becoming:
        """Who may become which role before the plan."""
        return Becoming(self.before)

    @functools.cached_property
    def becoming_after(self) -> Becoming:
        """Who may become which role after the plan."""
        return Becoming(self.after)

    @functools.cached_property
    def created(self) -> frozenset[str]:
        """The keys of those who are new; a leaver may have had the name before."""
        return frozenset(fold(step.params["UserName"]) for step in self.steps if step.operation == "CreateUser")

    @functools.cached_property
    def _old_keys(self) -> dict[str, str]:
        renames = [step.params for step in self.steps if is_rename(step)]
        return {fold(params["NewUserName"]): fold(params["UserName"]) for params in renames}

    def old_key(self, key: str) -> str:
        """The key that somebody had before the plan."""
        return self._old_keys.get(key, key)

    def old(self, key: str) -> User | None:
        """Somebody as before the plan, by the key that the plan leaves; None who is new."""
        return None if key in self.created else self.before.users.get(self.old_key(key))

    def document(self, arn: str) -> Document | None:
        """The document of a managed policy, where it is known."""
        return document_of(arn, self.documents)

    def is_stopped(self, user: User) -> bool:
        """Whether the user has no access: it is suspended, or denied everything by a policy of its own."""
        return any(map(denies_everything, self.documents_of(user))) or (
            user.inline is not None and user.attached is not None and is_suspended(user)
        )

    def always_denies(self, group: Group | None) -> bool:
        """Whether a policy of the group denies its members something, whatever they do."""
        return group is not None and any(map(always_denies, self.documents_of(group)))

    def documents_of(self, carrier: Carrier) -> t.Iterator[Document | None]:
        """The documents of somebody's own policies; None for those that are not known."""
        yield from (carrier.inline or {}).values()
        yield from map(self.document, carrier.attached or {})


def attached_policies(steps: t.Iterable[Step]) -> list[str]:
    """The ARNs of the policies that the steps attach and that must be read to be judged: the customer's."""
    arns = {str(step.params["PolicyArn"]) for step in steps if step.operation.startswith("Attach")}
    return sorted(arn for arn in arns if not is_aws_own(arn))


def joined_groups(steps: t.Iterable[Step]) -> list[str]:
    """The names of the groups that somebody joins by the steps."""
    return sorted({str(step.params["GroupName"]) for step in steps if step.operation == "AddUserToGroup"})


def holder(step: Step) -> tuple[str, str] | None:
    """The kind and key of the user or group whose access the step is about; None for all others.

    A policy that is deleted is detached first: those steps are the policy's, and take from who has it.
    """
    if step.subject.kind in ("user", "group"):
        return step.subject.kind, fold(step.subject.name)
    if "UserName" in step.params:
        return "user", fold(step.params["UserName"])
    return ("group", fold(step.params["GroupName"])) if "GroupName" in step.params else None


def is_rename(step: Step) -> bool:
    """Whether the step gives a user another name."""
    return step.operation == "UpdateUser" and "NewUserName" in step.params


def inline(carrier: Carrier | None, name: str) -> Document | None:
    """The inline policy of that name in any case, which IAM takes for the same."""
    stored = {} if carrier is None else carrier.inline or {}
    return next((document for key, document in stored.items() if fold(key) == fold(name)), None)
