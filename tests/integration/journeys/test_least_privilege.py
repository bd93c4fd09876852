# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The job is an IAM user with what `workforce.aws.permissions` prints, and AWS says no: it succeeds in everything."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from botocore import xform_name
from botocore.exceptions import ClientError

from tests.sandbox.client import Sandbox
from tests.support.credentials import give_credentials
from tests.support.job_user import JobUser
from tests.support.modules import document, run_in_process
from tests.support.playbooks import PlaybookResult
from tests.support.role import RUN, inventory

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
MARKED = {"workforce:managed": "onboard"}
OURS: dict[str, Any] = {"path": "/workforce/", "tags": MARKED}
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
INLINE = {"own": document("s3:Get*")}
# Before the first day: somebody who is to go, with all that somebody can have, and a policy and a role that are.
SEED: dict[str, Any] = {
    "policies": [{"name": "old-policy", "document": document("s3:List*"), **OURS}],
    "groups": [
        {"name": "admins", "managed_policies": [ADMIN]},
        {"name": "closed", "path": "/workforce/", "managed_policies": [READ_ONLY], "inline_policies": INLINE},
    ],
    "roles": [
        {"name": "old-role", "trust": TRUST, **OURS, "managed_policies": [READ_ONLY], "inline_policies": INLINE},
        {"name": "auditor", "trust": TRUST, **OURS},
        {"name": "admin", "trust": TRUST, "managed_policies": [ADMIN]},
    ],
    "users": [
        {"name": "nia.obi", "tags": MARKED},
        {"name": "boss"},
        {
            "name": "gone",
            "tags": MARKED,
            "groups": ["closed"],
            "password": "Secret-1-secret",
            "inline_policies": INLINE,
        },
    ],
}
LISTED: dict[str, dict[str, Any]] = {
    "asha": {"name": "asha.rao", "email": "asha.rao@example.com", "departments": ["platform"], "employee_id": "1"},
    "li": {"name": "li.wei", "email": "li.wei@example.com", "departments": ["sales"], "access_key": True},
    "kim": {
        "name": "kim.lee",
        "departments": ["sales"],
        "managed_policies": [READ_ONLY],
        "inline_policies": INLINE,
        "boundary": "limits",
        "tags": {"team": "a"},
        "console": False,
    },
    "nia": {"name": "nia.obi", "departments": [], "boundary": "limits", "console": False},
    "ola": {"name": "ola.berg", "departments": ["sales"], "path": "/people/", "console": False},
}
LIMITS = {"name": "limits", "policy": document("s3:*")}
DEPLOYER: dict[str, Any] = {
    "name": "deployer",
    "assumed_by": ["platform"],
    "managed_policies": ["PowerUserAccess", "reading"],
    "inline_policies": INLINE,
    "boundary": "limits",
}
AUDITOR: dict[str, Any] = {
    "name": "auditor",
    "assumed_by": ["sales"],
    "description": "Reads",
    "boundary": "limits",
}
FIRST_DAY: dict[str, Any] = {
    "departments": [
        {"name": "platform", "managed_policies": ["job-function/SystemAdministrator", "reading"], "boundary": "limits"},
        {"name": "sales", "managed_policies": ["ReadOnlyAccess"], "inline_policies": INLINE},
    ],
    "employees": list(LISTED.values()),
    "everyone": {"name": "everyone"},
    "policies": [
        {"name": "reading", "policy": document("s3:Get*")},
        LIMITS,
        {"name": "old-policy", "state": "absent"},
    ],
    "roles": [DEPLOYER, AUDITOR, {"name": "old-role", "state": "absent"}],
    "account_settings": {"alias": "example-corp", "password_policy": {"min_pw_length": 14, "allow_pw_change": True}},
    "unlisted": "remove",
    "unlisted_departments": "remove",
    "confirm_renames": 1,
    "max_losses": 100,
}
# A mover who has another name, a joiner, one who is suspended, one who is gone, and less of everything else.
SECOND_DAY: dict[str, Any] = {
    **FIRST_DAY,
    "departments": [FIRST_DAY["departments"][0], {"name": "sales", "managed_policies": [], "inline_policies": {}}],
    "employees": [
        {**LISTED["asha"], "name": "asha.sharma", "departments": ["sales"]},
        {**LISTED["li"], "access_key": False, "departments": ["sales", "platform"]},
        {**LISTED["kim"], "state": "suspended"},
        {**LISTED["nia"], "boundary": ""},
        {"name": "eva.janssen", "email": "eva.janssen@example.com", "departments": ["platform"]},
    ],
    "policies": [{"name": "reading", "policy": document("s3:List*"), "tags": {"cost": "b"}}, LIMITS],
    "roles": [
        {**DEPLOYER, "require_mfa": True, "description": "New", "managed_policies": [], "inline_policies": {}},
        {**AUDITOR, "boundary": ""},
    ],
    "account_settings": {"alias": "example-company", "password_policy": {"min_pw_length": 16}},
}
THIRD_DAY: dict[str, Any] = {
    **SECOND_DAY,
    "employees": [
        *SECOND_DAY["employees"][:2],
        LISTED["nia"],
        {**LISTED["kim"], "boundary": "", "inline_policies": {}, "tags": {}},
    ],
    "account_settings": {"alias": ""},
}


