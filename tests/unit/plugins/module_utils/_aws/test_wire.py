# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads and writes over the wire: answers that are lost, throttling, pages, and what is not visible yet."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._apply.apply import apply
from ansible_collections.workforce.aws.plugins.module_utils._aws.connection import _config
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Phase, Step
from ansible_collections.workforce.aws.plugins.module_utils._core.subjects import Subject
from ansible_collections.workforce.aws.plugins.module_utils._directory.directory import (
    list_policies,
    read_directory,
    read_summary,
    read_whole,
)
from ansible_collections.workforce.aws.plugins.module_utils._directory.scope import Scope

from tests.sandbox.client import Sandbox

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
PASSWORD = "correct-Horse-7-battery"
STATEMENT = {"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}
DOCUMENT = {"Version": "2012-10-17", "Statement": [STATEMENT]}
ASHA = Subject("user", "asha")
SALES = Subject("group", "sales")


def of_user(operation: str, *, cutting: bool = False, secrets: dict[str, str] | None = None, **params: Any) -> Step:
    closing = operation == "DeleteUser"
    phase = Phase.USERS
    return Step(ASHA, operation, {"UserName": "asha", **params}, "", phase, cutting, closing, (), secrets or {})


def of_group(operation: str, phase: Phase = Phase.GROUPS, *, cutting: bool = False, **params: Any) -> Step:
    closing = operation == "DeleteGroup"
    return Step(SALES, operation, {"GroupName": "sales", **params}, "", phase, cutting, closing)


INLINE: dict[str, Any] = {"PolicyName": "s3", "PolicyDocument": json.dumps(DOCUMENT)}
JOIN = [
    of_group("CreateGroup", Path="/workforce/"),
    of_group("AttachGroupPolicy", PolicyArn=READ_ONLY),
    of_group("PutGroupPolicy", **INLINE),
    of_user("CreateUser", Tags=[{"Key": "team", "Value": "x"}]),
    of_user("TagUser", Tags=[{"Key": "level", "Value": "2"}]),
    of_user("PutUserPermissionsBoundary", PermissionsBoundary=READ_ONLY),
    of_user("AttachUserPolicy", PolicyArn=READ_ONLY),
    of_user("PutUserPolicy", **INLINE),
    of_user("AddUserToGroup", GroupName="sales"),
    of_user("CreateLoginProfile", PasswordResetRequired=True, secrets={"Password": PASSWORD}),
]
LEAVE = [
    of_user("DeleteLoginProfile", cutting=True),
    of_user("UntagUser", TagKeys=["team"]),
    of_user("DeleteUserPermissionsBoundary"),
    of_user("DeleteUserPolicy", cutting=True, PolicyName="s3"),
    of_user("DetachUserPolicy", cutting=True, PolicyArn=READ_ONLY),
    of_user("RemoveUserFromGroup", cutting=True, GroupName="sales"),
    of_user("DeleteUser", cutting=True),
    of_group("DeleteGroupPolicy", Phase.REMOVED_GROUPS, cutting=True, PolicyName="s3"),
    of_group("DetachGroupPolicy", Phase.REMOVED_GROUPS, cutting=True, PolicyArn=READ_ONLY),
    of_group("DeleteGroup", Phase.REMOVED_GROUPS, cutting=True),
]


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with Sandbox.start() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running: Sandbox) -> Sandbox:
    running.reset()
    return running


@pytest.fixture(scope="module")
def iam(running: Sandbox) -> Any:
    return running.boto(config=_config("0badcafe"))


def everything(iam: Any) -> Any:
    scope = Scope(
        {"asha": frozenset({"attached", "inline", "memberships", "login_profile"})},
        {"sales": frozenset({"attached", "inline"})},
    )
    return read_directory(iam, scope)


