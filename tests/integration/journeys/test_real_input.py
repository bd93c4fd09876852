# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The people of an optional data set, each in their last department, are brought into an empty account.

The data set is a CSV file of stays in departments with the columns employee_id, first_name, last_name, department,
joined, left. It is not part of the project: it is found beside it, or where WORKFORCE_AWS_EMPLOYEES_CSV says.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.support.history import data_set, slug, user_name
from tests.support.playbooks import PlaybookResult

ONBOARD = "workforce.aws.onboard"
POLICY = "ReadOnlyAccess"
Playbook = Callable[..., PlaybookResult]
Stay = dict[str, str]


@pytest.fixture(scope="module")
def people() -> list[Stay]:
    """The last stay of each person."""
    stays = data_set()
    return list({stay["employee_id"]: stay for stay in stays}.values())


def inventory(people: list[Stay], folder: Path) -> Path:
    """The two lists beside an inventory, as a user keeps them."""
    lists = {
        "departments": [
            {"name": name, "managed_policies": [POLICY]} for name in sorted({slug(one["department"]) for one in people})
        ],
        "employees": [
            {
                "name": user_name(one),
                "employee_id": one["employee_id"],
                "departments": [slug(one["department"])],
            }
            for one in people
        ],
    }
    (folder / "group_vars").mkdir()
    (folder / "hosts.yml").write_text("all: {}\n", encoding="utf-8")
    (folder / "group_vars" / "all.yml").write_text(json.dumps(lists), encoding="utf-8")
    return folder


def members_in_account(iam: Any) -> dict[str, set[str]]:
    """Who sits where, asked group by group."""
    groups = [group["GroupName"] for page in iam.get_paginator("list_groups").paginate() for group in page["Groups"]]
    pages = iam.get_paginator("get_group")
    return {
        group: {user["UserName"] for page in pages.paginate(GroupName=group) for user in page["Users"]}
        for group in groups
    }


def tags_in_account(iam: Any) -> dict[str, dict[str, str]]:
    """Every user's tags."""
    pages = iam.get_paginator("get_account_authorization_details").paginate(Filter=["User"])
    users = [user for page in pages for user in page["UserDetailList"]]
    return {user["UserName"]: {tag["Key"]: tag["Value"] for tag in user["Tags"]} for user in users}


def members_in_data(people: list[Stay]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in people:
        found[slug(one["department"])].add(user_name(one))
    return found


def test_people_of_the_data_set(
    people: list[Stay], playbook: Playbook, sandbox: Sandbox, iam: Any, tmp_path: Path
) -> None:
    assert len({user_name(one) for one in people}) == len(people), "two people of the data set share a name"
    where = inventory(people, tmp_path)

    playbook(ONBOARD, inventory=where).succeeded()

    assert members_in_account(iam) == members_in_data(people)
    ids = {user_name(one): one["employee_id"] for one in people}
    assert {name: tags["workforce:employee-id"] for name, tags in tags_in_account(iam).items()} == ids
    for group in members_in_data(people):
        attached = iam.list_attached_group_policies(GroupName=group)["AttachedPolicies"]
        assert [policy["PolicyName"] for policy in attached] == [POLICY]

    before = sandbox.state()
    sandbox.clear_calls()
    again = playbook(ONBOARD, inventory=where).succeeded()
    assert again.changed() == 0
    assert sandbox.calls()["by_kind"]["write"] == 0
    assert sandbox.state() == before
