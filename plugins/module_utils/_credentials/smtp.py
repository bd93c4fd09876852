# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mail as a way to hand credentials over: one encrypted connection for many mails, shared by threads."""

from __future__ import annotations

import base64
import contextlib
import datetime
import io
import smtplib
import ssl
import threading
import time
import typing as t
from email.generator import BytesGenerator
from pathlib import Path

from .._core.delivery import DeliveryError
from .address import parse_address
from .letter import write_letter
from .smtp_errors import (
    Scrubber,
    TemporaryDeliveryError,
    interrupted,
    needs_utf8,
    not_connected,
    refused,
    server_secrets,
)

if t.TYPE_CHECKING:
    from email.message import EmailMessage
    from email.policy import EmailPolicy

    from .._core.delivery import Issued, Recipient, SignIn
    from .letter import Stationery
    from .smtp_errors import MailServer

_LOGGED_IN: t.Final = 235
_CLOSING: t.Final = 421
_PAUSES: t.Final = (1.0, 4.0)
"""Seconds before a mail that was refused for now is handed in again: services refuse for a while who is too fast."""
_GIVEN_UP_AFTER: t.Final = 3
"""So many mails in a row whose connection broke, and the way counts as lost."""


class MailDelivery:
    """Mails first credentials. Nothing is ever sent unencrypted or to a server whose certificate is not verified."""

    name = "mail"

    def __init__(
        self,
        server: MailServer,
        stationery: Stationery,
        pauses: t.Sequence[float] = _PAUSES,
        clock: t.Callable[[], datetime.datetime] = lambda: datetime.datetime.now(datetime.UTC),
    ) -> None:
        self._server = server
        self._stationery = stationery
        self._pauses = pauses
        self._clock = clock
        self._lock = threading.Lock()
        self._smtp: smtplib.SMTP | None = None
        self._broken = 0

    def reaches(self, recipient: Recipient) -> bool:
        """Whether there is an address."""
        return recipient.address is not None

    def try_out(self) -> None:
        """Connect, TLS, login, and whether the sender is allowed. Raises DeliveryError."""
        sender = self._stationery.sender.addr_spec
        scrub = Scrubber(server_secrets(self._server))
        with self._lock:
            self._begin(sender, utf8=not sender.isascii(), whose="sender", scrub=scrub)
            self._reset()

    def deliver(self, issued: Issued, recipient: Recipient, sign_in: SignIn) -> None:
        """Hand one mail in. Raises DeliveryError."""
        if recipient.address is None:
            raise DeliveryError(f"{recipient.name} has no mail address", "NoAddress", "Give email or credentials_to.")
        try:
            to = parse_address(recipient.address)
        except ValueError as error:
            raise DeliveryError(
                f"the mail address of {recipient.name} {error}", "ValueError", "Correct email or credentials_to."
            ) from None
        message = write_letter(self._stationery, to, issued, recipient, sign_in, now=self._clock())
        secrets = (issued.password or "", issued.secret_access_key or "", recipient.address, to.addr_spec)
        self._hand_in(message, to.addr_spec, Scrubber((*server_secrets(self._server), *secrets)))

    def warnings(self) -> t.Sequence[str]:
        """None: what goes wrong with mail is an error."""
        return ()

    def close(self) -> None:
        """Say goodbye."""
        with self._lock:
            if self._smtp is not None:
                with contextlib.suppress(smtplib.SMTPException, OSError):
                    self._smtp.quit()
            self._drop()

    def _hand_in(self, message: EmailMessage, to: str, scrub: Scrubber) -> None:
        for pause in self._pauses:
            try:
                return self._send(message, to, scrub)
            except TemporaryDeliveryError:
                time.sleep(pause)
        return self._send(message, to, scrub)

    def _send(self, message: EmailMessage, to: str, scrub: Scrubber) -> None:
        sender = self._stationery.sender.addr_spec
        utf8 = not (sender.isascii() and to.isascii())
        content = _flat(message, utf8=utf8)
        with self._lock:
            smtp = self._begin(sender, utf8=utf8, whose="recipient" if sender.isascii() else "sender", scrub=scrub)
            # Whatever ends this in between, a thread that is stopped too, leaves no half conversation to the next mail.
            self._smtp = None
            try:
                self._finish(smtp, to, content, scrub)
            except (smtplib.SMTPServerDisconnected, OSError) as error:
                smtp.close()
                self._broken += 1
                raise interrupted(self._server, error, lost=self._broken >= _GIVEN_UP_AFTER) from None
            self._broken = 0

    def _finish(self, smtp: smtplib.SMTP, to: str, content: bytes, scrub: Scrubber) -> None:
        """RCPT and DATA. A plain refusal leaves the connection in order."""
        number, reply = smtp.rcpt(to)
        stage = "recipient"
        if number in (250, 251):
            stage = "message"
            try:
                number, reply = smtp.data(content)
            except smtplib.SMTPDataError as error:
                number, reply = error.smtp_code, _bytes(error.smtp_error)
            if number == 250:
                self._smtp = smtp
                return
        if number == _CLOSING:
            smtp.close()
        else:
            self._smtp = smtp
            self._reset()
        raise refused(self._server, stage, number, reply, scrub)

    def _begin(self, sender: str, *, utf8: bool, whose: str, scrub: Scrubber) -> smtplib.SMTP:
        """MAIL, on the connection that there is, or on a new one where the server has dropped it since the last."""
        smtp = self._smtp
        if smtp is not None:
            try:
                number, reply = self._mail(smtp, sender, utf8=utf8, whose=whose)
                if number != _CLOSING:
                    self._expect(number, reply, scrub)
                    return smtp
            except (smtplib.SMTPServerDisconnected, OSError):
                pass
            self._drop()
        self._smtp = smtp = connect(self._server)
        try:
            number, reply = self._mail(smtp, sender, utf8=utf8, whose=whose)
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self._drop()
            raise not_connected(self._server, error, scrub) from None
        self._expect(number, reply, scrub)
        return smtp

    def _mail(self, smtp: smtplib.SMTP, sender: str, *, utf8: bool, whose: str) -> tuple[int, bytes]:
        if utf8 and not smtp.has_extn("smtputf8"):
            raise needs_utf8(self._server, whose, lost=whose == "sender")
        return smtp.mail(sender, ["SMTPUTF8"] if utf8 else [])

    def _expect(self, number: int, reply: bytes, scrub: Scrubber) -> None:
        if number == 250:
            return
        if number == _CLOSING:
            self._drop()
        else:
            self._reset()
        raise refused(self._server, "sender", number, reply, scrub)

    def _reset(self) -> None:
        try:
            if self._smtp is not None:
                self._smtp.rset()
        except (smtplib.SMTPException, OSError):
            self._drop()

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None


def connect(server: MailServer) -> smtplib.SMTP:
    """An encrypted connection, logged in where there is a login. Raises DeliveryError."""
    scrub = Scrubber(server_secrets(server))
    context = _context(server)
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


def _context(server: MailServer) -> ssl.SSLContext:
    """The system's CAs, and those in ca_path."""
    context = ssl.create_default_context()
    if server.ca_path is None:
        return context
    path = Path(server.ca_path)
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


def _flat(message: EmailMessage, *, utf8: bool) -> bytes:
    buffer = io.BytesIO()
    # A message of ours has an EmailPolicy, which says of itself only that it is a policy.
    policy = t.cast("EmailPolicy", message.policy)
    BytesGenerator(buffer, policy=policy.clone(utf8=utf8)).flatten(message)
    return buffer.getvalue()


def _bytes(reply: bytes | str) -> bytes:
    return reply if isinstance(reply, bytes) else reply.encode()
