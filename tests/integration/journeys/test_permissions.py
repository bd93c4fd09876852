# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""workforce.aws.permissions from the command line: what it prints, and that the job runs with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.sandbox.client import Sandbox
from tests.support.modules import document, run_in_process
from tests.support.playbooks import PlaybookResult
from tests.support.role import PREFIX, inventory

PERMISSIONS = "workforce.aws.permissions"
BOUNDARY = "arn:aws:iam::123456789012:policy/bounds/developers"
LISTS: dict[str, Any] = {
    "departments": [
        {"name": "sales", "managed_policies": ["ReadOnlyAccess"], "inline_policies": {"one": document("s3:Get*")}},
        {"name": "old-timers", "managed_policies": ["job-function/Billing"]},
    ],
    "employees": [{"name": "asha.rao", "departments": ["sales"], "boundary": "developers"}],
    "onboard_adopted_departments": ["old-timers"],
    "onboard_protected": ["/machines/"],
}


def test_the_job_runs_with_what_is_printed(playbook: Callable[..., PlaybookResult], sandbox: Sandbox) -> None:
    sandbox.seed(
        policies=[{"name": "developers", "path": "/bounds/", "document": document("s3:*")}],
        groups=[{"name": "old-timers", "path": "/ancient/"}],
    )
    printed = playbook(PERMISSIONS, inventory=inventory("localhost", **LISTS)).succeeded()
    page = "\n".join(printed.page(f"{PREFIX}Show the policy"))
    assert page.startswith("# What the principal runner of this inventory needs in account 123456789012, and no more.")
    assert "# GiveDepartmentsInlinePolicies: writes the inline policies of the departments that have some." in page
    for arn in ("group/workforce/*", "group/workforce/sales", "group/*/old-timers", "user/machines/*"):
        assert f'"arn:aws:iam::123456789012:{arn}"' in page
    assert '"arn:aws:iam::aws:policy/job-function/Billing"' in page
    for action in ("DeleteUser", "DeleteGroup", "CreateLoginProfile", "CreateAccessKey", "PutRolePolicy"):
        assert f'"iam:{action}"' not in page

    # The same for everybody who must have a boundary.
    lists = {name.removeprefix("onboard_"): value for name, value in LISTS.items()}
    bound = run_in_process("iam_permissions_report", {**lists, "required_boundary": "developers"}, sandbox=sandbox)
    (needed,) = (policy["document"] for policy in bound["policies"])
    statements = {statement["Sid"]: statement for statement in needed["Statement"]}
    assert statements["CreateEmployees"]["Condition"]["ArnEquals"] == {"iam:PermissionsBoundary": BOUNDARY}
    sandbox.switch(policies=[needed])
    done = run_in_process("iam_workforce", lists, sandbox=sandbox)
    assert "failed" not in done, done["msg"]
    again = run_in_process("iam_workforce", lists, sandbox=sandbox)
    assert again["changed"] is False
    user = sandbox.state()["users"]["asha.rao"]
    assert (user["groups"], user["permissions_boundary"]) == (["sales"], BOUNDARY)
    unbound = {**lists, "employees": [*lists["employees"], {"name": "li.wei", "departments": ["sales"]}]}
    refused = run_in_process("iam_workforce", unbound, sandbox=sandbox)
    assert [failure["operation"] for failure in refused["failures"]] == ["CreateUser"]
