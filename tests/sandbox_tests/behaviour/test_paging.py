# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages: 100 items by default, up to 1,000, IsTruncated and Marker."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sandbox.client import Sandbox

from ..policies import POLICY
from ..refusal import refused


def names(page: dict[str, Any], member: str, name: str) -> list[str]:
    return [item[name] for item in page[member]]


def test_a_hundred_by_default_and_a_thousand_at_most(sandbox: Sandbox, iam: Any) -> None:
    """Paging: MaxItems is 100 unless given, 1-1000 (API reference, maxItemsType)."""
    sandbox.seed(users=[{"name": f"u{number:04}"} for number in range(1001)])
    first = iam.list_users()
    assert (len(first["Users"]), first["IsTruncated"]) == (100, True)
    assert len(iam.list_users(MaxItems=1000)["Users"]) == 1000
    for wrong in (0, 1001):
        with refused("ValidationError", "maxItems"):
            iam.list_users(MaxItems=wrong)
    found = [user["UserName"] for page in iam.get_paginator("list_users").paginate() for user in page["Users"]]
    assert found == [f"u{number:04}" for number in range(1001)]


def test_the_last_page_has_no_marker(sandbox: Sandbox, iam: Any) -> None:
    """Paging: no Marker and IsTruncated false on the last page; a full last page is no exception."""
    sandbox.seed(users=[{"name": name} for name in "abcd"])
    first = iam.list_users(MaxItems=2)
    last = iam.list_users(MaxItems=2, Marker=first["Marker"])
    assert last["IsTruncated"] is False
    assert "Marker" not in last
    assert names(first, "Users", "UserName") + names(last, "Users", "UserName") == list("abcd")


def test_pages_are_no_snapshot(sandbox: Sandbox, iam: Any) -> None:
    """Paging: what changes between two pages makes nothing appear twice and nothing else go missing."""
    sandbox.seed(users=[{"name": name} for name in "bcdef"])
    first = iam.list_users(MaxItems=2)
    iam.delete_user(UserName="c")
    iam.create_user(UserName="a")
    rest = iam.list_users(Marker=first["Marker"])
    assert names(rest, "Users", "UserName") == ["d", "e", "f"]


@pytest.mark.parametrize("marker", ["x", "eyJhIjogMX0=", "%%%"])
def test_a_wrong_marker(iam: Any, marker: str) -> None:
    """Paging: a marker that AWS did not make gives ValidationError."""
    with refused("ValidationError", "Invalid Marker"):
        iam.list_users(Marker=marker)


def test_a_marker_of_another_list(sandbox: Sandbox, iam: Any) -> None:
    """Paging: a marker belongs to the list that gave it."""
    sandbox.seed(users=[{"name": name} for name in "ab"], groups=[{"name": "g"}])
    marker = iam.list_users(MaxItems=1)["Marker"]
    with refused("ValidationError", "Invalid Marker"):
        iam.list_groups(Marker=marker)


def test_path_prefixes(sandbox: Sandbox, iam: Any) -> None:
    """PathPrefix: honoured, and need not end in a slash: /eng also finds /engineering/ (pathPrefixType)."""
    paths = {"a": "/eng/", "b": "/engineering/", "c": "/", "d": "/eng/x/"}
    entries = [{"name": name, "path": path} for name, path in paths.items()]
    policies = [{"name": name, "path": path, "document": json.loads(POLICY)} for name, path in paths.items()]
    sandbox.seed(users=entries, groups=entries, policies=policies)
    for prefix, expected in (("/eng/", ["a", "d"]), ("/eng", ["a", "b", "d"]), ("/", list("abcd")), ("/no/", [])):
        assert names(iam.list_users(PathPrefix=prefix), "Users", "UserName") == expected
        assert names(iam.list_groups(PathPrefix=prefix), "Groups", "GroupName") == expected
        if prefix.endswith("/"):
            assert names(iam.list_policies(Scope="Local", PathPrefix=prefix), "Policies", "PolicyName") == expected
    iam.attach_user_policy(UserName="a", PolicyArn="arn:aws:iam::123456789012:policy/eng/a")
    iam.attach_user_policy(UserName="a", PolicyArn="arn:aws:iam::123456789012:policy/c")
    attached = iam.list_attached_user_policies(UserName="a", PathPrefix="/eng/")
    assert names(attached, "AttachedPolicies", "PolicyName") == ["a"]
    with refused("ValidationError", "pathPrefix"):
        iam.list_users(PathPrefix="eng/")
    # ListPolicies alone has a stricter prefix (policyPathType).
    with refused("ValidationError", "pathPrefix"):
        iam.list_policies(PathPrefix="/eng")


