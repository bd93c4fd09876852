# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""New administrators: whom a plan makes administrator who was not, and through what. Pure.

Judged are the inline policies of people and departments, those of AWS's own that matter, and the managed policies that
were read: those that the plan attaches. What other policies of the customer's allow is not known, before and after.
"""

from __future__ import annotations

import dataclasses
import functools
import operator
import typing as t

from .._core.managed_policies import policy_name
from .._documents.administrator import Rights, rights_of, ways_told
from .change import Change

if t.TYPE_CHECKING:
    from .._core.model import Directory, Group, User
    from .policy_documents import Documents

TITLE = "NEW ADMINISTRATORS"
NAMES_TOLD = 100


class NewAdministrator(t.NamedTuple):
    """Who becomes one, and for people: "through department admins: AdministratorAccess"."""

    name: str
    through: str


def new_administrators(change: Change) -> list[NewAdministrator]:
    """Who becomes administrator by the plan, by name. Who was one already is not named."""
    if change.before is change.after:
        return []
    before, after = _Judge(change.before, change), _Judge(change.after, change)
    groups = {key for key, group in change.after.groups.items() if change.before.groups.get(key) is not group}
    found = []
    for key, user in change.after.users.items():
        old, joined = change.old(key), change.after.groups_of(key)
        if old is user and joined == change.before.groups_of(key) and not joined & groups:
            # To judge everybody each day would take a large company seconds.
            continue
        if after.ways(user) and (old is None or not before.ways(old) or _was_held_back(old, user)):
            found.append(NewAdministrator(user.name, after.through(user)))
    return sorted(found)


def administrators(directory: Directory, documents: Documents | None = None) -> dict[str, str]:
    """Who is or can become administrator as the account stands, by user key, and through what.

    ``documents`` are those of managed policies that were read.
    """
    change = Change((), directory, directory, documents or {})
    judge = _Judge(directory, change)
    return {key: judge.through(user) for key, user in directory.users.items() if judge.ways(user)}


def administrators_told(found: t.Sequence[NewAdministrator]) -> str:
    """All of them in one line, those together who become it by the same."""
    by_reason: dict[str, list[str]] = {}
    for one in found:
        by_reason.setdefault(one.through, []).append(one.name)
    return "; ".join(f"{_names(names)} ({through})" for through, names in by_reason.items())


def _names(names: t.Sequence[str]) -> str:
    more = f" and {len(names) - NAMES_TOLD} more" if len(names) > NAMES_TOLD else ""
    return ", ".join(names[:NAMES_TOLD]) + more


def _was_held_back(old: User, user: User) -> bool:
    """Whether a boundary is gone or another one: what the old one held back is not known."""
    return bool(old.boundary) and old.boundary != user.boundary


@dataclasses.dataclass(frozen=True)
class _Held:
    """A policy that reaches somebody: where it is, for people, and what it allows."""

    place: str
    name: str
    rights: Rights

    def told(self, denied: frozenset[str]) -> str:
        ways = dataclasses.replace(self.rights, denied=self.rights.denied | denied).ways
        told = ways_told(ways)
        return self.name if told == "everything" else f"{self.name}, which allows {told}"


class _Judge:
    """One state of the account; what a department's policies say is judged once."""

    def __init__(self, directory: Directory, change: Change) -> None:
        self._directory = directory
        self._change = change
        self._groups: dict[str, list[_Held]] = {}

    def ways(self, user: User) -> tuple[frozenset[str], ...]:
        """The ways up that are open to the user: whatever denies is stronger."""
        return () if self._change.is_stopped(user) else self._rights(user).ways

    def through(self, user: User) -> str:
        """What opens them."""
        held, rights = list(self._held(user)), self._rights(user)
        alone: dict[str, list[str]] = {}
        for policy in held:
            if dataclasses.replace(policy.rights, denied=rights.denied).ways:
                alone.setdefault(policy.place, []).append(policy.told(rights.denied))
        told = "; ".join(f"{place}: {', '.join(names)}" for place, names in alone.items())
        if not told:
            needed = frozenset[str]().union(*rights.ways)
            parts = [f"{policy.place}: {policy.name}" for policy in held if policy.rights.allowed & needed]
            told = f"{'; '.join(parts)}, which together allow {ways_told(rights.ways)}"
        return f"through {told}" + (f", within the boundary {policy_name(user.boundary)}" if user.boundary else "")

    def _rights(self, user: User) -> Rights:
        return functools.reduce(operator.or_, (policy.rights for policy in self._held(user)), Rights())

    def _held(self, user: User) -> t.Iterator[_Held]:
        yield from self._of(user, "policies of their own")
        for key in sorted(self._directory.groups_of(user.name)):
            if key not in self._groups:
                group = self._directory.groups.get(key)
                self._groups[key] = [] if group is None else list(self._of(group, f"department {group.name}"))
            yield from self._groups[key]

    def _of(self, carrier: User | Group, place: str) -> t.Iterator[_Held]:
        for name, document in sorted((carrier.inline or {}).items()):
            yield _Held(place, f"inline policy {name}", rights_of(document))
        for arn in sorted(carrier.attached or {}):
            managed = self._change.document(arn)
            if managed is not None:
                yield _Held(place, policy_name(arn), rights_of(managed))
