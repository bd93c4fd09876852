# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A setting of a wrong type is told, and one with a typo, with the one that was meant."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.errors import AnsibleError
from ansible_collections.workforce.aws.plugins.lookup.setting_faults import (
    given_settings,
    type_faults,
    unknown_variables,
)

KNOWN = ["departments", "onboard_unlisted", "onboard_confirm_losses", "onboard_only"]


@pytest.mark.parametrize("name", [*KNOWN, "departmens", "boarding_unlistd", "on_board"])
def test_what_is_known_or_somebody_elses_is_not_told(name: str) -> None:
    assert unknown_variables([name], KNOWN, "onboard_") == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("onboard_unlistd", "; did you mean onboard_unlisted?"),
        ("onboard_confrm_losses", "; did you mean onboard_confirm_losses?"),
        ("onboard_Only", "; did you mean onboard_only?"),
        # That it begins alike makes it no nearer.
        ("onboard_smtp_password", ""),
    ],
)
def test_what_nobody_reads_is_told(name: str, meant: str) -> None:
    assert unknown_variables([name, *KNOWN], KNOWN, "onboard_") == [f"{name}: there is no such variable{meant}"]


OPTIONS: dict[str, dict[str, Any]] = {
    "onboard_unlisted": {"type": "str", "choices": ["ignore", "suspend"]},
    "onboard_days": {"type": "int"},
    "onboard_connection": {"type": "dict"},
    "onboard_only": {"type": "raw"},
    "onboard_mail": {"type": "dict", "options": {"port": {"type": "int"}}},
}


def test_types_choices_and_suboptions_are_checked() -> None:
    faults = type_faults(OPTIONS, {"onboard_unlisted": "delete", "onboard_days": "ten", "onboard_mail": {"prot": 25}})
    assert len(faults) == 3
    assert all(any(word in fault for fault in faults) for word in ("delete", "ten", "prot"))
    assert type_faults(OPTIONS, {"onboard_unlisted": "suspend", "onboard_days": "10"}) == []


def test_what_is_raw_apart_blank_absent_or_broken_is_left_to_who_reads_it() -> None:
    def value_of(raw: object) -> object:
        if raw == "{{ 1 / 0 }}":
            raise AnsibleError("division by zero")
        return raw

    variables = {
        "onboard_unlisted": " ",
        "onboard_days": "{{ 1 / 0 }}",
        "onboard_connection": "text",
        "onboard_only": 7,
        "onboard_mail": {},
        "departments": [],
    }
    assert dict(given_settings(OPTIONS, ["onboard_connection"], variables, value_of)) == {"onboard_mail": {}}
    assert dict(given_settings(OPTIONS, [], {}, value_of)) == {}
