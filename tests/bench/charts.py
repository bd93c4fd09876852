# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The charts of what the bench found, as SVG. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import pygal
from pygal.style import Style

from tests.bench.found import Found

GOOD, BAD = "#2f6f9f", "#b4483a"
WIDTH = 960
ROW_HEIGHT, EDGE = 34, 120
STYLE = Style(
    background="#ffffff",
    plot_background="#ffffff",
    foreground="#333333",
    foreground_strong="#111111",
    foreground_subtle="#777777",
    font_family="sans-serif",
    label_font_size=12,
    major_label_font_size=12,
    title_font_size=16,
    opacity="1",
)
# Marks on the axis: seconds, and per cent.
TIMES = {1: "1 s", 10: "10 s", 60: "1 min", 600: "10 min", 3_600: "1 h"}
SHARES = {0: "0", 50: "50 %", 100: "100 %"}
LOOP = "loop over amazon.aws, nothing to do, each"


class Bar(NamedTuple):
    """A bar lies from the left, as long as its value."""

    label: str
    value: float
    colour: str


def runs_chart(found: Found) -> str:
    """How long each run took, on a scale of powers of ten; what a loop of one person each would take beside them."""
    people = max(row.people for row in found.rows)
    bars = []
    for row in found.rows:
        if row.name == LOOP:
            bars.append(Bar(f"loop over amazon.aws, nothing to do, {people:,} (reckoned)", row.seconds * people, BAD))
        elif row.people > 1:
            bars.append(Bar(f"{row.name}, {row.people:,}", row.seconds, GOOD))
    return _bars("How long a whole run takes", bars, TIMES, _time, logarithmic=True)


def promises_chart(found: Found) -> str:
    """Each measured number as a share of its bar: up to 100 % it holds."""
    bars = [
        Bar(one.name, 100 * one.share, GOOD if one.holds else BAD) for one in found.figures if one.share is not None
    ]
    return _bars("Figures as shares of their bars", bars, SHARES, "{:.0f} %".format, logarithmic=False)


def _time(seconds: float) -> str:
    return f"{seconds:,.1f} s" if seconds < 100 else f"{seconds / 60:,.1f} min"


def _bars(
    title: str,
    bars: Sequence[Bar],
    marks: Mapping[int, str],
    form: Callable[[float], str],
    *,
    logarithmic: bool,
) -> str:
    """The bars, the first at the top."""
    chart = pygal.HorizontalBar(
        width=WIDTH,
        height=ROW_HEIGHT * len(bars) + EDGE,
        title=title,
        style=STYLE,
        show_legend=False,
        zero=min(marks),
        logarithmic=logarithmic,
        range=(min(marks), 1.2 * max(*marks, *(one.value for one in bars))),
        y_labels=[{"value": mark, "label": label} for mark, label in marks.items()],
        truncate_label=-1,
        js=(),
        no_prefix=True,
        disable_xml_declaration=True,
        margin=12,
        spacing=6,
    )
    ordered = bars[::-1]
    chart.x_labels = [f"{one.label}: {form(one.value)}" for one in ordered]
    chart.add("", [{"value": one.value, "color": one.colour, "formatter": form} for one in ordered])
    return f"{chart.render(is_unicode=True)}\n"
