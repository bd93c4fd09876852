# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import dataclasses
import json
import os
import signal
import threading
import time
from typing import Any, cast

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._apply.apply import Outcome, apply
from ansible_collections.workforce.aws.plugins.module_utils._apply.protocols import Settled
from ansible_collections.workforce.aws.plugins.module_utils._aws.pace import ISSUING_THREADS, Pace
from ansible_collections.workforce.aws.plugins.module_utils._core.delivery import DeliveryError
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Phase, Step
from ansible_collections.workforce.aws.plugins.module_utils._core.subjects import Subject
from botocore.exceptions import ConnectionClosedError

from tests.support.iam_double import IamDouble, aws_error
from tests.support.modules import document

DENIED = aws_error("AccessDenied", message="no")
PARAMETER = {"user": "UserName", "group": "GroupName", "role": "RoleName"}


def step(subject: str, operation: str, phase: Phase = Phase.USERS, **more: Any) -> Step:
    kind, name = subject.split(":")
    own = {PARAMETER[kind]: name} if kind in PARAMETER else {}
    params = {**own, **more.pop("params", {})}
    return Step(Subject(kind, name), operation, params, operation, phase, **more)  # type: ignore[arg-type]  # a kind


def cut(subject: str, operation: str, **more: Any) -> Step:
    return step(subject, operation, cutting=True, **more)


def quick() -> Pace:
    return Pace(wait=lambda seconds: False, patience=30)


def codes(outcome: Outcome) -> list[tuple[str, str, str]]:
    return [(str(each.subject), each.operation, each.code) for each in outcome.failures]


def test_nothing_to_do_makes_no_call() -> None:
    iam = IamDouble()
    assert apply(iam, []) == Outcome([], [], [])
    assert iam.calls == []


def test_parameters_and_secrets_are_sent_and_only_what_is_useful_is_kept() -> None:
    iam = IamDouble(CreateUser={"User": {"UserName": "a"}, "ResponseMetadata": {}}, CreateGroup={"Group": {}, "x": 1})
    steps = [
        step("group:g", "CreateGroup", Phase.GROUPS),
        step("user:a", "CreateUser", params={"Path": "/x/"}),
        step("user:a", "CreateLoginProfile", secrets={"Password": "pw"}),
    ]
    outcome = apply(iam, steps)
    assert iam.calls[1:] == [
        ("create_user", {"UserName": "a", "Path": "/x/"}),
        ("create_login_profile", {"UserName": "a", "Password": "pw"}),
    ]
    assert [answer for _step, answer in outcome.done] == [{"Group": {}}, {"User": {"UserName": "a"}}, {}]


def test_a_subjects_steps_run_in_order_and_phases_one_after_the_other() -> None:
    ended: list[str] = []
    lock = threading.Lock()

    def slow(**params: str) -> dict[str, Any]:
        time.sleep(0.02 if params.get("GroupName") == "slow" else 0)
        with lock:
            ended.append(params.get("UserName", params.get("GroupName", "")))
        return {"Group": {}, "User": {}}

    iam = IamDouble(CreateGroup=slow, CreateUser=slow, TagUser=slow, DeleteGroup=slow)
    steps = [
        step("group:old", "DeleteGroup", Phase.REMOVED_GROUPS),
        step("group:slow", "CreateGroup", Phase.GROUPS),
        step("group:quick", "CreateGroup", Phase.GROUPS),
        *(step(f"user:{number}", operation) for number in range(20) for operation in ("CreateUser", "TagUser")),
    ]
    outcome = apply(iam, steps)
    assert [done for done, _answer in outcome.done] == steps
    assert ended[:2] == ["quick", "slow"]
    assert ended[-1] == "old"
    for number in range(20):
        mine = [operation for operation, params in iam.calls if params.get("UserName") == str(number)]
        assert mine == ["create_user", "tag_user"]


