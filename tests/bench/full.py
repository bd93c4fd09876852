# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""5,000 people: the first import, the day on which nothing is to be done, and one joiner; and how all that grows."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from tests.bench.bare import MARK
from tests.bench.bench import LATENCY_MS, Bench, say
from tests.bench.company import Company, employee, wide_company, writes_to_create
from tests.bench.found import Figure, Row, at_least, at_most, counted, exact_writes
from tests.bench.measure import Run, median
from tests.bench.sides import CSV_FILE, FORMATS, JSON

SMALL, LARGE = 500, 5_000
NO_OP_CALLS = 11
NO_OP_SECONDS = 8
TIMES_FASTER = 300
WHOLE_RATIO, WRITE_RATIO = 1.2, 1.05
JOINER_CALLS = 3
PEAK_MB = 250
NO_OP_OUTPUT, IMPORT_OUTPUT = 10_000, 20_000
REPEATS = 3
SIMULATOR = "SimulatePrincipalPolicy"
BULK_READS = ("GetAccountAuthorizationDetails", "ListUsers", "ListGroups")


@dataclass(frozen=True)
class Full:
    """What was measured with the companies of 500 and of 5,000; each is mailed once all of them are there.

    ``by_format`` are runs with nothing to do, without latency; ``plain`` is such a run as a person sees it.
    ``joiner`` adds somebody to the full account, ``only_joiner`` somebody else, who alone was asked for.
    """

    companies: Mapping[int, Company]
    create: Mapping[int, Run]
    bare: Run
    no_op: Mapping[int, Run]
    by_format: Mapping[str, Run]
    plain: Run
    joiner: Run
    only_joiner: Run
    loop_seconds: float

    def rows(self) -> list[Row]:
        return [
            *(Row.of("workforce.aws, first import", size, LATENCY_MS, run) for size, run in self.create.items()),
            Row.of("bare boto3, as many threads, the same writes", LARGE, LATENCY_MS, self.bare),
            *(Row.of("workforce.aws, nothing to do", size, 0, run) for size, run in self.no_op.items()),
            *(
                Row.of(f"workforce.aws, the same, employees as {form}", LARGE, 0, run)
                for form, run in self.by_format.items()
                if form != JSON
            ),
            Row.of("workforce.aws, one joiner", LARGE, 0, self.joiner),
            Row.of("workforce.aws, one joiner by onboard_only", LARGE, 0, self.only_joiner),
        ]

    def figures(self) -> list[Figure]:
        return [*self._no_op(), *self._import(), *self._joiner(), *self._growth()]

    def _no_op(self) -> list[Figure]:
        calls, name = self.no_op[LARGE], "nothing to do, 5,000 people"
        each = calls.seconds / LARGE
        json, csv = calls.seconds, self.by_format[CSV_FILE].seconds
        loop_ms, ratio = self.loop_seconds * 1000, self.loop_seconds / each
        output = max(calls.output, self.plain.output)
        return [
            dataclasses.replace(
                at_most(
                    f"{name}: calls, mail set up",
                    calls.total,
                    NO_OP_CALLS,
                    "",
                    found=f"{calls.total}, {counted(calls.write, 'write')}",
                ),
                holds=calls.total <= NO_OP_CALLS and not calls.write,
            ),
            at_most(
                f"{name}: whole run, lists as JSON or CSV",
                max(json, csv),
                NO_OP_SECONDS,
                " s",
                found=f"{json:.1f} s, {csv:.1f} s",
            ),
            at_least(
                f"{name}: time per person, against the amazon.aws loop",
                ratio,
                TIMES_FASTER,
                "x less",
                found=f"{ratio:,.0f}x less ({each * 1000:.1f} ms, {loop_ms:.0f} ms)",
            ),
            at_most(
                f"{name}: output, of the default and the JSON callback",
                output / 1000,
                NO_OP_OUTPUT / 1000,
                " kB",
                found=f"{self.plain.output / 1000:.1f} kB, {calls.output / 1000:.1f} kB",
            ),
        ]

    def _import(self) -> list[Figure]:
        run, bare, name = self.create[LARGE], self.bare, "first import of 5,000 with 15,000 memberships"
        against = "against the bare boto3 script"
        return [
            *(
                exact_writes(f"first import of {size:,}: writes", each.writes, writes_to_create(self.companies[size]))
                for size, each in self.create.items()
            ),
            at_most(f"{name}, {against}: whole run", run.seconds / bare.seconds, WHOLE_RATIO),
            at_most(f"{name}, {against}: write phase", run.write_seconds / bare.write_seconds, WRITE_RATIO),
            at_most(f"{name}: output", run.output / 1000, IMPORT_OUTPUT / 1000, " kB", 1),
        ]

    def _joiner(self) -> list[Figure]:
        asked = self.joiner.by_operation.get(SIMULATOR, 0)
        more = self.joiner.read - asked - self.no_op[LARGE].total
        bulk = sum(self.only_joiner.by_operation.get(name, 0) for name in BULK_READS)
        only = self.only_joiner
        return [
            at_most(
                "one joiner among 5,000: calls beyond those of a run with nothing to do and the writes",
                more,
                JOINER_CALLS,
                ", the simulator's not counted",
                found=f"{more}; {asked} of {SIMULATOR} to foresee refusals; {counted(self.joiner.write, 'write')}",
            ),
            Figure(
                "one joiner by onboard_only: bulk reads",
                f"{bulk} of {only.read} reads, with {counted(only.write, 'write')}",
                "none",
                not bulk,
            ),
        ]

    def _growth(self) -> list[Figure]:
        times = LARGE / SMALL
        kinds = {"first import": self.create, "nothing to do": self.no_op}
        peak = max(run.peak_mb for runs in kinds.values() for run in runs.values())
        return [
            *(
                at_most(
                    f"{name}: from 500 to 5,000 people",
                    max(runs[LARGE].seconds / runs[SMALL].seconds, runs[LARGE].peak_mb / runs[SMALL].peak_mb),
                    times,
                    found=(
                        f"time {runs[LARGE].seconds / runs[SMALL].seconds:.1f}x, "
                        f"memory {runs[LARGE].peak_mb / runs[SMALL].peak_mb:.1f}x"
                    ),
                )
                for name, runs in kinds.items()
            ),
            at_most("5,000 people: most memory of a process", peak, PEAK_MB, " MB", 0),
        ]


