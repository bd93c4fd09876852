# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a task reaches its account and its policies: module_defaults, a role of another account, friendly names."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.sandbox.client import Sandbox
from tests.support.modules import Run, document, task
from tests.support.playbooks import PlaybookResult

OTHER = "210987654321"
NOWHERE = "http://127.0.0.1:9"
BILLING = "arn:aws:iam::aws:policy/job-function/Billing"


def test_module_defaults(playbook: Callable[..., PlaybookResult], sandbox: Sandbox) -> None:
    """Defaults of our group reach amazon.aws's modules too; defaults of group/aws never reach ours."""
    tasks = [
        {**task("iam_user", name="asha.rao"), "name": "ours", "ignore_errors": True},
        {"amazon.aws.iam_user": {"name": "li.wei", "state": "present"}, "name": "theirs", "ignore_errors": True},
    ]
    there = {"endpoint_url": sandbox.endpoint_url}
    plays = [
        {"hosts": "localhost", "gather_facts": False, "module_defaults": {group: there}, "tasks": tasks}
        for group in ("group/workforce.aws.aws", "group/aws")
    ]
    # Without a default, a task goes nowhere.
    environment = {"AWS_ENDPOINT_URL": NOWHERE, "AWS_MAX_ATTEMPTS": "1"}
    run = playbook(plays, env=environment).succeeded()
    reached = [
        {name: not run_task.hosts["localhost"].get("failed") for name in (run_task.name,)} for run_task in run.tasks
    ]
    assert reached == [{"ours": True}, {"theirs": True}, {"ours": False}, {"theirs": True}]


def test_role_of_another_account(playbook: Callable[..., PlaybookResult], sandbox: Sandbox) -> None:
    sandbox.credentials(OTHER)
    role = {"assume_role_arn": f"arn:aws:iam::{OTHER}:role/onboarding", "external_id": "company"}
    chart = {"departments": [{"name": "sales"}], "employees": [{"name": "li.wei", "departments": ["sales"]}]}
    run = playbook(
        [
            {**task("iam_user", name="asha.rao", **role), "name": "user"},
            {**task("iam_workforce", **chart, **role, role_session_name="morning"), "name": "chart"},
            {**task("iam_directory_info", **role), "name": "info"},
        ],
        verbosity=3,
    ).succeeded()
    assert run.result("chart")["account"]["account_id"] == OTHER
    assert run.result("chart")["account"]["caller_arn"].endswith(":assumed-role/onboarding/morning")
    assert [user["user_name"] for user in run.result("info")["users"]] == ["asha.rao", "li.wei"]
    assert list(sandbox.state(OTHER)["users"]) == ["asha.rao", "li.wei"]
    assert sandbox.state()["users"] == {}
    assert run.result("user")["api_calls"]["by_operation"]["AssumeRole"] == 1
    # The temporary keys are in no output.
    assert "ASIA" not in run.text()


def test_friendly_names(run: Run, sandbox: Sandbox, iam: Any) -> None:
    own = iam.create_policy(PolicyName="Own", Path="/team/data/", PolicyDocument=_text(document("s3:*")))["Policy"][
        "Arn"
    ]
    for number, (name, arn) in enumerate(
        [
            ("Billing", BILLING),
            ("job-function/Billing", BILLING),
            ("/job-function/Billing", BILLING),
            ("billing", BILLING),
            ("Own", own),
            ("team/data/Own", own),
            ("AWSLambdaBasicExecutionRole", "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"),
        ]
    ):
        made = run("iam_group", {"name": f"group-{number}", "managed_policies": [name]})
        assert made["iam_group"]["attached_policies"] == [{"policy_arn": arn, "policy_name": arn.rsplit("/", 1)[-1]}]
    # Twice the same policy, by its name and by its ARN.
    both = run("iam_user", {"name": "asha.rao", "managed_policies": ["Own", own]})
    assert both["api_calls"]["write"] == 2


def test_an_ambiguous_name_is_told_with_both_arns(run: Run, sandbox: Sandbox, iam: Any) -> None:
    own = iam.create_policy(PolicyName="Billing", PolicyDocument=_text(document("s3:*")))["Policy"]["Arn"]
    refused = run("iam_group", {"name": "sales", "managed_policies": ["Billing"]})
    assert f"which is ambiguous: {own} or {BILLING}" in refused["msg"]
    # With its path the name is not.
    assert run("iam_group", {"name": "sales", "managed_policies": ["job-function/Billing"]})["changed"] is True


def test_one_listing_and_none_for_arns(run: Run, sandbox: Sandbox) -> None:
    named = run("iam_group", {"name": "sales", "managed_policies": ["Billing", "ReadOnlyAccess", "PowerUserAccess"]})
    pages = named["api_calls"]["by_operation"]["ListPolicies"]
    again = run("iam_group", {"name": "sales", "managed_policies": ["Billing"]})
    assert again["api_calls"]["by_operation"] == {
        "GetGroup": 1,
        "ListAttachedGroupPolicies": 1,
        "ListPolicies": pages,
    }
    assert pages <= 2
    by_arn = run("iam_group", {"name": "sales", "managed_policies": [BILLING]})
    assert by_arn["api_calls"]["by_operation"] == {"GetGroup": 1, "ListAttachedGroupPolicies": 1}


def _text(policy: dict[str, Any]) -> str:
    return json.dumps(policy)