def assert_joined(iam: Any) -> None:
    found = everything(iam)
    asha, sales = found.user("asha"), found.group("sales")
    assert (asha.tags, asha.boundary) == ({"team": "x", "level": "2"}, READ_ONLY)
    assert asha.attached == sales.attached == {READ_ONLY: "ReadOnlyAccess"}
    assert asha.inline == sales.inline == {"s3": DOCUMENT}
    assert asha.login_profile.reset_required
    assert found.groups_of("asha") == {"sales"}


@pytest.mark.parametrize("lost", [step.operation for step in JOIN])
def test_what_was_done_though_its_answer_was_lost_is_done(sandbox: Sandbox, iam: Any, lost: str) -> None:
    sandbox.fail(lost, mode="lose_connection_after")
    outcome = apply(iam, JOIN)
    assert outcome.failures == []
    assert [step for step, _answer in outcome.done] == JOIN
    assert sandbox.calls()["by_operation"][lost] >= 2
    assert_joined(iam)


@pytest.mark.parametrize("lost", [step.operation for step in LEAVE])
def test_what_was_taken_though_its_answer_was_lost_is_away(sandbox: Sandbox, iam: Any, lost: str) -> None:
    assert not apply(iam, JOIN).failures
    sandbox.fail(lost, mode="lose_connection_after")
    assert apply(iam, LEAVE).failures == []
    found = everything(iam)
    assert (found.user("asha"), found.group("sales")) == (None, None)


@pytest.mark.parametrize("refused", [step.operation for step in JOIN + LEAVE])
def test_a_refused_write_is_told_with_its_permission(sandbox: Sandbox, iam: Any, refused: str) -> None:
    sandbox.fail(refused, "AccessDenied", status=403, count=None)
    outcomes = [apply(iam, JOIN), apply(iam, LEAVE)]
    told = {(each.operation, each.code) for outcome in outcomes for each in outcome.failures}
    assert (refused, "AccessDenied") in told
    assert not any(PASSWORD in str(each) for outcome in outcomes for each in outcome.failures)
    advice = [each.advice for outcome in outcomes for each in outcome.failures if each.operation == refused]
    assert advice[0].startswith(f"Allow iam:{refused} on ")


def test_a_tight_pace_fails_nobody(sandbox: Sandbox) -> None:
    # A client of its own: botocore goes on pacing one that was throttled.
    iam = sandbox.boto(config=_config("0badcafe"))
    steps = [Step(Subject("user", f"u{n}"), "CreateUser", {"UserName": f"u{n}"}, "", Phase.USERS) for n in range(30)]
    sandbox.switch(throttle={"rate": 30, "burst": 10})
    outcome = apply(iam, steps)
    sandbox.switch(throttle=None)
    assert outcome.failures == []
    assert read_summary(iam)["Users"] == 30
    assert sandbox.calls()["by_operation"]["CreateUser"] > 30


def test_what_is_not_visible_yet_is_waited_for(sandbox: Sandbox, iam: Any) -> None:
    sandbox.switch(visibility_delay=0.5)
    assert apply(iam, JOIN).failures == []
    # What was written last has its delay before it.
    time.sleep(0.6)
    assert_joined(iam)


def test_every_page_is_read(sandbox: Sandbox, iam: Any) -> None:
    names = [f"u{number}" for number in range(1100)]
    sandbox.seed(groups=[{"name": "all"}], users=[{"name": name, "groups": ["all"]} for name in names])
    directory, agreed = read_whole(iam)
    assert agreed
    assert directory.members_of("all") == set(names)
    one_group = read_directory(iam, Scope(groups={"ALL": frozenset({"memberships"})}))
    assert one_group.members_of("all") == set(names)
    assert sandbox.calls()["by_operation"] == {
        "GetAccountAuthorizationDetails": 2,
        "GetAccountSummary": 1,
        "GetGroup": 2,
    }


def test_all_policies_are_listed_on_full_pages(sandbox: Sandbox, iam: Any) -> None:
    policies = list_policies(iam)
    assert len(policies) > 1000
    assert sandbox.calls()["total"] == -(-len(policies) // 1000)
