# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several connections to a mail server: each mail is four answers of the server, one after another.

There are never more than the settings allow, and fewer once the server turns one away: then its mail goes by another.
Connections are made one by one, while mails wait for one.
"""

from __future__ import annotations

import threading
import time
import typing as t

from .._core.delivery import DeliveryError
from .mail_server import Scrubber
from .smtp import Breaks, MailConnection
from .smtp_errors import NotConnectedError, TemporaryDeliveryError

if t.TYPE_CHECKING:
    from .mail_server import MailServer

_PATIENCE: t.Final = 0.05
"""For so many seconds a mail waits for a connection that is in use, before another one is made."""

_SPACING: t.Final = 0.05
"""So many seconds lie between two connections that are made: servers count those who come in a rush."""

_FEWER_PAUSE: t.Final = 1.0
"""So many seconds lie between two times that connections are given up: refusals of one moment count once."""


class MailConnections:
    """The connections of one run, shared by its threads. ``sender`` is the address that all mails come from."""

    def __init__(self, server: MailServer, sender: str) -> None:
        self._server = server
        self._sender = sender
        self._breaks = Breaks()
        self._changed = threading.Condition()
        self._idle: list[MailConnection] = []
        # Those in use count too, and those that are just being made.
        self._count = 0
        self._most = server.connections
        self._next_made = 0.0
        self._next_fewer = 0.0
        self._lost: DeliveryError | None = None

    def try_out(self) -> None:
        """Connect, TLS, login, and whether the sender is allowed. Raises DeliveryError."""
        connection = self._take()
        try:
            connection.try_out(Scrubber(self._server.secrets()))
        finally:
            self._give_back(connection)

    def hand_in(self, to: str, content: bytes, scrub: Scrubber, *, utf8: bool) -> None:
        """Hand one mail in, by any connection. Raises DeliveryError."""
        while True:
            connection = self._take()
            retired = False
            try:
                return connection.hand_in(to, content, scrub, utf8=utf8)
            except DeliveryError as error:
                # Nothing was said of this mail yet, so it may go by another connection.
                retired = isinstance(error, NotConnectedError) and self._retire()
                if not retired:
                    self._note(error)
                    raise
            finally:
                if not retired:
                    self._give_back(connection)

    def do_with_fewer(self) -> bool:
        """Half as many connections, after the server refused for now. False if there is only one: that is not why."""
        with self._changed:
            if self._count <= 1:
                return False
            now = time.monotonic()
            if now >= self._next_fewer:
                self._next_fewer = now + _FEWER_PAUSE
                self._most = max(1, self._count // 2)
            return True

    def close(self) -> None:
        """Say goodbye on all connections at once."""
        with self._changed:
            idle, self._idle = self._idle, []
            self._count -= len(idle)
        _close(idle)

    def _take(self) -> MailConnection:
        """A connection for this thread alone. Raises DeliveryError once the server is lost."""
        with self._changed:
            patient_until = time.monotonic() + (_PATIENCE if self._count else 0)
            while True:
                if self._lost is not None:
                    raise DeliveryError(str(self._lost), self._lost.code, self._lost.advice, lost=True)
                if self._idle:
                    return self._idle.pop()
                pause = None
                if self._count < self._most:
                    pause = max(patient_until, self._next_made) - time.monotonic()
                    if pause <= 0:
                        self._next_made = time.monotonic() + _SPACING
                        self._count += 1
                        return MailConnection(self._server, self._sender, self._breaks)
                self._changed.wait(pause)

    def _give_back(self, connection: MailConnection) -> None:
        with self._changed:
            is_one_too_many = self._count > self._most
            if is_one_too_many:
                self._count -= 1
            else:
                self._idle.append(connection)
            self._changed.notify()
        if is_one_too_many:
            _close([connection])

    def _retire(self) -> bool:
        """Do without a connection that could not be made, and make no other. False if it is the last."""
        with self._changed:
            if self._count == 1:
                return False
            self._count -= 1
            self._most = min(self._most, self._count)
            self._changed.notify_all()
            return True

    def _note(self, error: DeliveryError) -> None:
        """Who waits for a connection need not find out too that the server is lost."""
        if error.lost and not isinstance(error, TemporaryDeliveryError):
            with self._changed:
                self._lost = error
                self._changed.notify_all()


def _close(connections: t.Sequence[MailConnection]) -> None:
    for connection in connections:
        connection.say_goodbye()
    wait = True
    for connection in connections:
        wait = connection.hang_up(wait=wait)
