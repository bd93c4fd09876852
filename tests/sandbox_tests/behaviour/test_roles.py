# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Roles: trust policies and whom they mean, what changes and what does not, what must be gone first."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sandbox.client import Sandbox

from ..calling import ACCOUNT, OTHER_ACCOUNT
from ..policies import POLICY, TRUST
from ..refusal import refused

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
ROOT = f"arn:aws:iam::{ACCOUNT}:root"
USER = f"arn:aws:iam::{ACCOUNT}:user/u"


def trust(principal: Any = "none", **changes: Any) -> str:
    body = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal, **changes}
    kept = {key: value for key, value in body.items() if value not in (None, "none")}
    return json.dumps({"Version": "2012-10-17", "Statement": [kept]})


@pytest.fixture
def role(iam: Any) -> dict[str, str]:
    iam.create_role(RoleName="Deployer", AssumeRolePolicyDocument=TRUST)
    return {"RoleName": "deployer"}


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("{", "This policy contains invalid Json"),
        (trust(), "Missing required field Principal"),
        (trust("*"), "invalid principal"),
        (trust({"AWS": []}), "The passed in policy has a statement with no principals!"),
        (trust({"AWS": USER}), f'Invalid principal in policy: "AWS":"{USER}"'),
        (trust({"AWS": ROOT.replace("root", "role/none")}), "Invalid principal in policy"),
        (trust({"AWS": ["u", ROOT]}), 'Invalid principal in policy: "AWS":"u"'),
        (trust({"AWS": "arn:aws-cn:iam::123456789012:root"}), "Invalid principal in policy"),
        (trust({"AWS": "AIDAAAAAAAAAAAAAAAAAA"}), "Invalid principal in policy"),
        (trust({"Service": "lambda"}), 'Invalid principal in policy: "SERVICE":"lambda"'),
        (trust({"User": ROOT}), "Invalid principal in policy"),
        (trust({"AWS": ROOT}, Resource="*"), "Has prohibited field Resource."),
        (trust({"AWS": ROOT}, Action="s3:GetObject"), "Trust Policy statement actions can only be sts:AssumeRole"),
        (trust({"AWS": ROOT}, Effect=None), "Syntax errors in policy."),
    ],
)
def test_trust_policies_that_aws_refuses(iam: Any, role: dict[str, str], document: str, message: str) -> None:
    """MalformedPolicyDocument: of CreateRole and UpdateAssumeRolePolicy. Whom the policy names must exist (public
    reports, e.g. hashicorp/terraform-provider-aws#8905); Principal "*" is refused where {"AWS": "*"} is not
    (aws/aws-cdk#5746).
    """
    with refused("MalformedPolicyDocument", message):
        iam.create_role(RoleName="r", AssumeRolePolicyDocument=document)
    with refused("MalformedPolicyDocument", message):
        iam.update_assume_role_policy(**role, PolicyDocument=document)
    assert iam.get_role(**role)["Role"]["AssumeRolePolicyDocument"] == json.loads(TRUST)


@pytest.mark.parametrize(
    "principal",
    [
        {"AWS": "*"},
        {"AWS": [ROOT, f"arn:aws:iam::{OTHER_ACCOUNT}:root"]},
        {"Service": ["ec2.amazonaws.com", "lambda.amazonaws.com"]},
        {"Federated": f"arn:aws:iam::{ACCOUNT}:saml-provider/idp"},
    ],
)
def test_trust_policies_that_aws_takes(iam: Any, role: dict[str, str], principal: Any) -> None:
    """UpdateAssumeRolePolicy: accounts, services, providers, everybody (IAM user guide, Principal)."""
    condition = {"StringEquals": {"sts:RoleSessionName": "${aws:username}"}, "NumericLessThan": {"aws:Age": 3600}}
    document = trust(principal, Condition=condition)
    iam.update_assume_role_policy(**role, PolicyDocument=document)
    assert iam.get_role(**role)["Role"]["AssumeRolePolicyDocument"] == json.loads(document)


