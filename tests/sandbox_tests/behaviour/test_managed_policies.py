# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Customer managed policies: their documents, versions, tags, uses, and that AWS's are not ours to change."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ..policies import OTHER_POLICY, POLICY, TRUST
from ..refusal import refused

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"


def statement(**changes: Any) -> str:
    body = {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", **changes}
    kept = {key: value for key, value in body.items() if value is not None}
    return json.dumps({"Version": "2012-10-17", "Statement": [kept]})


@pytest.fixture
def arn(iam: Any) -> str:
    return str(iam.create_policy(PolicyName="p", PolicyDocument=POLICY)["Policy"]["Arn"])


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("not json", "Syntax errors in policy."),
        (statement(Unknown=1), "Syntax errors in policy."),
        (statement(NotAction="s3:*"), "Syntax errors in policy."),
        (statement(Condition={"StringSame": {"aws:username": "x"}}), "Syntax errors in policy."),
        (statement(Effect="allow"), "The policy failed legacy parsing"),
        (statement(Action=None), "Policy statement must contain actions."),
        (statement(Resource=None), "Policy statement must contain resources."),
        (statement(Action="ListBucket"), "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."),
        (statement(Action="s3:List:Bucket"), "Actions/Condition can contain only one colon."),
        (statement(Resource="bucket"), 'Resource bucket must be in ARN format or "*".'),
        (statement(Principal={"AWS": "*"}), "Policy document should not specify a principal."),
        (statement(Sid="one two"), "Statement IDs (SID) must be alpha-numeric."),
        (
            json.dumps({"Version": "2012-10-17", "Statement": json.loads(statement(Sid="a"))["Statement"] * 2}),
            "Statement IDs (SID) in a single policy must be unique.",
        ),
    ],
)
def test_what_is_wrong_with_a_document(iam: Any, arn: str, document: str, message: str) -> None:
    """MalformedPolicyDocument: the messages are AWS's as moto's tests have them, and public reports of the last two
    and of the principal (e.g. aws-cloudformation/cfn-lint#1376, hashicorp/terraform#13449).
    """
    with refused("MalformedPolicyDocument", message):
        iam.create_policy(PolicyName="q", PolicyDocument=document)
    with refused("MalformedPolicyDocument", message):
        iam.create_policy_version(PolicyArn=arn, PolicyDocument=document)
    assert [each["PolicyName"] for each in iam.list_policies(Scope="Local")["Policies"]] == ["p"]


@pytest.mark.parametrize("version", [None, "2008-10-17"])
def test_only_a_managed_policy_needs_the_version(iam: Any, version: str | None) -> None:
    """A managed policy must say 2012-10-17 (public reports of the message, all of managed policies); the user guide
    lets every other policy leave the version out.
    """
    policy = json.loads(POLICY)
    document = json.dumps({"Statement": policy["Statement"], **({"Version": version} if version else {})})
    with refused("MalformedPolicyDocument", "Policy document must be version 2012-10-17 or greater."):
        iam.create_policy(PolicyName="p", PolicyDocument=document)
    iam.create_user(UserName="u")
    iam.put_user_policy(UserName="u", PolicyName="p", PolicyDocument=document)
    trust = json.loads(TRUST)
    document = json.dumps({"Statement": trust["Statement"], **({"Version": version} if version else {})})
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=document)


@pytest.mark.parametrize(
    "document",
    [
        statement(Condition={"NumericLessThan": {"s3:max-keys": 10}, "Bool": {"aws:SecureTransport": True}}),
        statement(Condition={"NumericEquals": {"s3:max-keys": [10, "20"]}}),
        statement(Resource=["arn:aws:iam::*:root", "arn:aws:iam::*:*"]),
        statement(Resource="arn:aws:s3:*:*:access-grants/default/grant/*"),
    ],
)
def test_documents_that_aws_takes(iam: Any, document: str) -> None:
    """The grammar of policies takes numbers as values of a condition; the resources are of AWS's own policies."""
    arn = iam.create_policy(PolicyName="p", PolicyDocument=document)["Policy"]["Arn"]
    version = iam.get_policy_version(PolicyArn=arn, VersionId="v1")["PolicyVersion"]
    assert version["Document"] == json.loads(document)


def test_names_paths_and_descriptions(iam: Any, arn: str) -> None:
    """CreatePolicy: a name is unique without case whatever the path; a description of 1,000 at most (API reference)."""
    with refused("EntityAlreadyExists", "A policy called P already exists. Duplicate names are not allowed."):
        iam.create_policy(PolicyName="P", Path="/team/", PolicyDocument=POLICY)
    for wrong in ({"Path": "/team"}, {"Path": "/te am/"}, {"Description": "x" * 1001}, {"PolicyName": "q r"}):
        with refused("ValidationError"):
            iam.create_policy(**{"PolicyName": "q", "PolicyDocument": POLICY, **wrong})
    made = iam.create_policy(PolicyName="q", Path="/team/", Description="x" * 1000, PolicyDocument=POLICY)["Policy"]
    assert made["Arn"] == arn.replace("policy/p", "policy/team/q")


