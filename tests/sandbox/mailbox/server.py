# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mailbox's server: in a thread of this process, on a free port of 127.0.0.1."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from .certificates import HOST, Kind, server_context
from .client import MailboxClient, MailboxError
from .conversation import PASSWORD, USERNAME, Conversation, Letterbox, Postman
from .listener import Listener
from .reading import read_mail
from .switches import MailSwitchError, MailSwitches

SENDER = "AWS access <onboard@example.com>"
Security = Literal["starttls", "tls"]


class Mailbox(MailboxClient):
    """A running mailbox: `with Mailbox.start() as mailbox:`."""

    def __init__(self, security: Security, certificate: Kind, offers: dict[str, Any]) -> None:
        self._security = security
        self._folder = tempfile.TemporaryDirectory(prefix="mailbox-")
        self._ca_file = Path(self._folder.name, "ca.pem")
        self._letterbox = Letterbox()
        self._switches = MailSwitches()
        self._offers = offers
        self._tls = server_context(certificate, self._ca_file)
        self._listener = Listener(self._conversation, self._tls if security == "tls" else None)
        self._routes: dict[tuple[str, str], Callable[[dict[str, Any]], Any]] = {
            ("GET", "mail"): lambda _given: self._mails(),
            ("DELETE", "mail"): lambda _given: self._clear(),
            ("GET", "mail/counts"): lambda _given: dict(self._letterbox.counts),
            ("GET", "mail/settings"): lambda _given: self._settings(),
            ("GET", "mail/switches"): lambda _given: self._switches.as_json(),
            ("POST", "mail/switches"): self._switch,
            ("POST", "mail/refusals"): self._refuse,
            ("GET", "mail/paused"): lambda _given: list(self._letterbox.held),
            ("POST", "mail/resume"): self._resume,
            ("POST", "mail/reset"): lambda _given: self._reset(),
        }

    @classmethod
    def start(
        cls,
        security: Security = "starttls",
        certificate: Kind = "good",
        *,
        smtputf8: bool = True,
        plain: bool = True,
        port: int = 0,
    ) -> Self:
        """Start one. With the certificate `none` it offers no encryption at all, and tempts to log in without.

        `smtputf8` and `plain` say whether it offers that extension, and that kind of login beside LOGIN.
        """
        mailbox = cls(
            security, certificate, {"enable_SMTPUTF8": smtputf8, "auth_exclude_mechanism": [] if plain else ["PLAIN"]}
        )
        mailbox._listener.start(port)
        return mailbox

    def _conversation(self) -> Conversation:
        starttls = self._tls if self._security == "starttls" else None
        return Conversation(
            Postman(self._letterbox, self._switches),
            tls_context=starttls,
            require_starttls=starttls is not None,
            # Login is asked for by the postman, so that a client can be seen to try without encryption.
            auth_require_tls=False,
            hostname="mailbox.example.com",
            **self._offers,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        self._resume({"drop": True})
        self._listener.stop()
        self._folder.cleanup()

    @property
    def port(self) -> int:
        return self._listener.port

    def handles(self, method: str, name: str) -> bool:
        """Whether this is a question for the mailbox."""
        return (method, name) in self._routes

    def answer(self, method: str, name: str, given: dict[str, Any]) -> Any:
        """The same for other processes, through the sandbox's control."""
        return self._routes[method, name](given)

    def _ask(self, method: str, name: str, given: dict[str, Any] | None = None) -> Any:
        try:
            return self.answer(method, name, given or {})
        except (MailSwitchError, TypeError) as error:
            raise MailboxError(str(error)) from error

    def _settings(self) -> dict[str, Any]:
        return {
            "host": HOST,
            "port": self.port,
            "security": self._security,
            "username": USERNAME,
            "password": PASSWORD,
            "ca_path": str(self._ca_file),
            "sender": SENDER,
        }

    def _mails(self) -> list[dict[str, Any]]:
        with self._letterbox.lock:
            arrivals = list(self._letterbox.arrivals)
        return [read_mail(arrival) for arrival in arrivals]

    def _clear(self) -> dict[str, Any]:
        self._resume({"drop": True})
        self._letterbox.clear()
        return {}

    def _reset(self) -> dict[str, Any]:
        self._clear()
        return self._switch({**MailSwitches().as_json()})

    def _switch(self, given: dict[str, Any]) -> dict[str, Any]:
        self._switches.set(given)
        return self._switches.as_json()

    def _refuse(self, given: dict[str, Any]) -> dict[str, Any]:
        self._switches.refuse(given)
        return self._switches.as_json()

    def _resume(self, given: dict[str, Any]) -> dict[str, Any]:
        box = self._letterbox
        with box.lock:
            box.dropped = bool(given.get("drop", False))
            box.opened += 1
            return {"resumed": len(box.held)}
