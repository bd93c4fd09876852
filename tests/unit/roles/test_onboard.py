# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role's README, defaults and argument specification say the same."""

from __future__ import annotations

import re
from typing import Any

import yaml

from tests.tools.places import ROOT

ROLE = ROOT / "roles" / "onboard"
ROW = re.compile(r"^\| `(?P<name>\w+)` \| (?P<type>[^|]+) \| (?P<default>[^|]*?) ?\| (?P<text>[^|]+) \|$", re.MULTILINE)
LISTS = {"departments", "employees", "onboard_departments", "onboard_employees", "onboard_extra_employees"}
LISTS |= {"onboard_policies", "onboard_roles"}


def _yaml(*path: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(ROLE.joinpath(*path).read_text(encoding="utf-8"))
    return found


def _options() -> dict[str, Any]:
    options: dict[str, Any] = _yaml("meta", "argument_specs.yml")["argument_specs"]["converge"]["options"]
    return options


def _rows() -> dict[str, dict[str, str]]:
    text = (ROLE / "README.md").read_text(encoding="utf-8")
    return {row["name"]: {key: value.strip() for key, value in row.groupdict().items()} for row in ROW.finditer(text)}


def test_readme_names_every_variable_in_order() -> None:
    assert list(_rows()) == list(_options())


def test_readme_tells_types_and_defaults() -> None:
    for name, option in _options().items():
        row = _rows()[name]
        told = row["type"].split()[0] if name in LISTS else row["type"]
        assert told == ("list" if name in LISTS else option["type"]), name
        if "default" in option:
            assert yaml.safe_load(row["default"].strip("`")) == option["default"], name
        else:
            assert row["default"] in ("", "needed", "needed, or files"), name


def test_defaults_are_those_of_the_specification() -> None:
    assert _yaml("defaults", "main.yml") == {
        name: option["default"] for name, option in _options().items() if "default" in option
    }


def test_lists_are_raw_and_not_expanded_on_every_host() -> None:
    """Ansible would expand the options of an entry point `main` on every host of a play."""
    limits = {f"onboard_{verb}_{what}" for verb in ("max", "confirm") for what in ("losses", "gains")}
    limits |= {"onboard_confirm_renames", "onboard_plan", "onboard_adopt", "onboard_beside", "onboard_account_settings"}
    assert {name for name, option in _options().items() if option["type"] == "raw"} == LISTS | limits
    assert list(_yaml("meta", "argument_specs.yml")["argument_specs"]) == ["converge"]
    assert not {"departments", "employees", "onboard_policies", "onboard_roles"} & set(_yaml("defaults", "main.yml"))


def test_the_specification_has_no_attributes() -> None:
    """ansible-core warns of them in 2.19, and shows them no more."""
    assert "attributes" not in _yaml("meta", "argument_specs.yml")["argument_specs"]["converge"]
