# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is read about people who were cut off: the sessions of roles that may outlive it, and what ends them already."""

from __future__ import annotations

import functools
import typing as t

from .._aws.calls import PAGE_SIZE, ask, items
from .._aws.errors import ReadError
from .._aws.parallel import side_by_side
from .._core.model import Role as IamRole
from .._core.revoked_sessions import POLICY_NAME, names_sessions
from .._directory.single import read_group
from .assumable_roles import Assumable, Role, assumable

if t.TYPE_CHECKING:
    from .._aws.calls import Client
    from .._core.model import Directory, Document, User


class SessionReads:
    """Reads each policy, group and the list of roles once, however many people they reach."""

    def __init__(self, iam: Client) -> None:
        self._iam = iam
        self._policy = functools.cache(self._read_policy)
        self._group = functools.cache(self._read_group)

    def open_to_departments(self) -> list[IamRole]:
        """The roles whose sessions can be ended for one person, each with the policy that does so. Raises ReadError."""
        names = [role.name for role in self._roles if names_sessions(role.trust)]
        found = side_by_side(self._revocation, names)
        return [
            IamRole(name, inline={} if document is None else {POLICY_NAME: document})
            for name, document in found.items()
        ]

    def _revocation(self, role: str) -> Document | None:
        params = {"RoleName": role, "PolicyName": POLICY_NAME}
        try:
            document: Document = ask(self._iam, "GetRolePolicy", params, f"role {role}")["PolicyDocument"]
        except ReadError as error:
            if error.code == "NoSuchEntity":
                return None
            raise
        return document

    @functools.cached_property
    def _roles(self) -> list[Role]:
        found = items(self._iam, "ListRoles", "Roles", {"MaxItems": PAGE_SIZE})
        return [
            Role(
                role["Arn"], role["RoleName"], role.get("MaxSessionDuration") or 3600, role["AssumeRolePolicyDocument"]
            )
            for role in found
        ]

    def assumable(self, user: User, directory: Directory) -> Assumable:
        """The roles that a user of the directory, read with its policies and groups, could assume. Raises ReadError."""
        documents = [*(user.inline or {}).values(), *map(self._policy, user.attached or ())]
        for key in sorted(directory.groups_of(user.name)):
            documents += self._group(directory.groups[key].name)
        return assumable(user.arn or "", documents, self._roles)

    def _read_group(self, name: str) -> list[Document]:
        found = read_group(self._iam, name, frozenset({"attached", "inline"}))
        if found is None:
            return []
        return [*(found.group.inline or {}).values(), *map(self._policy, found.group.attached or ())]

    def _read_policy(self, arn: str) -> Document:
        about = f"policy {arn}"
        version = ask(self._iam, "GetPolicy", {"PolicyArn": arn}, about)["Policy"]["DefaultVersionId"]
        answer = ask(self._iam, "GetPolicyVersion", {"PolicyArn": arn, "VersionId": version}, about)
        document: Document = answer["PolicyVersion"]["Document"]
        return document
