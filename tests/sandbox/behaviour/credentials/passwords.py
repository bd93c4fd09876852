# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which passwords an account accepts: by AWS's default policy, or by its own once it has one."""

from __future__ import annotations

import string

from moto.iam.models import AccountPasswordPolicy

from ..account import Account, User, now
from ..errors import AccessDenied, PasswordPolicyViolation

# The only characters that RequireSymbols counts; a ~ or a ; satisfies nothing.
SYMBOLS = frozenset("!@#$%^&*()_+-=[]{}|'")
DEFAULT_MINIMUM = 8
DEFAULT_CLASSES = 3


def check(account: Account, user: User, password: str) -> None:
    """Raise PasswordPolicyViolation unless the account accepts the password for this user."""
    policy = account.account_password_policy
    faults = _custom_faults(policy, user, password) if policy else _default_faults(account, user, password)
    if faults:
        raise PasswordPolicyViolation("; ".join(faults))


def put(account: Account, user: User, password: str) -> None:
    """Give the user a password that the account accepts."""
    check(account, user, password)
    user.password = password
    user.password_changed = now()
    user.old_passwords.append(password)


def change(account: Account, user: User, old: str, new: str) -> None:
    """What the owner of a password does: then nothing more is required of them."""
    if old != user.password:
        raise AccessDenied("The old password was incorrect.")
    if new == user.password:
        raise PasswordPolicyViolation("Password should differ from the old one")
    put(account, user, new)
    user.password_reset_required = False


def _classes(password: str) -> dict[str, bool]:
    return {
        "uppercase letter": any(c in string.ascii_uppercase for c in password),
        "lowercase letter": any(c in string.ascii_lowercase for c in password),
        "number": any(c in string.digits for c in password),
        "symbol": any(c in SYMBOLS for c in password),
    }


def _default_faults(account: Account, user: User, password: str) -> list[str]:
    faults = []
    if len(password) < DEFAULT_MINIMUM:
        faults.append(f"Password should have a minimum length of {DEFAULT_MINIMUM}")
    if sum(_classes(password).values()) < DEFAULT_CLASSES:
        faults.append(
            "Password should include a minimum of three of the following mix of character types: "
            "uppercase, lowercase, numbers, and ! @ # $ % ^ & * ( ) _ + - = [ ] { } | '"
        )
    if password.casefold() in {name.casefold() for name in (user.name, account.account_id, *account.account_aliases)}:
        faults.append("Password should not be identical to the name of the user or the account")
    return faults


def _custom_faults(policy: AccountPasswordPolicy, user: User, password: str) -> list[str]:
    required = {
        "uppercase letter": policy.require_uppercase_characters,
        "lowercase letter": policy.require_lowercase_characters,
        "number": policy.require_numbers,
        "symbol": policy.require_symbols,
    }
    faults = []
    if len(password) < policy.minimum_password_length:
        faults.append(f"Password should have a minimum length of {policy.minimum_password_length}")
    has = _classes(password)
    faults += [
        f"Password should have at least one {kind}" for kind, wanted in required.items() if wanted and not has[kind]
    ]
    remembered = policy.password_reuse_prevention or 0
    if remembered and password in user.old_passwords[-remembered:]:
        faults.append("Password was used before")
    return faults
