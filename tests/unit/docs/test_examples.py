# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the documentation's pages tell to write and to type exists: variables, keys, options, playbooks, commands."""

from __future__ import annotations

import ast
import functools
import itertools
import re
import shlex
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.workforce.aws.plugins.module_utils._chart.chart import read_chart
from ansible_collections.workforce.aws.plugins.module_utils._chart.values import ChartSettings, ThisAccount
from ansible_collections.workforce.aws.plugins.module_utils._files.csv_settings import csv_settings

from tests.support.guides import PAGES, Block, blocks, commands, guide
from tests.tools.places import ROOT

OURS = "workforce.aws."
# Options of all modules by amazon.aws's doc fragments and ours.
# Of the documentation fragment inventory_cache, which is Ansible's.
CACHING = frozenset({"cache", "cache_plugin", "cache_connection", "cache_timeout", "cache_prefix"})
CONNECTION = {"profile", "region", "endpoint_url", "assume_role_arn", "external_id", "access_key", "secret_key"}
# What AWX takes: a credential type's two parts.
AWX = ({"fields", "required"}, {"extra_vars"})
# Programs that are not ours.
PROGRAMS = {
    *("ansible-builder", "ansible-galaxy", "ansible-inventory", "ansible-vault", "cd", "cp", "export", "jq", "pip"),
    "$EDITOR",
}
TASK = {"name", "when", "register", "check_mode", "diff", "loop"}
PLAY = {"name", "hosts", "roles", "vars", "tasks", "module_defaults", "gather_facts"}


@functools.cache
def _role_options() -> dict[str, Any]:
    text = (ROOT / "roles" / "onboard" / "meta" / "argument_specs.yml").read_text(encoding="utf-8")
    options: dict[str, Any] = yaml.safe_load(text)["argument_specs"]["converge"]["options"]
    return options


def _module_options(name: str) -> frozenset[str]:
    return _plugin_options("modules", name)


@functools.cache
def _plugin_options(kind: str, name: str) -> frozenset[str]:
    tree = ast.parse((ROOT / "plugins" / kind / f"{name}.py").read_text(encoding="utf-8"))
    texts = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    options = yaml.safe_load(str(texts["DOCUMENTATION"]))["options"]
    aliases = {alias for option in options.values() for alias in option.get("aliases", [])}
    return frozenset(options) | aliases | CONNECTION | (CACHING if kind == "inventory" else frozenset())


@pytest.mark.parametrize("block", blocks("yaml"), ids=str)
def test_yaml_is_what_we_take(block: Block) -> None:
    for document in yaml.safe_load_all(block.text):
        assert list(_faults(document)) == []


def _faults(document: object) -> Iterator[str]:
    if isinstance(document, list):
        for item in document:
            yield from _play_faults(item) if "hosts" in item else _task_faults(item)
    elif not isinstance(document, dict):
        yield f"{document!r} is neither variables nor tasks"
    elif "plugin" in document:
        known = _plugin_options("inventory", document["plugin"].removeprefix(OURS))
        yield from (f"{name} is no option of {document['plugin']}" for name in document if name not in known)
    elif set(document) == {"all"}:
        for variables in document["all"]["hosts"].values():
            yield from _variable_faults(variables)
    elif set(document) == {"module_defaults"}:
        yield from _default_faults(document["module_defaults"])
    elif set(document) in ({"minor_changes"}, *AWX):
        return
    else:
        yield from _variable_faults(document)


def _variable_faults(variables: Mapping[str, Any]) -> Iterator[str]:
    options = {name: option for name, option in _role_options().items() if name in variables}
    yield from (f"{name} is no variable of the role" for name in variables if name not in options)
    yield from ArgumentSpecValidator(options).validate(dict(variables)).error_messages
    yield from (str(fault) for fault in csv_settings(variables.get("onboard_csv"))[1] if "onboard_csv" in variables)
    employees = variables.get("employees", [])
    names = {name for employee in employees for name in employee.get("departments", [])}
    departments = variables.get("departments", [{"name": name} for name in sorted(names)])
    # The account of the examples with several.
    here = ThisAccount("shop", "111111111111")
    settings = ChartSettings(everyone=variables.get("onboard_everyone"), account=here)
    yield from map(str, read_chart(departments, employees, settings).faults)


