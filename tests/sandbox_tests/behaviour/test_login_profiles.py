# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Console passwords: which are accepted, and what a login profile remembers."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.sandbox.behaviour.state import password_hash
from tests.sandbox.client import Sandbox

from ..calling import client_of
from ..refusal import refused

GOOD = "Correct-Horse-9"
OTHER = "Battery-Staple-7"


@pytest.fixture
def user(iam: Any) -> str:
    iam.create_user(UserName="Asha")
    return "Asha"


def profile(iam: Any) -> dict[str, Any]:
    found: dict[str, Any] = iam.get_login_profile(UserName="asha")["LoginProfile"]
    return found


@pytest.mark.parametrize("required", [True, False])
def test_reset_required_is_remembered(iam: Any, user: str, required: bool) -> None:
    """Login profiles: GetLoginProfile gives UserName, CreateDate and PasswordResetRequired, never the password."""
    made = iam.create_login_profile(UserName=user, Password=GOOD, PasswordResetRequired=required)["LoginProfile"]
    assert made == profile(iam)
    assert set(made) == {"UserName", "CreateDate", "PasswordResetRequired"}
    assert made["PasswordResetRequired"] is required


def test_reset_is_not_required_by_default(iam: Any, user: str) -> None:
    """Login profiles: the flag defaults to false (API reference)."""
    iam.create_login_profile(UserName=user, Password=GOOD)
    assert profile(iam)["PasswordResetRequired"] is False


def test_the_profile_has_its_own_date(iam: Any, user: str) -> None:
    """Login profiles: CreateDate is when the password was made, not when the user was."""
    created = iam.get_user(UserName=user)["User"]["CreateDate"]
    time.sleep(1.1)
    iam.create_login_profile(UserName=user, Password=GOOD)
    assert profile(iam)["CreateDate"] > created


def test_a_second_profile_is_refused_and_changes_nothing(sandbox: Sandbox, iam: Any, user: str) -> None:
    """CreateLoginProfile: EntityAlreadyExists when there is one; it never overwrites."""
    iam.create_login_profile(UserName=user, Password=GOOD, PasswordResetRequired=True)
    with refused("EntityAlreadyExists"):
        iam.create_login_profile(UserName=user, Password=OTHER)
    held = sandbox.state()["users"][user]["login_profile"]
    assert held["password_sha256"] == password_hash(GOOD)
    assert held["password_reset_required"] is True


def test_no_profile_and_no_user(iam: Any, user: str) -> None:
    """Login profiles: get, update and delete give NoSuchEntity for no password and for no user."""
    for name in (user, "nobody"):
        with refused("NoSuchEntity"):
            iam.get_login_profile(UserName=name)
        with refused("NoSuchEntity"):
            iam.update_login_profile(UserName=name, Password=GOOD)
        with refused("NoSuchEntity"):
            iam.delete_login_profile(UserName=name)
    with refused("NoSuchEntity"):
        iam.create_login_profile(UserName="nobody", Password=GOOD)


def test_updating_keeps_what_is_omitted(sandbox: Sandbox, iam: Any, user: str) -> None:
    """UpdateLoginProfile: an omitted flag or password stays, no fields at all succeed (live probe)."""
    iam.create_login_profile(UserName=user, Password=GOOD, PasswordResetRequired=True)
    iam.update_login_profile(UserName=user, Password=OTHER)
    assert profile(iam)["PasswordResetRequired"] is True
    iam.update_login_profile(UserName=user, PasswordResetRequired=False)
    iam.update_login_profile(UserName=user)
    assert profile(iam)["PasswordResetRequired"] is False
    assert sandbox.state()["users"][user]["login_profile"]["password_sha256"] == password_hash(OTHER)


def test_deleting_forgets_the_flag(iam: Any, user: str) -> None:
    """DeleteLoginProfile: the next profile is a new one."""
    iam.create_login_profile(UserName=user, Password=GOOD, PasswordResetRequired=True)
    iam.delete_login_profile(UserName=user)
    iam.create_login_profile(UserName=user, Password=GOOD)
    assert profile(iam)["PasswordResetRequired"] is False


@pytest.mark.parametrize("password", ["", "x" * 129, "Aa1!Āaaaa"])
def test_passwords_that_no_account_takes(iam: Any, user: str, password: str) -> None:
    """Passwords: 1-128 characters up to U+00FF (passwordType); AWS does not repeat a sensitive value in its message."""
    with refused("ValidationError", "Value at 'password' failed"):
        iam.create_login_profile(UserName=user, Password=password)


@pytest.mark.parametrize("password", ["Aa1!aaa", "aaaaaaaaaaaa", "aaaaaaaa1111", "AAAAAAAA~~~~1"])
def test_passwords_that_the_default_policy_refuses(iam: Any, user: str, password: str) -> None:
    """Passwords: without a policy of its own an account wants 8 characters and 3 of 4 classes (IAM user guide).

    Only ! @ # $ % ^ & * ( ) _ + - = [ ] { } | ' are symbols (UpdateAccountPasswordPolicy), so ~ is none.
    """
    with refused("PasswordPolicyViolation"):
        iam.create_login_profile(UserName=user, Password=password)
    with refused("NoSuchEntity"):
        iam.get_login_profile(UserName=user)


