# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Console passwords: a login profile with its own date and a remembered PasswordResetRequired."""

from __future__ import annotations

from typing import Any

from .. import permissions
from ..account import Account, User
from ..errors import EntityAlreadyExists, NoSuchEntity, ValidationError
from ..operations import Call, operation
from ..protocol.answers import Answer
from . import passwords


def _existing(account: Account, name: str) -> User:
    user = account.user(name)
    if user.password is None:
        raise NoSuchEntity(f"Login Profile for User {user.name} cannot be found.")
    return user


def _shape(user: User) -> dict[str, Any]:
    return {
        "UserName": user.name,
        "CreateDate": user.password_created,
        "PasswordResetRequired": user.password_reset_required,
    }


@operation("CreateLoginProfile")
def create_login_profile(call: Call) -> Answer | None:
    user = call.account.user_of(call.params, call.access_key_id)
    if user.password is not None:
        raise EntityAlreadyExists(f"Login Profile for user {user.name} already exists.")
    if not call.get("Password"):
        raise ValidationError("A password must be given.")
    passwords.put(call.account, user, call["Password"])
    user.password_created = user.password_changed
    user.password_reset_required = bool(call.get("PasswordResetRequired"))
    return {"LoginProfile": _shape(user)}


@operation("GetLoginProfile")
def get_login_profile(call: Call) -> Answer | None:
    name = call.account.user_of(call.params, call.access_key_id).name
    return {"LoginProfile": _shape(_existing(call.account, name))}


@operation("UpdateLoginProfile")
def update_login_profile(call: Call) -> Answer | None:
    user = _existing(call.account, call["UserName"])
    if call.get("Password") is not None:
        passwords.put(call.account, user, call["Password"])
    if call.get("PasswordResetRequired") is not None:
        user.password_reset_required = bool(call["PasswordResetRequired"])
    return None


@operation("DeleteLoginProfile")
def delete_login_profile(call: Call) -> Answer | None:
    user = _existing(call.account, call.account.user_of(call.params, call.access_key_id).name)
    user.password = None
    user.password_created = None
    return None


@operation("ChangePassword")
def change_password(call: Call) -> Answer | None:
    user = call.account.user_of({}, call.access_key_id)
    if user.password is None:
        raise NoSuchEntity(f"Login Profile for User {user.name} cannot be found.")
    permissions.require_change_password(call.account, user, mfa=None)
    passwords.change(call.account, user, call["OldPassword"], call["NewPassword"])
    return None
