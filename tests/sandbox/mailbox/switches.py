# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the mailbox does instead of taking a mail: refusals, lost or too few connections, slowness, a pause."""

from __future__ import annotations

import fnmatch
import threading
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

Stage = Literal["sender", "recipient", "message", "login"]
Moment = Literal["greeting", "recipient", "data", "before", "after"]


class MailSwitchError(ValueError):
    """A switch with a value that it cannot have."""


@dataclass
class Refusal:
    """The next `count` (None: all) of a stage whose address fits `match` are answered with `code` and `text`.

    The address is the sender's, the recipient's, for a message the recipient's, for a login the user name.
    """

    stage: Stage
    code: int = 550
    text: str = "refused"
    match: str = "*"
    count: int | None = None

    def __post_init__(self) -> None:
        if self.stage not in get_args(Stage):
            raise MailSwitchError(f"stage {self.stage!r} is none of {', '.join(get_args(Stage))}")
        if not 400 <= self.code <= 599:
            raise MailSwitchError(f"code {self.code} is no refusal")

    def take(self, stage: Stage, address: str) -> bool:
        fits = self.stage == stage and fnmatch.fnmatch(address.lower(), self.match.lower())
        if not fits or self.count == 0:
            return False
        if self.count is not None:
            self.count -= 1
        return True


@dataclass
class MailSwitches:
    """All of them off at first. Read by the server's thread, set by others."""

    refusals: list[Refusal] = field(default_factory=list)
    # Close the connection in the next so many DATA: "middle" after the server's 354, "end" after the client's last dot
    # without taking the mail, "answer" after taking it, so that only the answer is lost.
    drops: int = 0
    drop_at: Literal["middle", "end", "answer"] = "middle"
    # Seconds before the answer to a whole mail.
    slow: float = 0
    # Milliseconds before every answer: a server far away.
    latency_ms: float = 0
    # So many connections at the same time; further ones are greeted with 421.
    connections: int | None = None
    # Close each connection after so many mails, as services do; `polite` says 421 to the next MAIL first.
    mails_per_connection: int | None = None
    polite: bool = False
    # Hold the next mail that fits before it is taken, or after that and before the answer; or the conversation, when a
    # recipient was taken or DATA is asked for. At the greeting the next connection is held, whosever mail it brings.
    pause: Moment | None = None
    pause_match: str = "*"

    def __post_init__(self) -> None:
        self._lock = threading.Lock()

    def set(self, given: dict[str, Any]) -> None:
        with self._lock:
            for name, value in given.items():
                if name not in asdict(self):
                    raise MailSwitchError(f"there is no switch {name!r}; there are {', '.join(asdict(self))}")
                setattr(self, name, [Refusal(**rule) for rule in value] if name == "refusals" else value)

    def refuse(self, given: dict[str, Any]) -> None:
        refusal = Refusal(**given)
        with self._lock:
            self.refusals.append(refusal)

    def take_refusal(self, stage: Stage, address: str) -> str | None:
        """The answer that the next refusal that fits has, if there is one."""
        with self._lock:
            for rule in self.refusals:
                if rule.take(stage, address):
                    return f"{rule.code} {rule.text}"
        return None

    def take_drop(self, at: str) -> bool:
        with self._lock:
            taken = self.drops > 0 and self.drop_at == at
            self.drops -= taken
            return taken

    def take_pause(self, when: Moment, recipients: list[str]) -> bool:
        """Only one mail is held; the switch is off again afterwards."""
        with self._lock:
            fits = any(fnmatch.fnmatch(address.lower(), self.pause_match.lower()) for address in recipients)
            taken = self.pause == when and fits
            if taken:
                self.pause = None
            return taken

    def as_json(self) -> dict[str, Any]:
        with self._lock:
            return asdict(self)
