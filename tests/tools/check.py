# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs stages of the checks and reports the results: `python -m tests.tools.check test`.

Needs only Python 3.11 or newer. It installs the environment that the checks need.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree

from tests.tools.environment import clean_environment
from tests.tools.places import ROOT, Places
from tests.tools.stages import EVERYTHING, PLAYBOOKS, SANDBOXES, STAGES, Check, newest
from tests.tools.tree import build_tree
from tests.tools.venv import SetupError, ensure_venv, find_python

NEWEST = "3.13"
# Each takes minutes of one processor. No stage has both.
LONGEST = ("ansible-test sanity", "pylint of the tests")


@dataclass(frozen=True)
class Outcome:
    """The result of one check. A check other than pytest counts as one test."""

    name: str
    seconds: float
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    # What a pytest run cost: seconds of processors, runs of `ansible-playbook`, starts of the sandbox.
    cpu: float | None = None
    playbooks: int = 0
    sandboxes: int = 0


def run(check: Check, places: Places) -> Outcome:
    """Run one check and print its output at the end; a pytest run prints while it runs."""
    if check.prepare is not None:
        check.prepare()
    started = time.monotonic()
    environment = {**clean_environment(places), **check.env}
    if check.junit is not None:
        print(f"== {check.name}", flush=True)
        for file in (check.junit, check.starts):
            if file is not None:
                file.unlink(missing_ok=True)
        code, cpu = _run_with_usage(check, environment)
        outcome = _tests(check.name, check.junit, code, time.monotonic() - started)
        counts = _started(check.starts)
        return replace(outcome, cpu=cpu, playbooks=counts.get(PLAYBOOKS, 0), sandboxes=counts.get(SANDBOXES, 0))
    done = subprocess.run(
        check.command,
        cwd=check.cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    seconds = time.monotonic() - started
    if done.returncode != 0:
        print(f"{done.stdout.rstrip()}\n== {check.name}: FAILED, exit code {done.returncode}", flush=True)
        return Outcome(check.name, seconds, failed=1)
    print(f"== {check.name}: passed in {seconds:.0f} s", flush=True)
    return Outcome(check.name, seconds, passed=1)


def _tests(name: str, report: Path, code: int, seconds: float) -> Outcome:
    """The counts of a pytest run. If it failed without a failed test, it still counts as a failure: it was interrupted,
    or found no test (exit code 5).
    """
    counts = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    if report.exists():
        # Our own pytest has just written this file.
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):  # noqa: S314  # not from outside
            for key in counts:
                counts[key] += int(suite.get(key, 0))
    failed = counts["failures"] + counts["errors"]
    passed = max(0, counts["tests"] - failed - counts["skipped"])
    if code != 0 and not failed:
        print(f"== {name}: FAILED, pytest ended with {code}", flush=True)
        failed = 1
    return Outcome(name, seconds, passed, failed, counts["skipped"])


def _run_with_usage(check: Check, environment: dict[str, str]) -> tuple[int, float]:
    """The exit code, and the seconds of processors that it and all that it started took."""
    with subprocess.Popen(check.command, cwd=check.cwd, env=environment) as process:
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_utime + usage.ru_stime


def _started(file: Path | None) -> dict[str, int]:
    """What a pytest run wrote about its starts; nothing if it was interrupted."""
    if file is None or not file.exists():
        return {}
    counts: dict[str, int] = json.loads(file.read_text(encoding="utf-8"))
    return counts


def run_stages(names: list[str], places: Places) -> list[Outcome]:
    """Run the stages' static checks, then their pytest runs one by one: each uses all cores."""
    build_tree(places)
    places.reports.mkdir(parents=True, exist_ok=True)
    checks = [check for name in names for check in STAGES[name](places)]
    return run_checks(checks, places)


