# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The account's password policy: written whole, so that what a write does not name falls back to its default."""

from __future__ import annotations

from typing import Any

from moto.iam.models import AccountPasswordPolicy

from .errors import NoSuchEntity
from .operations import Call, operation
from .protocol.answers import Answer

DEFAULT_LENGTH = 6


@operation("UpdateAccountPasswordPolicy")
def update_account_password_policy(call: Call) -> Answer | None:
    call.account.account_password_policy = AccountPasswordPolicy(
        allow_change_password=bool(call.get("AllowUsersToChangePassword")),
        hard_expiry=call.get("HardExpiry"),
        max_password_age=call.get("MaxPasswordAge"),
        minimum_password_length=call.get("MinimumPasswordLength") or DEFAULT_LENGTH,
        password_reuse_prevention=call.get("PasswordReusePrevention"),
        require_lowercase_characters=bool(call.get("RequireLowercaseCharacters")),
        require_numbers=bool(call.get("RequireNumbers")),
        require_symbols=bool(call.get("RequireSymbols")),
        require_uppercase_characters=bool(call.get("RequireUppercaseCharacters")),
    )
    return None


@operation("GetAccountPasswordPolicy")
def get_account_password_policy(call: Call) -> Answer | None:
    rules = call.account.account_password_policy
    if rules is None:
        raise NoSuchEntity(f"The Password Policy with domain name {call.account.account_id} cannot be found.")
    return {"PasswordPolicy": _shape(rules)}


@operation("DeleteAccountPasswordPolicy")
def delete_account_password_policy(call: Call) -> Answer | None:
    if call.account.account_password_policy is None:
        raise NoSuchEntity("The account policy with name PasswordPolicy cannot be found.")
    call.account.account_password_policy = None
    return None


def _shape(rules: AccountPasswordPolicy) -> dict[str, Any]:
    """AWS leaves out what was never set: the age, the number of old passwords, HardExpiry (its clients ask for it)."""
    return {
        "MinimumPasswordLength": rules.minimum_password_length,
        "RequireSymbols": rules.require_symbols,
        "RequireNumbers": rules.require_numbers,
        "RequireUppercaseCharacters": rules.require_uppercase_characters,
        "RequireLowercaseCharacters": rules.require_lowercase_characters,
        "AllowUsersToChangePassword": rules.allow_users_to_change_password,
        "ExpirePasswords": rules.expire_passwords,
        "MaxPasswordAge": rules.max_password_age,
        "PasswordReusePrevention": rules.password_reuse_prevention,
        "HardExpiry": rules.hard_expiry,
    }
