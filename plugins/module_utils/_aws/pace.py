# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many calls run at the same time, and which are retried.

Botocore's adaptive mode knows only the calls of its own client. A limiter for several processes would be put here.
"""

from __future__ import annotations

import random
import time
import typing as t

from .errors import THROTTLED, code_of, is_lost, mark_replayed, was_replayed

Answer = t.TypeVar("Answer")

THREADS = 8
ISSUING_THREADS = 16
"""So many call IAM while credentials are issued: half of the calls are reads. Beside them, others wait for mails."""

RETRY_MODE: t.Final = "adaptive"
TOTAL_ATTEMPTS: t.Final = 10
"""Botocore retries throttling, lost connections and AWS's own failures."""

CONNECT_TIMEOUT = 5
READ_TIMEOUT = 20
PATIENCE = 120.0
"""For how many seconds a call is retried. IAM documents no limit; Terraform waits as long."""
SILENCE = 20.0
"""For how many seconds lost calls are retried while no call at all is answered: a network that is gone stays gone."""

FIRST_DELAY = 0.5
LONGEST_DELAY = 15.0


class Pace:
    """Retries temporary errors with growing pauses. ``wait`` makes the pause, and returns True to stop the retries.

    Threads may share it: the answers of one tell the others that AWS can be reached.
    """

    def __init__(
        self,
        wait: t.Callable[[float], object] = time.sleep,
        patience: float = PATIENCE,
        clock: t.Callable[[], float] = time.monotonic,
    ) -> None:
        self._wait = wait
        self._patience = patience
        self._clock = clock
        self._silent_since: float | None = None

    def retrying(
        self, call: t.Callable[[], Answer], passes: t.Callable[[Exception], bool] = lambda error: False
    ) -> Answer:
        """The call's answer. Throttling, lost calls and every error for which ``passes`` is true are retried."""
        end = self._clock() + self._patience
        longest = FIRST_DELAY
        maybe_done = False
        while True:
            try:
                answer = call()
            except Exception as error:
                if maybe_done:
                    mark_replayed(error)
                delay = longest * random.uniform(0.5, 1)  # noqa: S311 # spreads the threads, guards nothing
                if not self._is_temporary(error, passes) or self._clock() + delay > end or self._wait(delay):
                    raise
                maybe_done = maybe_done or is_lost(error) or was_replayed(error)
            else:
                self._silent_since = None
                return answer
            longest = min(longest * 2, LONGEST_DELAY)

    def _is_temporary(self, error: Exception, passes: t.Callable[[Exception], bool]) -> bool:
        """Botocore stops early when the retry quota that all threads share is used up, and raises the last error."""
        if is_lost(error):
            if self._silent_since is None:
                self._silent_since = self._clock()
            return self._clock() - self._silent_since < SILENCE
        self._silent_since = None
        return code_of(error) in THROTTLED or passes(error)
