# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The roles in the access report: who may become what, by tag or by name, and what the role may do. Pure."""

from __future__ import annotations

import typing as t

from .._brakes.becoming import Becoming
from .._core.documents import listed
from .._core.model import fold
from .._core.revoked_sessions import POLICY_NAME
from .._core.statements import statements
from .._core.tags import is_marked
from .._rights.assumption import POLICY_NAME as OF_DEPARTMENT

if t.TYPE_CHECKING:
    from .._core.model import Directory, Document, Group, Role

    Data = dict[str, t.Any]

_OF_SERVICES = ("/aws-service-role/", "/aws-reserved/")
_MFA = "aws:MultiFactorAuthPresent"


def roles_data(directory: Directory) -> list[Data]:
    """The account's roles but for those that AWS keeps, each with its people.

    ``people`` are those with the role's tag, or whom its trust policy names. Whom a role lets in that trusts a whole
    account, a service or an identity provider is not known: ``people`` is empty.
    """
    becoming = Becoming(directory)
    found = [role for _key, role in sorted(directory.roles.items()) if not role.path.startswith(_OF_SERVICES)]
    return [_role(role, becoming, directory) for role in found]


def roles_of_people(directory: Directory) -> dict[str, list[str]]:
    """The names of the roles that people may become, by the keys of their users."""
    becoming = Becoming(directory)
    return {key: [role.name for role in becoming.roles_of(key)] for key in directory.users if becoming.roles_of(key)}


def _role(role: Role, becoming: Becoming, directory: Directory) -> Data:
    people = becoming.people(role)
    return {
        "name": role.name,
        "arn": role.arn,
        "path": role.path,
        "managed": is_marked(role.tags or {}),
        "policies": _policies(role),
        "boundary": role.boundary or None,
        "assumed_by": sorted({group.name for key in people for group in _departments(role, key, directory)}),
        "people": sorted(directory.users[key].name for key in people),
        "require_mfa": any(_MFA in (one.get("Condition") or {}).get("Bool", {}) for one in statements(role.trust)),
    }


def _departments(role: Role, user: str, directory: Directory) -> list[Group]:
    """The groups of somebody whose policy for roles names this role."""
    groups = (directory.groups[key] for key in directory.groups_of(user))
    return [group for group in groups if any(role.arn in _named(document) for document in _of_roles(group))]


def _of_roles(group: Group) -> list[Document]:
    return [document for name, document in (group.inline or {}).items() if fold(name) == OF_DEPARTMENT]


def _named(document: Document) -> set[str]:
    return {arn for one in statements(document) for arn in listed(one.get("Resource"))}


def _policies(role: Role) -> list[Data]:
    attached = sorted((role.attached or {}).items(), key=lambda policy: policy[1])
    inline = sorted(name for name in role.inline or {} if fold(name) != POLICY_NAME)
    return [{"name": name, "arn": arn} for arn, name in attached] + [{"name": name, "arn": None} for name in inline]
