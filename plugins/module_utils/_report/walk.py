# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The outcome of one run: every result, diff and page is made from it."""

from __future__ import annotations

import dataclasses
import typing as t

if t.TYPE_CHECKING:
    from .._apply.apply import Outcome
    from .._core.model import Directory
    from .._core.steps import Fault, Step
    from .._core.subjects import Subject


@dataclasses.dataclass(frozen=True)
class Walk:
    """The directory before and after the run, the planned steps and the steps that were done.

    If a fault stops giving, only the steps that cut leavers off remain. ``postponed`` names people whose credentials
    cannot be delivered now: the steps that would issue them are left out. In a ``stopped`` run nothing was done: the
    steps are those that would have been done.
    """

    before: Directory
    after: Directory
    steps: tuple[Step, ...]
    outcome: Outcome
    faults: tuple[Fault, ...] = ()
    postponed: tuple[Fault, ...] = ()
    warnings: tuple[str, ...] = ()
    stopped: bool = False

    @property
    def settled(self) -> t.Sequence[tuple[Subject, str]]:
        """The people whose issuing ended early because nothing was left to do, with the reason."""
        return self.outcome.settled
