# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""New administrators: whom a plan makes administrator who was not, and through what. Pure.

Judged are the inline policies of people, departments and the roles that people may become, those of AWS's own that
matter, and the managed policies that were read: those that the plan makes, changes or attaches. What other policies of
the customer's allow is not known, before and after.
"""

from __future__ import annotations

import dataclasses
import functools
import operator
import typing as t

from .._core.managed_policies import policy_name
from .._core.model import fold
from .._documents.administrator import Rights, rights_of, ways_told
from .change import Change
from .policy_documents import is_aws_own

if t.TYPE_CHECKING:
    from .._core.model import Carrier, Directory, Document, User
    from .becoming import Becoming
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
    before = _Judge(change.before, change.becoming_before, change, without=_freed_roles(change))
    after = _Judge(change.after, change.becoming_after, change)
    found = []
    for key in _touched(change):
        user, old = change.after.users[key], change.old(key)
        if after.ways(user) and (old is None or not before.ways(old) or _was_held_back(old, user)):
            found.append(NewAdministrator(user.name, after.through(user)))
    return sorted(found)


def administrators(directory: Directory, documents: Documents | None = None) -> dict[str, str]:
    """Who is or can become administrator as the account stands, by user key, and through what.

    ``documents`` are those of managed policies that were read.
    """
    change = Change((), directory, directory, documents or {})
    judge = _Judge(directory, change.becoming_after, change)
    return {key: judge.through(user) for key, user in directory.users.items() if judge.ways(user)}


def _freed_roles(change: Change) -> frozenset[str]:
    """Roles whose boundary is gone or another one: what the old one held back is not known."""
    now = change.after.roles
    roles = change.before.roles.items()
    return frozenset(key for key, old in roles if old.boundary and key in now and now[key].boundary != old.boundary)


def _touched(change: Change) -> set[str]:
    """Whom the plan changes something of. To judge everybody each day would take a large company seconds."""
    before, after = change.before, change.after
    groups = {key for key, group in after.groups.items() if before.groups.get(key) is not group}
    found = {key for key, user in after.users.items() if change.old(key) is not user}
    found |= {key for key in after.users if _sits_elsewhere(key, groups, change)}
    for key, role in after.roles.items():
        if before.roles.get(key) is not role:
            found |= change.becoming_after.people(role)
    for key, policy in after.policies.items():
        # One that is new is attached by steps of its holders.
        if policy.arn and before.policies.get(key) is not policy:
            found |= change.becoming_after.reached(policy.arn)
    return found & set(after.users)


def _sits_elsewhere(key: str, groups: t.Collection[str], change: Change) -> bool:
    joined = change.after.groups_of(key)
    return joined != change.before.groups_of(key) or not joined.isdisjoint(groups)


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
    """One state of the account, ``without`` some roles. The policies of a department or role are judged once."""

    def __init__(
        self, directory: Directory, becoming: Becoming, change: Change, *, without: t.Collection[str] = ()
    ) -> None:
        self._directory = directory
        self._becoming = becoming
        self._change = change
        self._without = without
        self._groups: dict[str, list[_Held]] = {}
        self._of_role = functools.cache(self._read_role)

    def ways(self, user: User) -> tuple[frozenset[str], ...]:
        """The ways up that are open to the user, or as a role: whatever denies is stronger."""
        if self._change.is_stopped(user):
            return ()
        return tuple(way for one in self._all(user) for way in one.rights.ways)

    def through(self, user: User) -> str:
        """What opens them."""
        return f"through {'; '.join(one.told() for one in self._all(user) if one.rights.ways)}"

    def _all(self, user: User) -> list[_Acting]:
        """What somebody may do as themselves, and as each of the roles. No policy of the user holds in a role."""
        roles = [fold(role.name) for role in self._becoming.roles_of(fold(user.name))]
        as_roles = [self._of_role(key) for key in roles if key not in self._without]
        return [_Acting(list(self._held(user)), user.boundary), *as_roles]

    def _read_role(self, key: str) -> _Acting:
        role = self._directory.roles[key]
        return _Acting(list(self._of(role, f"role {role.name}")), role.boundary)

    def _held(self, user: User) -> t.Iterator[_Held]:
        yield from self._of(user, "policies of their own")
        for key in sorted(self._directory.groups_of(user.name)):
            if key not in self._groups:
                group = self._directory.groups.get(key)
                self._groups[key] = [] if group is None else list(self._of(group, f"department {group.name}"))
            yield from self._groups[key]

    def _of(self, carrier: Carrier, place: str) -> t.Iterator[_Held]:
        for name, document in sorted((carrier.inline or {}).items()):
            yield _Held(place, f"inline policy {name}", rights_of(document))
        for arn in sorted(carrier.attached or {}):
            managed = self._document(arn)
            if managed is not None:
                yield _Held(place, policy_name(arn), rights_of(managed))

    def _document(self, arn: str) -> Document | None:
        """The document that is in force in this state: a policy of the customer's may change by the plan."""
        own = None if is_aws_own(arn) else self._directory.policies.get(fold(policy_name(arn)))
        return self._change.document(arn) if own is None or own.document is None else own.document


@dataclasses.dataclass(frozen=True)
class _Acting:
    """What somebody holds as themselves or as a role."""

    held: t.Sequence[_Held]
    boundary: str | None

    @functools.cached_property
    def rights(self) -> Rights:
        return functools.reduce(operator.or_, (policy.rights for policy in self.held), Rights())

    def told(self) -> str:
        """What opens the ways up."""
        alone: dict[str, list[str]] = {}
        for policy in self.held:
            if dataclasses.replace(policy.rights, denied=self.rights.denied).ways:
                alone.setdefault(policy.place, []).append(policy.told(self.rights.denied))
        told = "; ".join(f"{place}: {', '.join(names)}" for place, names in alone.items())
        if not told:
            needed = frozenset[str]().union(*self.rights.ways)
            parts = [f"{policy.place}: {policy.name}" for policy in self.held if policy.rights.allowed & needed]
            told = f"{'; '.join(parts)}, which together allow {ways_told(self.rights.ways)}"
        return told + (f", within the boundary {policy_name(self.boundary)}" if self.boundary else "")
