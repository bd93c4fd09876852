# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One connection to a mail server for many mails, one after another, made anew when the server has dropped it."""

from __future__ import annotations

import contextlib
import smtplib
import threading
import typing as t

from .smtp_errors import interrupted, needs_utf8, not_connected, refused
from .smtp_login import connect

if t.TYPE_CHECKING:
    from .mail_server import MailServer, Scrubber

_CLOSING: t.Final = 421
_GIVEN_UP_AFTER: t.Final = 3
"""So many times in a row that connections broke under a mail, and the server counts as lost."""


class Breaks:
    """Counts how often in a row connections broke under a mail. Those that break together count once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._in_a_row = 0
        self._ever = 0

    def so_far(self) -> int:
        """How often it happened. A mail notes it when it begins."""
        return self._ever

    def add(self, so_far: int) -> bool:
        """A connection broke under a mail that began after so many. The answer: the server counts as lost."""
        with self._lock:
            if so_far == self._ever:
                self._ever += 1
                self._in_a_row += 1
            return self._in_a_row >= _GIVEN_UP_AFTER

    def end(self) -> None:
        """A mail was taken."""
        self._in_a_row = 0


class MailConnection:
    """The connection, opened with the first mail; for one thread at a time. ``sender`` is where all mails come from."""

    def __init__(self, server: MailServer, sender: str, breaks: Breaks) -> None:
        self._server = server
        self._sender = sender
        self._breaks = breaks
        self._smtp: smtplib.SMTP | None = None

    def try_out(self, scrub: Scrubber) -> None:
        """Connect, TLS, login, and whether the sender is allowed. Raises DeliveryError."""
        self._begin(utf8=not self._sender.isascii(), whose="sender", scrub=scrub)
        self._reset()

    def say_goodbye(self) -> None:
        """Say QUIT, and do not wait for the answer: of many connections, all are told first."""
        if self._smtp is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._smtp.putcmd("quit")

    def hang_up(self, *, wait: bool = True) -> bool:
        """Close, after the server's goodbye if ``wait``. The answer: no server kept us waiting for nothing."""
        try:
            if wait and self._smtp is not None:
                self._smtp.getreply()
        except (smtplib.SMTPException, OSError):
            return False
        finally:
            self._drop()
        return wait

    def hand_in(self, to: str, content: bytes, scrub: Scrubber, *, utf8: bool) -> None:
        """Hand one mail in. NotConnectedError says that nothing was said of it. Raises DeliveryError."""
        smtp = self._begin(utf8=utf8, whose="recipient" if self._sender.isascii() else "sender", scrub=scrub)
        so_far = self._breaks.so_far()
        # Whatever ends this in between, the next mail must not find a conversation that is half done.
        self._smtp = None
        try:
            self._finish(smtp, to, content, scrub)
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            smtp.close()
            raise interrupted(self._server, error, lost=self._breaks.add(so_far)) from None
        self._breaks.end()

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


def _bytes(reply: bytes | str) -> bytes:
    return reply if isinstance(reply, bytes) else reply.encode()
