# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The SMTP conversation: aiosmtpd's, with login, the switches, and a letterbox behind it."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import logging
import threading
import traceback
from typing import Any, AnyStr

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session, TLSSetupException

from .reading import Arrival
from .switches import MailSwitches, Moment

USERNAME = "onboard"
PASSWORD = "mailbox-Password+1"
CLOSING = "421 4.3.2 this connection has had enough mails"
TOO_MANY = "421 4.7.0 too many connections"

COUNTED = ("connections", "most_connections", "turned_away", "logins", "plain_logins", "plain_mails")

# aiosmtpd warns of itself on each login.
logging.getLogger("mail.log").setLevel(logging.ERROR)


class ConnectionDropError(ConnectionResetError):
    """Ends the conversation where it stands."""


class Letterbox:
    """What arrived, and what was tried. Written by the server's thread, read by others."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        # How many connections there are now.
        self.present = 0
        self.clear()

    def clear(self) -> None:
        with self.lock:
            self.arrivals: list[Arrival] = []
            self.counts = dict.fromkeys(COUNTED, 0)
            self.held: list[list[str]] = []
            self.opened = 0
            self.dropped = False

    def count(self, what: str) -> None:
        with self.lock:
            self.counts[what] += 1

    def enter(self, most: int | None) -> bool:
        """Count a connection that begins. False if there are already so many."""
        with self.lock:
            self.counts["connections"] += 1
            if most is not None and self.present >= most:
                self.counts["turned_away"] += 1
                return False
            self.present += 1
            self.counts["most_connections"] = max(self.counts["most_connections"], self.present)
            return True

    def leave(self) -> None:
        with self.lock:
            self.present -= 1


class Postman:
    """aiosmtpd's hooks. One for all connections."""

    def __init__(self, letterbox: Letterbox, switches: MailSwitches) -> None:
        self.letterbox = letterbox
        self.switches = switches

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        self.letterbox.count("logins" if is_encrypted(server) else "plain_logins")
        refusal = self.switches.take_refusal("login", _text(data.login) if isinstance(data, LoginPassword) else "")
        if refusal is not None:
            return AuthResult(success=False, handled=False, message=refusal)
        given = (data.login, data.password) if isinstance(data, LoginPassword) else (b"", b"")
        right = hmac.compare_digest(given[0], USERNAME.encode()) and hmac.compare_digest(given[1], PASSWORD.encode())
        if right:
            return AuthResult(success=True, auth_data=USERNAME)
        # Some servers are so helpful as to repeat what they were told.
        told = f"535 5.7.8 no user {_text(given[0])} with password {_text(given[1])}"
        return AuthResult(success=False, handled=False, message=told)

    async def handle_MAIL(  # noqa: N802 # aiosmtpd's name
        self, server: Conversation, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not is_encrypted(server):
            self.letterbox.count("plain_mails")
        if not session.authenticated:
            return "530 5.7.0 log in first"
        limit = self.switches.mails_per_connection
        if limit is not None and server.mails >= limit:
            # The client knows at once, and may have another connection before this one's end is heard of here.
            server.leave()
            if self.switches.polite:
                await server.push(CLOSING)
            raise ConnectionDropError
        refusal = self.switches.take_refusal("sender", address)
        if refusal is None:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return refusal or "250 OK"

    async def handle_RCPT(  # noqa: N802 # aiosmtpd's name
        self, server: Conversation, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        refusal = self.switches.take_refusal("recipient", address)
        if refusal is None:
            envelope.rcpt_tos.append(address)
            await self.hold("recipient", [address])
        return refusal or "250 OK"

    async def handle_DATA(self, server: Conversation, session: Session, envelope: Envelope) -> str:  # noqa: N802
        recipients = list(envelope.rcpt_tos)
        await asyncio.sleep(self.switches.slow)
        if self.switches.take_drop("end"):
            raise ConnectionDropError
        await self.hold("before", recipients)
        for address in recipients:
            refusal = self.switches.take_refusal("message", address)
            if refusal is not None:
                return refusal
        self._keep(str(envelope.mail_from), recipients, bytes(envelope.original_content or b""))
        server.mails += 1
        await self.hold("after", recipients)
        if self.switches.take_drop("answer"):
            raise ConnectionDropError
        return "250 OK"

    async def handle_exception(self, error: Exception) -> str:
        """A client that hangs up on a bad certificate is what many tests are about, not news."""
        if not isinstance(error, TLSSetupException):
            traceback.print_exception(error)
        return f"500 the mailbox failed: {type(error).__name__}"

    def _keep(self, sender: str, recipients: list[str], content: bytes) -> None:
        with self.letterbox.lock:
            self.letterbox.arrivals.append(Arrival(sender, recipients, content))

    async def hold(self, when: Moment, recipients: list[str]) -> None:
        if not self.switches.take_pause(when, recipients):
            return
        box = self.letterbox
        with box.lock:
            turn = box.opened
            box.held.append(recipients)
        try:
            # The others who come and go here are threads without an event loop.
            while box.opened == turn:
                await asyncio.sleep(0.01)
        finally:
            with box.lock:
                if recipients in box.held:
                    box.held.remove(recipients)
        if box.dropped:
            raise ConnectionDropError


class Conversation(SMTP):
    """One connection."""

    event_handler: Postman

    def __init__(self, handler: Postman, **settings: Any) -> None:
        super().__init__(handler, authenticator=handler.authenticate, **settings)
        self.mails = 0
        self._entered = False

    async def _handle_client(self) -> None:
        postman = self.event_handler
        self._entered = postman.letterbox.enter(postman.switches.connections)
        with contextlib.suppress(ConnectionResetError):
            if not self._entered:
                await self.push(TOO_MANY)
                self._writer.close()
                return
            # To whom it will be is not known yet.
            await postman.hold("greeting", ["*"])
            await super()._handle_client()

    def leave(self) -> None:
        """It counts no longer as a connection."""
        if self._entered:
            self._entered = False
            self.event_handler.letterbox.leave()

    def connection_lost(self, error: Exception | None) -> None:
        self.leave()
        super().connection_lost(error)

    async def push(self, status: AnyStr) -> None:
        text = status if isinstance(status, str) else status.decode("ascii", "replace")
        # Of an answer of several lines, the last one waits for all.
        if self.event_handler.switches.latency_ms and text[3:4] != "-":
            await asyncio.sleep(self.event_handler.switches.latency_ms / 1000)
        await super().push(status)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 # aiosmtpd's name
        if self.event_handler.switches.take_drop("middle"):
            await self.push("354 go on")
            raise ConnectionDropError
        await self.event_handler.hold("data", list(self.envelope.rcpt_tos) if self.envelope else [])
        await super().smtp_DATA(arg)


def is_encrypted(server: SMTP) -> bool:
    """Whether the connection has TLS, by either way."""
    return server.transport is not None and server.transport.get_extra_info("sslcontext") is not None


def _text(value: bytes | str | None) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
