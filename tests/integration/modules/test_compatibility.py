# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A playbook moves over from amazon.aws by changing the module's name: the same tasks, both names, equal results.

Both run in this process: a module's process for each of the 50 tasks would cost a second. Real playbooks with all of
them are a long test.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.support.modules import Run
from tests.support.playbooks import PlaybookResult

SNS = "arn:aws:iam::aws:policy/AmazonSNSFullAccess"
BILLING = "arn:aws:iam::aws:policy/job-function/Billing"
POWER = "arn:aws:iam::aws:policy/PowerUserAccess"

Task = tuple[str, dict[str, Any]]

USER: list[Task] = [
    ("create", {"user_name": "testuser1", "state": "present", "wait": True, "wait_timeout": 5}),
    ("path", {"name": "testuser1", "prefix": "/one/", "state": "present"}),
    ("tags", {"name": "testuser1", "state": "present", "tags": {"TagA": "ValueA", "TagB": "ValueB"}}),
    ("fewer tags", {"name": "testuser1", "state": "present", "tags": {"TagA": "ValueA"}}),
    ("policy by ARN", {"name": "testuser1", "state": "present", "managed_policy": [SNS]}),
    ("purge", {"name": "testuser1", "state": "present", "managed_policies": [SNS], "purge_policy": True}),
    ("boundary", {"name": "testuser1", "state": "present", "boundary_policy_arn": POWER}),
    ("no boundary", {"name": "testuser1", "state": "present", "boundary": ""}),
    ("password", {"name": "testuser1", "state": "present", "password": "A-Password-2026", "update_password": "always"}),
    (
        "password kept",
        {"name": "testuser1", "state": "present", "password": "B-Password-2026", "update_password": "on_create"},
    ),
    ("password removed", {"name": "testuser1", "state": "present", "remove_password": True}),
    ("invalid path", {"name": "testuser1", "state": "present", "path": "one"}),
    ("invalid name", {"name": "test user", "state": "present"}),
    (
        "create with all",
        {
            "name": "testuser2",
            "state": "present",
            "path": "/two/",
            "boundary": POWER,
            "password": "A-Password-2026",
            "managed_policies": [SNS, "AmazonEC2ReadOnlyAccess"],
            "tags": {"TagA": "ValueA"},
        },
    ),
    ("delete", {"name": "testuser1", "state": "absent"}),
]
GROUP: list[Task] = [
    ("create", {"group_name": "testgroup1", "state": "present"}),
    ("path", {"name": "testgroup1", "state": "present", "path": "/one/"}),
    ("users", {"name": "testgroup1", "state": "present", "users": ["first", "second"]}),
    ("only one user", {"name": "testgroup1", "state": "present", "users": ["first"], "purge_users": True}),
    ("no users", {"name": "testgroup1", "state": "present", "users": [], "purge_users": True}),
    ("policy", {"name": "testgroup1", "state": "present", "managed_policies": ["AmazonSNSFullAccess"]}),
    ("purge", {"name": "testgroup1", "state": "present", "managed_policies": [SNS], "purge_policies": True}),
    ("invalid path", {"name": "testgroup1", "state": "present", "path": "one"}),
    (
        "create with all",
        {"name": "testgroup2", "state": "present", "users": ["first"], "managed_policies": [SNS], "prefix": "/two/"},
    ),
    ("delete", {"name": "testgroup1", "state": "absent"}),
]


@pytest.mark.parametrize(("module", "tasks"), [("iam_user", USER), ("iam_group", GROUP)])
def test_equal_results(run: Run, sandbox: Sandbox, module: str, tasks: list[Task]) -> None:
    def results(name: str) -> list[dict[str, Any]]:
        return [run(name, options) for _name, options in tasks]

    _compare(sandbox, module, tasks, results)


@pytest.mark.long
@pytest.mark.parametrize(("module", "tasks"), [("iam_user", USER), ("iam_group", GROUP)])
def test_equal_results_of_playbooks(
    playbook: Callable[..., PlaybookResult], sandbox: Sandbox, module: str, tasks: list[Task]
) -> None:
    def results(name: str) -> list[dict[str, Any]]:
        outcome = playbook([_named(name, each) for each in tasks]).succeeded()
        return [outcome.result(name) for name, _options in tasks]

    _compare(sandbox, module, tasks, results)


def _compare(sandbox: Sandbox, module: str, tasks: list[Task], results: Callable[[str], list[dict[str, Any]]]) -> None:
    found = []
    for collection in ("amazon.aws", "workforce.aws"):
        sandbox.reset()
        sandbox.seed(users=[{"name": "first"}, {"name": "second"}])
        found.append([_face(result) for result in results(f"{collection}.{module}")])
    theirs, ours = found
    for (name, _options), their, our in zip(tasks, theirs, ours, strict=True):
        # Newer releases of amazon.aws return `user` alone; who comes from an older one finds `iam_user` with us.
        expected = {**their, "iam_user": their["iam_user"] or (their["user"] and {"user": their["user"]})}
        assert our == expected, name
    assert any(each["failed"] for each in ours)
    assert any(each["user"] or each["iam_group"] for each in ours)


def _named(module: str, each: Task) -> dict[str, Any]:
    name, options = each
    return {"name": name, module: options, "ignore_errors": True}


def _face(result: dict[str, Any]) -> dict[str, Any]:
    """What a playbook reads from a result: all but ids and dates, which no two accounts have in common."""
    data = {key: result.get(key) for key in ("user", "iam_user", "iam_group")}
    # A module that fails may leave out `changed`; Ansible then adds that nothing was.
    return {"changed": result.get("changed", False), "failed": bool(result.get("failed")), **_plain(data)}


def _plain(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in sorted(data.items()) if _is_common(key)}
    if isinstance(data, list):
        return sorted((_plain(each) for each in data), key=str)
    return data


def _is_common(key: str) -> bool:
    # IAM spells the boundary's type in two ways; the reset flag is told more often by us.
    return not re.fullmatch(r"user_id|group_id|create_date|permissions_boundary_type|password_reset_required", key)
