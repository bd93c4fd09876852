# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The street: check mode plans the same, all faults are told together, and only what is ready is applied."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._apply.apply import Outcome
from ansible_collections.workforce.aws.plugins.module_utils._aws.errors import Faults, ReadError
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import Desired, DesiredGroup, DesiredUser
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Directory, User
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Fault, Phase, Plan, Step
from ansible_collections.workforce.aws.plugins.module_utils._core.subjects import Subject
from ansible_collections.workforce.aws.plugins.module_utils._report.walk import Walk
from ansible_collections.workforce.aws.plugins.module_utils._street import reading, street
from ansible_collections.workforce.aws.plugins.module_utils._street.issuing import Ready
from ansible_collections.workforce.aws.plugins.module_utils._street.street import allowed, carry_out, run_module, walk

from tests.support.ended import Connected, Ended, Module

EMPTY = Directory(users={}, groups={})
ANN = Desired(users=(DesiredUser("ann"),))
TYPO = Fault("employee x", "has no name")
ODD = Fault("employee mal", "bears an id of somebody else", stops_giving=False)
SUMMARY = {
    "Users": 0,
    "UsersQuota": 5,
    "Groups": 0,
    "GroupsQuota": 5,
    "GroupsPerUserQuota": 1,
    "AttachedPoliciesPerUserQuota": 10,
    "AttachedPoliciesPerGroupQuota": 10,
    "UserPolicySizeQuota": 2048,
    "GroupPolicySizeQuota": 5120,
}


@pytest.fixture
def applied(monkeypatch: pytest.MonkeyPatch) -> list[Step]:
    """The steps that were written: all of them succeed."""
    steps: list[Step] = []

    def apply(_iam: t.Any, wanted: t.Sequence[Step], **_options: t.Any) -> Outcome:
        steps.extend(wanted)
        return Outcome(done=[(step, {}) for step in wanted])

    monkeypatch.setattr(street, "apply", apply)
    return steps


@pytest.fixture(autouse=True)
def account(monkeypatch: pytest.MonkeyPatch) -> dict[str, t.Any]:
    """What the reads find; an exception is raised instead."""
    found: dict[str, t.Any] = {"directory": EMPTY, "summary": SUMMARY, "missing": set()}

    def read(what: str) -> t.Any:
        if isinstance(found[what], Exception):
            raise found[what]
        return found[what]

    monkeypatch.setattr(reading, "read_directory", lambda _iam, _scope: read("directory"))
    monkeypatch.setattr(reading, "read_summary", lambda _iam: read("summary"))
    monkeypatch.setattr(reading, "missing_policies", lambda _iam, arns: read("missing") & set(arns))
    return found


def walk_it(desired: Desired, *faults: Fault, check_mode: bool = False) -> Walk:
    return walk(t.cast("t.Any", Connected()), desired, faults, check_mode=check_mode)


def test_check_mode_plans_the_same_and_writes_nothing(applied: list[Step]) -> None:
    checked = walk_it(ANN, check_mode=True)
    assert applied == []
    ran = walk_it(ANN)
    assert list(ran.steps) == applied == list(checked.steps)
    assert checked.after == ran.after
    assert list(ran.after.users) == ["ann"]


def test_all_faults_are_told_together(applied: list[Step], account: dict[str, t.Any]) -> None:
    nothing = "arn:aws:iam::aws:policy/Nothing"
    account["missing"] = {nothing}
    desired = Desired(groups=(DesiredGroup("ops", policies=(nothing,)),), users=(DesiredUser("ann", boundary="arn:x"),))
    with pytest.raises(Faults) as caught:
        walk_it(desired, TYPO)
    assert list(map(str, caught.value.faults)) == [
        "employee x: has no name",
        "user ann, boundary: names arn:x, which is not the ARN of a managed policy",
        f"group ops: policy {nothing} does not exist",
    ]
    assert applied == []


