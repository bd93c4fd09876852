# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The brakes: how many are too many, the number that goes on once, and what each example of a mass change comes to."""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._brakes.brakes import (
    BrakeSettings,
    activity_warnings,
    brake_faults,
    limit_faults,
)
from ansible_collections.workforce.aws.plugins.module_utils._brakes.change import Change
from ansible_collections.workforce.aws.plugins.module_utils._brakes.gains import gains
from ansible_collections.workforce.aws.plugins.module_utils._brakes.losses import losses
from ansible_collections.workforce.aws.plugins.module_utils._brakes.new_administrators import new_administrators
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import (
    Desired,
    DesiredAccount,
    DesiredCredential,
    DesiredGroup,
    DesiredPolicy,
    DesiredRole,
    DesiredUser,
    Suspension,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.model import (
    AccountSettings,
    Credentials,
    Directory,
    Group,
    LoginProfile,
    ManagedPolicy,
    User,
    fold,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Phase, Step
from ansible_collections.workforce.aws.plugins.module_utils._core.subjects import Subject
from ansible_collections.workforce.aws.plugins.module_utils._core.suspension import DENY_NAME, deny
from ansible_collections.workforce.aws.plugins.module_utils._core.tags import MARK
from ansible_collections.workforce.aws.plugins.module_utils._plan.plan import make_plan
from hypothesis import given
from hypothesis import strategies as st

S3: t.Final = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
EC2: t.Final = {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}
NO_IAM: t.Final = {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}
READ: t.Final = "arn:aws:iam::aws:policy/ReadOnlyAccess"
SUSPEND: t.Final = Suspension("list", "2026-11-23T21:28:05Z")


def document(*statements: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def user(name: str, **parts: t.Any) -> User:
    read: dict[str, t.Any] = {"tags": dict(MARK), "boundary": "", "attached": {}, "inline": {}, "login_profile": False}
    return User(name, credentials=Credentials(), **(read | parts))


def account(count: int, **group: t.Any) -> Directory:
    """So many managed people, all in one department."""
    people = [user(f"p{number:03}") for number in range(count)]
    return Directory(
        users={fold(one.name): one for one in people},
        groups={"ops": Group("ops", path="/workforce/", **({"attached": {}, "inline": {}} | group))},
        memberships=frozenset((one.name, "ops") for one in people),
    )


def suspended(count: int) -> list[DesiredUser]:
    return [DesiredUser(f"p{number:03}", create=False, suspend=SUSPEND) for number in range(count)]


def faults(directory: Directory, *users: DesiredUser, **limits: t.Any) -> list[str]:
    return told(directory, Desired(users=users), **limits)


def plan(wanted: Desired, directory: Directory) -> Change:
    made = make_plan(wanted, directory)
    assert made.faults == ()
    return Change.of(made.steps, directory)


def told(directory: Directory, wanted: Desired, **limits: t.Any) -> list[str]:
    found = brake_faults(plan(wanted, directory), BrakeSettings(**limits))
    assert all(fault.stops_cutting for fault in found)
    return [str(fault) for fault in found]


# How many are too many


@pytest.mark.parametrize(
    ("people", "most"),
    [(0, 0), (3, 3), (6, 3), (30, 3), (31, 3), (40, 4), (49, 4), (100, 10), (250, 25), (400, 25), (1000, 25)],
)
def test_a_tenth_may_lose_access_but_at_least_3_and_at_most_25(people: int, most: int) -> None:
    directory = account(people)
    assert faults(directory, *suspended(most)) == []
    if people > most:
        assert faults(directory, *suspended(most + 1)) != []


def test_a_pilot_whose_list_shrinks_to_one_is_stopped_and_names_the_people() -> None:
    assert faults(account(6), *suspended(5)) == [
        "losses: 5 people would lose access: p000, p001, p002, p003, p004. 6 are managed and the limit is 3; "
        "nothing was changed. If all this is right, run once more with -e onboard_confirm_losses=5"
    ]


@pytest.mark.parametrize(
    ("people", "joiners", "stops"),
    [
        (0, 5000, False),
        (19, 5000, False),
        (20, 20, False),
        (20, 21, True),
        (100, 25, False),
        (100, 26, True),
    ],
)
def test_joiners_are_limited_once_there_is_something_to_compare_with(people: int, joiners: int, stops: bool) -> None:
    new = [DesiredUser(f"new{number}") for number in range(joiners)]
    assert bool(faults(account(people), *new)) is stops


@pytest.mark.parametrize(
    ("limit", "count", "stops"),
    [
        (5, 5, False),
        (5, 6, True),
        ("5", 6, True),
        ("10%", 10, False),
        ("10%", 11, True),
        (0, 1, True),
        ("99 %", 99, False),
    ],
)
def test_other_limits(limit: object, count: int, stops: bool) -> None:
    directory = account(100)
    assert bool(faults(directory, *suspended(count), max_losses=limit)) is stops
    new = [DesiredUser(f"new{number}") for number in range(count)]
    assert bool(faults(directory, *new, max_gains=limit)) is stops
    assert bool(faults(account(0), *new, max_gains=3)) is (count > 3)


@pytest.mark.parametrize("limit", ["many", "-1", -1, True, [], "5%%", ""])
def test_limits_that_are_none(limit: object) -> None:
    found = limit_faults(BrakeSettings(max_losses=limit, max_gains=limit))
    assert [fault.who for fault in found] == ["max_losses", "max_gains"]
    assert all(fault.stops_cutting for fault in found)
    assert limit_faults(BrakeSettings(max_losses="10%", max_gains=0)) == []


@pytest.mark.parametrize(
    ("confirmation", "label", "goes_on"),
    [
        (5, None, True),
        ("5", None, True),
        (" 5 ", "x", True),
        (4, None, False),
        (6, None, False),
        (True, None, False),
        ("yes", None, False),
        ("5.0", None, False),
        ([5], None, False),
        ({"dev": 5, "prod": 9}, "dev", True),
        ({"dev": 5, "prod": 9}, "prod", False),
        ({"dev": 5}, "other", False),
        ({"dev": 5}, None, False),
        ({"default": "5"}, None, True),
    ],
)
def test_only_the_exact_number_goes_on(confirmation: object, label: str | None, goes_on: bool) -> None:
    found = faults(account(6), *suspended(5), confirm_losses=confirmation, account=label)
    assert (found == []) is goes_on
    if found:
        assert "is not this number" in found[0]
    new = [DesiredUser(f"new{number}") for number in range(5)]
    assert (faults(account(6), *new, max_gains=1, confirm_gains=confirmation, account=label) == []) is goes_on


def test_a_long_list_of_names_is_cut_off_and_counted() -> None:
    (text,) = faults(account(200), *suspended(150))
    assert "p099 and 50 more" in text
    assert "p100" not in text


# Who loses


def test_leaving_and_moving_and_losing_policies_are_losses() -> None:
    directory = account(4)
    boundary = DesiredUser("p003", create=False, boundary=READ)
    change = plan(
        Desired(
            users=(
                *suspended(1),
                DesiredUser("p001", absent=True),
                DesiredUser("p002", create=False, groups=(), purge_groups=True),
                boundary,
            )
        ),
        directory,
    )
    assert losses(change) == ["p000", "p001", "p002", "p003"]


def test_whoever_has_a_policy_that_is_deleted_loses_it() -> None:
    """Its steps are the policy's own. Those of roles and of the account are nobody's."""
    arn = "arn:aws:iam::123456789012:policy/own"
    directory = account(4, attached={arn: "own"})
    holders = (Subject("group", "ops"), Subject("user", "p003"), Subject("role", "deployer"))
    own = ManagedPolicy(
        "own", arn=arn, default_version="v1", versions={"v1": None}, attached_to=holders, boundary_of=()
    )
    directory = dataclasses.replace(
        directory,
        users={**directory.users, "p003": user("p003", attached={arn: "own"})},
        memberships=frozenset({("p000", "ops"), ("p001", "ops")}),
        policies={"own": own},
        asked_roles=frozenset({"new"}),
        settings=AccountSettings(alias=""),
    )
    wanted = Desired(
        policies=(DesiredPolicy("own", absent=True),),
        roles=(DesiredRole("new", trust=document(S3), inline={"own": document(S3)}, policies=(READ,)),),
        account=DesiredAccount(alias="acme"),
    )
    change = plan(wanted, directory)
    assert losses(change) == ["p000", "p001", "p003"]
    assert gains(change).names == []


def test_giving_is_no_loss() -> None:
    directory = account(2, inline={"own": document(S3)})
    wanted = Desired(
        groups=(DesiredGroup("ops", policies=(READ,), inline={"own": document(EC2, {**S3, "Sid": "Named"})}),),
        users=(
            DesiredUser("p000", tags={"a": "b"}, path="/x/", policies=(READ,), inline={"own": document(S3)}),
            DesiredUser("p009", rename_from="p001"),
            DesiredUser("new"),
        ),
    )
    change = plan(wanted, directory)
    assert {step.operation for step in change.steps} >= {"PutGroupPolicy", "UpdateUser", "PutUserPolicy", "CreateUser"}
    assert losses(change) == ["p001"], "the old name is lost"
    assert gains(change) == (("new",), (), ("p000", "p009"))


@pytest.mark.parametrize(
    "wanted",
    [
        DesiredGroup("ops", policies=(), purge_policies=True),
        DesiredGroup("ops", inline={}, purge_inline=True),
        DesiredGroup("ops", inline={"OWN": document(S3)}),
        DesiredGroup("ops", inline={"own": document(S3, EC2, NO_IAM)}),
        DesiredGroup("ops", inline={"own": document({**S3, "Resource": "arn:aws:s3:::x"}, EC2)}),
        DesiredGroup("ops", absent=True),
    ],
)
def test_a_department_that_loses_takes_from_all_its_members(wanted: DesiredGroup) -> None:
    directory = account(7, attached={READ: "ReadOnlyAccess"}, inline={"own": document(S3, EC2)})
    assert len(losses(plan(Desired(groups=(wanted,)), directory))) == 7


def test_a_persons_own_policies_count_too() -> None:
    directory = Directory(
        users={
            "a": user("a", attached={READ: "x"}),
            "b": user("b", inline={"own": document(S3)}),
            "c": user("c", inline={"own": {**document(), "Statement": S3}}),
        },
        groups={},
    )
    change = plan(
        Desired(
            users=(
                DesiredUser("a", policies=(), purge_policies=True),
                DesiredUser("b", inline={"own": document(EC2)}),
                DesiredUser("c", inline={}, purge_inline=True),
            )
        ),
        directory,
    )
    assert losses(change) == ["a", "b", "c"]
    assert gains(change).names == ["b"]


def test_who_is_suspended_has_nothing_to_lose() -> None:
    down = user(
        "a", tags={**MARK, "workforce:suspended": "2026-01-01T00:00:00Z list"}, inline={DENY_NAME: deny("list")}
    )
    directory = Directory(users={"a": down}, groups={})
    change = plan(Desired(users=(DesiredUser("a", absent=True),)), directory)
    assert change.steps
    assert losses(change) == []


@given(st.integers(0, 60), st.integers(0, 60))
def test_the_number_told_always_goes_on(people: int, leavers: int) -> None:
    directory = account(people)
    wanted = suspended(min(people, leavers))
    stopped = faults(directory, *wanted)
    if stopped:
        assert faults(directory, *wanted, confirm_losses=len(wanted)) == []


# Leavers who were at work

NOW: t.Final = datetime.datetime(2026, 11, 23, 21, 0, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("password", "keys", "told"),
    [
        (None, None, None),
        (0, None, "today"),
        (1, None, "1 day ago"),
        (30, 3, "3 days ago"),
        (6, 30, "6 days ago"),
        (7, 8, None),
    ],
)
def test_leavers_who_were_active_are_named(password: int | None, keys: int | None, told: str | None) -> None:
    def ago(days: int | None) -> datetime.datetime | None:
        return None if days is None else NOW - datetime.timedelta(days=days, hours=1)

    active = user("a", password_last_used=ago(password), keys_last_used=ago(keys))
    found = activity_warnings(Directory(users={"a": active}, groups={}), ["A", "gone"], NOW)
    assert len(found) == (0 if told is None else 1)
    assert told is None or told in found[0]


def test_a_step_about_a_user_nobody_read_is_no_loss() -> None:
    step = Step(Subject("user", "x"), "DeleteUser", {"UserName": "x"}, "deleted", Phase.LEAVERS)
    change = Change((step,), account(1), account(1))
    assert losses(change) == []
    assert gains(change).names == []


# Forty people at once, where every brake was silent

ADMIN: t.Final = "arn:aws:iam::aws:policy/AdministratorAccess"
DENY_ALL: t.Final = "arn:aws:iam::aws:policy/AWSDenyAll"
OWN: t.Final = "arn:aws:iam::123456789012:policy/own"
EVERYBODY: t.Final = [f"p{number:03}" for number in range(40)]
ADMINISTRATORS: t.Final = f"NEW ADMINISTRATORS: {', '.join(EVERYBODY)} (through department ops: AdministratorAccess)"


def forty(**parts: t.Any) -> Directory:
    directory = account(40)
    users = {key: user(one.name, **parts) for key, one in directory.users.items()}
    groups = {**directory.groups, "admins": Group("admins", "/workforce/", attached={ADMIN: "x"}, inline={})}
    return Directory(users=users, groups=groups, memberships=directory.memberships)


def to_ops(**parts: t.Any) -> Desired:
    return Desired(groups=(DesiredGroup("ops", **parts),))


def test_a_denying_policy_on_the_department_of_forty_is_a_loss() -> None:
    (text,) = told(forty(), to_ops(policies=(DENY_ALL,)))
    assert text.startswith("losses: 40 people would lose access: p000")


def test_who_joins_a_department_that_is_denied_at_the_same_time_loses() -> None:
    wanted = Desired(
        groups=(DesiredGroup("new", policies=(DENY_ALL,)),),
        users=(DesiredUser("p000", groups=("new",)), DesiredUser("joiner", groups=("new",))),
    )
    assert losses(plan(wanted, forty())) == ["p000"]


@pytest.mark.parametrize(("document_of_own", "lose", "gain"), [(None, 0, 40), (document(NO_IAM), 40, 0)])
def test_an_own_policy_is_judged_by_its_document(document_of_own: t.Any, lose: int, gain: int) -> None:
    directory = forty()
    steps = make_plan(to_ops(policies=(OWN,)), directory).steps
    change = Change.of(steps, directory, {OWN: document_of_own} if document_of_own else {})
    assert (len(losses(change)), len(gains(change).more)) == (lose, gain)
    assert not losses(change) or not gains(change).names


def test_forty_who_are_let_in_again_count_each_once() -> None:
    down = forty(tags={**MARK, "workforce:suspended": "2026-01-01T00:00:00Z list"}, inline={DENY_NAME: deny("list")})
    users = [DesiredUser(name, lift=True, groups=("admins",)) for name in EVERYBODY]
    administrators, text = faults(down, *users, max_gains=1)
    assert administrators.endswith("(through department admins: AdministratorAccess)")
    assert text.startswith("gains: 40 people would be let in again: p000")


def test_administrators_by_their_department_come_first() -> None:
    assert told(forty(), to_ops(policies=(ADMIN,)))[0] == ADMINISTRATORS
    assert told(forty(), to_ops(policies=(ADMIN,)))[1].startswith("gains: 40 people would gain access: p000")
    assert told(forty(), to_ops(policies=(ADMIN,)), confirm_gains=40) == []


def test_moving_forty_is_a_loss_and_a_gain() -> None:
    users = [DesiredUser(name, groups=("admins",), purge_groups=True) for name in EVERYBODY]
    administrators, lost, gained = faults(forty(), *users, max_gains=1)
    assert administrators.startswith("NEW ADMINISTRATORS: p000, ")
    assert (lost[:26], gained[:26]) == ("losses: 40 people would lo", "gains: 40 people would gai")


def test_renaming_forty_is_a_loss() -> None:
    users = [DesiredUser(f"new-{name}", rename_from=name) for name in EVERYBODY]
    (text,) = faults(forty(), *users)
    assert text.startswith("losses: 40 people would lose access: p000")


def test_kinds_of_gain_are_told_apart() -> None:
    users = [DesiredUser(name, groups=("admins",)) for name in (*EVERYBODY[:28], *(f"n{one:02}" for one in range(12)))]
    (_administrators, text) = faults(forty(), *users)
    assert text.startswith("gains: 40 people would gain access (12 new, 28 gain access): n00, ")


@pytest.mark.parametrize(
    ("parts", "credential", "gain"),
    [
        ({}, {"missing": True}, 1),
        ({"tags": {**MARK, "workforce:credential": "revoked"}}, {"reissue": True}, 0),
        ({"tags": {**MARK, "workforce:credential": "pending"}}, {}, 0),
        ({"login_profile": LoginProfile(reset_required=False)}, {"reissue": True}, 0),
    ],
)
def test_a_first_password_is_a_gain(parts: t.Any, credential: t.Any, gain: int) -> None:
    one = user("p00", **{"login_profile": False, **parts})
    wanted = DesiredUser("p00", credential=DesiredCredential(by=("mail",), **credential))
    made = plan(Desired(users=(wanted,)), Directory(users={"p00": one}, groups={}))
    assert any(step.operation == "CreateLoginProfile" for step in made.steps)
    assert len(gains(made).names) == gain


def test_an_ordinary_day_is_not_stopped() -> None:
    """Of 200 three move, one marries, two come, two return, and a department of fifteen gets a policy."""
    directory = account(200)
    small = {f"p{number:03}" for number in range(150, 165)}
    groups = {**directory.groups, "small": Group("small", path="/workforce/", attached={}, inline={})}
    back = ("p100", "p101")
    down = {"tags": {**MARK, "workforce:suspended": "2026-01-01T00:00:00Z list"}, "inline": {DENY_NAME: deny("list")}}
    users = {**directory.users, **{name: user(name, **down) for name in back}}
    memberships = directory.memberships | {(name, "small") for name in small}
    directory = Directory(users=users, groups=groups, memberships=memberships)
    wanted = Desired(
        groups=(DesiredGroup("small", policies=(READ,)),),
        users=(
            *(DesiredUser(f"p{one:03}", groups=("small",), purge_groups=True) for one in range(3)),
            DesiredUser("married", rename_from="p003"),
            *(DesiredUser(name, groups=("ops",)) for name in ("n1", "n2")),
            *(DesiredUser(name, lift=True) for name in back),
        ),
    )
    assert told(directory, wanted) == []
    assert len(gains(plan(wanted, directory)).names) == 22
    assert losses(plan(wanted, directory)) == ["p000", "p001", "p002", "p003"]


# What is a loss or a gain


@pytest.mark.parametrize(
    ("wanted", "before", "lose", "gain"),
    [
        ({"policies": (DENY_ALL,)}, {}, 1, 0),
        ({"policies": (READ,)}, {}, 0, 1),
        ({"policies": (), "purge_policies": True}, {"attached": {DENY_ALL: "x"}}, 0, 1),
        ({"inline": {"own": document(NO_IAM)}}, {}, 1, 0),
        ({"inline": {"own": document(S3)}}, {"inline": {"own": document(S3, NO_IAM)}}, 0, 1),
        ({"inline": {}, "purge_inline": True}, {"inline": {"own": document(NO_IAM)}}, 1, 1),
        ({"boundary": READ}, {}, 1, 0),
        ({"boundary": ""}, {"boundary": READ}, 0, 1),
        ({"boundary": ADMIN}, {"boundary": READ}, 1, 1),
        ({"groups": ("denied",)}, {}, 1, 1),
        ({"groups": ("plain",)}, {}, 0, 1),
        ({"groups_absent": ("ops",)}, {}, 1, 0),
        ({"tags": {**MARK, "a": "b"}, "path": "/x/"}, {}, 0, 0),
    ],
)
def test_one_person(wanted: t.Any, before: t.Any, lose: int, gain: int) -> None:
    groups = {
        "ops": Group("ops", attached={}, inline={}),
        "denied": Group("denied", attached={DENY_ALL: "x"}, inline={}),
        "plain": Group("plain", attached={}, inline={"mfa": document({**NO_IAM, "Condition": {"Bool": {"a:b": "1"}}})}),
    }
    directory = Directory(users={"a": user("a", **before)}, groups=groups, memberships=frozenset({("a", "ops")}))
    change = plan(Desired(users=(DesiredUser("a", **wanted),)), directory)
    assert (len(losses(change)), len(gains(change).names)) == (lose, gain)


def test_who_stays_suspended_gains_nothing() -> None:
    down = {"tags": {**MARK, "workforce:suspended": "2026-01-01T00:00:00Z list"}, "inline": {DENY_NAME: deny("list")}}
    change = plan(to_ops(policies=(ADMIN,)), forty(**down))
    assert change.steps
    assert gains(change).names == []


def test_a_released_mark_lets_nobody_in() -> None:
    down = {"tags": {**MARK, "workforce:suspended": "2026-01-01T00:00:00Z list"}, "attached": {DENY_ALL: "AWSDenyAll"}}
    change = plan(Desired(users=tuple(DesiredUser(name, release=True) for name in EVERYBODY)), forty(**down))
    assert len(change.steps) == 40
    assert gains(change).names == []


GIVING: t.Final = st.sampled_from(["groups", "policies", "inline"])
TAKING: t.Final = st.sampled_from([{"suspend": SUSPEND}, {"absent": True}, {"groups": (), "purge_groups": True}])


@given(st.dictionaries(st.integers(0, 30), TAKING))
def test_a_plan_that_only_takes_gives_nothing(wanted: dict[int, t.Any]) -> None:
    change = plan(Desired(users=tuple(DesiredUser(f"p{one:03}", **more) for one, more in wanted.items())), account(31))
    assert gains(change).names == []
    assert losses(change) == sorted(f"p{one:03}" for one in wanted)


@given(st.dictionaries(st.integers(0, 30), GIVING), st.sets(st.integers(31, 60)))
def test_a_plan_that_only_gives_takes_nothing_and_counts_each_once(wanted: dict[int, str], new: set[int]) -> None:
    given_things: dict[str, t.Any] = {"groups": ("ops", "more"), "policies": (READ,), "inline": {"own": document(S3)}}
    users = [DesiredUser(f"p{one:03}", **{what: given_things[what]}) for one, what in wanted.items()]
    users += [DesiredUser(f"p{one:03}", **given_things) for one in new]
    change = plan(Desired(groups=(DesiredGroup("more"),), users=tuple(users)), account(31))
    assert losses(change) == []
    assert gains(change).names == sorted(one.name for one in users)
    assert len(gains(change).new) == len(new)
    assert new_administrators(change) == []


@given(st.dictionaries(st.integers(0, 30), st.one_of(TAKING, GIVING.map(lambda _one: {"policies": (ADMIN,)}))))
def test_only_who_gains_becomes_administrator(wanted: dict[int, t.Any]) -> None:
    change = plan(Desired(users=tuple(DesiredUser(f"p{one:03}", **more) for one, more in wanted.items())), account(31))
    assert {one.name for one in new_administrators(change)} == set(gains(change).names)
