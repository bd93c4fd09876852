# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said of long work while it goes on, and how often. Pure."""

from __future__ import annotations

FIRST_SECONDS = 5.0
LONGEST_SECONDS = 60.0
SHARE = 0.2
"""The first line comes after so many seconds of work, each of the next after a fifth of the time so far, but not before
5 seconds and not after a minute: 14 lines in two minutes, about 35 in twenty."""


class Gauge:
    """Looks at the numbers again and again, and says now and then how far the work is."""

    def __init__(self) -> None:
        self._begun: float | None = None
        self._reads = False
        self._due = FIRST_SECONDS
        self._told: tuple[int, float] = (0, 0.0)

    def line(self, done: int, total: int | None, now: float) -> str | None:
        """The line to show now, if it is time for one. ``now`` are seconds of a clock that only goes forward.

        Without a ``total``, what is done are calls of reading. When the steps begin, their time begins anew. The time
        left is told by the pace since the last line: the phases of a run have different ones.
        """
        if self._begun is None or self._reads != (total is None):
            self._begun, self._due, self._told = now, FIRST_SECONDS, (done, now)
            self._reads = total is None
        elapsed = now - self._begun
        if elapsed < self._due or (total is not None and done >= total):
            return None
        self._due = elapsed + min(max(FIRST_SECONDS, elapsed * SHARE), LONGEST_SECONDS)
        before, then = self._told
        self._told = (done, now)
        return progress_line(done, total, done - before, now - then)


def progress_line(done: int, total: int | None, lately: int, seconds: float) -> str:
    """What is done, and by what was done in the last ``seconds`` the pace; of steps what remains, and the time left."""
    start = _reading(done) if total is None else _steps(done, total)
    if not lately:
        return f"{start}; none in the last {_length(seconds)}"
    pace = lately / seconds
    told = f"{start}; {pace:,.0f} a second" if pace >= 1 else f"{start}; {pace * 60:,.0f} a minute"
    return told if total is None else f"{told}, about {_length((total - done) / pace)} left"


def _reading(calls: int) -> str:
    return f"reading: {calls:,} {'call' if calls == 1 else 'calls'} so far"


def _steps(done: int, total: int) -> str:
    return f"{done:,} of {total:,} steps done, {total - done:,} to go"


def _length(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
