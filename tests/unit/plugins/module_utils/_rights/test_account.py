# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The account's settings."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import DesiredAccount

from tests.support.rights import desired_with, faults_with


def test_what_is_written_is_asked_and_no_more() -> None:
    rules = {"min_pw_length": "14", "require_symbols": "yes", "pw_max_age": 0}
    account = desired_with(account_settings={"alias": "example-corp", "password_policy": rules}).account
    policy = {"MinimumPasswordLength": 14, "RequireSymbols": True, "MaxPasswordAge": 0}
    assert account == DesiredAccount("example-corp", policy)
    assert desired_with(account_settings={"alias": ""}).account == DesiredAccount("")


@pytest.mark.parametrize("settings", [None, {}, {"password_policy": {}}])
def test_nothing_written_is_nothing_asked(settings: object) -> None:
    assert desired_with(account_settings=settings).account is None


@pytest.mark.parametrize(
    ("settings", "fault"),
    [
        ({"alias": "Example"}, "account_settings: has Example for alias; IAM allows 3 to 63 of a-z 0-9 and -"),
        ({"alias": "123456789012"}, "account_settings: has 123456789012 for alias; IAM allows"),
        ({"alias": "a--b"}, "account_settings: has a--b for alias; IAM allows"),
        ({"alias": 7}, "account_settings: has a number (7) for alias; write a name for the account"),
        ({"alais": "abc"}, "account_settings: has the unknown key alais; did you mean alias?"),
        ({"password_policy": []}, "account_settings: has a list for password_policy; write a mapping of rules"),
        (
            {"password_policy": {"min_pw_length": 5}},
            "account_settings.password_policy: has 5 for min_pw_length; IAM allows 6 to 128",
        ),
        (
            {"password_policy": {"pw_max_age": 1096}},
            "account_settings.password_policy: has 1096 for pw_max_age; IAM allows 0 to 1095",
        ),
        (
            {"password_policy": {"pw_reuse_prevent": 25}},
            "account_settings.password_policy: has 25 for pw_reuse_prevent; IAM allows 0 to 24",
        ),
        (
            {"password_policy": {"require_symbols": "maybe"}},
            "account_settings.password_policy: has a string (maybe) for require_symbols; true or false belongs there",
        ),
        (
            {"password_policy": {"require_symbol": True}},
            "account_settings.password_policy: has the unknown key require_symbol; did you mean require_symbols?",
        ),
    ],
)
def test_what_is_wrong_is_told(settings: dict[str, Any], fault: str) -> None:
    told = faults_with(account_settings=settings)
    assert any(one.startswith(fault) for one in told), told
