# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The count of calls and their log."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from botocore.config import Config

from tests.sandbox.client import Sandbox

from ..calling import PASSWORD, names
from ..refusal import code_of


def test_calls_are_counted_and_logged_without_values(sandbox: Sandbox, iam: Any) -> None:
    iam.create_user(UserName="asha")
    iam.create_login_profile(UserName="asha", Password=PASSWORD)
    assert code_of(iam.create_user, UserName="asha") == "EntityAlreadyExists"
    sandbox.boto("sts").get_caller_identity()
    calls = sandbox.calls()
    assert calls["total"] == 4
    assert calls["by_operation"] == {"CreateLoginProfile": 1, "CreateUser": 2, "GetCallerIdentity": 1}
    assert calls["by_kind"] == {"read": 1, "write": 3}
    assert calls["errors"] == {"EntityAlreadyExists": 1}
    assert calls["write_seconds"] == calls["log"][2]["at"] - calls["log"][0]["at"]
    entry = calls["log"][1]
    assert (entry["operation"], entry["subject"], entry["outcome"]) == ("CreateLoginProfile", "asha", "OK")
    assert entry["parameters"] == ["Password", "UserName"]
    assert "Boto3" in entry["user_agent"]
    assert PASSWORD not in json.dumps(calls)
    assert [each["outcome"] for each in sandbox.calls(log=2)["log"]] == ["EntityAlreadyExists", "OK"]
    sandbox.clear_calls()
    assert (sandbox.calls()["total"], sandbox.calls()["write_seconds"]) == (0, 0)


def test_what_botocore_tries_again_is_counted_again(sandbox: Sandbox) -> None:
    sandbox.fail("ListUsers", "Throttling", count=2)
    patient = sandbox.boto(config=Config(retries={"mode": "standard", "total_max_attempts": 3}))
    assert names(patient) == []
    assert sandbox.calls()["by_operation"] == {"ListUsers": 3}


def test_threads_that_share_a_client_lose_no_call(sandbox: Sandbox, iam: Any) -> None:
    iam.create_group(GroupName="all")

    def hire(number: int) -> None:
        iam.create_user(UserName=f"user-{number}")
        iam.add_user_to_group(UserName=f"user-{number}", GroupName="all")

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(hire, range(120)))
    assert len(iam.get_group(GroupName="all", MaxItems=1000)["Users"]) == 120
    assert sandbox.calls()["by_operation"] == {
        "AddUserToGroup": 120,
        "CreateGroup": 1,
        "CreateUser": 120,
        "GetGroup": 1,
    }
