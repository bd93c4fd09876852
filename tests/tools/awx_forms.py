# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws the forms of `extensions/awx/surveys` as AWX shows them, for the guide.

`python -m tests.tools.awx_forms` writes a picture of each to `docs/site/_static/forms`.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from tests.tools.places import ROOT

SURVEYS = ROOT / "extensions" / "awx" / "surveys"
PICTURES = ROOT / "docs" / "site" / "_static" / "forms"
WIDTH, MARGIN, LINE, FIELD, AREA = 560, 24, 18, 34, 72
LETTERS = 78
STYLE = (
    "text{font-family:'Red Hat Text','Liberation Sans',Arial,sans-serif;font-size:14px;fill:#151515}"
    ".title{font-size:20px}.label{font-weight:bold}.hint{font-size:12px;fill:#6a6e73}.star{fill:#c9190b}"
    ".button{fill:#ffffff}"
)


def pictures() -> dict[Path, str]:
    """The pictures, by their files."""
    return {
        PICTURES / f"{path.stem}.svg": picture(json.loads(path.read_text(encoding="utf-8")))
        for path in sorted(SURVEYS.glob("*.json"))
    }


def picture(survey: dict[str, Any]) -> str:
    """One form as SVG: a label for each question, an asterisk if it needs an answer, its description, and the field."""
    parts, bottom = _form(survey)
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{bottom}" viewBox="0 0 {WIDTH} {bottom}" '
        'role="img">',
        f"<title>{escape(survey['name'])}: the form in AWX</title>",
        f"<style>{STYLE}</style>",
        f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{bottom - 1}" fill="#ffffff" stroke="#d2d2d2"/>',
        *parts,
        "</svg>",
    ]
    return "\n".join(drawn) + "\n"


def _form(survey: dict[str, Any]) -> tuple[list[str], int]:
    parts = [f'<text class="title" x="{MARGIN}" y="38">Launch | {escape(survey["name"])}</text>']
    top = 66
    for question in survey["spec"]:
        drawn, height = _question(question, top)
        parts += drawn
        top += height
    parts += [*_button("Next", MARGIN, top, "#0066cc"), *_button("Cancel", MARGIN + 96, top, "#6a6e73")]
    return parts, top + FIELD + MARGIN


def _question(question: dict[str, Any], top: int) -> tuple[list[str], int]:
    star = '<tspan class="star" dx="4">*</tspan>' if question["required"] else ""
    parts = [f'<text class="label" x="{MARGIN}" y="{top}">{escape(question["question_name"])}{star}</text>']
    hints = textwrap.wrap(question["question_description"], LETTERS)
    for number, hint in enumerate(hints, 1):
        parts.append(f'<text class="hint" x="{MARGIN}" y="{top + number * LINE}">{escape(hint)}</text>')
    below = top + len(hints) * LINE + 8
    height = AREA if question["type"] == "textarea" else FIELD
    size = f'width="{WIDTH - 2 * MARGIN}" height="{height}"'
    parts.append(f'<rect x="{MARGIN}" y="{below}" {size} fill="#ffffff" stroke="#8a8d90"/>')
    parts += _default(question, below)
    return parts, below + height + 28 - top


def _default(question: dict[str, Any], below: int) -> Iterator[str]:
    if question.get("default"):
        yield f'<text x="{MARGIN + 8}" y="{below + 22}">{escape(str(question["default"]))}</text>'


def _button(label: str, left: int, top: int, colour: str) -> list[str]:
    return [
        f'<rect x="{left}" y="{top}" width="84" height="{FIELD}" rx="3" fill="{colour}"/>',
        f'<text class="button" x="{left + 42}" y="{top + 22}" text-anchor="middle">{label}</text>',
    ]


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    for path, drawn in pictures().items():
        path.write_text(drawn, encoding="utf-8")
