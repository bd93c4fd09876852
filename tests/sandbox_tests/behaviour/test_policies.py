# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Inline and managed policies, attachments and boundaries."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sandbox.client import Sandbox

from ..policies import OTHER_POLICY, POLICY, TRUST
from ..refusal import refused

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"


@pytest.fixture
def owners(iam: Any) -> Any:
    iam.create_user(UserName="u")
    iam.create_group(GroupName="g")
    return iam


def statement(**changes: Any) -> str:
    return json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*", **changes}]}
    )


@pytest.mark.parametrize("owner", [{"UserName": "u"}, {"GroupName": "g"}])
def test_inline_policies_are_written_over_and_keep_their_first_name(owners: Any, owner: dict[str, str]) -> None:
    """PutUserPolicy, PutGroupPolicy: upsert; names match without case and keep the first spelling (live probe)."""
    kind = "user" if "UserName" in owner else "group"
    put, get = getattr(owners, f"put_{kind}_policy"), getattr(owners, f"get_{kind}_policy")
    put(**owner, PolicyName="Athena", PolicyDocument=POLICY)
    put(**owner, PolicyName="ATHENA", PolicyDocument=OTHER_POLICY)
    assert getattr(owners, f"list_{kind}_policies")(**owner)["PolicyNames"] == ["Athena"]
    found = get(**owner, PolicyName="athena")
    assert (found["PolicyName"], found["PolicyDocument"]) == ("Athena", json.loads(OTHER_POLICY))
    getattr(owners, f"delete_{kind}_policy")(**owner, PolicyName="aThena")
    with refused("NoSuchEntity"):
        get(**owner, PolicyName="Athena")
    put(**owner, PolicyName="athena", PolicyDocument=POLICY)
    assert getattr(owners, f"list_{kind}_policies")(**owner)["PolicyNames"] == ["athena"]


@pytest.mark.parametrize(
    "document",
    [
        "not json",
        "[]",
        "{}",
        '{"Version": "2012-10-17"}',
        '{"Version": "2012-10-17", "Statement": []}',
        '{"Version": "2013-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}',
        statement(Effect="Perhaps"),
        statement(Action="s3"),
        statement(Resource="not-an-arn"),
        statement(Principal="*"),
        statement(Principal={"AWS": "*"}),
        statement(Resource=[]),
        statement(Unknown=1),
    ],
)
def test_documents_that_are_no_policies(owners: Any, document: str) -> None:
    """MalformedPolicyDocument: not JSON, no Statement, or a statement that IAM's grammar of policies does not know."""
    with refused("MalformedPolicyDocument"):
        owners.put_user_policy(UserName="u", PolicyName="p", PolicyDocument=document)
    with refused("MalformedPolicyDocument"):
        owners.put_group_policy(GroupName="g", PolicyName="p", PolicyDocument=document)
    with refused("MalformedPolicyDocument"):
        owners.create_policy(PolicyName="p", PolicyDocument=document)


