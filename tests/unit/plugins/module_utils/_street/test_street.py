# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The street: what is told together, what is left unwritten, and how a task ends."""

from __future__ import annotations

import dataclasses
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._apply.apply import Outcome
from ansible_collections.workforce.aws.plugins.module_utils._aws.errors import Faults, ReadError
from ansible_collections.workforce.aws.plugins.module_utils._core.model import (
    Credentials,
    Desired,
    DesiredGroup,
    DesiredUser,
    Directory,
    Failure,
    Fault,
    Group,
    Step,
    Subject,
    User,
)
from ansible_collections.workforce.aws.plugins.module_utils._street import street
from ansible_collections.workforce.aws.plugins.module_utils._street.desk import Ready
from ansible_collections.workforce.aws.plugins.module_utils._street.street import Ask, finish, run_module, walk

EMPTY = Directory(users={}, groups={})
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
TWO_GROUPS = Desired(
    groups=(DesiredGroup("a"), DesiredGroup("b")), users=(DesiredUser("ann", groups=("a", "b"), purge_groups=True),)
)


class Calls:
    def report(self) -> dict[str, int]:
        return {"total": 0}


class Account:
    """A connection that nothing may be asked of but what a test puts into the street's place."""

    iam = None
    partition = "aws"
    calls = Calls()


class Ended(Exception):  # noqa: N818 # it stands for the module's exit
    def __init__(self, failed: bool, **result: t.Any) -> None:
        self.failed = failed
        self.result = result


class Module:
    def __init__(self, *, check_mode: bool = False, diff: bool = False, **params: t.Any) -> None:
        self.check_mode, self._diff, self.params = check_mode, diff, params

    def exit_json(self, **result: t.Any) -> t.NoReturn:
        raise Ended(False, **result)

    def fail_json(self, **result: t.Any) -> t.NoReturn:
        raise Ended(True, **result)


@pytest.fixture
def applied(monkeypatch: pytest.MonkeyPatch) -> list[Step]:
    """The steps that were written: all of them succeed."""
    steps: list[Step] = []

    def apply(_iam: t.Any, wanted: t.Sequence[Step], **_options: t.Any) -> Outcome:
        steps.extend(wanted)
        return Outcome(done=[(step, {}) for step in wanted])

    monkeypatch.setattr(street, "apply", apply)
    return steps


def ask(desired: Desired, directory: Directory = EMPTY, **more: t.Any) -> Ask:
    return Ask(desired, summary=SUMMARY, read=lambda _iam, _desired: directory, **more)


def walk_it(asked: Ask, *, check_mode: bool = False) -> street.Walk:
    return walk(t.cast("t.Any", Account()), asked, check_mode=check_mode)


def test_check_mode_plans_the_same_and_writes_nothing(applied: list[Step]) -> None:
    asked = ask(Desired(users=(DesiredUser("ann"),)))
    checked = walk_it(asked, check_mode=True)
    assert applied == []
    ran = walk_it(asked)
    assert list(ran.steps) == applied == list(checked.steps)
    assert checked.after == ran.after
    assert list(ran.after.users) == ["ann"]


def test_all_faults_are_told_together(applied: list[Step]) -> None:
    early, late = Fault("employee x", "has no name"), Fault("account", "is not ours")
    asked = ask(TWO_GROUPS, faults=(early,), settle=lambda desired, _directory: (desired, [late]))
    with pytest.raises(Faults) as caught:
        walk_it(asked)
    assert [str(fault) for fault in caught.value.faults] == [
        "employee x: has no name",
        "account: is not ours",
        "user ann: would be in 2 groups (a, b); the quota is 1 (GroupsPerUserQuota)",
    ]
    assert applied == []


def test_faults_speak_in_the_words_of_the_asker(applied: list[Step]) -> None:
    titles = {"user": "employee", "group": "department"}
    with pytest.raises(Faults, match=r"^employee ann: would be in 2 groups"):
        walk_it(ask(TWO_GROUPS, titles=titles))
    unknown = Desired(users=(DesiredUser("ann", groups=("nothing",)),))
    with pytest.raises(Faults, match=r"^employee ann: group nothing does not exist"):
        walk_it(ask(unknown, titles=titles))
    full = dataclasses.replace(
        ask(Desired(users=(DesiredUser("ann"),)), titles=titles), summary={**SUMMARY, "Users": 5}
    )
    with pytest.raises(Faults, match=r"^account: 1 new users"):
        walk_it(full)


def test_a_failed_read_ends_the_walk_and_keeps_no_fault_back(applied: list[Step]) -> None:
    def refuse(_iam: t.Any, _desired: Desired) -> Directory:
        raise ReadError("GetUser failed", "AccessDenied", "GetUser")

    asked = dataclasses.replace(ask(TWO_GROUPS), read=refuse)
    with pytest.raises(ReadError, match="GetUser failed"):
        walk_it(asked)
    with pytest.raises(Faults, match=r"employee x: has no name\naccount: GetUser failed"):
        walk_it(dataclasses.replace(asked, faults=(Fault("employee x", "has no name"),)))
    assert applied == []


