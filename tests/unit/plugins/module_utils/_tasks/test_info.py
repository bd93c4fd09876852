# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which users and groups iam_directory_info tells."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Directory, Group, User
from ansible_collections.workforce.aws.plugins.module_utils._tasks.info import directory_data

DIRECTORY = Directory(
    users={"li": User("Li", path="/people/"), "ann": User("ann")},
    groups={"sales": Group("Sales", path="/people/sales/"), "ops": Group("ops")},
    memberships=frozenset({("ann", "sales")}),
)


@pytest.mark.parametrize(
    ("given", "users", "groups"),
    [
        ({}, ["ann", "Li"], ["ops", "Sales"]),
        ({"path_prefix": "/people/"}, ["Li"], ["Sales"]),
        ({"path_prefix": "/none/"}, [], []),
        ({"users": ["LI", "nobody"]}, ["Li"], []),
        ({"groups": ["SALES"]}, [], ["Sales"]),
        ({"users": [], "groups": []}, [], []),
        ({"users": ["ann"], "groups": ["ops"]}, ["ann"], ["ops"]),
    ],
)
def test_what_is_told(given: dict[str, t.Any], users: list[str], groups: list[str]) -> None:
    data = directory_data(DIRECTORY, {"path_prefix": None, "users": None, "groups": None, "include": [], **given})
    assert [user["user_name"] for user in data["users"]] == users
    assert [group["group_name"] for group in data["groups"]] == groups
    assert data["counts"] == {"users": len(users), "groups": len(groups)}


def test_names_lead_from_one_side_to_the_other() -> None:
    data = directory_data(DIRECTORY, {"path_prefix": None, "users": None, "groups": None, "include": []})
    assert data["users"][0]["groups"] == ["Sales"]
    assert data["groups"][1]["users"] == ["ann"]
