# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""First passwords: set and mailed to everybody of a company that is new, and to everybody of one once more."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from tests.bench.bare import MARK
from tests.bench.bench import LATENCY_MS, Bench, say
from tests.bench.company import Company, company, writes_to_create
from tests.bench.found import Figure, Row, at_most
from tests.bench.measure import Run, median

PEOPLE, HEALED_PEOPLE = 1_000, 100
# A mail server on another continent, behind each of whose answers stands a filter.
MAIL_LATENCY_MS = 200
REPEATS = 3
ISSUE_RATIO, FAR_RATIO = 1.5, 1.3
FRESH_CALLS, HEALED_CALLS = 2, 4


@dataclass(frozen=True)
class Issued:
    """``far`` is the creation with a mail server far away; ``healed`` mails everybody of the other company again."""

    company: Company
    create: Run
    bare: Run
    far: Run
    healed_company: Company
    healed: Run

    def rows(self) -> list[Row]:
        size = self.company.size
        return [
            Row.of("workforce.aws, create and mail first passwords", size, LATENCY_MS, self.create),
            Row.of(f"workforce.aws, the same, mail server {MAIL_LATENCY_MS} ms away", size, LATENCY_MS, self.far),
            Row.of("bare boto3, create and set passwords, no mail", size, LATENCY_MS, self.bare),
            Row.of("workforce.aws, mail them once more", self.healed_company.size, LATENCY_MS, self.healed),
        ]

    def figures(self) -> list[Figure]:
        name = f"create {self.company.size:,} and mail each a first password"
        against = "against the IAM calls alone by bare boto3"
        return [
            at_most(f"{name}, {against}: whole run", self.create.seconds / self.bare.seconds, ISSUE_RATIO),
            at_most(
                f"{name}, mail server {MAIL_LATENCY_MS} ms away against one next door: whole run",
                self.far.seconds / self.create.seconds,
                FAR_RATIO,
            ),
            self._fresh(),
            self._healed(),
        ]

    def _fresh(self) -> Figure:
        size = self.company.size
        creation = writes_to_create(dataclasses.replace(self.company, mailed=False))
        calls = {name: (count - creation.get(name, 0)) / size for name, count in self.create.writes.items()}
        checks = self.create.by_operation.get("GetLoginProfile", 0) / size
        return _calls("API calls for each first password beyond creation and memberships", calls, FRESH_CALLS, checks)

    def _healed(self) -> Figure:
        """Whether the one on record was claimed is read once; each further GetLoginProfile sees that it is still so."""
        size = self.healed_company.size
        calls = {name: count / size for name, count in self.healed.writes.items()}
        reads = self.healed.by_operation.get("GetLoginProfile", 0) / size
        calls["GetLoginProfile"] = min(1.0, reads)
        name = "API calls for each first password that an interrupted run left undelivered"
        return _calls(name, calls, HEALED_CALLS, reads - calls["GetLoginProfile"])


def _calls(name: str, calls: Mapping[str, float], limit: int, checks: float) -> Figure:
    each = sum(calls.values())
    named = ", ".join(sorted(operation for operation, count in calls.items() if count))
    found = f"{each:.1f} ({named}); GetLoginProfile to see that it is still ours: {checks:.1f}"
    return at_most(name, each, limit, ", the checks not counted", found=found)


def measure_issued(bench: Bench) -> Issued:
    """Side by side in time too: what else the machine does meets both."""
    of, healed = company(PEOPLE, mailed=True), company(HEALED_PEOPLE, mailed=True)
    ours, bare, far = [], [], []
    for _repeat in range(REPEATS):
        bare.append(bench.create(bench.sides.bare, of))
        ours.append(bench.create(bench.sides.ours, of))
        bench.mailbox.switch(latency_ms=MAIL_LATENCY_MS)
        far.append(bench.create(bench.sides.ours, of))
        bench.mailbox.switch(latency_ms=0)
    return Issued(of, median(ours), median(bare), median(far), healed, _once_more(bench, healed))


def _once_more(bench: Bench, of: Company) -> Run:
    """As after a run that was killed before it mailed anybody."""
    bench.create(bench.sides.ours, of)
    iam = bench.sandbox.boto()
    for employee in of.employees:
        iam.tag_user(UserName=employee["name"], Tags=[{"Key": MARK, "Value": "pending"}])
    say(f"mail {of.size} once more")
    return bench.once(lambda: bench.sides.ours(of), LATENCY_MS)
