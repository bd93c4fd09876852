# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Employees written in JSON or YAML: the items of a list, each with its line. Pure."""

from __future__ import annotations

import json
import typing as t

try:
    import yaml
except ImportError:
    HAS_YAML = False
else:
    HAS_YAML = True

from .._core.names import described, shown
from .text import FileError, line_ends, line_of, twice

Items = list[tuple[object, int]]
"""Items with the lines in which they begin."""

LIST_KEY = "employees"
_SHAPE = f"a list of employees, or a mapping with the one key {LIST_KEY}, belongs there"


def read_json(text: str) -> Items:
    """The items of a list in JSON. Raises FileError."""
    try:
        items = _list_in(json.loads(text, object_pairs_hook=_unique))
    except json.JSONDecodeError as error:
        raise FileError(f"is not JSON: {error.msg}", error.lineno) from error
    except RecursionError as error:
        raise FileError("is nested too deeply") from error
    # The whole text is valid JSON, so only white space and a comma stand between two items.
    decoder, here = json.JSONDecoder(), text.index("[") + 1
    line, found = line_of(text, here), []
    for item in items:
        first = _start(text, here)
        line += line_ends(text, here, first)
        found.append((item, line))
        _again, here = decoder.raw_decode(text, first)
        line += line_ends(text, first, here)
    return found


def _start(text: str, position: int) -> int:
    """Where the next item begins."""
    while text[position].isspace() or text[position] == ",":
        position += 1
    return position


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    for key in twice(key for key, _value in pairs):
        raise FileError(f"has the key {shown(key)} twice in one mapping")
    return dict(pairs)


def _list_in(read: object) -> list[object]:
    if isinstance(read, dict) and [*read] == [LIST_KEY]:
        read = read[LIST_KEY]
    if not isinstance(read, list):
        raise FileError(f"has {described(read)} at its top; {_SHAPE}")
    return read


def read_yaml(text: str) -> Items:
    """The items of a list in YAML, with dates as they are written. Raises FileError."""
    if not HAS_YAML:
        raise FileError("is YAML, and the Python that runs the module has no PyYAML; install it, or write JSON or CSV")
    if text.startswith("$ANSIBLE_VAULT;"):
        raise FileError(
            "is encrypted by ansible-vault, which cannot be read here: keep encrypted lists in the inventory"
        )
    loader = _loader()(text)
    try:
        node = _sequence(loader.get_single_node())
        _check_keys(node, set())
        return [(_plain(loader, item), item.start_mark.line + 1) for item in node.value]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise FileError(f"is not YAML: {error.problem or error.context}", mark.line + 1 if mark else None) from error
    except (yaml.YAMLError, ValueError) as error:
        if isinstance(error, FileError):
            raise
        raise FileError(f"is not YAML: {error}") from error
    except RecursionError as error:
        raise FileError("is nested too deeply") from error
    finally:
        loader.dispose()


def _loader() -> t.Any:
    """PyYAML's safe loader (in C where available). It leaves dates as text: their form is checked later."""

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # a base made at run time
        yaml_implicit_resolvers: t.ClassVar[dict[str, t.Any]] = {
            letter: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
            for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    return Loader


def _sequence(node: t.Any) -> t.Any:
    """The node of the list of employees."""
    if node is None:
        raise FileError("is empty")
    if isinstance(node, yaml.MappingNode) and [key.value for key, _value in node.value] == [LIST_KEY]:
        node = node.value[0][1]
    if not isinstance(node, yaml.SequenceNode):
        raise FileError(f"has no list at its top; {_SHAPE}", node.start_mark.line + 1)
    return node


def _plain(loader: t.Any, node: t.Any) -> object:
    """An item, if JSON could hold it too: a list in an inventory reaches the module as JSON."""
    item: object = loader.construct_document(node)
    try:
        json.dumps(item)
    except (TypeError, ValueError) as error:
        raise FileError(f"has a value that JSON could not hold ({error})", node.start_mark.line + 1) from error
    return item


def _check_keys(node: t.Any, seen: set[int]) -> None:
    """Refuse two equal keys: PyYAML would silently use the second one."""
    if id(node) in seen or isinstance(node, yaml.ScalarNode):
        return
    # All aliases of an anchor are the same node, and a node may contain itself.
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _check_keys(item, seen)
        return
    keys = [key for key, _value in node.value if isinstance(key, yaml.ScalarNode) and not key.tag.endswith(":merge")]
    for key in twice(key.value for key in keys):
        raise FileError(f"has the key {shown(key)} twice in one mapping", node.start_mark.line + 1)
    for _key, value in node.value:
        _check_keys(value, seen)
