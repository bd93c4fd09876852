# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sign-in page: account, user name, password; the forced change; then a page that says who you are."""

from __future__ import annotations

from functools import partial
from urllib.parse import quote, unquote

from ..behaviour import sign_in as console
from ..behaviour.errors import NoSuchEntity
from ..calls import names
from ..calls.wire import Answer
from ..service import Service
from . import home
from .rendering import render
from .sessions import Session, Sessions
from .visit import Visit, sent_on, shown

STALE = "This form was not made for you, or it is too old. Please try again."
console_page = partial(render, heading="Practice console")


class SignInPage:
    def __init__(self, service: Service) -> None:
        self._service = service
        self._sessions = Sessions()

    def answer(self, visit: Visit) -> Answer:
        """Any page under /console and /home."""
        session = self._sessions.get(visit.cookie)
        if visit.path.startswith("/console"):
            return self._sign_in(visit, session) if visit.method == "POST" else self._form(visit, session)
        if session is None or not session.is_signed_in:
            return sent_on("/console")
        if visit.method == "POST" and not session.wrote(visit.form.get("token", "")):
            return shown(_message("Not accepted", STALE, alert=True), 403)
        return self._of_a_user(visit, session)

    def _of_a_user(self, visit: Visit, session: Session) -> Answer:
        match visit.method, visit.path:
            case "POST", "/home/sign-out":
                self._sessions.end(session)
                return sent_on(f"/console/{session.account_id}")
            case "POST", "/home/password":
                return self._change(visit, session)
            case "GET", "/home/password":
                return shown(_change_page(session))
            case "GET", "/home" if session.must_change:
                return sent_on("/home/password")
            case "GET", "/home":
                return self._home(session)
        return shown(_message("Not found", "There is no such page."), 404)

    def _form(self, visit: Visit, session: Session | None, alert: str = "") -> Answer:
        session = session or self._sessions.begin()
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
        self._sessions.end(session)
        fresh = self._sessions.begin(person.account_id, person.name, must_change=outcome.kind == "must_change")
        return sent_on("/home/password" if fresh.must_change else "/home", fresh.key)

    def _change(self, visit: Visit, session: Session) -> Answer:
        form = visit.form
        if form.get("new") != form.get("again"):
            return shown(_change_page(session, "The two new passwords are not the same."), 400)
        old, new = form.get("old", ""), form.get("new", "")
        with self._service.lock:
            outcome = console.change_password(session.account_id, session.user_name, old, new)
        if outcome.kind == "refused":
            return shown(_change_page(session, outcome.reason), 400)
        session.must_change = False
        session.note = "Your password is changed. From now on only the new one works."
        return sent_on("/home")

    def _home(self, session: Session) -> Answer:
        try:
            with self._service.lock:
                person = home.person(session.account_id, session.user_name)
        except NoSuchEntity:
            # The user is gone, and so is what they were signed in as.
            self._sessions.end(session)
            return sent_on(f"/console/{session.account_id}")
        note, session.note = session.note, ""
        return shown(console_page("home.html", person=person, note=note, token=session.form_token))


def account_in(visit: Visit) -> str:
    """The account that the address names: in its path, or as AWS's own addresses do, in its host."""
    named = visit.path.removeprefix("/console").strip("/")
    if named:
        return unquote(named)
    return names.account_in(visit.host)


def address(origin: str, account: str) -> str:
    """Where an account's people sign in on this sandbox."""
    return f"{origin}/console/{quote(account, safe='')}"


def _message(title: str, text: str, *, alert: bool = False) -> bytes:
    return console_page("message.html", title=title, text=text, alert=alert, narrow=True)


def _change_page(session: Session, alert: str = "") -> bytes:
    return console_page("change_password.html", session=session, alert=alert)
