# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bench's pure parts: a figure that misses its bar is said to, and the table is one."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.bench.accounts import rates
from tests.bench.company import DEPARTMENTS, company, writes_to_create
from tests.bench.figures import USERS_TASK, Accounts, Issued, Measured, PerPerson, figures
from tests.bench.measure import Run, median, seconds_of_tasks, seconds_of_writes
from tests.bench.page import narrow, page, table
from tests.bench.versions import version_in_manifest

SMALL, LARGE = 10, 1000
WRITES = "writes when creating 1,000 employees: 1 per user, per membership, per group, per attachment or inline policy"
VERSIONS = {"workforce.aws": "0.1.0", "amazon.aws": "10.1.2"}


def a_run(seconds: float = 1.0, *, write_seconds: float = 0.0, output: int = 0, **by_operation: int) -> Run:
    write = sum(count for name, count in by_operation.items() if not name.startswith(("Get", "List")))
    return Run(seconds, sum(by_operation.values()) - write, write, by_operation, write_seconds, output)


def a_loop(seconds: float, small: Run, large: Run) -> PerPerson:
    """Ten people in the large sample, no one in the small."""
    return PerPerson((0, 10), small, dataclasses.replace(large, tasks={USERS_TASK: seconds}))


def measured(**replaced: Any) -> Measured:
    """Measurements with which every figure just holds."""
    companies = {size: company(size) for size in (SMALL, LARGE)}
    create = {size: a_run(15, write_seconds=11, **writes_to_create(of)) for size, of in companies.items()}
    no_op = a_run(5, output=10_000, GetAccountAuthorizationDetails=2, ListPolicies=10)
    good = Measured(
        companies=companies,
        create=create,
        no_op={SMALL: no_op, LARGE: no_op},
        bare=a_run(10, write_seconds=10, CreateUser=LARGE),
        amazon_create=a_loop(10.0, a_run(CreateUser=4, GetUser=8), a_run(CreateUser=14, GetUser=28)),
        amazon_no_op=a_loop(5.0, a_run(GetUser=16), a_run(GetUser=56)),
        one_user=a_run(GetUser=1, ListAttachedUserPolicies=1, ListPolicies=2),
        amazon_one_user=a_run(GetUser=2, ListAttachedUserPolicies=2, ListPolicies=16),
        issued=issued(),
        accounts=ACCOUNTS,
    )
    return dataclasses.replace(good, **replaced)


def issued(seconds: float = 15, more: int = 0, more_healed: int = 0, far: float = 1.3) -> Issued:
    """With so many calls more than allowed."""
    of, healed = company(LARGE, mailed=True), company(SMALL, mailed=True)
    create = writes_to_create(of)
    create["TagUser"] += more
    again = {"CreateLoginProfile": SMALL, "DeleteLoginProfile": SMALL, "TagUser": SMALL + more_healed}
    return Issued(
        of,
        a_run(seconds, GetLoginProfile=2 * LARGE, **create),
        a_run(10, **writes_to_create(of)),
        a_run(seconds * far),
        healed,
        a_run(GetLoginProfile=4 * SMALL, **again),
    )


ACCOUNTS = Accounts(20, 250, a_run(16), a_run(10), right=20, done_without_one=19, pace=0.75)


def missed(of: Measured) -> list[str]:
    return [figure.name for figure in figures(of) if not figure.holds]


def with_large(of: dict[int, Run], run: Run) -> dict[int, Run]:
    return {**of, LARGE: run}


def test_all_hold_at_their_bars() -> None:
    assert missed(measured()) == []
    assert len(figures(measured())) == 16


@pytest.mark.parametrize(
    ("change", "figure"),
    [
        ({"right": 19}, "20 accounts of 250: as the lists say"),
        ({"four": a_run(10.1)}, "20 accounts of 250: four forks against one, whole run"),
        ({"done_without_one": 18}, "20 accounts, one of them unreachable, three throttled: as the lists say"),
        ({"done_without_one": 20}, "20 accounts, one of them unreachable, three throttled: as the lists say"),
        (
            {"pace": 0.74},
            "the same: writes a second of the accounts that are not throttled, against the run without",
        ),
    ],
)
def test_many_accounts_that_miss(change: dict[str, Any], figure: str) -> None:
    assert missed(measured(accounts=dataclasses.replace(ACCOUNTS, **change))) == [figure]


