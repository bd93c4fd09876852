# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Progress: how far a module is, counted in a file that the action plugin reads while it runs."""

from __future__ import annotations

import contextlib
import os
import threading
import typing as t
from pathlib import Path

FILE = "workforce-progress"
"""The file's name in the module's temporary folder. Whoever wants to know of the progress makes it, empty."""

_LINE = 64
"""More bytes than a line has."""


class Numbers(t.NamedTuple):
    """How far a module is: how many of its steps are done, or, without a ``total``, how many calls were answered."""

    done: int
    total: int | None = None


class Progress:
    """Counts the calls that were answered until there are steps, and then the steps.

    A line of the file has the numbers of :class:`Numbers`. Without a folder, or without the file in it, nothing is
    written. What cannot be written is not shown: nothing fails for that. Several threads may count.
    """

    def __init__(self, folder: str | None) -> None:
        self._now = Numbers(0)
        self._lock = threading.Lock()
        self._file: int | None = None
        if folder is not None:
            with contextlib.suppress(OSError):
                self._file = os.open(Path(folder, FILE), os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC)
        self._tell(self._now)

    def answered(self) -> None:
        """A call was answered."""
        with self._lock:
            if self._now.total is None:
                self._tell(Numbers(self._now.done + 1))

    def begin(self, total: int) -> None:
        """From now on, so many steps are counted."""
        with self._lock:
            self._tell(Numbers(0, total))

    def add(self) -> None:
        """A step was sent."""
        with self._lock:
            done, total = self._now
            # A step that is refused and done in another way is told twice.
            if total is not None and done < total:
                self._tell(Numbers(done + 1, total))

    def _tell(self, numbers: Numbers) -> None:
        self._now = numbers
        if self._file is not None:
            with contextlib.suppress(OSError):
                os.write(self._file, f"{' '.join(str(number) for number in numbers if number is not None)}\n".encode())


def read_progress(path: Path) -> Numbers | None:
    """The last numbers that were written. None before the first."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _LINE))
            lines = file.read().split(b"\n")
        # After the last line break is nothing, or a line that is being written.
        done, *total = map(int, lines[-2].split())
        return Numbers(done, *total)
    except (OSError, IndexError, TypeError, ValueError):
        return None
