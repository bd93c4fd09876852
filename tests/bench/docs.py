# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what the bench found where the guide shows it: a file of figures, the tables of the page, and two charts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.bench.charts import promises_chart, runs_chart
from tests.bench.found import Found
from tests.tools.places import ROOT

GUIDE = ROOT / "docs" / "docsite" / "rst" / "speed.rst"
STATIC = ROOT / "docs" / "site" / "_static" / "speed"
FIGURES = STATIC / "figures.json"
CHARTS = {"runs.svg": runs_chart, "promises.svg": promises_chart}
BEGIN, END = ".. What follows is written by make bench.\n", ".. What stands above was written by make bench.\n"
RUNS = (("run", 46), ("people", 10), ("latency", 10), ("reads", 10), ("writes", 10), ("seconds", 14))
PROMISES = (("figure", 42), ("measured", 28), ("bar", 20), ("holds?", 10))


def write_docs(found: Found) -> None:
    """The file of figures, both charts, and the page's tables."""
    STATIC.mkdir(parents=True, exist_ok=True)
    FIGURES.write_text(json.dumps(found.plain(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for name, chart in CHARTS.items():
        (STATIC / name).write_text(chart(found), encoding="utf-8")
    GUIDE.write_text(with_tables(GUIDE.read_text(encoding="utf-8"), found), encoding="utf-8")


def read_figures(file: Path = FIGURES) -> Found:
    """What the bench found before."""
    return Found.from_plain(json.loads(file.read_text(encoding="utf-8")))


def with_tables(guide: str, found: Found) -> str:
    """The guide's page, with the tables of these figures."""
    before, rest = guide.split(BEGIN)
    after = rest.split(END)[1]
    return "".join([before, BEGIN, "\n", "\n".join(tables(found)), "\n\n", END, after])


def tables(found: Found) -> list[str]:
    """The promises, the runs and the versions, as reStructuredText."""
    promises = ((one.name, one.found, one.wanted, "yes" if one.holds else "**no**") for one in found.figures)
    runs = (
        (
            row.name,
            f"{row.people:,}",
            f"{row.latency_ms} ms" if row.latency_ms else "none",
            f"{row.read:,g}",
            f"{row.write:,g}",
            f"{row.seconds:,.1f}",
        )
        for row in found.rows
    )
    measured = ", ".join(f"{name} {version}" for name, version in found.versions.items())
    return [
        *("Promises", "--------", ""),
        *_table(PROMISES, promises),
        *("", "Runs", "----", ""),
        *_table(RUNS, runs),
        *("", f"Measured with {measured}."),
    ]


def _table(head: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [
        ".. list-table::",
        "   :header-rows: 1",
        f"   :widths: {' '.join(str(width) for _title, width in head)}",
        "",
    ]
    for row in ([title for title, _width in head], *rows):
        lines += [
            f"   {'-' if number else '* -'} {cell}".replace("   - ", "     - ") for number, cell in enumerate(row)
        ]
    return lines
