# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Listed people whose marks are missing, changed, or somebody else's."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart.chart import read_chart
from ansible_collections.workforce.aws.plugins.module_utils._chart.values import ChartSettings
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import DesiredUser, Suspension
from ansible_collections.workforce.aws.plugins.module_utils._core.model import User
from ansible_collections.workforce.aws.plugins.module_utils._identity.settings import RosterSettings
from ansible_collections.workforce.aws.plugins.module_utils._plan.after import after
from ansible_collections.workforce.aws.plugins.module_utils._plan.plan import make_plan
from ansible_collections.workforce.aws.plugins.module_utils._roster.roster import settle

from tests.support.roster import AT, DEPARTMENTS, NOW, directory, only_user, settled, stranger, told, user

CUT: t.Final = DesiredUser("eve", create=False, suspend=Suspension("list", AT))
BEN: t.Final = {"name": "ben"}
MARKS: t.Final = {
    "none": stranger("eve"),
    "another value": user("eve", tags={"workforce:managed": "x"}),
    "another id": user("eve", employee_id="9999"),
}


@pytest.mark.parametrize("state", ["suspended", "absent"])
@pytest.mark.parametrize("marks", MARKS)
def test_a_leaver_of_the_list_is_cut_whatever_the_marks(marks: str, state: str) -> None:
    entry = {"name": "eve", "employee_id": "7", "state": state}
    roster = settled([entry, BEN], MARKS[marks], user("ben"))
    # What was removed cannot be given back, so that the marks have to agree before.
    assert CUT in roster.desired.users
    assert roster.faults
    assert not any(fault.stops_giving for fault in roster.faults)
    assert not any(fault.stops_giving for fault in roster.faults)
    # The account need not be one that we know.
    assert CUT in settled([entry], MARKS[marks]).desired.users


def test_a_leaver_is_cut_by_the_id_where_no_name_says_who_it_is() -> None:
    entry = {"name": "eve.new", "employee_id": "7", "state": "suspended"}
    for eve in (user("eve", employee_id="7"), stranger("eve", tags={"workforce:employee-id": "7"})):
        assert only_user(settled([entry], eve)) == CUT
        assert CUT not in settled([entry, {"name": "eve"}], eve).desired.users


def test_one_user_without_the_mark_stops_nobody_else_where_we_are_known() -> None:
    employees = [{"name": "eve"}, BEN, {"name": "joiner"}]
    roster = settled(employees, stranger("eve"), user("ben"))
    assert {"ben", "joiner"} <= {one.name for one in roster.desired.users}
    assert told(roster)[0].startswith("employee eve: exists in the account and is not managed. Nothing was given")
    assert not roster.faults[0].stops_giving
    assert settled(employees, stranger("eve"), stranger("ben")).faults[0].stops_giving


@pytest.mark.parametrize("marks", MARKS)
def test_the_list_still_takes_away_from_whom_it_gives_nothing(marks: str) -> None:
    employees = [{"name": "eve", "employee_id": "7", "departments": ["sales"]}, BEN]
    account = directory(MARKS[marks], user("ben"), members=[("eve", "it")])
    settings = ChartSettings()
    chart = read_chart(DEPARTMENTS, employees, settings)
    roster = settle(chart, account, settings, RosterSettings(NOW))
    steps = [step for step in make_plan(roster.desired, account).steps if step.subject.name == "eve"]
    assert [step.operation for step in steps] == ["RemoveUserFromGroup"]
    assert after(account, steps).groups_of("eve") == frozenset()


def test_policies_are_taken_only_where_a_tag_of_ours_is_left() -> None:
    arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    parts: dict[str, t.Any] = {"attached": {arn: "ReadOnlyAccess"}, "inline": {"own": {"Statement": []}}}
    entry = {"name": "eve", "employee_id": "7", "managed_policies": [], "inline_policies": {}, "boundary": arn}

    def taken(eve: User) -> list[str]:
        roster = settled([entry, BEN], eve, user("ben"))
        steps = make_plan(roster.desired, directory(eve, user("ben"))).steps
        return sorted(step.operation for step in steps if step.subject.name == "eve")

    forged = taken(user("eve", employee_id="9", **parts))
    assert forged == ["DeleteUserPolicy", "DetachUserPolicy", "PutUserPermissionsBoundary"]
    assert taken(User("eve", tags={}, boundary="", **parts)) == []


def test_nothing_is_taken_from_who_is_protected() -> None:
    roster = settled([{"name": "eve", "employee_id": "7"}], user("eve", employee_id="9"), protected=("eve",))
    assert (roster.desired.users, len(roster.faults)) == ((), 1)
