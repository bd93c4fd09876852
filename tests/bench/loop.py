# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Loops over amazon.aws's modules: what one person costs in them; and one user by name with either module."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from tests.bench.bench import LATENCY_MS, Bench, say
from tests.bench.company import company
from tests.bench.found import Figure, Row, at_most, counted
from tests.bench.measure import Run
from tests.bench.sides import USERS_TASK

SAMPLES = (2, 12)
ONE_USER_CALLS = 2


@dataclass(frozen=True)
class PerPerson:
    """What a person costs, from two samples of these sizes.

    Calls are the samples' difference, which holds what a member costs in the loop over the groups too. Seconds are the
    loop over the users alone: neither Ansible's start nor the groups are held against it, and no difference of two
    times is taken, which would be mostly noise.
    """

    sizes: tuple[int, int]
    small: Run
    large: Run

    @property
    def people(self) -> int:
        return self.sizes[1] - self.sizes[0]

    @property
    def seconds(self) -> float:
        return self.large.tasks[USERS_TASK] / self.sizes[1]

    @property
    def read(self) -> float:
        return (self.large.read - self.small.read) / self.people

    @property
    def write(self) -> float:
        return (self.large.write - self.small.write) / self.people

    def row(self, name: str, latency_ms: int) -> Row:
        return Row(f"loop over amazon.aws, {name}, each", 1, latency_ms, self.read, self.write, round(self.seconds, 2))


@dataclass(frozen=True)
class Loop:
    """The loops; and a no-op of one user, of this collection and of amazon.aws."""

    create: PerPerson
    no_op: PerPerson
    one_user: Run
    their_one_user: Run

    def rows(self) -> list[Row]:
        return [self.create.row("create", LATENCY_MS), self.no_op.row("nothing to do", 0)]

    def figures(self) -> list[Figure]:
        pages = self.one_user.by_operation.get("ListPolicies", 0)
        others = self.one_user.total - pages + self.one_user.write
        return [
            at_most(
                "nothing to do for one user by name, with a policy by its friendly name: calls",
                others,
                ONE_USER_CALLS,
                " + the pages of ListPolicies",
                found=f"{others} + {counted(pages, 'page')} (amazon.aws: {self.their_one_user.total})",
            )
        ]


def measure_loop(bench: Bench) -> Loop:
    """Small samples: a loop's cost does not depend on their size."""
    create, no_op = [], []
    for sample in map(company, SAMPLES):
        create.append(bench.create(bench.sides.amazon, sample))
        say(f"amazon: nothing to do with {sample.size}")
        no_op.append(bench.once(partial(bench.sides.amazon, sample)))
    ours, theirs = _one_user(bench)
    return Loop(PerPerson(SAMPLES, *create), PerPerson(SAMPLES, *no_op), ours, theirs)


def _one_user(bench: Bench) -> tuple[Run, Run]:
    say("one user")
    bench.sandbox.reset()
    bench.sides.one_user("workforce.aws")
    ours, theirs = (bench.once(partial(bench.sides.one_user, module)) for module in ("workforce.aws", "amazon.aws"))
    return ours, theirs
