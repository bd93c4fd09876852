# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module in a process of its own that a test can kill, or hold while another runs."""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path
from typing import Any, Self

from tests.sandbox.client import Sandbox
from tests.support.modules import run_in_process

SECONDS = 120


class ModuleProcess:
    """Forked, so that it starts at once; what it printed is in a file when it is through."""

    def __init__(self, name: str, options: dict[str, Any], sandbox: Sandbox, printed: Path) -> None:
        self._printed = printed
        self._process = multiprocessing.get_context("fork").Process(
            target=_run, args=(name, options, sandbox, printed), daemon=True
        )

    @classmethod
    def start(cls, name: str, options: dict[str, Any], sandbox: Sandbox, folder: Path) -> Self:
        started = cls(name, options, sandbox, folder / f"printed-{len(list(folder.glob('printed-*')))}.json")
        # Two that start at once write two files.
        started._printed.touch()
        started._process.start()
        return started

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    def kill(self) -> bool:
        """SIGKILL; whether it was still at work."""
        was_alive = self._process.is_alive()
        self._process.kill()
        self._process.join()
        return was_alive

    def result(self) -> dict[str, Any]:
        """What it printed, when it has ended by itself."""
        self._process.join(SECONDS)
        assert self._process.exitcode == 0, f"the module ended with {self._process.exitcode}"
        result: dict[str, Any] = json.loads(self._printed.read_text(encoding="utf-8"))
        return result


def _run(name: str, options: dict[str, Any], sandbox: Sandbox, printed: Path) -> None:
    printed.write_text(json.dumps(run_in_process(name, options, sandbox=sandbox)), encoding="utf-8")
