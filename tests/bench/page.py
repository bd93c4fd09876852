# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the bench found: as the Markdown that goes into the guide, and as lines that a terminal has room for. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence

from tests.bench.company import Company
from tests.bench.figures import Figure, Measured, PerPerson
from tests.bench.measure import Run

WIDTH = 80
RUNS = ("run", "employees", "latency", "reads", "writes", "seconds", "ms per employee")
NOTES = (
    "Whole runs of `ansible-playbook`, its start included, against the sandbox on the same machine; where it was run "
    "several times, the median. "
    "While it issues and mails passwords, half of whose calls are checks, the collection serves twice as many people "
    "at a time as the bare script. "
    "For amazon.aws, what one person costs: the calls that one more person adds, and the seconds of the loop over the "
    "users alone."
)


def page(of: Measured, figures: Sequence[Figure], versions: Mapping[str, str], latency_ms: int, threads: int) -> str:
    """What was measured, what was promised, and with what."""
    return "\n".join(
        [
            *table(RUNS, _runs(of, latency_ms, threads, versions)),
            "",
            *table(
                ("figure", "measured", "bar", ""),
                ((one.name, one.found, one.wanted, "holds" if one.holds else "**MISSED**") for one in figures),
            ),
            "",
            f"Measured with {', '.join(f'{name} {version}' for name, version in versions.items())}.",
            NOTES,
        ]
    )


def narrow(of: Measured, figures: Sequence[Figure], versions: Mapping[str, str], latency_ms: int, threads: int) -> str:
    """The same for a terminal: each run and each figure with its numbers below it."""
    lines = []
    for name, *numbers in _runs(of, latency_ms, threads, versions):
        told = (f"{title} {number}" for title, number in zip(RUNS[1:], numbers, strict=True))
        lines += [name, *_indented(", ".join(told))]
    for one in figures:
        lines += ["", *_wrapped(f"{'holds' if one.holds else 'MISSED'}: {one.name}")]
        lines += [*_indented(f"measured: {one.found}"), *_indented(f"bar: {one.wanted}")]
    measured = ", ".join(f"{name} {version}" for name, version in versions.items())
    notes = [*_wrapped(f"Measured with {measured}."), *_wrapped(NOTES), "The tables of the guide: make bench | cat"]
    return "\n".join([*lines, "", *notes])


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH)


def _indented(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ")


def _runs(of: Measured, latency_ms: int, threads: int, versions: Mapping[str, str]) -> list[tuple[str, ...]]:
    latency, loop = f"{latency_ms} ms", f"loop over amazon.aws {versions['amazon.aws']}"
    return [
        *(_row("workforce.aws, create", size, latency, run) for size, run in of.create.items()),
        _row(f"bare boto3, {threads} threads, create", of.largest, latency, of.bare),
        _row("workforce.aws, create and mail first passwords", _size(of.issued.company), latency, of.issued.create),
        _row("workforce.aws, the same, mail server 200 ms away", _size(of.issued.company), latency, of.issued.far),
        _row(
            f"bare boto3, {threads} threads, create and set passwords",
            _size(of.issued.company),
            latency,
            of.issued.bare,
        ),
        _row(f"workforce.aws, create {of.accounts.count} accounts, 1 fork", of.accounts.size, latency, of.accounts.one),
        _row("workforce.aws, the same, 4 forks", of.accounts.size, latency, of.accounts.four),
        _row("workforce.aws, mail them once more", _size(of.issued.healed_company), latency, of.issued.healed),
        _each(f"{loop}, create, each", latency, of.amazon_create),
        *(_row("workforce.aws, no-op", size, "none", run) for size, run in of.no_op.items()),
        _each(f"{loop}, no-op, each", "none", of.amazon_no_op),
    ]


def _size(of: Company) -> int:
    return len(of.employees)


def _row(name: str, size: int, latency: str, run: Run) -> tuple[str, ...]:
    each = f"{run.seconds * 1000 / size:.1f}"
    return (name, f"{size:,}", latency, f"{run.read:,}", f"{run.write:,}", f"{run.seconds:.1f}", each)


def _each(name: str, latency: str, of: PerPerson) -> tuple[str, ...]:
    return (name, "1", latency, f"{of.read:.1f}", f"{of.write:.1f}", f"{of.seconds:.2f}", f"{of.seconds * 1000:.0f}")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a Markdown table, its columns as wide as they must be."""
    every = [head, *rows]
    widths = [max(len(row[column]) for row in every) for column in range(len(head))]
    lines = [
        "| " + " | ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) + " |" for row in every
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return lines
