# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Long work says how far it is, on stderr and in the log, and short work says nothing."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._report.progress import FIRST_SECONDS

from tests.sandbox.client import Sandbox
from tests.support.playbooks import PlaybookResult
from tests.support.processes import descendants

Run = Callable[..., PlaybookResult]
PEOPLE = ["asha", "ben", "cleo"]
CHART: dict[str, Any] = {
    "departments": [{"name": "sales"}],
    "employees": [{"name": name, "departments": ["sales"]} for name in PEOPLE],
}
# What is done until a call is held may be done before the first look at it, or after.
READING = re.compile(r"localhost: reading: 2 calls so far; (none in the last \d s|\d+ a minute)")
# The group, three users, three memberships, of which one is held.
LINE = re.compile(
    r"localhost: 6 of 7 steps done, 1 to go; (none in the last \d s|\d+ a (second|minute), about 1 s left)"
)
TASK: dict[str, Any] = {"name": "Run", "workforce.aws.iam_workforce": CHART}


def _held(run: Run, sandbox: Sandbox, meanwhile: Callable[[], object] = lambda: None) -> PlaybookResult:
    """The run, one of whose memberships is held until the work is long."""
    _hold_membership(sandbox)
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(run)
        _wait_until_long(sandbox)
        meanwhile()
        sandbox.resume()
        return running.result()


def _held_twice(run: Run, sandbox: Sandbox) -> PlaybookResult:
    """The same, and a read is held before."""
    sandbox.pause("GetAccountSummary")
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(run)
        _wait_until_long(sandbox)
        _hold_membership(sandbox)
        sandbox.resume()
        _wait_until_long(sandbox)
        sandbox.resume()
        return running.result()


def _hold_membership(sandbox: Sandbox) -> None:
    sandbox.pause("AddUserToGroup", match={"UserName": "asha"})


def _wait_until_long(sandbox: Sandbox) -> None:
    sandbox.wait_paused(60)
    time.sleep(FIRST_SECONDS + 1.2)


def test_long_work_is_told_of_beside_the_json_of_a_callback(playbook: Run, sandbox: Sandbox) -> None:
    # The role's module is piped too, so that its arguments are in no file.
    done = _held_twice(lambda: playbook([{**TASK, "vars": {"ansible_pipelining": True}}]), sandbox).succeeded()
    reading, steps = done.stderr.strip().splitlines()
    assert READING.fullmatch(reading), reading
    assert LINE.fullmatch(steps), steps
    assert json.loads(done.stdout)["stats"]["localhost"]["changed"] == 1
    assert done.result("Run")["joiners"] == PEOPLE


@pytest.mark.long  # the test above shows it with pipelining, as the role has it
def test_without_pipelining_in_a_log_and_with_async(playbook: Run, sandbox: Sandbox, tmp_path: Path) -> None:
    env = {"ANSIBLE_LOG_PATH": str(tmp_path / "log"), "ANSIBLE_PIPELINING": "false"}
    told = _held(lambda: playbook([TASK], callback="ansible.builtin.default", env=env), sandbox).succeeded()
    assert LINE.fullmatch(told.stderr.strip()), told.stderr
    assert LINE.search((tmp_path / "log").read_text(encoding="utf-8"))
    assert "to go" not in told.stdout
    sandbox.reset()
    jobs = {"ANSIBLE_ASYNC_DIR": str(tmp_path / "jobs")}
    later = _held(lambda: playbook([{**TASK, "async": 60, "poll": 1}], env=jobs), sandbox).succeeded()
    assert (later.stderr, later.result("Run")["joiners"]) == ("", PEOPLE)


@pytest.mark.long  # a thread that outlived the module would keep the run from its end
def test_a_module_that_dies_takes_it_along(playbook: Run, sandbox: Sandbox) -> None:
    died = _held(lambda: playbook([TASK]), sandbox, _kill).failed()
    assert len(died.stderr.splitlines()) <= 1
    assert "joiners" not in died.result("Run")


def _kill() -> None:
    """Kill the module's process, and the shell that runs it."""
    for pid in descendants(os.getpid()):
        with contextlib.suppress(OSError):
            if b"AnsiballZ_iam_workforce" in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(pid, signal.SIGKILL)
