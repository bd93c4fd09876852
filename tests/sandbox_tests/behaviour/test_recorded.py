# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that others recorded from real accounts: the sandbox gives the same.

Sources: LocalStack's `tests/aws/services/iam/test_iam.snapshot.json` and `.../sts/test_sts.snapshot.json`
(each test here names the ones there), and the tests that moto marks `aws_verified`
(`tests/test_iam/test_iam_response_attributes.py`, `test_iam_signing_certificates.py`). Facts, told in our own words.
Those of credentials stand in test_recorded_credentials.py.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote_plus

import pytest

from tests.sandbox.client import Sandbox

from ..calling import ACCOUNT, client_of
from ..policies import POLICY
from ..refusal import refused, told

EC2 = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
OWN = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": ["sts:AssumeRole", "sts:TagSession"], "Principal": {"AWS": ACCOUNT}}],
}
UNPARSED = "Invalid ARN:  Could not be parsed!"
TAGS = [{"Key": "test", "Value": "value"}]


def role(iam: Any, **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = iam.create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps(EC2), **more)["Role"]
    return made


@pytest.mark.parametrize("more", [{}, {"Path": "/team/"}, {"Path": "/team/", "Tags": TAGS}])
def test_a_role_as_it_is_shown(iam: Any, more: dict[str, Any]) -> None:
    """TestIAMIntegrations::test_create_describe_role, test_update_assume_role_policy;
    TestIAMExtensions::test_role_with_path_lifecycle; TestRoles::test_role_with_tags: CreateRole shows no
    MaxSessionDuration, and nobody shows a Description that nobody gave; tags are in CreateRole and GetRole alone.
    """
    path = more.get("Path", "/")
    made = role(iam, **more)
    bare = {
        "Path": path,
        "RoleName": "r",
        "RoleId": made["RoleId"],
        "Arn": f"arn:aws:iam::{ACCOUNT}:role{path}r",
        "CreateDate": made["CreateDate"],
        "AssumeRolePolicyDocument": EC2,
    }
    tags = {"Tags": TAGS} if "Tags" in more else {}
    assert made == {**bare, **tags}
    listed = {**bare, "MaxSessionDuration": 3600}
    assert iam.get_role(RoleName="r")["Role"] == {**listed, "RoleLastUsed": {}, **tags}
    assert iam.list_roles(PathPrefix=path)["Roles"] == [listed]
    answer = iam.update_assume_role_policy(RoleName="r", PolicyDocument=json.dumps(EC2))
    assert answer.keys() == {"ResponseMetadata"}
    iam.delete_role(RoleName="r")


def test_lists_of_roles_do_not_show_the_boundary(iam: Any) -> None:
    """TestIAMIntegrations::test_list_roles_with_permission_boundary; moto's
    test_role_resource_returns_subset_of_available_attributes: boundary and tags where they are given, never in lists.
    """
    arn = iam.create_policy(PolicyName="p", PolicyDocument=POLICY)["Policy"]["Arn"]
    made = role(iam, Path="/team/", Description="test", PermissionsBoundary=arn, Tags=TAGS)
    for shown in (made, iam.get_role(RoleName="r")["Role"]):
        assert shown["PermissionsBoundary"] == {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn}
        assert shown["Tags"] == TAGS
    (listed,) = iam.list_roles(PathPrefix="/team/")["Roles"]
    assert not {"PermissionsBoundary", "RoleLastUsed", "Tags"} & listed.keys()
    iam.delete_role_permissions_boundary(RoleName="r")
    assert "PermissionsBoundary" not in iam.get_role(RoleName="r")["Role"]


