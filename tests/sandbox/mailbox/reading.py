# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mails as tests read them."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

TITLE = "First password:"


@dataclass(frozen=True)
class Arrival:
    """A mail as it came. It is read when somebody asks, so that taking it costs little."""

    sender: str
    recipients: list[str]
    content: bytes
    at: str = field(default_factory=lambda: datetime.now(UTC).isoformat())


def read_mail(arrival: Arrival) -> dict[str, Any]:
    """A mail as JSON: the envelope, the headers as a client shows them, the bodies decoded, and all of it raw."""
    message = email.message_from_bytes(arrival.content, policy=email.policy.default)
    return {
        "at": arrival.at,
        "sender": arrival.sender,
        "recipients": arrival.recipients,
        "from": str(message["From"]),
        "to": str(message["To"]),
        "subject": str(message["Subject"]),
        "headers": [[name, str(value)] for name, value in message.items()],
        "text": _body(message, "plain"),
        "html": _body(message, "html"),
        "raw": arrival.content.decode("utf-8", "surrogateescape"),
    }


def _body(message: EmailMessage, kind: str) -> str | None:
    part = message.get_body((kind,))
    # A mail on the wire has CRLF; a client shows lines.
    return None if part is None else str(part.get_content()).replace("\r\n", "\n")


def first_password(mail: dict[str, Any]) -> str:
    """The password that a mail without templates brings."""
    lines = str(mail["text"]).splitlines()
    return lines[lines.index(TITLE) + 1]
