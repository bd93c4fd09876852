# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The way to a mail server: an encrypted connection, a verified certificate, a login."""

from __future__ import annotations

import base64
import functools
import smtplib
import ssl
import typing as t
from pathlib import Path

from .._core.delivery import DeliveryError
from .mail_server import Scrubber
from .smtp_errors import not_connected

if t.TYPE_CHECKING:
    from .mail_server import MailServer

_LOGGED_IN: t.Final = 235


def connect(server: MailServer) -> smtplib.SMTP:
    """An encrypted connection, logged in where there is a login. Raises DeliveryError."""
    scrub = Scrubber(server.secrets())
    context = _context(server.ca_path)
    smtp: smtplib.SMTP | None = None
    try:
        if server.security == "tls":
            smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=context)
        else:
            # The host has to be given here: smtplib verifies the certificate against this name alone.
            smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
            smtp.starttls(context=context)
        smtp.ehlo_or_helo_if_needed()
        _login(smtp, server)
    except (smtplib.SMTPException, OSError, ValueError) as error:
        if smtp is not None:
            smtp.close()
        raise not_connected(server, error, scrub) from None
    return smtp


def _login(smtp: smtplib.SMTP, server: MailServer) -> None:
    if server.username is None or server.password is None:
        return
    if "PLAIN" in smtp.esmtp_features.get("auth", "").upper().split():
        # In UTF-8 (RFC 4616). smtplib knows ASCII only, and begins with CRAM-MD5, which not every machine has.
        plain = base64.b64encode(f"\0{server.username}\0{server.password}".encode()).decode()
        number, reply = smtp.docmd("AUTH", f"PLAIN {plain}")
        if number != _LOGGED_IN:
            raise smtplib.SMTPAuthenticationError(number, reply)
    elif (server.username + server.password).isascii():
        smtp.login(server.username, server.password)
    else:
        raise smtplib.SMTPNotSupportedError("no AUTH for letters outside ASCII")


@functools.cache
def _context(ca_path: str | None) -> ssl.SSLContext:
    """The system's CAs, and those in ca_path. Read once: they are some hundred certificates, for many connections."""
    context = ssl.create_default_context()
    if ca_path is None:
        return context
    path = Path(ca_path)
    try:
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        loaded = [file for file in files if _load(context, file, alone=len(files) == 1)]
    except (OSError, ssl.SSLError) as error:
        why = "it is no certificate in PEM" if isinstance(error, ssl.SSLError) else error.strerror
        raise DeliveryError(
            f"ca_path {path} cannot be read: {why}", type(error).__name__, "Correct ca_path.", lost=True
        ) from None
    if not loaded:
        raise DeliveryError(f"ca_path {path} has no certificate in PEM", "SSLError", "Correct ca_path.", lost=True)
    return context


def _load(context: ssl.SSLContext, file: Path, *, alone: bool) -> bool:
    """Whether the file has certificates. In a folder others may lie beside them; a single file has to."""
    try:
        if alone or file.is_file():
            context.load_verify_locations(cafile=file)
            return True
    except ssl.SSLError:
        if alone:
            raise
    return False
