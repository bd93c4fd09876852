# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a result shows of the arguments."""

from __future__ import annotations

from typing import Any

from ansible_collections.workforce.aws.plugins.module_utils._tasks.shown import SHOWN, shown_arguments

SPEC: dict[str, dict[str, Any]] = {**{name: {} for name in SHOWN}, "timezone": {"default": "UTC"}}
ABSENT: dict[str, Any] = dict.fromkeys(
    [*SHOWN, "departments", "employees", "policies", "roles", "readmit", "protected", "reissue", "only"]
)


def test_people_are_numbers_and_secrets_absent() -> None:
    given = {
        **ABSENT,
        "departments": [{"name": "sales"}],
        "employees": "a template",
        "readmit": ["asha.rao"],
        "only": ["li.wei", "asha.rao"],
        "region": "eu-central-1",
        "secret_key": "planted",
        "credentials": {"mail": {"password": "planted"}},
    }
    assert shown_arguments(given, SPEC) == {
        "departments": "1 entries",
        "employees": "a text",
        "readmit": "1 names",
        "only": "2 names",
        "region": "eu-central-1",
    }


def test_what_is_as_it_would_be_anyway_is_left_out() -> None:
    shown = shown_arguments({**ABSENT, "timezone": "UTC", "unlisted": "remove"}, SPEC)
    assert shown == {"unlisted": "remove", "departments": "0 entries", "employees": "0 entries"}
