# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server's certificates: a good one, and those that no client should accept."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import trustme

Kind = Literal["good", "expired", "self-signed", "unknown-ca", "wrong-host", "none"]
KINDS: tuple[Kind, ...] = ("good", "expired", "self-signed", "unknown-ca", "wrong-host", "none")
HOST = "127.0.0.1"


def server_context(kind: Kind, ca_file: Path) -> ssl.SSLContext | None:
    """The server's side of TLS, None for a server without; `ca_file` is written for the client's."""
    ca = trustme.CA()
    ca.cert_pem.write_to_path(str(ca_file))
    if kind == "none":
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if kind == "self-signed":
        _use_own_signature(context, ca_file.with_name("self-signed.pem"))
    else:
        _leaf(kind, ca).configure_cert(context)
    return context


def _leaf(kind: Kind, ca: trustme.CA) -> trustme.LeafCert:
    if kind == "expired":
        now = datetime.now(UTC)
        return ca.issue_cert(HOST, not_before=now - timedelta(days=90), not_after=now - timedelta(days=1))
    if kind == "unknown-ca":
        return trustme.CA().issue_cert(HOST)
    return ca.issue_cert("mail.example.com" if kind == "wrong-host" else HOST)


def _use_own_signature(context: ssl.SSLContext, pem: Path) -> None:
    own = trustme.CA()
    own.cert_pem.write_to_path(str(pem))
    own.private_key_pem.write_to_path(str(pem), append=True)
    context.load_cert_chain(pem)
