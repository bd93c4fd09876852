# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One company with policies, roles and settings of its account: how they come, change and go, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.sandbox.client import Sandbox
from tests.support.modules import document, quartets_in_process, run_in_process, task
from tests.support.playbooks import PlaybookResult
from tests.support.role import ROLE, RUN, SUMMARY

Run = Callable[..., PlaybookResult]
ACCOUNT = "arn:aws:iam::123456789012"
POWER = "arn:aws:iam::aws:policy/PowerUserAccess"
MFA = "workforce-require-mfa"
DOCUMENT = document(["s3:GetObject", "s3:ListBucket"])
LIMITS = {"name": "developer-boundary", "policy": document(["s3:*", "iam:*MFADevice"]), "tags": {"owner": "security"}}
DEPLOYER: dict[str, Any] = {
    "name": "deployer",
    "managed_policies": ["PowerUserAccess", "read-billing-bucket"],
    "inline_policies": {"own": document("sqs:*")},
    "boundary": "developer-boundary",
    "assumed_by": ["platform", "everyone"],
    "require_mfa": True,
    "max_session_duration": 14400,
    "description": "Puts new versions into production",
}
PLATFORM = {
    "name": "platform",
    "managed_policies": ["SystemAdministrator", "read-billing-bucket"],
    "boundary": "developer-boundary",
}
PEOPLE: list[dict[str, Any]] = [
    {"name": "asha.rao", "departments": ["platform"], "email": "asha.rao@example.com"},
    {"name": "li.wei", "departments": ["sales"], "console": False},
]
READER = {"name": "reader", "assumed_by": ["sales"], "managed_policies": ["read-billing-bucket"]}
SETTINGS = {
    "alias": "example-corp",
    "password_policy": {"min_pw_length": 30, "require_symbols": True, "allow_pw_change": True},
    "require_mfa": True,
}
# What this module's options are in the role's variables.
FIRST_DAY: dict[str, Any] = {
    "departments": [PLATFORM, {"name": "sales", "managed_policies": []}],
    "employees": PEOPLE,
    "everyone": {"name": "everyone", "inline_policies": {"workforce-first-sign-in": document("sns:List*")}},
    "policies": [{"name": "read-billing-bucket", "policy_file": "policies/read.json"}, LIMITS],
    "roles": [DEPLOYER, READER],
    "account_settings": SETTINGS,
}
# Asha moves, the role is not everyone's any more, and the document of one policy has another meaning.
SECOND_DAY: dict[str, Any] = {
    **FIRST_DAY,
    "employees": [{**PEOPLE[0], "departments": ["sales"], "boundary": ""}, PEOPLE[1]],
    "policies": [{"name": "read-billing-bucket", "policy": document("s3:GetObject")}, LIMITS],
    "roles": [{**DEPLOYER, "assumed_by": ["platform"], "require_mfa": False, "boundary": ""}, READER],
}
LAST_DAY: dict[str, Any] = {
    **SECOND_DAY,
    "departments": [{"name": "platform", "managed_policies": []}, {"name": "sales", "managed_policies": []}],
    "policies": [{"name": name, "state": "absent"} for name in ("read-billing-bucket", "developer-boundary")],
    "roles": [{"name": "deployer", "state": "absent"}, {"name": "reader", "state": "absent"}],
    "account_settings": {"alias": ""},
}


def tags_of(iam: Any, name: str) -> dict[str, str]:
    tags = {tag["Key"]: tag["Value"] for tag in iam.list_user_tags(UserName=name)["Tags"]}
    return {key: value for key, value in tags.items() if key.startswith("workforce:role.")}


def workforce(sandbox: Sandbox, day: dict[str, Any], **options: Any) -> dict[str, Any]:
    return run_in_process("iam_workforce", {**day, **options}, sandbox=sandbox)


def writes(sandbox: Sandbox) -> list[str]:
    return [call["operation"] for call in sandbox.calls(log=1000)["log"] if call["kind"] == "write"]


