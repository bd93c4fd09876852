# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The directory while steps change it. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.managed_policies import policy_name
from .._core.model import fold

if t.TYPE_CHECKING:
    from .._core.model import AccountSettings, Carrier, Group, ManagedPolicy, Role, User

    Params = t.Mapping[str, t.Any]


@dataclasses.dataclass
class Draft:
    """The parts of a directory that steps change."""

    users: dict[str, User]
    groups: dict[str, Group]
    memberships: set[tuple[str, str]]
    policies: dict[str, ManagedPolicy]
    roles: dict[str, Role]
    settings: AccountSettings

    def change(self, params: Params, **parts: t.Any) -> None:
        """Replace parts of the user, group or role in the parameters."""
        entities, key = self._place(params)
        entities[key] = dataclasses.replace(entities[key], **parts)

    def entity(self, params: Params) -> Carrier:
        """The user, group or role in the parameters."""
        entities, key = self._place(params)
        found: Carrier = entities[key]
        return found

    def is_known(self, params: Params) -> bool:
        """Whether the user, group or role was read: a policy is detached from others as well."""
        entities, key = self._place(params)
        return key in entities

    def _place(self, params: Params) -> tuple[dict[str, t.Any], str]:
        if "UserName" in params:
            return self.users, fold(params["UserName"])
        if "GroupName" in params:
            return self.groups, fold(params["GroupName"])
        return self.roles, fold(params["RoleName"])

    def change_policy(self, params: Params, **parts: t.Any) -> None:
        """Replace parts of the customer managed policy in the parameters."""
        key = fold(policy_name(params["PolicyArn"]))
        self.policies[key] = dataclasses.replace(self.policies[key], **parts)

    def policy(self, params: Params) -> ManagedPolicy:
        """The customer managed policy in the parameters."""
        return self.policies[fold(policy_name(params["PolicyArn"]))]