def test_a_subject_is_one_subject_in_any_case() -> None:
    running = []

    def one_at_a_time(**params: str) -> dict[str, Any]:
        running.append(params)
        time.sleep(0.01)
        assert len(running) == 1
        running.clear()
        return {}

    outcome = apply(IamDouble(TagUser=one_at_a_time), [step("user:Asha", "TagUser"), step("user:asha", "TagUser")])
    assert not outcome.failures


def test_subjects_run_side_by_side_on_as_many_threads_as_asked_for() -> None:
    barrier = threading.Barrier(3, timeout=5)

    def meet(**params: str) -> dict[str, Any]:
        barrier.wait()
        return {}

    steps = [step(f"user:{number}", "TagUser") for number in range(6)]
    assert len(apply(IamDouble(TagUser=meet), steps, threads=3).done) == 6


def test_a_failure_ends_the_giving_of_its_subject_alone() -> None:
    def meet(**params: Any) -> dict[str, Any]:
        if params["UserName"] == "a":
            raise DENIED
        return {}

    iam = IamDouble(TagUser=meet)
    steps = [
        step("user:a", "TagUser"),
        step("user:a", "AttachUserPolicy"),
        cut("user:a", "DeleteLoginProfile"),
        cut("user:a", "DeleteUser", closing=True),
        step("user:b", "TagUser"),
        step("user:b", "AttachUserPolicy"),
    ]
    outcome = apply(iam, steps)
    assert codes(outcome) == [("user a", "TagUser", "AccessDenied")]
    assert outcome.skipped == [steps[1], steps[3]]
    assert [done for done, _answer in outcome.done] == [steps[2], steps[4], steps[5]]


def test_cutting_goes_on_after_cutting_failed() -> None:
    iam = IamDouble(DeleteLoginProfile=DENIED)
    steps = [
        cut("user:a", "DeleteLoginProfile"),
        cut("user:a", "DeleteAccessKey"),
        cut("user:a", "DeleteUser", closing=True),
    ]
    outcome = apply(iam, steps)
    assert iam.operations() == ["delete_login_profile", "delete_access_key"]
    assert outcome.skipped == [steps[2]]


def test_what_needs_somebody_who_could_not_be_made_is_not_sent() -> None:
    iam = IamDouble(CreateGroup=DENIED)
    sales = Subject("group", "Sales")
    steps = [
        step("group:sales", "CreateGroup", Phase.GROUPS),
        step("user:a", "AddUserToGroup", needs=(sales,)),
        step("user:a", "CreateLoginProfile"),
    ]
    outcome = apply(iam, steps)
    assert iam.operations() == ["create_group"]
    assert codes(outcome) == [("group sales", "CreateGroup", "AccessDenied"), ("user a", "AddUserToGroup", "NotTried")]
    assert outcome.failures[1].message == "group Sales could not be created"
    assert outcome.skipped == [steps[2]]


def test_a_group_that_exists_though_its_policies_failed_can_be_joined() -> None:
    iam = IamDouble(CreateGroup={"Group": {}}, AttachGroupPolicy=DENIED)
    steps = [
        step("group:g", "CreateGroup", Phase.GROUPS),
        step("group:g", "AttachGroupPolicy", Phase.GROUPS),
        step("user:a", "AddUserToGroup", needs=(Subject("group", "g"),)),
    ]
    assert codes(apply(iam, steps)) == [("group g", "AttachGroupPolicy", "AccessDenied")]


def test_an_error_that_nobody_thought_of_is_a_failure_of_its_step() -> None:
    iam = IamDouble(TagUser=ZeroDivisionError("odd"), CreateUser={})
    iam.lacking.add("untag_user")
    steps = [step("user:a", "TagUser"), step("user:b", "CreateUser"), step("user:c", "UntagUser")]
    found = codes(apply(iam, steps))
    assert [code for _subject, _operation, code in found] == ["ZeroDivisionError", "KeyError", "AttributeError"]


# What passes by itself


