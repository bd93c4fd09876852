# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every section of the bench does: create a company in an empty account, and run again on what is there."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.company import Company
from tests.bench.measure import Run, measure
from tests.bench.sides import Sides
from tests.sandbox.client import Sandbox
from tests.sandbox.mailbox.client import MailboxClient

# A call to AWS from the same continent.
LATENCY_MS = 30


@dataclass(frozen=True)
class Bench:
    """The sides, and the mail server that they share."""

    sides: Sides
    mailbox: MailboxClient

    @property
    def sandbox(self) -> Sandbox:
        return self.sides.sandbox

    def create(self, side: Callable[[Company], str], of: Company, latency_ms: int = LATENCY_MS) -> Run:
        """In an empty account."""
        say(f"{side.__name__}: create {of.size:,}")
        self.sandbox.reset()
        self.sandbox.quotas(UsersQuota=2 * of.size, GroupsQuota=2 * len(of.departments))
        return self.once(lambda: side(of), latency_ms)

    def once(self, run: Callable[[], str], latency_ms: int = 0) -> Run:
        """Once, with this latency, on what is there."""
        self.sandbox.switch(latency_ms=latency_ms)
        found = measure(self.sandbox, run, self.sides.peak)
        self.sandbox.switch(latency_ms=0)
        return found


def say(what: str) -> None:
    """Tell who waits how far it is."""
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)
