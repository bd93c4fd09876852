# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The brakes: who loses, who comes, how many are too many, and the number that goes on once."""

from __future__ import annotations

import datetime
import json
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.model import (
    Credentials,
    Desired,
    DesiredGroup,
    DesiredUser,
    Directory,
    Group,
    Phase,
    Step,
    Subject,
    Suspension,
    User,
    fold,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.suspension import DENY, DENY_NAME
from ansible_collections.workforce.aws.plugins.module_utils._core.tags import MARK
from ansible_collections.workforce.aws.plugins.module_utils._plan.plan import make_plan
from ansible_collections.workforce.aws.plugins.module_utils._roster.brakes import (
    BrakeSettings,
    activity_warnings,
    brake_faults,
    gains,
    limit_faults,
    losses,
)
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
    steps = make_plan(Desired(users=users), directory).steps
    found = brake_faults(steps, directory, BrakeSettings(**limits))
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
    (told,) = faults(account(200), *suspended(150))
    assert "p099 and 50 more" in told
    assert "p100" not in told


# Who loses


def test_leaving_and_moving_and_losing_policies_are_losses() -> None:
    directory = account(4)
    boundary = DesiredUser("p003", create=False, boundary=READ)
    steps = make_plan(
        Desired(
            users=(
                *suspended(1),
                DesiredUser("p001", absent=True),
                DesiredUser("p002", create=False, groups=(), purge_groups=True),
                boundary,
            )
        ),
        directory,
    ).steps
    assert losses(steps, directory) == ["p000", "p001", "p002", "p003"]


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
    steps = make_plan(wanted, directory).steps
    assert {step.operation for step in steps} >= {"PutGroupPolicy", "UpdateUser", "PutUserPolicy", "CreateUser"}
    assert losses(steps, directory) == []
    assert gains(steps) == ["new"]


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
    steps = make_plan(Desired(groups=(wanted,)), directory).steps
    assert len(losses(steps, directory)) == 7


def test_a_persons_own_policies_count_too() -> None:
    directory = Directory(
        users={
            "a": user("a", attached={READ: "x"}),
            "b": user("b", inline={"own": document(S3)}),
            "c": user("c", inline={"own": {**document(), "Statement": S3}}),
        },
        groups={},
    )
    steps = make_plan(
        Desired(
            users=(
                DesiredUser("a", policies=(), purge_policies=True),
                DesiredUser("b", inline={"own": document(EC2)}),
                DesiredUser("c", inline={}, purge_inline=True),
            )
        ),
        directory,
    ).steps
    assert losses(steps, directory) == ["a", "b", "c"]


def test_who_is_suspended_has_nothing_to_lose() -> None:
    down = user("a", tags={**MARK, "workforce:suspended": "2026-01-01T00:00:00Z list"}, inline={DENY_NAME: DENY})
    directory = Directory(users={"a": down}, groups={})
    steps = make_plan(Desired(users=(DesiredUser("a", absent=True),)), directory).steps
    assert steps
    assert losses(steps, directory) == []


@given(st.integers(0, 60), st.integers(0, 60))
def test_the_number_told_always_goes_on(people: int, leavers: int) -> None:
    directory = account(people)
    wanted = suspended(min(people, leavers))
    told = faults(directory, *wanted)
    if told:
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
    assert losses([step], account(1)) == []
    assert json.dumps(gains([step])) == "[]"
