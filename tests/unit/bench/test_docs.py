# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the bench shows: on a terminal, in the tables of the guide, in the charts; and that the guide is in step."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from tests.bench.charts import promises_chart, runs_chart
from tests.bench.docs import BEGIN, CHARTS, END, GUIDE, STATIC, read_figures, with_tables
from tests.bench.found import Figure, Found, Part, Row, at_least, at_most, exact_writes, exactly
from tests.bench.page import page

LOOP = "loop over amazon.aws, nothing to do, each"
ROWS = (Row("workforce.aws, first import", 5_000, 30, 11, 21_200, 123.4), Row(LOOP, 1, 0, 4.0, 0.0, 0.5))
FIGURES = (
    at_most("calls of a run with a long name that does not fit into the eighty columns of a terminal", 12, 11, ""),
    at_least("forks", 2.281, 1.6, "x faster"),
    exactly("right", 20, 20),
)
FOUND = Found(
    {"full": Part(ROWS, FIGURES[:1]), "accounts": Part((), FIGURES[1:])},
    {"workforce.aws": "1.0.0", "amazon.aws": "10.1.2"},
)


def test_figures_tell_numbers_bars_and_shares() -> None:
    assert FOUND.figures[0] == Figure(FOUND.figures[0].name, "12.00", "≤ 11", holds=False, share=1.091)
    assert FOUND.figures[1] == Figure("forks", "2.28x faster", "≥ 1.6x faster", holds=True, share=0.701)
    assert FOUND.figures[2] == Figure("right", "20", "exactly 20", holds=True)
    assert at_least("nothing", 0, 1).share is None
    assert not FOUND.holds


def test_writes_that_differ_are_told() -> None:
    found = exact_writes("writes", {"CreateUser": 999, "TagUser": 1}, {"CreateUser": 1_000})
    assert found.found == "1,000, 999 CreateUser instead of 1,000, 1 TagUser instead of 0"
    assert not found.holds


def test_a_terminal_has_room_for_it() -> None:
    lines = page(FOUND).splitlines()
    assert max(map(len, lines)) <= 80
    assert "  5,000 people, 30 ms latency, 11 reads, 21,200 writes, 123.4 s" in lines
    assert len([line for line in lines if line.startswith("holds: ")]) == 2
    assert len([line for line in lines if line.startswith("MISSED: ")]) == 1


def test_the_tables_replace_those_before() -> None:
    guide = f"Speed\n\n{BEGIN}\nstale\n\n{END}Below.\n"
    once = with_tables(guide, FOUND)
    assert "stale" not in once
    assert "   * - forks\n     - 2.28x faster\n     - ≥ 1.6x faster\n     - yes\n" in once
    assert "     - **no**\n" in once
    assert "   * - workforce.aws, first import\n     - 5,000\n     - 30 ms\n     - 11\n     - 21,200\n" in once
    assert once.endswith(f"Measured with workforce.aws 1.0.0, amazon.aws 10.1.2.\n\n{END}Below.\n")
    assert with_tables(once, FOUND) == once


def test_charts_show_every_number_and_reckon_the_loop() -> None:
    runs, promises = runs_chart(FOUND), promises_chart(FOUND)
    assert "workforce.aws, first import, 5,000: 2.1 min" in runs
    assert "loop over amazon.aws, nothing to do, 5,000 (reckoned): 41.7 min" in runs
    assert "forks: 70 %" in promises
    assert not any(text.startswith("right") for text in texts(promises))


def test_figures_are_kept_as_they_are() -> None:
    assert Found.from_plain(json.loads(json.dumps(FOUND.plain()))) == FOUND


def test_a_section_that_was_measured_again_replaces_what_it_found_before() -> None:
    again = Found({"accounts": Part((), FIGURES[2:])}, {"workforce.aws": "1.1.0"})
    both = again.replacing(FOUND)
    assert (both.rows, both.figures) == (ROWS, (FIGURES[0], FIGURES[2]))
    assert both.versions == {"workforce.aws": "1.1.0"}


def test_the_guide_shows_what_its_file_of_figures_has() -> None:
    found, guide = read_figures(), GUIDE.read_text(encoding="utf-8")
    assert with_tables(guide, found) == guide
    for name, chart in CHARTS.items():
        assert chart(found) == (STATIC / name).read_text(encoding="utf-8")


def texts(svg: str) -> list[str]:
    return [text for text in ElementTree.fromstring(svg).itertext() if text.strip()]  # noqa: S314  # we made it