@pytest.mark.parametrize(
    "document",
    [
        POLICY,
        json.dumps(json.loads(POLICY), indent=8),
        statement(Resource="arn:aws:iam::*:user/${aws:username}"),
        statement(Condition={"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}),
        json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "NotAction": "iam:*", "Resource": "*"}}),
        statement(Action="*", Condition={"DateGreaterThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}}),
    ],
)
def test_documents_that_are_policies(owners: Any, document: str) -> None:
    """PutUserPolicy: what the IAM user guide shows is taken, and given back as it came."""
    owners.put_user_policy(UserName="u", PolicyName="p", PolicyDocument=document)
    assert owners.get_user_policy(UserName="u", PolicyName="p")["PolicyDocument"] == json.loads(document)


def test_documents_too_long_or_not_latin(owners: Any) -> None:
    """PutUserPolicy: 131,072 characters up to U+00FF (policyDocumentType)."""
    for document in (POLICY + " " * 131072, statement(Sid="Ā"[:1]).replace("\\u0100", "Ā")):
        with refused("ValidationError", "policyDocument"):
            owners.put_user_policy(UserName="u", PolicyName="p", PolicyDocument=document)


def test_policies_of_aws_are_there(iam: Any) -> None:
    """AWS managed policies: present with their paths, readable, listed by Scope, and not to be changed."""
    for arn in (
        READ_ONLY,
        "arn:aws:iam::aws:policy/job-function/Billing",
        "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
    ):
        policy = iam.get_policy(PolicyArn=arn)["Policy"]
        assert policy["Arn"] == arn
        version = iam.get_policy_version(PolicyArn=arn, VersionId=policy["DefaultVersionId"])["PolicyVersion"]
        assert version["Document"]["Statement"]
    pages = iam.get_paginator("list_policies").paginate(Scope="AWS", PaginationConfig={"PageSize": 1000})
    arns = [policy["Arn"] for page in pages for policy in page["Policies"]]
    assert len(arns) > 1000
    assert len(set(arns)) == len(arns)
    job_functions = iam.list_policies(Scope="AWS", PathPrefix="/job-function/")["Policies"]
    assert "Billing" in [policy["PolicyName"] for policy in job_functions]
    assert {policy["Path"] for policy in job_functions} == {"/job-function/"}
    with refused("AccessDenied"):
        iam.delete_policy(PolicyArn=READ_ONLY)
    with refused("AccessDenied"):
        iam.create_policy_version(PolicyArn=READ_ONLY, PolicyDocument=POLICY)


def test_the_change_password_policy_knows_paths(iam: Any) -> None:
    """IAMUserChangePassword (v5): names the user with and without a path."""
    arn = "arn:aws:iam::aws:policy/IAMUserChangePassword"
    version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
    document = json.dumps(iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"])
    assert "user/${aws:username}" in document
    assert "user/*/${aws:username}" in document


def test_listing_by_use(owners: Any) -> None:
    """ListPolicies: Scope, OnlyAttached and PolicyUsageFilter (API reference)."""
    own = owners.create_policy(PolicyName="own", PolicyDocument=POLICY)["Policy"]["Arn"]
    boundary = owners.create_policy(PolicyName="boundary", PolicyDocument=POLICY)["Policy"]["Arn"]
    owners.attach_user_policy(UserName="u", PolicyArn=READ_ONLY)
    owners.attach_user_policy(UserName="u", PolicyArn=own)
    owners.put_user_permissions_boundary(UserName="u", PermissionsBoundary=boundary)

    def arns(**params: Any) -> list[str]:
        return [policy["Arn"] for policy in owners.list_policies(**params)["Policies"]]

    assert arns(Scope="Local") == [boundary, own]
    assert arns(OnlyAttached=True) == [own, READ_ONLY]
    assert arns(OnlyAttached=True, Scope="AWS") == [READ_ONLY]
    assert arns(PolicyUsageFilter="PermissionsBoundary") == [boundary]
    assert arns(PolicyUsageFilter="PermissionsPolicy") == [own, READ_ONLY]
    with refused("ValidationError", "scope"):
        arns(Scope="Ours")


def test_lists_show_no_description_and_no_tags(iam: Any) -> None:
    """ListPolicies: without Description and Tags, which GetPolicy shows (Policy's text)."""
    tags = [{"Key": "k", "Value": "v"}]
    arn = iam.create_policy(PolicyName="p", PolicyDocument=POLICY, Description="a <b> & é", Tags=tags)["Policy"]["Arn"]
    listed = iam.list_policies(Scope="Local")["Policies"][0]
    assert not {"Description", "Tags"} & set(listed)
    whole = iam.get_policy(PolicyArn=arn)["Policy"]
    assert (whole["Description"], whole["Tags"]) == ("a <b> & é", tags)


@pytest.mark.parametrize("owner", [{"UserName": "u"}, {"GroupName": "g"}])
def test_attaching_again_changes_nothing(owners: Any, owner: dict[str, str]) -> None:
    """AttachUserPolicy, AttachGroupPolicy: idempotent, AttachmentCount stays true; Detach of an unattached fails."""
    kind = "user" if "UserName" in owner else "group"
    attach, detach = getattr(owners, f"attach_{kind}_policy"), getattr(owners, f"detach_{kind}_policy")
    for _time in range(2):
        attach(**owner, PolicyArn=READ_ONLY)
    attached = getattr(owners, f"list_attached_{kind}_policies")(**owner)["AttachedPolicies"]
    assert attached == [{"PolicyName": "ReadOnlyAccess", "PolicyArn": READ_ONLY}]
    assert owners.get_policy(PolicyArn=READ_ONLY)["Policy"]["AttachmentCount"] == 1
    detach(**owner, PolicyArn=READ_ONLY)
    assert owners.get_policy(PolicyArn=READ_ONLY)["Policy"]["AttachmentCount"] == 0
    with refused("NoSuchEntity"):
        detach(**owner, PolicyArn=READ_ONLY)


@pytest.mark.parametrize(
    ("arn", "code", "message"),
    [
        ("arn:aws:iam::aws:policy/NoSuchPolicy", "NoSuchEntity", "does not exist or is not attachable"),
        ("arn:aws:iam::123456789012:policy/none", "NoSuchEntity", "does not exist or is not attachable"),
        ("arn:aws:iam::aws:policy/Billing", "NoSuchEntity", "does not exist or is not attachable"),
        ("arn:aws-cn:iam::aws:policy/ReadOnlyAccess", "ValidationError", "Invalid ARN partition"),
        ("arn:aws:s3:::some-bucket-of-ours", "InvalidInput", "is not valid"),
        ("arn:aws:iam::123456789012:user/somebody", "InvalidInput", "is not valid"),
        ("arn:aws:iam::aws:policy/ReadOnlyAccess ", "InvalidInput", "is not valid"),
        ("AmazonS3ReadOnlyAccess", "ValidationError", "Invalid ARN:  Could not be parsed!"),
        ("ReadOnlyAccess", "ValidationError", "policyArn"),
    ],
)
def test_arns_that_name_no_policy(owners: Any, arn: str, code: str, message: str) -> None:
    """Attach: NoSuchEntity for a policy that is not there; the other errors as public reports of them show."""
    with refused(code, message):
        owners.attach_user_policy(UserName="u", PolicyArn=arn)
    with refused(code, message):
        owners.attach_group_policy(GroupName="g", PolicyArn=arn)


def test_boundaries(owners: Any) -> None:
    """Boundaries: must exist, are counted, may be replaced; DeleteUserPermissionsBoundary of none is NoSuchEntity."""
    own = owners.create_policy(PolicyName="own", PolicyDocument=POLICY)["Policy"]["Arn"]
    with refused("NoSuchEntity"):
        owners.delete_user_permissions_boundary(UserName="u")
    with refused("NoSuchEntity", "does not exist or is not attachable"):
        owners.put_user_permissions_boundary(UserName="u", PermissionsBoundary="arn:aws:iam::123456789012:policy/none")
    owners.put_user_permissions_boundary(UserName="u", PermissionsBoundary=READ_ONLY)
    owners.put_user_permissions_boundary(UserName="U", PermissionsBoundary=own)
    assert owners.get_policy(PolicyArn=READ_ONLY)["Policy"]["PermissionsBoundaryUsageCount"] == 0
    assert owners.get_policy(PolicyArn=own)["Policy"]["PermissionsBoundaryUsageCount"] == 1
    assert owners.get_user(UserName="u")["User"]["PermissionsBoundary"]["PermissionsBoundaryArn"] == own
    owners.delete_user_permissions_boundary(UserName="u")
    assert "PermissionsBoundary" not in owners.get_user(UserName="u")["User"]
    assert owners.get_policy(PolicyArn=own)["Policy"]["PermissionsBoundaryUsageCount"] == 0


def test_versions(iam: Any) -> None:
    """Policy versions: numbered on, newest first in the list, one is the default (API reference)."""
    arn = iam.create_policy(PolicyName="p", PolicyDocument=POLICY)["Policy"]["Arn"]
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=OTHER_POLICY)
    assert iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"] == "v1"
    iam.set_default_policy_version(PolicyArn=arn, VersionId="v2")
    iam.delete_policy_version(PolicyArn=arn, VersionId="v1")
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=POLICY, SetAsDefault=True)
    versions = iam.list_policy_versions(PolicyArn=arn)["Versions"]
    assert [(version["VersionId"], version["IsDefaultVersion"]) for version in versions] == [
        ("v3", True),
        ("v2", False),
    ]
    with refused("NoSuchEntity"):
        iam.get_policy_version(PolicyArn=arn, VersionId="v1")
    with refused("MalformedPolicyDocument"):
        iam.create_policy_version(PolicyArn=arn, PolicyDocument="{}")


