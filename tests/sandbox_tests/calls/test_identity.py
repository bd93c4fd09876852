# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who calls: fixed keys, keys of users, sessions of roles, and credentials that open nothing."""

from __future__ import annotations

from typing import Any

import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.sandbox.client import Sandbox

from ..calling import ACCOUNT, ONCE, OTHER_ACCOUNT, client_of, names
from ..refusal import code_of


@pytest.mark.parametrize(
    ("caller", "arn"),
    [
        ("user", f"arn:aws:iam::{ACCOUNT}:user/automation"),
        ("root", f"arn:aws:iam::{ACCOUNT}:root"),
        ("role", f"arn:aws:sts::{ACCOUNT}:assumed-role/automation/sandbox"),
    ],
)
def test_the_caller_has_the_face_that_is_switched(sandbox: Sandbox, caller: str, arn: str) -> None:
    sandbox.switch(caller=caller)
    identity = sandbox.boto("sts").get_caller_identity()
    assert (identity["Arn"], identity["Account"]) == (arn, ACCOUNT)


def test_the_caller_is_in_the_account_once_it_is_created(sandbox: Sandbox, iam: Any) -> None:
    assert names(iam) == []
    assert code_of(iam.get_user) == "NoSuchEntity"
    user = iam.create_user(UserName="automation", Path="/ci/")["User"]
    identity = sandbox.boto("sts").get_caller_identity()
    assert (identity["Arn"], identity["UserId"]) == (user["Arn"], user["UserId"])
    assert iam.get_user()["User"]["UserId"] == user["UserId"]


def test_an_assumed_role_opens_its_own_account(sandbox: Sandbox, iam: Any) -> None:
    iam.create_user(UserName="asha")
    role_arn = f"arn:aws:iam::{OTHER_ACCOUNT}:role/onboarding"
    role = sandbox.boto("sts").assume_role(RoleArn=role_arn, RoleSessionName="morning")["Credentials"]
    there = client_of(sandbox, role)
    there.create_user(UserName="bo")
    identity = client_of(sandbox, role, "sts").get_caller_identity()
    assert identity["Arn"] == f"arn:aws:sts::{OTHER_ACCOUNT}:assumed-role/onboarding/morning"
    assert (names(iam), names(there)) == (["asha"], ["bo"])
    assert names(sandbox.boto(account_id=OTHER_ACCOUNT)) == ["bo"]
    assert sandbox.state(OTHER_ACCOUNT) != sandbox.state()


def test_the_key_of_a_user_shows_that_user_until_it_is_inactive(sandbox: Sandbox, iam: Any) -> None:
    iam.create_user(UserName="asha")
    key = iam.create_access_key(UserName="asha")["AccessKey"]
    sts = client_of(sandbox, key, "sts")
    assert sts.get_caller_identity()["Arn"] == f"arn:aws:iam::{ACCOUNT}:user/asha"
    iam.update_access_key(UserName="asha", AccessKeyId=key["AccessKeyId"], Status="Inactive")
    assert code_of(sts.get_caller_identity) == "InvalidClientTokenId"


def test_credentials_that_do_not_open_anything(sandbox: Sandbox, iam: Any) -> None:
    stranger = client_of(sandbox, {"AccessKeyId": "AKIAAAAAAAAAAAAAAAAA", "SecretAccessKey": "x" * 40})
    assert code_of(stranger.list_users) == "InvalidClientTokenId"
    right = sandbox.credentials()
    forger = client_of(sandbox, {**right, "secret_access_key": right["secret_access_key"] + "x"})
    assert code_of(forger.list_users) == "SignatureDoesNotMatch"
    unsigned = Config(signature_version=UNSIGNED)
    assert code_of(sandbox.boto(config=unsigned).list_users) == "MissingAuthenticationToken"
    sandbox.switch(expired_credentials=True)
    assert code_of(iam.list_users) == "ExpiredToken"
    assert code_of(sandbox.boto("sts").get_caller_identity) == "ExpiredToken"


def test_a_service_the_sandbox_does_not_have_is_refused_by_name(sandbox: Sandbox) -> None:
    with pytest.raises(ClientError, match="the sandbox knows iam and sts, not s3"):
        sandbox.boto("s3", config=ONCE).list_buckets()
