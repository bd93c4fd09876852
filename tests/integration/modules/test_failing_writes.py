# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every write that a module makes fails once, in every way: refused, throttled, unheard, done but the answer lost.

A refusal is told with its operation, code and advice, and the next run finishes. What passes by itself does so unseen,
and nothing is done twice.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._aws import pace

from tests.sandbox.client import Sandbox
from tests.support.credentials import give_credentials
from tests.support.modules import Run, document

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
BILLING = "arn:aws:iam::aws:policy/job-function/Billing"
PASSWORD = "A-Password-2026"


@dataclass(frozen=True)
class Case:
    """A module's options that lead to one operation, on an account that was filled so."""

    module: str
    options: dict[str, Any]
    groups: list[dict[str, Any]] = field(default_factory=list)
    users: list[dict[str, Any]] = field(default_factory=list)


ASHA = {"name": "asha.rao"}
SALES = {"name": "sales"}
FULL_GROUP = {"name": "sales", "managed_policies": [READ_ONLY], "inline_policies": {"own": document("s3:*")}}
MEMBER = {"name": "asha.rao", "groups": ["sales"]}
LEAVER = {
    **MEMBER,
    "managed_policies": [READ_ONLY],
    "inline_policies": {"own": document("s3:*")},
    "password": PASSWORD,
}
ABSENT = {"name": "asha.rao", "state": "absent"}
DELETION = Case("iam_user", ABSENT, groups=[SALES], users=[LEAVER])
GROUP_DELETION = Case("iam_group", {"name": "sales", "state": "absent"}, groups=[FULL_GROUP], users=[MEMBER])
NO_INLINE = {"inline_policies": {}, "purge_inline_policies": True}
NO_MANAGED = {"managed_policies": [], "purge_policies": True}

CASES = {
    "CreateUser": Case("iam_user", {**ASHA, "path": "/people/", "tags": {"Team": "data"}, "boundary": READ_ONLY}),
    "CreateGroup": Case("iam_group", {**SALES, "path": "/workforce/"}),
    "UpdateUser": Case("iam_user", {**ASHA, "path": "/people/"}, users=[ASHA]),
    "UpdateGroup": Case("iam_group", {**SALES, "path": "/workforce/"}, groups=[SALES]),
    "TagUser": Case("iam_user", {**ASHA, "tags": {"Team": "data"}}, users=[ASHA]),
    "UntagUser": Case("iam_user", {**ASHA, "tags": {}}, users=[{**ASHA, "tags": {"Team": "data"}}]),
    "PutUserPermissionsBoundary": Case("iam_user", {**ASHA, "boundary": READ_ONLY}, users=[ASHA]),
    "DeleteUserPermissionsBoundary": Case(
        "iam_user", {**ASHA, "boundary": ""}, users=[{**ASHA, "permissions_boundary": READ_ONLY}]
    ),
    "AttachUserPolicy": Case("iam_user", {**ASHA, "managed_policies": [READ_ONLY]}, users=[ASHA]),
    "AttachGroupPolicy": Case("iam_group", {**SALES, "managed_policies": [READ_ONLY]}, groups=[SALES]),
    "DetachUserPolicy": Case("iam_user", {**ASHA, **NO_MANAGED}, users=[{**ASHA, "managed_policies": [READ_ONLY]}]),
    "DetachGroupPolicy": Case("iam_group", {**SALES, **NO_MANAGED}, groups=[FULL_GROUP]),
    "PutUserPolicy": Case("iam_user", {**ASHA, "inline_policies": {"a": document("s3:*")}}, users=[ASHA]),
    "PutGroupPolicy": Case("iam_group", {**SALES, "inline_policies": {"a": document("s3:*")}}, groups=[SALES]),
    "DeleteUserPolicy": Case("iam_user", {**ASHA, **NO_INLINE}, groups=[SALES], users=[LEAVER]),
    "DeleteGroupPolicy": Case("iam_group", {**SALES, **NO_INLINE}, groups=[FULL_GROUP]),
    "AddUserToGroup": Case("iam_membership", {"user": "asha.rao", "groups": ["sales"]}, groups=[SALES], users=[ASHA]),
    "RemoveUserFromGroup": Case(
        "iam_membership", {"group": "sales", "users": ["asha.rao"], "state": "absent"}, groups=[SALES], users=[MEMBER]
    ),
    "CreateLoginProfile": Case("iam_user", {**ASHA, "password": PASSWORD}, users=[ASHA]),
    "UpdateLoginProfile": Case(
        "iam_user",
        {**ASHA, "password": PASSWORD, "update_password": "always", "password_reset_required": True},
        users=[{**ASHA, "password": "Another-Password-1"}],
    ),
    "DeleteLoginProfile": Case("iam_user", {**ASHA, "remove_password": True}, groups=[SALES], users=[LEAVER]),
    "DeleteAccessKey": DELETION,
    "DeleteSigningCertificate": DELETION,
    "DeleteSSHPublicKey": DELETION,
    "DeleteServiceSpecificCredential": DELETION,
    "DeactivateMFADevice": DELETION,
    "DeleteVirtualMFADevice": DELETION,
    "DeleteUser": DELETION,
    "DeleteGroup": GROUP_DELETION,
}
_GOALS: dict[str, Any] = {}
FOLLOWING = {"DeactivateMFADevice": ["DeleteVirtualMFADevice"]}
REFUSALS = ["AccessDenied", "LimitExceeded"]
PASSING = [
    {"code": "Throttling"},
    {"mode": "lose_connection_before"},
    {"mode": "lose_connection_after"},
]


