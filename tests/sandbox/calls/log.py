# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The count of API calls by operation, and a log of the last ones. Values are never kept: a password may be one."""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from typing import Any

from .wire import Call

LOGGED = 10_000


class CallLog:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        with self._lock:
            self._operations: Counter[str] = Counter()
            self._kinds: Counter[str] = Counter()
            self._errors: Counter[str] = Counter()
            self._entries: deque[dict[str, Any]] = deque(maxlen=LOGGED)
            # When the first write was answered, and the last.
            self._writes: tuple[float, float] | None = None

    def add(self, call: Call, status: int | None, code: str | None) -> None:
        """Count a call; `status` is None when its caller got no answer."""
        now = time.monotonic()
        entry = {
            # When it was answered, on a clock that only tells how far two entries are apart.
            "at": now,
            "kind": call.kind,
            "service": call.service,
            "operation": call.operation,
            "account_id": call.account_id,
            "access_key_id": call.access_key_id,
            "parameters": sorted(name for name in call.parameters if name not in ("Action", "Version")),
            "subject": call.subject,
            "group": call.parameters.get("GroupName"),
            "user_agent": call.request.user_agent,
            "status": status,
            "outcome": code or ("OK" if status is not None else "ConnectionLost"),
        }
        with self._lock:
            self._operations[call.operation] += 1
            self._kinds[call.kind] += 1
            if code:
                self._errors[code] += 1
            self._entries.append(entry)
            if call.kind == "write":
                self._writes = (self._writes[0] if self._writes else now, now)

    def summary(self, last: int) -> dict[str, Any]:
        with self._lock:
            return {
                "total": self._operations.total(),
                "by_operation": dict(sorted(self._operations.items())),
                "by_kind": {kind: self._kinds[kind] for kind in ("read", "write")},
                "errors": dict(sorted(self._errors.items())),
                "write_seconds": self._writes[1] - self._writes[0] if self._writes else 0.0,
                "log": list(self._entries)[-last:] if last else [],
            }
