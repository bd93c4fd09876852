# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One connection to a mail server for many mails, shared by threads and made anew when the server has dropped it."""

from __future__ import annotations

import contextlib
import io
import smtplib
import threading
import typing as t
from email.generator import BytesGenerator

from .mail_server import Scrubber
from .smtp_errors import interrupted, needs_utf8, not_connected, refused
from .smtp_login import connect

if t.TYPE_CHECKING:
    from email.message import EmailMessage
    from email.policy import EmailPolicy

    from .mail_server import MailServer

_CLOSING: t.Final = 421
_GIVEN_UP_AFTER: t.Final = 3
"""So many mails in a row whose connection broke, and the server counts as lost."""


class MailConnection:
    """The connection, opened with the first mail. ``sender`` is the address that all mails come from."""

    def __init__(self, server: MailServer, sender: str) -> None:
        self._server = server
        self._sender = sender
        self._lock = threading.Lock()
        self._smtp: smtplib.SMTP | None = None
        self._broken = 0

    def try_out(self) -> None:
        """Connect, TLS, login, and whether the sender is allowed. Raises DeliveryError."""
        scrub = Scrubber(self._server.secrets())
        with self._lock:
            self._begin(utf8=not self._sender.isascii(), whose="sender", scrub=scrub)
            self._reset()

    def close(self) -> None:
        """Say goodbye."""
        with self._lock:
            if self._smtp is not None:
                with contextlib.suppress(smtplib.SMTPException, OSError):
                    self._smtp.quit()
            self._drop()

    def hand_in(self, message: EmailMessage, to: str, scrub: Scrubber) -> None:
        """Hand one mail in. Raises DeliveryError."""
        utf8 = not (self._sender.isascii() and to.isascii())
        content = _flat(message, utf8=utf8)
        with self._lock:
            smtp = self._begin(utf8=utf8, whose="recipient" if self._sender.isascii() else "sender", scrub=scrub)
            # Whatever ends this in between, the next mail must not find a conversation that is half done.
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

    def _begin(self, *, utf8: bool, whose: str, scrub: Scrubber) -> smtplib.SMTP:
        """MAIL, on the connection that there is, or on a new one where the server has dropped it since the last."""
        smtp = self._smtp
        if smtp is not None:
            try:
                number, reply = self._mail(smtp, utf8=utf8, whose=whose)
                if number != _CLOSING:
                    self._expect(number, reply, scrub)
                    return smtp
            except (smtplib.SMTPServerDisconnected, OSError):
                pass
            self._drop()
        self._smtp = smtp = connect(self._server)
        try:
            number, reply = self._mail(smtp, utf8=utf8, whose=whose)
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self._drop()
            raise not_connected(self._server, error, scrub) from None
        self._expect(number, reply, scrub)
        return smtp

    def _mail(self, smtp: smtplib.SMTP, *, utf8: bool, whose: str) -> tuple[int, bytes]:
        if utf8 and not smtp.has_extn("smtputf8"):
            raise needs_utf8(self._server, whose, lost=whose == "sender")
        return smtp.mail(self._sender, ["SMTPUTF8"] if utf8 else [])

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


def _flat(message: EmailMessage, *, utf8: bool) -> bytes:
    buffer = io.BytesIO()
    # A message of ours has an EmailPolicy, which says of itself only that it is a policy.
    policy = t.cast("EmailPolicy", message.policy)
    BytesGenerator(buffer, policy=policy.clone(utf8=utf8)).flatten(message)
    return buffer.getvalue()


def _bytes(reply: bytes | str) -> bytes:
    return reply if isinstance(reply, bytes) else reply.encode()
