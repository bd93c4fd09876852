# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import datetime
import json
from typing import Any

import boto3
import pytest
from ansible_collections.workforce.aws.plugins.module_utils._aws.errors import ReadError
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import (
    Desired,
    DesiredGroup,
    DesiredUser,
    Suspension,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.managed_policies import Policy
from ansible_collections.workforce.aws.plugins.module_utils._core.model import (
    Credentials,
    Directory,
    Group,
    LoginProfile,
    User,
)
from ansible_collections.workforce.aws.plugins.module_utils._directory import bulk as bulk_module
from ansible_collections.workforce.aws.plugins.module_utils._directory.directory import (
    FEW_CALLS,
    existing_groups,
    existing_users,
    list_policies,
    missing_policies,
    read_activity,
    read_directory,
    read_documents,
    read_group_policies,
    read_leavers,
    read_references,
    read_summary,
    read_whole,
)
from ansible_collections.workforce.aws.plugins.module_utils._directory.scope import Part, Scope
from botocore.stub import Stubber

from tests.support.iam_double import Answer, IamDouble, aws_error

BORN = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
POLICY = {"Version": "2012-10-17", "Statement": []}
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
ALL_OF_A_USER: frozenset[Part] = frozenset({"attached", "inline", "memberships", "login_profile", "credentials"})
ALL_OF_A_GROUP: frozenset[Part] = frozenset({"attached", "inline", "memberships"})
NO_PARTS: frozenset[Part] = frozenset()
GONE = aws_error("NoSuchEntity")


def user(name: str, **more: Any) -> dict[str, Any]:
    identity = {"UserName": name, "Path": "/", "UserId": f"AIDA{name:0>16}", "Arn": f"arn:aws:iam::1:user/{name}"}
    return {**identity, "CreateDate": BORN, **more}


def group(name: str, **more: Any) -> dict[str, Any]:
    identity = {"GroupName": name, "Path": "/", "GroupId": f"AGPA{name:0>16}", "Arn": f"arn:aws:iam::1:group/{name}"}
    return {**identity, "CreateDate": BORN, **more}


def read_user_of(name: str, **parts: Any) -> User:
    return User(name, "/", f"arn:aws:iam::1:user/{name}", f"AIDA{name:0>16}", BORN, **parts)


def read_group_of(name: str, **parts: Any) -> Group:
    return Group(name, "/", f"arn:aws:iam::1:group/{name}", f"AGPA{name:0>16}", BORN, **parts)


def bulk(users: list[str], groups: list[str], **more: Any) -> dict[str, Any]:
    details = {"UserDetailList": [user(name) for name in users], "GroupDetailList": [group(name) for name in groups]}
    return {**details, "IsTruncated": False, **more}


def summary(users: int, groups: int) -> dict[str, Any]:
    return {"SummaryMap": {"Users": users, "Groups": groups}}


# The bulk read


def test_the_bulk_read_follows_every_page_and_decodes_documents() -> None:
    client = boto3.client("iam", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
    asked = {"Filter": ["User", "Group"], "MaxItems": 1000}
    asha = user(
        "Asha.Rao",
        GroupList=["Sales", "gone"],
        AttachedManagedPolicies=[{"PolicyName": "ReadOnlyAccess", "PolicyArn": READ_ONLY}],
        UserPolicyList=[{"PolicyName": "s3", "PolicyDocument": json.dumps(POLICY)}],
        Tags=[{"Key": "team", "Value": "x"}],
        PermissionsBoundary={
            "PermissionsBoundaryType": "PermissionsBoundaryPolicy",
            "PermissionsBoundaryArn": READ_ONLY,
        },
    )
    sales = group("Sales", GroupPolicyList=[{"PolicyName": "s3", "PolicyDocument": json.dumps(POLICY)}])
    with Stubber(client) as stub:
        # A short, even an empty page says nothing: only IsTruncated does.
        stub.add_response(
            "get_account_authorization_details",
            {"UserDetailList": [asha], "IsTruncated": True, "Marker": "m1"},
            asked,
        )
        stub.add_response(
            "get_account_authorization_details", {"IsTruncated": True, "Marker": "m2"}, {**asked, "Marker": "m1"}
        )
        stub.add_response(
            "get_account_authorization_details",
            {"GroupDetailList": [sales], "IsTruncated": False},
            {**asked, "Marker": "m2"},
        )
        stub.add_response("get_account_summary", summary(1, 1))
        directory, agreed = read_whole(client)
        stub.assert_no_pending_responses()
    assert agreed
    found = read_user_of("Asha.Rao", tags={"team": "x"}, boundary=READ_ONLY)
    assert directory == Directory(
        users={
            "asha.rao": User(
                **{**vars(found), "attached": {READ_ONLY: "ReadOnlyAccess"}, "inline": {"s3": POLICY}},
            )
        },
        groups={"sales": read_group_of("Sales", attached={}, inline={"s3": POLICY})},
        memberships=frozenset({("asha.rao", "sales")}),
    )


def test_what_is_not_in_the_bulk_read_is_not_read_rather_than_empty() -> None:
    iam = IamDouble(GetAccountAuthorizationDetails=bulk(["a"], []), GetAccountSummary=summary(1, 0))
    found = read_whole(iam)[0].users["a"]
    assert (found.tags, found.boundary, found.attached, found.inline) == ({}, "", {}, {})
    assert found.login_profile is None
    assert found.credentials is None


def test_counts_that_differ_are_read_again_both_sides() -> None:
    pauses: list[float] = []
    iam = IamDouble(
        GetAccountAuthorizationDetails=[bulk(["a"], []), bulk(["a", "b"], [])],
        GetAccountSummary=[summary(2, 0)],
    )
    directory, agreed = read_whole(iam, {"Users": 3, "Groups": 0}, pauses.append)
    assert agreed
    assert set(directory.users) == {"a", "b"}
    assert len(pauses) == 1
    assert iam.operations() == ["get_account_authorization_details"] * 2 + ["get_account_summary"]


def test_counts_that_go_on_differing_are_said_to_after_three_more_reads() -> None:
    pauses: list[float] = []
    iam = IamDouble(GetAccountAuthorizationDetails=bulk(["a"], []), GetAccountSummary=summary(2, 0))
    assert read_whole(iam, pause=pauses.append)[1] is False
    assert len(pauses) == 3
    assert iam.operations().count("get_account_authorization_details") == 4


def test_a_read_that_fails_between_pages_is_no_directory() -> None:
    pages: list[Answer] = [bulk(["a"], [], IsTruncated=True, Marker="m"), aws_error("AccessDenied", message="no")]
    with pytest.raises(ReadError, match="Allow iam:GetAccountAuthorizationDetails"):
        read_whole(IamDouble(GetAccountAuthorizationDetails=pages))


def test_the_summary_is_the_accounts_numbers() -> None:
    assert read_summary(IamDouble(GetAccountSummary=summary(1, 2))) == {"Users": 1, "Groups": 2}


@pytest.mark.parametrize(("users", "groups", "calls"), [(0, 0, 1), (990, 10, 1), (990, 11, 2), (5000, 300, 6)])
def test_the_calls_of_a_bulk_read(users: int, groups: int, calls: int) -> None:
    assert bulk_module.bulk_pages({"Users": users, "Groups": groups}) == calls


# Single reads


def test_all_of_one_user_by_single_reads() -> None:
    iam = IamDouble(
        GetUser={"User": user("Asha", PasswordLastUsed=BORN, Tags=[{"Key": "k", "Value": "v"}])},
        ListAttachedUserPolicies={"AttachedPolicies": [{"PolicyName": "ReadOnlyAccess", "PolicyArn": READ_ONLY}]},
        ListUserPolicies=[
            {"PolicyNames": ["one"], "IsTruncated": True, "Marker": "m"},
            {"PolicyNames": ["vanished"], "IsTruncated": False},
        ],
        GetUserPolicy=[{"PolicyDocument": POLICY}, GONE],
        GetLoginProfile={"LoginProfile": {"PasswordResetRequired": True, "CreateDate": BORN}},
        ListGroupsForUser={"Groups": [group("Sales")]},
        ListAccessKeys=[
            {"AccessKeyMetadata": [{"AccessKeyId": "AKIA1", "Status": "Active"}], "IsTruncated": True, "Marker": "m"},
            {"AccessKeyMetadata": [{"AccessKeyId": "AKIA2", "Status": "Inactive"}], "IsTruncated": False},
        ],
        ListSigningCertificates={"Certificates": [{"CertificateId": "C"}]},
        ListSSHPublicKeys={"SSHPublicKeys": [{"SSHPublicKeyId": "APKA"}]},
        ListServiceSpecificCredentials={"ServiceSpecificCredentials": [{"ServiceSpecificCredentialId": "ACCA"}]},
        ListMFADevices={"MFADevices": [{"SerialNumber": "arn:aws:iam::1:mfa/asha"}]},
        ListVirtualMFADevices={
            "VirtualMFADevices": [
                {"SerialNumber": f"arn:aws:iam::1:mfa/{name}"} for name in ("team/ASHA", "asha2", "li")
            ]
        },
    )
    directory = read_directory(iam, Scope({"asha": ALL_OF_A_USER}))
    assert directory.user("ASHA") == read_user_of(
        "Asha",
        password_last_used=BORN,
        tags={"k": "v"},
        boundary="",
        attached={READ_ONLY: "ReadOnlyAccess"},
        inline={"one": POLICY},
        login_profile=LoginProfile(reset_required=True, create_date=BORN),
        credentials=Credentials(
            {"AKIA1": True, "AKIA2": False},
            ("C",),
            ("APKA",),
            ("ACCA",),
            ("arn:aws:iam::1:mfa/asha",),
            ("arn:aws:iam::1:mfa/team/ASHA",),
        ),
    )
    assert directory.groups == {"sales": read_group_of("Sales")}
    assert directory.memberships == {("asha", "sales")}
    assert not directory.whole
    assert ("list_access_keys", {"UserName": "Asha", "Marker": "m"}) in iam.calls


def test_parts_that_are_not_asked_for_cost_no_call() -> None:
    iam = IamDouble(GetUser={"User": user("a")}, GetGroup={"Group": group("g")})
    directory = read_directory(iam, Scope({"a": NO_PARTS}, {"g": NO_PARTS}))
    assert iam.calls == [("get_user", {"UserName": "a"}), ("get_group", {"GroupName": "g", "MaxItems": 1})]
    assert directory.users == {"a": read_user_of("a", tags={}, boundary="")}
    assert directory.groups == {"g": read_group_of("g")}


def test_all_of_one_group_by_single_reads() -> None:
    iam = IamDouble(
        GetGroup=[
            {"Group": group("Sales"), "Users": [user("a")], "IsTruncated": True, "Marker": "m"},
            {"Group": group("Sales"), "Users": [user("B")], "IsTruncated": False},
        ],
        ListAttachedGroupPolicies={"AttachedPolicies": [{"PolicyName": "ReadOnlyAccess", "PolicyArn": READ_ONLY}]},
        ListGroupPolicies={"PolicyNames": ["one"]},
        GetGroupPolicy={"PolicyDocument": POLICY},
    )
    directory = read_directory(iam, Scope(groups={"sales": ALL_OF_A_GROUP}))
    assert directory.group("sales") == read_group_of(
        "Sales", attached={READ_ONLY: "ReadOnlyAccess"}, inline={"one": POLICY}
    )
    assert directory.users == {"a": read_user_of("a"), "b": read_user_of("B")}
    assert directory.members_of("Sales") == {"a", "b"}


def test_what_was_asked_for_stands_over_what_came_along() -> None:
    iam = IamDouble(
        GetUser={"User": user("a")},
        ListGroupsForUser={"Groups": [group("g")]},
        GetGroup={"Group": group("g"), "Users": [user("a")], "IsTruncated": False},
        ListAttachedGroupPolicies={"AttachedPolicies": []},
    )
    scope = Scope({"a": frozenset({"memberships"})}, {"g": frozenset({"memberships", "attached"})})
    directory = read_directory(iam, scope)
    assert directory.users["a"].tags == {}
    assert directory.groups["g"].attached == {}


def test_who_does_not_exist_is_absent_and_who_was_not_asked_for_is_unknown() -> None:
    directory = read_directory(IamDouble(GetUser=GONE, GetGroup=GONE), Scope({"A": NO_PARTS}, {"G": NO_PARTS}))
    assert directory.user("a") is None
    assert directory.group("g") is None
    with pytest.raises(KeyError):
        directory.user("b")


@pytest.mark.parametrize("operation", ["GetUser", "ListAttachedUserPolicies", "GetLoginProfile", "ListMFADevices"])
def test_a_read_that_is_refused_is_never_absent(operation: str) -> None:
    answers: dict[str, Any] = {"GetUser": {"User": user("a")}, "GetLoginProfile": GONE}
    iam = IamDouble(**{**answers, operation: aws_error("AccessDenied", message="no")})
    with pytest.raises(ReadError, match=f"Allow iam:{operation} on user a") as caught:
        read_directory(iam, Scope({"a": frozenset({"attached", "login_profile", "credentials"})}))
    assert (caught.value.code, caught.value.operation) == ("AccessDenied", operation)


def test_a_refused_group_is_never_absent() -> None:
    with pytest.raises(ReadError, match="Allow iam:GetGroup on group g"):
        read_directory(IamDouble(GetGroup=aws_error("AccessDenied", message="no")), Scope(groups={"g": NO_PARTS}))


def test_a_user_who_goes_while_being_read_is_absent() -> None:
    iam = IamDouble(GetUser={"User": user("a")}, ListAttachedUserPolicies=GONE)
    assert read_directory(iam, Scope({"a": frozenset({"attached"})})).user("a") is None


def test_an_old_botocore_is_told() -> None:
    iam = IamDouble(GetUser={"User": user("a")}, GetLoginProfile=GONE)
    iam.lacking.add("list_service_specific_credentials")
    with pytest.raises(ReadError, match="ListServiceSpecificCredentials is not known to the installed botocore"):
        read_directory(iam, Scope({"a": frozenset({"credentials"})}))


def test_a_partition_without_a_kind_of_credential_has_none() -> None:
    iam = IamDouble(GetUser={"User": user("a")}, ListServiceSpecificCredentials=aws_error("InvalidAction"))
    directory = read_directory(iam, Scope({"a": frozenset({"credentials"})}))
    assert directory.users["a"].credentials == Credentials()


# The cheaper read is chosen


def many(count: int, parts: frozenset[Part] = NO_PARTS) -> dict[str, frozenset[Part]]:
    return {f"u{number}": parts for number in range(count)}


@pytest.mark.parametrize(
    ("count", "numbers", "is_bulk"),
    [(8, None, False), (9, None, True), (2, {"Users": 9, "Groups": 0}, True), (1, {"Users": 9, "Groups": 0}, False)],
)
def test_much_is_read_in_bulk_and_little_singly(count: int, numbers: dict[str, int] | None, is_bulk: bool) -> None:
    names = [f"u{number}" for number in range(9)]
    iam = IamDouble(
        GetUser=lambda UserName: {"User": user(UserName)},  # noqa: N803 # IAM's word
        GetAccountAuthorizationDetails=bulk(names, []),
    )
    directory = read_directory(iam, Scope(many(count)), numbers)
    assert directory.whole is is_bulk
    assert set(many(count)) <= set(directory.users)
    assert len(iam.calls) == (1 if is_bulk else count)


def test_the_bulk_read_is_completed_with_what_it_lacks() -> None:
    iam = IamDouble(
        GetAccountAuthorizationDetails=bulk(["U0", "u1"], []),
        GetLoginProfile=GONE,
        ListAccessKeys={"AccessKeyMetadata": [{"AccessKeyId": "AKIA1", "Status": "Active"}]},
    )
    scope = Scope({**many(1, frozenset({"login_profile", "credentials"})), **many(0), "u1": NO_PARTS, "u2": NO_PARTS})
    directory = read_directory(iam, scope, {"Users": 2, "Groups": 0})
    assert directory.users["u0"].login_profile is False
    assert directory.users["u0"].credentials == Credentials(access_keys={"AKIA1": True})
    assert directory.users["u1"].login_profile is None
    assert directory.user("u2") is None


def test_pages_that_do_not_add_up_are_not_trusted_for_who_is_absent() -> None:
    iam = IamDouble(
        GetAccountAuthorizationDetails=bulk(["u0"], []),
        GetUser=lambda UserName: {"User": user(UserName)},  # noqa: N803 # IAM's word
    )
    directory = read_directory(iam, Scope(many(2)), {"Users": 2, "Groups": 0})
    assert not directory.whole
    assert set(directory.users) == {"u0", "u1"}


def test_single_reads_side_by_side_keep_their_order() -> None:
    iam = IamDouble(GetUser=lambda UserName: {"User": user(UserName)})  # noqa: N803 # IAM's word
    assert list(read_directory(iam, Scope(many(8))).users) == list(many(8))


# References


def test_references_are_read_once_and_only_where_unknown() -> None:
    iam = IamDouble(
        ListGroups={"Groups": [group("known"), group("New"), group("other")]},
        GetUser=lambda UserName: {"User": user(UserName)},  # noqa: N803 # IAM's word
    )
    partial = Directory({}, {"known": read_group_of("known")}, whole=False, asked_users=frozenset({"promised"}))
    desired = Desired(
        groups=(DesiredGroup("g", members=("Promised", "Asha")),),
        users=(DesiredUser("u", groups=("known", "new", "none")),),
    )
    directory = read_references(iam, partial, desired)
    assert iam.calls == [("get_user", {"UserName": "Asha"}), ("list_groups", {"MaxItems": 1000})]
    assert set(directory.groups) == {"known", "new"}
    assert directory.group("none") is None
    assert directory.user("asha") == read_user_of("Asha", tags={}, boundary="")


def test_a_whole_directory_lacks_no_reference() -> None:
    iam = IamDouble()
    whole = Directory({}, {})
    assert read_references(iam, whole, Desired(users=(DesiredUser("u", groups=("g",)),))) is whole
    assert iam.calls == []


def test_few_users_are_looked_up_and_many_listed() -> None:
    iam = IamDouble(
        GetUser=[{"User": user("a")}, GONE],
        ListUsers={"Users": [user("U1"), user("other")], "IsTruncated": False},
    )
    assert set(existing_users(iam, ["a", "b"])) == {"a"}
    assert set(existing_users(iam, list(many(FEW_CALLS + 1)))) == {"u1"}
    assert iam.operations() == ["get_user", "get_user", "list_users"]


def test_one_group_is_looked_up_and_several_listed() -> None:
    iam = IamDouble(GetGroup=[{"Group": group("a")}, GONE], ListGroups={"Groups": [group("A")]})
    assert set(existing_groups(iam, ["a"])) == {"a"}
    assert existing_groups(iam, ["b"]) == {}
    assert set(existing_groups(iam, ["a", "b"])) == {"a"}


# Policies


def test_all_policies_are_listed() -> None:
    page = {"Policies": [{"Arn": READ_ONLY, "PolicyName": "ReadOnlyAccess", "Path": "/"}], "IsTruncated": False}
    iam = IamDouble(ListPolicies=[{"Policies": [], "IsTruncated": True, "Marker": "m"}, page])
    assert list_policies(iam) == [Policy(READ_ONLY, "ReadOnlyAccess", "/")]
    assert iam.calls[1] == ("list_policies", {"Scope": "All", "MaxItems": 1000, "Marker": "m"})


def test_policies_that_do_not_exist_are_found_by_arn() -> None:
    errors = {"b": GONE, "c": aws_error("InvalidInput")}

    def get_policy(PolicyArn: str) -> dict[str, Any]:  # noqa: N803 # IAM's word
        if PolicyArn in errors:
            raise errors[PolicyArn]
        return {"Policy": {}}

    iam = IamDouble(GetPolicy=get_policy)
    assert missing_policies(iam, ["a", "b", "c", "b"]) == {"b", "c"}
    assert len(iam.calls) == 3


def test_a_policy_that_may_not_be_read_is_not_missing() -> None:
    with pytest.raises(ReadError, match="Allow iam:GetPolicy"):
        missing_policies(IamDouble(GetPolicy=aws_error("AccessDenied", message="no")), ["a"])


def test_documents_are_read_in_their_default_version_each_once() -> None:
    answers: dict[str, Answer] = {"gone": GONE, "closed": aws_error("AccessDenied", message="no")}

    def get_policy(PolicyArn: str) -> dict[str, Any]:  # noqa: N803 # IAM's word
        error = answers.get(PolicyArn)
        if isinstance(error, BaseException):
            raise error
        return {"Policy": {"DefaultVersionId": "v3"}}

    iam = IamDouble(GetPolicy=get_policy, GetPolicyVersion={"PolicyVersion": {"Document": POLICY}})
    found, unread = read_documents(iam, ["own", "gone", "closed", "own"])
    assert found == {"own": POLICY}
    assert list(unread) == ["closed"]
    assert "Allow iam:GetPolicy" in str(unread["closed"])
    assert ("get_policy_version", {"PolicyArn": "own", "VersionId": "v3"}) in iam.calls
    assert len(iam.calls) == 4
    assert read_documents(IamDouble(), []) == ({}, {})


def test_a_document_that_could_not_be_read_is_not_unknown() -> None:
    with pytest.raises(ReadError, match="ServiceFailure"):
        read_documents(IamDouble(GetPolicy=aws_error("ServiceFailure")), ["a"])


def test_policies_of_a_group_are_read_where_they_are_lacking() -> None:
    whole = Group("whole", attached={}, inline={})
    directory = Directory({}, {"whole": whole, "part": Group("Part"), "closed": Group("closed")}, whole=False)

    def get_group(GroupName: str, **_more: object) -> dict[str, Any]:  # noqa: N803 # IAM's word
        if GroupName == "closed":
            raise aws_error("AccessDenied")
        return {"Group": group(GroupName), "Users": [], "IsTruncated": False}

    iam = IamDouble(
        GetGroup=get_group,
        ListAttachedGroupPolicies={"AttachedPolicies": [{"PolicyArn": READ_ONLY, "PolicyName": "ReadOnlyAccess"}]},
        ListGroupPolicies={"PolicyNames": []},
    )
    read, unread = read_group_policies(iam, directory, ["whole", "part", "closed", "new"])
    assert (read.groups["part"].attached, read.groups["part"].inline) == ({READ_ONLY: "ReadOnlyAccess"}, {})
    assert (read.groups["whole"], read.groups["closed"].attached, list(unread)) == (whole, None, ["closed"])
    assert iam.operations().count("list_attached_group_policies") == 1
    same, none = read_group_policies(IamDouble(), directory, ["whole", "new"])
    assert same is directory
    assert none == {}


def test_of_who_is_to_be_suspended_only_the_access_keys_are_listed() -> None:
    iam = IamDouble(
        GetUser={"User": user("Asha")},
        ListAccessKeys={"AccessKeyMetadata": [{"AccessKeyId": "AKIA1", "Status": "Inactive"}]},
    )
    found = read_directory(iam, Scope({"asha": frozenset({"access_keys"})})).user("asha")
    assert found is not None
    assert found.credentials == Credentials({"AKIA1": False}, whole=False)
    assert iam.operations() == ["get_user", "list_access_keys"]


SUSPEND = DesiredUser("Asha", create=False, suspend=Suspension("list", "now"))
BACK = DesiredUser("Ben", lift=True)
KEY = {"AccessKeyMetadata": [{"AccessKeyId": "AKIA1", "Status": "Active"}]}


def test_in_a_whole_directory_only_who_leaves_or_returns_is_read_again() -> None:
    whole = Directory(
        users={name: User(name, attached={}, inline={}, tags={}) for name in ("asha", "ben", "cleo", "dan")},
        groups={},
    )
    iam = IamDouble(
        ListAccessKeys=KEY,
        GetLoginProfile={"LoginProfile": {"CreateDate": BORN}},
        ListVirtualMFADevices={"VirtualMFADevices": []},
    )
    wanted = Desired(
        users=(SUSPEND, BACK, DesiredUser("cleo"), DesiredUser("dan", absent=True), DesiredUser("new", absent=True))
    )
    found = read_leavers(iam, whole, wanted)
    assert found.users["asha"].credentials == Credentials({"AKIA1": True}, whole=False)
    assert found.users["asha"].login_profile == LoginProfile(reset_required=False, create_date=BORN)
    assert found.users["ben"].login_profile is None
    assert found.users["cleo"] == whole.users["cleo"]
    assert found.users["dan"].credentials is not None
    assert found.users["dan"].credentials.whole
    assert {params["UserName"] for _operation, params in iam.calls if "UserName" in params} == {"asha", "ben", "dan"}
    calls = len(iam.calls)
    assert read_leavers(iam, found, wanted) == found
    assert len(iam.calls) == calls


def test_in_a_partial_directory_all_is_read_that_leaving_needs() -> None:
    part = Directory(users={"asha": read_user_of("Asha")}, groups={}, whole=False, asked_users=frozenset({"asha"}))
    iam = IamDouble(
        GetUser={"User": user("Asha")},
        ListAccessKeys=KEY,
        GetLoginProfile=aws_error("NoSuchEntity"),
        ListGroupsForUser={"Groups": [group("Sales")]},
        ListAttachedUserPolicies={"AttachedPolicies": []},
        ListUserPolicies={"PolicyNames": []},
    )
    found = read_leavers(iam, part, Desired(users=(SUSPEND,)))
    asha = found.users["asha"]
    assert (asha.attached, asha.inline, asha.login_profile) == ({}, {}, False)
    assert found.memberships == {("asha", "sales")}
    assert read_leavers(IamDouble(), part, Desired(users=(DesiredUser("Asha"),))) == part


def test_activity_is_read_where_it_can_be() -> None:
    here = Directory(
        users={"asha": read_user_of("Asha", credentials=Credentials({"AKIA1": True, "AKIA2": False}))}, groups={}
    )
    later = BORN + datetime.timedelta(days=1)
    iam = IamDouble(
        GetUser={"User": user("Asha", PasswordLastUsed=BORN)},
        GetAccessKeyLastUsed={"AccessKeyLastUsed": {"LastUsedDate": later}},
    )
    found = read_activity(iam, here, ["asha", "gone"]).users["asha"]
    assert (found.password_last_used, found.keys_last_used) == (BORN, later)
    assert iam.operations() == ["get_user", "get_access_key_last_used"]
    refused = IamDouble(GetUser=aws_error("AccessDenied"))
    assert read_activity(refused, here, ["asha"]) == here
    unused = IamDouble(GetUser={"User": user("Asha")}, GetAccessKeyLastUsed={"AccessKeyLastUsed": {}})
    assert read_activity(unused, here, ["asha"]).users["asha"].keys_last_used is None
