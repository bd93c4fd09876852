# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills a running `ansible-playbook`, alone or with all processes that it started.

Its workers have sessions of their own, so a signal to its process group does not reach the module. The processes are
found in Linux's `/proc`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

GONE_WITHIN = 120.0


def descendants(pid: int) -> list[int]:
    """All processes that this one started, directly or indirectly."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # The name is in parentheses and may contain anything. After it come the state and the parent's id.
            parent = int(stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(stat.parent.name))
    found, waiting = [], [pid]
    while waiting:
        started = children.get(waiting.pop(), [])
        found += started
        waiting += started
    return found


@dataclass(frozen=True)
class Orphans:
    """The processes that go on when only `ansible-playbook` was killed: its workers, and the modules that they run."""

    workers: list[int]
    modules: list[int]

    def wait(self) -> None:
        """Wait until the modules have ended. Workers may wait for ever for somebody to read their results."""
        wait_until_gone(self.modules)
        _kill(self.workers)


def kill_all(process: subprocess.Popen[bytes]) -> int:
    """Send SIGKILL to it and to all that it started. Returns the number of killed processes."""
    others = descendants(process.pid)
    process.kill()
    _kill(others)
    process.wait()
    wait_until_gone(others)
    return 1 + len(others)


def kill_alone(process: subprocess.Popen[bytes]) -> Orphans:
    """Send SIGKILL only to it. Returns the processes that go on."""
    others = descendants(process.pid)
    modules = {pid for worker in others for pid in descendants(worker)}
    process.kill()
    process.wait()
    return Orphans([pid for pid in others if pid not in modules], [pid for pid in modules if _lives(pid)])


def _kill(pids: list[int]) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def wait_until_gone(pids: list[int]) -> None:
    """Wait until they have ended."""
    end = time.monotonic() + GONE_WITHIN
    while any(map(_lives, pids)):
        assert time.monotonic() < end, f"still there after {GONE_WITHIN} s: {[pid for pid in pids if _lives(pid)]}"
        time.sleep(0.05)


def _lives(pid: int) -> bool:
    """Whether it runs. A zombie does not."""
    try:
        return (
            Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0] != "Z"
        )
    except OSError:
        return False
