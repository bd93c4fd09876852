# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""First passwords: accepted by every policy, and whole wherever they go."""

from __future__ import annotations

import base64
import csv
import html
import io
import quopri
import string
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._aws.errors import ReadError
from ansible_collections.workforce.aws.plugins.module_utils._credentials.passwords import (
    PasswordRules,
    read_password_rules,
)
from hypothesis import given
from hypothesis import strategies as st

from tests.support.iam_double import IamDouble, aws_error

# IAM's own lists: the characters that RequireSymbols counts, and those of a user name.
COUNTED = set("!@#$%^&*()_+-=[]{}|'")
NAMES = st.text(string.ascii_letters + string.digits + "+=,.@-_", min_size=1, max_size=64)
POLICIES = st.fixed_dictionaries(
    {
        "MinimumPasswordLength": st.integers(6, 128),
        **{
            key: st.booleans()
            for key in (
                "RequireUppercaseCharacters",
                "RequireLowercaseCharacters",
                "RequireNumbers",
                "RequireSymbols",
                "AllowUsersToChangePassword",
                "ExpirePasswords",
            )
        },
    },
    optional={
        "MaxPasswordAge": st.integers(0, 1095),
        "PasswordReusePrevention": st.integers(0, 24),
        "HardExpiry": st.booleans(),
    },
)


@given(POLICIES, NAMES)
def test_every_policy_accepts_it_and_it_survives_every_way(policy: dict[str, t.Any], name: str) -> None:
    password = PasswordRules.of_policy(policy).generate(name)
    assert max(20, policy["MinimumPasswordLength"]) == len(password) <= 128
    for kind in (string.ascii_uppercase, string.ascii_lowercase, string.digits, COUNTED):
        assert set(password) & set(kind)
    assert set(password) <= set(string.ascii_letters) | set(string.digits) | COUNTED
    assert not set(password) & set("0Oo1lI|,;\"'<>&@\\`$~ ")
    assert password[0].isalnum()
    assert password[-1].isalnum()
    assert name.lower() not in password.lower()
    assert html.escape(password) == password
    written = io.StringIO()
    csv.writer(written).writerow([name, password])
    assert written.getvalue().rstrip("\r\n").rpartition(",")[2] == password
    assert quopri.decodestring(quopri.encodestring(password.encode())) == password.encode()
    assert base64.b64decode(base64.b64encode(password.encode())) == password.encode()


def test_no_two_are_alike() -> None:
    rules = PasswordRules()
    assert len({rules.generate("asha") for _time in range(500)}) == 500


@pytest.mark.parametrize("name", ["a", "2", "K", "+", "=", "%"])
def test_a_name_of_one_letter_is_not_in_it_either(name: str) -> None:
    for _time in range(20):
        assert name.lower() not in PasswordRules(minimum_length=20).generate(name).lower()


@given(POLICIES)
def test_the_sentences_say_what_the_policy_asks(policy: dict[str, t.Any]) -> None:
    rules = PasswordRules.of_policy(policy)
    said = " ".join(rules.sentences())
    assert f"at least {policy['MinimumPasswordLength']} characters" in said
    for key, words in (
        ("RequireUppercaseCharacters", "one uppercase letter"),
        ("RequireLowercaseCharacters", "one lowercase letter"),
        ("RequireNumbers", "one digit"),
        ("RequireSymbols", "one symbol (! @ # $"),
    ):
        assert (words in said) is policy[key]
    assert ("that you had" in said) is bool(policy.get("PasswordReusePrevention"))
    assert ("every" in said) is bool(policy.get("MaxPasswordAge"))
    assert ("administrator" in said) is bool(policy.get("MaxPasswordAge") and policy.get("HardExpiry"))
    assert "three" not in said
    assert rules.allows_change is policy["AllowUsersToChangePassword"]


def test_the_sentences_of_one_policy() -> None:
    policy = {
        "MinimumPasswordLength": 14,
        "RequireNumbers": True,
        "RequireUppercaseCharacters": True,
        "RequireLowercaseCharacters": True,
        "PasswordReusePrevention": 5,
        "MaxPasswordAge": 90,
        "HardExpiry": True,
    }
    assert PasswordRules.of_policy(policy).sentences() == (
        "It has at least 14 characters.",
        "It has at least one uppercase letter, one lowercase letter and one digit.",
        "It is not one of the last 5 that you had.",
        "You have to choose another one every 90 days.",
        "Once it has expired, only an administrator can give you a new one.",
    )


def test_an_account_without_a_policy_has_the_default_one() -> None:
    rules = read_password_rules(IamDouble(GetAccountPasswordPolicy=aws_error("NoSuchEntity")))
    assert rules == PasswordRules()
    assert not rules.allows_change
    said = " ".join(rules.sentences())
    assert "at least 8 characters" in said
    assert "three of these kinds" in said


def test_the_policy_is_read() -> None:
    answer = {"PasswordPolicy": {"MinimumPasswordLength": 30, "AllowUsersToChangePassword": True}}
    rules = read_password_rules(IamDouble(GetAccountPasswordPolicy=answer))
    assert rules.allows_change
    assert len(rules.generate("asha")) == 30


def test_a_policy_that_may_not_be_read_is_not_taken_for_none() -> None:
    with pytest.raises(ReadError, match=r"AccessDenied.*Allow iam:GetAccountPasswordPolicy"):
        read_password_rules(IamDouble(GetAccountPasswordPolicy=aws_error("AccessDenied")))
