# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account is filled without calls."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.sandbox.client import Sandbox, SandboxError

from .calling import ACCOUNT, PASSWORD, names
from .policies import TRUST


def test_a_seed_fills_the_account_without_calls(sandbox: Sandbox, iam: Any) -> None:
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
    own_policy = f"arn:aws:iam::{ACCOUNT}:policy/p"
    aws_policy = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    made = sandbox.seed(
        policies=[{"name": "p", "document": document, "description": "ours", "tags": {"k": "v"}}],
        groups=[
            {"name": "g", "path": "/x/", "managed_policies": [aws_policy], "inline_policies": {"i": document}},
            {"name": "h"},
        ],
        users=[
            {
                "name": "asha",
                "path": "/y/",
                "tags": {"k": "v"},
                "groups": ["g", "h"],
                "managed_policies": [own_policy],
                "inline_policies": {"j": document},
                "permissions_boundary": own_policy,
                "password": PASSWORD,
                "password_reset_required": True,
                "made_days_ago": 400,
                "signed_in_days_ago": 3,
                "mfa": True,
                "access_keys": [{"days": 120, "used_days_ago": 3}, {"active": False}],
            },
            {"name": "bo"},
        ],
        roles=[
            {
                "name": "ops",
                "path": "/r/",
                "trust": json.loads(TRUST),
                "description": "runs it",
                "max_session_duration": 7200,
                "tags": {"k": "v"},
                "permissions_boundary": own_policy,
                "managed_policies": [aws_policy],
                "inline_policies": {"i": document},
            }
        ],
    )
    assert made == {"policies": 1, "groups": 2, "users": 2, "roles": 1}
    assert sandbox.calls()["total"] == 0
    assert iam.get_group(GroupName="g")["Group"]["Path"] == "/x/"
    assert iam.list_attached_group_policies(GroupName="g")["AttachedPolicies"][0]["PolicyArn"] == aws_policy
    assert iam.get_group_policy(GroupName="g", PolicyName="i")["PolicyDocument"] == document
    user = iam.get_user(UserName="asha")["User"]
    assert (user["Path"], user["Tags"]) == ("/y/", [{"Key": "k", "Value": "v"}])
    assert user["PermissionsBoundary"]["PermissionsBoundaryArn"] == own_policy
    assert [group["GroupName"] for group in iam.list_groups_for_user(UserName="asha")["Groups"]] == ["g", "h"]
    assert iam.list_attached_user_policies(UserName="asha")["AttachedPolicies"][0]["PolicyArn"] == own_policy
    assert iam.get_user_policy(UserName="asha", PolicyName="j")["PolicyDocument"] == document
    assert iam.get_login_profile(UserName="asha")["LoginProfile"]["PasswordResetRequired"] is True
    assert names(iam) == ["asha", "bo"]
    role = iam.get_role(RoleName="ops")["Role"]
    assert (role["Path"], role["Description"], role["MaxSessionDuration"]) == ("/r/", "runs it", 7200)
    assert (role["Tags"], role["AssumeRolePolicyDocument"]) == ([{"Key": "k", "Value": "v"}], json.loads(TRUST))
    assert iam.list_role_policies(RoleName="ops")["PolicyNames"] == ["i"]
    policy = iam.get_policy(PolicyArn=own_policy)["Policy"]
    assert (policy["Description"], policy["Tags"]) == ("ours", [{"Key": "k", "Value": "v"}])
    assert policy["PermissionsBoundaryUsageCount"] == 2
    now = datetime.now(UTC)
    assert [(now - user[moment]).days for moment in ("CreateDate", "PasswordLastUsed")] == [400, 3]
    assert len(iam.list_mfa_devices(UserName="asha")["MFADevices"]) == 1
    keys = sorted(iam.list_access_keys(UserName="asha")["AccessKeyMetadata"], key=lambda key: key["CreateDate"])
    assert [((now - key["CreateDate"]).days, key["Status"]) for key in keys] == [(120, "Active"), (0, "Inactive")]
    used = [iam.get_access_key_last_used(AccessKeyId=key["AccessKeyId"])["AccessKeyLastUsed"] for key in keys]
    assert [(now - one["LastUsedDate"]).days if "LastUsedDate" in one else None for one in used] == [3, None]


@pytest.mark.parametrize(
    ("seed", "message"),
    [
        ({"people": []}, "people in the seed"),
        ({"users": [{"name": "asha", "team": "x"}]}, "team in users: asha"),
        ({"users": [{"name": "asha", "groups": ["none"]}]}, "NoSuchEntity|none cannot be found"),
    ],
)
def test_a_wrong_seed_is_refused(sandbox: Sandbox, seed: dict[str, Any], message: str) -> None:
    with pytest.raises(SandboxError, match=message):
        sandbox.seed(**seed)
