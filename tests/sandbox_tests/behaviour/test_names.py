# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names and paths: what they may be, and that they are equal without case and without regard to the path."""

from __future__ import annotations

from typing import Any

import pytest

from ..refusal import refused


@pytest.mark.parametrize("name", ["a", "x" * 64, "a.b_c+d=e,f@g-h", "UPPER"])
def test_user_names_that_aws_takes(iam: Any, name: str) -> None:
    """Names: CreateUser takes 1-64 of [\\w+=,.@-] (botocore's IAM model, userNameType)."""
    assert iam.create_user(UserName=name)["User"]["UserName"] == name


@pytest.mark.parametrize(
    "name", ["", "x" * 65, "a b", "é", "a\n", "a/b", "a:b", "a\x01", "<a&b>", "a\r", "\uff41", "\u0661"]
)
def test_user_names_that_aws_refuses(iam: Any, name: str) -> None:
    """Names: ASCII alone, no trailing newline (userNameType; a live probe of identity inputs got ValidationError)."""
    with refused("ValidationError", "userName"):
        iam.create_user(UserName=name)
    assert iam.list_users()["Users"] == []


def test_too_long_names_are_refused_in_awss_words(iam: Any) -> None:
    """Names: the wording of AWS's ValidationError."""
    with refused(
        "ValidationError",
        f"1 validation error detected: Value '{'x' * 65}' at 'userName' failed to satisfy constraint: "
        "Member must have length less than or equal to 64",
    ):
        iam.create_user(UserName="x" * 65)


def test_a_missing_parameter_is_refused(iam: Any) -> None:
    """Names: required members (botocore's IAM model); every fault is in one message."""
    with refused("ValidationError", "2 validation errors detected: Value null at 'groupName'"):
        iam.add_user_to_group()


@pytest.mark.parametrize(("name", "is_taken"), [("g" * 128, True), ("g" * 129, False), ("a b", False)])
def test_group_names(iam: Any, name: str, is_taken: bool) -> None:
    """Names: groups 1-128 of the same letters (groupNameType)."""
    if is_taken:
        assert iam.create_group(GroupName=name)["Group"]["GroupName"] == name
    else:
        with refused("ValidationError", "groupName"):
            iam.create_group(GroupName=name)


def test_existing_names_may_be_longer_than_new_ones(iam: Any) -> None:
    """Names: input fields for an existing user's name allow 128 (existingUserNameType), so this is NoSuchEntity."""
    with refused("NoSuchEntity"):
        iam.get_user(UserName="x" * 128)


@pytest.mark.parametrize("path", ["/", "/a/", "/a//b/", "/!~/", "/" + "p" * 510 + "/"])
def test_paths_that_aws_takes(iam: Any, path: str) -> None:
    """Paths: / or /[!-~]+/, 1-512 (pathType; live probe)."""
    user = iam.create_user(UserName="u", Path=path)["User"]
    assert user["Path"] == path
    assert user["Arn"] == f"arn:aws:iam::123456789012:user{path}u"
    assert iam.create_group(GroupName="g", Path=path)["Group"]["Arn"] == f"arn:aws:iam::123456789012:group{path}g"


@pytest.mark.parametrize(
    "path", ["", "/team", "team/", "//", "/a b/", "/a\x7f/", "/é/", "/a/\n", "/" + "p" * 511 + "/"]
)
def test_paths_that_aws_refuses(iam: Any, path: str) -> None:
    """Paths: a live probe refused a missing slash, //, space, DEL and non-ASCII."""
    with refused("ValidationError", "path"):
        iam.create_user(UserName="u", Path=path)
    with refused("ValidationError", "path"):
        iam.create_group(GroupName="g", Path=path)


def test_policy_paths_are_stricter(iam: Any) -> None:
    """Paths: a managed policy's path is ((/[A-Za-z0-9.,+@=_-]+)*)/ (policyPathType)."""
    document = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
    with refused("ValidationError", "path"):
        iam.create_policy(PolicyName="p", Path="/a//b/", PolicyDocument=document)
    assert iam.create_policy(PolicyName="p", Path="/a/b/", PolicyDocument=document)["Policy"]["Path"] == "/a/b/"


def test_user_names_collide_without_case_and_path(iam: Any) -> None:
    """Uniqueness: case-insensitive per account, and a path does not disambiguate (CreateUser's text)."""
    iam.create_user(UserName="bob", Path="/a/")
    with refused("EntityAlreadyExists"):
        iam.create_user(UserName="Bob", Path="/b/")


