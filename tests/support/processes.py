# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A running `ansible-playbook` with all that it started, to be killed whole or alone.

Its workers lead sessions of their own, so that one signal to its process group would not reach the module. Knows the
processes from Linux's `/proc`.
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
    """All processes that this one started, and those that they did."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # The name, in parentheses, may hold anything; then follow the state and the parent's id.
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
    """What lives on when `ansible-playbook` alone was killed: its workers, and the modules that they run."""

    workers: list[int]
    modules: list[int]

    def wait(self) -> None:
        """Wait until the modules have ended. A worker may then wait for ever for somebody to take its result."""
        wait_until_gone(self.modules)
        _kill(self.workers)


def kill_all(process: subprocess.Popen[bytes]) -> int:
    """SIGKILL to it and to all that it started; gives how many processes died."""
    others = descendants(process.pid)
    process.kill()
    _kill(others)
    process.wait()
    wait_until_gone(others)
    return 1 + len(others)


def kill_alone(process: subprocess.Popen[bytes]) -> Orphans:
    """SIGKILL to it alone; gives the processes that live on."""
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
    """Whether it runs; one that nobody has waited for yet does not."""
    try:
        return (
            Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0] != "Z"
        )
    except OSError:
        return False
