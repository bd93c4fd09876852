# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twenty accounts in one play: side by side, with one that cannot be reached, and with three that are throttled."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.company import Company, company
from tests.bench.figures import Accounts
from tests.bench.measure import Run, measure
from tests.sandbox.calls.log import LOGGED
from tests.sandbox.client import Sandbox
from tests.support.playbooks import run_playbook
from tests.support.role import settings_of

PEOPLE = 250
FEWER_PEOPLE = 100
NUMBERS = tuple(f"{number:012}" for number in range(100000000001, 100000000021))
UNREACHABLE, THROTTLED = NUMBERS[0], NUMBERS[1:4]
# IAM's own limit is about 20 writes a second.
THROTTLE = {"rate": 20, "burst": 20, "accounts": list(THROTTLED)}
# More than are held up, so that the others do not wait for a fork alone.
MORE_FORKS = 8
NOWHERE = "http://127.0.0.1:9"


@dataclass(frozen=True)
class ManyAccounts:
    """Runs the role over the accounts of one sandbox. ``latency_ms`` is that of each call."""

    sandbox: Sandbox
    folder: Path
    latency_ms: int

    def measured(self) -> Accounts:
        whole = company(PEOPLE)
        one, four = (self._run(whole, forks) for forks in (1, 4))
        right = sum(self._is_right(whole, number) for number in NUMBERS)
        fewer = company(FEWER_PEOPLE)
        calm = self._pace(fewer, disturbed=False)
        disturbed = self._pace(fewer, disturbed=True)
        done = sum(self._is_right(fewer, number) for number in NUMBERS)
        return Accounts(
            count=len(NUMBERS),
            people=PEOPLE,
            one=one,
            four=four,
            right=right,
            done_without_one=done,
            pace=disturbed / calm,
        )

    def _pace(self, of: Company, *, disturbed: bool) -> float:
        """The median writes a second of the accounts that nothing is done to; the others are throttled or away."""
        self.sandbox.reset()
        self.sandbox.switch(latency_ms=self.latency_ms, throttle=THROTTLE if disturbed else None)
        self._play(of, MORE_FORKS, UNREACHABLE if disturbed else "")
        self.sandbox.switch(latency_ms=0, throttle=None)
        found = rates(self.sandbox.calls(log=LOGGED)["log"])
        return statistics.median(rate for number, rate in found.items() if number not in (UNREACHABLE, *THROTTLED))

    def _run(self, of: Company, forks: int) -> Run:
        self.sandbox.reset()
        self.sandbox.switch(latency_ms=self.latency_ms)
        run = measure(self.sandbox, lambda: self._play(of, forks))
        self.sandbox.switch(latency_ms=0)
        return run

    def _play(self, of: Company, forks: int, unreachable: str = "") -> str:
        hosts = {number: self._host(number, unreachable) for number in NUMBERS}
        folder = self.folder / f"accounts-{len(of.employees)}-{unreachable}"
        (folder / "group_vars").mkdir(parents=True, exist_ok=True)
        lists = {"departments": of.departments, "employees": of.employees}
        (folder / "group_vars" / "all.json").write_text(json.dumps(lists), encoding="utf-8")
        (folder / "hosts.json").write_text(json.dumps({"all": {"hosts": hosts}}), encoding="utf-8")
        outcome = run_playbook(
            "workforce.aws.onboard",
            sandbox=self.sandbox,
            tmp_path=self.folder,
            inventory=folder,
            arguments=("--forks", str(forks)),
            timeout=1200,
        )
        return (outcome.failed() if unreachable else outcome.succeeded()).stdout

    def _host(self, number: str, unreachable: str) -> dict[str, Any]:
        connection = settings_of(self.sandbox, number)
        if number == unreachable:
            connection["endpoint_url"] = NOWHERE
        return {"onboard_account": number, "onboard_account_id": number, "onboard_connection": connection}

    def _is_right(self, of: Company, number: str) -> bool:
        state = self.sandbox.state(number)
        members = {name: sorted(group["users"]) for name, group in state["groups"].items()}
        wanted = {department["name"]: sorted(of.members(department["name"])) for department in of.departments}
        return set(state["users"]) == {one["name"] for one in of.employees} and members == wanted


def rates(log: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """The writes a second of each account, from its first to its last; of those whose first is still in the log."""
    times: dict[str, list[float]] = {}
    began = {entry["account_id"] for entry in log if entry["operation"] == "GetCallerIdentity"}
    for entry in log:
        if entry["kind"] == "write" and entry["account_id"] in began:
            times.setdefault(entry["account_id"], []).append(entry["at"])
    return {number: len(at) / (max(at) - min(at)) for number, at in times.items() if len(at) > 1}
