# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the bench found, in lines that a terminal has room for. Pure."""

from __future__ import annotations

import textwrap

from tests.bench.found import Found, Row

WIDTH = 80


def page(found: Found) -> str:
    """Each run and each figure, with its numbers below it."""
    lines = []
    for row in found.rows:
        lines += [row.name, *_indented(", ".join(numbers(row)))]
    for one in found.figures:
        lines += ["", *_wrapped(f"{'holds' if one.holds else 'MISSED'}: {one.name}")]
        lines += [*_indented(f"measured: {one.found}"), *_indented(f"bar: {one.wanted}")]
    measured = ", ".join(f"{name} {version}" for name, version in found.versions.items())
    return "\n".join([*lines, "", *_wrapped(f"Measured with {measured}.")])


def numbers(row: Row) -> tuple[str, ...]:
    """A run in words, without its name."""
    return (
        f"{row.people:,} people" if row.people > 1 else "1 person",
        f"{row.latency_ms} ms latency" if row.latency_ms else "no latency",
        f"{row.read:,g} reads",
        f"{row.write:,g} writes",
        f"{row.seconds:,.1f} s",
    )


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH)


def _indented(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ")
