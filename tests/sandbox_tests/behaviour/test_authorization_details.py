# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""GetAccountAuthorizationDetails: its shape, its filters, and its pages out of one budget."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.sandbox.measure import seed_full_account

from ..policies import OTHER_POLICY, POLICY, TRUST
from ..refusal import refused

ARN = "arn:aws:iam::aws:policy/ReadOnlyAccess"
LOCAL = "arn:aws:iam::123456789012:policy/p"


@pytest.fixture
def company(sandbox: Sandbox, iam: Any) -> Any:
    sandbox.seed(
        policies=[{"name": "p", "document": json.loads(POLICY)}],
        groups=[
            {"name": "g", "managed_policies": [ARN], "inline_policies": {"i": json.loads(POLICY)}},
            {"name": "h"},
        ],
        users=[
            {
                "name": "u",
                "path": "/p/",
                "tags": {"k": "v"},
                "permissions_boundary": LOCAL,
                "groups": ["g", "h"],
                "managed_policies": [LOCAL],
                "inline_policies": {"i": json.loads(OTHER_POLICY)},
                "password": "Correct-Horse-9",
            },
            {"name": "v"},
        ],
    )
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST)
    return iam


def details(iam: Any, *kinds: str) -> dict[str, Any]:
    found: dict[str, Any] = iam.get_account_authorization_details(Filter=list(kinds))
    return found


def test_a_user_with_everything(company: Any) -> None:
    """GAAD UserDetail: boundary and tags in; no password, keys or MFA (API reference)."""
    user = details(company, "User")["UserDetailList"][0]
    assert (user["UserName"], user["Path"], user["Arn"]) == ("u", "/p/", "arn:aws:iam::123456789012:user/p/u")
    assert user["GroupList"] == ["g", "h"]
    assert user["Tags"] == [{"Key": "k", "Value": "v"}]
    assert user["AttachedManagedPolicies"] == [{"PolicyName": "p", "PolicyArn": LOCAL}]
    assert user["PermissionsBoundary"]["PermissionsBoundaryArn"] == LOCAL
    # botocore decodes the URL-encoded document.
    assert user["UserPolicyList"] == [{"PolicyName": "i", "PolicyDocument": json.loads(OTHER_POLICY)}]


def test_a_user_with_nothing(company: Any) -> None:
    """GAAD UserDetail: an empty UserPolicyList is left out, the other lists are there and empty (live probe)."""
    user = details(company, "User")["UserDetailList"][1]
    assert set(user) == {
        "UserName",
        "UserId",
        "Path",
        "Arn",
        "CreateDate",
        "GroupList",
        "AttachedManagedPolicies",
        "Tags",
    }
    assert user["GroupList"] == user["AttachedManagedPolicies"] == user["Tags"] == []


def test_groups_have_no_members_and_no_tags(company: Any) -> None:
    """GAAD GroupDetail: no member list; its lists are there when empty (API reference, live probe)."""
    full, empty = details(company, "Group")["GroupDetailList"]
    assert full["AttachedManagedPolicies"] == [{"PolicyName": "ReadOnlyAccess", "PolicyArn": ARN}]
    assert full["GroupPolicyList"] == [{"PolicyName": "i", "PolicyDocument": json.loads(POLICY)}]
    assert set(empty) == {
        "GroupName",
        "GroupId",
        "Path",
        "Arn",
        "CreateDate",
        "GroupPolicyList",
        "AttachedManagedPolicies",
    }
    assert empty["GroupPolicyList"] == empty["AttachedManagedPolicies"] == []


def test_policies(company: Any) -> None:
    """GAAD Policies: with every version's document, without description; of AWS's only those in use (live probe)."""
    local = details(company, "LocalManagedPolicy")["Policies"]
    assert [policy["PolicyName"] for policy in local] == ["p"]
    assert local[0]["PolicyVersionList"][0]["Document"] == json.loads(POLICY)
    assert (local[0]["AttachmentCount"], local[0]["PermissionsBoundaryUsageCount"]) == (1, 1)
    assert "Description" not in local[0]
    assert [policy["Arn"] for policy in details(company, "AWSManagedPolicy")["Policies"]] == [ARN]


