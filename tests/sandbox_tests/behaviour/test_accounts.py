# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts stay separate, and an account's alias is its own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import Sandbox

from ..calling import client_of
from ..policies import POLICY, TRUST
from ..refusal import refused

OTHER = "210987654321"


def test_accounts_share_nothing(sandbox: Sandbox, iam: Any) -> None:
    """Accounts: names, counts and attachments are per account; AWS's policies are everywhere."""
    other = sandbox.boto("iam", account_id=OTHER)
    arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    iam.create_user(UserName="u")
    iam.attach_user_policy(UserName="u", PolicyArn=arn)
    iam.create_policy(PolicyName="p", PolicyDocument=POLICY)
    assert other.list_users()["Users"] == []
    assert other.list_policies(Scope="Local")["Policies"] == []
    assert other.get_policy(PolicyArn=arn)["Policy"]["AttachmentCount"] == 0
    assert other.create_user(UserName="U")["User"]["Arn"] == f"arn:aws:iam::{OTHER}:user/U"
    with refused("NoSuchEntity"):
        other.attach_user_policy(UserName="U", PolicyArn="arn:aws:iam::123456789012:policy/p")
    assert list(sandbox.state()["users"]) == ["u"]
    assert list(sandbox.state(OTHER)["users"]) == ["U"]


def test_a_role_leads_into_another_account(sandbox: Sandbox, iam: Any) -> None:
    """STS: AssumeRole of a role of another account gives keys that see that account."""
    other = sandbox.boto("iam", account_id=OTHER)
    role = other.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    other.attach_role_policy(RoleName="r", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    keys = sandbox.boto("sts").assume_role(RoleArn=role, RoleSessionName="session")["Credentials"]
    inside = client_of(sandbox, keys)
    with refused("ValidationError", "Must specify userName when calling with non-User credentials"):
        inside.get_user()
    with refused("AccessDenied", "Cannot call GetSessionToken with session credentials"):
        client_of(sandbox, keys, "sts").get_session_token()
    inside.create_user(UserName="u")
    assert [user["UserName"] for user in other.list_users()["Users"]] == ["u"]
    assert iam.list_users()["Users"] == []


def test_get_user_of_the_caller(sandbox: Sandbox, iam: Any) -> None:
    """GetUser: without a name it is the user whose key signed the request (API reference)."""
    iam.create_user(UserName="Asha")
    key = iam.create_access_key(UserName="Asha")["AccessKey"]
    own = client_of(sandbox, key)
    assert own.get_user()["User"]["UserName"] == "Asha"
    assert own.list_access_keys()["AccessKeyMetadata"][0]["AccessKeyId"] == key["AccessKeyId"]
    assert own.list_mfa_devices()["MFADevices"] == []


@pytest.mark.parametrize("alias", ["ab", "a" * 64, "Acme", "-acme", "acme-", "ac--me", "123456789012", "a_b"])
def test_aliases_that_aws_refuses(iam: Any, alias: str) -> None:
    """Alias: 3-63 of [a-z0-9-], no hyphen at the ends nor two together, not 12 digits (accountAliasType)."""
    with refused("ValidationError"):
        iam.create_account_alias(AccountAlias=alias)


def test_a_new_alias_replaces_the_old(sandbox: Sandbox, iam: Any) -> None:
    """Alias: one per account, replaced silently, unique over accounts; deleting another is NoSuchEntity."""
    other = sandbox.boto("iam", account_id=OTHER)
    iam.create_account_alias(AccountAlias="acme")
    with refused("EntityAlreadyExists", "The account alias acme already exists."):
        iam.create_account_alias(AccountAlias="acme")
    with refused("EntityAlreadyExists"):
        other.create_account_alias(AccountAlias="acme")
    iam.create_account_alias(AccountAlias="acme-corp")
    assert iam.list_account_aliases()["AccountAliases"] == ["acme-corp"]
    other.create_account_alias(AccountAlias="acme")
    with refused("NoSuchEntity"):
        iam.delete_account_alias(AccountAlias="acme")
    iam.delete_account_alias(AccountAlias="acme-corp")
    assert iam.list_account_aliases()["AccountAliases"] == []


@pytest.mark.parametrize(("region", "partition"), [("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")])
def test_arns_follow_the_partition(sandbox: Sandbox, region: str, partition: str) -> None:
    """Partitions: the ARNs of China and GovCloud carry theirs, AWS's policies too."""
    iam = client_of(sandbox, sandbox.credentials(), region=region)
    assert iam.create_user(UserName="u")["User"]["Arn"] == f"arn:{partition}:iam::123456789012:user/u"
    assert iam.create_group(GroupName="g")["Group"]["Arn"] == f"arn:{partition}:iam::123456789012:group/g"
    iam.attach_user_policy(UserName="u", PolicyArn=f"arn:{partition}:iam::aws:policy/ReadOnlyAccess")
    with refused("ValidationError", "Invalid ARN partition"):
        iam.attach_user_policy(UserName="u", PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")
