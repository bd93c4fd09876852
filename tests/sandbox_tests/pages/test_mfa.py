# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An MFA device at the console: how one gets it, and signs in with it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from tests.sandbox.client import Sandbox
from tests.support.authenticator import Authenticator, give_device
from tests.support.browsing import Browsing

from ..policies import ENROLMENT, FORCE_MFA

PASSWORD, NEW = "my-Own-Pass-77", "my-Next-Pass-78"
MAY_CHANGE = "arn:aws:iam::aws:policy/IAMUserChangePassword"
SERIAL = "arn:aws:iam::123456789012:mfa/asha.rao"
WRONG = "Your authentication information is incorrect. Please try again."


@pytest.fixture
def account(sandbox: Sandbox) -> Sandbox:
    """Somebody whom policies deny everything without MFA, but a device; and somebody whose boundary denies that too."""
    asha = {
        "name": "asha.rao",
        "path": "/staff/",
        "password": PASSWORD,
        "managed_policies": [MAY_CHANGE],
        "inline_policies": {"enrolment": ENROLMENT, "mfa": FORCE_MFA},
    }
    s3 = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
    li = {"name": "li.wei", "password": PASSWORD, "inline_policies": {"e": ENROLMENT}, "permissions_boundary": s3}
    sandbox.seed(users=[asha, li])
    return sandbox


@pytest.fixture
def browsing(account: Sandbox) -> Iterator[Browsing]:
    with Browsing() as browsing:
        sign_in(account, browsing)
        yield browsing


def sign_in(account: Sandbox, browsing: Browsing, name: str = "asha.rao", password: str = PASSWORD) -> None:
    browsing.open(f"{account.endpoint_url}/console/123456789012")
    browsing.send(username=name, password=password)


def begin(account: Sandbox, browsing: Browsing, **fields: str) -> Authenticator:
    """Name a device, and put the key that the page shows into an app."""
    browsing.open(f"{account.endpoint_url}/home/mfa")
    browsing.send("device", **fields)
    (seed,) = re.findall(r'id="secret-key">([A-Z2-7]{64})<', browsing.page)
    return Authenticator(seed)


def enter(browsing: Browsing, codes: tuple[str, str]) -> None:
    browsing.send("codes", first=codes[0], second=codes[1])


def test_a_first_device(account: Sandbox, browsing: Browsing) -> None:
    """The deny lets this through and nothing else; from then on the code is asked for, and the deny is no more."""
    assert "Sign-in\nwithout MFA\nMFA devices\nnone" in browsing.text
    browsing.open(f"{account.endpoint_url}/home/password")
    browsing.send(old=PASSWORD, new=NEW, again=NEW)
    assert "with an explicit deny" in browsing.alert
    app = begin(account, browsing)
    assert SERIAL in browsing.text
    assert 'src="data:image/png;base64,iVBOR' in browsing.page
    enter(browsing, ("000000", "000000"))
    assert (browsing.status, browsing.alert) == (400, "Authentication code for device is not valid.")
    codes = app.two_codes()
    enter(browsing, codes)
    assert browsing.path == "/home"
    assert "Your MFA device is assigned" in browsing.alert
    assert f"Sign-in\nwithout MFA\nMFA devices\n{SERIAL}" in browsing.text
    assert account.state()["users"]["asha.rao"]["mfa_devices"] == [SERIAL]

    browsing.send("sign-out")
    sign_in(account, browsing)
    assert (browsing.path, browsing.headings) == ("/sign-in/code", [(1, "Multi-factor authentication")])
    for page in ("/home", "/home/mfa", "/switchrole?account=1"):
        with Browsing(cookie=browsing.cookie) as other:
            other.open(f"{account.endpoint_url}{page}")
            assert other.path.startswith("/console"), "nothing before the code"
    for wrong in ("000000", codes[1], ""):
        browsing.send(code=wrong)
        assert (browsing.status, browsing.path, browsing.alert) == (403, "/sign-in/code", WRONG)
    browsing.send(code=app.code())
    assert "Sign-in\nwith MFA" in browsing.text
    browsing.open(f"{account.endpoint_url}/home/password")
    browsing.send(old=PASSWORD, new=NEW, again=NEW)
    assert "Your password is changed." in browsing.alert


