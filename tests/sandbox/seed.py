# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fill an account without HTTP: the same operations, quotas included, thousands of times a second and not counted.

    {"policies": [{"name": "p", "path": "/", "document": {...}, "description": "...", "tags": {"k": "v"}}],
     "groups": [{"name": "g", "path": "/", "managed_policies": ["arn:..."], "inline_policies": {"i": {...}}}],
     "users": [{"name": "u", "path": "/", "tags": {"k": "v"}, "permissions_boundary": "arn:...", "groups": ["g"],
                "managed_policies": [...], "inline_policies": {...}, "password": "...",
                "password_reset_required": true, "made_days_ago": 400, "signed_in_days_ago": 3, "mfa": true,
                "access_keys": [{"days": 120, "used_days_ago": 3, "active": false}]}],
     "roles": [{"name": "r", "path": "/", "trust": {...}, "description": "...", "max_session_duration": 3600,
                "tags": {"k": "v"}, "permissions_boundary": "arn:...", "managed_policies": [...],
                "inline_policies": {...}}]}

Only the names, the documents of policies and the trust policies of roles are needed. The requests are not validated: a
test seeds what it knows to be right.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from moto.iam.models import iam_backends

from .behaviour.account import Account
from .behaviour.operations import OPERATIONS, Call
from .calls.identity import credentials_of
from .seed_past import PAST_KEYS, give_past

KINDS = ("policies", "groups", "users", "roles")
KEYS = {
    "policies": {"name", "path", "document", "description", "tags"},
    "groups": {"name", "path", "managed_policies", "inline_policies"},
    "users": {
        "name",
        "path",
        "tags",
        "permissions_boundary",
        "groups",
        "managed_policies",
        "inline_policies",
        "password",
        "password_reset_required",
        *PAST_KEYS,
    },
    "roles": {
        "name",
        "path",
        "trust",
        "description",
        "max_session_duration",
        "tags",
        "permissions_boundary",
        "managed_policies",
        "inline_policies",
    },
}
Entry = Mapping[str, Any]


class Seeder:
    """Makes what a seed names. The caller holds the lock."""

    def __init__(self, account_id: str) -> None:
        self._account = cast(Account, iam_backends[account_id]["aws"])
        self._access_key_id = credentials_of(account_id).access_key_id

    def fill(self, seed: Mapping[str, Any]) -> dict[str, int]:
        """Make everything, policies before groups, users and roles; gives how many of each."""
        _check(seed)
        for policy in seed.get("policies", ()):
            self._do(
                "CreatePolicy",
                PolicyName=policy["name"],
                Path=policy.get("path"),
                PolicyDocument=_document(policy["document"]),
                Description=policy.get("description"),
                Tags=_tags(policy),
            )
        for group in seed.get("groups", ()):
            self._do("CreateGroup", GroupName=group["name"], Path=group.get("path"))
            self._policies("Group", group)
        for user in seed.get("users", ()):
            self._user(user)
        for role in seed.get("roles", ()):
            self._role(role)
        return {kind: len(seed.get(kind, ())) for kind in KINDS}

    def _user(self, user: Entry) -> None:
        name = user["name"]
        self._do(
            "CreateUser",
            UserName=name,
            Path=user.get("path"),
            Tags=_tags(user),
            PermissionsBoundary=user.get("permissions_boundary"),
        )
        for group in user.get("groups", ()):
            self._do("AddUserToGroup", UserName=name, GroupName=group)
        self._policies("User", user)
        if "password" in user:
            required = user.get("password_reset_required", False)
            self._do("CreateLoginProfile", UserName=name, Password=user["password"], PasswordResetRequired=required)
        give_past(self._account, user)

    def _role(self, role: Entry) -> None:
        self._do(
            "CreateRole",
            RoleName=role["name"],
            Path=role.get("path"),
            AssumeRolePolicyDocument=_document(role["trust"]),
            Description=role.get("description"),
            MaxSessionDuration=role.get("max_session_duration"),
            Tags=_tags(role),
            PermissionsBoundary=role.get("permissions_boundary"),
        )
        self._policies("Role", role)

    def _policies(self, kind: str, owner: Entry) -> None:
        named = {f"{kind}Name": owner["name"]}
        for arn in owner.get("managed_policies", ()):
            self._do(f"Attach{kind}Policy", PolicyArn=arn, **named)
        for name, document in owner.get("inline_policies", {}).items():
            self._do(f"Put{kind}Policy", PolicyName=name, PolicyDocument=_document(document), **named)

    def _do(self, operation: str, **params: Any) -> None:
        given = {name: value for name, value in params.items() if value is not None}
        OPERATIONS[operation](Call(operation, self._account, given, self._access_key_id))


def _tags(entry: Entry) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in entry.get("tags", {}).items()]


def _document(document: Any) -> str:
    return document if isinstance(document, str) else json.dumps(document)


def _check(seed: Mapping[str, Any]) -> None:
    unknown = [f"{key} in the seed" for key in seed if key not in KINDS]
    for kind in KINDS:
        for entry in seed.get(kind, ()):
            unknown += [f"{key} in {kind}: {entry.get('name')}" for key in entry if key not in KEYS[kind]]
    if unknown:
        raise ValueError(f"unknown: {'; '.join(unknown[:10])}")
