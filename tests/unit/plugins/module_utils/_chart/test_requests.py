# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Module parameters become the desired, or faults."""

from __future__ import annotations

import datetime
import json
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart.requests import (
    group_request,
    membership_request,
    user_request,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import (
    Desired,
    DesiredGroup,
    DesiredUser,
    Password,
)

DOCUMENT: t.Final = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
READ: t.Final = "arn:aws:iam::aws:policy/ReadOnlyAccess"

GROUP: t.Final[dict[str, t.Any]] = {
    "name": "sales",
    "path": None,
    "managed_policies": None,
    "inline_policies": None,
    "users": None,
    "purge_policies": False,
    "purge_inline_policies": False,
    "purge_users": False,
    "state": "present",
}
USER: t.Final[dict[str, t.Any]] = {
    "name": "asha",
    "path": None,
    "boundary": None,
    "password": None,
    "password_reset_required": False,
    "update_password": "on_create",
    "remove_password": False,
    "managed_policies": None,
    "inline_policies": None,
    "purge_policies": False,
    "purge_inline_policies": False,
    "tags": None,
    "purge_tags": True,
    "state": "present",
}
MEMBERSHIP: t.Final[dict[str, t.Any]] = {
    "user": None,
    "group": None,
    "groups": None,
    "users": None,
    "purge_groups": False,
    "purge_users": False,
    "purge_path": None,
    "state": "present",
}


def group(**params: t.Any) -> tuple[Desired, list[str]]:
    desired, faults = group_request({**GROUP, **params})
    return desired, [str(fault) for fault in faults]


def user(**params: t.Any) -> tuple[Desired, list[str]]:
    desired, faults = user_request({**USER, **params})
    return desired, [str(fault) for fault in faults]


def membership(**params: t.Any) -> tuple[Desired, list[str]]:
    desired, faults = membership_request({**MEMBERSHIP, **params})
    return desired, [str(fault) for fault in faults]


def test_a_group_of_which_nothing_is_said_is_only_there() -> None:
    assert group() == (Desired(groups=(DesiredGroup("sales"),)), [])
    assert group_request({"name": "sales"}) == (Desired(groups=(DesiredGroup("sales"),)), [])


def test_everything_that_can_be_said_of_a_group() -> None:
    desired, faults = group(
        path="/x/",
        managed_policies=["ReadOnlyAccess", READ, READ],
        inline_policies={"one": DOCUMENT, "two": json.dumps(DOCUMENT)},
        users=["asha", "ASHA", "ben"],
        purge_policies=True,
        purge_inline_policies=True,
        purge_users=True,
    )
    assert faults == []
    assert desired.groups == (
        DesiredGroup(
            "sales",
            path="/x/",
            policies=("ReadOnlyAccess", READ),
            purge_policies=True,
            inline={"one": DOCUMENT, "two": DOCUMENT},
            purge_inline=True,
            members=("asha", "ben"),
            purge_members=True,
        ),
    )


def test_lists_are_additive_without_their_switch() -> None:
    (asked,) = group(managed_policies=[READ], inline_policies={"one": DOCUMENT}, users=["asha"])[0].groups
    assert (asked.purge_policies, asked.purge_inline, asked.purge_members) == (False, False, False)


def test_an_empty_list_with_its_switch_empties() -> None:
    desired, faults = group(managed_policies=[], purge_policies=True, users=[], purge_users=True)
    assert faults == []
    (asked,) = desired.groups
    assert (asked.policies, asked.purge_policies, asked.members, asked.purge_members) == ((), True, (), True)


@pytest.mark.parametrize(
    ("switch", "listed"),
    [
        ("purge_users", "users"),
        ("purge_policies", "managed_policies"),
        ("purge_inline_policies", "inline_policies"),
    ],
)
def test_a_purge_without_its_list_is_a_fault(switch: str, listed: str) -> None:
    told = f"has {switch} without {listed}; write them out, even if empty"
    desired, faults = group(**{switch: True})
    assert faults == [f"group sales: {told}"]
    assert desired.groups == (DesiredGroup("sales"),)
    assert group(**{switch: True, "state": "absent"})[1] == []
    if listed != "users":
        assert user(**{switch: True})[1] == [f"user asha: {told}"]


def test_all_faults_of_a_group_in_one_answer() -> None:
    desired, faults = group(
        path="x",
        managed_policies=["a b", READ],
        inline_policies={"one": "{", "t wo": DOCUMENT, "three": DOCUMENT, "Three": DOCUMENT},
        users=["ben", "ça"],
        purge_policies=True,
        purge_inline_policies=True,
        purge_users=True,
    )
    assert [fault.removeprefix("group sales: ")[:44] for fault in faults] == [
        "in managed_policies, names 'a b', which cann",
        "inline policy one is not JSON: Expecting pro",
        "in inline_policies, 't wo' has ' ' in the na",
        "has the inline policies three and Three, whi",
        "in users, ça has 'ç' in the name; IAM allows",
        "has the path x; a path is / or begins and en",
    ]
    (asked,) = desired.groups
    assert (asked.policies, asked.members, asked.path) == ((READ,), ("ben",), None)
    assert (asked.purge_policies, asked.purge_inline, asked.purge_members) == (False, False, False)


def test_a_name_at_fault_is_not_looked_up() -> None:
    assert group(name="a b", path="x")[0] == Desired()
    assert [fault.split(": ")[0] for fault in group(name="a b", path="x")[1]] == ["group 'a b'", "group 'a b'"]
    assert user(name="a" * 65) == (Desired(), [f"user {'a' * 65}: has a name of 65 characters; IAM allows 64"])
    assert user(name="a b", state="absent")[0] == Desired()
    assert group(name="", state="absent") == (Desired(), ["group '': has an empty name"])


def test_what_is_absent_is_only_named() -> None:
    assert group(state="absent", path="x", users=["?"]) == (Desired(groups=(DesiredGroup("sales", absent=True),)), [])
    assert user(state="absent", path="x") == (Desired(users=(DesiredUser("asha", absent=True),)), [])
    long = "a" * 128
    assert user(state="absent", name=long) == (Desired(users=(DesiredUser(long, absent=True),)), [])


def test_a_user_of_whom_nothing_is_said_is_only_there() -> None:
    assert user() == (Desired(users=(DesiredUser("asha", purge_tags=False),)), [])
    assert user_request({"name": "asha"}) == (Desired(users=(DesiredUser("asha", purge_tags=False),)), [])


def test_everything_that_can_be_said_of_a_user() -> None:
    desired, faults = user(
        path="/x/",
        boundary="Edge",
        password="correct horse",
        password_reset_required=True,
        update_password="always",
        managed_policies=[READ],
        inline_policies={"one": DOCUMENT},
        purge_policies=True,
        purge_inline_policies=True,
        tags={"team": "x", "n": 5},
    )
    assert faults == []
    assert desired.users == (
        DesiredUser(
            "asha",
            path="/x/",
            tags={"team": "x", "n": "5"},
            purge_tags=True,
            boundary="Edge",
            policies=(READ,),
            purge_policies=True,
            inline={"one": DOCUMENT},
            purge_inline=True,
            password=Password("correct horse", update="always", reset_required=True),
        ),
    )


def test_tags_are_exact_unless_told_otherwise() -> None:
    assert user(tags={})[0].users[0].purge_tags
    assert user(tags={})[0].users[0].tags == {}
    assert not user(tags={"a": "b"}, purge_tags=False)[0].users[0].purge_tags


def test_tags_of_ours_are_refused() -> None:
    desired, faults = user(tags={"workforce:managed": "onboard", "team": "x"})
    assert faults == [
        "user asha: has the tag workforce:managed; keys that begin with workforce: are the collection's own marks"
    ]
    assert (desired.users[0].tags, desired.users[0].purge_tags) == (None, False)


def test_an_empty_boundary_removes_it_and_a_bad_one_is_told() -> None:
    assert user(boundary="")[0].users[0].boundary == ""
    desired, faults = user(boundary="a b")
    assert faults == ["user asha: in boundary, names 'a b', which cannot be the name of a managed policy"]
    assert desired.users[0].boundary is None


def test_passwords() -> None:
    assert user(password="x")[0].users[0].password == Password("x")
    assert user(password="ÿ" * 128)[1] == []
    assert user(remove_password=True)[0].users[0].remove_password
    assert user(password="x", remove_password=True)[1] == ["user asha: has both password and remove_password"]


@pytest.mark.parametrize("password", ["", "s3cret☃", "x" * 129, "s3cret\x00", 12345])
def test_a_password_that_iam_refuses_is_not_told(password: object) -> None:
    desired, faults = user(password=password)
    assert desired.users[0].password is None
    assert faults == [
        "user asha: has a password that IAM does not take: 1 to 128 characters of Basic Latin and Latin-1"
    ]


def test_a_user_joins_groups() -> None:
    assert membership(user="asha", groups=["sales", "Sales", "it"]) == (
        Desired(users=(DesiredUser("asha", groups=("sales", "it"), create=False),)),
        [],
    )


def test_a_user_is_in_these_groups_alone() -> None:
    (asked,) = membership(user="asha", groups=[], purge_groups=True, purge_path="/workforce/")[0].users
    assert (asked.groups, asked.purge_groups, asked.purge_path) == ((), True, "/workforce/")


def test_a_user_leaves_groups() -> None:
    assert membership(user="asha", groups=["sales"], state="absent") == (
        Desired(users=(DesiredUser("asha", groups_absent=("sales",), create=False),)),
        [],
    )


def test_a_group_takes_users() -> None:
    assert membership(group="sales", users=["asha", "ben"], purge_users=True, purge_path="/") == (
        Desired(
            groups=(DesiredGroup("sales", members=("asha", "ben"), purge_members=True, purge_path="/", create=False),)
        ),
        [],
    )


def test_a_group_loses_users() -> None:
    assert membership(group="sales", users=["asha"], state="absent") == (
        Desired(groups=(DesiredGroup("sales", members_absent=("asha",), create=False),)),
        [],
    )


@pytest.mark.parametrize(
    ("params", "told"),
    [
        (
            {"user": "asha", "group": "sales"},
            ["iam_membership: names both user and group; give a user with groups, or a group with users"],
        ),
        ({}, ["iam_membership: names neither user nor group; give a user with groups, or a group with users"]),
        ({"user": "asha"}, ["user asha: has no groups; a user goes with a list of groups"]),
        ({"group": "sales"}, ["group sales: has no users; a group goes with a list of users"]),
        (
            {"user": "asha", "groups": ["sales"], "users": ["ben"], "purge_users": True},
            [
                "user asha: has users; a user goes with groups and purge_groups",
                "user asha: has purge_users; a user goes with groups and purge_groups",
            ],
        ),
        (
            {"group": "sales", "users": ["ben"], "groups": ["it"], "purge_groups": True},
            [
                "group sales: has groups; a group goes with users and purge_users",
                "group sales: has purge_groups; a group goes with users and purge_users",
            ],
        ),
        (
            {"user": "asha", "groups": ["sales"], "purge_groups": True, "state": "absent"},
            ["user asha: has purge_groups with state absent, which takes away the named groups and no others"],
        ),
        (
            {"group": "sales", "users": ["asha"], "purge_users": True, "state": "absent"},
            ["group sales: has purge_users with state absent, which takes away the named users and no others"],
        ),
        (
            {"user": "a b", "groups": ["sales"]},
            ["user 'a b': has ' ' in the name; IAM allows only A-Z a-z 0-9 _ + = , . @ -"],
        ),
        (
            {"group": "", "users": ["asha"]},
            ["group '': has an empty name"],
        ),
    ],
)
def test_memberships_that_make_no_sense(params: dict[str, t.Any], told: list[str]) -> None:
    assert membership(**params)[1] == told


def test_a_membership_of_nobody_is_not_looked_up() -> None:
    assert membership(user="a b", groups=["x"])[0] == Desired()
    assert membership(group="a b", users=["x"])[0] == Desired()
    assert membership()[0] == Desired()


def test_a_purge_that_was_not_understood_takes_nothing_away() -> None:
    for params in ({"groups": ["sales", "a b"]}, {"groups": ["sales"], "purge_path": "workforce"}):
        desired, faults = membership(user="asha", purge_groups=True, **params)
        assert len(faults) == 1
        assert not desired.users[0].purge_groups
    desired, _faults = membership(user="asha", groups=["sales"], purge_groups=True, state="absent")
    assert not desired.users[0].purge_groups


def test_existing_names_may_be_long() -> None:
    long = "a" * 128
    assert membership(user=long, groups=[long])[1] == []
    assert group(users=[long])[1] == []


def test_a_user_is_suspended_by_a_person_now() -> None:
    desired, faults = user_request({**USER, "state": "suspended", "tags": {"a": "b"}, "name": "x" * 100})
    (user,) = desired.users
    assert faults == []
    assert user.suspend is not None
    assert user == DesiredUser("x" * 100, create=False, suspend=user.suspend)
    assert user.suspend.by == "person"
    at = datetime.datetime.strptime(user.suspend.at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=datetime.UTC)
    assert abs((datetime.datetime.now(datetime.UTC) - at).total_seconds()) < 60
    assert user_request({**USER, "state": "suspended", "name": "a b"})[0].users == ()
