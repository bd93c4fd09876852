# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a run failed, on one line without the names of people."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._apply.apply import Outcome
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Directory
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Failure, Fault
from ansible_collections.workforce.aws.plugins.module_utils._core.subjects import Subject
from ansible_collections.workforce.aws.plugins.module_utils._report.reason import reason
from ansible_collections.workforce.aws.plugins.module_utils._report.walk import Walk

NOBODY: t.Final = Directory({}, {})
BRAKE: t.Final = Fault("losses", "2 people would lose access: ann, bob", brief="2 people would lose access")
TYPO: t.Final = Fault("employee ann", "is in the unknown department hr")
POLICY: t.Final = Fault("department hr", "names the unknown policy Admin")


def failed(name: str, operation: str) -> Failure:
    return Failure(Subject("user", name), operation, "AccessDenied", "no", "Ask.")


def walked(*faults: Fault, failures: t.Sequence[Failure] = (), **more: t.Any) -> Walk:
    return Walk(NOBODY, NOBODY, (), Outcome(failures=list(failures)), faults=faults, **more)


@pytest.mark.parametrize(
    ("run", "told"),
    [
        (walked(), ""),
        (walked(warnings=("ann was here",)), ""),
        (walked(TYPO, stopped=True), "STOPPED, nothing was changed: 1 fault"),
        (walked(Fault("employees ann, bob", "cannot sign in"), stopped=True), "STOPPED, nothing was changed: 1 fault"),
        (walked(*[TYPO] * 1200, stopped=True), "STOPPED, nothing was changed: 1,200 faults"),
        (walked(POLICY, stopped=True), f"STOPPED, nothing was changed: {POLICY}"),
        (
            walked(BRAKE, TYPO, TYPO, stopped=True),
            "STOPPED, nothing was changed: losses: 2 people would lose access; 2 faults",
        ),
        (walked(TYPO), "Leavers are cut off, nobody else was changed: 1 fault"),
        (walked(Fault("user ann", "is not ours", stops_giving=False)), "Not everything is done: 1 fault"),
        (walked(postponed=(TYPO,)), "Not everything is done: 1 delivery postponed"),
        (
            walked(failures=[failed("ann", "CreateUser"), failed("bob", "TagUser"), failed("bob", "DeleteUser")]),
            "Not everything is done: 3 steps failed, for 2 users",
        ),
    ],
)
def test_the_line(run: Walk, told: str) -> None:
    assert reason(run) == told
