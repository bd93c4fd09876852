# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a policy allows of a call and what it does not: by paths, tags, boundaries, policies, and who calls."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sandbox.behaviour.account import Account
from tests.sandbox.behaviour.sessions.caller import of_key
from tests.sandbox.enforcement import Enforcement
from tests.sandbox_tests.policies import POLICY, TRUST

from .operations import IAM, TAGS, flat, made_call

ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
CARL = f"{IAM}:user/carl"


def allow(
    actions: str | list[str], resource: str = "*", condition: dict[str, dict[str, str]] | None = None
) -> dict[str, Any]:
    """One action of IAM or several, on one resource."""
    named = [f"iam:{action}" for action in ([actions] if isinstance(actions, str) else actions)]
    conditions = {"Condition": condition} if condition else {}
    return {"Effect": "Allow", "Action": named, "Resource": resource, **conditions}


STAFF = f"{IAM}:user/staff/*"
OWN = {"PolicyName": "own", "PolicyDocument": POLICY}
SALES = {"team": "sales"}
BOUND = {"PermissionsBoundary": READ_ONLY}
Row = tuple[dict[str, Any], str, dict[str, Any], bool]
PATHS: list[Row] = [
    (allow("CreateUser", STAFF), "CreateUser", {"UserName": "new", "Path": "/staff/"}, True),
    (allow("CreateUser", STAFF), "CreateUser", {"UserName": "new", "Path": "/staff/emea/"}, True),
    (allow("CreateUser", STAFF), "CreateUser", {"UserName": "new"}, False),
    (allow("CreateUser", STAFF), "CreateUser", {"UserName": "new", "Path": "/"}, False),
    (allow("CreateUser", STAFF), "CreateUser", {"UserName": "new", "Path": "/admin!/"}, False),
    (allow("GetUser", f"{IAM}:user/asha"), "GetUser", {"UserName": "asha"}, False),
    (allow("GetUser", STAFF), "GetUser", {"UserName": "ASHA"}, True),
    (allow("UpdateUser", STAFF), "UpdateUser", {"UserName": "asha", "NewUserName": "asha.rao"}, True),
    (allow("UpdateUser", STAFF), "UpdateUser", {"UserName": "asha", "NewPath": "/admin/"}, False),
    (allow("UpdateUser", STAFF), "UpdateUser", {"UserName": "boss", "NewPath": "/staff/"}, False),
    (allow("UpdateGroup", f"{IAM}:group/workforce/*"), "UpdateGroup", {"GroupName": "sales", "NewPath": "/"}, False),
    (
        allow("AddUserToGroup", f"{IAM}:group/workforce/*"),
        "AddUserToGroup",
        {"GroupName": "sales", "UserName": "boss"},
        True,
    ),
    (
        allow("AddUserToGroup", f"{IAM}:group/workforce/*"),
        "AddUserToGroup",
        {"GroupName": "admin", "UserName": "asha"},
        False,
    ),
    (allow("GetRole", f"{IAM}:role/staff/*"), "GetRole", {"RoleName": "deployer"}, True),
    (allow("GetRole", f"{IAM}:role/deployer"), "GetRole", {"RoleName": "deployer"}, False),
    (allow("ListUsers", f"{IAM}:user/*"), "ListUsers", {}, False),
    (allow("ListUsers"), "ListUsers", {"PathPrefix": "/staff/"}, True),
    (allow("GetPolicy", "arn:aws:iam::aws:policy/*"), "GetPolicy", {"PolicyArn": READ_ONLY}, True),
    (allow("CreatePolicy", f"{IAM}:policy/staff/*"), "CreatePolicy", {**OWN, "Path": "/staff/"}, True),
    (allow("CreatePolicy", f"{IAM}:policy/staff/*"), "CreatePolicy", OWN, False),
    (
        allow("CreateVirtualMFADevice", f"{IAM}:mfa/${{aws:username}}"),
        "CreateVirtualMFADevice",
        {"VirtualMFADeviceName": "carl"},
        True,
    ),
    (
        allow("CreateVirtualMFADevice", f"{IAM}:mfa/${{aws:username}}"),
        "CreateVirtualMFADevice",
        {"VirtualMFADeviceName": "boss"},
        False,
    ),
    (
        allow("DeleteVirtualMFADevice", f"{IAM}:mfa/carl"),
        "DeleteVirtualMFADevice",
        {"SerialNumber": f"{IAM}:mfa/boss"},
        False,
    ),
    (allow("CreateAccessKey", f"{IAM}:user/${{aws:username}}"), "CreateAccessKey", {}, True),
    (allow("CreateAccessKey", f"{IAM}:user/${{aws:username}}"), "CreateAccessKey", {"UserName": "boss"}, False),
    (allow("ListMFADevices", CARL), "ListMFADevices", {}, True),
    (
        allow("SimulatePrincipalPolicy", f"{IAM}:group/*"),
        "SimulatePrincipalPolicy",
        {"PolicySourceArn": CARL, "ActionNames": ["iam:GetUser"]},
        False,
    ),
]
MARKED = allow(["CreateUser", "TagUser"], condition={"StringEquals": {"aws:RequestTag/team": "sales"}})
OF_TEAM = {"StringEquals": {"iam:ResourceTag/Team": "sales"}}
OF_SALES = {"StringEquals": {"aws:ResourceTag/team": "sales"}}
BY_TAGS: list[Row] = [
    (MARKED, "CreateUser", {"UserName": "new", "Tags": TAGS}, True),
    (MARKED, "CreateUser", {"UserName": "new"}, False),
    # Tagging IAM resources: CreateUser with tags needs iam:TagUser too.
    (allow("CreateUser"), "CreateUser", {"UserName": "new"}, True),
    (allow("CreateUser"), "CreateUser", {"UserName": "new", "Tags": TAGS}, False),
    # At a creation the tags of the request are those of what is made (`needs.py` names the policies that show it).
    (allow(["CreateUser", "TagUser"], condition=OF_SALES), "CreateUser", {"UserName": "new", "Tags": TAGS}, True),
    (allow(["CreateUser", "TagUser"], condition=OF_SALES), "CreateUser", {"UserName": "new"}, False),
    (
        allow(["CreateUser", "TagUser"], condition=OF_SALES),
        "CreateUser",
        {"UserName": "new", "Tags": [{"Key": "team", "Value": "admin"}]},
        False,
    ),
    (
        allow(["CreateRole", "TagRole"], condition=OF_TEAM),
        "CreateRole",
        {"RoleName": "new", "AssumeRolePolicyDocument": TRUST, "Tags": TAGS},
        True,
    ),
    (allow(["CreatePolicy", "TagPolicy"], condition=OF_SALES), "CreatePolicy", {**OWN, "Tags": TAGS}, True),
    # For policies there is no iam:ResourceTag.
    (allow(["CreatePolicy", "TagPolicy"], condition=OF_TEAM), "CreatePolicy", {**OWN, "Tags": TAGS}, False),
    # Somebody who is there is judged by the tags that are there.
    (allow("TagUser", condition=OF_SALES), "TagUser", {"UserName": "boss", "Tags": TAGS}, False),
    (allow("CreateRole"), "CreateRole", {"RoleName": "new", "AssumeRolePolicyDocument": TRUST, "Tags": TAGS}, False),
    (
        allow(["CreateRole", "TagRole"]),
        "CreateRole",
        {"RoleName": "new", "AssumeRolePolicyDocument": TRUST, "Tags": TAGS},
        True,
    ),
    (allow("CreatePolicy"), "CreatePolicy", {**OWN, "Tags": TAGS}, False),
    (allow("CreateVirtualMFADevice"), "CreateVirtualMFADevice", {"VirtualMFADeviceName": "x", "Tags": TAGS}, False),
    (allow("DeleteUser", condition=OF_TEAM), "DeleteUser", {"UserName": "asha"}, True),
    (allow("DeleteUser", condition=OF_TEAM), "DeleteUser", {"UserName": "boss"}, False),
    (allow("DeleteRole", condition=OF_TEAM), "DeleteRole", {"RoleName": "deployer"}, True),
    (
        allow("TagUser", condition={"ForAllValues:StringLike": {"aws:TagKeys": "team*"}}),
        "TagUser",
        {"UserName": "boss", "Tags": TAGS},
        True,
    ),
    (
        allow("UntagUser", condition={"ForAllValues:StringLike": {"aws:TagKeys": "team*"}}),
        "UntagUser",
        {"UserName": "boss", "TagKeys": ["cost"]},
        False,
    ),
    # Groups have no tags.
    (allow("DeleteGroup", condition=OF_TEAM), "DeleteGroup", {"GroupName": "sales"}, False),
    (
        allow("GetUser", condition={"StringEquals": {"aws:PrincipalTag/team": "sales"}}),
        "GetUser",
        {"UserName": "boss"},
        True,
    ),
]
WITHIN = {"ArnEquals": {"iam:PermissionsBoundary": READ_ONLY}}
READING = {"ArnEquals": {"iam:PolicyARN": READ_ONLY}}
BY_POLICIES: list[Row] = [
    (allow("CreateUser", condition=WITHIN), "CreateUser", {"UserName": "new", **BOUND}, True),
    (allow("CreateUser", condition=WITHIN), "CreateUser", {"UserName": "new"}, False),
    (allow("CreateUser", condition=WITHIN), "CreateUser", {"UserName": "new", "PermissionsBoundary": ADMIN}, False),
    (
        allow("CreateRole", condition=WITHIN),
        "CreateRole",
        {"RoleName": "new", "AssumeRolePolicyDocument": TRUST, **BOUND},
        True,
    ),
    (
        allow("CreateRole", condition=WITHIN),
        "CreateRole",
        {"RoleName": "new", "AssumeRolePolicyDocument": TRUST},
        False,
    ),
    (
        allow("PutUserPermissionsBoundary", condition=WITHIN),
        "PutUserPermissionsBoundary",
        {"UserName": "boss", **BOUND},
        True,
    ),
    (
        allow("PutUserPermissionsBoundary", condition=WITHIN),
        "PutUserPermissionsBoundary",
        {"UserName": "asha", "PermissionsBoundary": ADMIN},
        False,
    ),
    (
        allow("DeleteUserPermissionsBoundary", condition=WITHIN),
        "DeleteUserPermissionsBoundary",
        {"UserName": "asha"},
        True,
    ),
    (allow("PutUserPolicy", condition=WITHIN), "PutUserPolicy", {"UserName": "asha", **OWN}, True),
    (allow("PutUserPolicy", condition=WITHIN), "PutUserPolicy", {"UserName": "boss", **OWN}, False),
    (
        allow("AttachUserPolicy", condition=WITHIN),
        "AttachUserPolicy",
        {"UserName": "boss", "PolicyArn": READ_ONLY},
        False,
    ),
    # GetUser has no such key in AWS's reference.
    (allow("GetUser", condition=WITHIN), "GetUser", {"UserName": "asha"}, False),
    (
        allow("AttachUserPolicy", condition=READING),
        "AttachUserPolicy",
        {"UserName": "boss", "PolicyArn": READ_ONLY},
        True,
    ),
    (allow("AttachUserPolicy", condition=READING), "AttachUserPolicy", {"UserName": "boss", "PolicyArn": ADMIN}, False),
    (
        allow("AttachGroupPolicy", condition=READING),
        "AttachGroupPolicy",
        {"GroupName": "sales", "PolicyArn": ADMIN},
        False,
    ),
    (
        allow("AttachRolePolicy", condition=READING),
        "AttachRolePolicy",
        {"RoleName": "deployer", "PolicyArn": READ_ONLY},
        True,
    ),
    (
        allow("DetachRolePolicy", condition=READING),
        "DetachRolePolicy",
        {"RoleName": "deployer", "PolicyArn": ADMIN},
        False,
    ),
    (
        allow("GetUser", condition={"Bool": {"aws:MultiFactorAuthPresent": "false"}}),
        "GetUser",
        {"UserName": "boss"},
        False,
    ),
    (
        allow("GetUser", condition={"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}),
        "GetUser",
        {"UserName": "boss"},
        True,
    ),
    (allow("GetUser", condition={"Null": {"aws:TokenIssueTime": "true"}}), "GetUser", {"UserName": "boss"}, True),
    (allow("GetUser", condition={"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}}), "GetUser", {"UserName": "boss"}, True),
    (
        allow("GetUser", condition={"DateLessThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}),
        "GetUser",
        {"UserName": "boss"},
        False,
    ),
    (
        allow("AddRoleToInstanceProfile"),
        "AddRoleToInstanceProfile",
        {"InstanceProfileName": "p", "RoleName": "deployer"},
        False,
    ),
    (
        allow("AddRoleToInstanceProfile"),
        "RemoveRoleFromInstanceProfile",
        {"InstanceProfileName": "p", "RoleName": "deployer"},
        False,
    ),
]


@pytest.mark.parametrize("row", [*PATHS, *BY_TAGS, *BY_POLICIES])
def test_what_a_policy_allows(account: Account, enforcement: Enforcement, row: Row) -> None:
    statement, operation, given, allowed = row
    refused = refusal(account, enforcement, [statement], operation, given)
    assert (refused is None) is allowed, refused


def refusal(
    account: Account, enforcement: Enforcement, statements: list[Any], operation: str, given: dict[str, Any]
) -> str | None:
    """Why carl may not, who has a policy of these statements and no other."""
    carl = account.user("carl")
    carl.policies["own"] = json.dumps({"Version": "2012-10-17", "Statement": statements})
    caller = of_key(account, carl.access_keys[0].access_key_id)
    return enforcement.refusal(account, made_call("iam", operation, flat(given)), caller)


def test_a_role_is_passed_to_a_service(account: Account, enforcement: Enforcement) -> None:
    """AddRoleToInstanceProfile hands the role to EC2 (API reference): that needs iam:PassRole."""
    given = {"InstanceProfileName": "p", "RoleName": "deployer"}

    def refused(service: str) -> str | None:
        passing = allow("PassRole", condition={"StringEquals": {"iam:PassedToService": service}})
        statements = [allow("AddRoleToInstanceProfile"), passing]
        return refusal(account, enforcement, statements, "AddRoleToInstanceProfile", given)

    assert refused("ec2.amazonaws.com") is None
    assert refused("lambda.amazonaws.com") == (
        f"User: {CARL} is not authorized to perform: iam:PassRole on resource: {IAM}:role/staff/deployer "
        "because no identity-based policy allows the iam:PassRole action"
    )


def test_an_operation_that_is_not_known_is_not_allowed(account: Account, enforcement: Enforcement) -> None:
    caller = of_key(account, account.user("carl").access_keys[0].access_key_id)
    for service in ("iam", "sts"):
        with pytest.raises(NotImplementedError, match="who may InventSomething"):
            enforcement.refusal(account, made_call(service, "InventSomething", {}), caller)
