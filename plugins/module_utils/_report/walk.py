# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What came of one walk down the street: what every result, diff and page is made from."""

from __future__ import annotations

import dataclasses
import typing as t

if t.TYPE_CHECKING:
    from .._apply.apply import Outcome
    from .._core.model import Directory, Fault, Step, Subject


@dataclasses.dataclass(frozen=True)
class Walk:
    """The directory before and after, the steps planned and those done.

    With ``faults`` that stop giving, the steps are those alone that cut leavers off; nobody was given anything.
    ``postponed`` says who waits for a way to be given credentials: none of their steps is among the steps. Of a walk
    that was ``stopped`` nothing was done: the steps are those that would have been.
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
        """Whose issuing ended early because nothing more was to be done, and why."""
        return self.outcome.settled
