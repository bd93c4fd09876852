# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module in its own process, which a test can kill, or pause while another one runs."""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path
from typing import Any, Self

from tests.sandbox.client import Sandbox
from tests.support.modules import run_in_process

SECONDS = 120


class ModuleProcess:
    """A forked process, which starts fast. At its end, a file has what it printed."""

    def __init__(self, name: str, options: dict[str, Any], sandbox: Sandbox, printed: Path) -> None:
        self._printed = printed
        self._process = multiprocessing.get_context("fork").Process(
            target=_run, args=(name, options, sandbox, printed), daemon=True
        )

    @classmethod
    def start(cls, name: str, options: dict[str, Any], sandbox: Sandbox, folder: Path) -> Self:
        started = cls(name, options, sandbox, folder / f"printed-{len(list(folder.glob('printed-*')))}.json")
        # Create the file now, so that the next process gets another one.
        started._printed.touch()
        started._process.start()
        return started

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    def kill(self) -> bool:
        """Send SIGKILL. Returns whether the process was still running."""
        was_alive = self._process.is_alive()
        self._process.kill()
        self._process.join()
        return was_alive

    def result(self) -> dict[str, Any]:
        """What it printed. It must end by itself."""
        self._process.join(SECONDS)
        assert self._process.exitcode == 0, f"the module ended with {self._process.exitcode}"
        result: dict[str, Any] = json.loads(self._printed.read_text(encoding="utf-8"))
        return result


def _run(name: str, options: dict[str, Any], sandbox: Sandbox, printed: Path) -> None:
    printed.write_text(json.dumps(run_in_process(name, options, sandbox=sandbox)), encoding="utf-8")
