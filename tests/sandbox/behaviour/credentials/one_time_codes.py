# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The codes that a virtual MFA device shows, each for thirty seconds (RFC 6238), and which of them are taken."""

from __future__ import annotations

import pyotp

SECONDS = 30
# A code that is a step old or early is taken too: clocks differ, and people type (RFC 6238, 5.2).
TOLERANCE = 1
# How many steps a clock may be wrong when two codes in a row tell where it stands (RFC 6238, 6).
SEARCHED = 20


class OneTimeCodes:
    """What an account keeps of a device: its seed, how far its clock is off, and the last step that was used.

    A code is taken once, and none that is older than the last one (IAM user guide, MFA: each code is used once).
    """

    def __init__(self, seed: str) -> None:
        self._generator = pyotp.HOTP(seed)
        self._steps_off = 0
        self._last = -1

    def synchronise(self, first: str, second: str, moment: float) -> bool:
        """Whether these are two codes in a row. They tell how far the device's clock is off. `moment` is in seconds."""
        now = step_of(moment)
        # The nearest first: two codes of a million are alike now and then.
        for off in sorted(range(-SEARCHED, SEARCHED + 1), key=abs):
            step = now + off
            if step - 1 > self._last and (self._code(step - 1), self._code(step)) == (first, second):
                self._steps_off = 0 if abs(off) <= TOLERANCE else off
                self._last = step
                return True
        return False

    def take(self, code: str, moment: float) -> bool:
        """Whether this code is right and was not used. From now on it is. `moment` is in seconds."""
        now = step_of(moment)
        # What looked like a slow clock may have been a slow hand.
        for middle in sorted({now, now + self._steps_off}):
            for step in range(middle - TOLERANCE, middle + TOLERANCE + 1):
                if step > self._last and self._code(step) == code:
                    self._last = step
                    return True
        return False

    def _code(self, step: int) -> str:
        return self._generator.at(step) if step >= 0 else ""


def step_of(moment: float) -> int:
    """The number of the thirty seconds in which a moment lies."""
    return int(moment // SECONDS)
