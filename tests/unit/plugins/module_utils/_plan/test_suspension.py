# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Suspended and let in again: what is lacking is done, in order, and the account is as it was."""

from __future__ import annotations

import dataclasses
import json
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import Desired, DesiredUser, Suspension
from ansible_collections.workforce.aws.plugins.module_utils._core.model import (
    Credentials,
    Directory,
    Group,
    LoginProfile,
    User,
    fold,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Phase, Step
from ansible_collections.workforce.aws.plugins.module_utils._core.suspension import (
    DENY_NAME,
    contradiction,
    deny,
    is_denied,
    is_suspended,
    lifted_by_list,
    suspension_of,
)
from ansible_collections.workforce.aws.plugins.module_utils._plan.after import after
from ansible_collections.workforce.aws.plugins.module_utils._plan.plan import leaving_steps, make_plan
from ansible_collections.workforce.aws.plugins.module_utils._plan.quotas import needs_quotas, quota_faults
from ansible_collections.workforce.aws.plugins.module_utils._plan.suspension import as_answered, boundary_denial, denial
from hypothesis import given
from hypothesis import strategies as st

AT: t.Final = "2026-11-23T21:28:05Z"
BY_LIST, BY_PERSON = Suspension("list", AT), Suspension("person", AT)
ALLOW: t.Final = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
DENY_ALL: t.Final = "arn:aws:iam::aws:policy/AWSDenyAll"
OWN: t.Final = "arn:aws:iam::123456789012:policy/Own"
KEYS: t.Final = {"AKIA1": True, "AKIA2": False, "AKIA3": True}
TAG: t.Final = {"workforce:suspended": f"{AT} list"}
PERSONS_TAG: t.Final = {"workforce:suspended": f"{AT} person"}
LISTS, PERSONS = deny("list"), deny("person")
WITHOUT_SID: t.Final = {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": ["*"], "Resource": "*"}}


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
    assert json.loads(found[0].params["PolicyDocument"]) == LISTS
    assert found[0].params["PolicyName"] == DENY_NAME
    assert not found[0].vital
    assert [step.closing for step in found] == [False, False, False, False, True]
    assert found[-1].params["Tags"] == [{"Key": "workforce:suspended", "Value": f"{AT} list"}]
    assert "by the list" in found[-1].line


def test_the_deny_names_who_wrote_it() -> None:
    (statement,) = json.loads(steps(user(), suspend=BY_PERSON)[0].params["PolicyDocument"])["Statement"]
    assert statement == {"Sid": "WorkforceSuspendedByPerson", "Effect": "Deny", "Action": "*", "Resource": "*"}
    # A person's hold whose deny somebody took away stays a person's, whoever writes it again.
    again = steps(user(tags=PERSONS_TAG), suspend=BY_LIST)
    assert [step.operation for step in again] == ["PutUserPolicy"]
    assert json.loads(again[0].params["PolicyDocument"]) == PERSONS
    # The list's own, which was refused the first time, is the list's.
    assert json.loads(steps(user(tags=TAG), suspend=BY_LIST)[0].params["PolicyDocument"]) == LISTS


def test_where_the_deny_does_not_fit_awss_own_policy_stands_in() -> None:
    china = user(arn="arn:aws-cn:iam::123456789012:user/asha")
    fallback = steps(china, suspend=BY_LIST)[0].fallback
    assert fallback is not None
    assert fallback.params == {"UserName": "asha", "PolicyArn": "arn:aws-cn:iam::aws:policy/AWSDenyAll"}
    unknown = steps(user(arn=None), suspend=BY_LIST)[0].fallback
    assert unknown is not None
    assert unknown.params["PolicyArn"] == DENY_ALL


@pytest.mark.parametrize(
    ("boundary", "told"),
    [
        ("", "is denied everything by the boundary AWSDenyAll"),
        (OWN, f"is denied everything by the boundary AWSDenyAll, which replaces the boundary {OWN}"),
        (DENY_ALL, "is denied everything by the boundary AWSDenyAll"),
    ],
)
def test_the_last_form_needs_no_room_and_names_what_it_replaces(boundary: str, told: str) -> None:
    attached = steps(user(boundary=boundary), suspend=BY_LIST)[0].fallback
    assert attached is not None
    assert attached.fallback is not None
    assert attached.fallback.operation == "PutUserPermissionsBoundary"
    assert attached.fallback.params == {"UserName": "asha", "PermissionsBoundary": DENY_ALL}
    assert attached.fallback.line == told
    assert (attached.fallback.cutting, attached.fallback.vital) == (True, False)


def test_a_boundary_that_was_not_read_is_not_replaced_unseen() -> None:
    attached = denial(user(boundary=None), "person").fallback
    assert attached is not None
    assert attached.fallback is None
    assert "could not be read" in boundary_denial(user(boundary=None)).line


@pytest.mark.parametrize(
    ("parts", "suspend", "expected"),
    [
        # complete: nothing more, whether the sign-in parts were read or not
        ({"tags": TAG, "inline": {DENY_NAME: LISTS}}, BY_LIST, []),
        ({"tags": TAG, "inline": {DENY_NAME: LISTS}, "login_profile": None, "credentials": None}, BY_LIST, []),
        ({"tags": TAG, "attached": {DENY_ALL: "AWSDenyAll"}}, BY_LIST, []),
        ({"tags": TAG, "boundary": DENY_ALL}, BY_LIST, []),
        ({"tags": TAG, "inline": {DENY_NAME: WITHOUT_SID}}, BY_LIST, []),
        ({"tags": {"Workforce:Suspended": f"{AT} list"}, "inline": {"Workforce-Suspended": LISTS}}, BY_LIST, []),
        # what is lacking, and nothing else
        ({"inline": {DENY_NAME: LISTS}}, BY_LIST, ["TagUser"]),
        ({"tags": TAG}, BY_LIST, ["PutUserPolicy"]),
        ({"tags": TAG, "inline": {DENY_NAME: ALLOW}}, BY_LIST, ["PutUserPolicy"]),
        ({"tags": TAG, "inline": {DENY_NAME: LISTS}, "login_profile": LoginProfile(False)}, BY_LIST,
         ["DeleteLoginProfile"]),
        # AWS's policy that somebody attached before, or made the boundary, is not ours
        ({"attached": {DENY_ALL: "AWSDenyAll"}}, BY_LIST, ["PutUserPolicy", "TagUser"]),
        ({"boundary": DENY_ALL}, BY_LIST, ["PutUserPolicy", "TagUser"]),
        # a person's word stands over the list's, in both places, and not the other way round
        ({"tags": TAG, "inline": {DENY_NAME: LISTS}}, BY_PERSON, ["PutUserPolicy", "TagUser"]),
        ({"tags": TAG, "inline": {DENY_NAME: PERSONS}}, BY_PERSON, ["TagUser"]),
        ({"tags": TAG, "inline": {DENY_NAME: PERSONS}}, BY_LIST, []),
        ({"tags": PERSONS_TAG, "inline": {DENY_NAME: LISTS}}, BY_PERSON, ["PutUserPolicy"]),
        ({"tags": PERSONS_TAG, "inline": {DENY_NAME: PERSONS}}, BY_LIST, []),
        ({"tags": PERSONS_TAG, "inline": {DENY_NAME: PERSONS}}, BY_PERSON, []),
        ({"tags": {"workforce:suspended": "by hand"}, "inline": {DENY_NAME: PERSONS}}, BY_LIST, []),
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


@pytest.mark.parametrize(
    ("parts", "by"),
    [
        ({"tags": TAG, "inline": {DENY_NAME: LISTS}}, "list"),
        ({"tags": TAG, "inline": {"Workforce-Suspended": LISTS}}, "list"),
        # the tag was rewritten, or the deny, or either was never ours
        ({"tags": TAG, "inline": {DENY_NAME: PERSONS}}, "person"),
        ({"tags": PERSONS_TAG, "inline": {DENY_NAME: LISTS}}, "person"),
        ({"tags": TAG, "inline": {DENY_NAME: WITHOUT_SID}}, "person"),
        ({"tags": TAG, "inline": {DENY_NAME: ALLOW}}, "person"),
        ({"tags": TAG}, "person"),
        # these forms carry no Sid
        ({"tags": TAG, "attached": {DENY_ALL: "x"}}, "person"),
        ({"tags": TAG, "boundary": DENY_ALL}, "person"),
        ({"tags": TAG, "inline": {DENY_NAME: LISTS}, "attached": {DENY_ALL: "x"}}, "person"),
        ({"tags": TAG, "inline": {DENY_NAME: LISTS}, "boundary": DENY_ALL}, "person"),
        # what was not read says nothing
        ({"tags": TAG, "inline": None}, "person"),
        ({"tags": TAG, "inline": {DENY_NAME: LISTS}, "attached": None}, "person"),
        ({"tags": {}, "inline": {DENY_NAME: LISTS}}, None),
    ],
)
def test_the_list_did_it_only_where_tag_and_deny_say_so(parts: dict[str, t.Any], by: str | None) -> None:
    found = suspension_of(user(**parts))
    assert (found and found.by) == by


def test_since_when_is_read_from_the_tag() -> None:
    assert suspension_of(user()) is None
    assert suspension_of(user(tags=TAG, inline={DENY_NAME: LISTS})) == BY_LIST
    assert suspension_of(user(tags=PERSONS_TAG)) == BY_PERSON
    assert suspension_of(user(tags={"workforce:suspended": "gone fishing"})) == Suspension("person", "gone fishing")


def test_a_return_of_the_lists_that_was_stopped_is_taken_up_again() -> None:
    existing = user(tags=TAG, inline={DENY_NAME: LISTS})
    planned = steps(existing, lift=True)
    for stopped in range(len(planned)):
        half = after(directory(existing), planned[:stopped]).users["asha"]
        assert is_denied(half)
        assert lifted_by_list(half)
        assert after(directory(half), steps(half, lift=True)).users["asha"] == user()
    assert not lifted_by_list(user(inline={DENY_NAME: PERSONS}))


def test_a_tag_that_was_rewritten_is_told() -> None:
    told = contradiction(user(tags=TAG, inline={DENY_NAME: PERSONS}))
    assert told is not None
    assert "the person's word stands" in told
    assert "onboard_readmit=asha" in told
    for honest in (
        {},
        {"tags": TAG},
        {"tags": TAG, "inline": {DENY_NAME: LISTS}},
        {"tags": TAG, "inline": {DENY_NAME: WITHOUT_SID}},
        {"tags": PERSONS_TAG, "inline": {DENY_NAME: PERSONS}},
        {"tags": PERSONS_TAG, "inline": {DENY_NAME: LISTS}},
        {"inline": {DENY_NAME: PERSONS}},
    ):
        assert contradiction(user(**honest)) is None


@pytest.mark.parametrize(
    ("parts", "keys", "expected"),
    [
        ({"tags": TAG, "inline": {DENY_NAME: LISTS}}, False, ["UntagUser", "DeleteUserPolicy"]),
        ({"tags": TAG, "inline": {DENY_NAME: LISTS}}, True, ["UpdateAccessKey", "UntagUser", "DeleteUserPolicy"]),
        ({"tags": TAG, "attached": {DENY_ALL: "x"}}, False, ["DetachUserPolicy", "UntagUser"]),
        ({"tags": TAG, "boundary": DENY_ALL}, False, ["DeleteUserPermissionsBoundary", "UntagUser"]),
        ({"tags": TAG, "inline": {DENY_NAME: PERSONS}, "attached": {DENY_ALL: "x"}, "boundary": DENY_ALL}, False,
         ["DetachUserPolicy", "DeleteUserPermissionsBoundary", "UntagUser", "DeleteUserPolicy"]),
        # stopped half-way, in either direction
        ({"tags": TAG}, False, ["UntagUser"]),
        ({"inline": {DENY_NAME: LISTS}}, False, ["DeleteUserPolicy"]),
        # not ours
        ({"attached": {DENY_ALL: "x"}}, False, []),
        ({"boundary": DENY_ALL}, False, []),
        ({"tags": TAG, "boundary": OWN}, False, ["UntagUser"]),
        ({}, False, []),
    ],
)  # fmt: skip
def test_lifting_takes_away_what_suspending_added(parts: dict[str, t.Any], keys: bool, expected: list[str]) -> None:
    existing = user(credentials=Credentials(access_keys={"AKIA1": False, "AKIA2": True}, whole=False), **parts)
    found = steps(existing, lift=True, lift_keys=keys)
    assert [step.operation for step in found] == expected
    assert all(step.phase == Phase.USERS and not step.cutting for step in found)


def test_the_lists_boundary_comes_back_when_the_user_does_and_not_before() -> None:
    down = user(tags=TAG, boundary=DENY_ALL)
    assert steps(down, boundary=OWN) == []
    assert steps(down, boundary="") == []
    back = steps(down, boundary=OWN, lift=True)
    assert [step.operation for step in back] == ["PutUserPermissionsBoundary", "UntagUser"]
    assert after(directory(down), back).users["asha"].boundary == OWN
    (gone, _untag) = steps(down, boundary="", lift=True)
    assert gone.line == "loses the boundary AWSDenyAll; a boundary that it had before is to be put back by hand"
    # Without our tag it is a boundary like any other.
    assert operations(user(boundary=DENY_ALL), boundary=OWN) == ["PutUserPermissionsBoundary"]


def test_nobody_is_called_suspended_whose_deny_was_refused() -> None:
    planned = steps(user(login_profile=LoginProfile(True)), suspend=BY_LIST)
    account = after(directory(user()), planned[1:])
    assert [step.line for step in as_answered(planned[1:], account)] == [
        "loses the console password",
        "is marked, so that the next run tries to cut it off again",
    ]
    assert as_answered(planned, after(directory(user()), planned)) == planned


def test_an_exact_list_of_policies_leaves_the_deny_alone() -> None:
    exact: dict[str, t.Any] = {"inline": {}, "purge_inline": True, "policies": (), "purge_policies": True}
    inline = user(tags=TAG, inline={"Workforce-Suspended": LISTS, "own": ALLOW})
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
    tags=st.sampled_from([{}, {"Site": "Pune"}, TAG, PERSONS_TAG]),
    inline=st.sampled_from(
        [{}, {"own": ALLOW}, {"own": ALLOW, DENY_NAME: LISTS}, {DENY_NAME: PERSONS}, {"WORKFORCE-suspended": ALLOW}]
    ),
    boundary=st.sampled_from(["", OWN, DENY_ALL]),
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
    # What AWSDenyAll denied before the tag came is ours beside it.
    attached = {arn: name for arn, name in (existing.attached or {}).items() if arn != DENY_ALL}
    boundary = "" if existing.boundary == DENY_ALL else existing.boundary
    assert dataclasses.replace(back, login_profile=None, credentials=None) == dataclasses.replace(
        existing, attached=attached, boundary=boundary, login_profile=None, credentials=None
    )


@given(accounts, st.data())
def test_a_run_that_was_stopped_anywhere_is_finished_by_the_next(existing: User, data: st.DataObject) -> None:
    planned = steps(existing, suspend=BY_LIST)
    stopped = data.draw(st.integers(0, len(planned)))
    half = after(directory(existing), planned[:stopped]).users["asha"]
    whole = after(directory(half), steps(half, suspend=BY_LIST)).users["asha"]
    assert whole == after(directory(existing), planned).users["asha"]
