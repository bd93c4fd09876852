# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where in YAML and JSON files employees are written: the line of each entry, and of each of its departments."""

from __future__ import annotations

import contextlib
import dataclasses
import typing as t

with contextlib.suppress(ImportError):  # Without it, no file is searched.
    import yaml

from .._core.model import fold
from .items import HAS_YAML
from .text import FileError, place, read_text

if t.TYPE_CHECKING:
    from pathlib import Path

SUFFIXES = ("", ".yml", ".yaml", ".json")
"""The names of inventory files that have variables end like this."""


@dataclasses.dataclass(frozen=True)
class Written:
    """The place of an entry, and of each of its departments by name."""

    where: str
    departments: t.Mapping[str, str]


def written_in(paths: t.Iterable[Path]) -> dict[str, Written]:
    """The entries of employees in these files, by folded name. What cannot be read holds none.

    Wherever it is: a list of employees may be put together from several variables. The first of a name counts.
    """
    found: dict[str, Written] = {}
    for path in paths:
        with contextlib.suppress(FileError):
            for name, entry in _entries(read_text(path), path):
                found.setdefault(fold(name), entry)
    return found


def _entries(text: str, path: Path) -> t.Iterator[tuple[str, Written]]:
    if not HAS_YAML or text.startswith("$ANSIBLE_VAULT;"):
        return
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        documents = list(yaml.compose_all(text, Loader=loader))
    except (yaml.YAMLError, ValueError, RecursionError):
        return
    waiting, seen = documents[::-1], set()
    while waiting:
        node = waiting.pop()
        # All aliases of an anchor are the same node, and a node may contain itself.
        if id(node) in seen or not isinstance(node, yaml.CollectionNode):
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value[::-1]
            continue
        entry = {key.value: value for key, value in node.value if isinstance(key, yaml.ScalarNode)}
        if _is_employee(entry):
            yield entry["name"].value, _written(node, entry["departments"], path)
        waiting += [value for _key, value in reversed(node.value)]


def _is_employee(entry: t.Mapping[str, t.Any]) -> bool:
    name, departments = entry.get("name"), entry.get("departments")
    return isinstance(name, yaml.ScalarNode) and isinstance(departments, yaml.SequenceNode)


def _written(node: t.Any, departments: t.Any, path: Path) -> Written:
    names = [item for item in departments.value if isinstance(item, yaml.ScalarNode)]
    return Written(_place(path, node), {item.value: _place(path, item) for item in names})


def _place(path: Path, node: t.Any) -> str:
    return place(path, node.start_mark.line + 1)