def test_the_job_as_a_user_with_the_printed_policies(
    playbook: Callable[..., PlaybookResult], sandbox: Sandbox, iam: Any, tmp_path: Path
) -> None:
    _fill(sandbox, iam)
    mail = {"mail": sandbox.mailbox.settings(), "expire_after_days": 14}
    variables = {
        name if name in ("departments", "employees") else f"onboard_{name}": value for name, value in FIRST_DAY.items()
    }
    hosts = inventory("localhost", **variables, onboard_credentials=mail)
    job = JobUser.with_printed(playbook, hosts, sandbox, iam, tmp_path)

    sandbox.clear_calls()
    first = playbook("workforce.aws.onboard", inventory=hosts, env=job.environment).succeeded().result(RUN)
    assert first["summary"][0] == "AWS account 123456789012, as arn:aws:iam::123456789012:user/job"
    for day, changed in ((FIRST_DAY, False), (SECOND_DAY, True), (SECOND_DAY, False), (THIRD_DAY, True)):
        done = run_in_process("iam_workforce", {**day, "credentials": mail}, sandbox=sandbox, env=job.environment)
        assert "failed" not in done, done["msg"]
        assert done["changed"] is changed, done["summary"]
    # Nothing was refused, not even what would have been done otherwise.
    assert "AccessDenied" not in sandbox.calls()["errors"]
    mailed = {mail["to"] for mail in sandbox.mails()}
    assert mailed == {f"{name}@example.com" for name in ("asha.rao", "li.wei", "eva.janssen")}
    _is_as_written(sandbox.state())
    _is_no_administrator(job, sandbox)


# As whoever holds the job's key: the first are those of the published lists, the others our own.
OTHERS = "arn:aws:iam::123456789012:"
ANY = {"PolicyName": "any", "PolicyDocument": json.dumps(document("*"))}
MARK = [{"Key": "workforce:managed", "Value": "onboard"}]
WAYS: list[tuple[str, dict[str, Any]]] = [
    ("CreatePolicyVersion", {"PolicyArn": f"{OTHERS}policy/job-0", "PolicyDocument": ANY["PolicyDocument"]}),
    ("SetDefaultPolicyVersion", {"PolicyArn": f"{OTHERS}policy/job-0", "VersionId": "v1"}),
    ("CreateAccessKey", {"UserName": "boss"}),
    ("CreateLoginProfile", {"UserName": "boss", "Password": "Secret-1-secret"}),
    ("UpdateLoginProfile", {"UserName": "li.wei", "Password": "Secret-1-secret"}),
    ("AttachUserPolicy", {"UserName": "job", "PolicyArn": ADMIN}),
    ("AttachUserPolicy", {"UserName": "li.wei", "PolicyArn": ADMIN}),
    ("AttachGroupPolicy", {"GroupName": "sales", "PolicyArn": ADMIN}),
    ("AttachRolePolicy", {"RoleName": "deployer", "PolicyArn": ADMIN}),
    ("PutUserPolicy", {"UserName": "job", **ANY}),
    ("PutUserPolicy", {"UserName": "boss", **ANY}),
    ("PutGroupPolicy", {"GroupName": "admins", **ANY}),
    ("PutRolePolicy", {"RoleName": "admin", **ANY}),
    ("AddUserToGroup", {"GroupName": "admins", "UserName": "job"}),
    ("UpdateAssumeRolePolicy", {"RoleName": "admin", "PolicyDocument": json.dumps(TRUST)}),
    ("DetachUserPolicy", {"UserName": "job", "PolicyArn": f"{OTHERS}policy/job-0"}),
    ("CreateUser", {"UserName": "unmarked"}),
    ("CreateRole", {"RoleName": "unmarked", "Path": "/workforce/", "AssumeRolePolicyDocument": json.dumps(TRUST)}),
    ("CreateRole", {"RoleName": "elsewhere", "AssumeRolePolicyDocument": json.dumps(TRUST), "Tags": MARK}),
    ("CreatePolicy", {**ANY, "Tags": MARK}),
    ("TagUser", {"UserName": "boss", "Tags": MARK}),
    ("TagUser", {"UserName": "job", "Tags": MARK}),
    ("TagRole", {"RoleName": "admin", "Tags": MARK}),
    ("PutUserPermissionsBoundary", {"UserName": "li.wei", "PermissionsBoundary": ADMIN}),
    ("DeleteUser", {"UserName": "boss"}),
]


