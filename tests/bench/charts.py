# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The charts of what the bench found, as SVG. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from tests.bench.found import Found

GOOD, BAD = "#2f6f9f", "#b4483a"
WIDTH, LABELS, RIGHT = 960, 600, 20
ROW, BAR, TOP, BOTTOM = 26, 18, 44, 34
# Marks on the axis: seconds, and per cent.
TIMES = {1: "1 s", 10: "10 s", 60: "1 min", 600: "10 min", 3_600: "1 h"}
SHARES = {0: "0", 50: "50 %", 100: "100 %"}
LOOP = "loop over amazon.aws, nothing to do, each"


class Bar(NamedTuple):
    """A bar lies from the left, as long as its value."""

    label: str
    value: float
    colour: str


@dataclass(frozen=True)
class Axis:
    """Where a value lies, as a share of the axis; and the marks on it."""

    marks: Mapping[int, str]
    most: float
    scale: Callable[[float], float]

    def x(self, value: float) -> str:
        """From the left of the picture."""
        least = self.scale(min(self.marks))
        share = (self.scale(max(value, min(self.marks))) - least) / (self.scale(self.most) - least)
        return f"{LABELS + share * (WIDTH - LABELS - RIGHT):.1f}"


def runs_chart(found: Found) -> str:
    """How long each run took, on a scale of powers of ten; what a loop of one person each would take beside them."""
    people = max(row.people for row in found.rows)
    bars = []
    for row in found.rows:
        if row.name == LOOP:
            name = f"loop over amazon.aws, nothing to do, {people:,} (reckoned)"
            bars.append(Bar(f"{name}: {_time(row.seconds * people)}", row.seconds * people, BAD))
        elif row.people > 1:
            bars.append(Bar(f"{row.name}, {row.people:,}: {_time(row.seconds)}", row.seconds, GOOD))
    return _drawn("How long a whole run takes", bars, TIMES, math.log)


def promises_chart(found: Found) -> str:
    """Each measured number as a share of its bar: up to 100 % it holds."""
    shares = [(one, 100 * one.share) for one in found.figures if one.share is not None]
    bars = [Bar(f"{one.name}: {share:.0f} %", share, GOOD if one.holds else BAD) for one, share in shares]
    return _drawn("Figures as shares of what is promised", bars, SHARES, float)


def _time(seconds: float) -> str:
    return f"{seconds:,.1f} s" if seconds < 100 else f"{seconds / 60:,.1f} min"


def _drawn(title: str, bars: Sequence[Bar], marks: Mapping[int, str], scale: Callable[[float], float]) -> str:
    """The bars, the first at the top."""
    axis = Axis(marks, 1.05 * max(*marks, *(one.value for one in bars)), scale)
    bottom = TOP + ROW * len(bars)
    height = str(bottom + BOTTOM)
    picture = Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {height}")
    picture.set("font-family", "sans-serif")
    picture.set("font-size", "12")
    SubElement(picture, "rect", width=str(WIDTH), height=height, fill="#ffffff")
    _text(picture, title, str(WIDTH // 2), 24, "middle").set("font-size", "16")
    for mark, label in marks.items():
        x = axis.x(mark)
        SubElement(picture, "line", x1=x, x2=x, y1=str(TOP), y2=str(bottom), stroke="#999999")
        _text(picture, label, x, bottom + 18, "middle")
    for number, one in enumerate(bars):
        y = TOP + ROW * number + (ROW - BAR) // 2
        _text(picture, one.label, str(LABELS - 6), y + 13, "end")
        length = f"{float(axis.x(one.value)) - LABELS:.1f}"
        SubElement(picture, "rect", x=str(LABELS), y=str(y), width=length, height=str(BAR), fill=one.colour)
    ElementTree.indent(picture)
    return ElementTree.tostring(picture, encoding="unicode") + "\n"


def _text(picture: Element, content: str, x: str, y: int, anchor: str) -> Element:
    text = SubElement(picture, "text", x=x, y=str(y), fill="#222222")
    text.set("text-anchor", anchor)
    text.text = content
    return text
