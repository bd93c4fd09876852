# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mail as a way to deliver credentials."""

from __future__ import annotations

import datetime
import time
import typing as t

from .._core.delivery import MAIL, DeliveryError
from .address import parse_address
from .letter import write_letter
from .mail_server import Scrubber
from .smtp import MailConnection
from .smtp_errors import TemporaryDeliveryError

if t.TYPE_CHECKING:
    from email.message import EmailMessage

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
        self._connection = MailConnection(server, stationery.sender.addr_spec)
        self._pauses = pauses
        self._clock = clock

    def reaches(self, recipient: Recipient) -> bool:
        """Whether there is an address."""
        return recipient.address is not None

    def try_out(self) -> None:
        """Connect, TLS, login, and whether the sender is allowed. Raises DeliveryError."""
        self._connection.try_out()

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
        self._connection.close()

    def _hand_in(self, message: EmailMessage, to: str, scrub: Scrubber) -> None:
        for pause in self._pauses:
            try:
                return self._connection.hand_in(message, to, scrub)
            except TemporaryDeliveryError:
                time.sleep(pause)
        return self._connection.hand_in(message, to, scrub)
