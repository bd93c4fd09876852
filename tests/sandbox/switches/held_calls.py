# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where paused calls wait, so that a test can kill their caller, or let another go first, at a known moment."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from ..calls.wire import Call, ConnectionLostError


@dataclass
class Held:
    """A call that waits, and what became of it."""

    call: Call
    when: str
    opened: bool = False
    dropped: bool = False


class HeldCalls:
    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._waiting: list[Held] = []

    def hold(self, call: Call, when: str) -> None:
        """Wait until `open`; ConnectionLostError when the call is dropped instead of let through."""
        held = Held(call, when)
        with self._condition:
            self._waiting.append(held)
            self._condition.wait_for(lambda: held.opened)
        if held.dropped:
            raise ConnectionLostError

    def open(self, *, drop: bool = False, count: int | None = None) -> int:
        """Let waiting calls go on, or drop them: all, or so many of those that wait longest. Gives how many."""
        with self._condition:
            opened = self._waiting[:count]
            del self._waiting[: len(opened)]
            for held in opened:
                held.opened, held.dropped = True, drop
            self._condition.notify_all()
            return len(opened)

    def as_json(self) -> dict[str, Any]:
        with self._condition:
            calls = [
                {"operation": held.call.operation, "subject": held.call.subject, "when": held.when}
                for held in self._waiting
            ]
        return {"waiting": bool(calls), "calls": calls}
