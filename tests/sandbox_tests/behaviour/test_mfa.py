# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MFA devices, their codes, and the credentials that begin with one."""

from __future__ import annotations

import base64
import json
from typing import Any

import pyotp
import pytest

from tests.sandbox.behaviour.credentials.one_time_codes import SECONDS, OneTimeCodes
from tests.sandbox.client import Sandbox
from tests.support.authenticator import Authenticator, enabling, give_device

from ..calling import client_of
from ..refusal import refused

CODES = {"AuthenticationCode1": "123456", "AuthenticationCode2": "654321"}
WRONG = "Authentication code for device is not valid."
SEED = base64.b32encode(b"12345678901234567890").decode()
MOMENT = 1_800_000_015.0


@pytest.fixture
def user(iam: Any) -> str:
    iam.create_user(UserName="Asha")
    return "Asha"


@pytest.fixture
def own(sandbox: Sandbox, iam: Any, user: str) -> dict[str, str]:
    """A long-term access key of the user."""
    key: dict[str, str] = iam.create_access_key(UserName=user)["AccessKey"]
    return key


def shown(steps_ago: int, moment: float = MOMENT) -> str:
    return pyotp.HOTP(SEED).at(int(moment) // SECONDS - steps_ago)


def test_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B: its seed and moments, of whose eight digits six are ours."""
    for moment, code in ((59, "287082"), (1111111109, "081804"), (2000000000, "279037"), (20000000000, "353130")):
        assert OneTimeCodes(SEED).take(code, moment)
        assert not OneTimeCodes(SEED).take(code, moment + 2 * SECONDS)


def test_a_code_is_taken_once_and_none_that_is_older() -> None:
    """IAM user guide, MFA: each code is used once; RFC 6238, 5.2: a step either side of the present is taken."""
    codes = OneTimeCodes(SEED)
    assert not codes.take(shown(2), MOMENT)
    assert codes.take(shown(1), MOMENT)
    assert not codes.take(shown(1), MOMENT)
    assert codes.take(shown(-1), MOMENT)
    assert not codes.take(shown(0), MOMENT), "older than the last"
    assert not codes.take(shown(-2), MOMENT)
    assert codes.take(shown(-2), MOMENT + SECONDS)


def test_two_codes_in_a_row_tell_where_a_clock_stands() -> None:
    """ResyncMFADevice, RFC 6238, 6: a clock that is wrong is taken as it is; two codes of it are used by that."""
    codes = OneTimeCodes(SEED)
    for first, second in ((shown(0), shown(1)), (shown(3), shown(1)), (shown(1), shown(1)), (shown(40), shown(39))):
        assert not codes.synchronise(first, second, MOMENT)
    assert codes.synchronise(shown(11), shown(10), MOMENT)
    assert not codes.take(shown(10), MOMENT)
    assert not codes.take(shown(5), MOMENT)
    assert codes.take(shown(9), MOMENT), "the device is five minutes slow"
    assert not codes.synchronise(shown(9), shown(8), MOMENT), "one of them was used"
    assert codes.take(shown(0), MOMENT), "or its owner was"
    assert codes.synchronise(shown(-1), shown(-2), MOMENT)
    assert not codes.take(shown(-2), MOMENT)


def test_what_creating_a_device_answers(iam: Any) -> None:
    """CreateVirtualMFADevice: serial number with path and name, seed in base32, a picture; tags (API reference)."""
    made = iam.create_virtual_mfa_device(VirtualMFADeviceName="asha", Path="/p/", Tags=[{"Key": "k", "Value": "v"}])
    device = made["VirtualMFADevice"]
    assert device["SerialNumber"] == "arn:aws:iam::123456789012:mfa/p/asha"
    assert len(base64.b32decode(device["Base32StringSeed"])) == 40
    assert device["QRCodePNG"].startswith(b"\x89PNG\r\n")
    assert device["Tags"] == [{"Key": "k", "Value": "v"}]
    with refused("EntityAlreadyExists", "MFADevice entity at the same path and name already exists."):
        iam.create_virtual_mfa_device(VirtualMFADeviceName="ASHA", Path="/p/")
    iam.create_virtual_mfa_device(VirtualMFADeviceName="asha", Path="/q/")
    for wrong in ({"VirtualMFADeviceName": "a b"}, {"VirtualMFADeviceName": ""}, {"Path": "p"}):
        with refused("ValidationError"):
            iam.create_virtual_mfa_device(**{"VirtualMFADeviceName": "b", **wrong})


def test_virtual_devices(iam: Any, user: str) -> None:
    """Virtual MFA devices: live by themselves; the list shows whose they are, by AssignmentStatus (API reference)."""
    serial, app = give_device(iam, user)
    orphan = iam.create_virtual_mfa_device(VirtualMFADeviceName="b")["VirtualMFADevice"]["SerialNumber"]

    def listed(**params: str) -> list[tuple[str, str | None]]:
        devices = iam.list_virtual_mfa_devices(**params)["VirtualMFADevices"]
        return [(device["SerialNumber"], device.get("User", {}).get("UserName")) for device in devices]

    assert listed() == [(serial, user), (orphan, None)]
    assert listed(AssignmentStatus="Assigned") == [(serial, user)]
    assert listed(AssignmentStatus="Unassigned") == [(orphan, None)]
    held = iam.list_mfa_devices(UserName="asha")["MFADevices"]
    assert [(device["UserName"], device["SerialNumber"]) for device in held] == [(user, serial)]
    assert iam.get_mfa_device(UserName=user, SerialNumber=serial)["EnableDate"]

    with refused("InvalidAuthenticationCode", WRONG):
        iam.resync_mfa_device(UserName=user, SerialNumber=serial, **CODES)
    iam.resync_mfa_device(UserName=user, SerialNumber=serial, **enabling(app.two_codes()))


def test_one_virtual_device_for_one_user(iam: Any, user: str) -> None:
    """EnableMFADevice: two codes in a row; EntityAlreadyExists for a device in use, NoSuchEntity for none."""
    iam.create_user(UserName="other")
    made = iam.create_virtual_mfa_device(VirtualMFADeviceName="a")["VirtualMFADevice"]
    device, app = {"SerialNumber": made["SerialNumber"]}, Authenticator(made["Base32StringSeed"])
    with refused("NoSuchEntity"):
        iam.enable_mfa_device(UserName=user, SerialNumber=made["SerialNumber"] + "x", **CODES)
    right = enabling(app.two_codes())
    swapped = {"AuthenticationCode1": right["AuthenticationCode2"], "AuthenticationCode2": right["AuthenticationCode1"]}
    for wrong in (CODES, swapped, {**right, "AuthenticationCode2": right["AuthenticationCode1"]}):
        with refused("InvalidAuthenticationCode", WRONG):
            iam.enable_mfa_device(UserName=user, **device, **wrong)
    iam.enable_mfa_device(UserName=user, **device, **right)
    for name in (user, "other"):
        with refused("EntityAlreadyExists"):
            iam.enable_mfa_device(UserName=name, **device, **CODES)
    with refused("ValidationError", "authenticationCode1"):
        iam.enable_mfa_device(UserName=user, SerialNumber="GAHT1", AuthenticationCode1="1", AuthenticationCode2="1")
    iam.deactivate_mfa_device(UserName=user, **device)
    with refused("InvalidAuthenticationCode"):
        iam.enable_mfa_device(UserName="other", **device, **right)


def test_hardware_devices_are_in_no_account_wide_list(iam: Any, user: str) -> None:
    """MFA: ListVirtualMFADevices shows neither hardware nor FIDO; ListMFADevices of the user does."""
    iam.enable_mfa_device(UserName=user, SerialNumber="GAHT12345678", **CODES)
    assert iam.list_virtual_mfa_devices()["VirtualMFADevices"] == []
    assert iam.list_mfa_devices(UserName=user)["MFADevices"][0]["SerialNumber"] == "GAHT12345678"
    iam.deactivate_mfa_device(UserName=user, SerialNumber="GAHT12345678")
    assert iam.list_mfa_devices(UserName=user)["MFADevices"] == []


def test_tags_of_a_virtual_device(iam: Any) -> None:
    """TagMFADevice, UntagMFADevice, ListMFADeviceTags: keys differ by case, unlike a user's (user guide)."""
    serial = iam.create_virtual_mfa_device(VirtualMFADeviceName="a")["VirtualMFADevice"]["SerialNumber"]
    iam.tag_mfa_device(SerialNumber=serial, Tags=[{"Key": "b", "Value": "1"}, {"Key": "a", "Value": "1"}])
    iam.tag_mfa_device(SerialNumber=serial, Tags=[{"Key": "A", "Value": "2"}])
    assert [tag["Key"] for tag in iam.list_mfa_device_tags(SerialNumber=serial)["Tags"]] == ["A", "a", "b"]
    iam.untag_mfa_device(SerialNumber=serial, TagKeys=["a", "A", "c"])
    assert iam.list_mfa_device_tags(SerialNumber=serial)["Tags"] == [{"Key": "b", "Value": "1"}]
    with refused("NoSuchEntity"):
        iam.list_mfa_device_tags(SerialNumber="GAHT12345678")


def test_a_session_with_mfa(sandbox: Sandbox, iam: Any, user: str, own: dict[str, str]) -> None:
    """GetSessionToken: with a code of the own device the credentials open IAM, without they do not (API reference)."""
    serial, app = give_device(iam, user)
    sts = client_of(sandbox, own, "sts")
    for given, told in (
        ({"SerialNumber": serial, "TokenCode": "000000"}, "with invalid MFA one time pass code"),
        ({"SerialNumber": serial + "x", "TokenCode": "000000"}, "unable to validate MFA code"),
        ({"SerialNumber": serial}, "must provide both"),
        ({"TokenCode": "000000"}, "must provide both"),
    ):
        with refused("AccessDenied", told):
            sts.get_session_token(**given)
    with refused("ValidationError", "durationSeconds"):
        sts.get_session_token(DurationSeconds=129_601)

    code = app.code()
    session = sts.get_session_token(SerialNumber=serial, TokenCode=code)["Credentials"]
    assert session["AccessKeyId"].startswith("ASIA")
    inside, inside_sts = client_of(sandbox, session), client_of(sandbox, session, "sts")
    assert inside_sts.get_caller_identity()["Arn"].endswith(":user/Asha")
    assert inside.get_user()["User"]["UserName"] == user
    iam.update_user(UserName=user, NewUserName="Asha.Rao")
    assert inside.get_user()["User"]["UserName"] == "Asha.Rao"
    with refused("AccessDenied", "invalid MFA one time pass code"):
        sts.get_session_token(SerialNumber=serial, TokenCode=code)
    with refused("AccessDenied", "with session credentials"):
        inside_sts.get_session_token()

    without = sts.get_session_token()["Credentials"]
    with refused("InvalidClientTokenId"):
        client_of(sandbox, without).get_user()
    with refused("InvalidClientTokenId"):
        client_of(sandbox, {**session, "SessionToken": "another"}).get_user()


def test_a_role_that_wants_mfa(sandbox: Sandbox, iam: Any, user: str, own: dict[str, str]) -> None:
    """AssumeRole: a code of the own device in the call, or a session that began with one; a used code is refused."""
    with_mfa = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    asha = {"AWS": "arn:aws:iam::123456789012:user/Asha"}
    trust = {"Effect": "Allow", "Principal": asha, "Action": "sts:AssumeRole", "Condition": with_mfa}
    document = json.dumps({"Version": "2012-10-17", "Statement": trust})
    arn = iam.create_role(RoleName="deployer", AssumeRolePolicyDocument=document)["Role"]["Arn"]
    serial, app = give_device(iam, user)
    sts, role = client_of(sandbox, own, "sts"), {"RoleArn": arn, "RoleSessionName": user}
    code = {"SerialNumber": serial, "TokenCode": app.code()}
    with refused("AccessDenied", "not authorized to perform: sts:AssumeRole"):
        sts.assume_role(**role)
    with refused("AccessDenied", "invalid MFA one time pass code"):
        sts.assume_role(**role, **{**code, "TokenCode": "000000"})
    session = sts.get_session_token(**code)["Credentials"]
    with refused("AccessDenied", "invalid MFA one time pass code"):
        sts.assume_role(**role, **code)
    assert client_of(sandbox, session, "sts").assume_role(**role)["AssumedRoleUser"]["Arn"].endswith("deployer/Asha")
    hardware = {"SerialNumber": "GAHT12345678", "TokenCode": "123456"}
    iam.enable_mfa_device(UserName=user, SerialNumber="GAHT12345678", **CODES)
    assert sts.assume_role(**role, **hardware)["Credentials"]


def test_who_has_a_device_changes_devices_with_it(sandbox: Sandbox, iam: Any, user: str, own: dict[str, str]) -> None:
    """Since AWS-2023-001 a user with a device adds and removes the own ones with MFA only; others may without."""
    serial, app = give_device(iam, user)
    plain = client_of(sandbox, own)
    with refused("AccessDenied", "iam:EnableMFADevice"):
        plain.enable_mfa_device(UserName=user, SerialNumber="GAHT12345678", **CODES)
    with refused("AccessDenied", "iam:DeactivateMFADevice"):
        plain.deactivate_mfa_device(UserName=user, SerialNumber=serial)
    session = client_of(sandbox, own, "sts").get_session_token(SerialNumber=serial, TokenCode=app.code())
    with_mfa = client_of(sandbox, session["Credentials"])
    with_mfa.enable_mfa_device(UserName=user, SerialNumber="GAHT12345678", **CODES)
    with_mfa.deactivate_mfa_device(UserName=user, SerialNumber=serial)
    iam.deactivate_mfa_device(UserName=user, SerialNumber="GAHT12345678")