def test_users_and_policies_show_what_was_given(iam: Any) -> None:
    """TestIAMExtensions::test_create_user_with_permission_boundary,
    test_create_user_add_permission_boundary_afterwards; TestIAMIntegrations::test_create_user_with_tags; moto's
    test_user_resource_returns_subset_of_available_attributes,
    test_policy_resource_returns_subset_of_available_attributes.
    """
    made = iam.create_policy(PolicyName="p", PolicyDocument=POLICY, Description="said", Tags=TAGS)["Policy"]
    assert "Description" not in made
    assert made["Tags"] == TAGS
    bare = iam.create_policy(PolicyName="q", PolicyDocument=POLICY)["Policy"]
    assert not {"Description", "Tags"} & bare.keys()
    shown = iam.get_policy(PolicyArn=bare["Arn"])["Policy"]
    assert "Description" not in shown
    assert shown["Tags"] == []
    for listed in iam.list_policies(Scope="Local")["Policies"]:
        assert not {"Description", "Tags"} & listed.keys()
    boundary = {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": made["Arn"]}
    assert iam.create_user(UserName="u", PermissionsBoundary=made["Arn"], Tags=TAGS)["User"]["Tags"] == TAGS
    assert iam.get_user(UserName="u")["User"]["PermissionsBoundary"] == boundary
    iam.delete_user_permissions_boundary(UserName="u")
    assert "PermissionsBoundary" not in iam.get_user(UserName="u")["User"]
    iam.put_user_permissions_boundary(UserName="u", PermissionsBoundary=made["Arn"])
    assert iam.get_user(UserName="u")["User"]["PermissionsBoundary"] == boundary
    (listed,) = iam.list_users()["Users"]
    assert not {"PermissionsBoundary", "Tags"} & listed.keys()


def test_trust_policies_that_are_no_json(iam: Any) -> None:
    """TestIAMExtensions::test_create_role_with_malformed_assume_role_policy_document."""
    document = json.dumps(EC2)[:-1] + ",}"
    assert told(iam.create_role, RoleName="r", AssumeRolePolicyDocument=document) == (
        "MalformedPolicyDocument",
        "This policy contains invalid Json",
    )


@pytest.mark.parametrize("kind", ["user", "role", "group"])
def test_attaching(iam: Any, kind: str) -> None:
    """TestIAMIntegrations::test_role_attach_policy, test_user_attach_policy, test_attach_iam_role_to_new_iam_user:
    the new policy as CreatePolicy shows it, what names no policy, and the one that is attached.
    """
    iam.create_user(UserName="u")
    iam.create_group(GroupName="u")
    iam.create_role(RoleName="u", AssumeRolePolicyDocument=json.dumps(EC2))
    owner = {f"{kind.capitalize()}Name": "u"}
    made = iam.create_policy(PolicyName="test-policy-of-ours", PolicyDocument=POLICY)["Policy"]
    assert made == {
        "PolicyName": "test-policy-of-ours",
        "PolicyId": made["PolicyId"],
        "Arn": f"arn:aws:iam::{ACCOUNT}:policy/test-policy-of-ours",
        "Path": "/",
        "DefaultVersionId": "v1",
        "AttachmentCount": 0,
        "PermissionsBoundaryUsageCount": 0,
        "IsAttachable": True,
        "CreateDate": made["CreateDate"],
        "UpdateDate": made["UpdateDate"],
    }
    attach = getattr(iam, f"attach_{kind}_policy")
    for name in ("longpolicynamebutnoarn", "test-policy-of-ours-2"):
        assert told(attach, **owner, PolicyArn=name) == ("ValidationError", UNPARSED)
    assert told(attach, **owner, PolicyArn=made["Arn"] + "123") == (
        "NoSuchEntity",
        f"Policy {made['Arn']}123 does not exist or is not attachable.",
    )
    attach(**owner, PolicyArn=made["Arn"])
    (attached,) = getattr(iam, f"list_attached_{kind}_policies")(**owner)["AttachedPolicies"]
    assert attached == {"PolicyName": made["PolicyName"], "PolicyArn": made["Arn"]}
    assert told(iam.delete_policy, PolicyArn=f"arn:aws:iam::{ACCOUNT}:policy/non-existent-policy") == (
        "NoSuchEntity",
        f"Policy arn:aws:iam::{ACCOUNT}:policy/non-existent-policy was not found.",
    )


def test_roles_once_more_and_with_policies(iam: Any) -> None:
    """TestIAMIntegrations::test_recreate_iam_role, test_attach_detach_role_policy,
    test_create_role_with_assume_role_policy (PathPrefix need not end at a slash).
    """
    role(iam, Path="/myPath/")
    with refused("EntityAlreadyExists"):
        role(iam)
    assert [each["RoleName"] for each in iam.list_roles(PathPrefix="/my")["Roles"]] == ["r"]
    arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    iam.attach_role_policy(RoleName="r", PolicyArn=arn)
    with refused("DeleteConflict"):
        iam.delete_role(RoleName="r")
    iam.detach_role_policy(RoleName="r", PolicyArn=arn)
    iam.delete_role(RoleName="r")


def test_documents_come_back_as_they_went(iam: Any) -> None:
    """TestIAMPolicyEncoding::test_put_user_policy_encoding, test_put_role_policy_encoding,
    test_put_group_policy_encoding; aws_iam_user's test_update_inline_policy: what looks encoded is not decoded.
    """
    encoded = quote_plus("arn:aws:apigateway:us-east-1::/restapis/aaeeieije")
    statement = {
        "Effect": "Allow",
        "Action": ["apigatway:PUT"],
        "Resource": [f"arn:aws:apigateway:us-east-1::/tags/{encoded}"],
    }
    document = {"Version": "2012-10-17", "Statement": [statement]}
    trust = json.loads(json.dumps(EC2))
    trust["Statement"][0]["Condition"] = {"StringEquals": {"aws:SourceArn": encoded}}
    iam.create_user(UserName="u")
    iam.create_group(GroupName="u")
    made = iam.create_role(RoleName="u", AssumeRolePolicyDocument=json.dumps(trust))["Role"]
    shown = (made, iam.get_role(RoleName="u")["Role"], iam.list_roles()["Roles"][0])
    assert [each["AssumeRolePolicyDocument"] for each in shown] == [trust] * 3
    for kind in ("User", "Role", "Group"):
        owner = {f"{kind}Name": "u", "PolicyName": "p"}
        getattr(iam, f"put_{kind.lower()}_policy")(**owner, PolicyDocument=json.dumps(document))
        answer = getattr(iam, f"get_{kind.lower()}_policy")(**owner)
        del answer["ResponseMetadata"]
        assert answer == {**owner, "PolicyDocument": document}


@pytest.mark.parametrize("kind", ["role", "group", "user"])
def test_a_simulation(iam: Any, kind: str) -> None:
    """TestIAMIntegrations::test_simulate_principle_policy. The account there is in an organisation, so its answers
    tell of that (OrganizationsDecisionDetail) too; the sandbox's account is in none.
    """
    document = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": {"Sid": "", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"},
        }
    )
    policy = iam.create_policy(PolicyName="p", PolicyDocument=document)["Policy"]["Arn"]
    more = {"AssumeRolePolicyDocument": json.dumps(EC2)} if kind == "role" else {}
    owner = {f"{kind.capitalize()}Name": "u"}
    arn = getattr(iam, f"create_{kind}")(**owner, **more)[kind.capitalize()]["Arn"]
    getattr(iam, f"attach_{kind}_policy")(**owner, PolicyArn=policy)
    answer = iam.simulate_principal_policy(
        PolicySourceArn=arn, ActionNames=["s3:PutObject", "s3:GetObjectVersion"], ResourceArns=["arn:aws:s3:::bucket"]
    )
    del answer["ResponseMetadata"]
    statement = {
        "SourcePolicyId": "p",
        "SourcePolicyType": "IAM Policy",
        "StartPosition": {"Line": 1, "Column": 41},
        "EndPosition": {"Line": 1, "Column": 113},
    }
    assert answer == {
        "EvaluationResults": [
            simulated("s3:PutObject", "allowed", [statement]),
            simulated("s3:GetObjectVersion", "implicitDeny", []),
        ],
        "IsTruncated": False,
    }