def test_whom_a_trust_policy_means(sandbox: Sandbox, iam: Any) -> None:
    """IAM user guide, Principal: an ARN becomes an id when the policy is written. A new user of the same name is not
    meant, the id of one who is gone is shown, a renamed one is shown by the new name; an account's number is shown as
    its root.
    """
    user_id = iam.create_user(UserName="u")["User"]["UserId"]
    principal = {"AWS": [ACCOUNT, USER]}
    made = iam.create_role(RoleName="r", AssumeRolePolicyDocument=trust(principal))["Role"]
    assert made["AssumeRolePolicyDocument"]["Statement"][0]["Principal"] == principal

    def shown() -> list[Any]:
        documents = [
            iam.get_role(RoleName="r")["Role"]["AssumeRolePolicyDocument"],
            iam.list_roles()["Roles"][0]["AssumeRolePolicyDocument"],
            iam.get_account_authorization_details(Filter=["Role"])["RoleDetailList"][0]["AssumeRolePolicyDocument"],
            sandbox.state()["roles"]["r"]["assume_role_policy"],
        ]
        assert documents == documents[:1] * 4
        return list(documents[0]["Statement"][0]["Principal"]["AWS"])

    assert shown() == [ROOT, USER]
    iam.update_user(UserName="u", NewUserName="v")
    assert shown() == [ROOT, USER.replace("/u", "/v")]
    iam.delete_user(UserName="v")
    iam.create_user(UserName="u")
    assert shown() == [ROOT, user_id]
    with refused("MalformedPolicyDocument", f'"AWS":"{user_id}"'):
        iam.update_assume_role_policy(RoleName="r", PolicyDocument=trust({"AWS": user_id}))


def test_what_a_role_is_made_with(iam: Any) -> None:
    """CreateRole: session length 3600 to 43200, path, boundary, tags as a user's (API reference); the path of AWS's
    own roles is refused (tilfin/aws-iam-policy-tool#9).
    """
    document = {"AssumeRolePolicyDocument": TRUST}
    for wrong in (
        {"MaxSessionDuration": 3599},
        {"MaxSessionDuration": 43201},
        {"Path": "/team"},
        {"Description": "x" * 1001},
        {"RoleName": "r" * 65},
    ):
        with refused("ValidationError"):
            iam.create_role(**{"RoleName": "r", **document, **wrong})
    with refused("InvalidInput", "Path prefix '/aws-service-role/' can only be used for AWS Service linked Roles"):
        iam.create_role(RoleName="r", Path="/aws-service-role/ecs.amazonaws.com/", **document)
    none = f"arn:aws:iam::{ACCOUNT}:policy/none"
    with refused("NoSuchEntity", f"Scope ARN: {none} does not exist or is not attachable."):
        iam.create_role(RoleName="r", PermissionsBoundary=none, **document)
    with refused("NoSuchEntity", f"Scope ARN: {none} does not exist or is not attachable."):
        iam.create_user(UserName="u", PermissionsBoundary=none)
    with refused("InvalidInput"):
        iam.create_role(RoleName="r", Tags=[{"Key": "k", "Value": ""}, {"Key": "K", "Value": ""}], **document)
    assert iam.list_roles()["Roles"] == iam.list_users()["Users"] == []
    iam.create_role(RoleName="r", Path="/team/", MaxSessionDuration=43200, **document)
    with refused("EntityAlreadyExists", "Role with name R already exists."):
        iam.create_role(RoleName="R", **document)
    assert iam.get_role(RoleName="R")["Role"]["MaxSessionDuration"] == 43200


def test_changes_of_a_role(iam: Any, role: dict[str, str]) -> None:
    """UpdateRole: what is left out stays; UpdateRoleDescription gives the role; boundary and tags come and go."""
    iam.update_role(**role, Description="runs it", MaxSessionDuration=7200)
    iam.update_role(**role, MaxSessionDuration=14400)
    shown = iam.get_role(**role)["Role"]
    assert (shown["Description"], shown["MaxSessionDuration"]) == ("runs it", 14400)
    iam.update_role(**role)
    assert iam.update_role_description(**role, Description="new")["Role"]["Description"] == "new"
    assert iam.get_role(**role)["Role"]["MaxSessionDuration"] == 14400
    iam.update_role(**role, Description="")
    assert "Description" not in iam.get_role(**role)["Role"]
    with refused("ValidationError"):
        iam.update_role(**role, MaxSessionDuration=60)
    iam.tag_role(**role, Tags=[{"Key": "Team", "Value": "a"}])
    iam.tag_role(**role, Tags=[{"Key": "team", "Value": "b"}, {"Key": "k", "Value": ""}])
    assert iam.list_role_tags(**role)["Tags"] == [{"Key": "k", "Value": ""}, {"Key": "team", "Value": "b"}]
    iam.untag_role(**role, TagKeys=["TEAM"])
    assert iam.get_role(**role)["Role"]["Tags"] == [{"Key": "k", "Value": ""}]
    iam.put_role_permissions_boundary(**role, PermissionsBoundary=READ_ONLY)
    assert iam.get_policy(PolicyArn=READ_ONLY)["Policy"]["PermissionsBoundaryUsageCount"] == 1
    iam.delete_role_permissions_boundary(**role)
    with refused("NoSuchEntity"):
        iam.delete_role_permissions_boundary(**role)