def test_five_versions(iam: Any, arn: str) -> None:
    """CreatePolicyVersion: five at most; a number is never given twice; the default one stays (API reference;
    the messages in redradrat/aws-iam-operator#13, rebuy-de/aws-nuke#1).
    """
    for number in range(2, 6):
        made = iam.create_policy_version(PolicyArn=arn, PolicyDocument=OTHER_POLICY)["PolicyVersion"]
        assert (made["VersionId"], made["IsDefaultVersion"]) == (f"v{number}", False)
    with refused("LimitExceeded"):
        iam.create_policy_version(PolicyArn=arn, PolicyDocument=POLICY)
    iam.delete_policy_version(PolicyArn=arn, VersionId="v5")
    made = iam.create_policy_version(PolicyArn=arn, PolicyDocument=OTHER_POLICY, SetAsDefault=True)["PolicyVersion"]
    assert (made["VersionId"], made["IsDefaultVersion"]) == ("v6", True)
    with refused("DeleteConflict", "Cannot delete the default version of a policy."):
        iam.delete_policy_version(PolicyArn=arn, VersionId="v6")
    iam.set_default_policy_version(PolicyArn=arn, VersionId="v1")
    assert iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"] == "v1"
    with refused("NoSuchEntity"):
        iam.set_default_policy_version(PolicyArn=arn, VersionId="v5")


def test_tags_of_policies_know_case(iam: Any, arn: str) -> None:
    """TagPolicy, UntagPolicy, ListPolicyTags: keys of users and roles are equal without case, those of everything else
    are not (IAM user guide, Tagging IAM resources); 50 at most.
    """
    tags = [{"Key": "Team", "Value": "a"}, {"Key": "team", "Value": "b"}]
    assert iam.create_policy(PolicyName="q", PolicyDocument=POLICY, Tags=tags)["Policy"]["Tags"] == tags
    iam.tag_policy(PolicyArn=arn, Tags=tags)
    iam.tag_policy(PolicyArn=arn, Tags=[{"Key": "team", "Value": "c"}])
    assert iam.list_policy_tags(PolicyArn=arn)["Tags"] == [tags[0], {"Key": "team", "Value": "c"}]
    iam.untag_policy(PolicyArn=arn, TagKeys=["Team", "none"])
    assert iam.get_policy(PolicyArn=arn)["Policy"]["Tags"] == [{"Key": "team", "Value": "c"}]
    for wrong in ([{"Key": "aws:x", "Value": ""}], [tags[0], tags[0]]):
        with refused("InvalidInput"):
            iam.tag_policy(PolicyArn=arn, Tags=wrong)
    with refused("LimitExceeded"):
        iam.tag_policy(PolicyArn=arn, Tags=[{"Key": f"k{number}", "Value": ""} for number in range(50)])
    with refused("NoSuchEntity"):
        iam.tag_policy(PolicyArn=arn + "x", Tags=tags)
    assert len(iam.list_policy_tags(PolicyArn=arn)["Tags"]) == 1


def test_uses_are_counted(iam: Any, arn: str) -> None:
    """AttachmentCount and PermissionsBoundaryUsageCount: users, groups and roles; ListEntitiesForPolicy tells which."""
    iam.create_user(UserName="u", PermissionsBoundary=arn)
    iam.create_group(GroupName="g")
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST, PermissionsBoundary=arn)
    iam.attach_user_policy(UserName="u", PolicyArn=arn)
    iam.attach_group_policy(GroupName="g", PolicyArn=arn)
    iam.attach_role_policy(RoleName="r", PolicyArn=arn)
    policy = iam.get_policy(PolicyArn=arn)["Policy"]
    assert (policy["AttachmentCount"], policy["PermissionsBoundaryUsageCount"]) == (3, 2)
    found = iam.list_entities_for_policy(PolicyArn=arn, PolicyUsageFilter="PermissionsBoundary")
    assert [len(found[f"Policy{kind}s"]) for kind in ("User", "Role", "Group")] == [1, 1, 0]
    iam.detach_role_policy(RoleName="r", PolicyArn=arn)
    iam.delete_role(RoleName="r")
    policy = iam.get_policy(PolicyArn=arn)["Policy"]
    assert (policy["AttachmentCount"], policy["PermissionsBoundaryUsageCount"]) == (2, 1)
    with refused("DeleteConflict", "Cannot delete a policy attached to entities."):
        iam.delete_policy(PolicyArn=arn)


def test_policies_of_aws_are_not_ours_to_change(iam: Any) -> None:
    """AWS managed policies: AccessDenied for every change; reading their tags is no change."""
    version = iam.get_policy(PolicyArn=READ_ONLY)["Policy"]["DefaultVersionId"]
    named = {"PolicyArn": READ_ONLY}
    for call, more in (
        (iam.create_policy_version, {"PolicyDocument": POLICY}),
        (iam.set_default_policy_version, {"VersionId": version}),
        (iam.delete_policy_version, {"VersionId": version}),
        (iam.delete_policy, {}),
        (iam.tag_policy, {"Tags": [{"Key": "k", "Value": "v"}]}),
        (iam.untag_policy, {"TagKeys": ["k"]}),
    ):
        with refused("AccessDenied"):
            call(**named, **more)
    assert iam.list_policy_tags(**named)["Tags"] == []