def simulated(action: str, verdict: str, statements: list[dict[str, Any]]) -> dict[str, Any]:
    matched = {"MatchedStatements": statements, "MissingContextValues": []}
    resource = {"EvalResourceName": "arn:aws:s3:::bucket", "EvalResourceDecision": verdict, **matched}
    return {
        "EvalActionName": action,
        "EvalResourceName": "arn:aws:s3:::bucket",
        "EvalDecision": verdict,
        "EvalDecisionDetails": {},
        **matched,
        "ResourceSpecificResults": [resource],
    }


def test_service_linked_roles(iam: Any) -> None:
    """TestIAMServiceRoles::test_service_role_lifecycle[batch], _custom_suffix[autoscaling], _custom_suffix_not_allowed,
    test_service_role_already_exists, test_service_role_deletion.
    """
    service = "batch.amazonaws.com"
    iam.create_service_linked_role(AWSServiceName=service)
    shown = iam.get_role(RoleName="AWSServiceRoleForBatch")["Role"]
    assert shown == {
        "Path": f"/aws-service-role/{service}/",
        "RoleName": "AWSServiceRoleForBatch",
        "RoleId": shown["RoleId"],
        "Arn": f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/{service}/AWSServiceRoleForBatch",
        "CreateDate": shown["CreateDate"],
        "AssumeRolePolicyDocument": json.loads(json.dumps(EC2).replace("ec2.amazonaws.com", service)),
        "MaxSessionDuration": 3600,
        "RoleLastUsed": {},
    }
    assert iam.list_role_policies(RoleName="AWSServiceRoleForBatch")["PolicyNames"] == []
    assert iam.list_attached_role_policies(RoleName="AWSServiceRoleForBatch")["AttachedPolicies"] == [
        {
            "PolicyName": "BatchServiceRolePolicy",
            "PolicyArn": "arn:aws:iam::aws:policy/aws-service-role/BatchServiceRolePolicy",
        }
    ]
    assert told(iam.create_service_linked_role, AWSServiceName=service) == (
        "InvalidInput",
        "Service role name AWSServiceRoleForBatch has been taken in this account, please try a different suffix.",
    )
    assert told(iam.create_service_linked_role, AWSServiceName=service, CustomSuffix="testsuffix") == (
        "InvalidInput",
        f"Custom suffix is not allowed for {service}",
    )
    made = iam.create_service_linked_role(AWSServiceName="autoscaling.amazonaws.com", CustomSuffix="x")["Role"]
    assert made["RoleName"] == "AWSServiceRoleForAutoScaling_x"
    task = iam.delete_service_linked_role(RoleName="AWSServiceRoleForBatch")["DeletionTaskId"]
    assert task.startswith(f"task/aws-service-role/{service}/AWSServiceRoleForBatch/")
    assert iam.get_service_linked_role_deletion_status(DeletionTaskId=task)["Status"] == "SUCCEEDED"


