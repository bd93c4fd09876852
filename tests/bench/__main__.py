# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures everything in one run against one sandbox, prints the table, and fails if a figure misses its bar.

python -m tests.bench              all of it, which also writes the guide's tables and charts
python -m tests.bench limited      some sections, which are printed alone
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.bench.accounts import measure_accounts
from tests.bench.bench import Bench
from tests.bench.docs import read_figures, write_docs
from tests.bench.found import Found, Part, Section
from tests.bench.full import measure_full
from tests.bench.issued import measure_issued
from tests.bench.limited import measure_limited
from tests.bench.loop import measure_loop
from tests.bench.page import page
from tests.bench.sides import Sides
from tests.bench.versions import versions
from tests.sandbox.client import Sandbox
from tests.tools.places import Places

# What the guide proposes for a server far away: the default is for those that count connections.
MAIL_CONNECTIONS = 64


def sections(bench: Bench) -> dict[str, Callable[[], list[Section]]]:
    """Each section by its name."""

    def full() -> list[Section]:
        loop = measure_loop(bench)
        return [measure_full(bench, loop.no_op.seconds), loop]

    return {
        "full": full,
        "limited": lambda: [measure_limited(bench)],
        "issued": lambda: [measure_issued(bench)],
        "accounts": lambda: [measure_accounts(bench)],
    }


def threads(places: Places) -> int:
    """As many as the collection uses."""
    sys.path.insert(0, str(places.tree))
    pace = importlib.import_module("ansible_collections.workforce.aws.plugins.module_utils._aws.pace")
    return int(pace.THREADS)


@contextmanager
def ready_bench(places: Places) -> Iterator[Bench]:
    """A sandbox, and a mail server in a process of its own, as mail servers have."""
    with tempfile.TemporaryDirectory() as folder, Sandbox.start() as sandbox, Sandbox.start(mail=True) as other:
        settings = {"mail": {**other.mailbox.settings(), "connections": MAIL_CONNECTIONS}}
        yield Bench(Sides(sandbox, Path(folder), threads(places), settings), other.mailbox)


def main(wanted: Sequence[str]) -> int:
    places = Places.here()
    with ready_bench(places) as bench:
        every = sections(bench)
        parts = {name: Part.of(every[name]()) for name in wanted or every}
    found = Found(parts, versions(places))
    print(page(found))
    write_docs(found.replacing(read_figures()))
    return 0 if found.holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
