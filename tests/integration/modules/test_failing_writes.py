# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every write that a module makes fails once, in every way: refused, throttled, unheard, done but the answer lost.

A refusal is told with its operation, code and advice, and the next run finishes. What passes by itself does so unseen,
and nothing is done twice.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._aws import pace

from tests.sandbox.client import Sandbox
from tests.support.failing import Case, comparable
from tests.support.modules import Run, document

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
BILLING = "arn:aws:iam::aws:policy/job-function/Billing"
PASSWORD = "A-Password-2026"


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
DELETION = Case("iam_user", ABSENT, groups=[SALES], users=[LEAVER], credentials="asha.rao")
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
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
OWN_ARN = "arn:aws:iam::123456789012:policy/own"
OWN = {"name": "own", "document": document("s3:*")}
POLICY = {"name": "own", "policy": document("s3:*")}
OTHER = {**POLICY, "policy": document("sqs:*")}
ROLE = {"name": "deployer", "trust": TRUST}
BECOMING = {"name": "deployer", "assume_role_policy_document": TRUST}
FULL_ROLE = {**ROLE, "managed_policies": [READ_ONLY], "inline_policies": {"own": document("s3:*")}}
VERSION = ("CreatePolicyVersion", {"PolicyArn": OWN_ARN, "PolicyDocument": json.dumps(document("sqs:*"))})
ALIAS = ("CreateAccountAlias", {"AccountAlias": "example"})
RULES = ("UpdateAccountPasswordPolicy", {"MinimumPasswordLength": 9})
POLICY_DELETION = Case(
    "iam_managed_policy",
    {"name": "own", "state": "absent"},
    policies=[OWN],
    users=[{**ASHA, "managed_policies": [OWN_ARN]}],
    groups=[{**SALES, "managed_policies": [OWN_ARN]}],
    roles=[{**ROLE, "managed_policies": [OWN_ARN]}],
    calls=[VERSION],
)
ROLE_DELETION = Case(
    "iam_role",
    {"name": "deployer", "state": "absent"},
    roles=[FULL_ROLE],
    calls=[
        ("CreateInstanceProfile", {"InstanceProfileName": "web"}),
        ("AddRoleToInstanceProfile", {"InstanceProfileName": "web", "RoleName": "deployer"}),
    ],
)
# The same of policies, roles and the account: few of them in each run, for they go the same way.
RIGHTS = {
    "CreatePolicy": Case("iam_managed_policy", {**POLICY, "path": "/own/", "tags": {"Team": "data"}}),
    "CreatePolicyVersion": Case("iam_managed_policy", OTHER, policies=[OWN]),
    "SetDefaultPolicyVersion": Case("iam_managed_policy", OTHER, policies=[OWN], calls=[VERSION]),
    "DeletePolicyVersion": Case("iam_managed_policy", {**OTHER, "only_version": True}, policies=[OWN], calls=[VERSION]),
    "TagPolicy": Case("iam_managed_policy", {"name": "own", "tags": {"Team": "data"}}, policies=[OWN]),
    "UntagPolicy": Case(
        "iam_managed_policy", {"name": "own", "tags": {}}, policies=[{**OWN, "tags": {"Team": "data"}}]
    ),
    "DeletePolicy": POLICY_DELETION,
    "CreateRole": Case("iam_role", {**BECOMING, "path": "/own/", "tags": {"Team": "data"}, "boundary": READ_ONLY}),
    "UpdateRole": Case("iam_role", {**BECOMING, "description": "New", "max_session_duration": 7200}, roles=[ROLE]),
    "UpdateAssumeRolePolicy": Case(
        "iam_role",
        {"name": "deployer", "assume_role_policy_document": {**TRUST, "Id": "new"}},
        roles=[ROLE],
    ),
    "TagRole": Case("iam_role", {"name": "deployer", "tags": {"Team": "data"}}, roles=[ROLE]),
    "UntagRole": Case("iam_role", {"name": "deployer", "tags": {}}, roles=[{**ROLE, "tags": {"Team": "data"}}]),
    "PutRolePermissionsBoundary": Case("iam_role", {"name": "deployer", "boundary": READ_ONLY}, roles=[ROLE]),
    "DeleteRolePermissionsBoundary": Case(
        "iam_role", {"name": "deployer", "boundary": ""}, roles=[{**ROLE, "permissions_boundary": READ_ONLY}]
    ),
    "AttachRolePolicy": Case("iam_role", {"name": "deployer", "managed_policies": [READ_ONLY]}, roles=[ROLE]),
    "DetachRolePolicy": Case("iam_role", {"name": "deployer", **NO_MANAGED}, roles=[FULL_ROLE]),
    "PutRolePolicy": Case("iam_role", {"name": "deployer", "inline_policies": {"a": document("s3:*")}}, roles=[ROLE]),
    "DeleteRolePolicy": Case("iam_role", {"name": "deployer", **NO_INLINE}, roles=[FULL_ROLE]),
    "RemoveRoleFromInstanceProfile": ROLE_DELETION,
    "DeleteRole": ROLE_DELETION,
    "CreateAccountAlias": Case("iam_account", {"alias": "example-corp"}, calls=[ALIAS]),
    "DeleteAccountAlias": Case("iam_account", {"alias": ""}, calls=[ALIAS]),
    "UpdateAccountPasswordPolicy": Case("iam_account", {"min_pw_length": 14}, calls=[RULES]),
    "DeleteAccountPasswordPolicy": Case("iam_account", {"password_policy_state": "absent"}, calls=[RULES]),
}
STANDING_RIGHTS = ("CreatePolicyVersion", "CreateRole", "CreateAccountAlias")
FOLLOWING = {"DeactivateMFADevice": ["DeleteVirtualMFADevice"]}
REFUSALS = ["AccessDenied", "LimitExceeded"]
PASSING = [
    {"code": "Throttling"},
    {"mode": "lose_connection_before"},
    {"mode": "lose_connection_after"},
]


