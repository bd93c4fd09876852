# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policies, roles and the account's settings come, change and go in an order that survives a kill at every write."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.support.failing import comparable
from tests.support.module_process import ModuleProcess
from tests.support.modules import document, run_in_process

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
MARKED = {"workforce:managed": "onboard"}
OURS: dict[str, Any] = {"path": "/workforce/", "tags": {**MARKED, "old": "x"}}
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
INLINE = {"own": document("s3:Get*")}
OLD_POLICY = "arn:aws:iam::123456789012:policy/workforce/old-policy"
BEFORE: dict[str, Any] = {
    "policies": [
        {"name": "reading", "document": document("s3:List*"), **OURS},
        {"name": "old-policy", "document": document("s3:*"), **OURS},
    ],
    "groups": [{"name": "sales", "path": "/workforce/", "managed_policies": [OLD_POLICY]}],
    "users": [{"name": "li.wei", "tags": MARKED, "groups": ["sales"], "managed_policies": [OLD_POLICY]}],
    "roles": [
        {
            "name": "auditor",
            "trust": TRUST,
            **OURS,
            "managed_policies": [READ_ONLY, OLD_POLICY],
            "inline_policies": INLINE,
            "permissions_boundary": READ_ONLY,
        },
        {"name": "old-role", "trust": TRUST, **OURS, "managed_policies": [READ_ONLY], "inline_policies": INLINE},
    ],
}
# All of it is new, changes, or goes.
CHART: dict[str, Any] = {
    "departments": [
        {"name": "platform", "managed_policies": ["reading", "limits"]},
        {"name": "sales", "managed_policies": ["reading"]},
    ],
    "employees": [
        {"name": "asha.rao", "departments": ["platform"], "boundary": "limits"},
        {"name": "li.wei", "departments": ["sales"], "managed_policies": []},
    ],
    "policies": [
        {"name": "reading", "policy": document("s3:Get*"), "tags": {"new": "y"}},
        {"name": "limits", "policy": document("s3:*")},
        {"name": "old-policy", "state": "absent"},
    ],
    "roles": [
        {
            "name": "deployer",
            "assumed_by": ["platform"],
            "managed_policies": ["reading"],
            "inline_policies": INLINE,
            "boundary": "limits",
        },
        {
            "name": "auditor",
            "assumed_by": ["sales"],
            "managed_policies": ["reading"],
            "inline_policies": {},
            "boundary": "",
            "description": "New",
            "tags": {},
        },
        {"name": "old-role", "state": "absent"},
    ],
    "account_settings": {"alias": "example-corp", "password_policy": {"min_pw_length": 14}},
    "max_losses": 100,
}
Moment = tuple[str, int, str]
"""A write, how many of its operation come before it, and whether its sender is killed before or after it is done."""


def _fill(sandbox: Sandbox) -> None:
    sandbox.reset()
    sandbox.seed(**BEFORE)
    sandbox.boto().create_account_alias(AccountAlias="example")
    sandbox.clear_calls()


def _run(sandbox: Sandbox) -> dict[str, Any]:
    done = run_in_process("iam_workforce", CHART, sandbox=sandbox)
    assert "failed" not in done, done["msg"]
    return done


def _moments(sandbox: Sandbox) -> tuple[list[Moment], Any]:
    """The moments of a run that nobody disturbs, and the account that it leaves."""
    _fill(sandbox)
    _run(sandbox)
    seen: Counter[str] = Counter()
    moments: list[Moment] = []
    for call in sandbox.calls(log=1000)["log"]:
        if call["kind"] == "write":
            moments += [(call["operation"], seen[call["operation"]], when) for when in ("before", "after")]
            seen[call["operation"]] += 1
    return moments, comparable(sandbox)


def _kill_at(moment: Moment, sandbox: Sandbox, folder: Path, goal: Any) -> None:
    operation, skip, when = moment
    _fill(sandbox)
    sandbox.pause(operation, when=when, skip=skip)
    run = ModuleProcess.start("iam_workforce", CHART, sandbox, folder)
    sandbox.wait_paused()
    assert run.kill(), moment
    sandbox.switch(pause=None)
    # What was not done yet never arrives.
    sandbox.resume(drop=True)
    # What was on its way beside it does.
    time.sleep(0.05)
    _run(sandbox)
    assert comparable(sandbox) == goal, moment
    assert _run(sandbox)["changed"] is False, moment


def test_a_few(sandbox: Sandbox, tmp_path: Path) -> None:
    """Those at which something of one kind is there and what depends on it is not."""
    moments, goal = _moments(sandbox)
    for moment in (("CreateRole", 0, "after"), ("DetachRolePolicy", 0, "after")):
        assert moment in moments
        _kill_at(moment, sandbox, tmp_path, goal)


@pytest.mark.long
def test_at_every_write(sandbox: Sandbox, tmp_path: Path) -> None:
    moments, goal = _moments(sandbox)
    for moment in moments:
        _kill_at(moment, sandbox, tmp_path, goal)
    print(f"killed at {len(moments)} moments")
