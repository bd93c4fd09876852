# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Before the first write a run names every permission that its caller lacks for what is planned."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._permissions.facts import Own
from ansible_collections.workforce.aws.plugins.module_utils._permissions.principals import statements
from ansible_collections.workforce.aws.plugins.module_utils._street.preflight import MOST_CALLS

from tests.sandbox.client import Sandbox
from tests.support.credentials import give_credentials
from tests.support.modules import document, run_in_process
from tests.support.shipped_policies import facts

ACCOUNT = "arn:aws:iam::123456789012:"
CALLER = f"{ACCOUNT}user/automation"
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
CHANGE = "arn:aws:iam::aws:policy/IAMUserChangePassword"
MARKED = {"workforce:managed": "onboard"}
INLINE = {"one": document("s3:Get*")}
# A company before a day on which everything of a department and of people is given, changed or taken away.
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"AWS": CALLER}, "Action": "sts:AssumeRole"}],
}
OWN = {"path": "/workforce/", "tags": MARKED}
BEFORE: dict[str, Any] = {
    "policies": [
        {"name": "read-bucket", "document": document("s3:List*"), **OWN, "tags": {**MARKED, "old": "x"}},
        {"name": "old-policy", "document": document("s3:List*"), **OWN},
        {"name": "adoptee", "document": document("s3:Get*")},
    ],
    "roles": [
        {
            "name": "deployer",
            "trust": TRUST,
            **OWN,
            "tags": {**MARKED, "old": "x"},
            "managed_policies": [CHANGE],
            "inline_policies": {"old": INLINE["one"]},
            "permissions_boundary": READ_ONLY,
        },
        {"name": "old-role", "trust": TRUST, **OWN},
        {"name": "adopted-role", "trust": TRUST},
    ],
    "groups": [
        {
            "name": "sales",
            "path": "/workforce/",
            "managed_policies": [CHANGE],
            "inline_policies": {"old": INLINE["one"]},
        },
        {"name": "closed", "path": "/workforce/"},
    ],
    "users": [
        {"name": "li.wei", "tags": {**MARKED, "workforce:employee-id": "7"}, "groups": ["sales"]},
        {
            "name": "kim.lee",
            "tags": {**MARKED, "team": "a"},
            "groups": ["sales"],
            "managed_policies": [CHANGE],
            "inline_policies": INLINE,
            "permissions_boundary": READ_ONLY,
        },
        {"name": "gone", "tags": MARKED, "groups": ["sales"], "password": "Secret-1-secret", "inline_policies": INLINE},
    ],
}
CHART: dict[str, Any] = {
    "departments": [
        {"name": "sales", "managed_policies": [READ_ONLY, CHANGE], "inline_policies": INLINE},
        {"name": "apac", "managed_policies": [CHANGE]},
    ],
    "employees": [
        {"name": "asha.rao", "email": "asha.rao@example.com", "departments": ["sales"], "access_key": True},
        {
            "name": "wei.li",
            "employee_id": "7",
            "departments": ["apac"],
            "managed_policies": [READ_ONLY],
            "console": False,
        },
        {
            "name": "kim.lee",
            "departments": ["sales"],
            "tags": {},
            "managed_policies": [],
            "inline_policies": {},
            "boundary": CHANGE,
            "console": False,
        },
    ],
    "policies": [
        {"name": "read-bucket", "policy": document("s3:Get*"), "tags": {}},
        {"name": "new-policy", "policy": document("s3:Get*")},
        {"name": "old-policy", "state": "absent"},
        {"name": "adoptee", "path": "/", "policy": document("s3:Get*"), "adopt": True},
    ],
    "roles": [
        {
            "name": "deployer",
            "assumed_by": ["sales"],
            "managed_policies": ["new-policy"],
            "inline_policies": INLINE,
            "boundary": CHANGE,
            "max_session_duration": 7200,
            "tags": {},
        },
        {"name": "new-role", "assumed_by": ["sales"]},
        {"name": "old-role", "state": "absent"},
        {"name": "adopted-role", "path": "/", "assume_role_policy_document": TRUST, "adopt": True},
    ],
    "account_settings": {"alias": "example-corp", "password_policy": {"min_pw_length": 14}},
    "unlisted": "remove",
    "unlisted_departments": "remove",
    "confirm_renames": 1,
    "max_losses": 100,
}
# What no step of the plan needs: reads, and forms of the deny that are tried where another was refused.
NOT_PLANNED = {
    "ReadAccount",
    "ReadRoles",
    "ReadPolicies",
    "ReadDepartments",
    "ReadEmployees",
    "ForeseeRefusals",
    "ProveFirstSignIn",
}
NOT_PLANNED |= {"DenyAnybody", "DenyByBoundary", "NeverThese"}


