# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a task ends: with its result, or with everything that went wrong told together."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._apply.apply import Outcome
from ansible_collections.workforce.aws.plugins.module_utils._aws.errors import Faults, ReadError
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Directory, Group
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Failure, Fault, Phase, Step
from ansible_collections.workforce.aws.plugins.module_utils._core.subjects import Subject
from ansible_collections.workforce.aws.plugins.module_utils._report.walk import Walk
from ansible_collections.workforce.aws.plugins.module_utils._street.ending import failing, finish

from tests.support.ended import Connected, Ended, Module

EMPTY = Directory(users={}, groups={})
STEP = Step(Subject("user", "eve"), "DeleteUser", {"UserName": "eve"}, "deleted", Phase.LEAVERS)


def ended(walked: Walk, module: Module | None = None, **result: t.Any) -> Ended:
    with pytest.raises(Ended) as caught:
        finish(t.cast("t.Any", module or Module()), walked, result, t.cast("t.Any", Connected()))
    return caught.value


def test_failures_are_told_with_what_was_done() -> None:
    failure = Failure(Subject("user", "ann"), "CreateUser", "LimitExceeded", "too many", "Ask for more.")
    here = Directory(users={}, groups={"ops": Group("ops")})
    walked = Walk(EMPTY, here, (), Outcome(failures=[failure]))
    end = ended(walked, counts=1)
    assert end.failed
    result = end.result
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


def test_faults_and_a_failed_read_end_the_task() -> None:
    module = t.cast("t.Any", Module())
    with pytest.raises(Ended) as caught, failing(module, more=1):
        raise ReadError("AssumeRole failed", "AccessDenied", "AssumeRole")
    assert caught.value.result == {"msg": "AssumeRole failed", "error": {"code": "AccessDenied"}, "more": 1}
    with pytest.raises(Ended) as caught, failing(module):
        raise Faults([Fault("user x", "is no name")])
    assert caught.value.result == {"msg": "user x: is no name", "faults": ["user x: is no name"]}


def test_faults_beside_which_leavers_were_cut_off_fail_the_task() -> None:
    walked = Walk(EMPTY, EMPTY, (STEP,), Outcome(done=[(STEP, {})]), faults=(Fault("employee x", "has no name"),))
    end = ended(walked)
    assert (end.failed, end.result["changed"]) == (True, True)
    assert end.result["faults"] == ["employee x: has no name"]
    assert end.result["msg"].startswith("Leavers are still cut off")


@pytest.mark.parametrize("done", [[], [(STEP, {})]])
def test_a_fault_of_one_person_alone_fails_the_run(done: list[t.Any]) -> None:
    odd = Fault("employee mal", "bears somebody else's id", stops_giving=False)
    end = ended(Walk(EMPTY, EMPTY, (), Outcome(done=done), faults=(odd,)))
    assert (end.failed, end.result["changed"]) == (True, bool(done))
    assert end.result["msg"] == "Look at these; everybody else was served:\nemployee mal: bears somebody else's id"


def test_of_a_walk_that_was_stopped_nothing_is_changed() -> None:
    brake = Fault("losses", "too many", stops_cutting=True)
    end = ended(Walk(EMPTY, EMPTY, (STEP,), Outcome(), faults=(brake,), stopped=True), Module(check_mode=True))
    assert (end.failed, end.result["changed"]) == (True, False)
    assert (end.result["msg"], end.result["faults"]) == ("losses: too many", ["losses: too many"])


def test_who_waits_is_told_and_fails_the_run() -> None:
    waits = Fault("mail", "is gone. 1 user waits: bob.")
    module = Module()
    end = ended(Walk(EMPTY, EMPTY, (), Outcome(done=[(STEP, {})]), postponed=(waits,), warnings=("a warning",)), module)
    assert (end.failed, end.result["changed"], module.warned) == (True, True, ["a warning"])
    assert end.result["postponed"] == ["mail: is gone. 1 user waits: bob."]
    assert end.result["msg"].endswith("mail: is gone. 1 user waits: bob.")
