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

from tests.bench.bench import LATENCY_MS, Bench, say
from tests.bench.company import Company, company
from tests.bench.found import Figure, Row, at_least, exactly
from tests.bench.measure import Run
from tests.bench.right import is_right
from tests.sandbox.calls.log import LOGGED
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


FORKS_RATIO = 1.6
UNDISTURBED = 0.9


@dataclass(frozen=True)
class Accounts:
    """So many accounts of so many people each, created in one play, one after the other and four at a time.

    ``right`` and ``done_without_one`` are how many were as the lists say afterwards, the latter of a run in which one
    could not be reached and three were throttled; ``pace`` is how fast the others wrote in it, against the calm run.
    """

    count: int
    people: int
    one: Run
    four: Run
    right: int
    done_without_one: int
    pace: float

    def rows(self) -> list[Row]:
        """With the people of all accounts."""
        size = self.count * self.people
        return [
            Row.of(f"workforce.aws, create {self.count} accounts, 1 fork", size, LATENCY_MS, self.one),
            Row.of("workforce.aws, the same, 4 forks", size, LATENCY_MS, self.four),
        ]

    def figures(self) -> list[Figure]:
        name = f"{self.count} accounts of {self.people}"
        disturbed = f"{self.count} accounts, one unreachable, three throttled"
        ratio = self.one.seconds / self.four.seconds
        return [
            exactly(f"{name}: as the lists say", self.right, self.count),
            at_least(f"{name}: four forks against one, whole run", ratio, FORKS_RATIO, "x faster"),
            exactly(f"{disturbed}: as the lists say", self.done_without_one, self.count - 1),
            at_least(f"{disturbed}: writes a second of the other 16, against the run without", self.pace, UNDISTURBED),
        ]


def measure_accounts(bench: Bench) -> Accounts:
    """Many accounts in one play."""
    whole = company(PEOPLE)
    one, four = (_create(bench, whole, forks) for forks in (1, 4))
    right = sum(is_right(bench.sandbox, whole, number) for number in NUMBERS)
    fewer = company(FEWER_PEOPLE)
    calm = _pace(bench, fewer, disturbed=False)
    disturbed = _pace(bench, fewer, disturbed=True)
    done = sum(is_right(bench.sandbox, fewer, number) for number in NUMBERS)
    return Accounts(len(NUMBERS), PEOPLE, one, four, right, done, disturbed / calm)


def _create(bench: Bench, of: Company, forks: int) -> Run:
    say(f"{len(NUMBERS)} accounts of {of.size}, forks: {forks}")
    bench.sandbox.reset()
    inventory = _inventory(bench, of)
    return bench.once(lambda: bench.sides.accounts(inventory, forks), LATENCY_MS)


def _pace(bench: Bench, of: Company, *, disturbed: bool) -> float:
    """The median writes a second of the accounts that nothing is done to; the others are throttled or away."""
    say(f"{len(NUMBERS)} accounts of {of.size}{', four of them disturbed' if disturbed else ''}")
    bench.sandbox.reset()
    bench.sandbox.switch(throttle=THROTTLE if disturbed else None)
    inventory = _inventory(bench, of, UNREACHABLE if disturbed else "")
    bench.once(lambda: bench.sides.accounts(inventory, MORE_FORKS, fails=disturbed), LATENCY_MS)
    bench.sandbox.switch(throttle=None)
    found = rates(bench.sandbox.calls(log=LOGGED)["log"])
    return statistics.median(rate for number, rate in found.items() if number not in (UNREACHABLE, *THROTTLED))


def _inventory(bench: Bench, of: Company, unreachable: str = "") -> Path:
    """A host for each account."""
    folder = bench.sides.folder / f"accounts-{of.size}-{unreachable}"
    (folder / "group_vars").mkdir(parents=True, exist_ok=True)
    lists = {"departments": of.departments, "employees": of.employees}
    (folder / "group_vars" / "all.json").write_text(json.dumps(lists), encoding="utf-8")
    hosts = {number: _host(bench, number, unreachable) for number in NUMBERS}
    (folder / "hosts.json").write_text(json.dumps({"all": {"hosts": hosts}}), encoding="utf-8")
    return folder


def _host(bench: Bench, number: str, unreachable: str) -> dict[str, Any]:
    connection = settings_of(bench.sandbox, number)
    if number == unreachable:
        connection["endpoint_url"] = NOWHERE
    return {"onboard_account": number, "onboard_account_id": number, "onboard_connection": connection}


def rates(log: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """The writes a second of each account, from its first to its last; of those whose first is still in the log."""
    times: dict[str, list[float]] = {}
    began = {entry["account_id"] for entry in log if entry["operation"] == "GetCallerIdentity"}
    for entry in log:
        if entry["kind"] == "write" and entry["account_id"] in began:
            times.setdefault(entry["account_id"], []).append(entry["at"])
    return {number: len(at) / (max(at) - min(at)) for number, at in times.items() if len(at) > 1}
