# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mailbox as tests use it, in their own process or beside the sandbox's server."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

Found = TypeVar("Found")


class MailboxError(RuntimeError):
    """The mailbox refused what a test asked of it, or nothing came in time."""


def wait_for(ask: Callable[[], Found], is_enough: Callable[[Found], bool], timeout: float) -> Found | None:
    """Ask again and again; None when the answer was not enough in time."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        found = ask()
        if is_enough(found):
            return found
        time.sleep(0.02)
    return None


class MailboxClient:
    """What can be asked of a mailbox, wherever it runs."""

    def _ask(self, method: str, name: str, given: dict[str, Any] | None = None) -> Any:
        raise NotImplementedError

    def settings(self) -> dict[str, Any]:
        """The `mail` of the settings that lead the collection here."""
        found: dict[str, Any] = self._ask("GET", "mail/settings")
        return found

    def mails(self, to: str | None = None) -> list[dict[str, Any]]:
        """What arrived, oldest first; for one address where one is named."""
        found: list[dict[str, Any]] = self._ask("GET", "mail")
        return found if to is None else [mail for mail in found if to in mail["recipients"]]

    def counts(self) -> dict[str, int]:
        """`connections`, the `most_connections` at the same time, those `turned_away` by the switch, `logins`.

        And what was tried without encryption: `plain_logins`, `plain_mails`.
        """
        found: dict[str, int] = self._ask("GET", "mail/counts")
        return found

    def clear(self) -> None:
        """Empty it and count anew; the switches stay."""
        self._ask("DELETE", "mail")

    def reset(self) -> None:
        """Empty it, with all switches off."""
        self._ask("POST", "mail/reset")

    def switch(self, **switches: Any) -> dict[str, Any]:
        """Set switches; those left out stay as they are. Gives all of them."""
        found: dict[str, Any] = self._ask("POST", "mail/switches", switches)
        return found

    def refuse(self, stage: str, code: int = 550, text: str = "refused", **rule: Any) -> None:
        """Refuse at a stage (sender, recipient, message, login): `match` an address, `count` times."""
        self._ask("POST", "mail/refusals", {"stage": stage, "code": code, "text": text, **rule})

    def pause(self, when: str = "before", match: str = "*") -> None:
        """Hold the next mail that fits until `resume`: `before` it is taken, `after` it, or earlier (see switches)."""
        self.switch(pause=when, pause_match=match)

    def paused(self) -> list[list[str]]:
        """The recipients of the mails that are held."""
        found: list[list[str]] = self._ask("GET", "mail/paused")
        return found

    def wait_paused(self, timeout: float = 30) -> list[str]:
        """Wait until a mail is held, and tell to whom it goes."""
        held = wait_for(self.paused, bool, timeout)
        if held is None:
            raise MailboxError(f"no mail was held within {timeout} s")
        return held[0]

    def resume(self, drop: bool = False) -> int:
        """Let held mails go on, or close their connections."""
        return int(self._ask("POST", "mail/resume", {"drop": drop})["resumed"])
