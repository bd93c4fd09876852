# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing certificates of users: two per user, X.509 in PEM, active or inactive."""

from __future__ import annotations

from typing import Any

from cryptography import x509
from moto.iam.models import SigningCertificate

from .. import quotas
from ..account import User, new_id, now
from ..errors import DuplicateCertificate, MalformedCertificate, NoSuchEntity
from ..operations import Call, operation
from ..protocol.answers import Answer
from ..protocol.paging import page
from . import status


def shape(certificate: SigningCertificate) -> dict[str, Any]:
    """A certificate as answers show it."""
    return {
        "UserName": certificate.user_name,
        "CertificateId": certificate.id,
        "CertificateBody": certificate.body,
        "Status": certificate.status,
        "UploadDate": certificate.upload_date,
    }


def _find(call: Call) -> tuple[User, SigningCertificate]:
    user = call.account.user_of(call.params, call.access_key_id)
    certificate = user.signing_certificates.get(call["CertificateId"])
    if certificate is None:
        raise NoSuchEntity(f"The Certificate with id {call['CertificateId']} cannot be found.")
    return user, certificate


@operation("UploadSigningCertificate")
def upload_signing_certificate(call: Call) -> Answer | None:
    user, body = call.account.user_of(call.params, call.access_key_id), call["CertificateBody"]
    try:
        x509.load_pem_x509_certificate(body.encode())
    except ValueError:
        raise MalformedCertificate(body) from None
    if any(held.body == body for held in user.signing_certificates.values()):
        raise DuplicateCertificate(f"The certificate is already associated with {user.name}.")
    quotas.require_room(user.account_id, "SigningCertificatesPerUserQuota", len(user.signing_certificates))
    certificate = SigningCertificate(new_id("ASCA") + new_id("")[:3], user.name, body)
    certificate.upload_date = now()
    user.signing_certificates[certificate.id] = certificate
    return {"Certificate": shape(certificate)}


@operation("ListSigningCertificates")
def list_signing_certificates(call: Call) -> Answer | None:
    user = call.account.user_of(call.params, call.access_key_id)
    in_order = sorted((certificate.id, shape(certificate)) for certificate in user.signing_certificates.values())
    certificates, rest = page(call.params, "ListSigningCertificates", in_order)
    return {"Certificates": certificates, **rest}


@operation("UpdateSigningCertificate")
def update_signing_certificate(call: Call) -> Answer | None:
    _user, certificate = _find(call)
    status.update(call, certificate, "certificate")
    return None


@operation("DeleteSigningCertificate")
def delete_signing_certificate(call: Call) -> Answer | None:
    user, certificate = _find(call)
    del user.signing_certificates[certificate.id]
    return None
