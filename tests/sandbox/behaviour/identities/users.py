# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users: created whole in one call, found without case, renamed and moved with everything they have."""

from __future__ import annotations

from typing import Any

from ..account import Account, User, now
from ..errors import EntityAlreadyExists
from ..operations import Call, operation
from ..policies import boundaries
from ..policies.arns import boundary_policy
from ..protocol import shapes
from ..protocol.answers import Answer
from ..protocol.paging import page


def plain(user: User) -> dict[str, Any]:
    """A user as lists show it: never with tags or boundary."""
    return {
        **shapes.named("User", user),
        "PasswordLastUsed": user.password_last_used,
    }


def whole(user: User) -> dict[str, Any]:
    """A user as GetUser and CreateUser show it."""
    return {**plain(user), "PermissionsBoundary": boundaries.of(user), "Tags": user.tags or None}


@operation("CreateUser")
def create_user(call: Call) -> Answer | None:
    account, boundary = call.account, call.get("PermissionsBoundary")
    policy = boundary_policy(account, boundary) if boundary else None
    user = account.create_user(account.region_name, call["UserName"], call.get("Path"), call.get("Tags"))
    boundaries.put(account, user, policy)
    return {"User": whole(user)}


@operation("GetUser")
def get_user(call: Call) -> Answer | None:
    if not call.get("UserName") and call.access_key_id not in call.account.access_keys:
        return {"User": _root(call.account)}
    return {"User": whole(call.account.user_of(call.params, call.access_key_id))}


def _root(account: Account) -> dict[str, Any]:
    """The account itself: what GetUser shows to a caller that is no user."""
    return {
        "Path": "/",
        "UserId": account.account_id,
        "Arn": f"arn:{account.partition}:iam::{account.account_id}:root",
        "CreateDate": now(),
    }


@operation("ListUsers")
def list_users(call: Call) -> Answer | None:
    prefix = call.get("PathPrefix") or "/"
    found = [(key, user) for key, user in call.account.users.in_order() if user.path.startswith(prefix)]
    users, rest = page(call.params, "ListUsers", found)
    return {"Users": [plain(user) for user in users], **rest}


@operation("UpdateUser")
def update_user(call: Call) -> Answer | None:
    account = call.account
    user = account.user(call["UserName"])
    new_name = call.get("NewUserName")
    if new_name and new_name != user.name:
        taken = account.users.get(new_name)
        if taken is not None and taken is not user:
            raise EntityAlreadyExists(f"User with name {new_name} already exists.")
        _rename(account, user, new_name)
    if call.get("NewPath"):
        user.path = call["NewPath"]
    return None


def _rename(account: Account, user: User, new_name: str) -> None:
    del account.users[user.name]
    user.name = new_name
    account.users[new_name] = user
    for key in user.access_keys:
        key.user_name = new_name
    for public_key in user.ssh_public_keys:
        public_key.user_name = new_name
    for certificate in user.signing_certificates.values():
        certificate.user_name = new_name