def test_inline_policies_of_a_role(iam: Any, role: dict[str, str]) -> None:
    """Put, Get, Delete, ListRolePolicies: written over without case; 10,240 characters in all (IAM user guide)."""
    long = json.loads(POLICY)
    long["Statement"][0]["Sid"] = "x" * 6000
    iam.put_role_policy(**role, PolicyName="One", PolicyDocument=json.dumps(long))
    iam.put_role_policy(**role, PolicyName="ONE", PolicyDocument=POLICY)
    assert iam.list_role_policies(**role)["PolicyNames"] == ["One"]
    iam.put_role_policy(**role, PolicyName="two", PolicyDocument=json.dumps(long))
    with refused("LimitExceeded", "Maximum policy size of 10240 bytes exceeded for role Deployer"):
        iam.put_role_policy(**role, PolicyName="one", PolicyDocument=json.dumps(long))
    assert iam.get_role_policy(**role, PolicyName="one")["PolicyDocument"] == json.loads(POLICY)
    iam.delete_role_policy(**role, PolicyName="TWO")
    with refused("NoSuchEntity"):
        iam.get_role_policy(**role, PolicyName="two")
    with refused("LimitExceeded", "ACLSizePerRole: 2048"):
        iam.update_assume_role_policy(**role, PolicyDocument=trust({"AWS": ROOT}, Sid="x" * 2048))


def test_what_must_be_gone_before_a_role(iam: Any, role: dict[str, str]) -> None:
    """DeleteRole: instance profiles, attached and inline policies first; boundary and tags go with it."""
    iam.put_role_policy(**role, PolicyName="p", PolicyDocument=POLICY)
    iam.attach_role_policy(**role, PolicyArn=READ_ONLY)
    iam.put_role_permissions_boundary(**role, PermissionsBoundary=READ_ONLY)
    iam.create_instance_profile(InstanceProfileName="i")
    iam.add_role_to_instance_profile(InstanceProfileName="i", **role)
    with refused("DeleteConflict", "must remove roles from instance profile first."):
        iam.delete_role(**role)
    iam.remove_role_from_instance_profile(InstanceProfileName="i", **role)
    with refused("NoSuchEntity", "is not in the instance profile"):
        iam.remove_role_from_instance_profile(InstanceProfileName="i", **role)
    with refused("DeleteConflict", "must detach all policies first."):
        iam.delete_role(**role)
    iam.detach_role_policy(**role, PolicyArn=READ_ONLY)
    with refused("DeleteConflict", "must delete policies first."):
        iam.delete_role(**role)
    iam.delete_role_policy(**role, PolicyName="p")
    iam.delete_role(**role)
    with refused("NoSuchEntity", "The role with name deployer cannot be found."):
        iam.delete_role(**role)
    assert iam.get_policy(PolicyArn=READ_ONLY)["Policy"]["PermissionsBoundaryUsageCount"] == 0