@pytest.mark.parametrize("password", ["aaaaaaA1", "aaaaaa1!", "AAAAAA1'", "aaaaaaA!", "Aa1!" * 32])
def test_passwords_that_the_default_policy_takes(iam: Any, user: str, password: str) -> None:
    """Passwords: three of the four classes are enough."""
    iam.create_login_profile(UserName=user, Password=password)


def test_the_password_is_not_the_name(iam: Any) -> None:
    """Passwords: the default policy refuses the account's name; the sandbox counts the user's and the alias."""
    iam.create_user(UserName="Asha.Rao1")
    iam.create_account_alias(AccountAlias="acme-corp-1")
    for password in ("Asha.Rao1", "ASHA.rao1", "Acme-Corp-1"):
        with refused("PasswordPolicyViolation"):
            iam.create_login_profile(UserName="Asha.Rao1", Password=password)


def test_updates_are_judged_too(iam: Any, user: str) -> None:
    """UpdateLoginProfile: PasswordPolicyViolation, and the old password stays."""
    iam.create_login_profile(UserName=user, Password=GOOD)
    with refused("PasswordPolicyViolation"):
        iam.update_login_profile(UserName=user, Password="short")


@pytest.mark.parametrize(
    ("rules", "bad", "good"),
    [
        ({"MinimumPasswordLength": 14}, "Aa1!aaaaaaaaa", "Aa1!aaaaaaaaaa"),
        ({"RequireSymbols": True}, "Aaaaaaaa1~;:,.", "aaaaaa!"),
        ({"RequireNumbers": True}, "Aaaaaaaa!", "aaaaa1"),
        ({"RequireUppercaseCharacters": True}, "aaaaaaaa1!", "aaaaaA"),
        ({"RequireLowercaseCharacters": True}, "AAAAAAAA1!", "AAAAAa"),
    ],
)
def test_the_accounts_own_policy(iam: Any, user: str, rules: dict[str, Any], bad: str, good: str) -> None:
    """Passwords: a policy of the account's own replaces the default one; its minimum length is 6 if omitted."""
    iam.update_account_password_policy(**rules)
    with refused("PasswordPolicyViolation"):
        iam.create_login_profile(UserName=user, Password=bad)
    iam.create_login_profile(UserName=user, Password=good)


def test_password_reuse(iam: Any, user: str) -> None:
    """Passwords: PasswordReusePrevention 1-24 refuses the last ones (UpdateAccountPasswordPolicy)."""
    iam.update_account_password_policy(PasswordReusePrevention=2)
    iam.create_login_profile(UserName=user, Password="first-1")
    iam.update_login_profile(UserName=user, Password="second-2")
    for used in ("first-1", "second-2"):
        with refused("PasswordPolicyViolation"):
            iam.update_login_profile(UserName=user, Password=used)
    iam.update_login_profile(UserName=user, Password="third-3")
    iam.update_login_profile(UserName=user, Password="first-1")


def test_password_policies(iam: Any) -> None:
    """Password policy: NoSuchEntity when there is none; updates are not partial; ranges are checked (API reference)."""
    with refused("NoSuchEntity"):
        iam.get_account_password_policy()
    iam.update_account_password_policy(MinimumPasswordLength=20, RequireSymbols=True, AllowUsersToChangePassword=True)
    iam.update_account_password_policy(RequireNumbers=True)
    policy = iam.get_account_password_policy()["PasswordPolicy"]
    assert (policy["MinimumPasswordLength"], policy["RequireNumbers"]) == (6, True)
    assert not policy["RequireSymbols"]
    assert not policy["AllowUsersToChangePassword"]
    # Clients look whether these are there.
    assert not {"MaxPasswordAge", "PasswordReusePrevention", "HardExpiry"} & policy.keys()
    more = {"MaxPasswordAge": 90, "PasswordReusePrevention": 5, "HardExpiry": True}
    iam.update_account_password_policy(**more)
    policy = iam.get_account_password_policy()["PasswordPolicy"]
    assert {**more, "ExpirePasswords": True}.items() <= policy.items()
    for wrong in ({"MinimumPasswordLength": 5}, {"MaxPasswordAge": 1096}, {"PasswordReusePrevention": 25}):
        with refused("ValidationError"):
            iam.update_account_password_policy(**wrong)
    iam.delete_account_password_policy()
    with refused("NoSuchEntity"):
        iam.delete_account_password_policy()


def test_a_user_changes_its_password(sandbox: Sandbox, iam: Any, user: str) -> None:
    """ChangePassword: clears PasswordResetRequired; a wrong old password is AccessDenied (live probe)."""
    iam.create_login_profile(UserName=user, Password=GOOD, PasswordResetRequired=True)
    iam.attach_user_policy(UserName=user, PolicyArn="arn:aws:iam::aws:policy/IAMUserChangePassword")
    key = iam.create_access_key(UserName=user)["AccessKey"]
    own = client_of(sandbox, key)
    with refused("AccessDenied"):
        own.change_password(OldPassword="wrong-Old-1", NewPassword=OTHER)
    with refused("PasswordPolicyViolation"):
        own.change_password(OldPassword=GOOD, NewPassword="short")
    own.change_password(OldPassword=GOOD, NewPassword=OTHER)
    assert profile(iam)["PasswordResetRequired"] is False
    assert own.get_user()["User"]["UserName"] == user
