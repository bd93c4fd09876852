# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Becoming: who may become which role, and whom a customer managed policy reaches, in one state of the account. Pure.

A trust policy names the tag of its role, or users. Whom one reaches that trusts the whole account is not known: that
depends on all policies.
"""

from __future__ import annotations

import functools
import typing as t

from .._core.documents import listed
from .._core.model import fold
from .._core.statements import statements
from .._core.tags import ROLE_TAG_PREFIX

if t.TYPE_CHECKING:
    from .._core.model import Directory, Document, Role

    Keys = frozenset[str]

_TAG_CONDITION = f"aws:principaltag/{ROLE_TAG_PREFIX}"
_YES = "yes"


class Becoming:
    """Keys of users. Each user's tags are looked at once, however many roles are asked of."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def people(self, role: Role | None) -> Keys:
        """Who may become the role."""
        found: set[str] = set()
        for statement in [] if role is None else statements(role.trust):
            if statement.get("Effect") == "Allow":
                found |= self._admitted(statement)
        return frozenset(found)

    def reached(self, arn: str) -> Keys:
        """Whom a policy reaches: attached to them, to a department or role of theirs, or as a boundary of any."""
        directory = self._directory
        found = {key for key, user in directory.users.items() if arn in (user.attached or {}) or user.boundary == arn}
        for key, group in directory.groups.items():
            if arn in (group.attached or {}):
                found |= directory.members_of(key)
        for role in directory.roles.values():
            if arn in (role.attached or {}) or role.boundary == arn:
                found |= self.people(role)
        return frozenset(found)

    def roles_of(self, user: str) -> list[Role]:
        """The roles that the user of this key may become."""
        return self._roles_by_user.get(user, [])

    def _admitted(self, statement: Document) -> Keys:
        tags = _role_tags(statement)
        if tags:
            return frozenset.intersection(*(self._tagged.get(tag, frozenset()) for tag in tags))
        principal = statement.get("Principal")
        named = listed(principal.get("AWS")) if isinstance(principal, dict) else []
        return frozenset(self._by_arn[arn] for arn in named if arn in self._by_arn)

    @functools.cached_property
    def _tagged(self) -> dict[str, Keys]:
        """The users with the tag of a role, by the role's key."""
        found: dict[str, set[str]] = {}
        for key, user in self._directory.users.items():
            for name, value in (user.tags or {}).items():
                if fold(name).startswith(ROLE_TAG_PREFIX) and value == _YES:
                    found.setdefault(fold(name)[len(ROLE_TAG_PREFIX) :], set()).add(key)
        return {role: frozenset(keys) for role, keys in found.items()}

    @functools.cached_property
    def _by_arn(self) -> dict[str, str]:
        return {user.arn: key for key, user in self._directory.users.items() if user.arn}

    @functools.cached_property
    def _roles_by_user(self) -> dict[str, list[Role]]:
        found: dict[str, list[Role]] = {}
        for _key, role in sorted(self._directory.roles.items()):
            for user in self.people(role):
                found.setdefault(user, []).append(role)
        return found


def role_of_tag(key: str) -> str | None:
    """The key of the role that a tag is for; None for any other tag."""
    return fold(key)[len(ROLE_TAG_PREFIX) :] if fold(key).startswith(ROLE_TAG_PREFIX) else None


def _role_tags(statement: Document) -> list[str]:
    """The roles whose tags the statement asks for."""
    asked = (statement.get("Condition") or {}).get("StringEquals") or {}
    keys = [fold(key) for key, value in asked.items() if listed(value) == [_YES]]
    return [key[len(_TAG_CONDITION) :] for key in keys if key.startswith(_TAG_CONDITION)]
