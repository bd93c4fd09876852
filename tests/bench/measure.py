# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures one run of anything against the sandbox: its seconds, its API calls, what it printed."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from tests.sandbox.client import Sandbox

READS = ("Assume", "Get", "List", "Simulate")


@dataclass(frozen=True)
class Run:
    """What one run cost."""

    seconds: float
    read: int
    write: int
    by_operation: Mapping[str, int]
    # From the first write to the last, as the sandbox saw them.
    write_seconds: float
    # Bytes that it printed.
    output: int
    # What each of a playbook's tasks took by itself.
    tasks: Mapping[str, float] = field(default_factory=dict)
    # The most memory that any of its processes had.
    peak_mb: float = 0.0

    @property
    def total(self) -> int:
        return self.read + self.write

    @property
    def writes(self) -> dict[str, int]:
        """The writes by operation."""
        return {name: count for name, count in self.by_operation.items() if not name.startswith(READS)}


def measure(sandbox: Sandbox, run: Callable[[], str], peak: Path | None = None) -> Run:
    """Run it, and give what it cost. It gives what it printed, and writes kB of memory into the file `peak`."""
    sandbox.clear_calls()
    start = time.perf_counter()
    printed = run()
    seconds = time.perf_counter() - start
    calls = sandbox.calls(log=0)
    kinds = calls["by_kind"]
    return Run(
        seconds=seconds,
        read=kinds["read"],
        write=kinds["write"],
        by_operation=calls["by_operation"],
        write_seconds=calls["write_seconds"],
        output=len(printed.encode()),
        tasks=seconds_of_tasks(printed),
        peak_mb=int(peak.read_text(encoding="utf-8")) / 1024 if peak else 0.0,
    )


def seconds_of_tasks(printed: str) -> dict[str, float]:
    """The tasks' own seconds, from what the JSON callback printed; nothing for what is no playbook."""
    plays = json.loads(printed)["plays"] if printed.startswith("{") else []
    tasks = [task["task"] for play in plays for task in play["tasks"]]
    return {task["name"]: _seconds(**task["duration"]) for task in tasks}


def _seconds(start: str, end: str) -> float:
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()


def median(runs: Sequence[Run]) -> Run:
    """The run of median seconds, with the median of the seconds of writes, the longest output and the most memory."""
    middle = sorted(runs, key=lambda run: run.seconds)[len(runs) // 2]
    write_seconds = statistics.median(run.write_seconds for run in runs)
    output, peak_mb = max(run.output for run in runs), max(run.peak_mb for run in runs)
    return replace(middle, write_seconds=write_seconds, output=output, peak_mb=peak_mb)
