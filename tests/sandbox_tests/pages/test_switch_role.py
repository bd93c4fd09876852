# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Becoming a role by a link, as the console's page does it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.support.authenticator import give_device
from tests.support.browsing import Browsing

PASSWORD, OWN = "first-One-9!xyz", "my-Own-Pass-77"
LINK = "/switchrole?account=example-corp&roleName=workforce/deployer&displayName=deploy%20%3Cb%3E"
FAILED = "Could not switch roles using the provided information."


def trust(**condition: Any) -> str:
    root = {"AWS": "arn:aws:iam::123456789012:root"}
    statement = {"Effect": "Allow", "Principal": root, "Action": "sts:AssumeRole", "Condition": condition}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@pytest.fixture
def account(sandbox: Sandbox) -> Sandbox:
    may = {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "arn:aws:iam::123456789012:role/*"}
    own = {"Version": "2012-10-17", "Statement": may}
    asha = {"name": "asha.rao", "password": PASSWORD, "inline_policies": {"roles": own}}
    new = {"managed_policies": ["arn:aws:iam::aws:policy/IAMUserChangePassword"], "password_reset_required": True}
    sandbox.seed(users=[asha, {**asha, **new, "name": "li.wei"}])
    iam = sandbox.boto()
    iam.create_account_alias(AccountAlias="example-corp")
    mfa = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    iam.create_role(RoleName="deployer", Path="/workforce/", AssumeRolePolicyDocument=trust(**mfa))
    iam.attach_role_policy(RoleName="deployer", PolicyArn="arn:aws:iam::aws:policy/PowerUserAccess")
    named = {"StringEquals": {"sts:RoleSessionName": "${aws:username}"}}
    iam.create_role(RoleName="reader", AssumeRolePolicyDocument=trust(**named))
    return sandbox


@pytest.fixture
def browsing() -> Iterator[Browsing]:
    with Browsing() as browsing:
        yield browsing


def test_the_link_goes_on_after_the_sign_in(account: Sandbox, browsing: Browsing) -> None:
    """Not signed in, the link leads there by way of the sign-in page, with the code of a device."""
    _serial, app = give_device(account.boto(), "asha.rao")
    browsing.open(account.endpoint_url + LINK)
    assert browsing.path == "/console/example-corp"
    browsing.send(username="asha.rao", password=PASSWORD)
    browsing.send(code=app.code())
    assert browsing.path == "/switchrole"
    assert "signed in with MFA" in browsing.text
    browsing.send()
    assert browsing.path == "/home"
    assert "You act as deployer" in browsing.text
    assert "deploy <b>" in browsing.text
    assert "<b>" not in browsing.page
    assert "arn:aws:sts::123456789012:assumed-role/deployer/asha.rao" in browsing.text
    assert "PowerUserAccess" in browsing.text

    for page in ("password", "mfa"):
        browsing.open(f"{account.endpoint_url}/home/{page}")
        assert browsing.status == 404, "a role has neither password nor device"
    browsing.open(f"{account.endpoint_url}/home")
    browsing.send("switch-back")
    assert "You are asha.rao" in browsing.text


def test_the_link_goes_on_after_the_forced_change(account: Sandbox, browsing: Browsing) -> None:
    browsing.open(f"{account.endpoint_url}/switchrole?account=123456789012&roleName=reader")
    browsing.send(username="li.wei", password=PASSWORD)
    assert browsing.path == "/home/password"
    browsing.open(f"{account.endpoint_url}/switchrole?account=123456789012&roleName=reader")
    assert browsing.path == "/home/password", "nothing else before the password is changed"
    browsing.send(old=PASSWORD, new=OWN, again=OWN)
    assert browsing.path == "/switchrole"
    browsing.send()
    assert "assumed-role/reader/li.wei" in browsing.text


def test_who_may_not_and_what_is_not_there(account: Sandbox, browsing: Browsing) -> None:
    """AWS's one sentence for all of them, and below it the reason, for whoever practises."""
    browsing.open(f"{account.endpoint_url}/console/123456789012")
    browsing.send(username="asha.rao", password=PASSWORD)
    browsing.open(account.endpoint_url + LINK)
    browsing.send()
    assert (browsing.status, browsing.alert.startswith(FAILED)) == (403, True)
    assert "not authorized to perform: sts:AssumeRole" in browsing.text, "the role wants MFA"
    for wrong in (
        {"roleName": "deployer"},
        {"account": "999999999999"},
        {"roleName": "other/deployer"},
        {"roleName": ""},
    ):
        browsing.send(**{"account": "123456789012", "roleName": "workforce/deployer", **wrong})
        assert (browsing.status, "There is no such role." in browsing.text) == (403, True)
    browsing.send(token="planted", roleName="reader")
    assert browsing.status == 403
    browsing.open(f"{account.endpoint_url}/home")
    assert "You are asha.rao" in browsing.text


def test_from_one_role_to_another(account: Sandbox, browsing: Browsing) -> None:
    """The console judges the user again, not the role; a role that is deleted leaves the user."""
    iam = account.boto()
    iam.create_role(RoleName="writer", AssumeRolePolicyDocument=trust())
    browsing.open(f"{account.endpoint_url}/console/123456789012")
    browsing.send(username="asha.rao", password=PASSWORD)
    for role in ("reader", "writer"):
        browsing.open(f"{account.endpoint_url}/switchrole?account=123456789012&roleName={role}")
        browsing.send()
        assert f"You act as {role}\n{role} @ example-corp" in browsing.text
    iam.delete_role(RoleName="writer")
    browsing.open(f"{account.endpoint_url}/home")
    assert "You are asha.rao" in browsing.text
