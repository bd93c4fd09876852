# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Blocks on the documentation's pages (YAML, commands, output), and the pages' links."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.tools.places import ROOT

GUIDES = ROOT / "docs" / "docsite" / "rst"
SITE = "https://workforce-collections.github.io/workforce.aws/"
REPOSITORY = "https://github.com/workforce-collections/workforce.aws/blob/main/"
LABEL = "ansible_collections.workforce.aws.docsite."
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "roles" / "onboard" / "README.md",
    ROOT / "examples" / "company" / "README.md",
    ROOT / "docs" / "site" / "index.rst",
    *sorted(GUIDES.glob("*.rst")),
]
_FENCED = re.compile(r"(?ms)^( *)```(\w*)\n(.*?)^ *```$")
_DIRECTIVE = re.compile(r"(?m)^( *)\.\. code-block:: (\w+)\n\n((?:\1 +\S.*\n|[ \t]*\n)+)")


@dataclass(frozen=True)
class Block:
    """A code block of a page. ``language`` is empty or ``text`` for output."""

    page: Path
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks(language: str, *pages: Path) -> list[Block]:
    """The blocks of a language on these pages, or on all pages."""
    return [block for page in pages or PAGES for block in _blocks(page) if block.language == language]


def guide(name: str) -> Path:
    """The source of a guide."""
    return GUIDES / f"{name}.rst"


def _blocks(page: Path) -> Iterator[Block]:
    content = page.read_text(encoding="utf-8")
    for found in (_FENCED if page.suffix == ".md" else _DIRECTIVE).finditer(content):
        text = textwrap.dedent(found[3]).strip("\n") + "\n"
        yield Block(page, content[: found.start()].count("\n") + 1, found[2], text)


def commands(block: Block) -> list[str]:
    """The commands in a block of a console, without comments."""
    typed = [line.removeprefix("$ ") for line in block.text.splitlines() if line.startswith("$ ")]
    return [re.sub(r"\s+# .*", "", line) for line in typed]