def test_roles_as_far_as_ours_go(iam: Any) -> None:
    """Roles: found without case, listed by page, and counted among the holders of a policy."""
    iam.create_role(RoleName="Analyst", AssumeRolePolicyDocument=TRUST, Path="/p/")
    iam.create_role(RoleName="b", AssumeRolePolicyDocument=TRUST)
    with refused("MalformedPolicyDocument"):
        iam.create_role(RoleName="c", AssumeRolePolicyDocument="{}")
    for _time in range(2):
        iam.attach_role_policy(RoleName="ANALYST", PolicyArn=READ_ONLY)
    assert iam.get_policy(PolicyArn=READ_ONLY)["Policy"]["AttachmentCount"] == 1
    iam.put_role_policy(RoleName="analyst", PolicyName="I", PolicyDocument=POLICY)
    iam.put_role_policy(RoleName="analyst", PolicyName="i", PolicyDocument=OTHER_POLICY)
    assert iam.list_role_policies(RoleName="Analyst")["PolicyNames"] == ["I"]
    assert iam.list_entities_for_policy(PolicyArn=READ_ONLY)["PolicyRoles"][0]["RoleName"] == "Analyst"
    pages = list(iam.get_paginator("list_roles").paginate(PaginationConfig={"PageSize": 1}))
    assert [page["Roles"][0]["RoleName"] for page in pages] == ["Analyst", "b"]
    with refused("DeleteConflict"):
        iam.delete_role(RoleName="Analyst")


