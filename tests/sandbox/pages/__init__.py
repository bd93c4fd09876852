# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person sees of the sandbox in a browser: the sign-in page with what lies behind it, and the mailbox."""

from __future__ import annotations

from ..control import PREFIX
from ..shell import Shell
from ..wire import Answer, Request
from .mail_page import MailPage
from .sign_in_page import SignInPage, address
from .visit import Visit

__all__ = ["Pages", "addresses"]


class Pages:
    """Answers browsers; AWS's clients sign their calls, and are none of its business."""

    def __init__(self, shell: Shell) -> None:
        self._sign_in = SignInPage(shell)
        self._mail = MailPage(shell.mailbox.mails) if shell.mailbox is not None else None

    def answer(self, request: Request) -> Answer | None:
        """The page that is asked for, or None where there is none of this address."""
        if request.authorization:
            return None
        visit = Visit.of(request)
        first = visit.path.strip("/").partition("/")[0]
        if first in ("console", "home"):
            return self._sign_in.answer(visit)
        if first == "mail" and self._mail is not None:
            return self._mail.answer(visit)
        return None


def addresses(origin: str, account_id: str, *, mail: bool) -> list[str]:
    """Where a person finds them, as lines that a shell takes for comments."""
    found = [f"# sign-in page: {address(origin, account_id)}"]
    if mail:
        found.append(f"# mailbox:      {origin}/mail, and the settings that lead to it: {origin}{PREFIX}mail/settings")
    return found