def _own(entry: dict[str, Any]) -> Own:
    adopted, removed = entry.get("adopt", False), entry.get("state") == "absent"
    return Own(entry["name"], entry.get("path", "/workforce/"), removed=removed, adopted=adopted)


def _needed() -> list[dict[str, Any]]:
    listed = (READ_ONLY, CHANGE)
    found = statements(
        "runner",
        dataclasses.replace(
            facts(),
            adopted=(),
            department_policies=listed,
            employee_policies=listed,
            employee_boundaries=listed,
            inline_departments=(("/workforce/", "sales"),),
            policies=tuple(map(_own, CHART["policies"])),
            roles=tuple(map(_own, CHART["roles"])),
            role_policies=(f"{ACCOUNT}policy/workforce/new-policy",),
            role_boundaries=listed,
            features=facts().features | {"account_alias", "password_policy"},
        ),
    )
    return [dict(statement.document()) for statement in found]


def _run(sandbox: Sandbox, allowed: list[dict[str, Any]], *, iam: Any) -> dict[str, Any]:
    """One run of a caller to whom policies with these statements are attached, where the simulator finds them."""
    sandbox.reset()
    sandbox.seed(policies=[*BEFORE["policies"], *_policies(allowed)])
    arns = [f"{ACCOUNT}policy/{one['name']}" for one in _policies(allowed)]
    caller = {"name": "automation", "managed_policies": arns}
    users = [*BEFORE["users"], caller, {"name": "boss"}]
    sandbox.seed(groups=BEFORE["groups"], users=users, roles=BEFORE["roles"])
    give_credentials(iam, "gone")
    iam.attach_user_policy(UserName="boss", PolicyArn=f"{ACCOUNT}policy/workforce/old-policy")
    options = {**CHART, "credentials": {"mail": sandbox.mailbox.settings()}}
    return run_in_process("iam_workforce", options, sandbox=sandbox)


def _policies(allowed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One policy for every eight statements, so that each fits."""
    places = range(0, len(allowed), 8)
    return [
        {"name": f"runner-{place}", "document": {"Version": "2012-10-17", "Statement": allowed[place : place + 8]}}
        for place in places
    ]


def _refusals(done: dict[str, Any]) -> list[str]:
    return [fault for fault in done.get("faults", ()) if fault.startswith(f"{CALLER}: may not")]


def _sids(told: list[str]) -> set[str]:
    return {
        re.findall(r"add the statement (\w+) of `ansible-playbook workforce.aws.permissions`", one)[0] for one in told
    }


def _planned(whole: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in whole if one["Sid"] not in NOT_PLANNED]


def test_all_that_is_missing_is_named_at_once_before_anything_is_written(sandbox: Sandbox, iam: Any) -> None:
    whole = _needed()
    planned = _planned(whole)
    done = _run(sandbox, whole, iam=iam)
    assert "failed" not in done, done["msg"]
    assert done["api_calls"]["by_operation"]["SimulatePrincipalPolicy"] <= MOST_CALLS + len(CHART["departments"])
    again = run_in_process("iam_workforce", CHART, sandbox=sandbox)
    assert again["api_calls"]["by_operation"].keys() >= {"GetCallerIdentity"}
    assert (again["changed"], "SimulatePrincipalPolicy" in again["api_calls"]["by_operation"]) == (False, False)

    refused = _run(sandbox, [one for one in whole if one not in planned], iam=iam)
    assert _sids(_refusals(refused)) == {one["Sid"] for one in planned}
    assert (
        f"{CALLER}: may not iam:PutGroupPolicy on group/workforce/sales (department sales: gains inline policy one): "
        "add the statement GiveDepartmentsInlinePolicies of `ansible-playbook workforce.aws.permissions`"
    ) in refused["faults"]
    state = sandbox.state()
    assert "asha.rao" not in state["users"]
    assert state["groups"]["sales"]["inline_policies"].keys() == {"old"}


@pytest.mark.long
def test_each_missing_statement_is_named(sandbox: Sandbox, iam: Any) -> None:
    whole = _needed()
    for removed in _planned(whole):
        refused = _run(sandbox, [one for one in whole if one is not removed], iam=iam)
        assert _sids(_refusals(refused)) == {removed["Sid"]}, (removed["Sid"], refused.get("msg"))
        state = sandbox.state()
        assert "asha.rao" not in state["users"], removed["Sid"]
        assert state["groups"]["sales"]["inline_policies"].keys() == {"old"}, removed["Sid"]
