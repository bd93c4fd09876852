# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sign-in page by its forms, as a browser sends them."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest
import requests

from tests.sandbox.client import Sandbox
from tests.sandbox.pages.policy_words import sentences
from tests.support.browsing import Browsing

FIRST, OWN = "first-One-9!xyz", "my-Own-Pass-77"
MAY_CHANGE = "arn:aws:iam::aws:policy/IAMUserChangePassword"
ATHENA = "arn:aws:iam::aws:policy/AmazonAthenaFullAccess"
SCRATCH = {
    "Version": "2012-10-17",
    "Statement": {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::scratch/*"},
}


@pytest.fixture
def account(sandbox: Sandbox) -> Sandbox:
    sandbox.seed(
        groups=[
            {
                "name": "data-science",
                "path": "/workforce/",
                "managed_policies": [ATHENA],
                "inline_policies": {"scratch": SCRATCH},
            }
        ],
        users=[
            {
                "name": "asha.rao",
                "groups": ["data-science"],
                "managed_policies": [MAY_CHANGE],
                "password": FIRST,
                "password_reset_required": True,
            },
            {"name": "li.wei", "password": FIRST, "password_reset_required": True},
            {"name": "settled", "password": FIRST, "tags": {"team": "<b>&"}},
        ],
    )
    return sandbox


@pytest.fixture
def browsing() -> Iterator[Browsing]:
    with Browsing() as browsing:
        yield browsing


def test_the_first_day(account: Sandbox, browsing: Browsing) -> None:
    browsing.open(f"{account.endpoint_url}/console/123456789012")
    assert 'value="123456789012"' in browsing.page
    browsing.send(username="Asha.Rao", password=FIRST)
    assert browsing.path == "/home/password"
    assert "Choose your own password" in browsing.text

    browsing.open(f"{account.endpoint_url}/home")
    assert browsing.path == "/home/password", "nothing else before the password is changed"
    browsing.send(old=FIRST, new=OWN, again="another")
    assert "not the same" in browsing.alert
    browsing.send(old=FIRST, new="short", again="short")
    assert "Password should have a minimum length of 8" in browsing.alert
    browsing.send(old="wrong", new=OWN, again=OWN)
    assert "incorrect" in browsing.alert
    assert browsing.path == "/home/password"
    browsing.send(old=FIRST, new=OWN, again=OWN)
    assert browsing.path == "/home"
    assert "You are asha.rao" in browsing.text
    assert "arn:aws:iam::123456789012:user/asha.rao" in browsing.text
    assert "data-science" in browsing.text
    assert "AmazonAthenaFullAccess" in browsing.text
    assert "May s3:PutObject on arn:aws:s3:::scratch/*" in browsing.text
    assert not account.state()["users"]["asha.rao"]["login_profile"]["password_reset_required"]

    browsing.send("sign-out")
    assert browsing.path == "/console/123456789012"
    browsing.open(f"{account.endpoint_url}/home")
    assert browsing.path == "/console", "signed out is signed out"


def test_only_the_new_password_works(account: Sandbox, browsing: Browsing) -> None:
    page = f"{account.endpoint_url}/console/123456789012"
    browsing.open(page)
    browsing.send(username="asha.rao", password=FIRST)
    browsing.send(old=FIRST, new=OWN, again=OWN)
    with Browsing() as other:
        other.open(page)
        other.send(username="asha.rao", password=FIRST)
        assert (other.status, other.path) == (403, "/console/123456789012")
        assert "incorrect" in other.alert
        other.send(password=OWN)
        assert other.path == "/home"


def test_without_permission_nobody_gets_past_the_change(account: Sandbox, browsing: Browsing) -> None:
    browsing.open(f"{account.endpoint_url}/console/123456789012")
    browsing.send(username="li.wei", password=FIRST)
    browsing.send(old=FIRST, new=OWN, again=OWN)
    assert "not authorized to perform: iam:ChangePassword" in browsing.alert
    browsing.open(f"{account.endpoint_url}/home")
    assert browsing.path == "/home/password"


def test_by_alias_and_without_an_account(account: Sandbox, browsing: Browsing) -> None:
    account.boto().create_account_alias(AccountAlias="example-company")
    browsing.open(f"{account.endpoint_url}/console")
    browsing.send(account="example-company", username="settled", password=FIRST)
    assert browsing.path == "/home"
    assert "123456789012 (example-company)" in browsing.text
    assert "You are in no department" in browsing.text
    assert "<b>&" not in browsing.page
    assert "<b>&" in browsing.text


@pytest.mark.parametrize(
    "given",
    [
        {"account": "999999999999", "username": "settled", "password": FIRST},
        {"account": "123456789012", "username": "nobody", "password": FIRST},
        {"account": "123456789012", "username": "settled", "password": ""},
        {"account": "123456789012", "username": '"><script>alert(1)</script>', "password": FIRST},
    ],
)
def test_one_refusal_for_all(account: Sandbox, browsing: Browsing, given: dict[str, str]) -> None:
    browsing.open(f"{account.endpoint_url}/console")
    browsing.send(**given)
    assert browsing.alert == "Your authentication information is incorrect. Please try again."
    assert "<script" not in browsing.page


def test_a_form_of_another_site(account: Sandbox, browsing: Browsing) -> None:
    page = f"{account.endpoint_url}/console"
    given = {"account": "123456789012", "username": "settled", "password": FIRST}
    assert requests.post(page, data=given, timeout=10).status_code == 403
    browsing.open(page)
    browsing.send(token="planted", **given)
    assert browsing.status == 403
    browsing.send(**given)
    before = account.state()
    browsing.open(f"{account.endpoint_url}/home/password")
    browsing.send(token="planted", old=FIRST, new=OWN, again=OWN)
    assert browsing.status == 403
    assert account.state() == before


def test_who_signs_in_gets_a_new_cookie(account: Sandbox, browsing: Browsing) -> None:
    browsing.open(f"{account.endpoint_url}/console")
    before = browsing.cookie
    browsing.send(account="123456789012", username="settled", password=FIRST)
    assert browsing.path == "/home"
    assert browsing.cookie not in ("", before)
    with Browsing(cookie=before) as other:
        other.open(f"{account.endpoint_url}/home")
        assert other.path == "/console"


@pytest.mark.parametrize("by", ["sign-out", "another sign-in"])
def test_an_old_cookie_opens_nothing(account: Sandbox, browsing: Browsing, by: str) -> None:
    browsing.open(f"{account.endpoint_url}/console")
    browsing.send(account="123456789012", username="settled", password=FIRST)
    before = browsing.cookie
    if by == "sign-out":
        browsing.send("sign-out")
    else:
        browsing.open(f"{account.endpoint_url}/console")
        browsing.send(account="123456789012", username="settled", password=FIRST)
    with Browsing(cookie=before) as other:
        other.open(f"{account.endpoint_url}/home")
        assert other.path == "/console"


def test_a_user_that_is_gone(account: Sandbox, browsing: Browsing) -> None:
    browsing.open(f"{account.endpoint_url}/console")
    browsing.send(account="123456789012", username="settled", password=FIRST)
    account.reset()
    browsing.open(f"{account.endpoint_url}/home")
    assert browsing.path == "/console/123456789012"


def test_pages_are_no_calls(account: Sandbox, browsing: Browsing) -> None:
    account.clear_calls()
    browsing.open(f"{account.endpoint_url}/console")
    browsing.send(account="123456789012", username="settled", password=FIRST)
    assert account.calls()["total"] == 0


@pytest.mark.parametrize(
    "name", ["123456789012.signin.aws.amazon.com", "example.signin.amazonaws.cn", "example.signin.amazonaws-us-gov.com"]
)
def test_behind_tls_under_the_address_of_the_mail(account: Sandbox, name: str) -> None:
    port, authority = account.https()
    assert account.https() == (port, authority)
    context = ssl.create_default_context(cadata=authority)
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.sock = context.wrap_socket(socket.create_connection(("127.0.0.1", port)), server_hostname=name)
    connection.request("GET", "/console", headers={"Host": name})
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    account_name, _dot, domain = name.partition(".")
    assert f'name="account" value="{account_name}"' in page
    assert answer.headers["Set-Cookie"].endswith(f"; Domain={domain}"), "a link that switches the role has no account"


def test_words_for_policies() -> None:
    deny = {
        "Effect": "Deny",
        "NotAction": ["iam:*"],
        "NotResource": "arn:x",
        "Condition": {"Bool": {"aws:MultiFactorAuthPresent": False}, "StringEquals": {"k": ["a", "b"]}},
    }
    many = {"Effect": "Allow", "Action": [f"s3:Get{n}" for n in range(9)], "Resource": "*"}
    assert sentences({"Statement": [deny, many, {"Effect": "Allow", "Action": "*", "Resource": ["*"]}]}) == [
        "May never do anything but iam:* on everything but arn:x "
        "if aws:MultiFactorAuthPresent Bool false and k StringEquals a, b",
        "May s3:Get0, s3:Get1, s3:Get2, s3:Get3, s3:Get4, s3:Get5 and 3 more",
        "May do everything",
    ]
