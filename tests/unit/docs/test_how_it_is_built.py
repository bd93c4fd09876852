# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the guide for maintainers names is there: packages in their order, functions, classes."""

from __future__ import annotations

import ast
import re

from tests.support.guides import guide
from tests.tools.layers import LAYERS, MODULE_UTILS, PURE

TEXT = guide("how_it_is_built").read_text(encoding="utf-8")


def test_packages_stand_in_the_order_of_their_imports() -> None:
    listed = re.findall(r"(?m)^``(_\w+)``\n   (.+)$", TEXT)
    assert tuple(name for name, _purpose in listed) == LAYERS
    assert {name for name, purpose in listed if purpose.endswith(" Pure.")} == PURE


def test_functions_and_values_that_are_named_exist() -> None:
    defined = {
        node.name
        for path in [*MODULE_UTILS.rglob("*.py"), *MODULE_UTILS.parent.glob("modules/*.py")]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
    }
    functions = set(re.findall(r"``(\w+)\(\)``", TEXT))
    classes = {"User", "DesiredUser", "Credentials", "Subject", "Directory", "Desired", "Phase", "Origin"}
    assert len(functions) > 15
    assert classes <= set(re.findall(r"``(\w+)``", TEXT))
    assert functions | classes <= defined, sorted((functions | classes) - defined)


def test_files_that_are_named_exist() -> None:
    files = re.findall(r"``(_\w+/\w+\.py)``", TEXT)
    assert files
    assert [file for file in files if not (MODULE_UTILS / file).is_file()] == []
