# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""IAM's eventual consistency: what was just created is not seen for a while, though its name is taken."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from moto.iam.models import iam_backends
from moto.utilities.utils import get_partition

from .wire import Call

# What an operation creates, and the parameter that names it in other calls.
CREATED = {
    "CreateUser": "UserName",
    "CreateGroup": "GroupName",
    "CreatePolicy": "PolicyArn",
    "CreateLoginProfile": "LoginProfile",
}
LOGIN_PROFILE_OPERATIONS = ("GetLoginProfile", "UpdateLoginProfile", "DeleteLoginProfile")
MESSAGES = {
    "UserName": "The user with name {name} cannot be found.",
    "GroupName": "The group with name {name} cannot be found.",
    "PolicyArn": "Policy {name} does not exist or is not attachable.",
    "LoginProfile": "Login Profile for User {name} cannot be found.",
}
LISTS = ("ListUsers", "ListGroups", "ListPolicies", "GetAccountAuthorizationDetails")


class Visibility:
    """What is not seen yet. The caller holds the lock."""

    def __init__(self) -> None:
        # (account, kind, name without case) -> when it comes to sight
        self._pending: dict[tuple[str, str, str], float] = {}

    def reset(self) -> None:
        self._pending.clear()

    def note(self, call: Call, delay: float) -> None:
        """After a create that succeeded: its object stays out of sight for so long."""
        if call.service == "iam" and delay and call.operation in CREATED:
            key = (call.account_id, CREATED[call.operation], _created_name(call).lower())
            self._pending[key] = time.monotonic() + delay

    def missing(self, call: Call) -> str | None:
        """AWS's message when a call names something that is not in sight yet."""
        if not self._pending or call.service != "iam" or call.operation in ("CreateUser", "CreateGroup"):
            return None
        named = [
            (kind, call.parameters[kind]) for kind in ("UserName", "GroupName", "PolicyArn") if kind in call.parameters
        ]
        if call.operation in LOGIN_PROFILE_OPERATIONS:
            named.append(("LoginProfile", call.parameters.get("UserName", "")))
        for kind, name in named:
            if self._is_hidden(call.account_id, kind, name):
                return MESSAGES[kind].format(name=name)
        return None

    def _is_hidden(self, account_id: str, kind: str, name: str) -> bool:
        key = (account_id, kind, name.lower())
        visible_at = self._pending.get(key)
        if visible_at is None:
            return False
        if visible_at > time.monotonic():
            return True
        del self._pending[key]
        return False

    @contextmanager
    def hiding(self, call: Call) -> Iterator[None]:
        """Take what is not in sight out of the account while a list of it is made.

        GetAccountSummary is not among them: on AWS too its counts and a list may disagree for a while.
        """
        if not self._pending or call.service != "iam" or call.operation not in LISTS:
            yield
            return
        backend = iam_backends[call.account_id][get_partition(call.region)]
        kept: dict[str, Any] = {name: getattr(backend, name) for name in ("users", "groups", "managed_policies")}
        try:
            backend.users = self._seen(call.account_id, "UserName", backend.users)
            backend.groups = self._seen(call.account_id, "GroupName", backend.groups)
            backend.managed_policies = self._seen(call.account_id, "PolicyArn", backend.managed_policies)
            yield
        finally:
            for name, value in kept.items():
                setattr(backend, name, value)

    def _seen(self, account_id: str, kind: str, things: Any) -> Any:
        def is_seen(thing: Any) -> bool:
            name = thing.arn if kind == "PolicyArn" else thing.name
            return not self._is_hidden(account_id, kind, name)

        return type(things)({key: thing for key, thing in things.items() if is_seen(thing)})


def _created_name(call: Call) -> str:
    if call.operation == "CreatePolicy":
        partition = get_partition(call.region)
        path = call.parameters.get("Path", "/")
        return f"arn:{partition}:iam::{call.account_id}:policy{path}{call.parameters['PolicyName']}"
    return call.parameters["GroupName" if call.operation == "CreateGroup" else "UserName"]
