# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The console: who may see which page. Before the sign-in only that; before the forced change nothing else."""

from __future__ import annotations

from urllib.parse import quote

from ..calls.wire import Answer
from ..service import Service
from .console_page import message
from .mfa import MfaPages
from .own import OwnPages
from .sessions import Session, Sessions
from .sign_in import STALE, SignInPage
from .switch_role import SwitchRolePage
from .visit import Visit, sent_on, shown

PASSWORD, SIGN_OUT = "/home/password", "/home/sign-out"
SIGNING_IN = ("console", "sign-in")
SIGNED_IN = ("home", "switchrole")


class Console:
    def __init__(self, service: Service) -> None:
        self._service = service
        self._sessions = Sessions()
        self._sign_in = SignInPage(service, self._sessions)
        self._own = OwnPages(service, self._sessions)
        self._mfa = MfaPages(service)
        self._switch_role = SwitchRolePage(service)

    def has(self, visit: Visit) -> bool:
        return visit.first in (*SIGNING_IN, *SIGNED_IN)

    def answer(self, visit: Visit) -> Answer:
        session = self._sessions.get(visit.cookie)
        if visit.first in SIGNING_IN:
            return self._sign_in.answer(visit, session)
        if session is None or not session.is_signed_in:
            return self._to_sign_in(visit)
        if self._is_gone(session):
            # And so is what they were signed in as.
            self._sessions.end(session)
            return sent_on(f"/console/{session.account_id}")
        if visit.method == "POST" and not session.wrote(visit.form.get("token", "")):
            return shown(message("Not accepted", STALE, alert=True), 403)
        if session.must_change and visit.path not in (PASSWORD, SIGN_OUT):
            return sent_on(PASSWORD)
        return self._of_a_user(visit, session)

    def _of_a_user(self, visit: Visit, session: Session) -> Answer:
        if visit.first == "switchrole":
            return self._switch_role.answer(visit, session)
        # A role has neither password nor device.
        own = session.acting is None or visit.path in ("/home", SIGN_OUT, "/home/switch-back")
        if own and visit.path.startswith("/home/mfa"):
            found = self._mfa.answer(visit, session)
        else:
            found = self._own.answer(visit, session) if own else None
        return found or shown(message("Not found", "There is no such page."), 404)

    def _to_sign_in(self, visit: Visit) -> Answer:
        """The sign-in page. A link that switches the role goes on after it, and says which account is meant."""
        if visit.first != "switchrole" or visit.method != "GET":
            return sent_on("/console")
        session = self._sessions.begin(Session(onward=visit.target))
        return sent_on(f"/console/{quote(visit.query.get('account', ''), safe='')}", session.key)

    def _is_gone(self, session: Session) -> bool:
        with self._service.lock:
            return session.at_console() is None
