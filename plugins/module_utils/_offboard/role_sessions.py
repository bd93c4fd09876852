# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is read about people who were cut off: the sessions of roles that may outlive it."""

from __future__ import annotations

import functools
import typing as t

from .._aws.calls import PAGE_SIZE, ask, items
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
