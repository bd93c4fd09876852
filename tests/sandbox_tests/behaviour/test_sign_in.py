# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in and choosing a password: who gets in, who may change, when PasswordLastUsed moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from moto.iam.models import iam_backends

from tests.sandbox import behaviour
from tests.sandbox.behaviour.account import Account, User
from tests.sandbox.behaviour.sign_in import Holder, Outcome, account_of, change_password, sign_in, who
from tests.sandbox.seed import Seeder

ID = "123456789012"
FIRST, CHOSEN = "Correct-Horse-9", "Battery-Staple-7"
MOMENT = datetime(2026, 11, 23, 9, 0)
OWN_PASSWORD = "arn:aws:iam::aws:policy/IAMUserChangePassword"
SIGNED_IN, MUST_CHANGE = Outcome("signed_in"), Outcome("must_change")
DENY_ALL = {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}
FORCE_MFA = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Action": "iam:ChangePassword", "Resource": "*"},
        {
            "Effect": "Deny",
            "NotAction": ["iam:EnableMFADevice", "sts:GetSessionToken"],
            "Resource": "*",
            "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}},
        },
    ],
}


@pytest.fixture(autouse=True)
def account() -> Iterator[Account]:
    """An empty account in this very process."""
    behaviour.install()
    iam_backends.clear()
    found = iam_backends[ID]["aws"]
    assert isinstance(found, Account)
    yield found
    iam_backends.clear()


def set_rules(account: Account, *, may_change: bool = True, hard_expiry: bool = False, max_age: int = 0) -> None:
    """The account's own password policy."""
    account.update_account_password_policy(
        allow_change_password=may_change,
        hard_expiry=hard_expiry,
        max_password_age=max_age,
        minimum_password_length=8,
        password_reuse_prevention=0,
        require_lowercase_characters=False,
        require_numbers=False,
        require_symbols=False,
        require_uppercase_characters=False,
    )


def asha(**more: Any) -> None:
    groups = [{"name": "sales", "managed_policies": [OWN_PASSWORD]}, {"name": "ops"}]
    person = {"name": "Asha", "password": FIRST, "password_reset_required": True, "groups": ["sales", "ops"], **more}
    Seeder(ID).fill({"groups": groups, "users": [person]})


def user(account: Account) -> User:
    return account.user("asha")


def test_the_first_sign_in(account: Account) -> None:
    """Login flow: a password that must be changed lets nobody in before it was; then only the new one does."""
    asha()
    assert sign_in(ID, "asha", FIRST) == MUST_CHANGE
    assert change_password(ID, "asha", FIRST, CHOSEN) == SIGNED_IN
    assert user(account).password_reset_required is False
    assert sign_in(ID, "ASHA", CHOSEN) == SIGNED_IN
    assert sign_in(ID, "asha", FIRST).kind == "refused"


@pytest.mark.parametrize(
    ("where", "name", "password"),
    [(ID, "asha", "wrong"), (ID, "ben", FIRST), (ID, "nobody", FIRST), ("210987654321", "asha", FIRST), ("", "", "")],
)
def test_all_refusals_are_alike(where: str, name: str, password: str) -> None:
    """Login flow: nothing tells whether account, user or password was wrong; somebody without a password has none."""
    asha()
    Seeder(ID).fill({"users": [{"name": "ben"}]})
    refusal = sign_in(where, name, password)
    assert refusal.kind == "refused"
    assert refusal == change_password(where, name, password, CHOSEN)
    assert refusal.reason.startswith("Your authentication information is incorrect")
    assert "210987654321" not in iam_backends, "asking for an account made it"


def test_the_alias_is_an_account(account: Account) -> None:
    """Sign-in URL: by id or by alias."""
    asha()
    account.account_aliases = ["acme"]
    assert sign_in("acme", "asha", FIRST) == MUST_CHANGE
    assert account_of("acme") is account
    assert account_of("acme", "aws-cn") is None


@pytest.mark.parametrize("rules", [None, False, True])
def test_without_a_policy_the_accounts_rules_decide(account: Account, rules: bool | None) -> None:
    """Login flow: AllowUsersToChangePassword, or iam:ChangePassword; with neither the change is denied."""
    asha(groups=[])
    if rules is not None:
        set_rules(account, may_change=rules)
    outcome = change_password(ID, "asha", FIRST, CHOSEN)
    assert outcome.kind == ("signed_in" if rules else "refused")
    assert rules or "not authorized to perform: iam:ChangePassword" in outcome.reason
    assert user(account).password == (CHOSEN if rules else FIRST)


