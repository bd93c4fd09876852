# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Progress: how many steps are done, counted by the module in a file that the action plugin reads while it runs."""

from __future__ import annotations

import contextlib
import os
import threading
import typing as t
from pathlib import Path

if t.TYPE_CHECKING:
    from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule

    from .._core.steps import Failure, Step
    from .apply import Tell

FILE = "workforce-progress"
"""The file's name in the module's temporary folder. Whoever wants to know of the progress makes it, empty."""

_LINE = 64
"""More bytes than a line has."""


class Progress:
    """Counts steps. Without a folder, or without the file in it, nothing is written.

    A line is two numbers: the steps that were sent, and all of them. What cannot be written is not shown: no step fails
    for that.
    """

    def __init__(self, folder: str | None, total: int) -> None:
        self._total = total
        self._done = 0
        self._lock = threading.Lock()
        self._file: int | None = None
        if folder is not None:
            with contextlib.suppress(OSError):
                self._file = os.open(Path(folder, FILE), os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC)

    def add(self) -> None:
        """A step was sent. It is called from several threads."""
        if self._file is None:
            return
        with self._lock:
            # A step that is refused and done in another way is told twice.
            self._done = min(self._done + 1, self._total)
            with contextlib.suppress(OSError):
                os.write(self._file, f"{self._done} {self._total}\n".encode())


def counting(module: AnsibleAWSModule, steps: t.Sequence[Step], tell: Tell) -> Tell:
    """``tell``, and beside it the progress of these steps."""
    # Ansible's own name for the folder that it made before the module. `tmpdir` would make one where there is none.
    progress = Progress(module._module._tmpdir, len(steps))

    def told(step: Step, failure: Failure | None) -> None:
        tell(step, failure)
        progress.add()

    return told


def read_progress(path: Path) -> tuple[int, int] | None:
    """The last numbers that were written: the steps that were sent, and all of them. None before the first."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _LINE))
            lines = file.read().split(b"\n")
        # After the last line break is nothing, or a line that is being written.
        done, total = lines[-2].split()
        return int(done), int(total)
    except (OSError, IndexError, ValueError):
        return None
