# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access keys, service-specific credentials, SSH keys and certificates."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.sandbox.client import Sandbox

from ..refusal import refused

CODES = {"AuthenticationCode1": "123456", "AuthenticationCode2": "654321"}
CODECOMMIT = "codecommit.amazonaws.com"
KEYSPACES = "cassandra.amazonaws.com"
BEDROCK = "bedrock.amazonaws.com"


def ssh_key(number: int) -> str:
    return "ssh-rsa " + base64.b64encode(b"\x00\x00\x00\x07ssh-rsa" + bytes([number] * 64)).decode()


@pytest.fixture
def user(iam: Any) -> str:
    iam.create_user(UserName="Asha")
    return "Asha"


def test_access_keys(iam: Any, user: str) -> None:
    """Access keys: the secret comes once; status Active or Inactive, Expired is InvalidInput (live probe)."""
    key = iam.create_access_key(UserName="ASHA")["AccessKey"]
    assert (key["UserName"], key["Status"]) == (user, "Active")
    assert key["SecretAccessKey"]
    listed = iam.list_access_keys(UserName="asha")["AccessKeyMetadata"]
    assert [set(found) for found in listed] == [{"UserName", "AccessKeyId", "Status", "CreateDate"}]
    iam.update_access_key(UserName=user, AccessKeyId=key["AccessKeyId"], Status="Inactive")
    assert iam.list_access_keys(UserName=user)["AccessKeyMetadata"][0]["Status"] == "Inactive"
    for wrong in ("Expired", "active"):
        with refused("InvalidInput"):
            iam.update_access_key(UserName=user, AccessKeyId=key["AccessKeyId"], Status=wrong)
    used = iam.get_access_key_last_used(AccessKeyId=key["AccessKeyId"])
    assert used["UserName"] == user
    assert used["AccessKeyLastUsed"]["ServiceName"] == "N/A"
    iam.delete_access_key(UserName=user, AccessKeyId=key["AccessKeyId"])
    with refused("NoSuchEntity"):
        iam.delete_access_key(UserName=user, AccessKeyId=key["AccessKeyId"])


def test_keys_of_somebody_else(iam: Any, user: str) -> None:
    """Access keys: NoSuchEntity for a key that another user has."""
    iam.create_user(UserName="other")
    key = iam.create_access_key(UserName="other")["AccessKey"]["AccessKeyId"]
    with refused("NoSuchEntity"):
        iam.delete_access_key(UserName=user, AccessKeyId=key)


def test_service_credentials(iam: Any, user: str) -> None:
    """Service-specific credentials: created and reset with their secret, listed without, made inactive, deleted."""
    made = iam.create_service_specific_credential(UserName=user, ServiceName=CODECOMMIT)["ServiceSpecificCredential"]
    assert made["ServiceUserName"] == "Asha-at-123456789012"
    named = {"UserName": user, "ServiceSpecificCredentialId": made["ServiceSpecificCredentialId"]}
    listed = iam.list_service_specific_credentials(UserName="asha")["ServiceSpecificCredentials"][0]
    assert "ServicePassword" not in listed
    assert listed["Status"] == "Active"
    fresh = iam.reset_service_specific_credential(**named)["ServiceSpecificCredential"]
    assert fresh["ServicePassword"] != made["ServicePassword"]
    iam.update_service_specific_credential(**named, Status="Inactive")
    held = iam.list_service_specific_credentials(UserName=user)["ServiceSpecificCredentials"]
    assert held[0]["Status"] == "Inactive"
    iam.delete_service_specific_credential(**named)
    for operation in ("reset", "delete"):
        with refused("NoSuchEntity"):
            getattr(iam, f"{operation}_service_specific_credential")(**named)


def test_two_service_credentials_per_service(iam: Any, user: str) -> None:
    """Service-specific credentials: 2 per service per user, inactive ones count (API reference, live probe)."""
    made = iam.create_service_specific_credential(UserName=user, ServiceName=CODECOMMIT)["ServiceSpecificCredential"]
    iam.update_service_specific_credential(
        UserName=user, ServiceSpecificCredentialId=made["ServiceSpecificCredentialId"], Status="Inactive"
    )
    iam.create_service_specific_credential(UserName=user, ServiceName=CODECOMMIT)
    with refused("LimitExceeded"):
        iam.create_service_specific_credential(UserName=user, ServiceName=CODECOMMIT)
    iam.create_service_specific_credential(UserName=user, ServiceName=KEYSPACES)
    filtered = iam.list_service_specific_credentials(UserName=user, ServiceName=KEYSPACES)
    assert len(filtered["ServiceSpecificCredentials"]) == 1


def test_api_keys(iam: Any, user: str) -> None:
    """Service-specific credentials: API keys have an alias, a secret and perhaps an end (ServiceSpecificCredential)."""
    made = iam.create_service_specific_credential(UserName=user, ServiceName=BEDROCK, CredentialAgeDays=30)
    key = made["ServiceSpecificCredential"]
    assert (key["ExpirationDate"] - key["CreateDate"]).days == 30
    assert key["ServiceCredentialSecret"]
    assert key["ServiceCredentialAlias"]
    with refused("ValidationError"):
        iam.create_service_specific_credential(UserName=user, ServiceName=CODECOMMIT, CredentialAgeDays=30)
    with refused("NoSuchEntity", "No such service s3.amazonaws.com is supported"):
        iam.create_service_specific_credential(UserName=user, ServiceName="s3.amazonaws.com")