def test_filters(company: Any) -> None:
    """GAAD Filter: only the kinds asked for; all of them without a filter; a wrong or miscased kind is refused."""
    lists = ("UserDetailList", "RoleDetailList", "GroupDetailList", "Policies")
    sizes = {
        "User": [2, 0, 0, 0],
        "Role": [0, 1, 0, 0],
        "Group": [0, 0, 2, 0],
        "LocalManagedPolicy": [0, 0, 0, 1],
        "AWSManagedPolicy": [0, 0, 0, 1],
    }
    for kind, expected in sizes.items():
        answer = details(company, kind)
        assert [len(answer[name]) for name in lists] == expected, kind
    everything = company.get_account_authorization_details()
    assert [len(everything[name]) for name in lists] == [2, 1, 2, 2]
    for wrong in ("user", "Users", ""):
        with refused("ValidationError", "filter.1.member"):
            details(company, wrong)


def test_one_budget_over_users_roles_groups_policies(company: Any) -> None:
    """GAAD paging: one MaxItems budget is shared over users, roles, groups and policies in that order (live probe)."""
    pages = list(company.get_paginator("get_account_authorization_details").paginate(PaginationConfig={"PageSize": 3}))
    lists = ("UserDetailList", "RoleDetailList", "GroupDetailList", "Policies")
    assert [[len(page[name]) for name in lists] for page in pages] == [[2, 1, 0, 0], [0, 0, 2, 1], [0, 0, 0, 1]]
    assert [page["IsTruncated"] for page in pages] == [True, True, False]
    singles = list(
        company.get_paginator("get_account_authorization_details").paginate(PaginationConfig={"PageSize": 1})
    )
    assert [sum(len(page[name]) for name in lists) for page in singles] == [1] * 7


def test_the_marker_is_bound_to_the_set_of_filters(company: Any) -> None:
    """GAAD paging: the filters' order and MaxItems may change, the set may not (live probe)."""
    first = company.get_account_authorization_details(Filter=["User", "Group"], MaxItems=1)
    again = company.get_account_authorization_details(Filter=["Group", "User"], MaxItems=9, Marker=first["Marker"])
    assert [user["UserName"] for user in again["UserDetailList"]] == ["v"]
    assert len(again["GroupDetailList"]) == 2
    with refused("ValidationError", "Marker and Filter do not match"):
        company.get_account_authorization_details(Filter=["User"], Marker=first["Marker"])
    with refused("ValidationError", "Invalid Marker"):
        company.get_account_authorization_details(Filter=["User"], Marker="nonsense")
    with refused("ValidationError", "Invalid Marker"):
        company.list_users(Marker=first["Marker"])


def test_a_hundred_by_default(sandbox: Sandbox, iam: Any) -> None:
    """GAAD paging: MaxItems defaults to 100 and goes to 1,000 (API reference)."""
    sandbox.seed(users=[{"name": f"u{number}"} for number in range(101)])
    answer = iam.get_account_authorization_details(Filter=["User"])
    assert (len(answer["UserDetailList"]), answer["IsTruncated"]) == (100, True)
    with refused("ValidationError", "maxItems"):
        iam.get_account_authorization_details(MaxItems=1001)


def test_a_full_account_is_read_in_six_pages(sandbox: Sandbox, iam: Any) -> None:
    """GAAD: 5,000 users and 300 groups are ceil(5300/1000) = 6 pages; the sandbox answers a page within a second."""
    seed_full_account(sandbox)
    seconds: list[float] = []
    pages: list[dict[str, Any]] = []
    marker: dict[str, Any] = {}
    while not pages or pages[-1]["IsTruncated"]:
        start = time.perf_counter()
        pages.append(iam.get_account_authorization_details(Filter=["User", "Group"], MaxItems=1000, **marker))
        seconds.append(time.perf_counter() - start)
        marker = {"Marker": pages[-1].get("Marker")}
    assert len(pages) == 6
    assert sum(len(user["GroupList"]) for page in pages for user in page["UserDetailList"]) == 15000
    assert sum(len(page["GroupDetailList"]) for page in pages) == 300
    # The fastest of the five full pages: the others may have waited for a busy machine.
    assert min(seconds[:5]) < 1, seconds
    with refused("LimitExceeded", "UsersPerAccount: 5000"):
        iam.create_user(UserName="one-more")
    with refused("LimitExceeded", "GroupsPerAccount: 300"):
        iam.create_group(GroupName="one-more")
