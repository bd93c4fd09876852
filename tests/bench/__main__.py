# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures everything in one run against one sandbox, prints the table, and fails if a figure misses its bar."""

from __future__ import annotations

import importlib
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.bench.accounts import ManyAccounts
from tests.bench.bare import MARK
from tests.bench.company import Company, company
from tests.bench.figures import Accounts, Issued, Measured, PerPerson, figures
from tests.bench.measure import Run, measure, median
from tests.bench.page import narrow, page
from tests.bench.sides import Sides
from tests.bench.versions import versions
from tests.sandbox.client import Sandbox
from tests.sandbox.mailbox.client import MailboxClient
from tests.tools.places import Places

SIZES = (100, 1000)
SAMPLES = (2, 12)
# A call to AWS from the same continent.
LATENCY_MS = 30
# A mail server on another continent, behind each of whose answers stands a filter.
MAIL_LATENCY_MS = 200
# What the guide proposes for such a server: the default is for those that count connections.
MAIL_CONNECTIONS = 64
REPEATS = 3


@dataclass(frozen=True)
class Bench:
    """The sides, and the sandbox and the mail server that they share."""

    sides: Sides
    mailbox: MailboxClient

    def run(self) -> Measured:
        companies = {size: company(size) for size in SIZES}
        create, no_op = {}, {}
        for size in SIZES[:-1]:
            create[size] = self._create(self.sides.ours, companies[size])
            no_op[size] = self._no_op(self.sides.ours, companies[size], REPEATS)
        # Side by side in time too: what else the machine does meets both.
        largest, ours, bare = companies[SIZES[-1]], [], []
        for _repeat in range(REPEATS):
            bare.append(self._create(self.sides.bare, largest))
            ours.append(self._create(self.sides.ours, largest))
        create[SIZES[-1]] = median(ours)
        no_op[SIZES[-1]] = self._no_op(self.sides.ours, largest, REPEATS)
        one_user, amazon_one_user = self._one_user()
        amazon_create, amazon_no_op = self._amazon()
        issued = self.issued()
        return Measured(
            companies,
            create,
            no_op,
            median(bare),
            amazon_create,
            amazon_no_op,
            one_user,
            amazon_one_user,
            issued,
            self.accounts(),
        )

    def accounts(self) -> Accounts:
        """Many accounts in one play."""
        say("many accounts")
        return ManyAccounts(self.sides.sandbox, self.sides.folder, LATENCY_MS).measured()

    def issued(self) -> Issued:
        """First passwords mailed to everybody of the largest company, and once more to everybody of a smaller one."""
        largest, healed = company(SIZES[-1], mailed=True), company(SIZES[0], mailed=True)
        ours, bare = [], []
        for _repeat in range(REPEATS):
            bare.append(self._create(self.sides.bare, largest))
            ours.append(self._create(self.sides.ours, largest))
        return Issued(largest, median(ours), median(bare), self._far(largest), healed, self._healed(healed))

    def _far(self, of: Company) -> Run:
        """With the mail server far away."""
        self.mailbox.switch(latency_ms=MAIL_LATENCY_MS)
        run = self._create(self.sides.ours, of)
        self.mailbox.switch(latency_ms=0)
        return run

    def _healed(self, of: Company) -> Run:
        """As after a run that was killed before it mailed anybody."""
        self._create(self.sides.ours, of)
        iam = self.sides.sandbox.boto()
        for employee in of.employees:
            iam.tag_user(UserName=employee["name"], Tags=[{"Key": MARK, "Value": "pending"}])
        say(f"mail {len(of.employees)} once more")
        self.sides.sandbox.switch(latency_ms=LATENCY_MS)
        run = measure(self.sides.sandbox, lambda: self.sides.ours(of))
        self.sides.sandbox.switch(latency_ms=0)
        return run

    def _create(self, side: Callable[[Company], str], of: Company) -> Run:
        """In an empty account."""
        say(f"{side.__name__}: create {len(of.employees)}")
        self.sides.sandbox.reset()
        self.sides.sandbox.switch(latency_ms=LATENCY_MS)
        run = measure(self.sides.sandbox, lambda: side(of))
        self.sides.sandbox.switch(latency_ms=0)
        return run

    def _no_op(self, side: Callable[[Company], str], of: Company, repeats: int) -> Run:
        """Once more, on what is there."""
        say(f"{side.__name__}: no-op with {len(of.employees)}")
        return median([measure(self.sides.sandbox, lambda: side(of)) for _repeat in range(repeats)])

    def _amazon(self) -> tuple[PerPerson, PerPerson]:
        create, no_op = [], []
        for sample in map(company, SAMPLES):
            create.append(self._create(self.sides.amazon, sample))
            no_op.append(self._no_op(self.sides.amazon, sample, 1))
        return PerPerson(SAMPLES, *create), PerPerson(SAMPLES, *no_op)

    def _one_user(self) -> tuple[Run, Run]:
        say("one user")
        self.sides.sandbox.reset()
        self.sides.one_user("workforce.aws")
        ours, theirs = (
            measure(self.sides.sandbox, partial(self.sides.one_user, module))
            for module in ("workforce.aws", "amazon.aws")
        )
        return ours, theirs


def say(what: str) -> None:
    """Tell who waits how far it is."""
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def threads(places: Places) -> int:
    """As many as the collection uses."""
    sys.path.insert(0, str(places.tree))
    pace = importlib.import_module("ansible_collections.workforce.aws.plugins.module_utils._aws.pace")
    return int(pace.THREADS)


def main() -> int:
    places = Places.here()
    count = threads(places)
    # The mailbox has a process of its own, as mail servers have.
    with tempfile.TemporaryDirectory() as folder, Sandbox.start() as sandbox, Sandbox.start(mail=True) as other:
        settings = {"mail": {**other.mailbox.settings(), "connections": MAIL_CONNECTIONS}}
        measured = Bench(Sides(sandbox, Path(folder), count, settings), other.mailbox).run()
    found = figures(measured)
    shown = narrow if sys.stdout.isatty() else page
    print(shown(measured, found, versions(places), LATENCY_MS, count))
    return 0 if all(figure.holds for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