def test_from_the_first_day_to_the_last(playbook: Run, sandbox: Sandbox, iam: Any, tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "read.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    variables = {f"onboard_{name}": value for name, value in FIRST_DAY.items()}
    credentials = {"mail": sandbox.mailbox.settings()}
    done = playbook([ROLE], extra_vars={**variables, "onboard_credentials": credentials}).succeeded()
    _is_as_written(done, sandbox, iam)

    day = {**FIRST_DAY, "policy_folder": str(tmp_path)}
    again = workforce(sandbox, day)
    assert again["changed"] is False, again["summary"]
    # GetAccountSummary, two pages of ListPolicies, one of GetAccountAuthorizationDetails, ListAccountAliases,
    # GetAccountPasswordPolicy, GetCallerIdentity; GetPolicy of each policy, GetRole of the role with a description.
    assert (again["api_calls"]["total"], again["api_calls"]["write"]) == (10, 0)
    _moves(sandbox, iam)
    _goes(sandbox, iam)


def _is_as_written(done: PlaybookResult, sandbox: Sandbox, iam: Any) -> None:
    """What the first run told, and what AWS has after it."""
    result, summary = done.result(RUN), done.page(SUMMARY)
    assert result["roles"] == {"created": ["deployer", "reader"], "changed": [], "deleted": []}
    assert result["policies"]["created"] == ["developer-boundary", "read-billing-bucket"]
    assert result["account_settings"][0] == "is called example-corp"
    assert "2 employees and 3 departments are listed, and 2 policies and 2 roles" in summary
    assert result["invocation"]["module_args"]["roles"] == "2 entries"
    role = iam.get_role(RoleName="deployer")["Role"]
    assert (role["Path"], role["MaxSessionDuration"]) == ("/workforce/", 14400)
    bound = f"{ACCOUNT}:policy/workforce/developer-boundary"
    assert role["PermissionsBoundary"]["PermissionsBoundaryArn"] == bound
    [statement] = role["AssumeRolePolicyDocument"]["Statement"]
    assert statement["Principal"] == {"AWS": f"{ACCOUNT}:root"}
    assert statement["Condition"]["StringEquals"]["aws:PrincipalTag/workforce:role.deployer"] == "yes"
    assert statement["Condition"]["Bool"] == {"aws:MultiFactorAuthPresent": "true"}
    attached = iam.list_attached_group_policies(GroupName="platform")["AttachedPolicies"]
    assert {one["PolicyArn"] for one in attached} == {
        "arn:aws:iam::aws:policy/job-function/SystemAdministrator",
        f"{ACCOUNT}:policy/workforce/read-billing-bucket",
    }
    said = iam.get_group_policy(GroupName="platform", PolicyName="workforce-roles")["PolicyDocument"]["Statement"][0]
    assert (said["Action"], said["Resource"]) == ("sts:AssumeRole", [f"{ACCOUNT}:role/workforce/deployer"])
    assert MFA in iam.list_group_policies(GroupName="everyone")["PolicyNames"]
    assert "MFA is required of 1 without a console password (li.wei)" in done.text()
    assert tags_of(iam, "asha.rao") == {"workforce:role.deployer": "yes"}
    assert tags_of(iam, "li.wei") == {"workforce:role.deployer": "yes", "workforce:role.reader": "yes"}
    assert iam.get_user(UserName="asha.rao")["User"]["PermissionsBoundary"]["PermissionsBoundaryArn"] == bound
    assert "PermissionsBoundary" not in iam.get_user(UserName="li.wei")["User"]
    # The first password was made by the rules of the same run, and may be changed by them alone.
    (mail,) = sandbox.mails(to="asha.rao@example.com")
    assert "4. Enrol an MFA device" in mail["text"]
    link = "https://signin.aws.amazon.com/switchrole?account=123456789012&roleName=workforce/deployer"
    assert f"{link}&displayName=deployer" in mail["text"]
    gain = {"role": "deployer", "people": ["asha.rao", "li.wei"], "url": f"{link}&displayName=deployer"}
    assert result["role_gains"][0] == gain
    assert f"2 people may become the role deployer: {gain['url']}" in summary
    assert iam.get_account_password_policy()["PasswordPolicy"]["MinimumPasswordLength"] == 30
    # Nobody is created before what bounds them is.
    order = writes(sandbox)
    assert order.index("UpdateAccountPasswordPolicy") < order.index("CreatePolicy") < order.index("CreateGroup")
    assert order.index("CreateGroup") < order.index("CreateRole") < order.index("CreateUser")
    assert "PutUserPermissionsBoundary" not in order


def _moves(sandbox: Sandbox, iam: Any) -> None:
    [four] = quartets_in_process([task("iam_workforce", **SECOND_DAY)], sandbox=sandbox)
    assert (four.run["roles"]["changed"], four.run["policies"]["changed"]) == (["deployer"], ["read-billing-bucket"])
    assert tags_of(iam, "asha.rao") == tags_of(iam, "li.wei") == {"workforce:role.reader": "yes"}
    assert "workforce-roles" not in iam.list_group_policies(GroupName="everyone")["PolicyNames"]
    assert "PermissionsBoundary" not in iam.get_user(UserName="asha.rao")["User"]
    arn = f"{ACCOUNT}:policy/workforce/read-billing-bucket"
    assert iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"] == "v2"
    # A run that is limited to Asha moves her tags with her, and no role.
    only = {**FIRST_DAY, "policies": [], "roles": [{**DEPLOYER, "max_session_duration": 3600}], "only": ["asha.rao"]}
    limited = workforce(sandbox, only)
    assert tags_of(iam, "asha.rao") == {"workforce:role.deployer": "yes"}, limited
    assert limited["roles"]["changed"] == []
    assert iam.get_role(RoleName="deployer")["Role"]["MaxSessionDuration"] == 14400
    workforce(sandbox, SECOND_DAY)


def _goes(sandbox: Sandbox, iam: Any) -> None:
    sandbox.clear_calls()
    # By hand: what is deleted is detached from everything first.
    iam.attach_user_policy(UserName="li.wei", PolicyArn=f"{ACCOUNT}:policy/workforce/read-billing-bucket")
    [four] = quartets_in_process([task("iam_workforce", **LAST_DAY)], sandbox=sandbox)
    assert four.run["roles"]["deleted"] == ["deployer", "reader"]
    assert four.run["policies"]["deleted"] == ["developer-boundary", "read-billing-bucket"]
    assert "user li.wei" in four.check["diff"]["prepared"]
    assert MFA not in iam.list_group_policies(GroupName="everyone")["PolicyNames"]
    assert tags_of(iam, "li.wei") == {}
    assert (iam.list_account_aliases()["AccountAliases"], iam.list_policies(Scope="Local")["Policies"]) == ([], [])
    order = writes(sandbox)
    assert order.index("DeleteAccountAlias") < order.index("DetachRolePolicy") < order.index("DeleteRole")
    assert order.index("DeleteRole") < order.index("DeletePolicy")


def test_bad_input_is_told_together_and_nothing_is_written(sandbox: Sandbox, iam: Any, tmp_path: Path) -> None:
    iam.create_policy(PolicyName="taken", PolicyDocument=json.dumps(DOCUMENT), Path="/workforce/")
    before = sandbox.state()
    (tmp_path / "list.json").write_text("[]", encoding="utf-8")
    trust = {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}}
    told = workforce(
        sandbox,
        {
            "departments": [{"name": "platform", "managed_policies": ["gone"]}],
            "employees": [{"name": "asha.rao", "departments": ["platform"]}],
            "policies": [
                {"name": "both", "policy": DOCUMENT, "policy_file": "list.json"},
                {"name": "missing", "policy_file": "missing.json"},
                {"name": "no-json", "policy_file": "list.json"},
                {"name": "twice", "policy": DOCUMENT},
                {"name": "Twice", "policy": DOCUMENT},
                {"name": "gone", "state": "absent"},
                {"name": "taken", "policy": DOCUMENT},
                {"name": "ReadOnlyAccess", "policy": DOCUMENT},
            ],
            "policy_folder": str(tmp_path),
            "roles": [
                {"name": "deployer", "assumed_by": ["platfrom"], "max_session_duration": 60},
                {"name": "AWSServiceRoleForX", "assumed_by": []},
                {"name": "open", "assume_role_policy_document": trust},
                {"name": "bound", "assumed_by": ["platform"], "boundary": "no-such-policy"},
            ],
            "account_settings": {"alias": "Example", "password_policy": {"min_pw_length": 4}},
        },
    )
    for fault in (
        "policy both: has both policy and policy_file",
        "policy missing: policy_file missing.json does not exist",
        "policy no-json: policy_file list.json is a list",
        "policies twice and Twice: are one name to IAM",
        "department platform: has the policy gone, which policies deletes",
        "policy taken: exists in the account and is not managed: adopt: true",
        "role deployer: is assumed by the unknown department platfrom; did you mean platform?",
        "role deployer: has 60 for max_session_duration; IAM allows 3600 to 43200",
        "role AWSServiceRoleForX: has a name that AWS keeps",
        "role open: in assume_role_policy_document, trusts everybody (*)",
        "role bound, boundary: names the policy no-such-policy, which the account does not have",
        "account_settings: has Example for alias",
        "account_settings.password_policy: has 4 for min_pw_length; IAM allows 6 to 128",
    ):
        assert fault in told["msg"], told["msg"]
    assert any("ReadOnlyAccess has the name of AWS's own" in line for line in told["summary"]), told["summary"]
    assert sandbox.state() == before
