# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Suspended and let in again: what is lacking is done, in order, and the account is as it was."""

from __future__ import annotations

import dataclasses
import json
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.model import (
    Credentials,
    Desired,
    DesiredUser,
    Directory,
    Group,
    LoginProfile,
    Phase,
    Step,
    Suspension,
    User,
    fold,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.suspension import (
    DENY,
    DENY_NAME,
    is_denied,
    is_suspended,
    suspension_of,
)
from ansible_collections.workforce.aws.plugins.module_utils._plan.after import after
from ansible_collections.workforce.aws.plugins.module_utils._plan.plan import leaving_steps, make_plan
from ansible_collections.workforce.aws.plugins.module_utils._plan.quotas import needs_quotas, quota_faults
from hypothesis import given
from hypothesis import strategies as st

AT: t.Final = "2026-11-23T21:28:05Z"
BY_LIST, BY_PERSON = Suspension("list", AT), Suspension("person", AT)
ALLOW: t.Final = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
DENY_ALL: t.Final = "arn:aws:iam::aws:policy/AWSDenyAll"
KEYS: t.Final = {"AKIA1": True, "AKIA2": False, "AKIA3": True}
TAG: t.Final = {"workforce:suspended": f"{AT} list"}


def user(**parts: t.Any) -> User:
    read: dict[str, t.Any] = {
        "arn": "arn:aws:iam::123456789012:user/asha",
        "tags": {},
        "boundary": "",
        "attached": {},
        "inline": {},
        "login_profile": False,
        "credentials": Credentials(whole=False),
    }
    return User(name="asha", **(read | parts))


def directory(*users: User) -> Directory:
    return Directory(
        users={fold(one.name): one for one in users},
        groups={"ops": Group("ops", attached={}, inline={})},
        memberships=frozenset({("asha", "ops")}),
    )


def steps(existing: User, **wanted: t.Any) -> list[Step]:
    plan = make_plan(Desired(users=(DesiredUser("asha", create=False, **wanted),)), directory(existing))
    assert plan.faults == ()
    return list(plan.steps)


def operations(existing: User, **wanted: t.Any) -> list[str]:
    return [step.operation for step in steps(existing, **wanted)]


def test_everything_is_cut_in_order_and_the_tag_is_last() -> None:
    full = user(login_profile=LoginProfile(True), credentials=Credentials(access_keys=KEYS, whole=False))
    found = steps(full, suspend=BY_LIST)
    assert [(step.operation, step.params.get("AccessKeyId")) for step in found] == [
        ("PutUserPolicy", None),
        ("DeleteLoginProfile", None),
        ("UpdateAccessKey", "AKIA1"),
        ("UpdateAccessKey", "AKIA3"),
        ("TagUser", None),
    ]
    assert all(step.phase == Phase.LEAVERS and step.cutting for step in found)
    assert json.loads(found[0].params["PolicyDocument"]) == DENY
    assert found[0].params["PolicyName"] == DENY_NAME
    assert not found[0].vital
    assert [step.closing for step in found] == [False, False, False, False, True]
    assert found[-1].params["Tags"] == [{"Key": "workforce:suspended", "Value": f"{AT} list"}]
    assert "by the list" in found[-1].line


def test_where_the_deny_does_not_fit_awss_own_policy_stands_in() -> None:
    china = user(arn="arn:aws-cn:iam::123456789012:user/asha")
    fallback = steps(china, suspend=BY_LIST)[0].fallback
    assert fallback is not None
    assert fallback.params == {"UserName": "asha", "PolicyArn": "arn:aws-cn:iam::aws:policy/AWSDenyAll"}
    unknown = steps(user(arn=None), suspend=BY_LIST)[0].fallback
    assert unknown is not None
    assert unknown.params["PolicyArn"] == DENY_ALL


@pytest.mark.parametrize(
    ("parts", "suspend", "expected"),
    [
        # complete: nothing more, whether the sign-in parts were read or not
        ({"tags": TAG, "inline": {DENY_NAME: DENY}}, BY_LIST, []),
        ({"tags": TAG, "inline": {DENY_NAME: DENY}, "login_profile": None, "credentials": None}, BY_LIST, []),
        ({"tags": TAG, "attached": {DENY_ALL: "AWSDenyAll"}}, BY_LIST, []),
        ({"tags": {"Workforce:Suspended": f"{AT} list"}, "inline": {"Workforce-Suspended": DENY}}, BY_LIST, []),
        # what is lacking, and nothing else
        ({"inline": {DENY_NAME: DENY}}, BY_LIST, ["TagUser"]),
        ({"tags": TAG}, BY_LIST, ["PutUserPolicy"]),
        ({"tags": TAG, "inline": {DENY_NAME: ALLOW}}, BY_LIST, ["PutUserPolicy"]),
        ({"tags": TAG, "inline": {DENY_NAME: DENY}, "login_profile": LoginProfile(False)}, BY_LIST,
         ["DeleteLoginProfile"]),
        # AWS's policy that somebody attached before is not ours
        ({"attached": {DENY_ALL: "AWSDenyAll"}}, BY_LIST, ["PutUserPolicy", "TagUser"]),
        # a person's word stands over the list's, and not the other way round
        ({"tags": TAG, "inline": {DENY_NAME: DENY}}, BY_PERSON, ["TagUser"]),
        ({"tags": {"workforce:suspended": f"{AT} person"}, "inline": {DENY_NAME: DENY}}, BY_LIST, []),
        ({"tags": {"workforce:suspended": f"{AT} person"}, "inline": {DENY_NAME: DENY}}, BY_PERSON, []),
        ({"tags": {"workforce:suspended": "by hand"}, "inline": {DENY_NAME: DENY}}, BY_LIST, []),
    ],
)  # fmt: skip
def test_only_what_is_lacking_is_done(parts: dict[str, t.Any], suspend: Suspension, expected: list[str]) -> None:
    assert operations(user(**parts), suspend=suspend) == expected


@pytest.mark.parametrize("part", ["login_profile", "credentials", "inline", "attached"])
def test_a_part_that_was_not_read_is_never_taken_for_an_empty_one(part: str) -> None:
    with pytest.raises(KeyError):
        steps(user(**{"tags": TAG, part: None}), suspend=BY_LIST)


def test_nobody_is_suspended_who_is_not_there() -> None:
    assert leaving_steps(Desired(users=(DesiredUser("eve", suspend=BY_LIST),)), directory(user())) == []
    plan = make_plan(Desired(users=(DesiredUser("eve", create=False, suspend=BY_LIST),)), directory(user()))
    assert [str(fault) for fault in plan.faults] == ["user eve: does not exist in the account"]


def test_the_memory_is_read_from_the_tag() -> None:
    assert suspension_of(user()) is None
    assert suspension_of(user(tags=TAG)) == BY_LIST
    assert suspension_of(user(tags={"workforce:suspended": f"{AT} person"})) == BY_PERSON
    assert suspension_of(user(tags={"workforce:suspended": "gone fishing"})) == Suspension("person", "gone fishing")


@pytest.mark.parametrize(
    ("parts", "keys", "expected"),
    [
        ({"tags": TAG, "inline": {DENY_NAME: DENY}}, False, ["DeleteUserPolicy", "UntagUser"]),
        ({"tags": TAG, "inline": {DENY_NAME: DENY}}, True, ["UpdateAccessKey", "DeleteUserPolicy", "UntagUser"]),
        ({"tags": TAG, "attached": {DENY_ALL: "x"}}, False, ["DetachUserPolicy", "UntagUser"]),
        # both: one of them is somebody else's
        ({"tags": TAG, "inline": {DENY_NAME: DENY}, "attached": {DENY_ALL: "x"}}, False,
         ["DeleteUserPolicy", "UntagUser"]),
        # stopped half-way, in either direction
        ({"tags": TAG}, False, ["UntagUser"]),
        ({"inline": {DENY_NAME: DENY}}, False, ["DeleteUserPolicy"]),
        ({"attached": {DENY_ALL: "x"}}, False, []),
        ({}, False, []),
    ],
)  # fmt: skip
def test_lifting_takes_away_what_suspending_added(parts: dict[str, t.Any], keys: bool, expected: list[str]) -> None:
    existing = user(credentials=Credentials(access_keys={"AKIA1": False, "AKIA2": True}, whole=False), **parts)
    found = steps(existing, lift=True, lift_keys=keys)
    assert [step.operation for step in found] == expected
    assert all(step.phase == Phase.USERS and not step.cutting for step in found)


def test_an_exact_list_of_policies_leaves_the_deny_alone() -> None:
    exact: dict[str, t.Any] = {"inline": {}, "purge_inline": True, "policies": (), "purge_policies": True}
    inline = user(tags=TAG, inline={"Workforce-Suspended": DENY, "own": ALLOW})
    assert [step.params.get("PolicyName") for step in steps(inline, **exact)] == ["own"]
    attached = user(tags=TAG, attached={DENY_ALL: "AWSDenyAll", "arn:aws:iam::aws:policy/X": "X"})
    assert [step.params["PolicyArn"] for step in steps(attached, **exact)] == ["arn:aws:iam::aws:policy/X"]
    # Without our tag it is a policy like any other.
    assert operations(user(attached={DENY_ALL: "AWSDenyAll"}), **exact) == ["DetachUserPolicy"]


def test_no_quota_keeps_a_leaver_in() -> None:
    full = user(tags={f"k{number}": "v" for number in range(50)}, inline={"big": ALLOW})
    found = steps(full, suspend=BY_LIST)
    assert not needs_quotas(found)
    reached = after(directory(full), found)
    assert quota_faults(found, reached, {"Users": 1, "UsersQuota": 1, "Groups": 1, "GroupsQuota": 1}) == ()


accounts = st.builds(
    user,
    tags=st.sampled_from([{}, {"Site": "Pune"}, TAG, {"workforce:suspended": f"{AT} person"}]),
    inline=st.sampled_from([{}, {"own": ALLOW}, {"own": ALLOW, DENY_NAME: DENY}, {"WORKFORCE-suspended": ALLOW}]),
    attached=st.sampled_from([{}, {DENY_ALL: "AWSDenyAll"}]),
    login_profile=st.sampled_from([False, LoginProfile(False), LoginProfile(True)]),
    credentials=st.builds(
        Credentials,
        access_keys=st.dictionaries(st.sampled_from(["AKIA1", "AKIA2"]), st.booleans()),
        whole=st.just(False),
    ),
)


@given(accounts, st.sampled_from([BY_LIST, BY_PERSON]))
def test_after_suspending_all_is_cut_and_nothing_is_left_to_do(existing: User, suspend: Suspension) -> None:
    reached = after(directory(existing), steps(existing, suspend=suspend))
    found = reached.users["asha"]
    assert is_suspended(found)
    assert found.login_profile is False
    assert found.credentials is not None
    assert not any(found.credentials.access_keys.values())
    assert reached.groups_of("asha") == {"ops"}
    assert operations(found, suspend=suspend) == []


@given(accounts, st.sampled_from([BY_LIST, BY_PERSON]))
def test_lifting_gives_back_all_but_the_password_and_the_keys(existing: User, suspend: Suspension) -> None:
    if suspension_of(existing) is not None or DENY_NAME in map(fold, existing.inline or {}):
        return
    down = after(directory(existing), steps(existing, suspend=suspend)).users["asha"]
    back = after(directory(down), steps(down, lift=True)).users["asha"]
    assert not is_denied(back)
    assert dataclasses.replace(back, login_profile=None, credentials=None) == dataclasses.replace(
        existing, login_profile=None, credentials=None
    )


@given(accounts, st.data())
def test_a_run_that_was_stopped_anywhere_is_finished_by_the_next(existing: User, data: st.DataObject) -> None:
    planned = steps(existing, suspend=BY_LIST)
    stopped = data.draw(st.integers(0, len(planned)))
    half = after(directory(existing), planned[:stopped]).users["asha"]
    whole = after(directory(half), steps(half, suspend=BY_LIST)).users["asha"]
    assert whole == after(directory(existing), planned).users["asha"]
