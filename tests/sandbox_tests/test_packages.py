# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sandbox's packages import each other one way only, as its README draws them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SANDBOX = Path(__file__).parent.parent / "sandbox"
# From the ground up: each imports only from those before it. Whoever starts or asks a sandbox comes last.
ORDER = (
    "calls",
    "evaluator",
    "behaviour",
    "mailbox",
    "switches",
    "enforcement",
    "service",
    "pages",
    "seed_past",
    "seed",
    "server",
    "client",
    "measure",
    "cli",
)


def part_of(file: Path) -> str:
    return file.relative_to(SANDBOX).parts[0].removesuffix(".py")


def imported(file: Path) -> Iterator[str]:
    """The parts of the sandbox that a file imports, its own among them."""
    depth = len(file.relative_to(SANDBOX).parts)
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ImportFrom):
            continue
        assert not (node.module or "").startswith("tests."), f"{file.name}: import by .name, as the other files do"
        if node.level == depth:
            yield from [node.module.partition(".")[0]] if node.module else [alias.name for alias in node.names]
        elif node.level:
            yield part_of(file)


@pytest.mark.parametrize("part", ORDER)
def test_imports_run_one_way(part: str) -> None:
    allowed = ORDER[: ORDER.index(part) + 1]
    files = [file for file in SANDBOX.rglob("*.py") if part_of(file) == part]
    assert files
    for file in files:
        wrong = sorted(set(imported(file)) - set(allowed))
        assert not wrong, f"{file.relative_to(SANDBOX)} imports {wrong}, which come after it: turn the import round"


def test_every_part_has_its_place() -> None:
    parts = {part_of(file) for file in SANDBOX.rglob("*.py")} - {"__init__", "__main__"}
    assert parts == set(ORDER)