@pytest.mark.parametrize("code", ["ConcurrentModification", "EntityTemporarilyUnmodifiable", "Throttling"])
def test_what_passes_is_tried_again(code: str) -> None:
    iam = IamDouble(TagUser=[aws_error(code), aws_error(code), {}])
    assert not apply(iam, [step("user:a", "TagUser")], pace=quick()).failures
    assert len(iam.calls) == 3


@pytest.mark.parametrize("code", ["LimitExceeded", "AccessDenied", "DeleteConflict", "NoSuchEntity"])
def test_what_does_not_pass_is_not(code: str) -> None:
    iam = IamDouble(TagUser=aws_error(code))
    assert codes(apply(iam, [step("user:a", "TagUser")], pace=quick())) == [("user a", "TagUser", code)]
    assert len(iam.calls) == 1


def test_who_was_made_in_this_run_may_take_a_while_to_be_seen() -> None:
    iam = IamDouble(
        CreateUser={"User": {}},
        CreateGroup={"Group": {}},
        AddUserToGroup=[aws_error("NoSuchEntity"), aws_error("NoSuchEntity"), {}],
    )
    steps = [
        step("group:G", "CreateGroup", Phase.GROUPS),
        step("user:A", "CreateUser"),
        step("user:a", "AddUserToGroup", params={"GroupName": "g"}),
    ]
    assert not apply(iam, steps, pace=quick()).failures
    assert iam.operations().count("add_user_to_group") == 3
    assert "get_group" not in iam.operations()


@pytest.mark.parametrize(
    ("other", "lookup"),
    [
        ({"GroupName": "gone"}, ("get_group", {"GroupName": "gone"})),
        ({"PolicyArn": "arn:gone"}, ("get_policy", {"PolicyArn": "arn:gone"})),
        ({"PermissionsBoundary": "arn:gone"}, ("get_policy", {"PolicyArn": "arn:gone"})),
    ],
)
def test_nobody_waits_for_what_was_not_made_in_this_run(other: dict[str, str], lookup: tuple[str, Any]) -> None:
    gone = aws_error("NoSuchEntity")
    iam = IamDouble(CreateUser={"User": {}}, TagUser=gone, GetGroup=gone, GetPolicy=gone)
    outcome = apply(iam, [step("user:a", "CreateUser"), step("user:a", "TagUser", params=other)], pace=quick())
    assert codes(outcome) == [("user a", "TagUser", "NoSuchEntity")]
    assert iam.calls[1:] == [("tag_user", {"UserName": "a", **other}), lookup]


def test_what_else_is_named_and_exists_or_may_not_be_read_is_no_reason_to_give_up() -> None:
    iam = IamDouble(
        CreateUser={"User": {}},
        GetGroup=[{}, aws_error("AccessDenied")],
        AddUserToGroup=[aws_error("NoSuchEntity"), aws_error("NoSuchEntity"), {}],
    )
    steps = [step("user:a", "CreateUser"), step("user:a", "AddUserToGroup", params={"GroupName": "g"})]
    assert not apply(iam, steps, pace=quick()).failures


# What is no error


@pytest.mark.parametrize(
    "operation",
    ["DeleteLoginProfile", "DetachUserPolicy", "RemoveUserFromGroup", "DeactivateMFADevice", "UntagUser", "DeleteUser"],
)
def test_what_is_away_already_is_done(operation: str) -> None:
    iam = IamDouble(**{operation: aws_error("NoSuchEntity")})
    outcome = apply(iam, [cut("user:a", operation)])
    assert len(outcome.done) == 1
    assert not outcome.failures


ASKED = {"Path": "/x/", "Tags": [{"Key": "k", "Value": "v"}], "PermissionsBoundary": "arn:b"}
MADE = {
    "UserName": "a",
    "Path": "/x/",
    "Tags": [{"Key": "more", "Value": ""}, {"Key": "k", "Value": "v"}],
    "PermissionsBoundary": {"PermissionsBoundaryArn": "arn:b"},
}