@pytest.fixture(params=CASES)
def operation(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Botocore's pauses and our own are not waited for."""
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    monkeypatch.setattr(pace, "FIRST_DELAY", 0.01)


def test_refused(operation: str, run: Run, sandbox: Sandbox, iam: Any) -> None:
    case = CASES[operation]
    goal = _goal(case, run, sandbox, iam)
    for code in REFUSALS:
        _fill(case, sandbox, iam)
        sandbox.fail(operation, code)
        failed = run(case.module, case.options)
        assert failed["failed"] is True
        told, *others = failed["failures"]
        # A device that is still assigned cannot be deleted; nothing else fails with another step.
        assert [each["operation"] for each in others] == FOLLOWING.get(operation, [])
        assert (told["operation"], told["code"]) == (operation, code)
        assert told["subject"] in failed["msg"]
        assert code in failed["msg"]
        assert told["advice"]
        if code == "AccessDenied":
            assert f"iam:{operation}" in told["advice"]
        assert PASSWORD not in str(failed)
        assert sandbox.calls()["by_operation"][operation] == 1
        again = run(case.module, case.options)
        assert again["changed"] is True, again
        assert _comparable(sandbox) == goal


def _passing() -> Iterator[Any]:
    """Every operation with the answer that is lost, which alone means something else for each; one with the others."""
    for operation in CASES:
        for failure in PASSING:
            standing = operation == "CreateUser" or failure is PASSING[-1]
            name = f"{operation}-{failure.get('mode') or failure['code']}"
            yield pytest.param(operation, failure, id=name, marks=() if standing else pytest.mark.long)


@pytest.mark.parametrize(("operation", "failure"), list(_passing()))
def test_passing(operation: str, failure: dict[str, Any], run: Run, sandbox: Sandbox, iam: Any) -> None:
    case = CASES[operation]
    goal = _goal(case, run, sandbox, iam)
    _fill(case, sandbox, iam)
    sandbox.fail(operation, **failure)
    done = run(case.module, case.options)
    assert done.get("failed") is not True, done
    assert done["changed"] is True
    assert _comparable(sandbox) == goal
    assert sandbox.calls()["by_operation"][operation] == done["api_calls"]["by_operation"][operation]


def test_a_connection_that_stays_lost(run: Run, sandbox: Sandbox) -> None:
    sandbox.fail("CreateUser", mode="lose_connection_before", count=None)
    failed = run("iam_user", {**ASHA, "managed_policies": [READ_ONLY], "password": PASSWORD})
    (told,) = failed["failures"]
    assert told["operation"] == "CreateUser"
    assert "Check the network" in told["advice"]
    assert failed["changed"] is False
    assert "user" not in failed
    assert sandbox.state()["users"] == {}


def test_what_goes_before_a_failure_is_kept_and_told(run: Run, sandbox: Sandbox) -> None:
    sandbox.fail("AttachUserPolicy", "AccessDenied")
    failed = run("iam_user", {**ASHA, "managed_policies": [READ_ONLY], "password": PASSWORD})
    assert failed["changed"] is True
    assert failed["user"]["attached_policies"] == []
    # Nobody gets a password before what stands before it in the plan.
    assert sandbox.state()["users"]["asha.rao"]["login_profile"] is None


def test_credentials_are_cut_even_when_a_step_fails(run: Run, sandbox: Sandbox, iam: Any) -> None:
    _fill(DELETION, sandbox, iam)
    sandbox.fail("DeleteAccessKey", "AccessDenied")
    failed = run("iam_user", ABSENT)
    assert [each["operation"] for each in failed["failures"]] == ["DeleteAccessKey"]
    user = sandbox.state()["users"]["asha.rao"]
    assert user["login_profile"] is None
    assert (user["ssh_public_keys"], user["mfa_devices"], user["groups"]) == ({}, [], [])
    assert len(user["access_keys"]) == 1


def test_what_iam_does_not_show_yet(run: Run, sandbox: Sandbox) -> None:
    """Writes on a user or group that this run made are tried again while IAM does not show it."""
    sandbox.seed(users=[{"name": "li.wei"}])
    sandbox.switch(visibility_delay=0.2)
    user = {**ASHA, "managed_policies": [READ_ONLY], "inline_policies": {"a": document("s3:*")}, "password": PASSWORD}
    assert run("iam_user", user)["user"]["attached_policies"] != []
    group = {**SALES, "managed_policies": [READ_ONLY], "users": ["li.wei"]}
    made = run("iam_group", group)
    assert [member["user_name"] for member in made["iam_group"]["users"]] == ["li.wei"]
    assert sandbox.calls()["errors"], "IAM showed everything at once: the test proves nothing"


def _fill(case: Case, sandbox: Sandbox, iam: Any) -> None:
    sandbox.reset()
    sandbox.seed(groups=case.groups, users=case.users)
    if case is DELETION:
        give_credentials(iam, "asha.rao")
    sandbox.clear_calls()


def _goal(case: Case, run: Run, sandbox: Sandbox, iam: Any) -> Any:
    """The account after a run in which nothing fails."""
    found = str(case)
    if found not in _GOALS:
        _fill(case, sandbox, iam)
        done = run(case.module, case.options)
        assert done.get("changed") is True, done
        _GOALS[found] = _comparable(sandbox)
    return _GOALS[found]


def _comparable(sandbox: Sandbox) -> Any:
    """The state without what differs from one account to the next that was made alike."""
    state = sandbox.state()
    for entity in (*state["users"].values(), *state["groups"].values()):
        entity.pop("id")
        if entity.get("login_profile"):
            entity["login_profile"].pop("create_date")
    return state