def test_an_account_writes_from_its_first_to_its_last() -> None:
    def entry(at: float, account: str, operation: str = "CreateUser") -> dict[str, Any]:
        kind = "read" if operation.startswith("Get") else "write"
        return {"at": at, "account_id": account, "kind": kind, "operation": operation}

    log = [entry(0, "lost"), entry(1, "a", "GetCallerIdentity"), entry(2, "lost"), entry(2, "a"), entry(4, "a")]
    assert rates(log) == {"a": 1.0}


@pytest.mark.parametrize(
    ("run", "figure"),
    [
        (a_run(5, GetUser=13), "API calls of a no-op run, 1,000 employees"),
        (a_run(5, GetUser=1, TagUser=1), "API calls of a no-op run, 1,000 employees"),
        (a_run(5.1, GetUser=1), "time per employee of a no-op at 1,000, against the amazon.aws loop"),
        (a_run(5, output=10_001, GetUser=1), "JSON callback output of a no-op with 1,000"),
    ],
)
def test_no_op_that_misses(run: Run, figure: str) -> None:
    assert missed(measured(no_op=with_large(dict(measured().no_op), run))) == [figure]


@pytest.mark.parametrize(
    ("change", "figure"),
    [
        ({"seconds": 15.1}, "create 1,000 with memberships, against the bare boto3 script: whole run"),
        ({"write_seconds": 11.1}, "create 1,000 with memberships, against the bare boto3 script: write phase alone"),
        ({"by_operation": {"CreateUser": LARGE}}, WRITES),
    ],
)
def test_creation_that_misses(change: dict[str, Any], figure: str) -> None:
    create = dict(measured().create)
    assert missed(measured(create=with_large(create, dataclasses.replace(create[LARGE], **change)))) == [figure]


def test_writes_that_differ_are_told() -> None:
    create = dict(measured().create)
    writes = {**writes_to_create(company(LARGE)), "CreateUser": LARGE - 1, "TagUser": 1}
    of = measured(create=with_large(create, dataclasses.replace(create[LARGE], by_operation=writes)))
    found = next(figure for figure in figures(of) if figure.name == WRITES)
    assert found.found == "2,236, 999 CreateUser instead of 1,000, 1 TagUser instead of 0"
    assert not found.holds


@pytest.mark.parametrize(
    ("found", "figure"),
    [
        (
            issued(15.1),
            "create 1,000 and mail each a first password, against the IAM calls alone by bare boto3: whole run",
        ),
        (
            issued(far=1.31),
            "the same with a mail server that takes 200 ms for each answer, against one next door: whole run",
        ),
        (issued(more=1), "API calls for each first password beyond creation and memberships"),
        (issued(more_healed=1), "API calls for each first password that an interrupted run left undelivered"),
    ],
)
def test_issuing_that_misses(found: Issued, figure: str) -> None:
    assert missed(measured(issued=found)) == [figure]


def test_checks_of_a_first_password_are_told_apart() -> None:
    found = {figure.name: figure.found for figure in figures(measured())}
    assert found["API calls for each first password beyond creation and memberships"] == (
        "2.0 (CreateLoginProfile, TagUser); GetLoginProfile to see that it is still ours: 2.0"
    )
    assert found["API calls for each first password that an interrupted run left undelivered"] == (
        "4.0 (CreateLoginProfile, DeleteLoginProfile, GetLoginProfile, TagUser); "
        "GetLoginProfile to see that it is still so: 3.0"
    )


@pytest.mark.parametrize("one_user", [a_run(GetUser=2, ListAttachedUserPolicies=1), a_run(GetUser=1, TagUser=1)])
def test_one_user_that_misses(one_user: Run) -> None:
    assert missed(measured(one_user=one_user)) == [
        "API calls of a no-op of one user by name, friendly policy name given"
    ]


