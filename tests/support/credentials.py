# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gives a user one credential of each kind that must be removed before DeleteUser."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.support.authenticator import give_device

SSH_KEY = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB someone"


def give_credentials(iam: Any, name: str) -> None:
    """An access key, a signing certificate, an SSH key, a service-specific credential and a virtual MFA device."""
    user = {"UserName": name}
    iam.create_access_key(**user)
    iam.upload_signing_certificate(**user, CertificateBody=certificate())
    iam.upload_ssh_public_key(**user, SSHPublicKeyBody=SSH_KEY)
    iam.create_service_specific_credential(**user, ServiceName="codecommit.amazonaws.com")
    give_device(iam, name)


@cache
def certificate() -> str:
    """A self-signed certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "someone")])
    now = datetime.datetime.now(datetime.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return built.public_bytes(serialization.Encoding.PEM).decode()
