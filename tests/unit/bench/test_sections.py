# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bench's sections: each figure holds at its bar, and is missed just beyond it."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from tests.bench.accounts import Accounts, rates
from tests.bench.company import company, wide_company, writes_to_create
from tests.bench.found import Section
from tests.bench.full import LARGE, SMALL, Full
from tests.bench.issued import Issued
from tests.bench.limited import Limited, used_share
from tests.bench.loop import Loop, PerPerson
from tests.bench.measure import Run
from tests.bench.sides import CSV_FILE, JSON, USERS_TASK, YAML

LARGE_COMPANY, SMALL_COMPANY = wide_company(LARGE), wide_company(SMALL)
LARGE_WRITES = writes_to_create(LARGE_COMPANY)


def a_run(seconds: float = 1.0, **by_operation: int) -> Run:
    write = sum(count for name, count in by_operation.items() if not name.startswith(("Get", "List")))
    return Run(seconds, sum(by_operation.values()) - write, write, by_operation, write_seconds=0.0, output=0)


def with_writes(seconds: float, write_seconds: float, output: int = 0, peak_mb: float = 250, **writes: int) -> Run:
    run = a_run(seconds, **writes)
    return dataclasses.replace(run, write_seconds=write_seconds, output=output, peak_mb=peak_mb)


NO_OP = dataclasses.replace(a_run(8, GetAccountAuthorizationDetails=6, ListPolicies=5), output=10_000, peak_mb=250)
FULL = Full(
    companies={SMALL: SMALL_COMPANY, LARGE: LARGE_COMPANY},
    create={
        SMALL: with_writes(12, 10, peak_mb=100, **writes_to_create(SMALL_COMPANY)),
        LARGE: with_writes(120, 105, 20_000, **LARGE_WRITES),
    },
    bare=with_writes(100, 100),
    no_op={SMALL: dataclasses.replace(NO_OP, seconds=2, peak_mb=100), LARGE: NO_OP},
    by_format={JSON: NO_OP, CSV_FILE: NO_OP, YAML: a_run(20)},
    plain=NO_OP,
    joiner=a_run(GetAccountAuthorizationDetails=6, ListPolicies=5, GetLoginProfile=3, CreateUser=1),
    only_joiner=a_run(GetUser=1, CreateUser=1),
    loop_seconds=0.48,
)
ISSUED_COMPANY, HEALED_COMPANY = company(1_000, mailed=True), company(100, mailed=True)
ISSUED = Issued(
    ISSUED_COMPANY,
    create=a_run(15, GetLoginProfile=2_000, **writes_to_create(ISSUED_COMPANY)),
    bare=a_run(10),
    far=a_run(19.5),
    healed_company=HEALED_COMPANY,
    healed=a_run(GetLoginProfile=400, CreateLoginProfile=100, DeleteLoginProfile=100, TagUser=100),
)
LIMITED = Limited(900, {20: a_run(), 1: a_run()}, {20: 0.95, 1: 0.85}, {20: True, 1: True})
ACCOUNTS = Accounts(20, 250, a_run(16), a_run(10), right=20, done_without_one=19, pace=0.9)


def a_loop(seconds: float, small: Run, large: Run) -> PerPerson:
    return PerPerson((2, 12), small, dataclasses.replace(large, tasks={USERS_TASK: seconds, "Groups": 60.0}))


LOOP = Loop(
    create=a_loop(8.4, a_run(CreateUser=2, GetUser=8), a_run(CreateUser=12, GetUser=28)),
    no_op=a_loop(6.0, a_run(GetUser=10), a_run(GetUser=50)),
    one_user=a_run(GetUser=1, ListAttachedUserPolicies=1, ListPolicies=50),
    their_one_user=a_run(GetUser=20),
)


def missed(section: Section) -> list[str]:
    return [figure.name for figure in section.figures() if not figure.holds]


@pytest.mark.parametrize(("section", "figures"), [(FULL, 14), (ISSUED, 4), (LIMITED, 4), (ACCOUNTS, 4), (LOOP, 1)])
def test_all_hold_at_their_bars(section: Section, figures: int) -> None:
    assert missed(section) == []
    assert len(section.figures()) == figures


