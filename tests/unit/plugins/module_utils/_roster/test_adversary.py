# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody who may write and delete any tag on one user, and acts as that user, gains nothing and is always named.

The same account is settled twice: as the job left it, and after mallory wrote what she liked on her own user.
"""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from ansible_collections.workforce.aws.plugins.module_utils._chart.chart import read_chart
from ansible_collections.workforce.aws.plugins.module_utils._chart.values import ChartSettings
from ansible_collections.workforce.aws.plugins.module_utils._core.model import (
    Credentials,
    Directory,
    Group,
    LoginProfile,
    User,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Step
from ansible_collections.workforce.aws.plugins.module_utils._core.suspension import DENY_NAME, By, deny, is_denied
from ansible_collections.workforce.aws.plugins.module_utils._core.tags import MARK, OUR_TAG_PREFIX, managed
from ansible_collections.workforce.aws.plugins.module_utils._identity.settings import RosterSettings
from ansible_collections.workforce.aws.plugins.module_utils._plan.after import after
from ansible_collections.workforce.aws.plugins.module_utils._plan.plan import leaving_steps, make_plan
from ansible_collections.workforce.aws.plugins.module_utils._roster.roster import Roster, settle
from hypothesis import event, given, settings
from hypothesis import strategies as st

NOW: t.Final = datetime.datetime(2026, 11, 23, 21, 28, 5, tzinfo=datetime.UTC)
AT: t.Final = "2026-11-01T00:00:00Z"
MALLORY: t.Final = "mallory"
# The ids of the list, by name; eve is a user of sen's id: she changed her name, and the list knows.
IDS: t.Final = {"asha": "1", "ben": "2", "cleo": "3", "sen": "5", MALLORY: "7"}
DEPARTMENTS: t.Final = ["sales", "it", "admins"]
MEMBERSHIPS = st.sets(st.sampled_from(DEPARTMENTS), max_size=2)
STATES = st.sampled_from(["present", "suspended", "absent", "ended", "waiting"])


class Case(t.NamedTuple):
    """A list and an account as the job left it, and what the run is told."""

    employees: list[dict[str, t.Any]]
    account: Directory
    settings: dict[str, t.Any]


class Result(t.NamedTuple):
    """What a run comes to."""

    roster: Roster
    steps: t.Sequence[Step]
    account: Directory


def entry(name: str, state: str, departments: set[str], with_id: bool) -> dict[str, t.Any]:
    days = {"ended": {"ends_on": "2026-11-22"}, "waiting": {"starts_on": "2026-11-24"}}
    written = days.get(state, {"state": state})
    ids = {"employee_id": IDS[name]} if with_id else {}
    return {"name": name, "departments": sorted(departments), **written, **ids}


def user(name: str, tags: dict[str, str], suspended: By | None) -> User:
    signs_in = suspended is None
    return User(
        name,
        arn=f"arn:aws:iam::1:user/{name}",
        user_id=f"AIDA{name.upper()}",
        tags={**MARK, **tags, **({} if suspended is None else {"workforce:suspended": f"{AT} {suspended}"})},
        boundary="",
        attached={},
        inline={} if suspended is None else {DENY_NAME: deny(suspended)},
        login_profile=LoginProfile(reset_required=False) if signs_in else False,
        credentials=Credentials(access_keys={f"AKIA{name.upper()}": signs_in}),
    )


def _ids(employees: t.Iterable[dict[str, t.Any]]) -> set[frozenset[str]]:
    return {frozenset({one["employee_id"]}) for one in employees if "employee_id" in one}


@st.composite
def cases(draw: st.DrawFn) -> Case:
    # Somebody is always ours, or the account is one that was never managed.
    employees = [entry("ben", "present", {"sales"}, with_id=True)]
    users, members = [user("ben", {"workforce:employee-id": "2"}, None)], [("ben", "sales")]
    for name in ("asha", "cleo", "sen", MALLORY):
        if draw(st.integers(0, 2)) == 0:
            continue
        employees.append(entry(name, draw(STATES), draw(MEMBERSHIPS), with_id=draw(st.booleans()) or name == "sen"))
    listed = {one["name"]: one for one in employees}
    for name in ("asha", "cleo", "eve", MALLORY):
        if name != MALLORY and not draw(st.booleans()):
            continue
        employee_id = "5" if name == "eve" else listed.get(name, {}).get("employee_id")
        tags = {} if employee_id is None else {"workforce:employee-id": employee_id}
        users.append(user(name, tags, draw(st.sampled_from([None, None, "list", "person"]))))
        members += [(name, group) for group in sorted(draw(MEMBERSHIPS))]
    account = Directory(
        users={one.name: one for one in users},
        groups={name: Group(name, path="/workforce/", attached={}, inline={}) for name in DEPARTMENTS},
        memberships=frozenset(members),
    )
    told = {
        "unlisted": draw(st.sampled_from(["ignore", "suspend", "remove"])),
        "readmit": draw(st.sampled_from([frozenset(), frozenset({"2"}), *({frozenset({"1"})} & _ids(employees))])),
        "remove_after_days": draw(st.sampled_from([None, 30])),
    }
    return Case(employees, account, told)


FORGERIES = st.fixed_dictionaries(
    {},
    optional={
        "workforce:managed": st.sampled_from([None, "onboard", "x"]),
        "workforce:employee-id": st.sampled_from([None, *IDS.values(), "9999"]),
        "workforce:suspended": st.sampled_from([None, f"{AT} list", f"{AT} person", "2020-01-01T00:00:00Z list", "x"]),
        "workforce:credential": st.sampled_from([None, "pending", f"delivered {AT} mail", "x"]),
        "team": st.just("blue"),
    },
)


def forged(account: Directory, tags: t.Mapping[str, str | None]) -> Directory:
    """The account after mallory wrote and deleted tags on her user."""
    mallory = account.users[MALLORY]
    written = {key: value for key, value in {**(mallory.tags or {}), **tags}.items() if value is not None}
    return dataclasses.replace(account, users={**account.users, MALLORY: dataclasses.replace(mallory, tags=written)})


def run(case: Case, account: Directory) -> Result:
    chart_settings = ChartSettings()
    chart = read_chart([{"name": name} for name in DEPARTMENTS], case.employees, chart_settings)
    assert not chart.faults
    roster = settle(chart, account, chart_settings, RosterSettings(NOW, **case.settings))
    plan = make_plan(roster.desired, account)
    stopped = any(fault.stops_giving for fault in (*roster.faults, *plan.faults))
    steps = leaving_steps(roster.desired, account) if stopped else plan.steps
    return Result(roster, steps, after(account, steps))


def mallory_of(account: Directory) -> User | None:
    """Her user, under whatever name."""
    return next((one for one in account.users.values() if one.user_id == "AIDAMALLORY"), None)


def can_act(one: User) -> bool:
    signs_in = bool(one.login_profile) or any(t.cast("Credentials", one.credentials).access_keys.values())
    return signs_in and not is_denied(one)


def words(result: Result) -> str:
    """All that a person reads."""
    notes = result.roster.notes
    lines = [*map(str, result.roster.faults), *notes.warnings, *notes.leavers, *notes.held, *notes.unlisted]
    return "\n".join([*lines, *(step.subject.name for step in result.steps)])


def is_known(account: Directory) -> bool:
    tags = account.users[MALLORY].tags or {}
    return any(key.startswith(OUR_TAG_PREFIX) for key in tags) or bool(account.groups_of(MALLORY))


def red(result: Result) -> bool:
    return any(MALLORY in str(fault) for fault in result.roster.faults)


@given(cases(), FORGERIES)
@settings(max_examples=10 * settings().max_examples)
def test_whoever_writes_tags_on_the_own_user_gains_nothing(case: Case, tags: dict[str, str | None]) -> None:
    account = forged(case.account, tags)
    honest, result = run(case, case.account), run(case, account)
    listed = {one["name"]: one for one in case.employees}
    there = mallory_of(result.account)
    event(f"{listed.get(MALLORY, {}).get('state', 'not listed or by days')}, red: {red(result)}")
    _gains_nothing(listed.get(MALLORY), there, case, result)
    _hinders_nobody(case, account, listed, honest, result)
    if _differs(mallory_of(honest.account), there) and (MALLORY in listed or is_known(account)):
        # Of a user in no list, without a tag of ours and in no department of ours, nothing is known or ours to take.
        assert MALLORY in words(result)


def _differs(honest: User | None, there: User | None) -> bool:
    """Whether something else came of her; a user that is denied everything is as good as removed."""
    if honest is None:
        return there is not None and can_act(there)
    return there is None or dataclasses.replace(honest, tags=None) != dataclasses.replace(there, tags=None)


def _gains_nothing(entry: dict[str, t.Any] | None, there: User | None, case: Case, result: Result) -> None:
    if there is None:
        return
    assert there.name == MALLORY
    departments = result.account.groups_of(MALLORY)
    if entry is None:
        assert departments <= case.account.groups_of(MALLORY)
        bears_ours = any(key.startswith(OUR_TAG_PREFIX) for key in there.tags or {})
        if case.settings["unlisted"] != "ignore" and can_act(there) and (bears_ours or departments):
            assert red(result)
    elif entry.get("state") == "present":
        assert departments <= set(entry["departments"]) or not can_act(there)
    elif "starts_on" in entry and not any(key.startswith(OUR_TAG_PREFIX) for key in there.tags or {}):
        assert red(result)
    else:
        assert not can_act(there)


def _hinders_nobody(
    case: Case, account: Directory, listed: t.Mapping[str, t.Any], honest: Result, result: Result
) -> None:
    if _others(honest, {MALLORY}) == _others(result, {MALLORY}):
        return
    # Whose id a user bears that nobody lists waits in a red run, and so does who may be that person.
    assert red(result)
    assert MALLORY not in listed
    assert managed(account.users[MALLORY])
    employee_id = (account.users[MALLORY].tags or {}).get("workforce:employee-id")
    waiting = {name for name, one in listed.items() if one.get("employee_id") == employee_id}
    waiting = {name for name in waiting if name not in case.account.users} | ({"eve"} & set(case.account.users))
    assert _others(honest, {MALLORY, *waiting}) == _others(result, {MALLORY, *waiting})


def _others(result: Result, mine: set[str]) -> list[tuple[str, str, str]]:
    return sorted(
        (step.subject.name, step.operation, str(step.params)) for step in result.steps if step.subject.name not in mine
    )