def test_roles_of_services_are_not_ours_to_change(iam: Any) -> None:
    """UnmodifiableEntity: for each operation that botocore's model gives this error (message: gruntwork-io/cloud-nuke
    #880); reading one, and tagging it, are not among them.
    """
    iam.create_service_linked_role(AWSServiceName="support.amazonaws.com")
    role = {"RoleName": "AWSServiceRoleForSupport"}
    message = (
        "Cannot perform the operation on the protected role 'AWSServiceRoleForSupport' "
        "- this role is only modifiable by AWS"
    )
    iam.create_instance_profile(InstanceProfileName="i")
    for call, more in (
        (iam.attach_role_policy, {"PolicyArn": READ_ONLY}),
        (iam.detach_role_policy, {"PolicyArn": "arn:aws:iam::aws:policy/aws-service-role/AWSSupportServiceRolePolicy"}),
        (iam.put_role_policy, {"PolicyName": "p", "PolicyDocument": POLICY}),
        (iam.delete_role_policy, {"PolicyName": "p"}),
        (iam.put_role_permissions_boundary, {"PermissionsBoundary": READ_ONLY}),
        (iam.delete_role_permissions_boundary, {}),
        (iam.update_assume_role_policy, {"PolicyDocument": TRUST}),
        (iam.update_role, {"MaxSessionDuration": 7200}),
        (iam.update_role_description, {"Description": "ours"}),
        (iam.add_role_to_instance_profile, {"InstanceProfileName": "i"}),
        (iam.delete_role, {}),
    ):
        with refused("UnmodifiableEntity", message):
            call(**role, **more)
    assert iam.get_role(**role)["Role"]["Path"] == "/aws-service-role/support.amazonaws.com/"


def test_details_of_roles_and_policies(iam: Any) -> None:
    """GAAD RoleDetail, ManagedPolicyDetail: with documents, boundary, tags and profiles; a policy's without description
    and tags. Users, roles, groups, policies share one MaxItems, in this order (API reference, live probe).
    """
    policy = iam.create_policy(PolicyName="p", PolicyDocument=POLICY, Description="d", Tags=[{"Key": "k", "Value": ""}])
    arn = policy["Policy"]["Arn"]
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=trimmed(POLICY))
    more = {"PermissionsBoundary": arn, "Tags": [{"Key": "k", "Value": "v"}], "Path": "/x/"}
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST, **more)
    iam.attach_role_policy(RoleName="r", PolicyArn=arn)
    iam.put_role_policy(RoleName="r", PolicyName="i", PolicyDocument=POLICY)
    iam.create_instance_profile(InstanceProfileName="i")
    iam.add_role_to_instance_profile(InstanceProfileName="i", RoleName="r")
    (role,) = iam.get_account_authorization_details(Filter=["Role"])["RoleDetailList"]
    (profile,) = role.pop("InstanceProfileList")
    assert [each["RoleName"] for each in profile["Roles"]] == ["r"]
    del role["RoleId"], role["CreateDate"]
    assert role == {
        "Path": "/x/",
        "RoleName": "r",
        "Arn": f"arn:aws:iam::{ACCOUNT}:role/x/r",
        "AssumeRolePolicyDocument": json.loads(TRUST),
        "RolePolicyList": [{"PolicyName": "i", "PolicyDocument": json.loads(POLICY)}],
        "AttachedManagedPolicies": [{"PolicyName": "p", "PolicyArn": arn}],
        "PermissionsBoundary": {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn},
        "Tags": more["Tags"],
        "RoleLastUsed": {},
    }
    (found,) = iam.get_account_authorization_details(Filter=["LocalManagedPolicy"])["Policies"]
    assert not {"Description", "Tags"} & found.keys()
    assert (found["AttachmentCount"], found["PermissionsBoundaryUsageCount"]) == (1, 1)
    versions = {each["VersionId"]: (each["IsDefaultVersion"], each["Document"]) for each in found["PolicyVersionList"]}
    assert versions == {"v1": (True, json.loads(POLICY)), "v2": (False, json.loads(trimmed(POLICY)))}
    iam.create_user(UserName="u")
    iam.create_group(GroupName="g")
    kinds = {"Filter": ["LocalManagedPolicy", "Role", "Group", "User"], "MaxItems": 1}
    order: list[str] = []
    marker: dict[str, Any] = {}
    for _page in range(4):
        page = iam.get_account_authorization_details(**kinds, **marker)
        order += [
            kind for kind in ("UserDetailList", "RoleDetailList", "GroupDetailList", "Policies") for _each in page[kind]
        ]
        marker = {"Marker": page.get("Marker")}
    assert order == ["UserDetailList", "RoleDetailList", "GroupDetailList", "Policies"]
    assert not page["IsTruncated"]


def trimmed(document: str) -> str:
    return document.replace("s3:ListBucket", "s3:GetObject")