def _play_faults(play: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{key} is no key of a play that we check" for key in play if key not in PLAY)
    yield from _variable_faults(play.get("vars", {}))
    yield from _default_faults(play.get("module_defaults", {}))
    for role in (item["role"] for item in play.get("roles", [])):
        if role.startswith(OURS) and not (ROOT / "roles" / role.removeprefix(OURS)).is_dir():
            yield f"there is no role {role}"
    for task in play.get("tasks", []):
        yield from _task_faults(task)


def _task_faults(task: Mapping[str, Any]) -> Iterator[str]:
    (module,) = set(task) - TASK
    if module.startswith(OURS):
        options = _module_options(module.removeprefix(OURS))
        yield from (f"{module} has no option {option}" for option in task[module] or {} if option not in options)
    elif not module.startswith("ansible.builtin."):
        yield f"{module} is not written out"


def _default_faults(defaults: Mapping[str, Any]) -> Iterator[str]:
    for group, options in defaults.items():
        if group != "group/workforce.aws.aws" or not set(options) <= CONNECTION:
            yield f"module_defaults of {group} with {sorted(options)}"


@pytest.mark.parametrize("block", blocks("console"), ids=str)
def test_commands_are_there(block: Block) -> None:
    typed = commands(block)
    assert typed, "a block of a console has lines that begin with `$ `"
    assert [fault for command in typed for part in command.split(" && ") for fault in _command_faults(part)] == []


def _command_faults(command: str) -> Iterator[str]:
    program, *arguments = shlex.split(command)
    if program == "make":
        targets = re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"))
        yield from (f"make has no target {word}" for word in arguments if "=" not in word and word not in targets)
    elif program == "ansible-playbook":
        yield from _playbook_faults(arguments)
    elif program == "ansible-doc":
        yield from (f"there is no module {word}" for word in arguments if not _has_module(word))
    elif program not in PROGRAMS:
        yield f"{program} is not known to this test"


def _has_module(name: str) -> bool:
    return (ROOT / "plugins" / "modules" / f"{name.removeprefix(OURS)}.py").is_file()


def _playbook_faults(arguments: list[str]) -> Iterator[str]:
    names = [word for word in arguments if word.startswith(OURS)]
    texts = [(ROOT / "playbooks" / f"{name.removeprefix(OURS)}.yml") for name in names]
    if not names and "onboard.yml" in arguments:
        texts = [ROOT / "playbooks" / "onboard.yml"]
    texts += [ROOT / word for word in arguments if word.startswith("extensions/")]
    yield from (f"there is no playbook {path.name}" for path in texts if not path.is_file())
    known = " ".join(path.read_text(encoding="utf-8") for path in texts if path.is_file())
    for flag, word in itertools.pairwise(arguments):
        if flag == "-e":
            variable = min(yaml.safe_load(word)) if word.startswith("{") else word.partition("=")[0]
            if variable not in _role_options() and not re.search(rf"\b{variable}\b", known):
                yield f"{variable} is no variable of {names}"


@pytest.mark.parametrize(
    ("page", "section", "package"),
    [
        ("organisation_chart", "Departments", "_chart"),
        ("organisation_chart", "Employees", "_chart"),
        ("policies_and_roles", "Policies", "_rights"),
        ("policies_and_roles", "Roles", "_rights"),
    ],
)
def test_guide_has_every_key_of_an_entry(page: str, section: str, package: str) -> None:
    text = guide(page).read_text(encoding="utf-8")
    told = text.split(f"\n{section}\n{'-' * len(section)}\n")[1].split("\n---")[0]
    terms = [line for line in told.splitlines() if line.startswith("``")]
    assert sorted(re.findall(r"``(\w+)``", " ".join(terms))) == sorted(_keys(f"{package}/{section.lower()}.py"))


def _keys(file: str) -> list[str]:
    """The keys that an entry may have: a tuple of strings in the file that reads it."""
    tree = ast.parse((ROOT / "plugins" / "module_utils" / file).read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "_KEYS":
            return [str(value) for value in ast.literal_eval(node.value)]
    pytest.fail(f"the keys that an entry may have are not called _KEYS in {file} any more")


def test_readme_is_short_and_says_what_it_must() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 120
    bold = " ".join(re.findall(r"(?s)\*\*Connection options.*?\*\*", text)[0].split())
    assert "`group/workforce.aws.aws`" in bold
    assert "`group/aws` or `group/amazon.aws.aws` never reach our modules" in bold


def test_pages_are_found() -> None:
    assert len(PAGES) > 20
    assert len(blocks("yaml")) > 25
    assert len(blocks("console")) > 15


def test_the_first_settings_for_mail_let_people_choose_their_own_password() -> None:
    """Without it the first joiner could not complete the sign-in, and the run stops."""
    first = next(block for block in blocks("yaml", guide("first_credentials")) if "onboard_credentials" in block.text)
    assert set(yaml.safe_load(first.text)) == {"onboard_credentials", "onboard_everyone"}