def test_a_further_device_needs_the_first(account: Sandbox, browsing: Browsing) -> None:
    """Since AWS-2023-001: who has a device adds another one only signed in with it."""
    serial, app = give_device(account.boto(), "asha.rao", "phone")
    enter(browsing, begin(account, browsing, name="laptop").two_codes())
    assert "not authorized to perform: iam:EnableMFADevice" in browsing.alert
    with Browsing() as again:
        sign_in(account, again)
        again.send(code=app.code())
        enter(again, begin(account, again, name="tablet").two_codes())
        assert "Your further MFA device is assigned." in again.alert
    held = account.state()["users"]["asha.rao"]["mfa_devices"]
    assert held == [serial, "arn:aws:iam::123456789012:mfa/tablet"]


def test_devices_that_nobody_gets(account: Sandbox, browsing: Browsing) -> None:
    """Refused as the API refuses it: a name with a blank, a name that an orphan has, somebody without permission."""
    account.boto().create_virtual_mfa_device(VirtualMFADeviceName="Orphan")
    browsing.open(f"{account.endpoint_url}/home/mfa")
    for name, told in (("my phone", "is invalid"), ("", "validation"), ("orphan", "already exists")):
        browsing.send("device", name=name)
        assert told in browsing.alert
        assert browsing.status == 400
    with Browsing() as li:
        sign_in(account, li, "li.wei")
        assert "not authorized to perform: iam:ListMFADevices" in li.text
        li.open(f"{account.endpoint_url}/home/mfa")
        li.send("device", name="li.wei")
        refusal = (
            "not authorized to perform: iam:CreateVirtualMFADevice on resource: arn:aws:iam::123456789012:mfa/li.wei"
        )
        assert refusal in li.alert
    assert list(account.state()["virtual_mfa_devices"]) == ["arn:aws:iam::123456789012:mfa/Orphan"]


def test_the_code_comes_before_the_forced_change(account: Sandbox, browsing: Browsing) -> None:
    """Somebody with a device whose password is given anew shows the code first, and may then do what MFA allows."""
    iam = account.boto()
    _serial, app = give_device(iam, "asha.rao")
    iam.update_login_profile(UserName="asha.rao", Password=NEW, PasswordResetRequired=True)
    sign_in(account, browsing, password=NEW)
    assert browsing.path == "/sign-in/code"
    browsing.send(code=app.code())
    assert browsing.path == "/home/password"
    browsing.open(f"{account.endpoint_url}/home/mfa")
    assert browsing.path == "/home/password", "nothing else before the password is changed"
    browsing.send(old=NEW, new=PASSWORD, again=PASSWORD)
    assert browsing.path == "/home"


def test_codes_of_another_site(account: Sandbox, browsing: Browsing) -> None:
    """A form that this browser was not shown is refused; the code page asks nobody who gave no password."""
    _serial, app = give_device(account.boto(), "asha.rao")
    before = account.state()
    browsing.open(f"{account.endpoint_url}/home/mfa")
    browsing.send("device", token="planted", name="asha")
    assert (browsing.status, account.state()) == (403, before)
    sign_in(account, browsing)
    cookie = browsing.cookie
    code = app.code()
    browsing.send(code=code, token="planted")
    assert (browsing.status, browsing.path) == (403, "/sign-in/code")
    browsing.send(code=code)
    assert browsing.path == "/home"
    with Browsing(cookie=cookie) as other:
        other.open(f"{account.endpoint_url}/sign-in/code")
        assert other.path == "/console", "the cookie of the first step opens nothing"


def test_a_deny_that_forgets_the_enrolment(account: Sandbox, browsing: Browsing) -> None:
    """Then nobody gets a device: what the deny does not list is blocked on the page as well."""
    forgetful = {**FORCE_MFA, "Statement": {**FORCE_MFA["Statement"], "NotAction": ["iam:CreateVirtualMFADevice"]}}
    account.boto().put_user_policy(UserName="asha.rao", PolicyName="mfa", PolicyDocument=json.dumps(forgetful))
    enter(browsing, begin(account, browsing).two_codes())
    assert "iam:EnableMFADevice" in browsing.alert
    assert "explicit deny" in browsing.alert
    assert account.state()["users"]["asha.rao"]["mfa_devices"] == []
