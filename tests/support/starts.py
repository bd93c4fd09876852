# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A pytest plugin that counts what costs a run of the tests most: starts of `ansible-playbook` and of the sandbox.

Its totals over all workers are printed, and written to the file that WORKFORCE_STARTS names, for the table of
`make test`.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.tools.stages import PLAYBOOKS, SANDBOXES

PROGRAMS = ("ansible-playbook", "ansible_playbook.py")
_KEY = "starts"


def kind_of(command: Iterable[Any]) -> str | None:
    """What a command starts: PLAYBOOKS, SANDBOXES, or None for what is not counted."""
    parts = [os.fsdecode(part) for part in command]
    if any(Path(part).name in PROGRAMS for part in parts):
        return PLAYBOOKS
    if any(part.endswith("tests/sandbox") for part in parts):
        return SANDBOXES
    return None


class Starts:
    """The counts of this process, and in the controller of pytest-xdist those of its workers."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        # Python tells of every start through `subprocess`, also of one that passes our helpers by.
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "subprocess.Popen" and not isinstance(arguments[1], str | bytes):
            kind = kind_of(arguments[1])
            if kind is not None:
                self.counts[kind] += 1

    @pytest.hookimpl
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
        if output is not None:
            output[_KEY] = dict(self.counts)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        self.counts.update(getattr(node, "workeroutput", {}).get(_KEY, {}))

    @pytest.hookimpl
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.counts:
            told = ", ".join(f"{self.counts[kind]} {kind}" for kind in (PLAYBOOKS, SANDBOXES))
            terminalreporter.write_line(told)
        file = os.environ.get("WORKFORCE_STARTS")
        if file:
            Path(file).write_text(json.dumps(self.counts), encoding="utf-8")
