# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The record: a line for each write, appended as it is done, so that a run that dies leaves what it did."""

from __future__ import annotations

import datetime
import json
import os
import typing as t
from pathlib import Path

from .._core.steps import Fault
from .._files.private_files import open_to_append, private_place

if t.TYPE_CHECKING:
    from .._core.model import Account
    from .._core.steps import Failure, Step

_FLAGS = os.O_RDWR | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC


class Record:
    """A file of JSON lines, or none where no path is given. ``fault`` says why it cannot be written.

    A line goes out in one write to the file's end: threads, and runs side by side, do not mix theirs. ``lost`` counts
    the lines that could not be written after all; the writes that they tell of are done.
    """

    def __init__(self, path: str | None, *, check_mode: bool) -> None:
        self.fault: Fault | None = None
        self.lost = 0
        self._file: int | None = None
        self._head: dict[str, str] = {}
        self._torn = False
        if path is not None:
            try:
                self._open(Path(path), check_mode=check_mode)
            except OSError as error:
                self.fault = Fault("record", f"{path} cannot be written: {error.strerror}")

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The fault, as the street takes it. It stops giving only: nobody keeps access for want of a record."""
        return () if self.fault is None else (self.fault,)

    def _open(self, path: Path, *, check_mode: bool) -> None:
        """Check mode makes no file and changes no mode, and finds what a run would."""
        if not check_mode:
            self._file = open_to_append(path)
            size = os.fstat(self._file).st_size
            # A run that was cut off in the middle of a line, by a full disk say, must not spoil the next one.
            self._torn = size > 0 and os.pread(self._file, 1, size - 1) != b"\n"
            return
        place = private_place(path)
        if place.exists:
            os.close(os.open(place.path, _FLAGS))
        elif not os.access(place.path.parent, os.W_OK | os.X_OK):
            raise OSError(0, f"nothing may be written in {place.path.parent}")

    def begin(self, run_id: str, account: Account) -> None:
        """What every line of this run says."""
        self._head = {"run_id": run_id, "account_id": account.account_id, "caller_arn": account.caller_arn}

    def add(self, step: Step, failure: Failure | None) -> None:
        """The line of a step that was sent; never its parameters, some of which are secrets."""
        if self._file is None:
            return
        now = datetime.datetime.now(datetime.UTC)
        told = {
            "time": f"{now:%Y-%m-%dT%H:%M:%S.%fZ}",
            **self._head,
            "subject": str(step.subject),
            "operation": step.operation,
            "line": step.line,
            "outcome": "done" if failure is None else f"failed: {failure.code}",
        }
        line = f"{json.dumps(told, ensure_ascii=False)}\n".encode()
        if self._torn:
            line, self._torn = b"\n" + line, False
        try:
            whole = os.write(self._file, line) == len(line)
        except OSError:
            whole = False
        if not whole:
            self._torn = True
            self.lost += 1

    def close(self) -> None:
        """Nothing more is written."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
