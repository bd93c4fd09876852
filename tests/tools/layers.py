# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The packages in module_utils and the direction of their imports: `python -m tests.tools.layers` reports violations.

With `--draw` it draws the packages with their files and the arrows between them.
"""

from __future__ import annotations

import ast
import graphlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.tools.places import ROOT

MODULE_UTILS = ROOT / "plugins" / "module_utils"

LAYERS = (
    "_core",
    "_documents",
    "_aws",
    "_organization",
    "_chart",
    "_rights",
    "_files",
    "_plan",
    "_permissions",
    "_directory",
    "_brakes",
    "_identity",
    "_beside",
    "_roster",
    "_credentials",
    "_apply",
    "_sign_in",
    "_report",
    "_street",
    "_offboard",
    "_access",
    "_review",
    "_tasks",
)
"""From the ground up: a package imports only from those before it."""

PURE = frozenset(
    {"_core", "_documents", "_chart", "_rights", "_plan", "_permissions", "_brakes", "_identity", "_beside"}
    | {"_roster", "_review"}
)
"""Pure packages: no AWS, no Ansible, no I/O. Other packages read what these need, and pass it to them."""

IMPURE_MODULES = frozenset(
    {"ansible", "ansible_collections", "boto3", "botocore", "http", "os", "pathlib", "smtplib", "socket", "subprocess"}
    | {"ssl", "tempfile", "threading", "urllib"}
)


class Import(NamedTuple):
    """One import: from a file, at a line, of a module of ours (`_core/model`) or of somebody else's (`botocore`)."""

    file: Path
    line: int
    target: str
    ours: bool

    @property
    def package(self) -> str:
        return self.file.parent.name


def imports(root: Path = MODULE_UTILS) -> Iterator[Import]:
    """Every import of every file, also those for type checking only, since a reader has to follow them too."""
    for file in sorted(root.glob("*/*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (Import(file, node.lineno, alias.name.partition(".")[0], False) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                yield Import(file, node.lineno, str(node.module).partition(".")[0], False)
            elif isinstance(node, ast.ImportFrom):
                yield from (Import(file, node.lineno, target, True) for target in _targets(file, node))


def _targets(file: Path, node: ast.ImportFrom) -> Iterator[str]:
    """The imported modules. `from .._core.model import x` and `from .._core import model` are both `_core/model`."""
    parts = [file.parent.name] if node.level == 1 else []
    parts += (node.module or "").split(".") if node.module else []
    if len(parts) > 1:
        yield "/".join(parts[:2])
    else:
        yield from (f"{parts[0]}/{alias.name}" for alias in node.names)


def faults(found: list[Import]) -> Iterator[str]:
    """A sentence for each wrong import, which says what is right."""
    for package in sorted({one.package for one in found} - set(LAYERS)):
        yield f"the package {package} has no place among the layers: give it one in {Path(__file__).name}"
    for one in (one for one in found if one.package in LAYERS):
        where = f"{one.file.relative_to(one.file.parents[3])}:{one.line}"
        package = one.target.partition("/")[0]
        if one.ours and package in LAYERS and LAYERS.index(package) > LAYERS.index(one.package):
            yield (
                f"{where}: {one.package} imports {one.target}, which is above it. {package} may import {one.package}, "
                f"not the reverse: move what both need to a package that both may import, or pass the value in"
            )
        elif one.package in PURE and (package not in PURE if one.ours else one.target in IMPURE_MODULES):
            yield (
                f"{where}: {one.package} is pure (no AWS, no Ansible, no I/O) and imports {one.target}: "
                "read it elsewhere and pass the value in"
            )
    yield from _circles(found)


def _circles(found: list[Import]) -> Iterator[str]:
    graph: dict[str, set[str]] = {}
    for one in found:
        if one.ours:
            graph.setdefault(f"{one.package}/{one.file.stem}", set()).add(one.target)
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        yield f"these files import each other in a circle: {' -> '.join(error.args[1])}"


def drawing(found: list[Import]) -> str:
    """Packages from the ground up, each with the number of its files and the packages that it imports."""
    arrows = {(one.package, one.target.partition("/")[0]) for one in found if one.ours}
    arrows = {(package, target) for package, target in arrows if package != target}
    lines = []
    for package in LAYERS:
        files = [file for file in (MODULE_UTILS / package).glob("*.py") if file.name != "__init__.py"]
        targets = [target for target in LAYERS if (package, target) in arrows]
        lines.append(f"{package:<14}{len(files):>3} files  -> {' '.join(targets)}".rstrip(" ->"))
    return "\n".join([*lines, f"{len(LAYERS)} packages, {len(arrows)} arrows"])


def main(arguments: list[str]) -> int:
    found = list(imports())
    if "--draw" in arguments:
        print(drawing(found))
    told = list(faults(found))
    print("\n".join(told))
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
