# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Getting an MFA device: a name for it, then its seed as a picture and as text, then two codes of it."""

from __future__ import annotations

import base64

from moto.core.exceptions import ServiceException

from ..behaviour import enrolment
from ..behaviour.console_session import ConsoleSession
from ..behaviour.errors import NoSuchEntity
from ..calls.wire import Answer
from ..service import Service
from .console_page import console_page
from .sessions import Session
from .visit import Visit, sent_on, shown

ENROLLED = "Your MFA device is assigned. From now on a sign-in asks for its code; this one began without."


class MfaPages:
    def __init__(self, service: Service) -> None:
        self._service = service

    def answer(self, visit: Visit, session: Session) -> Answer | None:
        """A page under /home/mfa, or None where there is none."""
        match visit.method, visit.path:
            case "GET", "/home/mfa":
                return self._page(session)
            case "POST", "/home/mfa/device":
                return self._name(visit, session)
            case "POST", "/home/mfa/codes":
                return self._enable(visit, session)
        return None

    def _page(self, session: Session, alert: str = "") -> Answer:
        """The device that waits for its codes, or the question how a new one is to be called."""
        with self._service.lock:
            account = _at_console(session).account
            device = enrolment.waiting(account, session.device)
            picture = device.picture(account.spoken_name) if device is not None else b""
        shows = base64.b64encode(picture).decode()
        content = console_page("mfa.html", session=session, device=device, picture=shows, alert=alert)
        return shown(content, 400 if alert else 200)

    def _name(self, visit: Visit, session: Session) -> Answer:
        try:
            with self._service.lock:
                made = enrolment.begin(_at_console(session), visit.form.get("name", "").strip())
        except ServiceException as error:
            return self._page(session, error.message)
        session.device = made.serial_number
        return sent_on("/home/mfa")

    def _enable(self, visit: Visit, session: Session) -> Answer:
        first, second = (visit.form.get(name, "").strip() for name in ("first", "second"))
        try:
            with self._service.lock:
                enrolment.finish(_at_console(session), session.device, first, second)
        except ServiceException as error:
            return self._page(session, error.message)
        session.device = ""
        session.note = ENROLLED if session.mfa_at is None else "Your further MFA device is assigned."
        return sent_on("/home")


def _at_console(session: Session) -> ConsoleSession:
    found = session.at_console()
    if found is None:
        raise NoSuchEntity(f"The user with name {session.user_name} cannot be found.")
    return found