def _operations() -> Iterator[Any]:
    for operation in [*CASES, *RIGHTS]:
        standing = operation in CASES or operation in STANDING_RIGHTS
        yield pytest.param(operation, id=operation, marks=() if standing else pytest.mark.long)


@pytest.fixture(params=list(_operations()))
def operation(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Botocore's pauses and our own are not waited for."""
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    monkeypatch.setattr(pace, "FIRST_DELAY", 0.01)
    monkeypatch.setattr(pace, "SILENCE", 0.2)


def test_refused(operation: str, run: Run, sandbox: Sandbox, iam: Any) -> None:
    case = {**CASES, **RIGHTS}[operation]
    goal = case.goal(run, sandbox, iam)
    for code in REFUSALS:
        case.fill(sandbox, iam)
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
        assert comparable(sandbox) == goal


def _passing() -> Iterator[Any]:
    """Every operation with the answer that is lost, which alone means something else for each; one with the others."""
    for operation in [*CASES, *RIGHTS]:
        for failure in PASSING:
            standing = operation == "CreateUser" or (failure is PASSING[-1] and operation in [*CASES, *STANDING_RIGHTS])
            name = f"{operation}-{failure.get('mode') or failure['code']}"
            yield pytest.param(operation, failure, id=name, marks=() if standing else pytest.mark.long)


@pytest.mark.parametrize(("operation", "failure"), list(_passing()))
def test_passing(operation: str, failure: dict[str, Any], run: Run, sandbox: Sandbox, iam: Any) -> None:
    case = {**CASES, **RIGHTS}[operation]
    goal = case.goal(run, sandbox, iam)
    case.fill(sandbox, iam)
    sandbox.fail(operation, **failure)
    done = run(case.module, case.options)
    assert done.get("failed") is not True, done
    assert done["changed"] is True
    assert _with_one_version(comparable(sandbox)) == _with_one_version(goal)
    assert sandbox.calls()["by_operation"][operation] == done["api_calls"]["by_operation"][operation]


def _with_one_version(state: Any) -> Any:
    """Of policies only what is in force: a version whose answer was lost is made twice, since IAM compares none."""
    policies = {
        arn: {**policy, "versions": policy["versions"][policy["default_version"]], "default_version": ""}
        for arn, policy in state["policies"].items()
    }
    return {**state, "policies": policies}


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
    DELETION.fill(sandbox, iam)
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
