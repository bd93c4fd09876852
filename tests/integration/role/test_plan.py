# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The approved plan is done as it was previewed, or nothing is."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._tasks import workforce

from tests.sandbox.client import Sandbox
from tests.support.modules import document, run_in_process
from tests.support.playbooks import PlaybookResult
from tests.support.role import FAIL, RUN, SUMMARY

Run = Callable[..., PlaybookResult]
Variables = dict[str, Any]
MARK = {"workforce:managed": "onboard"}
SALES: Variables = {"name": "sales", "inline_policies": {"own": document("s3:Get*")}}
DEPARTMENTS: list[Variables] = [SALES, {"name": "it"}]
STAYERS: list[Variables] = [{"name": f"p{number:02}", "departments": ["sales"]} for number in range(8)]
LEAVERS: list[Variables] = [{**one, "state": "suspended"} for one in STAYERS[:4]]
MOVER: Variables = {"name": "p07", "departments": ["it"], "tags": {"team": "red"}}
JOINER: Variables = {"name": "new.one", "departments": ["sales"], "email": "new.one@example.com"}
CHART: Variables = {"departments": DEPARTMENTS, "employees": [*LEAVERS, *STAYERS[4:7], MOVER, JOINER]}
PUT = {"GroupName": "sales", "PolicyName": "own"}


@pytest.fixture
def before(sandbox: Sandbox) -> Variables:
    """Eight managed people. The chart cuts off four of them, which a brake stops, moves one, and adds one."""
    sandbox.seed(groups=[{**department, "path": "/workforce/"} for department in DEPARTMENTS])
    sandbox.seed(users=[{"name": one["name"], "tags": MARK, "groups": ["sales"]} for one in STAYERS])
    state: Variables = sandbox.state()
    return state


def run(sandbox: Sandbox, *, check: bool = False, **options: Any) -> Variables:
    return run_in_process("iam_workforce", {**CHART, **options}, sandbox=sandbox, check=check)


def suspend(iam: Any) -> None:
    text = '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}'
    iam.put_user_policy(UserName="p07", PolicyName="workforce-suspended", PolicyDocument=text)


BY_HAND: dict[str, Callable[[Any], object]] = {
    "a member more": lambda iam: iam.add_user_to_group(GroupName="it", UserName="p05"),
    "a member less": lambda iam: iam.remove_user_from_group(GroupName="sales", UserName="p05"),
    "a tag": lambda iam: iam.tag_user(UserName="p07", Tags=[{"Key": "team", "Value": "red"}]),
    "a mark": lambda iam: iam.untag_user(UserName="p07", TagKeys=["workforce:managed"]),
    "a policy document": lambda iam: iam.put_group_policy(
        **PUT, PolicyDocument='{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}'
    ),
    "a suspension": suspend,
    "the joiner": lambda iam: iam.create_user(UserName="new.one"),
    "a leaver": lambda iam: iam.create_login_profile(UserName="p00", Password="Correct-Horse-7!"),
    "a leaver's key": lambda iam: iam.create_access_key(UserName="p00"),
}
IN_THE_LISTS: dict[str, Variables] = {
    "a joiner": {"employees": [*CHART["employees"], {"name": "another", "departments": []}]},
    "no joiner": {"employees": CHART["employees"][:-1]},
    "another department": {"employees": [*CHART["employees"][:-1], {**JOINER, "departments": ["it"]}]},
    "another tag": {"employees": [*LEAVERS, *STAYERS[4:7], {**MOVER, "tags": {"team": "blue"}}, JOINER]},
    "another document": {"departments": [{**SALES, "inline_policies": {"own": document("s3:*")}}, DEPARTMENTS[1]]},
    "a fault": {"employees": [*CHART["employees"], {"name": "x y", "departments": []}]},
    "only one person": {"only": ["p07"]},
}


def stopped_by(approved: str, stopped: Variables) -> bool:
    """Whether the run was stopped because the plan is another one, and shows that."""
    now = stopped["plan_id"]
    told = stopped["msg"].startswith(f"plan: {approved} was approved, and now the plan is {now}: ")
    shown = "What would have changed:" in stopped["summary"] and stopped["summary"][-1] == f"plan {now}"
    return told and shown and now != approved


@pytest.mark.parametrize("what", BY_HAND)
def test_a_change_by_hand_since_the_preview_stops_it(sandbox: Sandbox, before: Variables, iam: Any, what: str) -> None:
    approved = run(sandbox, check=True)["plan_id"]
    BY_HAND[what](iam)
    changed = sandbox.state()
    assert changed != before
    assert stopped_by(approved, run(sandbox, plan=approved))
    assert sandbox.state() == changed


def test_a_change_of_the_lists_since_the_preview_stops_it(sandbox: Sandbox, before: Variables) -> None:
    approved = run(sandbox, check=True)["plan_id"]
    for what, changed in IN_THE_LISTS.items():
        assert stopped_by(approved, run(sandbox, plan=approved, **changed)), what
    assert sandbox.state() == before


def test_what_is_no_part_of_the_plan_does_not_stop_it(sandbox: Sandbox, before: Variables, iam: Any) -> None:
    """The brake stops the preview and tells the plan. Another order and another day make no other plan."""
    preview = run(sandbox, check=True)
    assert preview["msg"].startswith("losses: ")
    later = mock.Mock(
        wraps=datetime.datetime, now=lambda zone: datetime.datetime.now(zone) + datetime.timedelta(days=3)
    )
    iam.create_user(UserName="somebody.else")
    other_order = {"departments": DEPARTMENTS[::-1], "employees": CHART["employees"][::-1]}
    with mock.patch.object(workforce, "datetime", mock.Mock(wraps=datetime, datetime=later, UTC=datetime.UTC)):
        done = run(sandbox, plan=preview["plan_id"], **other_order)
    assert done.get("msg") is None
    assert done["plan_id"] == preview["plan_id"]
    assert [one["name"] for one in done["leavers"]] == ["p00", "p01", "p02", "p03"]
    assert done["joiners"] == ["new.one"]
    assert not any(line.startswith("plan ") for line in done["summary"])
    # It is done: now there is another plan, which is not approved.
    again = run(sandbox, plan=preview["plan_id"])
    assert again["msg"].startswith(f"plan: {preview['plan_id']} was approved")


def test_the_same_from_the_command_line(playbook: Run, sandbox: Sandbox, before: Variables) -> None:
    stopped = playbook("workforce.aws.onboard", extra_vars=CHART, arguments=["-e", "onboard_plan="]).failed()
    assert stopped.result(FAIL)["msg"].startswith(
        "STOPPED, nothing was changed: plan: is empty, so nothing was changed; "
    )
    assert sandbox.state() == before
    told = stopped.page(SUMMARY)[-1]
    plan = told.removeprefix("plan ")
    done = playbook("workforce.aws.onboard", extra_vars=CHART, arguments=["-e", f"onboard_plan={plan}"]).succeeded()
    assert done.result(RUN)["plan_id"] == plan
