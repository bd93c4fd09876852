# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the users of an account sign in."""

from __future__ import annotations

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import DesiredRole
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Account
from ansible_collections.workforce.aws.plugins.module_utils._credentials.passwords import PasswordRules
from ansible_collections.workforce.aws.plugins.module_utils._sign_in.url import (
    sign_in_faults,
    sign_in_of,
    sign_in_url,
    switch_role_url,
)

OWN = "https://sign-in.example.com/${account_id}/console"


def account(partition: str = "aws", alias: str | None = None) -> Account:
    return Account("123456789012", f"arn:{partition}:iam::123456789012:user/runner", alias)


@pytest.mark.parametrize(
    ("partition", "host"),
    [
        ("aws", "signin.aws.amazon.com"),
        ("aws-cn", "signin.amazonaws.cn"),
        ("aws-us-gov", "signin.amazonaws-us-gov.com"),
    ],
)
def test_each_partition_has_its_own_page(partition: str, host: str) -> None:
    assert sign_in_faults(account(partition), None) == []
    assert sign_in_url(account(partition)) == f"https://123456789012.{host}/console"
    assert sign_in_url(account(partition, "acme")) == f"https://123456789012.{host}/console"


@pytest.mark.parametrize("partition", ["aws-iso", "aws-iso-b", "aws-eusc", "aws-of-tomorrow"])
def test_where_the_page_is_not_known_it_must_be_given(partition: str) -> None:
    faults = sign_in_faults(account(partition), None)
    assert [fault.who for fault in faults] == ["sign_in_url"]
    assert partition in faults[0].what
    assert "${account_id}" in faults[0].what
    assert sign_in_faults(account(partition), OWN) == []
    assert sign_in_url(account(partition), OWN) == "https://sign-in.example.com/123456789012/console"


def test_a_page_of_ones_own_wins_everywhere() -> None:
    assert sign_in_url(account(), OWN) == "https://sign-in.example.com/123456789012/console"


def test_what_everybody_is_told() -> None:
    told = sign_in_of(account(alias="acme"), None, PasswordRules(minimum_length=12), 14)
    assert told.url == "https://123456789012.signin.aws.amazon.com/console"
    assert (told.account_id, told.alias, told.expire_after_days) == ("123456789012", "acme", 14)
    assert told.password_rules[0] == "It has at least 12 characters."


ROLE = DesiredRole("deployer", path="/workforce/")
QUERY = "account=123456789012&roleName=workforce/deployer&displayName=deployer"


@pytest.mark.parametrize(
    ("partition", "template", "url"),
    [
        ("aws", None, f"https://signin.aws.amazon.com/switchrole?{QUERY}"),
        ("aws-cn", None, f"https://signin.amazonaws.cn/switchrole?{QUERY}"),
        ("aws-us-gov", None, f"https://signin.amazonaws-us-gov.com/switchrole?{QUERY}"),
        # A page that does not begin with the account is the company's own.
        ("aws", OWN, f"https://signin.aws.amazon.com/switchrole?{QUERY}"),
        (
            "aws-iso",
            "https://${account_id}.signin.iso.example/console",
            f"https://signin.iso.example/switchrole?{QUERY}",
        ),
        ("aws-iso", None, None),
        ("aws-iso", OWN, None),
    ],
)
def test_a_link_leads_to_a_role(partition: str, template: str | None, url: str | None) -> None:
    assert switch_role_url(account(partition, "acme"), ROLE, template) == url


def test_a_link_survives_any_name_of_a_role() -> None:
    url = switch_role_url(account(), DesiredRole("a+b,c=d@e"))
    assert url is not None
    assert url.endswith("&roleName=a%2Bb%2Cc%3Dd%40e&displayName=a%2Bb%2Cc%3Dd%40e")
