# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person sees of the sandbox in a browser: the sign-in page and what lies behind it."""

from __future__ import annotations

from ..shell import Shell
from ..wire import Answer, Request
from .sign_in_page import SignInPage
from .visit import Visit


class Pages:
    """Answers browsers; AWS's clients sign their calls, and are none of its business."""

    def __init__(self, shell: Shell) -> None:
        self._sign_in = SignInPage(shell)

    def answer(self, request: Request) -> Answer | None:
        """The page that is asked for, or None where there is none of this address."""
        if request.authorization:
            return None
        visit = Visit.of(request)
        first = visit.path.strip("/").partition("/")[0]
        if first in ("console", "home"):
            return self._sign_in.answer(visit)
        return None
