# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Helpers for tests of the role: a small company, plays that include the role, and what a run did."""

from __future__ import annotations

import json
from typing import Any

from tests.sandbox.client import Sandbox
from tests.support.playbooks import PlaybookResult
from tests.tools.places import ROOT

PREFIX = "workforce.aws.onboard : "
DISPATCH = PREFIX + "Bring each account in step on one of its hosts"
RUN = PREFIX + "Bring the account in step with departments and employees"
SUMMARY = PREFIX + "Show the summary"
TOGETHER = PREFIX + "Show what became of all accounts"
FAIL = PREFIX + "Fail because the account is not in step"
WARN = PREFIX + "Warn that the account is not in step"
# GetCallerIdentity needs no permission. AssumeRole is called with other credentials than the runner's.
FREE_OPERATIONS = {"GetCallerIdentity", "AssumeRole"}
CHART: dict[str, Any] = {
    "departments": [
        {"name": "sales", "managed_policies": ["ReadOnlyAccess"]},
        {"name": "data-science", "managed_policies": []},
    ],
    "employees": [
        {"name": "asha.rao", "departments": ["sales"]},
        {"name": "li.wei", "departments": ["sales", "data-science"]},
    ],
}
NAMES = ["asha.rao", "li.wei"]


def policies_of(name: str) -> list[dict[str, Any]]:
    """docs/<name>-policy.json, or docs/<name>-policy-1.json and so on."""
    found = sorted((ROOT / "docs").glob(f"{name}-policy*.json"))
    assert found, name
    return [json.loads(path.read_text(encoding="utf-8")) for path in found]


def allowed_operations(name: str = "runner") -> set[str]:
    """The operations that the policies in docs/ allow."""
    return allowed_by(policies_of(name))


def allowed_by(policies: list[dict[str, Any]]) -> set[str]:
    """The operations of IAM that these policies allow somewhere."""
    actions: set[str] = set()
    for statement in (statement for policy in policies for statement in policy["Statement"]):
        listed = statement.get("Action", []) if statement["Effect"] == "Allow" else []
        actions.update([listed] if isinstance(listed, str) else listed)
    return {action.removeprefix("iam:") for action in actions}


def operations_seen(sandbox: Sandbox) -> set[str]:
    """The operations that the role called since the counts were cleared, without the test's own calls."""
    ours = [call for call in sandbox.calls(log=100_000)["log"] if "workforce.aws/" in (call["user_agent"] or "")]
    return {call["operation"] for call in ours} - FREE_OPERATIONS


def hosts_that_ran(outcome: PlaybookResult) -> list[str]:
    """The hosts that brought an account in step, once for each time."""
    ran = [task.hosts for task in outcome.tasks if task.name == RUN]
    return [host for hosts in ran for host, result in hosts.items() if not result.get("skipped")]


def hosts_of(outcome: PlaybookResult, task: str) -> set[str]:
    """The hosts on which a task ran."""
    found = [each.hosts for each in outcome.tasks if each.name == task]
    return {host for hosts in found for host, result in hosts.items() if not result.get("skipped")}


def inventory(*hosts: str, settings: dict[str, dict[str, Any]] | None = None, **variables: Any) -> dict[str, Any]:
    """An inventory with these hosts, the small company, and more variables for one or all of them."""
    return {
        "all": {
            "hosts": {host: (settings or {}).get(host, {}) for host in hosts},
            "vars": {**CHART, **variables},
        }
    }


def play(*tasks: dict[str, Any], **keywords: Any) -> dict[str, Any]:
    """A play over all hosts, without facts unless it says otherwise."""
    return {"name": "Test", "hosts": "all", "gather_facts": False, "tasks": list(tasks), **keywords}


ROLE: dict[str, Any] = {"name": "Include", "ansible.builtin.include_role": {"name": "workforce.aws.onboard"}}
LATER: dict[str, Any] = {"name": "Later", "ansible.builtin.debug": {"msg": "still here"}}


def settings_of(sandbox: Sandbox, account_id: str) -> dict[str, str]:
    """The connection to one of the sandbox's accounts."""
    credentials = sandbox.credentials(account_id)
    return {"access_key": credentials["access_key_id"], "secret_key": credentials["secret_access_key"]}
