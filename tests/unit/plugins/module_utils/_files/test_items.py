# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists in JSON and YAML: the same items with their lines, and what is told of everything else."""

from __future__ import annotations

import json
import typing as t

import pytest
import yaml
from ansible_collections.workforce.aws.plugins.module_utils._files import items as items_module
from ansible_collections.workforce.aws.plugins.module_utils._files.items import read_json, read_yaml
from ansible_collections.workforce.aws.plugins.module_utils._files.text import FileError
from hypothesis import given
from hypothesis import strategies as st

TOP: t.Final = "at its top; a list of employees, or a mapping with the one key employees, belongs there"
Read = t.Callable[[str], list[tuple[object, int]]]


def told(read: Read, text: str) -> tuple[str, int | None]:
    with pytest.raises(FileError) as caught:
        read(text)
    return str(caught.value), caught.value.line


TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=8)
ITEM = st.dictionaries(TEXT, TEXT | st.booleans() | st.lists(TEXT, max_size=3) | st.integers(), max_size=4)


@given(st.lists(ITEM, max_size=5), st.sampled_from([None, 2]), st.booleans())
def test_json_is_read_as_it_was_written(items: list[object], indent: int | None, keyed: bool) -> None:
    text = json.dumps({"employees": items} if keyed else items, indent=indent)
    assert [item for item, _line in read_json(text)] == items


@given(st.lists(ITEM, min_size=1, max_size=5), st.booleans())
def test_yaml_is_read_as_it_was_written(items: list[object], keyed: bool) -> None:
    text = yaml.safe_dump({"employees": items} if keyed else items, allow_unicode=True)
    assert [item for item, _line in read_yaml(text)] == items


def test_items_have_the_line_in_which_they_begin() -> None:
    text = '\n{"employees": [{"name": "a,[\\n"},\n\n {"name":\n"b"} , 7,\r\n"x"\n]}'
    assert read_json(text) == [({"name": "a,[\n"}, 2), ({"name": "b"}, 4), (7, 5), ("x", 6)]
    text = "# people\n- name: a\n\n- # here\n  name: b\n- 7\n- [x,\n  y]\n"
    assert read_yaml(text) == [({"name": "a"}, 2), ({"name": "b"}, 5), (7, 6), (["x", "y"], 7)]


def test_an_empty_list_is_one() -> None:
    assert read_json("[]") == read_yaml("[]") == read_yaml("employees: []") == read_json('{"employees": [ ]}') == []


def test_a_date_in_yaml_is_what_is_written() -> None:
    [(item, _line)] = read_yaml(
        "- {starts_on: 2026-01-31, ends_on: 2026-1-5, at: 2026-01-31 10:00:00, n: 1042, b: yes}"
    )
    assert item == {"starts_on": "2026-01-31", "ends_on": "2026-1-5", "at": "2026-01-31 10:00:00", "n": 1042, "b": True}


def test_anchors_are_understood() -> None:
    text = (
        "- &a {departments: [sales]}\n- {<<: *a, <<: {console: true}, name: x}\n"
        "- {<<: *a, name: y, departments: [it]}\n"
    )
    assert [item for item, _line in read_yaml(text)][1:] == [
        {"departments": ["sales"], "console": True, "name": "x"},
        {"departments": ["it"], "name": "y"},
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            "7",
            (
                "has a number (7) " + TOP,
                None,
            ),
        ),
        (
            "{}",
            (
                "has a mapping " + TOP,
                None,
            ),
        ),
        (
            '{"employees": [], "departments": []}',
            (
                "has a mapping " + TOP,
                None,
            ),
        ),
        (
            '{"employees": null}',
            ("has null " + TOP, None),
        ),
        ('[\n{"name": "a",}\n]', ("is not JSON: Illegal trailing comma before end of object", 2)),
        ('[{"name": "a"}', ("is not JSON: Expecting ',' delimiter", 1)),
        ('[{"name": "a", "name": "b"}]', ("has the key name twice in one mapping", None)),
        ("[" * 100_000, ("is nested too deeply", None)),
    ],
)
def test_what_is_no_list_in_json(text: str, what: tuple[str, int | None]) -> None:
    found = told(read_json, text)
    # Python 3.13 found a better word for it.
    earlier = "is not JSON: Expecting property name enclosed in double quotes"
    assert found == what or (earlier, what[1]) == found


SHAPE = "has no list " + TOP


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("# nothing\n", ("is empty", None)),
        ("\n7", (SHAPE, 2)),
        ("name: a", (SHAPE, 1)),
        ("employees: null", (SHAPE, 1)),
        ("employees: []\nmore: 1", (SHAPE, 1)),
        ("- name: a\n name: b", ("is not YAML: did not find expected '-' indicator", 2)),
        ("- name: a\n- name: 'b", ("is not YAML: found unexpected end of stream", 2)),
        ("- a\n---\n- b\n", ("is not YAML: but found another document", 2)),
        ("- name: a\n  x: 1\n  name: b\n", ("has the key name twice in one mapping", 1)),
        ("- tags: {a: 1, b: [{c: 1, c: 2}]}", ("has the key c twice in one mapping", 1)),
        ("- !vault |\n  x\n", ("is not YAML: could not determine a constructor for the tag '!vault'", 1)),
        ("- name: !!python/name:os.system\n", None),
        ("- &a [*a]", ("has a value that JSON could not hold (Circular reference detected)", 1)),
        (
            "- name: a\n- {x: !!binary YQ==}",
            ("has a value that JSON could not hold (Object of type bytes is not JSON serializable)", 2),
        ),
        ("- {[a]: b}", None),
        ("- !!int x", ("is not YAML: invalid literal for int() with base 10: 'x'", None)),
        ("- a: \u0007\n", None),
        ("[" * 5_000, None),
        (
            "$ANSIBLE_VAULT;1.1;AES256\n6162\n",
            ("is encrypted by ansible-vault, which cannot be read here: keep encrypted lists in the inventory", None),
        ),
    ],
)
def test_what_is_no_list_in_yaml(text: str, what: tuple[str, int | None] | None) -> None:
    found = told(read_yaml, text)
    assert found[0].startswith("is ") or found[0].startswith("has ")
    assert what is None or found == what


def test_many_aliases_are_looked_at_once() -> None:
    levels = ["- &l0 [x, x]"] + [f"- &l{n} [*l{n - 1}, *l{n - 1}]" for n in range(1, 40)]
    with pytest.raises(FileError, match="twice"):
        read_yaml("\n".join(["- {a: 1, a: 2}", *levels]))


def test_without_pyyaml_a_file_of_yaml_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(items_module, "HAS_YAML", False)
    what = "is YAML, and the Python that runs the module has no PyYAML; install it, or write JSON or CSV"
    assert told(read_yaml, "- name: a") == (what, None)


def test_the_loader_in_python_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader")
    assert read_yaml("- {name: a, starts_on: 2026-01-31}\n- name: b\n") == [
        ({"name": "a", "starts_on": "2026-01-31"}, 1),
        ({"name": "b"}, 2),
    ]
    assert told(read_yaml, "- name: a\n name: b")[1] == 2
