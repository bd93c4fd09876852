# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages of somebody who signed in: who they are, their password, the way out."""

from __future__ import annotations

from ..behaviour import sign_in as console
from ..calls.wire import Answer
from ..service import Service
from . import home
from .console_page import console_page
from .sessions import Session, Sessions
from .sign_in import onward
from .visit import Visit, sent_on, shown


class OwnPages:
    def __init__(self, service: Service, sessions: Sessions) -> None:
        self._service = service
        self._sessions = sessions

    def answer(self, visit: Visit, session: Session) -> Answer | None:
        """A page under /home, or None where there is none."""
        match visit.method, visit.path:
            case "POST", "/home/sign-out":
                self._sessions.end(session)
                return sent_on(f"/console/{session.account_id}")
            case "POST", "/home/switch-back":
                session.acting = None
                return sent_on("/home")
            case "POST", "/home/password":
                return self._change(visit, session)
            case "GET", "/home/password":
                return shown(_change_page(session))
            case "GET", "/home":
                return self._home(session)
        return None

    def _change(self, visit: Visit, session: Session) -> Answer:
        form = visit.form
        if form.get("new") != form.get("again"):
            return shown(_change_page(session, "The two new passwords are not the same."), 400)
        old, new, with_mfa = form.get("old", ""), form.get("new", ""), session.mfa_at is not None
        with self._service.lock:
            outcome = console.change_password(session.account_id, session.user_name, old, new, with_mfa=with_mfa)
        if outcome.kind == "refused":
            return shown(_change_page(session, outcome.reason), 400)
        session.must_change = False
        session.note = "Your password is changed. From now on only the new one works."
        return sent_on(onward(session))

    def _home(self, session: Session) -> Answer:
        if session.acting is not None and session.acting.is_over:
            # What is left is the person.
            session.acting = None
        with self._service.lock:
            owner = home.owner(session)
        if owner is None:
            self._sessions.end(session)
            return sent_on(f"/console/{session.account_id}")
        note, session.note = session.note, ""
        return shown(console_page("home.html", owner=owner, session=session, note=note))


def _change_page(session: Session, alert: str = "") -> bytes:
    return console_page("change_password.html", session=session, alert=alert)
