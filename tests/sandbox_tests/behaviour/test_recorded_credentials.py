# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers about credentials that others recorded from real accounts; see test_recorded.py for the sources."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ..calling import ACCOUNT
from ..refusal import told

CODECOMMIT = "codecommit.amazonaws.com"


@pytest.mark.parametrize("service", [CODECOMMIT, "cassandra.amazonaws.com"])
def test_the_life_of_a_service_specific_credential(iam: Any, service: str) -> None:
    """TestIAMServiceSpecificCredentials::test_service_specific_credential_lifecycle,
    test_delete_user_after_service_credential_created, test_list_service_specific_credential_different_service.
    """
    iam.create_user(UserName="u")
    made = iam.create_service_specific_credential(UserName="u", ServiceName=service)["ServiceSpecificCredential"]
    listed = {
        "UserName": "u",
        "Status": "Active",
        "ServiceUserName": f"u-at-{ACCOUNT}",
        "CreateDate": made["CreateDate"],
        "ServiceSpecificCredentialId": made["ServiceSpecificCredentialId"],
        "ServiceName": service,
    }
    assert made == {**listed, "ServicePassword": made["ServicePassword"]}
    named = {"UserName": "u", "ServiceSpecificCredentialId": made["ServiceSpecificCredentialId"]}
    for status in ("Active", "Inactive"):
        iam.update_service_specific_credential(**named, Status=status)
        answer = iam.list_service_specific_credentials(UserName="u", ServiceName=service)
        del answer["ResponseMetadata"]
        assert answer == {"ServiceSpecificCredentials": [{**listed, "Status": status}]}
    reset = iam.reset_service_specific_credential(**named)["ServiceSpecificCredential"]
    assert reset == {**listed, "Status": "Inactive", "ServicePassword": reset["ServicePassword"]}
    assert reset["ServicePassword"] != made["ServicePassword"]
    assert told(iam.delete_user, UserName="u") == (
        "DeleteConflict",
        "Cannot delete entity, must remove referenced objects first.",
    )
    other = "cassandra.amazonaws.com" if service == CODECOMMIT else CODECOMMIT
    assert iam.list_service_specific_credentials(UserName="u", ServiceName=other)["ServiceSpecificCredentials"] == []
    iam.delete_service_specific_credential(**named)
    iam.delete_user(UserName="u")


def test_service_specific_credentials_that_are_refused(iam: Any) -> None:
    """TestIAMServiceSpecificCredentials::test_create_service_specific_credential_invalid_user,
    test_create_service_specific_credential_invalid_service, test_list_service_specific_credential_different_service,
    test_user_match_id_mismatch, test_id_match_user_mismatch, test_invalid_update_parameters.
    """
    iam.create_user(UserName="u")
    held = iam.create_service_specific_credential(UserName="u", ServiceName=CODECOMMIT)["ServiceSpecificCredential"]
    gone = ("NoSuchEntity", "The user with name nobody cannot be found.")
    for service in (CODECOMMIT, "nonexistentservice.amazonaws.com"):
        assert told(iam.create_service_specific_credential, UserName="nobody", ServiceName=service) == gone
    for service in ("nonexistentservice.amazonaws.com", "o3on3n3onosneo", "lambda.amazonaws.com"):
        unknown = ("NoSuchEntity", f"No such service {service} is supported for Service Specific Credentials")
        assert told(iam.create_service_specific_credential, UserName="u", ServiceName=service) == unknown
        assert told(iam.list_service_specific_credentials, UserName="u", ServiceName=service) == unknown
    calls: tuple[tuple[Callable[..., Any], dict[str, str]], ...] = (
        (iam.update_service_specific_credential, {"Status": "Inactive"}),
        (iam.reset_service_specific_credential, {}),
        (iam.delete_service_specific_credential, {}),
    )
    told_of = {
        "wrong-id-with-hyphens": (
            "ValidationError",
            "1 validation error detected: Value at 'serviceSpecificCredentialId' failed to satisfy constraint: "
            r"Member must satisfy regular expression pattern: [\w]+",
        ),
        "satisfiesregexbutstillinvalid": ("NoSuchEntity", "No such credential satisfiesregexbutstillinvalid exists"),
    }
    for call, more in calls:
        for wrong, answer in told_of.items():
            assert told(call, UserName="u", ServiceSpecificCredentialId=wrong, **more) == answer
        right = held["ServiceSpecificCredentialId"]
        assert told(call, UserName="nobody", ServiceSpecificCredentialId=right, **more) == gone
    assert told(iam.update_service_specific_credential, ServiceSpecificCredentialId=right, Status="Invalid") == (
        "ValidationError",
        "1 validation error detected: Value at 'status' failed to satisfy constraint: "
        "Member must satisfy enum value set",
    )


def test_signing_certificates(iam: Any, certificate: str) -> None:
    """moto's test_signing_certs, test_upload_cert_for_unknown_user, test_upload_invalid_certificate,
    test_update_unknown_certificate.
    """
    gone = ("NoSuchEntity", "The user with name notauser cannot be found.")
    wrong = "x" * 32
    assert told(iam.upload_signing_certificate, UserName="notauser", CertificateBody=certificate) == gone
    assert told(iam.list_signing_certificates, UserName="notauser") == gone
    named = {"UserName": "notauser", "CertificateId": wrong}
    assert told(iam.update_signing_certificate, **named, Status="Inactive") == gone
    assert told(iam.delete_signing_certificate, **named) == gone
    iam.create_user(UserName="u")
    assert told(iam.upload_signing_certificate, UserName="u", CertificateBody="notacert")[0] == "MalformedCertificate"
    assert told(iam.update_signing_certificate, UserName="u", CertificateId=wrong, Status="Inactive") == (
        "NoSuchEntity",
        f"The Certificate with id {wrong} cannot be found.",
    )
    held = iam.upload_signing_certificate(UserName="u", CertificateBody=certificate)["Certificate"]
    assert (held["UserName"], held["Status"], held["CertificateBody"]) == ("u", "Active", certificate)
    iam.update_signing_certificate(UserName="u", CertificateId=held["CertificateId"], Status="Inactive")
    (listed,) = iam.list_signing_certificates(UserName="u")["Certificates"]
    assert (listed["Status"], listed["CertificateBody"]) == ("Inactive", certificate)