def test_every_list_of_ours_comes_in_pages(sandbox: Sandbox, iam: Any) -> None:
    """Paging: each list operation that takes Marker and MaxItems (API reference)."""
    policies = [{"name": name, "document": json.loads(POLICY)} for name in "abc"]
    arns = [f"arn:aws:iam::123456789012:policy/{name}" for name in "abc"]
    inline = {name: json.loads(POLICY) for name in "abc"}
    groups = [{"name": name, "managed_policies": arns, "inline_policies": inline} for name in "abc"]
    users = [
        {
            "name": name,
            "groups": list("abc"),
            "managed_policies": arns,
            "inline_policies": inline,
            "tags": {"a": "", "b": "", "c": ""},
        }
        for name in "abc"
    ]
    sandbox.seed(policies=policies, groups=groups, users=users)
    iam.create_access_key(UserName="a")
    iam.create_access_key(UserName="a")
    for name in "abc":
        iam.create_virtual_mfa_device(VirtualMFADeviceName=name)
    lists = {
        ("list_users", "Users"): {},
        ("list_groups", "Groups"): {},
        ("list_policies", "Policies"): {"Scope": "Local"},
        ("list_virtual_mfa_devices", "VirtualMFADevices"): {},
        ("get_group", "Users"): {"GroupName": "a"},
        ("list_group_policies", "PolicyNames"): {"GroupName": "a"},
        ("list_attached_group_policies", "AttachedPolicies"): {"GroupName": "a"},
        ("list_groups_for_user", "Groups"): {"UserName": "a"},
        ("list_user_policies", "PolicyNames"): {"UserName": "a"},
        ("list_attached_user_policies", "AttachedPolicies"): {"UserName": "a"},
        ("list_user_tags", "Tags"): {"UserName": "a"},
        ("list_access_keys", "AccessKeyMetadata"): {"UserName": "a"},
        ("list_entities_for_policy", "PolicyUsers"): {"PolicyArn": arns[0], "EntityFilter": "User"},
    }
    for (operation, member), params in lists.items():
        whole = getattr(iam, operation)(**params)
        pages = list(iam.get_paginator(operation).paginate(**params, PaginationConfig={"PageSize": 1}))
        assert whole["IsTruncated"] is False, operation
        assert [len(page[member]) for page in pages] == [1] * len(whole[member]), operation
        assert [item for page in pages for item in page[member]] == whole[member], operation
        assert len(whole[member]) >= 2, operation


def test_entities_for_policy(sandbox: Sandbox, iam: Any) -> None:
    """ListEntitiesForPolicy: users, groups, roles; filters by kind, path and usage; a page is shared by all kinds."""
    arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    sandbox.seed(
        groups=[{"name": "g", "managed_policies": [arn]}],
        users=[{"name": "u", "path": "/p/", "managed_policies": [arn]}, {"name": "b", "permissions_boundary": arn}],
    )
    answer = iam.list_entities_for_policy(PolicyArn=arn)
    assert names(answer, "PolicyUsers", "UserName") == ["b", "u"]
    assert names(answer, "PolicyGroups", "GroupName") == ["g"]
    usage = {"PolicyUsageFilter": "PermissionsBoundary"}
    assert names(iam.list_entities_for_policy(PolicyArn=arn, **usage), "PolicyUsers", "UserName") == ["b"]
    usage = {"PolicyUsageFilter": "PermissionsPolicy"}
    assert names(iam.list_entities_for_policy(PolicyArn=arn, **usage), "PolicyUsers", "UserName") == ["u"]
    assert names(iam.list_entities_for_policy(PolicyArn=arn, PathPrefix="/p/"), "PolicyGroups", "GroupName") == []
    pages = list(
        iam.get_paginator("list_entities_for_policy").paginate(PolicyArn=arn, PaginationConfig={"PageSize": 1})
    )
    assert len(pages) == 3
    with refused("NoSuchEntity"):
        iam.list_entities_for_policy(PolicyArn="arn:aws:iam::aws:policy/None")