def test_a_creation_that_meets_its_own_success_is_success() -> None:
    iam = IamDouble(CreateUser=aws_error("EntityAlreadyExists"), GetUser=[aws_error("NoSuchEntity"), {"User": MADE}])
    outcome = apply(iam, [step("user:a", "CreateUser", params=ASKED), step("user:a", "TagUser")], pace=quick())
    assert outcome.done[0][1] == {"User": MADE}
    assert len(outcome.done) == 2


@pytest.mark.parametrize(
    "other",
    [{"UserName": "A"}, {"Path": "/"}, {"Tags": []}, {"PermissionsBoundary": {}}],
    ids=lambda other: next(iter(other)),
)
def test_somebody_elses_user_is_a_failure(other: dict[str, Any]) -> None:
    iam = IamDouble(CreateUser=aws_error("EntityAlreadyExists"), GetUser={"User": {**MADE, **other}})
    outcome = apply(iam, [step("user:a", "CreateUser", params=ASKED)])
    assert codes(outcome) == [("user a", "CreateUser", "EntityAlreadyExists")]
    assert "Somebody else created it" in outcome.failures[0].advice


def test_a_group_is_recognised_by_its_path() -> None:
    iam = IamDouble(
        CreateGroup=aws_error("EntityAlreadyExists"), GetGroup=lambda **params: {"Group": {**params, "Path": "/x/"}}
    )
    assert not apply(iam, [step("group:g", "CreateGroup", params={"Path": "/x/"})]).failures
    assert apply(iam, [step("group:g", "CreateGroup")]).failures


def test_what_cannot_be_read_back_is_somebody_elses() -> None:
    iam = IamDouble(CreateUser=aws_error("EntityAlreadyExists"), GetUser=DENIED)
    assert codes(apply(iam, [step("user:a", "CreateUser")])) == [("user a", "CreateUser", "EntityAlreadyExists")]


@pytest.mark.parametrize(("retries", "failures"), [(0, 1), (1, 0)])
def test_a_password_is_ours_only_if_this_very_call_was_sent_twice(retries: int, failures: int) -> None:
    iam = IamDouble(CreateLoginProfile=aws_error("EntityAlreadyExists", retries=retries))
    assert len(apply(iam, [step("user:a", "CreateLoginProfile")]).failures) == failures


def test_a_password_is_ours_though_botocore_gave_up_between_the_attempts() -> None:
    lost = ConnectionClosedError(endpoint_url="https://iam.amazonaws.com")
    iam = IamDouble(CreateLoginProfile=[lost, aws_error("EntityAlreadyExists")])
    assert not apply(iam, [step("user:a", "CreateLoginProfile")], pace=quick()).failures


def test_a_path_that_is_taken_is_a_failure() -> None:
    iam = IamDouble(UpdateUser=aws_error("EntityAlreadyExists", retries=1))
    assert apply(iam, [step("user:a", "UpdateUser")]).failures


# Interruptions


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_lets_running_calls_end_and_starts_no_other(number: int) -> None:
    begun = threading.Semaphore(0)
    ended: list[str] = []

    def write(**params: str) -> dict[str, Any]:
        begun.release()
        time.sleep(0.5)
        ended.append(params["UserName"])
        return {}

    def interrupt() -> None:
        for _thread in range(2):
            begun.acquire(timeout=5)
        os.kill(os.getpid(), number)

    before = signal.getsignal(signal.SIGTERM)
    steps = [step(f"user:{each}", operation) for each in range(20) for operation in ("TagUser", "UntagUser")]
    iam = IamDouble(TagUser=write, UntagUser=write)
    killer = threading.Thread(target=interrupt)
    killer.start()
    with pytest.raises(KeyboardInterrupt if number == signal.SIGINT else SystemExit):
        apply(iam, steps, threads=2)
    killer.join()
    assert len(ended) == len(iam.calls) == 2
    assert signal.getsignal(signal.SIGTERM) == before