def run_checks(checks: list[Check], places: Places) -> list[Outcome]:
    """Run static checks, two at a time, and then the pytest runs.

    The longest static check begins first and takes one processor: the pytest runs do not wait for its end.
    """
    static = sorted((check for check in checks if check.junit is None), key=lambda check: check.name not in LONGEST)
    with ThreadPoolExecutor(max_workers=2) as pool:
        begun = {check.name: pool.submit(run, check, places) for check in static}
        wait(future for name, future in begun.items() if name not in LONGEST)
        outcomes = [run(check, places) for check in checks if check.junit is not None]
        return [future.result() for future in begun.values()] + outcomes


def set_up_newest() -> tuple[Places, float] | None:
    """The places of the newest Python and the seconds that its environment took; None if there is no such Python."""
    python = find_python(NEWEST)
    if python is None:
        return None
    started = time.monotonic()
    return ensure_venv(python), time.monotonic() - started


def run_newest(begun: Future[tuple[Places, float] | None]) -> list[Outcome]:
    """Unit tests and a journey on the newest Python, once its environment is there."""
    made = begun.result()
    if made is None:
        print(f"== Python {NEWEST} not found: unit tests and journey on {NEWEST} skipped", flush=True)
        return [Outcome(f"everything on {NEWEST}", 0, skipped=1)]
    places, seconds = made
    build_tree(places)
    places.reports.mkdir(parents=True, exist_ok=True)
    return [Outcome(f"setup on {NEWEST}", seconds), *run_checks(newest(places), places)]


def run_everything() -> list[Outcome]:
    """All stages, and then those on the newest Python, unless everything runs on that one.

    Both environments are made side by side: pip takes one processor, and waits for the network.
    """
    started = time.monotonic()
    with ThreadPoolExecutor(max_workers=1) as pool:
        begun = None if Places.here().version == NEWEST else pool.submit(set_up_newest)
        places = ensure_venv(sys.executable)
        outcomes = [Outcome("setup", time.monotonic() - started), *run_stages([*EVERYTHING], places)]
        return outcomes if begun is None else [*outcomes, *run_newest(begun)]


def run_named(names: list[str]) -> list[Outcome]:
    """These stages."""
    started = time.monotonic()
    places = ensure_venv(sys.executable)
    return [Outcome("setup", time.monotonic() - started), *run_stages(names, places)]


def summary(outcomes: list[Outcome], seconds: float) -> int:
    """Print the table of results. Returns the exit code."""
    heads = f"{'cpu s':>8}{'playbooks':>11}{'sandboxes':>11}"
    print(f"\n{'stage':<28}{'seconds':>9}{'passed':>8}{'failed':>8}{'skipped':>9}{heads}")
    for outcome in outcomes:
        counts = f"{outcome.passed:>8}{outcome.failed:>8}{outcome.skipped:>9}{_cost(outcome)}"
        print(f"{outcome.name:<28}{outcome.seconds:>9.1f}{counts}{'   <-- FAILED' if outcome.failed else ''}")
    passed, failed, skipped = (sum(getattr(each, key) for each in outcomes) for key in ("passed", "failed", "skipped"))
    print(f"{'in all':<28}{seconds:>9.1f}\n\n{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return 1 if failed or not passed else 0


def _cost(outcome: Outcome) -> str:
    if outcome.cpu is None:
        return ""
    return f"{outcome.cpu:>8.0f}{outcome.playbooks:>11}{outcome.sandboxes:>11}"


def main(arguments: list[str]) -> int:
    unknown = [name for name in arguments if name not in (*STAGES, "setup", "test")]
    if unknown or not arguments:
        print(f"usage: python -m tests.tools.check {{setup,test,{','.join(STAGES)}}}...", file=sys.stderr)
        return 2
    started = time.monotonic()
    os.chdir(ROOT)
    try:
        if arguments == ["setup"]:
            build_tree(ensure_venv(sys.executable))
            return 0
        outcomes = run_everything() if "test" in arguments else run_named(arguments)
    except SetupError as error:
        print(f"FAILED: {error}", file=sys.stderr)
        return 1
    return summary(outcomes, time.monotonic() - started)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
