# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page that a link like AWS's opens, /switchrole?account=...&roleName=...&displayName=...: to become a role."""

from __future__ import annotations

from collections.abc import Mapping

from moto.core.exceptions import ServiceException

from ..behaviour import role_switch
from ..behaviour.errors import NoSuchEntity
from ..behaviour.sign_in import account_of
from ..calls.wire import Answer
from ..service import Service
from .console_page import console_page
from .sessions import Acting, Session
from .visit import Visit, sent_on, shown

FAILED = (
    "Could not switch roles using the provided information. Please check your settings and try again. "
    "If you continue to have problems, contact your administrator."
)
PARTS = ("account", "roleName", "displayName")


class SwitchRolePage:
    def __init__(self, service: Service) -> None:
        self._service = service

    def answer(self, visit: Visit, session: Session) -> Answer:
        """The form as the link fills it in, and the switch."""
        if visit.method != "POST":
            return shown(_page(session, visit.query))
        asked = {part: visit.form.get(part, "").strip() for part in PARTS}
        try:
            with self._service.lock:
                session.acting = _become(session, asked)
        except ServiceException as error:
            return shown(_page(session, asked, FAILED, error.message), 403)
        return sent_on("/home")


def _become(session: Session, asked: Mapping[str, str]) -> Acting:
    """Whom the person becomes. Raises with the reason, which AWS's page does not tell: it is for whoever practises."""
    person, account = session.at_console(), account_of(asked["account"])
    role = role_switch.role_named(account, asked["roleName"]) if account is not None else None
    if person is None or account is None or role is None:
        raise NoSuchEntity("There is no such role.")
    name = asked["displayName"] or f"{role.name} @ {account.spoken_name}"
    return Acting(role_switch.become(person, account, role), name)


def _page(session: Session, given: Mapping[str, str], alert: str = "", reason: str = "") -> bytes:
    values = {part: given.get(part, "") for part in PARTS}
    return console_page("switch_role.html", session=session, given=values, alert=alert, reason=reason)