def test_an_ignored_signal_stays_ignored() -> None:
    def interrupted(**params: str) -> dict[str, Any]:
        os.kill(os.getpid(), signal.SIGINT)
        return {}

    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        assert len(apply(IamDouble(TagUser=interrupted), [step("user:a", "TagUser")]).done) == 1
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_second_interruption_is_handled_as_ever() -> None:
    begun = threading.Event()
    release = threading.Event()

    def write(**params: str) -> dict[str, Any]:
        begun.set()
        release.wait(5)
        return {}

    def interrupt() -> None:
        begun.wait(5)
        for _time in range(2):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.3)
        release.set()

    killer = threading.Thread(target=interrupt)
    killer.start()
    iam = IamDouble(TagUser=write)
    with pytest.raises(KeyboardInterrupt) as caught:
        apply(iam, [step("user:a", "TagUser"), step("user:a", "TagUser")])
    killer.join()
    assert "_await" in [entry.name for entry in caught.traceback]
    assert len(iam.calls) == 1


def test_a_pause_between_attempts_ends_with_the_run() -> None:
    begun = threading.Event()

    def refuse(**params: str) -> dict[str, Any]:
        begun.set()
        raise aws_error("Throttling")

    def interrupt() -> None:
        begun.wait(5)
        time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)

    killer = threading.Thread(target=interrupt)
    killer.start()
    iam = IamDouble(TagUser=refuse)
    with pytest.raises(KeyboardInterrupt):
        apply(iam, [step("user:a", "TagUser")])
    killer.join()
    assert len(iam.calls) <= 2


def test_a_thread_that_ends_the_process_ends_it() -> None:
    with pytest.raises(SystemExit):
        apply(IamDouble(TagUser=SystemExit(3)), [step("user:a", "TagUser")])


def test_another_thread_than_the_main_one_may_apply() -> None:
    outcomes: list[Outcome] = []
    thread = threading.Thread(target=lambda: outcomes.append(apply(IamDouble(), [step("user:a", "TagUser")])))
    thread.start()
    thread.join()
    assert len(outcomes[0].done) == 1


@pytest.mark.parametrize("refused", [True, False])
def test_what_follows_others_waits_for_all_that_they_must_have_done(refused: bool) -> None:
    iam = IamDouble(DeleteUserPolicy=aws_error("AccessDenied") if refused else {})
    of_role = step("role:r", "DeleteRolePolicy", Phase.RETURNED_SESSIONS, follows=(Subject("user", "A"),))
    outcome = apply(iam, [step("user:a", "DeleteUserPolicy"), of_role], pace=quick())
    assert outcome.skipped == ([of_role] if refused else [])
    assert len(outcome.failures) == refused


def suspension(fallback: Step | None) -> list[Step]:
    leavers = Phase.LEAVERS
    return [
        cut("user:a", "PutUserPolicy", phase=leavers, vital=False, fallback=fallback),
        cut("user:a", "DeleteLoginProfile", phase=leavers),
        cut("user:a", "TagUser", phase=leavers, closing=True),
    ]


@pytest.mark.parametrize("code", ["LimitExceeded", "AccessDenied", "MalformedPolicyDocument"])
def test_what_iam_refuses_has_a_fallback(code: str) -> None:
    fallback = cut("user:a", "AttachUserPolicy", vital=False)
    outcome = apply(IamDouble(PutUserPolicy=aws_error(code)), suspension(fallback), pace=quick())
    assert [step.operation for step, _answer in outcome.done] == ["AttachUserPolicy", "DeleteLoginProfile", "TagUser"]
    assert outcome.failures == []


def test_where_the_fallback_is_refused_too_it_is_told_and_the_rest_is_done() -> None:
    limit = aws_error("LimitExceeded")
    fallback = cut("user:a", "AttachUserPolicy", vital=False)
    outcome = apply(IamDouble(PutUserPolicy=limit, AttachUserPolicy=limit), suspension(fallback), pace=quick())
    assert codes(outcome) == [("user a", "AttachUserPolicy", "LimitExceeded")]
    assert [step.operation for step, _answer in outcome.done] == ["DeleteLoginProfile", "TagUser"]


