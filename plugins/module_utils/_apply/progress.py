# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps that are sent, counted for whoever looks at the progress."""

from __future__ import annotations

import typing as t

if t.TYPE_CHECKING:
    from .._aws.progress import Progress
    from .._core.steps import Failure, Step
    from .apply import Tell


def counting(progress: Progress, steps: t.Sequence[Step], tell: Tell) -> Tell:
    """``tell``, and beside it the progress of these steps."""
    progress.begin(len(steps))

    def told(step: Step, failure: Failure | None) -> None:
        tell(step, failure)
        progress.add()

    return told
