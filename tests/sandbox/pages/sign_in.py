# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sign-in page: account, user name and password; then the code of an MFA device from those who have one."""

from __future__ import annotations

from urllib.parse import quote, unquote

from ..behaviour import sign_in as console
from ..behaviour.account import now
from ..calls import names
from ..calls.wire import Answer
from ..service import Service
from .console_page import console_page
from .sessions import Session, Sessions
from .visit import Visit, sent_on, shown

STALE = "This form was not made for you, or it is too old. Please try again."
CODE = "/sign-in/code"


class SignInPage:
    def __init__(self, service: Service, sessions: Sessions) -> None:
        self._service = service
        self._sessions = sessions

    def answer(self, visit: Visit, session: Session | None) -> Answer:
        """Any page under /console and /sign-in."""
        if visit.path == CODE:
            return self._second(visit, session)
        if visit.first != "console":
            return sent_on("/console")
        return self._sign_in(visit, session) if visit.method == "POST" else self._form(visit, session)

    def _form(self, visit: Visit, session: Session | None, alert: str = "") -> Answer:
        session = session or self._sessions.begin(Session())
        given = visit.form
        content = console_page(
            "sign_in.html",
            action=visit.path,
            token=session.form_token,
            account=given.get("account", account_in(visit)),
            username=given.get("username", ""),
            alert=alert,
        )
        return shown(content, 403 if alert else 200, session.key)

    def _sign_in(self, visit: Visit, session: Session | None) -> Answer:
        form = visit.form
        if session is None or not session.wrote(form.get("token", "")):
            return self._form(visit, session, STALE)
        account, user_name = form.get("account", "").strip(), form.get("username", "").strip()
        with self._service.lock:
            outcome = console.sign_in(account, user_name, form.get("password", ""))
            if outcome.kind == "refused":
                return self._form(visit, session, outcome.reason)
            person = console.who(account, user_name)
        return self._go_on(session, Session(account_id=person.account_id, user_name=person.name), outcome)

    def _second(self, visit: Visit, session: Session | None) -> Answer:
        """The code, after the password was right."""
        if session is None or not session.code_wanted:
            return sent_on("/console")
        if visit.method != "POST":
            return shown(_code_page(session))
        if not session.wrote(visit.form.get("token", "")):
            return shown(_code_page(session, STALE), 403)
        with self._service.lock:
            outcome = console.give_code(session.account_id, session.user_name, visit.form.get("code", "").strip())
        if outcome.kind == "refused":
            return shown(_code_page(session, outcome.reason), 403)
        fresh = Session(account_id=session.account_id, user_name=session.user_name, mfa_at=now())
        return self._go_on(session, fresh, outcome)

    def _go_on(self, before: Session, fresh: Session, outcome: console.Outcome) -> Answer:
        """A new session after each step, with its own key, and the next page."""
        self._sessions.end(before)
        fresh.onward = before.onward
        fresh.code_wanted = outcome.kind == "code_wanted"
        fresh.must_change = outcome.kind == "must_change"
        self._sessions.begin(fresh)
        if fresh.code_wanted:
            return sent_on(CODE, fresh.key)
        return sent_on("/home/password" if fresh.must_change else onward(fresh), fresh.key)


def onward(session: Session) -> str:
    """The page after the sign-in: where a link led, once, or the person's own."""
    page, session.onward = session.onward or "/home", ""
    return page


def account_in(visit: Visit) -> str:
    """The account that the address names: in its path, or as AWS's own addresses do, in its host."""
    named = visit.path.removeprefix("/console").strip("/")
    if named:
        return unquote(named)
    return names.account_in(visit.host)


def address(origin: str, account: str) -> str:
    """Where an account's people sign in on this sandbox."""
    return f"{origin}/console/{quote(account, safe='')}"


def _code_page(session: Session, alert: str = "") -> bytes:
    return console_page("mfa_code.html", session=session, action=CODE, alert=alert)