def test_the_pages_of_policies_are_not_held_against_one_user() -> None:
    found = figures(measured(one_user=a_run(GetUser=1, ListPolicies=50)))
    assert all(figure.holds for figure in found)
    assert "1 + 50 pages of ListPolicies (amazon.aws: 20)" in [figure.found for figure in found]


def test_per_person_is_the_difference_of_the_calls_and_a_share_of_the_loop() -> None:
    large = dataclasses.replace(a_run(99, GetUser=50, CreateUser=12), tasks={USERS_TASK: 6.0, "Groups": 60.0})
    each = PerPerson((2, 12), a_run(98, GetUser=10, CreateUser=2), large)
    assert (each.seconds, each.read, each.write) == (0.5, 4.0, 1.0)


def test_seconds_of_tasks_are_read_from_the_callback() -> None:
    duration = {"start": "2026-01-31T23:59:58.5Z", "end": "2026-02-01T00:00:01Z"}
    plays = [{"tasks": [{"task": {"name": "Users", "duration": duration}, "hosts": {}}]}]
    assert seconds_of_tasks(json.dumps({"plays": plays})) == {"Users": 2.5}
    assert seconds_of_tasks("") == {}


def test_company_has_every_department_and_second_departments() -> None:
    of = company(20)
    assert [department["name"] for department in of.departments] == list(DEPARTMENTS)
    assert len({employee["name"] for employee in of.employees}) == 20
    assert all(of.members(name) for name in DEPARTMENTS)
    sizes = Counter(len(set(employee["departments"])) for employee in of.employees)
    assert sizes == {1: 16, 2: 4}
    assert of.memberships == 24


def test_writes_to_create_are_one_for_each_thing() -> None:
    assert writes_to_create(company(20)) == {
        "AddUserToGroup": 24,
        "AttachGroupPolicy": 18,
        "CreateGroup": 9,
        "CreateUser": 20,
        "PutGroupPolicy": 9,
    }


def test_seconds_of_writes_leave_the_reads_out() -> None:
    log = [{"kind": kind, "at": at} for kind, at in (("read", 1.0), ("write", 3.0), ("write", 4.5), ("read", 9.0))]
    assert seconds_of_writes(log) == 1.5
    assert seconds_of_writes(log[:1]) == 0


def test_median_takes_each_time_by_itself_and_the_longest_output() -> None:
    runs = [a_run(3, write_seconds=1, output=7), a_run(1, write_seconds=2), a_run(2, write_seconds=3)]
    middle = median(runs)
    assert (middle.seconds, middle.write_seconds, middle.output) == (2, 2, 7)


def test_table_is_markdown_with_even_columns() -> None:
    assert table(("a", "long"), [("wide", "b")]) == ["| a    | long |", "|------|------|", "| wide | b    |"]


def test_page_tells_runs_figures_and_versions() -> None:
    of = measured(one_user=a_run(GetUser=3))
    text = page(of, figures(of), VERSIONS, latency_ms=30, threads=8)
    assert "loop over amazon.aws 10.1.2, no-op, each" in text
    assert "bare boto3, 8 threads, create" in text
    assert "bare boto3, 8 threads, create and set passwords" in text
    assert text.count("| holds") == 15
    assert text.count("**MISSED**") == 1
    assert "Measured with workforce.aws 0.1.0, amazon.aws 10.1.2." in text


def test_a_terminal_is_told_the_same_in_narrow_lines() -> None:
    of = measured(one_user=a_run(GetUser=3))
    text = narrow(of, figures(of), VERSIONS, latency_ms=30, threads=8)
    lines = text.splitlines()
    assert max(map(len, lines)) <= 80
    assert "bare boto3, 8 threads, create and set passwords" in lines
    assert len([line for line in lines if line.startswith("holds: ")]) == 15
    assert len([line for line in lines if line.startswith("MISSED: ")]) == 1
    for one in figures(of):
        assert all(word in text for word in one.found.split())


def test_version_in_manifest(tmp_path: Path) -> None:
    (tmp_path / "MANIFEST.json").write_text(json.dumps({"collection_info": {"version": "1.2.3"}}), encoding="utf-8")
    assert version_in_manifest(tmp_path) == "1.2.3"
