# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""With everything on remove, people have what the chart writes and nobody else has a place in a department.

The account after the plan is compared with the entries as they are written, by other code than finds and plans.
"""

from __future__ import annotations

import dataclasses
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._beside.findings import key_findings
from ansible_collections.workforce.aws.plugins.module_utils._chart.chart import read_chart
from ansible_collections.workforce.aws.plugins.module_utils._chart.values import ChartSettings
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Credentials, Directory, Group, Role, User
from ansible_collections.workforce.aws.plugins.module_utils._core.revoked_sessions import POLICY_NAME as SESSIONS
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Fault, Phase, Step
from ansible_collections.workforce.aws.plugins.module_utils._core.suspension import DENY_NAME, is_denied
from ansible_collections.workforce.aws.plugins.module_utils._core.tags import MARK, managed
from ansible_collections.workforce.aws.plugins.module_utils._identity.beside_settings import (
    KINDS,
    MODES,
    Modes,
    modes_of,
)
from ansible_collections.workforce.aws.plugins.module_utils._identity.settings import RosterSettings
from ansible_collections.workforce.aws.plugins.module_utils._plan.after import after
from ansible_collections.workforce.aws.plugins.module_utils._plan.plan import leaving_steps, make_plan
from ansible_collections.workforce.aws.plugins.module_utils._report.beside import Beside, beside_lines
from ansible_collections.workforce.aws.plugins.module_utils._rights.assumption import with_rights
from ansible_collections.workforce.aws.plugins.module_utils._roster.roster import Roster, settle
from hypothesis import event, given
from hypothesis import strategies as st

from tests.support.rights import ACCOUNT, chart_with
from tests.support.roster import NOW, stranger, user

ARNS: t.Final = [f"arn:aws:iam::aws:policy/{name}" for name in ("AdministratorAccess", "ReadOnlyAccess", "AWSDenyAll")]
ALLOW: t.Final = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
REFUSE: t.Final = {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}
# legacy is adopted by name; nobody manages shadow.
PATHS: t.Final = {"sales": "/workforce/", "it": "/workforce/", "legacy": "/", "shadow": "/"}
OURS: t.Final = ["sales", "it", "legacy"]
SETTINGS: t.Final = ChartSettings(adopted=frozenset({"Legacy"}))
LISTED: t.Final = ["asha", "ben", "cleo"]
REMOVE: t.Final[Modes] = dict.fromkeys(KINDS, "remove")

POLICIES = st.sets(st.sampled_from(ARNS), max_size=2).map(sorted)
INLINE: t.Final[st.SearchStrategy[dict[str, t.Any]]] = st.dictionaries(
    st.sampled_from(["own", "Other"]), st.sampled_from([ALLOW, REFUSE]), max_size=2
)
GROUPS = st.sets(st.sampled_from(sorted(PATHS)), max_size=3).map(sorted)


class Case(t.NamedTuple):
    """The two lists, and an account that somebody wrote in by hand."""

    departments: list[dict[str, t.Any]]
    employees: list[dict[str, t.Any]]
    account: Directory


def entries(name: str, **more: st.SearchStrategy[t.Any]) -> st.SearchStrategy[dict[str, t.Any]]:
    keys = {"managed_policies": POLICIES, "inline_policies": INLINE, **more}
    return st.fixed_dictionaries({"name": st.just(name)}, optional=keys)


def people(name: str) -> st.SearchStrategy[User]:
    """A user of that name: ours, ours no more, suspended, or never ours."""
    parts = {
        "attached": POLICIES.map(lambda arns: {arn: arn.rpartition("/")[2] for arn in arns}),
        "inline": INLINE,
        "boundary": st.sampled_from(["", ARNS[1]]),
    }
    ours = st.builds(user, st.just(name), **parts)
    # The deny of a suspension and another one beside it is for the tests of suspensions.
    allowing = {**parts, "attached": st.just({ARNS[0]: "AdministratorAccess"})}
    ours |= st.builds(user, st.just(name), st.sampled_from(["list", "person"]), **allowing)
    plain = st.builds(lambda **more: dataclasses.replace(stranger(name), **more), **parts)
    lost = plain.map(lambda one: dataclasses.replace(one, tags={"workforce:managed": "x"}))
    return ours if name in LISTED else st.one_of(ours, plain, lost)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    departments = [draw(entries(name)) for name in OURS]
    places = st.sets(st.sampled_from(OURS), max_size=2).map(sorted)
    more = {"departments": places, "boundary": st.sampled_from(["", ARNS[1]])}
    employees = [draw(entries(name, **more)) for name in LISTED if name == "asha" or draw(st.booleans())]
    # asha is always ours: else the account is one that was never managed.
    names = ["asha", *draw(st.sets(st.sampled_from([*LISTED[1:], "mallory", "eve"])).map(sorted))]
    users = [user("asha") if name == "asha" and draw(st.booleans()) else draw(people(name)) for name in names]
    groups = {
        name: Group(
            name,
            path=path,
            attached={arn: arn.rpartition("/")[2] for arn in draw(POLICIES)},
            inline=draw(INLINE),
        )
        for name, path in PATHS.items()
    }
    pairs = frozenset((name, group) for name in names for group in draw(GROUPS))
    return Case(departments, employees, Directory({one.name: one for one in users}, groups, pairs))


class Run(t.NamedTuple):
    """What a run comes to."""

    roster: Roster
    steps: t.Sequence[Step]
    account: Directory


def run(case: Case, account: Directory, faults: t.Sequence[Fault] = (), **settings: t.Any) -> Run:
    chart = read_chart(case.departments, case.employees, SETTINGS)
    assert not chart.faults
    told = RosterSettings(NOW, **{"unlisted": "suspend", "beside": REMOVE, **settings})
    roster = settle(chart, account, SETTINGS, told)
    plan = make_plan(roster.desired, account)
    assert not plan.faults
    stopped = any(fault.stops_giving for fault in (*roster.faults, *faults))
    steps = leaving_steps(roster.desired, account) if stopped else plan.steps
    return Run(roster, steps, after(account, steps))


def has(carrier: User | Group) -> tuple[list[str], list[str]]:
    stored = {name.lower() for name in carrier.inline or {} if name != DENY_NAME}
    return sorted(carrier.attached or {}), sorted(stored)


def writes(entry: t.Mapping[str, t.Any]) -> tuple[list[str], list[str]]:
    return sorted(entry.get("managed_policies", ())), sorted(name.lower() for name in entry.get("inline_policies", ()))


@given(cases())
def test_after_a_run_that_removes_everything_people_have_what_the_chart_writes(case: Case) -> None:
    done = run(case, case.account)
    listed = {entry["name"]: entry for entry in case.employees}
    for entry in case.departments:
        assert has(done.account.groups[entry["name"]]) == writes(entry)
    for name, entry in listed.items():
        person = done.account.users[name]
        if is_denied(person):
            continue
        assert has(person) == writes(entry)
        assert sorted(done.account.groups_of(name)) == sorted(entry.get("departments", ()))
        assert (person.boundary or "") == entry.get("boundary", "")
    for name in OURS:
        for member in done.account.members_of(name):
            entry = listed.get(member, {})
            assert name in entry.get("departments", ()) or is_denied(done.account.users[member])
    event(f"{len(done.roster.found)} findings")
    again = run(case, done.account)
    assert not again.steps
    assert {one.kind for one in again.roster.found} <= {"marks"}


@given(cases())
def test_who_is_nobody_of_ours_keeps_everything_elsewhere(case: Case) -> None:
    done = run(case, case.account)
    for name, before in case.account.users.items():
        if not managed(before) and not before.tags:
            assert done.account.users[name] == before
            assert done.account.groups_of(name) - set(OURS) == case.account.groups_of(name) - set(OURS)
    assert done.account.groups["shadow"] == case.account.groups["shadow"]


@given(cases())
def test_whatever_is_wrong_with_giving_nobody_gains_by_what_is_taken_away(case: Case) -> None:
    done = run(case, case.account, [Fault("mail", "is down")])
    whole = run(case, case.account)
    assert {step.operation for step in done.steps} <= {
        *("DetachUserPolicy", "DeleteUserPolicy", "RemoveUserFromGroup", "DetachGroupPolicy", "DeleteGroupPolicy"),
        *("PutUserPolicy", "TagUser", "UpdateAccessKey", "DeleteLoginProfile"),
    }
    assert all(step.phase == Phase.LEAVERS for step in done.steps)
    assert [step for step in whole.steps if step.phase == Phase.LEAVERS] == list(done.steps)
    for step in done.steps:
        if step.operation in ("DetachUserPolicy", "DetachGroupPolicy"):
            assert "AWSDeny" not in step.params["PolicyArn"]
        elif step.operation in ("DeleteUserPolicy", "DeleteGroupPolicy"):
            carriers: t.Mapping[str, t.Any] = {**case.account.users, **case.account.groups}
            assert carriers[step.subject.name].inline[step.params["PolicyName"]] == ALLOW


@given(cases(), st.dictionaries(st.sampled_from(KINDS), st.sampled_from(MODES)))
def test_every_finding_is_told_taken_away_or_a_fault(case: Case, modes: dict[str, t.Any]) -> None:
    done = run(case, case.account, beside=modes)
    told = "\n".join(map(str, done.roster.faults))
    for one in done.roster.found:
        mode = modes.get(one.kind, "report")
        if mode == "fail" and not one.told:
            assert f"{one.kind}: " in told
        if one.told:
            assert one.item[1] in told
    # What is not to be removed is found again, and nothing else is.
    kept = {(one.kind, one.subject, one.item) for one in done.roster.found if modes.get(one.kind) != "remove"}
    again = run(case, done.account, beside=modes)
    left = {(one.kind, one.subject, one.item) for one in again.roster.found}
    gone = {name for name in done.account.users if is_denied(done.account.users[name])}
    assert left == {one for one in kept if one[2][1] not in gone}
    assert not again.steps


def test_what_an_entry_accepts_is_no_finding() -> None:
    arns = {arn: arn.rpartition("/")[2] for arn in ARNS[:2]}
    asha = user("asha", attached=arns, inline={"Own": ALLOW}, boundary=ARNS[1])
    groups = {name: Group(name, path=path, attached=arns, inline={"own": ALLOW}) for name, path in PATHS.items()}
    pairs = frozenset({("asha", "sales"), ("asha", "shadow"), ("mallory", "it")})
    account = Directory({"asha": asha, "mallory": stranger("mallory")}, groups, pairs)
    policies = ["policy administratoraccess", f"policy {ARNS[1]}", "inline OWN"]
    departments = [{"name": name, "beside": [*policies, "member Mallory"]} for name in OURS]
    person = [*policies, "group Shadow", "boundary ReadOnlyAccess"]
    case = Case(departments, [{"name": "asha", "departments": ["sales"], "beside": person}], account)
    for mode in MODES:
        done = run(case, account, beside=dict.fromkeys(KINDS, mode))
        assert (done.roster.found, done.roster.faults, list(done.steps)) == ((), (), [])
    for item in person:
        less = {**case.employees[0], "beside": [one for one in person if one != item]}
        assert len(run(case._replace(employees=[less]), account).roster.found) == 1


def test_what_suspends_somebody_is_no_finding() -> None:
    account = Directory({"asha": user("asha", by="list", attached={ARNS[2]: "AWSDenyAll"})}, {})
    done = run(Case([], [{"name": "asha"}], account), account)
    assert [one.kind for one in done.roster.found] == []


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({}, True),
        ({"access_key": False}, True),
        ({"access_key": True}, False),
        ({"beside": ["key AKIAIOSFODNN7EXAMPLE"]}, False),
        ({"boundary": 7}, False),
    ],
)
def test_an_active_key_that_no_entry_asks_for_is_told_where_keys_were_read(entry: dict[str, t.Any], told: bool) -> None:
    keys = {"AKIAIOSFODNN7EXAMPLE": True, "AKIAI44QH8DHBEXAMPLE": False}
    made = {"AKIAIOSFODNN7EXAMPLE": NOW}
    asha = user("asha", credentials=Credentials(access_keys=keys, keys_made=made))
    chart = read_chart([], [{"name": "asha", **entry}], SETTINGS)
    roster = settle(chart, Directory({"asha": asha}, {}), SETTINGS, RosterSettings(NOW))
    found = key_findings(roster.desired, Directory({"asha": asha}, {}), chart.people)
    assert [(one.kind, one.item[1], one.since) for one in found] == (
        [("access_keys", "AKIAIOSFODNN7EXAMPLE", NOW.isoformat())] if told else []
    )
    unread = Directory({"asha": dataclasses.replace(asha, credentials=None)}, {})
    assert key_findings(roster.desired, unread, chart.people) == ()


def test_a_department_that_is_not_ours_is_left_to_its_members() -> None:
    groups = {"ops": Group("ops", path="/", attached={}, inline={})}
    account = Directory({"asha": user("asha")}, groups, frozenset({("asha", "ops")}))
    case = Case([{"name": "ops"}], [{"name": "asha", "departments": ["ops"]}], account)
    for adopt in (True, False):
        done = run(case, account, adopt=adopt)
        assert (done.roster.found, list(done.steps)) == ((), [])


def test_settings_are_a_word_or_words_by_kind() -> None:
    assert modes_of(None) == modes_of("") == ({}, ())
    assert modes_of("fail")[0] == dict.fromkeys(KINDS, "fail")
    assert modes_of({"members": "remove"}) == ({"members": "remove"}, ())
    for written in ("Remove", {"members": "no"}, {"mark": "report"}, ["fail"], 3, {"members": ["fail"]}):
        modes, faults = modes_of(written)
        assert (modes, len(faults)) == ({}, 1)
        assert not faults[0].stops_cutting


def test_what_the_chart_writes_for_roles_and_boundaries_is_not_beside_it() -> None:
    """Also where the entries have neither `inline_policies` nor `boundary`, so that both are not exact."""
    inline = {"workforce-roles": ALLOW, "by-hand": ALLOW}
    account = Directory(
        users={name: user(name, boundary=ARNS[1]) for name in ("asha", "ben")},
        groups={name: Group(name, path="/workforce/", attached={}, inline=inline) for name in ("sales", "it")},
        memberships=frozenset({("asha", "sales"), ("ben", "it")}),
    )
    departments = [{"name": "sales", "boundary": ARNS[1]}, {"name": "it"}]
    employees = [{"name": "asha", "departments": ["sales"]}, {"name": "ben", "departments": ["it"]}]
    chart, rights = chart_with(departments, employees, roles=[{"name": "reader", "assumed_by": ["sales"]}])
    chart = dataclasses.replace(chart, desired=with_rights(chart.desired, rights, ACCOUNT))
    found = settle(chart, account, ChartSettings(), RosterSettings(now=NOW)).found
    told = [(one.subject, one.what) for one in found]
    assert told == [
        ("sales", "has the inline policy by-hand, which the list does not write"),
        ("it", "has the inline policy by-hand, which the list does not write"),
        ("ben", "has the boundary ReadOnlyAccess"),
    ]


def test_roles_of_ours_that_no_list_names_and_what_an_entry_of_a_role_leaves_out() -> None:
    def role(name: str, **parts: t.Any) -> Role:
        held: dict[str, t.Any] = {"attached": {ARNS[1]: "ReadOnlyAccess"}, "inline": {"own": ALLOW, SESSIONS: REFUSE}}
        return Role(name, **({"tags": MARK} | held | parts))

    here = [role("reader"), role("exact"), role("old"), role("theirs", tags={}), role("left")]
    mallory = dataclasses.replace(stranger("mallory"), tags={"workforce:role.reader": "yes"})
    users = {"asha": user("asha"), "mallory": mallory}
    account = Directory(users, {}, roles={one.name: one for one in here}, all_roles=True)
    exact = {"name": "exact", "assumed_by": [], "managed_policies": [], "inline_policies": {}}
    listed = [{"name": "reader", "assumed_by": ["sales"]}, exact, {"name": "left", "state": "absent"}]
    chart, rights = chart_with([{"name": "sales"}], [{"name": "asha"}], roles=listed)
    chart = dataclasses.replace(chart, desired=with_rights(chart.desired, rights, ACCOUNT))
    settled = settle(chart, account, ChartSettings(), RosterSettings(now=NOW, beside=REMOVE))
    assert [(one.kind, one.subject, one.item) for one in settled.found] == [
        ("marks", "mallory", ("mark", "mallory")),
        ("roles", "old", ("role", "old")),
        ("role_policies", "reader", ("policy", ARNS[1])),
        ("role_policies", "reader", ("inline", "own")),
    ]
    assert any("bears the tags workforce:role.reader=yes" in str(fault) for fault in settled.faults)
    assert settled.desired.roles == ()
    lines = list(beside_lines(Beside(settled.found, REMOVE)))
    assert "  reader: has ReadOnlyAccess, which the list does not write; has the inline policy own" in lines[2]
    # Where roles are not listed, or not all were read, nothing is told of them.
    for chart_of, directory in (
        (chart, dataclasses.replace(account, all_roles=False)),
        (chart_with([{"name": "sales"}], [{"name": "asha"}])[0], account),
    ):
        found = settle(chart_of, directory, ChartSettings(), RosterSettings(now=NOW)).found
        assert [one.kind for one in found] == ["marks"]
