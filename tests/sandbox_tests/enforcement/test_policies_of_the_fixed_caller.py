# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""With policies of its own the caller may only what they allow: by resource, and by what a condition can ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.sandbox.client import Sandbox, SandboxError

DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll"
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
MANAGED = {"workforce:managed": "onboard"}
TAGS = [{"Key": "workforce:managed", "Value": "onboard"}]


def policy(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement} for statement in statements]}


def allow(action: str, resource: str = "*", condition: dict[str, Any] | None = None) -> dict[str, Any]:
    return policy({"Action": f"iam:{action}", "Resource": resource, **({"Condition": condition} if condition else {})})


@pytest.fixture
def company(sandbox: Sandbox) -> Sandbox:
    sandbox.seed(
        groups=[{"name": "sales", "path": "/workforce/"}, {"name": "admin", "path": "/admin/"}],
        users=[{"name": "asha", "tags": MANAGED, "path": "/staff/"}, {"name": "boss"}],
    )
    return sandbox


def refused(call: Callable[..., Any], **parameters: Any) -> bool:
    try:
        call(**parameters)
    except ClientError as error:
        return bool(error.response["Error"]["Code"] == "AccessDenied")
    return False


def test_without_policies_the_caller_may_all(company: Sandbox, iam: Any) -> None:
    assert not refused(iam.attach_user_policy, UserName="boss", PolicyArn=ADMIN)
    company.switch(policies=[])
    assert refused(iam.list_users)
    company.switch(policies=None)
    assert not refused(iam.list_users)


def test_by_the_group_and_not_by_the_member(company: Sandbox, iam: Any) -> None:
    company.switch(policies=[allow("AddUserToGroup", "arn:aws:iam::*:group/workforce/*")])
    assert not refused(iam.add_user_to_group, GroupName="sales", UserName="boss")
    assert refused(iam.add_user_to_group, GroupName="admin", UserName="asha")


def test_by_the_policy(company: Sandbox, iam: Any) -> None:
    listed = {"ArnEquals": {"iam:PolicyARN": [DENY_ALL]}}
    company.switch(policies=[allow("AttachUserPolicy", condition=listed)])
    assert not refused(iam.attach_user_policy, UserName="boss", PolicyArn=DENY_ALL)
    assert refused(iam.attach_user_policy, UserName="boss", PolicyArn=ADMIN)


@pytest.mark.parametrize("key", ["aws:ResourceTag/workforce:managed", "iam:ResourceTag/Workforce:Managed"])
def test_by_the_users_tags(company: Sandbox, iam: Any, key: str) -> None:
    company.switch(policies=[allow("*AccessKey", condition={"StringEquals": {key: "onboard"}})])
    assert not refused(iam.create_access_key, UserName="Asha")
    assert refused(iam.create_access_key, UserName="boss")
    assert refused(iam.create_access_key, UserName="nobody")


def test_by_the_tags_of_the_request(company: Sandbox, iam: Any) -> None:
    ours = {"StringEquals": {"aws:RequestTag/workforce:managed": "onboard"}}
    only = {"ForAllValues:StringEquals": {"aws:TagKeys": ["workforce:managed"]}}
    some = {"ForAnyValue:StringLike": {"aws:TagKeys": ["workforce:*"]}}
    company.switch(
        policies=[
            allow("CreateUser", condition=ours),
            allow("TagUser", condition=only),
            allow("UntagUser", condition=some),
        ]
    )
    assert not refused(iam.create_user, UserName="li", Tags=TAGS)
    assert refused(iam.create_user, UserName="wei")
    assert not refused(iam.tag_user, UserName="boss", Tags=TAGS)
    assert refused(iam.tag_user, UserName="boss", Tags=[*TAGS, {"Key": "team", "Value": "x"}])
    assert not refused(iam.untag_user, UserName="boss", TagKeys=["workforce:managed", "team"])
    assert refused(iam.untag_user, UserName="boss", TagKeys=["team"])


def test_by_the_boundary(company: Sandbox, iam: Any) -> None:
    within = {"ArnEquals": {"iam:PermissionsBoundary": DENY_ALL}}
    actions = [allow(action, condition=within) for action in ("PutUserPermissionsBoundary", "PutUserPolicy")]
    company.switch(policies=actions)
    own = {"PolicyName": "own", "PolicyDocument": str(policy()).replace("'", '"')}
    assert refused(iam.put_user_permissions_boundary, UserName="boss", PermissionsBoundary=ADMIN)
    assert refused(iam.put_user_policy, UserName="boss", **own)
    assert not refused(iam.put_user_permissions_boundary, UserName="boss", PermissionsBoundary=DENY_ALL)


def test_who_is_renamed_or_moved_is_judged_by_both_names(company: Sandbox, iam: Any) -> None:
    company.switch(policies=[allow("UpdateUser", "arn:aws:iam::*:user/staff/*")])
    assert refused(iam.update_user, UserName="asha", NewPath="/admin/")
    assert refused(iam.update_user, UserName="boss", NewPath="/staff/")
    assert not refused(iam.update_user, UserName="asha", NewUserName="asha.rao")


def test_the_callers_own_user_can_be_named_by_a_variable(company: Sandbox, iam: Any) -> None:
    own = {"Effect": "Deny", "Action": "iam:*", "Resource": "arn:aws:iam::*:user/${aws:username}"}
    company.switch(policies=[allow("*"), policy(own)])
    assert refused(iam.attach_user_policy, UserName="automation", PolicyArn=ADMIN)
    assert refused(iam.create_access_key)
    assert not refused(iam.create_access_key, UserName="boss")


def test_what_is_of_the_account_is_allowed_on_everything_alone(company: Sandbox, iam: Any) -> None:
    company.switch(policies=[allow("*", "arn:aws:iam::*:user/*")])
    assert refused(iam.get_account_summary)
    key = iam.create_access_key(UserName="boss")["AccessKey"]["AccessKeyId"]
    assert not refused(iam.get_access_key_last_used, AccessKeyId=key)
    assert refused(iam.get_policy, PolicyArn=ADMIN)
    assert refused(iam.delete_virtual_mfa_device, SerialNumber="arn:aws:iam::123456789012:mfa/boss")


def test_policies_are_documents(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxError, match="documents of policies"):
        sandbox.switch(policies=[{"Statement": "no"}])
