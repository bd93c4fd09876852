# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One sandbox for all tests of its behaviour; every test finds it empty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.config import Config
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.sandbox.client import Sandbox

ONE_ATTEMPT = Config(retries={"total_max_attempts": 1}, parameter_validation=False, max_pool_connections=16)


@pytest.fixture(scope="session")
def shared_sandbox() -> Iterator[Sandbox]:
    with Sandbox.start() as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def shared_iam(shared_sandbox: Sandbox) -> Any:
    """A client that sends what it is given: what AWS refuses must reach the sandbox."""
    return shared_sandbox.boto("iam", config=ONE_ATTEMPT)


@pytest.fixture
def sandbox(shared_sandbox: Sandbox) -> Sandbox:
    shared_sandbox.reset()
    return shared_sandbox


@pytest.fixture(scope="session")
def shared_mailing_sandbox() -> Iterator[Sandbox]:
    with Sandbox.start(mail=True) as sandbox:
        yield sandbox


@pytest.fixture
def mailing_sandbox(shared_mailing_sandbox: Sandbox) -> Sandbox:
    """One with a mailbox beside it."""
    shared_mailing_sandbox.reset()
    return shared_mailing_sandbox


@pytest.fixture
def iam(sandbox: Sandbox, shared_iam: Any) -> Any:
    return shared_iam


@pytest.fixture(scope="session")
def certificate() -> str:
    """A self-signed X.509 certificate in PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "u")])
    start = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM).decode()