def changed(runs: dict[Any, Run], of: Any, **change: Any) -> dict[Any, Run]:
    return {**runs, of: dataclasses.replace(runs[of], **change)}


@pytest.mark.parametrize(
    ("change", "figures"),
    [
        (
            {"no_op": {**FULL.no_op, LARGE: dataclasses.replace(NO_OP, read=12)}, "joiner": a_run()},
            ["nothing to do, 5,000 people: calls, mail set up"],
        ),
        (
            {"no_op": {**FULL.no_op, LARGE: dataclasses.replace(NO_OP, read=9, write=1)}},
            [
                "nothing to do, 5,000 people: calls, mail set up",
                "one joiner among 5,000: calls beyond those of a run with nothing to do and the writes",
            ],
        ),
        (
            {"by_format": {**FULL.by_format, CSV_FILE: a_run(8.1)}},
            ["nothing to do, 5,000 people: whole run, lists as JSON or CSV"],
        ),
        ({"loop_seconds": 0.479}, ["nothing to do, 5,000 people: time per person, against the amazon.aws loop"]),
        (
            {"plain": dataclasses.replace(NO_OP, output=10_001)},
            ["nothing to do, 5,000 people: output, of the default and the JSON callback"],
        ),
        (
            {"create": changed(dict(FULL.create), LARGE, by_operation={**LARGE_WRITES, "CreateUser": LARGE - 1})},
            ["first import of 5,000: writes"],
        ),
        (
            {"bare": with_writes(99, 100)},
            ["first import of 5,000 with 15,000 memberships, against the bare boto3 script: whole run"],
        ),
        (
            {"bare": with_writes(100, 99)},
            ["first import of 5,000 with 15,000 memberships, against the bare boto3 script: write phase"],
        ),
        (
            {"create": changed(dict(FULL.create), LARGE, output=20_001)},
            ["first import of 5,000 with 15,000 memberships: output"],
        ),
        (
            {"joiner": a_run(GetAccountAuthorizationDetails=6, ListPolicies=5, GetLoginProfile=4, CreateUser=1)},
            ["one joiner among 5,000: calls beyond those of a run with nothing to do and the writes"],
        ),
        (
            {"only_joiner": a_run(GetAccountAuthorizationDetails=1, CreateUser=1)},
            ["one joiner by onboard_only: bulk reads"],
        ),
        ({"create": changed(dict(FULL.create), SMALL, seconds=11.9)}, ["first import: from 500 to 5,000 people"]),
        ({"create": changed(dict(FULL.create), SMALL, peak_mb=24)}, ["first import: from 500 to 5,000 people"]),
        ({"no_op": changed(dict(FULL.no_op), SMALL, seconds=0.7)}, ["nothing to do: from 500 to 5,000 people"]),
        ({"create": changed(dict(FULL.create), LARGE, peak_mb=251)}, ["5,000 people: most memory of a process"]),
    ],
)
def test_a_full_account_that_misses(change: dict[str, Any], figures: list[str]) -> None:
    assert missed(dataclasses.replace(FULL, **change)) == figures


def test_questions_to_the_simulator_are_told_apart() -> None:
    joiner = dataclasses.replace(FULL.joiner, by_operation={"SimulatePrincipalPolicy": 4}, read=11 + 3 + 4, write=6)
    found = [figure.found for figure in dataclasses.replace(FULL, joiner=joiner).figures()]
    assert "3; 4 of SimulatePrincipalPolicy to foresee refusals; 6 writes" in found