def test_a_fallback_may_have_one_itself() -> None:
    limit = aws_error("LimitExceeded")
    boundary = cut("user:a", "PutUserPermissionsBoundary", vital=False)
    steps = suspension(cut("user:a", "AttachUserPolicy", vital=False, fallback=boundary))
    outcome = apply(IamDouble(PutUserPolicy=limit, AttachUserPolicy=limit), steps, pace=quick())
    assert [step.operation for step, _answer in outcome.done] == [
        "PutUserPermissionsBoundary",
        "DeleteLoginProfile",
        "TagUser",
    ]
    refused = dict.fromkeys(("PutUserPolicy", "AttachUserPolicy", "PutUserPermissionsBoundary"), limit)
    outcome = apply(IamDouble(**refused), steps, pace=quick())
    assert codes(outcome) == [("user a", "PutUserPermissionsBoundary", "LimitExceeded")]


def test_an_answer_that_never_came_has_no_fallback() -> None:
    fallback = cut("user:a", "AttachUserPolicy", vital=False)
    iam = IamDouble(PutUserPolicy=aws_error("ServiceFailure"))
    outcome = apply(iam, suspension(fallback), pace=quick())
    assert codes(outcome) == [("user a", "PutUserPolicy", "ServiceFailure")]
    assert "attach_user_policy" not in [name for name, _params in iam.calls]


def test_the_tag_waits_for_the_password() -> None:
    outcome = apply(IamDouble(DeleteLoginProfile=DENIED), suspension(None), pace=quick())
    assert [step.operation for step in outcome.skipped] == ["TagUser"]


def test_a_renamed_user_is_waited_for() -> None:
    absent = aws_error("NoSuchEntity")
    iam = IamDouble(TagUser=[absent, {}], GetUser=absent)
    rename = step("user:b", "UpdateUser", params={"UserName": "a", "NewUserName": "b"})
    outcome = apply(iam, [rename, step("user:b", "TagUser")], pace=quick())
    assert outcome.failures == []
    assert [name for name, _params in iam.calls].count("tag_user") == 2


@pytest.mark.parametrize(("replayed", "exists", "done"), [(1, True, True), (0, True, False), (1, False, False)])
def test_a_rename_whose_answer_was_lost_is_done(replayed: int, exists: bool, done: bool) -> None:
    absent = aws_error("NoSuchEntity")
    lost = aws_error("NoSuchEntity", retries=replayed)
    iam = IamDouble(UpdateUser=lost, GetUser={"User": {}} if exists else absent)
    rename = step("user:b", "UpdateUser", params={"UserName": "a", "NewUserName": "b"})
    assert (apply(iam, [rename], pace=quick()).failures == []) is done


@pytest.mark.parametrize(("replayed", "alias", "done"), [(1, "ours", True), (0, "ours", False), (1, "other", False)])
def test_an_alias_whose_answer_was_lost_is_done(replayed: int, alias: str, done: bool) -> None:
    """Not where another account has it: that is the same error."""
    lost = aws_error("EntityAlreadyExists", retries=replayed)
    iam = IamDouble(CreateAccountAlias=lost, ListAccountAliases={"AccountAliases": [alias]})
    called = step("account:settings", "CreateAccountAlias", params={"AccountAlias": "ours"})
    assert (apply(iam, [called], pace=quick()).failures == []) is done


@pytest.mark.parametrize(("replayed", "action", "done"), [(1, "s3:*", True), (0, "s3:*", False), (1, "sqs:*", False)])
def test_the_last_version_whose_answer_was_lost_is_done(replayed: int, action: str, done: bool) -> None:
    lost = aws_error("LimitExceeded", retries=replayed)
    found = {"Document": document(action)}
    policy = {"Policy": {"DefaultVersionId": "v5"}}
    iam = IamDouble(CreatePolicyVersion=lost, GetPolicy=policy, GetPolicyVersion={"PolicyVersion": found})
    params = {"PolicyArn": "arn:aws:iam::123456789012:policy/own", "PolicyDocument": json.dumps(document("s3:*"))}
    assert (apply(iam, [step("policy:own", "CreatePolicyVersion", params=params)], pace=quick()).failures == []) is done


