# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/runner-policy.json allows what the job does, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ansible_collections.workforce.aws.plugins.module_utils._core.suspension import DENY_NAME, deny

from tests.sandbox.client import Sandbox
from tests.support.credentials import give_credentials
from tests.support.modules import document, run_in_process
from tests.support.role import allowed_operations, operations_seen
from tests.tools.places import ROOT

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
NARROWED = {
    "KeepDepartments": "group",
    "KeepEmployees": "user",
    "CutLeaversOff": "user",
    "IssueCredentials": "user",
    "LeaveNoDevices": "mfa",
    "ReadPolicies": "policy",
}
# IAM's simulator is asked of departments, and of users with policies of their own.
SIMULATED = ["arn:aws:iam::*:group/*", "arn:aws:iam::*:user/*"]
INLINE = {"one": document("s3:Get*")}
GROUP = {"name": "sales", "managed_policies": ["ReadOnlyAccess"], "inline_policies": INLINE}
USER: dict[str, Any] = {"name": "asha.rao", "departments": ["sales"], "inline_policies": INLINE}
# What a company's first days can bring: everything of a department and of an employee comes and goes.
FIRST_DAYS: list[dict[str, Any]] = [
    {
        "departments": [GROUP],
        "employees": [{**USER, "tags": {"team": "a"}, "managed_policies": ["ReadOnlyAccess"], "boundary": READ_ONLY}],
    },
    {
        "departments": [{"name": "sales", "path": "/workforce/emea/", "managed_policies": [], "inline_policies": {}}],
        "employees": [
            {
                "name": "asha.rao",
                "path": "/people/",
                "departments": [],
                "tags": {"cost": "b"},
                "managed_policies": [],
                "inline_policies": {},
                "boundary": "",
            }
        ],
    },
]
# What one person's days bring in an account that is so large that asking for the person alone takes fewer calls.
LATER_DAYS: list[dict[str, Any]] = [
    {
        "departments": [GROUP],
        "employees": [{**USER, "managed_policies": [READ_ONLY], "boundary": READ_ONLY}],
        "onboard_only": ["asha.rao"],
    },
    {
        "departments": [GROUP, {"name": "apac"}, {"name": "emea"}],
        "employees": [{**USER, "departments": ["sales", "apac", "emea"]}],
        "onboard_only": ["asha.rao"],
    },
]
# What somebody's last days bring, with a credential of each kind, and those of a department.
LAST_DAYS: list[dict[str, Any]] = [
    {"departments": [GROUP], "employees": [{"name": "asha.rao", "state": "suspended"}]},
    {"departments": [GROUP], "employees": [{"name": "asha.rao"}], "onboard_readmit_keys": True},
    {"departments": [], "employees": [], "onboard_unlisted": "remove", "onboard_unlisted_departments": "remove"},
]
# What first passwords bring: a joiner in a department that exists and one that is new, somebody whose mail was never
# finished, and somebody who never signed in.
CHANGE = "arn:aws:iam::aws:policy/IAMUserChangePassword"
MARKED = {"workforce:managed": "onboard"}
# Of more suspended people than are read one by one, the credential report tells who can sign in again.
GONE: list[dict[str, Any]] = [
    {
        "name": f"gone.{number}",
        "tags": {**MARKED, "workforce:suspended": "2026-01-05T07:00:00Z person"},
        "inline_policies": {DENY_NAME: deny("person")},
    }
    for number in range(11)
]
BEFORE: dict[str, Any] = {
    "groups": [{"name": "support", "path": "/workforce/", "managed_policies": [CHANGE]}],
    "users": [
        {
            "name": "li.wei",
            "groups": ["support"],
            "tags": {**MARKED, "workforce:credential": "pending"},
            "password": "Never-seen-2026",
            "password_reset_required": True,
        },
        {
            "name": "kim.lee",
            "groups": ["support"],
            "tags": {**MARKED, "workforce:credential": "delivered 2026-01-05T07:00:00Z mail"},
            "password": "Never-used-2026",
            "password_reset_required": True,
        },
        *GONE,
    ],
}
FIRST_PASSWORDS: dict[str, Any] = {
    "departments": [
        {"name": "support", "managed_policies": [CHANGE]},
        {"name": "sales", "managed_policies": [CHANGE, READ_ONLY]},
    ],
    "employees": [
        {"name": "asha.rao", "email": "asha.rao@example.com", "departments": ["support"]},
        {"name": "eva.janssen", "email": "eva.janssen@example.com", "departments": ["sales"]},
        {"name": "li.wei", "email": "li.wei@example.com", "departments": ["support"], "access_key": True},
        {"name": "kim.lee", "email": "kim.lee@example.com", "departments": ["support"]},
    ],
}


def test_policy_is_what_the_job_does(sandbox: Sandbox, iam: Any) -> None:
    seen = _first_passwords(sandbox, iam)
    sandbox.reset()
    _run(FIRST_DAYS, sandbox)
    give_credentials(iam, "asha.rao")
    iam.create_login_profile(UserName="asha.rao", Password="Secret-1-secret")
    _run([*LAST_DAYS, *FIRST_DAYS], sandbox)
    sandbox.seed(
        users=[{"name": f"somebody.{number}"} for number in range(4500)],
        groups=[{"name": name, "path": "/workforce/", "inline_policies": INLINE} for name in ("apac", "emea")],
    )
    _run(LATER_DAYS, sandbox)
    assert seen | operations_seen(sandbox) == allowed_operations()


def _run(charts: Sequence[dict[str, Any]], sandbox: Sandbox) -> None:
    """What the role's module does with these variables, in this process: nothing else of the role asks AWS."""
    for chart in charts:
        options = {name.removeprefix("onboard_"): value for name, value in chart.items()}
        done = run_in_process("iam_workforce", options, sandbox=sandbox)
        assert "failed" not in done, done["msg"]


def _first_passwords(sandbox: Sandbox, iam: Any) -> set[str]:
    sandbox.seed(**BEFORE)
    iam.create_access_key(UserName="li.wei")
    settings = {"mail": sandbox.mailbox.settings(), "expire_after_days": 14}
    _run([{**FIRST_PASSWORDS, "onboard_credentials": settings}], sandbox)
    users = sandbox.state()["users"]
    tags = {name: user["tags"] for name, user in users.items() if not name.startswith("gone.")}
    marks = {name: of_one["workforce:credential"].split()[0] for name, of_one in tags.items()}
    delivered = dict.fromkeys(("asha.rao", "eva.janssen", "li.wei"), "delivered")
    assert marks == {**delivered, "kim.lee": "revoked"}
    return operations_seen(sandbox)


def test_resources_are_narrow() -> None:
    """Where IAM knows a resource, the policy names its kind; only account-wide reads stand on everything."""
    policy = json.loads((ROOT / "docs" / "runner-policy.json").read_text(encoding="utf-8"))
    wide = [statement for statement in policy["Statement"] if statement["Resource"] == "*"]
    assert [statement["Sid"] for statement in wide] == ["ReadAccount"]
    reads = ("iam:Get", "iam:List", "iam:GenerateCredentialReport")
    assert all(action.startswith(reads) for action in wide[0]["Action"])
    for statement in policy["Statement"]:
        if statement["Sid"] == "ProveFirstSignIn":
            assert statement["Resource"] == SIMULATED
        elif statement not in wide:
            assert statement["Resource"] == f"arn:aws:iam::*:{NARROWED[statement['Sid']]}/*"
    assert len(json.dumps(policy, separators=(",", ":"))) < 6144