def measure_full(bench: Bench, loop_seconds: float) -> Full:
    """The large company last, so that its account is full for the runs that follow."""
    sides = bench.sides
    companies = {size: wide_company(size) for size in (SMALL, LARGE)}
    create = {SMALL: bench.create(sides.plain, companies[SMALL])}
    no_op = {SMALL: _no_ops(bench, _mailed(bench, companies[SMALL]), [JSON])[JSON]}
    bare = bench.create(sides.bare, companies[LARGE])
    create[LARGE] = bench.create(sides.plain, companies[LARGE])
    mailed = _mailed(bench, companies[LARGE])
    by_format = _no_ops(bench, mailed, FORMATS)
    plain = bench.once(lambda: sides.plain(mailed))
    return Full(
        companies,
        create,
        bare,
        {**no_op, LARGE: by_format[JSON]},
        by_format,
        plain,
        *_joiners(bench, mailed),
        loop_seconds,
    )


def _mailed(bench: Bench, of: Company) -> Company:
    """The company with mail set up; each user is marked as after the mail of the first password."""
    say(f"mark {of.size:,} as mailed")
    iam = bench.sandbox.boto()

    def mark(one: dict[str, str]) -> None:
        iam.tag_user(UserName=one["name"], Tags=[{"Key": MARK, "Value": "delivered"}])

    with ThreadPoolExecutor(bench.sides.threads) as pool:
        list(pool.map(mark, of.employees))
    return dataclasses.replace(of, name=f"{of.name}-mailed", mailed=True)


def _no_ops(bench: Bench, of: Company, forms: Sequence[str]) -> dict[str, Run]:
    """The forms in turn: what else the machine does meets all of them."""
    found: dict[str, list[Run]] = {form: [] for form in forms}
    for _repeat in range(REPEATS):
        for form in forms:
            say(f"nothing to do with {of.size:,}, {form}")
            found[form].append(bench.once(partial(bench.sides.ours, of, form)))
    return {form: median(runs) for form, runs in found.items()}


def _joiners(bench: Bench, of: Company) -> tuple[Run, Run]:
    """One more on the list, and then another, whom the run is asked for alone."""
    say("one joiner")
    runs = []
    for only in (False, True):
        departments = of.employees[0]["departments"]
        joined = employee(of.size, departments)
        of = dataclasses.replace(of, name=f"{of.name}-and-one", employees=[*of.employees, joined])
        people = [joined["name"]] if only else []
        runs.append(bench.once(partial(bench.sides.ours, of, people=people)))
    return runs[0], runs[1]