def test_a_failed_read_ends_the_walk_and_keeps_no_fault_back(applied: list[Step], account: dict[str, t.Any]) -> None:
    account["directory"] = ReadError("GetUser failed", "AccessDenied", "GetUser")
    with pytest.raises(ReadError, match="GetUser failed"):
        walk_it(ANN)
    with pytest.raises(Faults, match=r"employee x: has no name\naccount: GetUser failed"):
        walk_it(ANN, TYPO)
    assert applied == []


def test_nothing_to_do_reads_no_quota(applied: list[Step], account: dict[str, t.Any]) -> None:
    account["directory"] = Directory(users={"ann": User("ann", tags={}, boundary="", attached={})}, groups={})
    account["summary"] = AssertionError("the account's summary was read")
    assert walk_it(ANN).steps == ()


def test_a_module_ends_with_its_result_and_shows_a_diff_where_asked(
    monkeypatch: pytest.MonkeyPatch, applied: list[Step]
) -> None:
    monkeypatch.setattr(street, "connect", lambda _module: Connected())
    for check_mode, diff in ((False, True), (True, False)):
        module = t.cast("t.Any", Module(check_mode=check_mode, diff=diff))
        with pytest.raises(Ended) as ended:
            run_module(
                module,
                lambda _params: (Desired(groups=(DesiredGroup("ops"),)), []),
                lambda walked: {"diff": {"before": {}}, "groups": list(walked.after.groups)},
            )
        assert not ended.value.failed
        assert ended.value.result["changed"] is True
        assert ended.value.result["groups"] == ["ops"]
        assert ("diff" in ended.value.result) is diff
    assert len(applied) == 1


def test_what_may_not_be_done_is_refused() -> None:
    step = Step(Subject("user", "eve"), "DeleteUser", {"UserName": "eve"}, "deleted", Phase.LEAVERS)
    with pytest.raises(Faults, match="losses: too many"):
        allowed(Plan((step,)), [Fault("losses", "too many", stops_cutting=True)], Desired(), EMPTY)
    assert allowed(Plan((step,)), (), Desired(), EMPTY) == Plan((step,))


def test_only_what_is_ready_is_applied_and_all_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[t.Any] = []

    def apply(_iam: t.Any, wanted: t.Sequence[Step], *, issuer: t.Any, **_options: t.Any) -> Outcome:
        seen.append((list(wanted), issuer))
        return Outcome(done=[(step, {}) for step in wanted], settled=((Subject("user", "eve"), "has signed in"),))

    monkeypatch.setattr(street, "apply", apply)
    step = Step(Subject("user", "ann"), "CreateUser", {"UserName": "ann"}, "new", Phase.USERS)
    waits = Fault("mail", "is gone. 1 user waits: bob.")
    ready = Ready((step,), (waits,), t.cast("t.Any", "the issuer"), ("w",), close=lambda: seen.append("closed"))
    walked = carry_out(None, EMPTY, Plan((step,), (ODD,)), ready, check_mode=False)
    assert seen == [([step], "the issuer"), "closed"]
    assert (list(walked.after.users), walked.steps) == (["ann"], (step,))
    assert walked.settled == ((Subject("user", "eve"), "has signed in"),)
    assert (walked.faults, walked.postponed, walked.warnings) == ((ODD,), (waits,), ("w",))
    assert list(carry_out(None, EMPTY, Plan((step,)), ready, check_mode=True).after.users) == ["ann"]
    assert seen[2:] == ["closed"]


def test_of_a_plan_that_is_stopped_nothing_is_done_and_all_is_shown(applied: list[Step]) -> None:
    step = Step(Subject("user", "ann"), "CreateUser", {"UserName": "ann"}, "new", Phase.USERS)
    brake = Fault("gains", "too many", stops_cutting=True)
    walked = carry_out(None, EMPTY, Plan((step,), (brake,)), Ready((step,)), check_mode=False)
    assert applied == []
    assert walked.stopped
    assert (walked.steps, walked.faults, list(walked.after.users)) == ((step,), (brake,), ["ann"])
