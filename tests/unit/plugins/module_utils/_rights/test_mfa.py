# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MFA for everybody, by the account's settings; and the people who have nothing but access keys."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart.chart import read_chart
from ansible_collections.workforce.aws.plugins.module_utils._chart.values import Chart, ChartSettings
from ansible_collections.workforce.aws.plugins.module_utils._core.mfa import NAME, POLICY
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Directory
from ansible_collections.workforce.aws.plugins.module_utils._plan.plan import make_plan
from ansible_collections.workforce.aws.plugins.module_utils._rights.mfa import (
    caller_faults,
    key_warnings,
    with_account_mfa,
)

from tests.support.rights import DEPARTMENTS, EMPLOYEES, faults_with

EVERYONE: t.Final = {"name": "Everyone"}


def required(account_settings: object, everyone: object, employees: object = tuple(EMPLOYEES)) -> Chart:
    """The chart once the account's settings are heard."""
    read = read_chart(DEPARTMENTS, employees, ChartSettings(everyone=everyone))
    return with_account_mfa(read, account_settings, everyone)


def carriers(chart: Chart) -> list[str]:
    """The departments with the policy; all others are to be without it."""
    found = [group.name for group in chart.desired.groups if (group.inline or {}).get(NAME) == POLICY]
    assert [one.name for one in chart.desired.groups if NAME not in one.inline_absent] == found
    return found


@pytest.mark.parametrize(
    ("settings", "own", "found"),
    [
        (None, {}, []),
        ({"alias": "acme"}, {}, []),
        ({"require_mfa": False}, {}, []),
        ({"require_mfa": "yes"}, {}, ["Everyone"]),
        ({"require_mfa": True}, {"require_mfa": True}, ["Everyone"]),
        (None, {"require_mfa": True}, ["Everyone"]),
        ({"alias": "acme"}, {"require_mfa": True}, ["Everyone"]),
    ],
)
def test_it_acts_through_the_department_of_all_employees(settings: object, own: t.Any, found: list[str]) -> None:
    """Which is also asked by its own entry, like any department."""
    chart = required(settings, {**EVERYONE, **own})
    assert chart.faults == ()
    assert carriers(chart) == found
    assert chart.require_mfa == {name.lower() for name in found}


def test_without_that_department_it_is_a_fault() -> None:
    assert [str(fault) for fault in required({"require_mfa": True}, None).faults] == [
        "account_settings: has require_mfa, which acts through the department of all employees; "
        "write onboard_everyone, too"
    ]
    assert required({"require_mfa": False}, None).faults == ()


@pytest.mark.parametrize("account", [True, False])
def test_two_places_that_differ_are_a_fault(account: bool) -> None:
    chart = required({"require_mfa": account}, {**EVERYONE, "require_mfa": not account})
    assert [str(fault) for fault in chart.faults] == [
        "department Everyone: has another require_mfa than account_settings; write it in one of them alone"
    ]


@pytest.mark.parametrize("wrong", ["null", [], {"require_mfa": "ture"}, {"require_mfa": None}])
def test_what_cannot_be_read_is_told_once(wrong: object) -> None:
    """Where the settings are read, and a fault takes no deny away."""
    assert required(wrong, EVERYONE).faults == ()
    assert len(faults_with(account_settings=wrong)) == 1
    assert faults_with(account_settings={"require_mfa": "no"}) == []


PEOPLE: t.Final[list[dict[str, t.Any]]] = [
    {"name": "asha", "departments": ["platform"], "console": False, "access_key": True},
    {"name": "bot", "departments": ["sales"], "console": False},
    {"name": "li", "departments": ["platform"]},
]


def warned(employees: t.Any, before: t.Any = None, departments: object = None) -> list[str]:
    departments = departments or [{"name": "platform", "require_mfa": True}, {"name": "sales"}]
    chart = read_chart(departments, employees, ChartSettings())
    plan = make_plan(chart.desired, before or Directory({}, {}))
    return key_warnings(chart.desired, plan.steps, chart.require_mfa)


def test_who_has_nothing_but_keys_is_warned_of_once() -> None:
    """By number and name, those with a password and those of other departments not."""
    (told,) = warned(PEOPLE)
    assert told.startswith("MFA is required of 1 without a console password (asha): ")
    many = [{**PEOPLE[0], "name": f"u{number:02}"} for number in range(12)]
    (told,) = warned(many)
    assert "12 without a console password (u00, u01, u02, u03, u04, u05, u06, u07, u08, u09 and 2 more)" in told
    assert warned(PEOPLE[1:]) == []
    assert warned(PEOPLE, departments=[{"name": "platform"}, {"name": "sales"}]) == []


@pytest.mark.parametrize(
    ("caller", "count"), [("user/ops/Asha", 1), ("user/li", 0), ("user/runner", 0), ("assumed-role/asha/asha", 0)]
)
def test_the_job_does_not_lock_itself_out(caller: str, count: int) -> None:
    """Its user would be denied the rest of the run, and the next one."""
    chart = read_chart([{"name": "platform", "require_mfa": True}, {"name": "sales"}], EMPLOYEES, ChartSettings())
    told = [str(fault) for fault in caller_faults(chart, f"arn:aws:iam::123456789012:{caller}")]
    assert len(told) == count
    assert all(one.startswith("employee asha: runs this job, and is in a department that requires MFA") for one in told)


def test_a_run_that_changes_nothing_for_them_is_silent() -> None:
    """Neither MFA nor a key is new."""
    chart = read_chart([{"name": "platform", "require_mfa": True}, {"name": "sales"}], PEOPLE, ChartSettings())
    assert key_warnings(chart.desired, (), chart.require_mfa) == []