def test_each_step_that_was_sent_is_told_with_its_outcome() -> None:
    told: list[tuple[str, str | None]] = []
    made, joined = step("user:new", "CreateUser"), step("user:new", "AddUserToGroup", params={"GroupName": "g"})
    refused = step("user:old", "AddUserToGroup", phase=Phase.REMOVED_GROUPS, params={"GroupName": "g"})
    iam = IamDouble(CreateUser={"User": {}}, AddUserToGroup=[{}, aws_error("LimitExceeded")])
    apply(
        iam,
        [made, joined, refused],
        tell=lambda each, failed: told.append((each.operation, failed.code if failed else None)),
    )
    assert told == [("CreateUser", None), ("AddUserToGroup", None), ("AddUserToGroup", "LimitExceeded")]


# Issuing


class Issuer:
    """An issuer that does as a test says, by operation; each step that it did is told with a moment."""

    def __init__(self, **does: Any) -> None:
        self.does = does
        self.threads = ISSUING_THREADS
        self.forgotten: list[str] = []

    def write(self, step: Step, run: Any) -> Step:
        self.does.get(step.operation, lambda _step, _run: None)(step, run)
        return dataclasses.replace(step, line=f"{step.line} now")

    def forget(self, subject: Subject) -> frozenset[str]:
        self.forgotten.append(subject.name)
        return frozenset({"S3cret"})


def issuing(name: str, *operations: str) -> list[Step]:
    return [step(f"user:{name}", each, Phase.CREDENTIALS, issuing=True) for each in operations]


def apply_issuing(steps: list[Step], iam: IamDouble | None = None, **does: Any) -> Outcome:
    return apply(iam or IamDouble(), steps, issuer=cast("Any", Issuer(**does)), pace=quick())


def test_issuing_steps_are_the_issuers_and_told_as_it_did_them() -> None:
    iam = IamDouble()
    heard: list[str] = []
    steps = issuing("a", "CreateLoginProfile", "Deliver")
    outcome = apply(iam, steps, issuer=cast("Any", Issuer()), tell=lambda step, _failed: heard.append(step.operation))
    assert iam.calls == []
    assert [done.line for done, _answer in outcome.done] == ["CreateLoginProfile now", "Deliver now"]
    assert heard == ["CreateLoginProfile", "Deliver"]


def test_whoever_is_settled_has_no_failure_and_no_further_step() -> None:
    def end(_step: Step, _run: Any) -> None:
        raise Settled("has signed in meanwhile")

    steps = [*issuing("a", "CreateLoginProfile", "Deliver", "TagUser"), *issuing("b", "TagUser")]
    outcome = apply_issuing(steps, Deliver=end)
    assert outcome.settled == ((Subject("user", "a"), "has signed in meanwhile"),)
    assert outcome.failures == []
    assert [str(done.subject) for done, _answer in outcome.done] == ["user a", "user b"]


def test_a_failed_delivery_is_told_without_the_secret_and_ends_its_chain() -> None:
    def fail(_step: Step, _run: Any) -> None:
        raise DeliveryError("550 no S3cret here", "SMTPRecipientsRefused 550", "Correct the address.")

    outcome = apply_issuing(issuing("a", "CreateLoginProfile", "Deliver", "TagUser"), CreateLoginProfile=fail)
    assert codes(outcome) == [("user a", "Deliver", "SMTPRecipientsRefused 550")]
    assert outcome.failures[0].message == "550 no ******** here"
    assert outcome.failures[0].advice == "Correct the address."
    assert [each.operation for each in outcome.skipped] == ["Deliver", "TagUser"]


