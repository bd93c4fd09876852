# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person sees of the sandbox in a browser: the sign-in page with what lies behind it, and the mailbox."""

from __future__ import annotations

from ..calls.wire import Answer, Request
from ..service import Service
from .mail import MailPage
from .sign_in import SignInPage
from .visit import Visit

__all__ = ["Pages"]


class Pages:
    """Answers browsers; AWS's clients sign their calls, and are none of its business."""

    def __init__(self, service: Service) -> None:
        self._sign_in = SignInPage(service)
        self._mail = MailPage(service.mailbox.mails) if service.mailbox is not None else None

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
