# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mail server, as the options name it, and what of its replies may be told."""

from __future__ import annotations

import dataclasses
import typing as t

from .._aws.hiding import hide, shapes_of

TLS_PORT: t.Final = 465
STARTTLS_PORT: t.Final = 587
DEFAULT_CONNECTIONS: t.Final = 8
"""Few enough for servers that count connections. Each takes a mail in 0.8 s where an answer takes 200 ms."""
_LONGEST_REPLY: t.Final = 300


@dataclasses.dataclass(frozen=True)
class MailServer:
    """Where mail is handed in. ``security`` is ``starttls`` or ``tls``: there is no third.

    ``timeout`` is in seconds; ``connections`` is how many there may be at the same time.
    """

    host: str
    port: int
    security: str = "starttls"
    username: str | None = None
    password: str | None = dataclasses.field(default=None, repr=False)
    ca_path: str | None = None
    timeout: int = 30
    connections: int = DEFAULT_CONNECTIONS

    def __str__(self) -> str:
        return f"the mail server {self.host}:{self.port}"

    def secrets(self) -> tuple[str, ...]:
        """What the server is sent to log in."""
        return (self.password, f"\0{self.username}\0{self.password}") if self.password else ()


@dataclasses.dataclass(frozen=True)
class Scrubber:
    """Takes out of a server's reply what must not be told. A server may repeat what it refuses."""

    hidden: tuple[str, ...] = dataclasses.field(repr=False)

    def __call__(self, reply: bytes | str) -> str:
        text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
        text = " ".join(hide(text, shapes_of(self.hidden)).split())
        return text if len(text) <= _LONGEST_REPLY else text[:_LONGEST_REPLY] + "…"
