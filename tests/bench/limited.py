# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""IAM's limit: how much of it a run uses, once what was saved up is gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.bench.bench import Bench, say
from tests.bench.company import Company, company
from tests.bench.found import Figure, Row, at_least
from tests.bench.measure import Run
from tests.bench.right import is_right
from tests.sandbox.calls.log import LOGGED

# 2,016 writes.
PEOPLE = 900
RATE = 20
LATENCY_MS = 60
FROM_SECOND = 15.0
# What may be saved up, and how much of the limit a run must then use.
BARS = {20: 95, 1: 85}


@dataclass(frozen=True)
class Limited:
    """A run for each number of calls that may be saved up: what it cost, its share of the limit, and its end."""

    size: int
    runs: Mapping[int, Run]
    shares: Mapping[int, float]
    right: Mapping[int, bool]

    def rows(self) -> list[Row]:
        return [
            Row.of(f"workforce.aws, {RATE} calls a second allowed, burst {burst}", self.size, LATENCY_MS, run)
            for burst, run in self.runs.items()
        ]

    def figures(self) -> list[Figure]:
        name = f"{RATE} calls a second allowed"
        shares = (
            at_least(
                f"{name}, burst {burst}: used from the {FROM_SECOND:.0f}th second on",
                100 * share,
                BARS[burst],
                " %",
                0,
            )
            for burst, share in self.shares.items()
        )
        ends = (
            Figure(
                f"{name}, burst {burst}: the end", "as the lists say" if right else "wrong", "as the lists say", right
            )
            for burst, right in self.right.items()
        )
        return [*shares, *ends]


def measure_limited(bench: Bench) -> Limited:
    """Each in an empty account. A run that fails ends the bench."""
    of = company(PEOPLE)
    runs, shares, right = {}, {}, {}
    for burst in BARS:
        say(f"{RATE} calls a second, burst {burst}")
        bench.sandbox.reset()
        bench.sandbox.switch(throttle={"rate": RATE, "burst": burst})
        runs[burst] = _run(bench, of)
        bench.sandbox.switch(throttle=None)
        shares[burst] = used_share(bench.sandbox.calls(log=LOGGED)["log"])
        right[burst] = is_right(bench.sandbox, of)
    return Limited(of.size, runs, shares, right)


def _run(bench: Bench, of: Company) -> Run:
    return bench.once(lambda: bench.sides.ours(of), LATENCY_MS)


def used_share(log: Sequence[Mapping[str, Any]]) -> float:
    """How much of the limit was used from the 15th second after the first write on, by calls that were not refused."""
    writes: list[float] = [entry["at"] for entry in log if entry["kind"] == "write"]
    done: list[float] = [
        entry["at"] for entry in log if entry["outcome"] == "OK" and entry["at"] >= min(writes) + FROM_SECOND
    ]
    return (len(done) - 1) / (max(done) - min(done)) / RATE
