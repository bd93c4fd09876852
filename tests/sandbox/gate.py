# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a paused call waits, so that a test can kill its caller at a known moment."""

from __future__ import annotations

import threading
from typing import Any

from .wire import Call, ConnectionLostError


class Gate:
    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._waiting: list[tuple[Call, str]] = []
        self._opened = 0
        self._drop = False

    def hold(self, call: Call, when: str) -> None:
        """Wait until the gate opens; ConnectionLostError when the call is dropped instead of let through."""
        with self._condition:
            turn = self._opened
            self._waiting.append((call, when))
            self._condition.wait_for(lambda: self._opened > turn)
            self._waiting.remove((call, when))
            if self._drop:
                raise ConnectionLostError

    def open(self, *, drop: bool = False) -> int:
        """Let every waiting call go on, or drop it; gives how many waited."""
        with self._condition:
            self._opened += 1
            self._drop = drop
            self._condition.notify_all()
            return len(self._waiting)

    def as_json(self) -> dict[str, Any]:
        with self._condition:
            calls = [
                {"operation": call.operation, "subject": call.subject, "when": when} for call, when in self._waiting
            ]
        return {"waiting": bool(calls), "calls": calls}
