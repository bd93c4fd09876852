# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""IAM's eventual consistency: what was just created is not seen for a while, though its name is taken."""

from __future__ import annotations

import time
from collections.abc import Container, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, cast

from moto.iam.models import iam_backends
from moto.utilities.utils import get_partition

from ..behaviour.account import Account
from ..calls.wire import Call

# What an operation creates, and the parameter that names it in other calls.
CREATED = {
    "CreateUser": "UserName",
    "CreateGroup": "GroupName",
    "CreatePolicy": "PolicyArn",
    "CreateRole": "RoleName",
    "CreateLoginProfile": "LoginProfile",
}
LOGIN_PROFILE_OPERATIONS = ("GetLoginProfile", "UpdateLoginProfile", "DeleteLoginProfile")
MESSAGES = {
    "UserName": "The user with name {name} cannot be found.",
    "GroupName": "The group with name {name} cannot be found.",
    "RoleName": "The role with name {name} cannot be found.",
    "PolicyArn": "Policy {name} does not exist or is not attachable.",
    "LoginProfile": "Login Profile for User {name} cannot be found.",
}
LISTS = ("ListUsers", "ListGroups", "ListPolicies", "ListRoles", "GetAccountAuthorizationDetails")


class Visibility:
    """What is not seen yet. The caller holds the lock."""

    def __init__(self) -> None:
        # (account, kind, name without case) -> when it comes to sight, the name as it was given
        self._pending: dict[tuple[str, str, str], tuple[float, str]] = {}

    def reset(self) -> None:
        self._pending.clear()

    def note(self, call: Call, delay: float) -> None:
        """After a create that succeeded: its object stays out of sight for so long."""
        if call.service == "iam" and delay and call.operation in CREATED:
            name = _created_name(call)
            key = (call.account_id, CREATED[call.operation], name.casefold())
            self._pending[key] = (time.monotonic() + delay, name)

    def missing(self, call: Call) -> str | None:
        """AWS's message when a call names something that is not in sight yet."""
        if not self._pending or call.service != "iam" or call.operation in ("CreateUser", "CreateGroup", "CreateRole"):
            return None
        named = [
            (kind, call.parameters[kind])
            for kind in ("UserName", "GroupName", "RoleName", "PolicyArn")
            if kind in call.parameters
        ]
        if call.operation in LOGIN_PROFILE_OPERATIONS:
            named.append(("LoginProfile", call.parameters.get("UserName", "")))
        for kind, name in named:
            if self._is_hidden(call.account_id, kind, name):
                return MESSAGES[kind].format(name=name)
        return None

    def _is_hidden(self, account_id: str, kind: str, name: str) -> bool:
        key = (account_id, kind, name.casefold())
        if key in self._pending and self._pending[key][0] <= time.monotonic():
            del self._pending[key]
        return key in self._pending

    @contextmanager
    def hiding(self, call: Call) -> Iterator[None]:
        """Take what is not in sight out of the account while a list of it is made.

        GetAccountSummary is not among them: on AWS too its counts and a list may disagree for a while.
        """
        if not self._pending or call.service != "iam" or call.operation not in LISTS:
            yield
            return
        account = cast(Account, iam_backends[call.account_id][get_partition(call.region)])
        stores: dict[str, MutableMapping[str, Any]] = {
            "UserName": account.users,
            "GroupName": account.groups,
            "PolicyArn": account.managed_policies,
        }
        hidden = [
            (store, name, store.pop(name)) for kind, store in stores.items() for name in self._hidden(call, kind, store)
        ]
        # Roles are kept by their ids.
        roles = [account.find_role(name) for name in self._hidden(call, "RoleName", account.role_names())]
        hidden += [(account.roles, role.id, account.roles.pop(role.id)) for role in roles if role]
        try:
            yield
        finally:
            for store, name, thing in hidden:
                store[name] = thing

    def _hidden(self, call: Call, kind: str, store: Container[str]) -> list[str]:
        """The names of one kind that are not in sight yet."""
        pending = list(self._pending.items())
        names = [
            name for (account_id, of, _key), (_until, name) in pending if (account_id, of) == (call.account_id, kind)
        ]
        return [name for name in names if self._is_hidden(call.account_id, kind, name) and name in store]


def _created_name(call: Call) -> str:
    if call.operation == "CreatePolicy":
        partition = get_partition(call.region)
        path = call.parameters.get("Path", "/")
        return f"arn:{partition}:iam::{call.account_id}:policy{path}{call.parameters['PolicyName']}"
    names = {"CreateGroup": "GroupName", "CreateRole": "RoleName"}
    return call.parameters[names.get(call.operation, "UserName")]
