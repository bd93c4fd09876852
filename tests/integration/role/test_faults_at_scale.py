# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole company is imported while a third of all calls go wrong: one run ends right, and nothing is done twice.

Of the calls 30 % are throttled, 5 % fail with status 500, 1 % are reset before they arrive, 1 % are done and lose their
answer (of those that make a password 3 % more), and 5 % are slow. All of it takes minutes; what one failure leads to
is shown, for each write, by `tests/integration/modules/test_failing_writes.py`, and what is retried by the unit tests
of `pace.py`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.bench.company import DOCUMENT, POLICIES, Company, company, writes_to_create
from tests.sandbox.calls.log import LOGGED
from tests.sandbox.client import Sandbox
from tests.support.fault_proxy import FAULTS, FaultProxy, fault_proxy
from tests.support.first_day import DELIVERED, MARK, FirstDay, Letter
from tests.support.playbooks import PlaybookResult, run_playbook
from tests.support.role import RUN

SEED = 20261128
# Of so many people's passwords some are lost on their way.
ENOUGH = 100
ACCOUNT = "123456789012"
# A second attempt is refused or makes another one: where it succeeds twice, something was made twice.
CREATIONS = ("CreateGroup", "CreateUser")
# Botocore's adaptive mode, our own choice, learns from throttling which rate AWS allows. Here a third of the calls are
# throttled at any rate, and it goes down to about one call a second.
STANDARD = {"aws_config": {"retries": {"mode": "standard", "total_max_attempts": 10}}}


def import_company(
    of: Company, proxy: FaultProxy, sandbox: Sandbox, folder: Path, connection: Mapping[str, Any]
) -> PlaybookResult:
    """The outcome of one run of the playbook, with the lists beside the inventory."""
    variables: dict[str, Any] = {
        "departments": of.departments,
        "employees": of.employees,
        "onboard_connection": {"endpoint_url": proxy.endpoint_url, **connection},
    }
    if of.mailed:
        variables["onboard_credentials"] = {"mail": sandbox.mailbox.settings()}
    inventory = folder / "inventory"
    (inventory / "group_vars").mkdir(parents=True, exist_ok=True)
    (inventory / "hosts.yml").write_text("all: {}\n", encoding="utf-8")
    (inventory / "group_vars" / "all.json").write_text(json.dumps(variables), encoding="utf-8")
    return run_playbook("workforce.aws.onboard", sandbox=sandbox, tmp_path=folder, inventory=inventory, timeout=1500)


def expected_users(of: Company) -> dict[str, Any]:
    """The users that the lists say, without what IAM chooses, a password and its mark."""
    return {
        one["name"]: {
            "arn": f"arn:aws:iam::{ACCOUNT}:user/{one['name']}",
            "path": "/",
            "tags": {**one["tags"], "workforce:managed": "onboard", "workforce:employee-id": one["employee_id"]},
            "permissions_boundary": None,
            "groups": sorted(one["departments"]),
            "inline_policies": {},
            "attached_policies": [],
            "access_keys": {},
            "mfa_devices": [],
            "ssh_public_keys": {},
            "signing_certificates": {},
            "service_specific_credentials": {},
        }
        for one in of.employees
    }


def expected_groups(of: Company) -> dict[str, Any]:
    """The groups that the lists say, without what IAM chooses."""
    return {
        one["name"]: {
            "arn": f"arn:aws:iam::{ACCOUNT}:group/workforce/{one['name']}",
            "path": "/workforce/",
            "users": sorted(of.members(one["name"])),
            "inline_policies": {"buckets": DOCUMENT},
            "attached_policies": sorted(f"arn:aws:iam::aws:policy/{name}" for name in POLICIES),
        }
        for one in of.departments
    }