@pytest.mark.parametrize(("path", "resource"), [("/staff/", "user/${aws:username}"), ("/", "user/*/${aws:username}")])
def test_the_path_trap(path: str, resource: str) -> None:
    """Path trap: each of the two patterns reaches only users with, or without, a path; both reach everybody."""

    def own(*resources: str) -> dict[str, Any]:
        arns = [f"arn:aws:iam::*:{one}" for one in resources]
        return {
            "Version": "2012-10-17",
            "Statement": {"Effect": "Allow", "Action": "iam:ChangePassword", "Resource": arns},
        }

    asha(groups=[], path=path, inline_policies={"own": own(resource)})
    assert change_password(ID, "asha", FIRST, CHOSEN).kind == "refused"
    both = own("user/${aws:username}", "user/*/${aws:username}")
    Seeder(ID).fill({"users": [{"name": "ben", "path": path, "password": FIRST, "inline_policies": {"own": both}}]})
    assert change_password(ID, "ben", FIRST, CHOSEN) == SIGNED_IN


def test_the_mfa_trap() -> None:
    """MFA trap: with DenyAllExceptListedIfNoMFA the forced change cannot be done at the first sign-in."""
    asha(inline_policies={"mfa": FORCE_MFA})
    assert sign_in(ID, "asha", FIRST) == MUST_CHANGE
    outcome = change_password(ID, "asha", FIRST, CHOSEN)
    assert outcome.kind == "refused"
    assert "with an explicit deny in an identity-based policy" in outcome.reason


def test_boundaries() -> None:
    """Boundaries: what a policy allows holds only within the boundary."""
    asha(permissions_boundary="arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
    assert change_password(ID, "asha", FIRST, CHOSEN).kind == "refused"


def test_who_is_denied_everything_still_gets_in() -> None:
    """Suspend: a deny-all leaves the password; its owner signs in and may do nothing, not even change it."""
    asha(password_reset_required=False, inline_policies={"workforce-suspended": DENY_ALL})
    assert sign_in(ID, "asha", FIRST) == SIGNED_IN
    assert change_password(ID, "asha", FIRST, CHOSEN).kind == "refused"


@pytest.mark.parametrize("new", ["short", FIRST])
def test_the_new_password_is_judged(account: Account, new: str) -> None:
    """ChangePassword: PasswordPolicyViolation, also for the same one again; the first one stays."""
    asha()
    outcome = change_password(ID, "asha", FIRST, new)
    assert outcome.kind == "refused"
    assert outcome.reason.startswith("Password should")
    assert sign_in(ID, "asha", FIRST) == MUST_CHANGE


def test_password_last_used(account: Account) -> None:
    """PasswordLastUsed: null until somebody signed in; of uses within five minutes the first is kept (API, User)."""
    asha()
    sign_in(ID, "asha", "wrong", moment=MOMENT)
    sign_in(ID, "asha", FIRST, moment=MOMENT)
    assert user(account).password_last_used is None
    change_password(ID, "asha", FIRST, CHOSEN, moment=MOMENT)
    for minutes, kept in ((0, 0), (4, 0), (5, 5), (9, 5), (60, 60)):
        assert sign_in(ID, "asha", CHOSEN, moment=MOMENT + timedelta(minutes=minutes)) == SIGNED_IN
        assert user(account).password_last_used == MOMENT + timedelta(minutes=kept)


@pytest.mark.parametrize(("hard", "expected"), [(False, "must_change"), (True, "refused")])
def test_expired_passwords(account: Account, hard: bool, expected: str) -> None:
    """Password policy: after MaxPasswordAge days the owner must choose another, or with HardExpiry cannot."""
    asha(password_reset_required=False)
    set_rules(account, hard_expiry=hard, max_age=90)
    changed = user(account).password_changed
    assert changed is not None
    assert sign_in(ID, "asha", FIRST, moment=changed + timedelta(days=90)) == SIGNED_IN
    assert sign_in(ID, "asha", FIRST, moment=changed + timedelta(days=91)).kind == expected


def test_who_has_signed_in(account: Account) -> None:
    """The page after it: departments in order, and what each may do, by the names of policies."""
    asha(inline_policies={"own": DENY_ALL}, permissions_boundary=OWN_PASSWORD)
    found = who(ID, "asha")
    assert (found.name, found.arn, found.account_id, found.alias) == ("Asha", f"arn:aws:iam::{ID}:user/Asha", ID, None)
    assert found.departments == (Holder("ops", ()), Holder("sales", ("IAMUserChangePassword",)))
    assert (found.own_policies, found.boundary) == (("own",), "IAMUserChangePassword")
    with pytest.raises(KeyError):
        who(ID, "nobody")
