# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pace at which AWS is called: how many at a time, and what is tried again.

The one place to change when a limiter shared between processes takes over from botocore's adaptive mode, which knows
only the calls of its own client.
"""

from __future__ import annotations

import random
import time
import typing as t

from .errors import THROTTLED, code_of

Answer = t.TypeVar("Answer")

THREADS = 8
ISSUING_THREADS = 16
"""Who issues waits for a mail server most of the time, and asks IAM between."""

RETRY_MODE: t.Final = "adaptive"
TOTAL_ATTEMPTS: t.Final = 10
"""botocore's part: throttling, lost connections and AWS's own failures."""

CONNECT_TIMEOUT = 5
READ_TIMEOUT = 20
PATIENCE = 120.0
"""Seconds that a call is tried again for what passes by itself; IAM publishes no bound (Terraform waits as long)."""

FIRST_DELAY = 0.5
LONGEST_DELAY = 15.0


class Pace:
    """Tries again what passes by itself, with growing pauses. ``wait`` pauses, and says True when it must end."""

    def __init__(
        self,
        wait: t.Callable[[float], object] = time.sleep,
        patience: float = PATIENCE,
        clock: t.Callable[[], float] = time.monotonic,
    ) -> None:
        self._wait = wait
        self._patience = patience
        self._clock = clock

    def retrying(
        self, call: t.Callable[[], Answer], passes: t.Callable[[Exception], bool] = lambda error: False
    ) -> Answer:
        """The call's answer. Throttling passes, and whatever ``passes`` says so of."""
        end = self._clock() + self._patience
        longest = FIRST_DELAY
        while True:
            try:
                return call()
            except Exception as error:
                # Botocore gives up early when the retry quota that all threads share is used up.
                if code_of(error) not in THROTTLED and not passes(error):
                    raise
                delay = longest * random.uniform(0.5, 1)  # noqa: S311 # spreads the threads, guards nothing
                if self._clock() + delay > end or self._wait(delay):
                    raise
            longest = min(longest * 2, LONGEST_DELAY)