def test_group_names_collide_without_case_and_path(iam: Any) -> None:
    """Uniqueness: the same for groups (CreateGroup's text)."""
    iam.create_group(GroupName="Team", Path="/a/")
    with refused("EntityAlreadyExists"):
        iam.create_group(GroupName="TEAM")


def test_policy_and_role_names_collide_without_case_and_path(iam: Any) -> None:
    """Uniqueness: per type; a user, a group, a policy and a role may share a name."""
    document = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
    trust = (
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",'
        '"Principal":{"AWS":"arn:aws:iam::123456789012:root"}}]}'
    )
    iam.create_user(UserName="same")
    iam.create_group(GroupName="same")
    iam.create_policy(PolicyName="same", PolicyDocument=document, Path="/a/")
    iam.create_role(RoleName="same", AssumeRolePolicyDocument=trust)
    with refused("EntityAlreadyExists"):
        iam.create_policy(PolicyName="Same", PolicyDocument=document)
    with refused("EntityAlreadyExists"):
        iam.create_role(RoleName="SAME", AssumeRolePolicyDocument=trust)
    assert iam.get_role(RoleName="SAME")["Role"]["RoleName"] == "same"


def test_lookups_ignore_case_and_give_the_stored_spelling(iam: Any) -> None:
    """Look-ups: case-insensitive, the stored spelling comes back (live probe)."""
    iam.create_user(UserName="Asha.Rao")
    iam.create_group(GroupName="Data-Science")
    iam.add_user_to_group(UserName="ASHA.RAO", GroupName="data-science")
    assert iam.get_user(UserName="asha.rao")["User"]["UserName"] == "Asha.Rao"
    answer = iam.get_group(GroupName="DATA-SCIENCE")
    assert answer["Group"]["GroupName"] == "Data-Science"
    assert [user["UserName"] for user in answer["Users"]] == ["Asha.Rao"]
    assert [group["GroupName"] for group in iam.list_groups_for_user(UserName="aSHA.rAO")["Groups"]] == ["Data-Science"]
    iam.remove_user_from_group(UserName="asha.RAO", GroupName="DATA-science")
    iam.delete_user(UserName="ASHA.rao")
    with refused("NoSuchEntity"):
        iam.get_user(UserName="Asha.Rao")


def test_a_name_is_free_again_after_deletion_with_a_new_id(iam: Any) -> None:
    """Deleting: a re-created name gets a new UserId AIDA… and its new spelling (IAM user guide)."""
    first = iam.create_user(UserName="bob")["User"]["UserId"]
    iam.delete_user(UserName="bob")
    second = iam.create_user(UserName="Bob")["User"]
    assert second["UserName"] == "Bob"
    assert first.startswith("AIDA")
    assert second["UserId"] not in ("", first)


def test_renaming_a_user_keeps_everything(iam: Any) -> None:
    """UpdateUser: a rename keeps UserId, tags, groups, policies, keys and password (IAM user guide, renaming users)."""
    arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    before = iam.create_user(UserName="old", Tags=[{"Key": "k", "Value": "v"}], PermissionsBoundary=arn)["User"]
    iam.create_group(GroupName="g")
    iam.add_user_to_group(UserName="old", GroupName="g")
    iam.attach_user_policy(UserName="old", PolicyArn=arn)
    iam.create_login_profile(UserName="old", Password="Correct-Horse-9")
    key = iam.create_access_key(UserName="old")["AccessKey"]["AccessKeyId"]
    iam.update_user(UserName="OLD", NewUserName="new", NewPath="/moved/")
    after = iam.get_user(UserName="new")["User"]
    assert after["UserId"] == before["UserId"]
    assert after["Tags"] == before["Tags"]
    assert after["PermissionsBoundary"] == before["PermissionsBoundary"]
    assert after["Arn"] == "arn:aws:iam::123456789012:user/moved/new"
    assert [user["UserName"] for user in iam.get_group(GroupName="g")["Users"]] == ["new"]
    assert iam.list_attached_user_policies(UserName="new")["AttachedPolicies"][0]["PolicyArn"] == arn
    assert iam.get_login_profile(UserName="new")["LoginProfile"]["UserName"] == "new"
    metadata = iam.list_access_keys(UserName="new")["AccessKeyMetadata"][0]
    assert (metadata["AccessKeyId"], metadata["UserName"]) == (key, "new")
    with refused("NoSuchEntity"):
        iam.get_user(UserName="old")