def test_policies_that_are_not_there(monkeypatch: pytest.MonkeyPatch, applied: list[Step]) -> None:
    arn = "arn:aws:iam::aws:policy/Nothing"
    asked_for: list[list[str]] = []

    def missing(_iam: t.Any, arns: t.Sequence[str]) -> set[str]:
        asked_for.append(list(arns))
        return set(arns)

    monkeypatch.setattr(street, "missing_policies", missing)
    desired = Desired(
        groups=(DesiredGroup("ops", policies=(arn,)),), users=(DesiredUser("ann", policies=(arn,), boundary=arn),)
    )
    with pytest.raises(Faults) as caught:
        walk_it(ask(desired))
    assert asked_for == [[arn]]
    assert set(map(str, caught.value.faults)) == {
        f"group ops: policy {arn} does not exist",
        f"user ann: policy {arn} does not exist",
    }


def test_nothing_to_do_reads_no_quota(monkeypatch: pytest.MonkeyPatch, applied: list[Step]) -> None:
    def never(_iam: t.Any) -> dict[str, int]:
        raise AssertionError("the account's summary was read")

    monkeypatch.setattr(street, "read_summary", never)
    there = Directory(users={"ann": User("ann", tags={}, boundary="", attached={})}, groups={})
    walked = walk_it(dataclasses.replace(ask(Desired(users=(DesiredUser("ann"),)), there), summary=None))
    assert walked.steps == ()


def test_a_module_ends_with_its_result_and_shows_a_diff_where_asked(
    monkeypatch: pytest.MonkeyPatch, applied: list[Step]
) -> None:
    monkeypatch.setattr(street, "connect", lambda _module: Account())
    monkeypatch.setattr(street, "_read_asked", lambda _iam, _desired: EMPTY)
    monkeypatch.setattr(street, "read_summary", lambda _iam: SUMMARY)
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


def test_a_module_fails_with_faults_or_the_codes_of_a_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(_module: t.Any) -> Account:
        raise ReadError("AssumeRole failed", "AccessDenied", "AssumeRole")

    module = t.cast("t.Any", Module())
    monkeypatch.setattr(street, "connect", connect)
    with pytest.raises(Ended) as ended:
        run_module(module, lambda _params: (Desired(), []), lambda _walked: {})
    assert ended.value.result == {"msg": "AssumeRole failed", "error": {"code": "AccessDenied"}}
    monkeypatch.setattr(street, "connect", lambda _module: Account())
    with pytest.raises(Ended) as ended:
        run_module(module, lambda _params: (Desired(), [Fault("user x", "is no name")]), lambda _walked: {})
    assert ended.value.result == {"msg": "user x: is no name", "faults": ["user x: is no name"]}


def test_failures_are_told_with_what_was_done() -> None:
    failure = Failure(Subject("user", "ann"), "CreateUser", "LimitExceeded", "too many", "Ask for more.")
    here = Directory(users={}, groups={"ops": Group("ops")})
    walked = street.Walk(EMPTY, here, (), Outcome(failures=[failure]))
    with pytest.raises(Ended) as ended:
        finish(t.cast("t.Any", Module()), walked, {"counts": 1}, t.cast("t.Any", Account()))
    assert ended.value.failed
    result = ended.value.result
    assert (result["changed"], result["counts"]) == (False, 1)
    assert result["failures"] == [
        {
            "subject": "user ann",
            "operation": "CreateUser",
            "code": "LimitExceeded",
            "message": "too many",
            "advice": "Ask for more.",
        }
    ]
    assert "user ann: CreateUser failed with LimitExceeded" in result["msg"]


LEAVER = User("eve", tags={}, boundary="", attached={}, inline={}, login_profile=False, credentials=Credentials())
TWO_WISHES = Desired(users=(DesiredUser("ann"), DesiredUser("eve", absent=True)))
LEAVING = Directory(users={"eve": LEAVER}, groups={})


@pytest.mark.parametrize("check_mode", [True, False])
def test_what_is_wrong_with_giving_keeps_no_leaver_in(applied: list[Step], check_mode: bool) -> None:
    typo = Fault("employee x", "has no name")
    walked = walk_it(ask(TWO_WISHES, LEAVING, faults=(typo,)), check_mode=check_mode)
    assert [step.operation for step in walked.steps] == ["DeleteUser"]
    assert walked.faults == (typo,)
    assert (walked.after.users, len(applied)) == ({}, 0 if check_mode else 1)
    with pytest.raises(Ended) as ended:
        finish(t.cast("t.Any", Module()), walked, {}, t.cast("t.Any", Account()))
    assert ended.value.failed
    assert ended.value.result["faults"] == ["employee x: has no name"]
    assert "Leavers are cut off all the same" in ended.value.result["msg"]


