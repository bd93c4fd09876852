# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mail as a way to deliver credentials."""

from __future__ import annotations

import datetime
import io
import time
import typing as t
from email.generator import BytesGenerator

from .._core.delivery import MAIL, DeliveryError
from .address import parse_address
from .letter import write_letter
from .mail_server import Scrubber
from .smtp_errors import TemporaryDeliveryError
from .smtp_pool import MailConnections

if t.TYPE_CHECKING:
    from email.message import EmailMessage
    from email.policy import EmailPolicy

    from .._core.delivery import Issued, Recipient, SignIn
    from .letter import Stationery
    from .mail_server import MailServer

_PAUSES: t.Final = (1.0, 4.0)
"""Seconds before a mail that was refused for now is handed in again: services refuse for a while who is too fast."""


class MailDelivery:
    """Mails first credentials. Nothing is ever sent unencrypted or to a server whose certificate is not verified."""

    name = MAIL

    def __init__(
        self,
        server: MailServer,
        stationery: Stationery,
        pauses: t.Sequence[float] = _PAUSES,
        clock: t.Callable[[], datetime.datetime] = lambda: datetime.datetime.now(datetime.UTC),
    ) -> None:
        self._server = server
        self._stationery = stationery
        self._connections = MailConnections(server, stationery.sender.addr_spec)
        self._pauses = pauses
        self._clock = clock

    @property
    def at_once(self) -> int:
        """As many as there may be connections."""
        return self._server.connections

    def reaches(self, recipient: Recipient) -> bool:
        """Whether there is an address."""
        return recipient.address is not None

    def try_out(self) -> None:
        """Connect, TLS, login, and whether the sender is allowed. Raises DeliveryError."""
        self._connections.try_out()

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
        self._hand_in(message, to.addr_spec, Scrubber((*self._server.secrets(), *secrets)))

    def warnings(self) -> t.Sequence[str]:
        """None: what goes wrong with mail is an error."""
        return ()

    def close(self) -> None:
        """Say goodbye."""
        self._connections.close()

    def _hand_in(self, message: EmailMessage, to: str, scrub: Scrubber) -> None:
        utf8 = not (self._stationery.sender.addr_spec.isascii() and to.isascii())
        content = _flat(message, utf8=utf8)
        pauses = iter(self._pauses)
        while True:
            try:
                return self._connections.hand_in(to, content, scrub, utf8=utf8)
            except TemporaryDeliveryError as error:
                # Whom fewer connections may help is tried as often as if there had been no others.
                fewer = error.crowded and self._connections.do_with_fewer()
                pause = next(iter(self._pauses), 0.0) if fewer else next(pauses, None)
                if pause is None:
                    raise
                time.sleep(pause)


def _flat(message: EmailMessage, *, utf8: bool) -> bytes:
    buffer = io.BytesIO()
    # A message of ours has an EmailPolicy, which says of itself only that it is a policy.
    policy = t.cast("EmailPolicy", message.policy)
    BytesGenerator(buffer, policy=policy.clone(utf8=utf8)).flatten(message)
    return buffer.getvalue()