def test_who_asks_for_itself(sandbox: Sandbox, iam: Any) -> None:
    """TestIAMExtensions::test_get_user_without_username_as_user, test_get_user_without_username_as_role."""
    itself = json.loads(POLICY)
    itself["Statement"][0]["Action"] = ["iam:GetUser"]
    named = {"PolicyName": "policy=p", "PolicyDocument": json.dumps(itself)}
    iam.create_user(UserName="u")
    iam.put_user_policy(UserName="u", **named)
    user = client_of(sandbox, iam.create_access_key(UserName="u")["AccessKey"]).get_user()["User"]
    assert (user["UserName"], user["Arn"]) == ("u", f"arn:aws:iam::{ACCOUNT}:user/u")
    iam.create_user(UserName="automation")
    trust = json.loads(json.dumps(OWN))
    trust["Statement"][0]["Principal"]["AWS"] = sandbox.boto("sts").get_caller_identity()["Arn"]
    arn = iam.create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    iam.put_role_policy(RoleName="r", **named)
    keys = sandbox.boto("sts").assume_role(RoleArn=arn, RoleSessionName="session-1")["Credentials"]
    with refused("ValidationError", "Must specify userName when calling with non-User credentials"):
        client_of(sandbox, keys).get_user()


def test_assume_role(sandbox: Sandbox, iam: Any) -> None:
    """TestSTSIntegrations::test_assume_role, test_sts_invalid_parameters."""
    made = iam.create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps(OWN))["Role"]
    assert made["AssumeRolePolicyDocument"] == OWN
    sts = sandbox.boto("sts")
    answer = sts.assume_role(RoleArn=made["Arn"], RoleSessionName="Session1")
    assert answer["AssumedRoleUser"] == {
        "AssumedRoleId": f"{made['RoleId']}:Session1",
        "Arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/r/Session1",
    }
    assert answer["Credentials"].keys() == {"AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"}
    for arn in (
        "nothing-valid-in-here",
        "arn::b:::something/test-role",
        "arn:a::::something/test-role",
        "arn:a:::something/test-role",
        "arn:a:a::aaaaaaaaaa:",
    ):
        assert told(sts.assume_role, RoleArn=arn, RoleSessionName="Session1") == (
            "ValidationError",
            f"{arn} is invalid",
        )
    assert told(sts.assume_role, RoleArn="arn:a:b:::something/test-role", RoleSessionName="Session1:2") == (
        "ValidationError",
        "1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: "
        r"Member must satisfy regular expression pattern: [\w+=,.@-]*",
    )
