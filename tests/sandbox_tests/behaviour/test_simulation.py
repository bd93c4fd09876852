# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SimulatePrincipalPolicy: verdicts, which statements led to them, boundaries, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sandbox.client import Sandbox

from ..policies import TRUST
from ..refusal import refused

ACCOUNT = "123456789012"
CHANGE = "iam:ChangePassword"
GROUP = f"arn:aws:iam::{ACCOUNT}:group/sales"
ASHA = f"arn:aws:iam::{ACCOUNT}:user/asha"
WITHOUT_MFA = {
    "ContextKeyName": "aws:MultiFactorAuthPresent",
    "ContextKeyType": "boolean",
    "ContextKeyValues": ["false"],
}
AS_ASHA = {"ContextKeyName": "aws:username", "ContextKeyType": "string", "ContextKeyValues": ["asha"]}
OWN = "arn:aws:iam::*:user/${aws:username}"


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)}, indent=2)


def allow(resource: str = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": CHANGE, "Resource": resource, **more}


DENY_WITHOUT_MFA = {
    "Effect": "Deny",
    "NotAction": "iam:GetUser",
    "Resource": "*",
    "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}},
}


@pytest.fixture
def group(iam: Any) -> Any:
    iam.create_group(GroupName="sales")
    iam.create_user(UserName="asha")
    iam.add_user_to_group(GroupName="sales", UserName="asha")
    return iam


def simulate(iam: Any, source: str = GROUP, resources: tuple[str, ...] = (ASHA,), **more: Any) -> dict[str, Any]:
    given = {"ActionNames": [CHANGE], "ResourceArns": list(resources), "ContextEntries": [AS_ASHA, WITHOUT_MFA], **more}
    answer = iam.simulate_principal_policy(PolicySourceArn=source, **given)
    assert answer["IsTruncated"] is False
    found: dict[str, Any] = answer["EvaluationResults"][0]
    return found


def test_nothing_allows(group: Any) -> None:
    """Evaluation: what no statement allows is denied implicitly (IAM user guide, evaluation logic)."""
    found = simulate(group)
    assert (found["EvalDecision"], found["MatchedStatements"]) == ("implicitDeny", [])


def test_a_groups_policies_reach_its_users(group: Any) -> None:
    """PolicySourceArn: for a user, the policies of its groups are included; a group has its own alone (API)."""
    group.put_group_policy(GroupName="sales", PolicyName="own", PolicyDocument=document(allow(OWN)))
    assert simulate(group)["EvalDecision"] == "allowed"
    assert simulate(group, ASHA, ContextEntries=[])["EvalDecision"] == "allowed"
    group.attach_user_policy(UserName="asha", PolicyArn="arn:aws:iam::aws:policy/AWSDenyAll")
    assert simulate(group)["EvalDecision"] == "allowed"
    assert simulate(group, ASHA)["EvalDecision"] == "explicitDeny"


def test_a_group_has_no_user_name(group: Any) -> None:
    """ContextEntries: a key that is not given is missing, and named as such (API)."""
    group.put_group_policy(GroupName="sales", PolicyName="own", PolicyDocument=document(allow(OWN)))
    found = simulate(group, ContextEntries=[])
    assert found["EvalDecision"] == "implicitDeny"
    assert found["ResourceSpecificResults"][0]["MissingContextValues"] == ["aws:username"]


def test_an_explicit_deny_wins(group: Any) -> None:
    """MatchedStatements: of an explicit deny only the denying statement is told, with its policy (API)."""
    group.attach_group_policy(GroupName="sales", PolicyArn="arn:aws:iam::aws:policy/IAMUserChangePassword")
    group.put_group_policy(GroupName="sales", PolicyName="mfa", PolicyDocument=document(allow(), DENY_WITHOUT_MFA))
    found = simulate(group)
    assert found["EvalDecision"] == "explicitDeny"
    (matched,) = found["MatchedStatements"]
    assert (matched["SourcePolicyId"], matched["SourcePolicyType"]) == ("group_sales_mfa", "IAM Policy")
    assert matched["StartPosition"]["Line"] < matched["EndPosition"]["Line"]
    with_mfa = {**WITHOUT_MFA, "ContextKeyValues": ["true"]}
    found = simulate(group, ContextEntries=[AS_ASHA, with_mfa])
    assert [matched["SourcePolicyId"] for matched in found["MatchedStatements"]] == [
        "group_sales_mfa",
        "IAMUserChangePassword",
    ]


def test_each_resource_has_its_verdict(group: Any) -> None:
    """ResourceSpecificResults: one for each resource; above them the strictest (API)."""
    path = f"arn:aws:iam::{ACCOUNT}:user/staff/asha"
    group.put_group_policy(GroupName="sales", PolicyName="own", PolicyDocument=document(allow(OWN)))
    found = simulate(group, resources=(ASHA, path))
    assert found["EvalDecision"] == "implicitDeny"
    verdicts = {one["EvalResourceName"]: one["EvalResourceDecision"] for one in found["ResourceSpecificResults"]}
    assert verdicts == {ASHA: "allowed", path: "implicitDeny"}


def test_a_boundary_limits(group: Any) -> None:
    """PermissionsBoundaryDecisionDetail: allowed only where the boundary allows, too (API)."""
    group.put_user_policy(UserName="asha", PolicyName="own", PolicyDocument=document(allow()))
    assert "PermissionsBoundaryDecisionDetail" not in simulate(group, ASHA)
    for name, within in (("IAMFullAccess", True), ("AmazonS3ReadOnlyAccess", False)):
        group.put_user_permissions_boundary(UserName="asha", PermissionsBoundary=f"arn:aws:iam::aws:policy/{name}")
        found = simulate(group, ASHA)
        assert found["EvalDecision"] == ("allowed" if within else "implicitDeny")
        assert found["PermissionsBoundaryDecisionDetail"] == {"AllowedByPermissionsBoundary": within}


def test_roles_and_added_policies(iam: Any) -> None:
    """PolicySourceArn may be a role; PolicyInputList adds to what it has (API)."""
    role = iam.create_role(RoleName="admin", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    assert simulate(iam, role)["EvalDecision"] == "implicitDeny"
    found = simulate(iam, role, PolicyInputList=[document(allow())])
    assert found["EvalDecision"] == "allowed"
    assert found["MatchedStatements"][0]["SourcePolicyId"] == "PolicyInputList.1"


def test_pages(group: Any) -> None:
    """IsTruncated and Marker as in IAM's lists (API)."""
    answer = group.simulate_principal_policy(PolicySourceArn=GROUP, ActionNames=["s3:GetObject", CHANGE], MaxItems=1)
    assert (len(answer["EvaluationResults"]), answer["IsTruncated"]) == (1, True)
    paginator = group.get_paginator("simulate_principal_policy")
    pages = paginator.paginate(PolicySourceArn=GROUP, ActionNames=["s3:GetObject", CHANGE])
    assert [one["EvalActionName"] for page in pages for one in page["EvaluationResults"]] == ["s3:GetObject", CHANGE]


def test_refusals(sandbox: Sandbox, group: Any) -> None:
    """Errors: NoSuchEntity, InvalidInput (API); a caller who may not simulate gets AccessDenied."""
    with refused("NoSuchEntity"):
        simulate(group, f"arn:aws:iam::{ACCOUNT}:group/nobody")
    with refused("NoSuchEntity"):
        simulate(group, f"arn:aws:iam::{ACCOUNT}:group/staff/sales")
    with refused("InvalidInput"):
        simulate(group, f"arn:aws:iam::{ACCOUNT}:policy/sales")
    with refused("InvalidInput"):
        simulate(group, ActionNames=["ChangePassword"])
    sandbox.fail("SimulatePrincipalPolicy", code="AccessDenied")
    with refused("AccessDenied"):
        simulate(group)


def test_the_fixed_caller_may_do_what_its_calls_may(group: Any) -> None:
    """Without policies its calls are not judged; with some, these are what the simulator knows."""
    caller = f"arn:aws:iam::{ACCOUNT}:user/automation"
    group.create_user(UserName="automation")
    assert simulate(group, caller)["EvalDecision"] == "allowed"
    group.put_user_policy(UserName="automation", PolicyName="own", PolicyDocument=document(allow(GROUP)))
    assert simulate(group, caller)["EvalDecision"] == "implicitDeny"