def test_nobody_is_issued_a_password_who_could_not_be_made_or_put_in_place() -> None:
    iam = IamDouble(CreateUser=DENIED, AddUserToGroup=DENIED)
    steps = [
        step("user:a", "CreateUser"),
        step("user:b", "AddUserToGroup"),
        *issuing("A", "CreateLoginProfile"),
        *issuing("b", "CreateLoginProfile"),
        *issuing("c", "CreateLoginProfile"),
    ]
    outcome = apply_issuing(steps, iam)
    assert [str(done.subject) for done, _answer in outcome.done] == ["user c"]
    assert len(outcome.failures) == 2


def test_more_are_issued_side_by_side_than_are_written() -> None:
    barrier = threading.Barrier(ISSUING_THREADS, timeout=5)
    steps = [each for number in range(ISSUING_THREADS) for each in issuing(str(number), "Deliver")]
    assert not apply_issuing(steps, Deliver=lambda _step, _run: barrier.wait()).failures


def test_who_waits_for_a_mail_server_keeps_nobody_from_iam() -> None:
    """As many as ever call IAM at the same time, while others wait."""
    people, calling, most = 3 * ISSUING_THREADS, 0, 0
    lock, waiting = threading.Lock(), threading.Barrier(people, timeout=5)

    def call(_step: Step, _run: Any) -> None:
        nonlocal calling, most
        with lock:
            calling += 1
            most = max(most, calling)
        time.sleep(0.02)
        with lock:
            calling -= 1

    def deliver(_step: Step, run: Any) -> None:
        with run.aside():
            waiting.wait()

    issuer = Issuer(CreateLoginProfile=call, Deliver=deliver, TagUser=call)
    issuer.threads = people
    steps = [
        each for number in range(people) for each in issuing(str(number), "CreateLoginProfile", "Deliver", "TagUser")
    ]
    assert not apply(IamDouble(), steps, issuer=cast("Any", issuer)).failures
    assert most == ISSUING_THREADS


def test_steps_for_an_issuer_fail_where_there_is_none() -> None:
    assert codes(apply(IamDouble(), issuing("a", "Deliver"))) == [("user a", "Deliver", "LookupError")]


def test_a_guard_is_asked_right_before_each_request_of_its_operation_alone() -> None:
    asked: list[str] = []
    iam = IamDouble()

    def leave(operation: str) -> dict[str, Any]:
        iam.meta.events.emit(f"before-send.iam.{operation}")
        return {}

    def send(each: Step, run: Any) -> None:
        run.send(each, before=lambda: asked.append(each.operation))
        run.send(dataclasses.replace(each, operation="GetUser"))

    iam = IamDouble(
        TagUser=[aws_error("Throttling"), lambda **_params: leave("TagUser")],
        GetUser=lambda **_params: leave("GetUser"),
    )
    assert not apply_issuing(issuing("a", "TagUser"), iam, TagUser=send).failures
    assert asked == ["TagUser"]


def test_what_was_begun_for_somebody_is_finished_after_an_interruption() -> None:
    iam = IamDouble()
    sent: list[str] = []
    begun = threading.Event()

    def request(operation: str, name: str) -> None:
        iam.meta.events.emit(f"before-send.iam.{operation}")
        sent.append(f"{operation} {name}")

    def deliver(each: Step, run: Any) -> None:
        if each.subject.name == "finishing":
            run.finish()
        begun.set()
        time.sleep(0.4)
        request("GetLoginProfile", each.subject.name)

    def interrupt() -> None:
        begun.wait(5)
        os.kill(os.getpid(), signal.SIGTERM)

    steps = [each for name in ("finishing", "other") for each in issuing(name, "Deliver", "TagUser")]
    killer = threading.Thread(target=interrupt)
    killer.start()
    issuer = Issuer(Deliver=deliver, TagUser=lambda each, _run: request("TagUser", each.subject.name))
    with pytest.raises(SystemExit):
        apply(iam, steps, issuer=cast("Any", issuer))
    killer.join()
    assert sent == ["GetLoginProfile finishing", "TagUser finishing"]