@pytest.mark.parametrize(
    ("change", "figure"),
    [
        (
            {"create": a_run(15.1, **writes_to_create(ISSUED_COMPANY))},
            "create 1,000 and mail each a first password, against the IAM calls alone by bare boto3: whole run",
        ),
        (
            {"far": a_run(19.6)},
            "create 1,000 and mail each a first password, mail server 200 ms away against one next door: whole run",
        ),
        (
            {"create": a_run(15, **{**writes_to_create(ISSUED_COMPANY), "TagUser": 1_001})},
            "API calls for each first password beyond creation and memberships",
        ),
        (
            {"healed": a_run(GetLoginProfile=400, CreateLoginProfile=100, DeleteLoginProfile=100, TagUser=101)},
            "API calls for each first password that an interrupted run left undelivered",
        ),
    ],
)
def test_issuing_that_misses(change: dict[str, Any], figure: str) -> None:
    assert missed(dataclasses.replace(ISSUED, **change)) == [figure]


def test_checks_of_a_first_password_are_told_apart() -> None:
    fresh, healed = ISSUED.figures()[-2:]
    assert fresh.found == "2.0 (CreateLoginProfile, TagUser); GetLoginProfile to see that it is still ours: 2.0"
    assert healed.found == (
        "4.0 (CreateLoginProfile, DeleteLoginProfile, GetLoginProfile, TagUser); "
        "GetLoginProfile to see that it is still ours: 3.0"
    )


@pytest.mark.parametrize(
    ("change", "figure"),
    [
        ({"shares": {20: 0.949, 1: 0.85}}, "20 calls a second allowed, burst 20: used from the 15th second on"),
        ({"shares": {20: 0.95, 1: 0.849}}, "20 calls a second allowed, burst 1: used from the 15th second on"),
        ({"right": {20: True, 1: False}}, "20 calls a second allowed, burst 1: the end"),
    ],
)
def test_a_limit_that_is_not_used(change: dict[str, Any], figure: str) -> None:
    assert missed(dataclasses.replace(LIMITED, **change)) == [figure]


def test_the_share_of_a_limit_is_of_what_was_done_later() -> None:
    def entry(at: float, outcome: str = "OK", kind: str = "write") -> dict[str, Any]:
        return {"at": at, "outcome": outcome, "kind": kind}

    burst = [entry(100 + number / 100) for number in range(100)]
    steady = [entry(115 + number / 10) for number in range(101)]
    log = [entry(1, kind="read"), *burst, *steady, entry(116.05, "Throttling")]
    assert used_share(log) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("change", "figure"),
    [
        ({"right": 19}, "20 accounts of 250: as the lists say"),
        ({"four": a_run(10.1)}, "20 accounts of 250: four forks against one, whole run"),
        ({"done_without_one": 18}, "20 accounts, one unreachable, three throttled: as the lists say"),
        ({"done_without_one": 20}, "20 accounts, one unreachable, three throttled: as the lists say"),
        (
            {"pace": 0.89},
            "20 accounts, one unreachable, three throttled: writes a second of the other 16, against the run without",
        ),
    ],
)
def test_many_accounts_that_miss(change: dict[str, Any], figure: str) -> None:
    assert missed(dataclasses.replace(ACCOUNTS, **change)) == [figure]


def test_an_account_writes_from_its_first_to_its_last() -> None:
    def entry(at: float, account: str, operation: str = "CreateUser") -> dict[str, Any]:
        kind = "read" if operation.startswith("Get") else "write"
        return {"at": at, "account_id": account, "kind": kind, "operation": operation}

    log = [entry(0, "lost"), entry(1, "a", "GetCallerIdentity"), entry(2, "lost"), entry(2, "a"), entry(4, "a")]
    assert rates(log) == {"a": 1.0}


@pytest.mark.parametrize("one_user", [a_run(GetUser=3), a_run(GetUser=1, TagUser=1)])
def test_one_user_that_misses(one_user: Run) -> None:
    assert missed(dataclasses.replace(LOOP, one_user=one_user)) == [
        "nothing to do for one user by name, with a policy by its friendly name: calls"
    ]


def test_the_pages_of_policies_are_not_held_against_one_user() -> None:
    assert [figure.found for figure in LOOP.figures()] == ["2 + 50 pages (amazon.aws: 20)"]


def test_per_person_is_the_difference_of_the_calls_and_a_share_of_the_loop() -> None:
    each = LOOP.create
    assert each.seconds == pytest.approx(0.7)
    assert (each.read, each.write) == (2.0, 1.0)