def test_a_rename_to_a_taken_name_is_refused(iam: Any) -> None:
    """UpdateUser and UpdateGroup: EntityAlreadyExists for a name that is taken in any case."""
    for name in ("a", "b"):
        iam.create_user(UserName=name)
        iam.create_group(GroupName=name)
    with refused("EntityAlreadyExists"):
        iam.update_user(UserName="a", NewUserName="B")
    with refused("EntityAlreadyExists"):
        iam.update_group(GroupName="a", NewGroupName="B")
    assert iam.get_user(UserName="b")["User"]["UserName"] == "b"


def test_the_case_of_ones_own_name_may_change(iam: Any) -> None:
    """UpdateUser and UpdateGroup: only another entity's name is taken."""
    iam.create_user(UserName="bob")
    iam.create_group(GroupName="team")
    iam.update_user(UserName="bob", NewUserName="Bob")
    iam.update_group(GroupName="team", NewGroupName="Team")
    assert iam.get_user(UserName="bob")["User"]["UserName"] == "Bob"
    assert iam.get_group(GroupName="team")["Group"]["GroupName"] == "Team"


def test_updating_a_group_changes_name_and_path(iam: Any) -> None:
    """UpdateGroup: name and path; the ARN follows, members and policies stay (API reference)."""
    arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    group_id = iam.create_group(GroupName="g")["Group"]["GroupId"]
    iam.create_user(UserName="u")
    iam.add_user_to_group(UserName="u", GroupName="g")
    iam.attach_group_policy(GroupName="g", PolicyArn=arn)
    iam.update_group(GroupName="g", NewPath="/p/")
    assert iam.get_group(GroupName="g")["Group"]["Arn"] == "arn:aws:iam::123456789012:group/p/g"
    iam.update_group(GroupName="g", NewGroupName="h")
    answer = iam.get_group(GroupName="h")
    assert answer["Group"]["Arn"] == "arn:aws:iam::123456789012:group/p/h"
    assert answer["Group"]["GroupId"] == group_id
    assert [user["UserName"] for user in answer["Users"]] == ["u"]
    assert iam.list_groups_for_user(UserName="u")["Groups"][0]["GroupName"] == "h"
    assert iam.get_policy(PolicyArn=arn)["Policy"]["AttachmentCount"] == 1


def test_one_call_creates_a_user_whole(iam: Any) -> None:
    """CreateUser: Path, Tags and PermissionsBoundary in one call; GetUser shows them, ListUsers never (User's text)."""
    arn = "arn:aws:iam::aws:policy/job-function/Billing"
    iam.create_user(UserName="u", Path="/p/", Tags=[{"Key": "a", "Value": ""}], PermissionsBoundary=arn)
    user = iam.get_user(UserName="u")["User"]
    assert user["Tags"] == [{"Key": "a", "Value": ""}]
    assert user["PermissionsBoundary"]["PermissionsBoundaryArn"] == arn
    listed = iam.list_users()["Users"][0]
    assert set(listed) == {"Path", "UserName", "UserId", "Arn", "CreateDate"}


def test_a_refused_create_leaves_nothing(iam: Any) -> None:
    """CreateUser: all or nothing."""
    with refused("NoSuchEntity"):
        iam.create_user(UserName="u", PermissionsBoundary="arn:aws:iam::123456789012:policy/none")
    with refused("InvalidInput"):
        iam.create_user(UserName="u", Tags=[{"Key": "aws:x", "Value": ""}])
    assert iam.list_users()["Users"] == []


def test_memberships_are_idempotent_both_ways(iam: Any) -> None:
    """Memberships: AddUserToGroup of a member and RemoveUserFromGroup of a non-member both succeed (live probe)."""
    iam.create_user(UserName="u")
    iam.create_group(GroupName="g")
    iam.remove_user_from_group(UserName="u", GroupName="g")
    iam.add_user_to_group(UserName="u", GroupName="g")
    iam.add_user_to_group(UserName="u", GroupName="g")
    assert len(iam.get_group(GroupName="g")["Users"]) == 1
    iam.remove_user_from_group(UserName="u", GroupName="g")
    assert iam.get_group(GroupName="g")["Users"] == []
    with refused("NoSuchEntity"):
        iam.remove_user_from_group(UserName="u", GroupName="none")
    with refused("NoSuchEntity"):
        iam.add_user_to_group(UserName="none", GroupName="g")
