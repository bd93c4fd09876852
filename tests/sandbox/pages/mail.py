# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mailbox as a person reads it: every mail that came, and one of them as text and as its HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..calls.wire import Answer
from .rendering import render
from .visit import Visit, shown

NO_SUBJECT = "(no subject)"
ADDRESS = re.compile(r"(https?://[^\s<>\"]+)")
mailbox_page = partial(render, heading="Practice mailbox")


@dataclass(frozen=True)
class Shown:
    """A mail as the templates show it."""

    number: int
    to: str
    subject: str
    headers: Mapping[str, str]
    # The text, cut where addresses begin and end: every second piece is one.
    pieces: Sequence[str]
    html: str | None

    @classmethod
    def of(cls, number: int, mail: Mapping[str, Any]) -> Shown:
        """A mail as the mailbox reads it."""
        return cls(
            number=number,
            to=mail["to"],
            subject=mail["subject"] or NO_SUBJECT,
            headers=dict(mail["headers"]),
            pieces=ADDRESS.split(mail["text"] or ""),
            html=mail["html"],
        )


class MailPage:
    def __init__(self, mails: Callable[[], Sequence[Mapping[str, Any]]]) -> None:
        self._mails = mails

    def answer(self, visit: Visit) -> Answer:
        """The list under /mail, and one mail under its number, which begins at 1."""
        mails = [Shown.of(number, mail) for number, mail in enumerate(self._mails(), start=1)]
        number = visit.path.removeprefix("/mail").strip("/")
        if not number:
            return shown(mailbox_page("mails.html", mails=mails))
        if not (number.isdecimal() and 0 < int(number) <= len(mails)):
            nothing = f"There is no mail {number}."
            return shown(mailbox_page("message.html", title="Not found", text=nothing, alert=True), 404)
        return shown(mailbox_page("mail.html", mail=mails[int(number) - 1]))