def exactly_right(of: Company, sandbox: Sandbox) -> None:
    """The account has what the lists say, and nothing else."""
    state = sandbox.state()
    passwords = {name: user.pop("login_profile") for name, user in state["users"].items()}
    marks = {name: user["tags"].pop(MARK, "") for name, user in state["users"].items()}
    for one in (*state["users"].values(), *state["groups"].values()):
        one.pop("id")
    for group in state["groups"].values():
        group["users"].sort()
    assert state["users"] == expected_users(of)
    assert state["groups"] == expected_groups(of)
    assert (state["roles"], state["policies"], state["aliases"], state["password_policy"]) == ({}, {}, [], None)
    assert all((passwords[name] is not None) is of.mailed for name in passwords)
    assert all(bool(DELIVERED.fullmatch(marks[name])) is of.mailed for name in marks)


def nothing_twice(of: Company, sandbox: Sandbox, lost_answers: int) -> int:
    """What makes something succeeded once for each; what changes nothing if repeated, again only if it was unheard.

    Gives the number of passwords that were replaced before anybody received them.
    """
    calls = sandbox.calls(log=LOGGED)
    assert calls["total"] < LOGGED, "the log does not have all calls"
    writes = [call for call in calls["log"] if call["kind"] == "write" and call["outcome"] == "OK"]
    counts, needed = Counter(call["operation"] for call in writes), writes_to_create(of)
    replaced = counts.pop("DeleteLoginProfile", 0)
    assert set(counts) == set(needed)
    for operation in CREATIONS:
        made = Counter(call["subject"] or call["group"] for call in writes if call["operation"] == operation)
        assert set(made.values()) == {1}, f"{operation}: {made.most_common(3)}"
        assert len(made) == needed[operation]
    # A password whose answer was lost was deleted before another was made: nobody ever had two.
    assert counts.get("CreateLoginProfile", 0) == needed.get("CreateLoginProfile", 0) + replaced
    again = {operation: count - needed[operation] for operation, count in counts.items()}
    assert all(more >= 0 for more in again.values()), again
    assert sum(again.values()) + replaced <= 2 * lost_answers, again
    assert sum(more for operation, more in again.items() if operation != "CreateLoginProfile") <= lost_answers, again
    return replaced


def faults_were_met(proxy: FaultProxy, sandbox: Sandbox) -> None:
    """The faults had their shares, and some of the lost answers were of users that were made."""
    requests, fired = proxy.requests(), proxy.fired()
    for name, fault in FAULTS.items():
        if "operation" in fault.rule:
            continue
        spread = 4 * (fault.share * (1 - fault.share) / requests) ** 0.5
        assert abs(fired[name] / requests - fault.share) < spread, f"{name}: {fired[name]} of {requests}"
    assert sandbox.calls()["errors"].get("EntityAlreadyExists", 0) > 0


@pytest.mark.long
def test_a_thousand_people(sandbox: Sandbox, tmp_path: Path) -> None:
    of = company(1000)
    with fault_proxy(sandbox, tmp_path, SEED) as proxy:
        done = import_company(of, proxy, sandbox, tmp_path, STANDARD).succeeded().result(RUN)
        faults_were_met(proxy, sandbox)
        lost_answers = proxy.lost_answers()
    assert done["api_calls"]["total"] > sandbox.calls(log=0)["total"]
    exactly_right(of, sandbox)
    nothing_twice(of, sandbox, lost_answers)


@pytest.mark.long
@pytest.mark.parametrize(
    ("size", "connection"), [(ENOUGH, STANDARD), (8, {})], ids=["a hundred", "few, with our own way to retry"]
)
def test_first_passwords(sandbox: Sandbox, tmp_path: Path, size: int, connection: dict[str, Any]) -> None:
    """Everybody gets one mail, and its password works: it is really tried."""
    of = company(size, mailed=True)
    addresses = {one["name"]: one["email"] for one in of.employees}
    with fault_proxy(sandbox, tmp_path, SEED) as proxy:
        import_company(of, proxy, sandbox, tmp_path, connection).succeeded()
        lost_answers = proxy.lost_answers()
    exactly_right(of, sandbox)
    replaced = nothing_twice(of, sandbox, lost_answers)
    assert replaced > 0 or size < ENOUGH, "no password was lost: the test proves less than it says"
    letters = [Letter(mail["recipients"][0], mail["text"]) for mail in sandbox.mails()]
    assert sorted(letter.to for letter in letters) == sorted(addresses.values())
    FirstDay(sandbox, addresses, lambda: letters).judge()