def test_service_credentials_of_all_users(iam: Any, user: str) -> None:
    """ListServiceSpecificCredentials: AllUsers, in pages, and not together with UserName (API reference)."""
    iam.create_user(UserName="other")
    for name in (user, "other"):
        for service in (CODECOMMIT, KEYSPACES):
            iam.create_service_specific_credential(UserName=name, ServiceName=service)
    first = iam.list_service_specific_credentials(AllUsers=True, MaxItems=3)
    last = iam.list_service_specific_credentials(AllUsers=True, MaxItems=3, Marker=first["Marker"])
    pages = [[held["UserName"] for held in page["ServiceSpecificCredentials"]] for page in (first, last)]
    assert pages == [[user, user, "other"], ["other"]]
    assert last["IsTruncated"] is False
    with refused("ValidationError"):
        iam.list_service_specific_credentials(AllUsers=True, UserName=user)


def test_ssh_keys(iam: Any, user: str) -> None:
    """SSH public keys: 5 per user, none twice, active or inactive (IAM user guide, API reference)."""
    key = iam.upload_ssh_public_key(UserName=user, SSHPublicKeyBody=ssh_key(1))["SSHPublicKey"]["SSHPublicKeyId"]
    with refused("DuplicateSSHPublicKey"):
        iam.upload_ssh_public_key(UserName=user, SSHPublicKeyBody=ssh_key(1))
    with refused("UnrecognizedPublicKeyEncoding"):
        iam.upload_ssh_public_key(UserName=user, SSHPublicKeyBody="hello")
    for number in range(2, 6):
        iam.upload_ssh_public_key(UserName=user, SSHPublicKeyBody=ssh_key(number))
    with refused("LimitExceeded"):
        iam.upload_ssh_public_key(UserName=user, SSHPublicKeyBody=ssh_key(6))
    iam.update_ssh_public_key(UserName=user, SSHPublicKeyId=key, Status="Inactive")
    whole = iam.get_ssh_public_key(UserName="asha", SSHPublicKeyId=key, Encoding="SSH")["SSHPublicKey"]
    assert (whole["Status"], whole["SSHPublicKeyBody"]) == ("Inactive", ssh_key(1))
    assert len(iam.list_ssh_public_keys(UserName=user)["SSHPublicKeys"]) == 5
    iam.delete_ssh_public_key(UserName=user, SSHPublicKeyId=key)
    with refused("NoSuchEntity"):
        iam.delete_ssh_public_key(UserName=user, SSHPublicKeyId=key)


def test_signing_certificates(iam: Any, user: str, certificate: str) -> None:
    """Signing certificates: X.509 in PEM, active or inactive (API reference)."""
    with refused("MalformedCertificate"):
        iam.upload_signing_certificate(UserName=user, CertificateBody="hello")
    held = iam.upload_signing_certificate(UserName=user, CertificateBody=certificate)["Certificate"]
    iam.update_signing_certificate(UserName=user, CertificateId=held["CertificateId"], Status="Inactive")
    listed = iam.list_signing_certificates(UserName="ASHA")["Certificates"]
    assert [(found["Status"], found["CertificateBody"]) for found in listed] == [("Inactive", certificate)]
    iam.delete_signing_certificate(UserName=user, CertificateId=held["CertificateId"])
    assert iam.list_signing_certificates(UserName=user)["Certificates"] == []


def test_the_state_tells_all_of_a_user(sandbox: Sandbox, iam: Any, user: str, certificate: str) -> None:
    """The sandbox's own: the exported state holds every credential, and of a password only its hash."""
    iam.create_login_profile(UserName=user, Password="Correct-Horse-9", PasswordResetRequired=True)
    key = iam.create_access_key(UserName=user)["AccessKey"]["AccessKeyId"]
    iam.enable_mfa_device(UserName=user, SerialNumber="GAHT12345678", **CODES)
    iam.upload_ssh_public_key(UserName=user, SSHPublicKeyBody=ssh_key(1))
    iam.upload_signing_certificate(UserName=user, CertificateBody=certificate)
    iam.create_service_specific_credential(UserName=user, ServiceName=CODECOMMIT)
    state = sandbox.state()
    held = state["users"][user]
    assert held["access_keys"] == {key: "Active"}
    assert held["mfa_devices"] == ["GAHT12345678"]
    assert list(held["ssh_public_keys"].values()) == ["Active"]
    assert list(held["signing_certificates"].values()) == ["Active"]
    assert [one["service_name"] for one in held["service_specific_credentials"].values()] == [CODECOMMIT]
    assert held["login_profile"]["password_reset_required"] is True
    assert "Correct-Horse-9" not in str(state)
