# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each call that issues first credentials fails once, in every way: what passes is not noticed, the rest is finished.

Whatever happens to one person's, the others get theirs in the same run.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.support.issuing import MODULE, STORIES, Trial
from tests.support.modules import run_in_process

CALLS = ("CreateUser", "CreateLoginProfile", "GetLoginProfile", "DeleteLoginProfile", "TagUser")
FAILURES: dict[str, dict[str, Any]] = {
    "request lost": {"mode": "lose_connection_before"},
    "answer lost": {"mode": "lose_connection_after"},
    "answer cut off": {"mode": "malformed"},
    "throttled": {"code": "Throttling"},
    "busy": {"code": "EntityTemporarilyUnmodifiable", "status": 409},
    "refused": {"code": "AccessDenied"},
}


def fail_once(trial: Trial, call: str, rule: dict[str, Any], skip: int) -> bool:
    """A run in which the call fails, and the next morning's if that ended badly; whether it did."""
    trial.sandbox.fail(call, skip=skip, **rule)
    first = run_in_process(MODULE, trial.options(daily=False), sandbox=trial.sandbox)
    trial.sandbox.switch(errors=[])
    trial.day.look()
    if "failed" in first:
        assert len(first.get("failures", ())) <= 1, first["msg"]
        trial.run()
    trial.day.judge()
    return "failed" in first


def test_an_answer_is_lost(sandbox: Sandbox, tmp_path: Path) -> None:
    """Nobody can read a password back: one whose answer was lost is made anew before it is mailed."""
    for call in ("CreateLoginProfile", "TagUser"):
        trial = Trial(STORIES["joiners"], sandbox, tmp_path)
        assert fail_once(trial, call, FAILURES["answer lost"], 1) is False
        assert len(trial.mailbox.mails()) == len(trial.day.addresses)


@pytest.mark.long
@pytest.mark.parametrize("story", ["joiners", "joiners by file", "left pending", "returners", "asked by name"])
@pytest.mark.parametrize("failure", FAILURES)
def test_each_call_fails_once(sandbox: Sandbox, tmp_path: Path, story: str, failure: str) -> None:
    for call in CALLS:
        for skip in (0, 2):
            ended_badly = fail_once(Trial(STORIES[story], sandbox, tmp_path), call, FAILURES[failure], skip)
            assert not ended_badly or failure in ("answer cut off", "busy", "refused"), f"{call}, {skip} skipped"
