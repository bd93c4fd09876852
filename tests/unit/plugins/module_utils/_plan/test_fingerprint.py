# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan id: another plan has another, and what is no part of the plan does not count."""

from __future__ import annotations

import dataclasses
import json
import re
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Fault, Phase, Step
from ansible_collections.workforce.aws.plugins.module_utils._core.subjects import Subject
from ansible_collections.workforce.aws.plugins.module_utils._plan.fingerprint import plan_id
from hypothesis import given
from hypothesis import strategies as st

ACCOUNT = "123456789012"
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
NAMES = st.text("ab,. -_@", min_size=1, max_size=4)
TAGS = st.lists(st.fixed_dictionaries({"Key": NAMES, "Value": NAMES}), max_size=3, unique_by=lambda tag: tag["Key"])
STEPS = st.lists(
    st.builds(
        lambda name, operation, tags: step(name, operation, Tags=tags),
        NAMES,
        st.sampled_from(["CreateUser", "TagUser", "DeleteUser"]),
        TAGS,
    ),
    max_size=5,
)


def step(name: str, operation: str, **params: t.Any) -> Step:
    return Step(Subject("user", name), operation, {"UserName": name, **params}, "changes", Phase.USERS)


def of(*steps: Step, **more: t.Any) -> str:
    return plan_id(ACCOUNT, steps, **more)


def document(*actions: str, **condition: t.Any) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, **condition}]})


def tagged(key: str, value: str) -> Step:
    return step("ann", "TagUser", Tags=[{"Key": key, "Value": value}])


def put(text: str, name: str = "own") -> Step:
    return step("ann", "PutUserPolicy", PolicyName=name, PolicyDocument=text)


@given(STEPS, st.randoms())
def test_the_order_does_not_count(steps: list[Step], random: t.Any) -> None:
    found = of(*steps)
    assert re.fullmatch(r"[0-9a-f]{12}", found)
    mixed = [
        dataclasses.replace(one, params=dict(reversed({**one.params, "Tags": one.params["Tags"][::-1]}.items())))
        for one in steps
    ]
    random.shuffle(mixed)
    assert of(*mixed) == found


@given(STEPS, STEPS)
def test_only_the_same_plan_has_the_same_id(one: list[Step], other: list[Step]) -> None:
    assert (of(*one) == of(*other)) is (_plain(one) == _plain(other))


def _plain(steps: list[Step]) -> list[str]:
    """The steps in a form of the test's own, to compare with."""
    return sorted(
        repr((one.subject.name, one.operation, sorted((tag["Key"], tag["Value"]) for tag in one.params["Tags"])))
        for one in steps
    )


@given(STEPS)
def test_one_more_step_is_another_plan(steps: list[Step]) -> None:
    assert of(*steps, step("z", "DeleteUser")) != of(*steps)


MANAGED = "workforce:managed"
DENY = '{"Statement": [{"Effect": "Deny", "Condition": {"DateLessThan": {"aws:TokenIssueTime": "%s"}}}]}'
FIRST, SECOND = "2026-11-27T08:00:00Z", "2026-11-28T09:30:00Z"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (step("ann", "CreateUser"), step("bob", "CreateUser")),
        (step("ann", "CreateUser"), step("ann", "DeleteUser")),
        (step("ann", "CreateUser"), Step(Subject("group", "ann"), "CreateUser", {"UserName": "ann"}, "", Phase.USERS)),
        (step("ann", "AddUserToGroup", GroupName="ops"), step("ann", "AddUserToGroup", GroupName="sales")),
        (tagged("team", "a"), tagged("team", "b")),
        (tagged(MANAGED, FIRST), tagged(MANAGED, SECOND)),
        (tagged("workforce:suspended", f"{FIRST} list"), tagged("workforce:suspended", f"{FIRST} person")),
        (tagged("workforce:credential", "pending"), tagged("workforce:credential", "delivered")),
        (put(document("s3:Get*")), put(document("s3:*"))),
        (put(document("s3:*")), put(document("s3:*"), "another")),
        (put(DENY % FIRST), put(DENY % SECOND)),
    ],
)
def test_what_counts(one: Step, other: Step) -> None:
    assert of(one) != of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (tagged("workforce:suspended", f"{FIRST} list"), tagged("workforce:suspended", f"{SECOND} list")),
        (tagged("Workforce:Credential", f"revoked {FIRST}"), tagged("Workforce:Credential", f"revoked {SECOND}")),
        (put(DENY % FIRST, "workforce-revoked-sessions"), put(DENY % SECOND, "workforce-revoked-sessions")),
        (put(DENY % FIRST, "AWSRevokeOlderSessions"), put(DENY % SECOND, "AWSRevokeOlderSessions")),
        (put(document("s3:Get*", "s3:Put*")), put(document("s3:put*", "s3:get*"))),
        (step("ann", "UntagUser", TagKeys=["a", "b"]), step("ann", "UntagUser", TagKeys=["b", "a"])),
        (step("ann", "X"), dataclasses.replace(step("ann", "X"), line="is told otherwise", phase=Phase.LEAVERS)),
        (step("ann", "X"), dataclasses.replace(step("ann", "X"), secrets={"Password": "s3cret"})),
    ],
)
def test_what_does_not_count(one: Step, other: Step) -> None:
    assert of(one) == of(other)


def test_the_account_counts_and_what_faults_stop() -> None:
    steps = [step("ann", "CreateUser")]
    faults = [Fault("x", "y"), Fault("x", "y", stops_cutting=True), Fault("x", "y", stops_giving=False)]
    assert plan_id("210987654321", steps) != of(*steps)
    assert len({of(*steps), *(of(*steps, faults=[one]) for one in faults[:2])}) == 3
    # One person's fault shows in the steps.
    assert of(*steps, faults=faults[2:]) == of(*steps)


def test_the_address_counts_to_which_something_goes() -> None:
    sent = step("Ann", "Deliver", By=["mail"])
    one, other = {"ann": "ann@example.com"}, {"ann": "ann@example.org"}
    assert of(sent, addresses=one) != of(sent, addresses=other)
    assert of(step("Ann", "CreateUser"), addresses=one) == of(step("Ann", "CreateUser"), addresses=other)
    assert of(sent, addresses={**one, "bob": "b@example.com"}) == of(sent, addresses=one)
