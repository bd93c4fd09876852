# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person sees of the sandbox in a browser: the sign-in page with what lies behind it, and the mailbox."""

from __future__ import annotations

from dataclasses import replace

from ..calls import names
from ..calls.wire import Answer, Request
from ..service import Service
from .console import Console
from .mail import MailPage
from .visit import Visit

__all__ = ["Pages"]


class Pages:
    """Answers browsers; AWS's clients sign their calls, and are none of its business."""

    def __init__(self, service: Service) -> None:
        self._console = Console(service)
        self._mail = MailPage(service.mailbox.mails) if service.mailbox is not None else None

    def answer(self, request: Request) -> Answer | None:
        """The page that is asked for, or None where there is none of this address."""
        if request.authorization:
            return None
        visit = Visit.of(request)
        if self._console.has(visit):
            return _under_all_names(self._console.answer(visit), visit.host)
        if visit.first == "mail" and self._mail is not None:
            return self._mail.answer(visit)
        return None


def _under_all_names(answer: Answer, host: str) -> Answer:
    """The cookie of a sign-in at 123456789012.signin.aws.amazon.com also holds at signin.aws.amazon.com."""
    domain = names.sign_in_domain(host)
    if not domain or "Set-Cookie" not in answer.headers:
        return answer
    cookie = f"{answer.headers['Set-Cookie']}; Domain={domain}"
    return replace(answer, headers={**answer.headers, "Set-Cookie": cookie})