def _is_no_administrator(job: JobUser, sandbox: Sandbox) -> None:
    before = sandbox.state()
    iam = job.client()
    for operation, parameters in WAYS:
        with pytest.raises(ClientError) as raised:
            getattr(iam, xform_name(operation))(**parameters)
        assert raised.value.response["Error"]["Code"] == "AccessDenied", (operation, parameters)
    with pytest.raises(ClientError, match="is not authorized to perform: sts:AssumeRole"):
        job.client("sts").assume_role(RoleArn=f"{OTHERS}role/admin", RoleSessionName="job")
    assert sandbox.state() == before


def _fill(sandbox: Sandbox, iam: Any) -> None:
    sandbox.seed(**SEED)
    give_credentials(iam, "gone")
    iam.attach_user_policy(UserName="boss", PolicyArn="arn:aws:iam::123456789012:policy/workforce/old-policy")


def _is_as_written(state: dict[str, Any]) -> None:
    users = state["users"]
    assert set(users) == {"asha.sharma", "li.wei", "kim.lee", "nia.obi", "boss", "job"}
    assert users["asha.sharma"]["groups"] == ["everyone", "sales"]
    assert (users["kim.lee"]["inline_policies"], users["kim.lee"]["permissions_boundary"]) == ({}, None)
    assert set(state["groups"]) == {"admins", "everyone", "platform", "sales"}
    assert set(state["roles"]) == {"admin", "auditor", "deployer"}


# Where not the preflight tells of a statement that is missing: a read that is refused does, or nothing, since this
# inventory's first day goes on without it: questions to the simulator, each of which another statement allows too for
# users, reads of single departments, and forms of the deny for leavers who lost the mark.
READS = ("ReadAccount", "ReadPolicies", "ReadEmployees", "ReadRoles")
SPARED = ("DenyByBoundary", "DenyAnybody", "ForeseeRefusals", "ProveFirstSignIn", "ReadDepartments", "NeverThese")


@pytest.mark.long
def test_without_any_one_statement_nothing_is_given(sandbox: Sandbox, iam: Any) -> None:
    """The preflight names the statement, or the first read that is refused names its operation."""
    _fill(sandbox, iam)
    whole = _printed(sandbox)
    for removed in whole:
        sandbox.reset()
        _fill(sandbox, iam)
        job = JobUser.with_policies(_policies([one for one in whole if one is not removed]), sandbox, iam)
        sandbox.clear_calls()
        mail = {"mail": sandbox.mailbox.settings(), "expire_after_days": 14}
        done = run_in_process("iam_workforce", {**FIRST_DAY, "credentials": mail}, sandbox=sandbox, env=job.environment)
        _is_told(removed, done, sandbox)


def _is_told(removed: dict[str, Any], done: dict[str, Any], sandbox: Sandbox) -> None:
    sid = removed["Sid"]
    if sid in SPARED:
        assert "failed" not in done, (sid, done["msg"])
    elif sid in READS:
        assert [action for action in _listed(removed["Action"]) if action in done["msg"]], (sid, done["msg"])
        assert sandbox.calls()["by_kind"]["write"] == 0, sid
    else:
        assert set(re.findall(r"add the statement (\w+) of", " ".join(done["faults"]))) == {sid}, (sid, done["msg"])
        state = sandbox.state()
        # Leavers are cut off all the same.
        assert set(state["users"]) - {"gone"} == {"nia.obi", "boss", "job"}, sid
        assert set(state["groups"]) == {"admins", "closed"}, sid
        assert set(state["roles"]) == {"admin", "auditor", "old-role"}, sid
        assert sandbox.mails() == [], sid


def _listed(actions: str | list[str]) -> list[str]:
    return [actions] if isinstance(actions, str) else actions


def _printed(sandbox: Sandbox) -> list[dict[str, Any]]:
    """The statements that this inventory's job needs."""
    names = ("departments", "employees", "everyone", "policies", "roles", "account_settings")
    lists = {name: FIRST_DAY[name] for name in (*names, "unlisted", "unlisted_departments")}
    found = run_in_process("iam_permissions_report", {**lists, "issues_credentials": True}, sandbox=sandbox)
    return [statement for policy in found["policies"] for statement in policy["document"]["Statement"]]


def _policies(statements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One policy for every eight statements, so that each fits."""
    places = range(0, len(statements), 8)
    return [{"Version": "2012-10-17", "Statement": statements[place : place + 8]} for place in places]