def test_a_fault_of_one_person_alone_stops_nobody_else_and_fails_the_run(applied: list[Step]) -> None:
    odd = Fault("employee mal", "bears somebody else's id", stops_giving=False)
    walked = walk_it(ask(TWO_WISHES, LEAVING, faults=(odd,)))
    assert [step.operation for step in applied] == ["DeleteUser", "CreateUser"]
    with pytest.raises(Ended) as ended:
        finish(t.cast("t.Any", Module()), walked, {}, t.cast("t.Any", Account()))
    assert ended.value.failed
    assert ended.value.result["changed"]
    assert ended.value.result["msg"] == (
        "Look at these; everybody else was served:\nemployee mal: bears somebody else's id"
    )


def test_a_fault_of_one_person_alone_fails_a_run_with_nothing_to_do(applied: list[Step]) -> None:
    odd = Fault("employee mal", "bears somebody else's id", stops_giving=False)
    walked = walk_it(ask(Desired(), faults=(odd,)))
    assert (walked.faults, applied) == ((odd,), [])


def test_a_fault_of_the_plan_keeps_no_leaver_in(applied: list[Step]) -> None:
    wanted = Desired(users=(*TWO_GROUPS.users, DesiredUser("eve", absent=True)), groups=TWO_GROUPS.groups)
    walked = walk_it(ask(wanted, LEAVING))
    assert [step.operation for step in applied] == ["DeleteUser"]
    assert "GroupsPerUserQuota" in str(walked.faults[0])


def test_what_cannot_be_trusted_cuts_nobody_off(applied: list[Step]) -> None:
    with pytest.raises(Faults, match="employees: is not defined"):
        walk_it(ask(TWO_WISHES, LEAVING, faults=(Fault("employees", "is not defined", stops_cutting=True),)))
    brake = Fault("losses", "too many", stops_cutting=True)
    judged: list[list[str]] = []

    def judge(steps: t.Sequence[Step], _directory: Directory) -> list[Fault]:
        judged.append([step.operation for step in steps])
        return [brake]

    with pytest.raises(Faults, match="losses: too many"):
        walk_it(ask(TWO_WISHES, LEAVING, brake=judge))
    assert applied == []
    assert judged == [["DeleteUser", "CreateUser"]]


def test_the_desired_is_settled_with_the_account_before_it_is_planned(applied: list[Step]) -> None:
    settled = Desired(users=(DesiredUser("bob"),))
    walk_it(ask(TWO_WISHES, LEAVING, settle=lambda _desired, _directory: (settled, ())))
    assert [step.params["UserName"] for step in applied] == ["bob"]


# First credentials


def test_what_is_of_no_use_stops_giving_and_is_told_with_all_other_faults(applied: list[Step]) -> None:
    asked_with: list[t.Any] = []

    def prove(steps: t.Sequence[Step], directory: Directory) -> list[Fault]:
        asked_with.append((list(steps), directory))
        return [Fault("user ann", "could not change the password")]

    desired = Desired(users=(DesiredUser("ann"),))
    with pytest.raises(Faults, match=r"^x: y\nuser ann: could not change the password$"):
        walk_it(ask(desired, prove=prove, faults=(Fault("x", "y"),)))
    assert applied == []
    assert [step.operation for step in asked_with[0][0]] == ["CreateUser"]
    assert asked_with[0][1] == EMPTY


def test_only_what_is_ready_is_applied_and_who_waits_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[t.Any] = []

    def apply(_iam: t.Any, wanted: t.Sequence[Step], *, issuer: t.Any, **_options: t.Any) -> Outcome:
        seen.append((list(wanted), issuer))
        return Outcome(done=[(step, {}) for step in wanted], settled=((Subject("user", "eve"), "has signed in"),))

    def ready(steps: t.Sequence[Step], _directory: Directory, check_mode: bool) -> Ready:
        kept = tuple(step for step in steps if step.subject.name != "bob")
        waits = () if check_mode else (Fault("mail", "is gone. 1 user waits: bob."),)
        warned = ("a warning",)
        return Ready(kept, waits, t.cast("t.Any", "the issuer"), warned, close=lambda: seen.append("closed"))

    monkeypatch.setattr(street, "apply", apply)
    asked = ask(Desired(users=(DesiredUser("ann"), DesiredUser("bob"))), ready=ready)
    walked = walk_it(asked)
    assert [[step.subject.name for step in seen[0][0]], *seen[0][1:], seen[1]] == [["ann"], "the issuer", "closed"]
    assert list(walked.after.users) == ["ann"]
    assert [step.subject.name for step in walked.steps] == ["ann"]
    assert walked.settled == ((Subject("user", "eve"), "has signed in"),)
    told: list[str] = []
    module: t.Any = Module()
    module.warn = told.append
    with pytest.raises(Ended) as ended:
        finish(module, walked, {}, t.cast("t.Any", Account()))
    assert ended.value.failed
    assert ended.value.result["changed"]
    assert ended.value.result["postponed"] == ["mail: is gone. 1 user waits: bob."]
    assert ended.value.result["msg"].endswith("mail: is gone. 1 user waits: bob.")
    assert told == ["a warning"]
    assert walk_it(asked, check_mode=True).postponed == ()
    assert seen[2:] == ["closed"]
