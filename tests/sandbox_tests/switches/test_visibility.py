# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was created is not seen for a while."""

from __future__ import annotations

import json
import time
from typing import Any

from tests.sandbox.client import Sandbox

from ..calling import PASSWORD, names
from ..policies import TRUST
from ..refusal import code_of

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"


def test_what_was_just_created_is_not_seen_for_a_while(sandbox: Sandbox, iam: Any) -> None:
    iam.create_group(GroupName="old")
    sandbox.switch(visibility_delay=60)
    iam.create_user(UserName="Asha")
    iam.create_group(GroupName="new")
    assert code_of(iam.get_user, UserName="ASHA") == "NoSuchEntity"
    assert code_of(iam.add_user_to_group, UserName="asha", GroupName="old") == "NoSuchEntity"
    assert code_of(iam.get_group, GroupName="new") == "NoSuchEntity"
    assert code_of(iam.create_user, UserName="asha") == "EntityAlreadyExists"
    assert names(iam) == []
    details = iam.get_account_authorization_details()
    assert details["UserDetailList"] == []
    assert [group["GroupName"] for group in details["GroupDetailList"]] == ["old"]
    sandbox.switch(visibility_delay=0)
    iam.add_user_to_group(UserName="asha", GroupName="new")
    assert names(iam) == ["Asha"]
    assert [group["GroupName"] for group in iam.list_groups()["Groups"]] == ["new", "old"]


def test_what_was_created_comes_to_sight_by_itself(sandbox: Sandbox, iam: Any) -> None:
    sandbox.switch(visibility_delay=1)
    start = time.monotonic()
    iam.create_user(UserName="asha")
    waiter = iam.get_waiter("user_exists")
    waiter.wait(UserName="asha", WaiterConfig={"Delay": 0.1, "MaxAttempts": 300})
    assert time.monotonic() - start >= 1
    assert names(iam) == ["asha"]


def test_roles_are_not_seen_either(sandbox: Sandbox, iam: Any) -> None:
    iam.create_role(RoleName="old", AssumeRolePolicyDocument=TRUST)
    sandbox.switch(visibility_delay=60)
    iam.create_role(RoleName="New", AssumeRolePolicyDocument=TRUST)
    assert code_of(iam.get_role, RoleName="new") == "NoSuchEntity"
    assert code_of(iam.attach_role_policy, RoleName="New", PolicyArn=READ_ONLY) == "NoSuchEntity"
    assert code_of(iam.create_role, RoleName="NEW", AssumeRolePolicyDocument=TRUST) == "EntityAlreadyExists"
    listed = (iam.list_roles()["Roles"], iam.get_account_authorization_details(Filter=["Role"])["RoleDetailList"])
    assert [[role["RoleName"] for role in roles] for roles in listed] == [["old"], ["old"]]
    sandbox.switch(visibility_delay=0)
    iam.attach_role_policy(RoleName="New", PolicyArn=READ_ONLY)
    assert [role["RoleName"] for role in iam.list_roles()["Roles"]] == ["New", "old"]


def test_policies_and_login_profiles_are_not_seen_either(sandbox: Sandbox, iam: Any) -> None:
    iam.create_user(UserName="asha")
    sandbox.switch(visibility_delay=60)
    statement = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    arn = iam.create_policy(PolicyName="p", PolicyDocument=document)["Policy"]["Arn"]
    iam.create_login_profile(UserName="asha", Password=PASSWORD)
    assert code_of(iam.attach_user_policy, UserName="asha", PolicyArn=arn) == "NoSuchEntity"
    assert iam.list_policies(Scope="Local")["Policies"] == []
    assert code_of(iam.get_login_profile, UserName="asha") == "NoSuchEntity"
    assert code_of(iam.create_login_profile, UserName="asha", Password=PASSWORD) == "EntityAlreadyExists"
    assert code_of(iam.create_policy, PolicyName="p", PolicyDocument=document) == "EntityAlreadyExists"
    iam.get_user(UserName="asha")
    sandbox.switch(visibility_delay=0)
    iam.attach_user_policy(UserName="asha", PolicyArn=arn)
    iam.get_login_profile(UserName="asha")
    assert [policy["Arn"] for policy in iam.list_policies(Scope="Local")["Policies"]] == [arn]