def test_the_state_tells_groups_policies_and_roles(sandbox: Sandbox, owners: Any) -> None:
    """The sandbox's own: the exported state holds documents, attachments, members, counts and settings."""
    arn = owners.create_policy(PolicyName="p", Path="/x/", PolicyDocument=POLICY)["Policy"]["Arn"]
    owners.create_policy_version(PolicyArn=arn, PolicyDocument=OTHER_POLICY)
    owners.add_user_to_group(UserName="u", GroupName="g")
    owners.attach_group_policy(GroupName="g", PolicyArn=arn)
    owners.put_group_policy(GroupName="g", PolicyName="i", PolicyDocument=POLICY)
    owners.put_user_permissions_boundary(UserName="u", PermissionsBoundary=arn)
    owners.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST)
    owners.create_account_alias(AccountAlias="acme")
    owners.update_account_password_policy(MinimumPasswordLength=12)
    owners.create_virtual_mfa_device(VirtualMFADeviceName="orphan")
    state = sandbox.state()
    group = state["groups"]["g"]
    assert (group["users"], group["attached_policies"]) == (["u"], [arn])
    assert group["inline_policies"] == {"i": json.loads(POLICY)}
    policy = state["policies"][arn]
    assert (policy["attachment_count"], policy["boundary_usage_count"], policy["default_version"]) == (1, 1, "v1")
    assert policy["versions"] == {"v1": json.loads(POLICY), "v2": json.loads(OTHER_POLICY)}
    assert state["users"]["u"]["permissions_boundary"] == arn
    assert state["roles"]["r"]["assume_role_policy"] == json.loads(TRUST)
    assert state["aliases"] == ["acme"]
    assert state["password_policy"]["minimum_password_length"] == 12
    assert state["virtual_mfa_devices"] == {"arn:aws:iam::123456789012:mfa/orphan": None}
