# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts and hosts: whatever the play does, each account is brought in step once, on the controller."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.support.playbooks import PlaybookResult
from tests.support.role import (
    CHART,
    DISPATCH,
    LATER,
    NAMES,
    ROLE,
    RUN,
    SUMMARY,
    TOGETHER,
    WARN,
    hosts_of,
    hosts_that_ran,
    inventory,
    play,
    settings_of,
)

Run = Callable[..., PlaybookResult]
HOSTS = ("web1", "web2", "web3", "web4")
OTHER_ACCOUNT = "222222222222"
# What would break the run if it were used.
BROKEN = {
    "ansible_become": True,
    "ansible_become_exe": "/nonexistent/sudo",
    "ansible_connection": "ssh",
    "ansible_python_interpreter": "/nonexistent/python",
}


def users(sandbox: Sandbox, account_id: str | None = None) -> list[str]:
    return sorted(sandbox.state(account_id)["users"])


IMPORT: dict[str, Any] = {"name": "Import", "ansible.builtin.import_role": {"name": "workforce.aws.onboard"}}
FORMS = {
    # First, because this is the one that has everything to do.
    "become": play(ROLE, LATER, become=True, become_user="nobody", vars=BROKEN),
    "include_role": play(ROLE, LATER),
    "import_role": play(IMPORT, LATER),
    "roles": play(LATER, roles=["workforce.aws.onboard"]),
    "serial": play(ROLE, LATER, serial=2),
    "free": play(ROLE, LATER, strategy="ansible.builtin.free"),
}


def of_play(outcome: PlaybookResult, name: str) -> PlaybookResult:
    """The part of a result that is one play's."""
    return dataclasses.replace(outcome, tasks=[task for task in outcome.tasks if task.play == name])


def test_once_in_any_play(playbook: Run, sandbox: Sandbox) -> None:
    plays = [{**form, "name": name} for name, form in FORMS.items()]
    outcome = playbook(plays, inventory=inventory(*HOSTS)).succeeded()
    for name in FORMS:
        part = of_play(outcome, name)
        assert hosts_that_ran(part) == ["web1"], name
        assert part.result(RUN, "web1")["counts"]["unchanged_employees"] == (0 if name == "become" else 2), name
        assert hosts_of(part, "Later") == set(HOSTS), name
    assert users(sandbox) == NAMES


def test_included_twice_changes_nothing_the_second_time(playbook: Run) -> None:
    outcome = playbook([play(ROLE, ROLE, LATER)], inventory=inventory(*HOSTS)).succeeded()
    assert hosts_that_ran(outcome) == ["web1", "web1"]
    first, second = [task.hosts["web1"] for task in outcome.tasks if task.name == RUN]
    assert (first["changed"], second["changed"]) == (True, False)
    assert second["api_calls"]["write"] == 0


def test_localhost_of_the_inventory_is_not_believed(playbook: Run, sandbox: Sandbox) -> None:
    """Nor are the settings of the host itself, here one that runs Windows."""
    settings = {"localhost": BROKEN, "web1": {**BROKEN, "ansible_shell_type": "powershell"}}
    outcome = playbook([play(ROLE)], inventory=inventory("web1", "localhost", settings=settings))
    assert hosts_that_ran(outcome.succeeded()) == ["web1"]
    assert users(sandbox) == NAMES


def test_first_host_unreachable(playbook: Run, sandbox: Sandbox, tmp_path: Path) -> None:
    """The next host takes over. 255 is how ssh says that there was no connection."""
    no_ssh = tmp_path / "no-ssh"
    no_ssh.write_text("#!/bin/sh\nexit 255\n", encoding="utf-8")
    no_ssh.chmod(0o700)
    away = {"ansible_connection": "ssh", "ansible_ssh_executable": str(no_ssh)}
    here = {"ansible_connection": "local"}
    settings = {"web1": away, "web2": here, "web3": here}
    ping = {"name": "Reach", "ansible.builtin.ping": {}}
    outcome = playbook(
        [play(ping, ROLE, LATER)], inventory=inventory("web1", "web2", "web3", settings=settings)
    ).failed()
    assert outcome.stats["web1"]["unreachable"] == 1
    assert hosts_that_ran(outcome) == ["web2"]
    assert hosts_of(outcome, "Later") == {"web2", "web3"}
    assert users(sandbox) == NAMES


def _labelled(sandbox: Sandbox, name: str) -> dict[str, dict[str, Any]]:
    """Hosts of two accounts, side by side in the inventory."""
    own, other = settings_of(sandbox, "123456789012"), settings_of(sandbox, OTHER_ACCOUNT)
    first, second = {name: "first", "connection": own}, {name: "second", "connection": other}
    return {"web1": first, "web2": second, "web3": first, "web4": second}


def test_two_labels_are_two_accounts(playbook: Run, sandbox: Sandbox) -> None:
    settings = _labelled(sandbox, "onboard_account")
    hosts = inventory(*HOSTS, settings=settings, onboard_connection="{{ connection }}")
    plays = [play(ROLE, LATER, name=name, strategy=f"ansible.builtin.{name}") for name in ("linear", "free")]
    outcome = playbook(plays, inventory=hosts, verbosity=3).succeeded()
    for each in plays:
        assert sorted(hosts_that_ran(of_play(outcome, each["name"]))) == ["web1", "web2"]
    assert users(sandbox) == users(sandbox, OTHER_ACCOUNT) == NAMES
    for account_id in ("123456789012", OTHER_ACCOUNT):
        assert settings_of(sandbox, account_id)["secret_key"] not in outcome.text()


def test_accounts_side_by_side_fail_apart(playbook: Run, sandbox: Sandbox) -> None:
    """Three accounts and one whose role is closed: the lists say who belongs where, and all is told at the end.

    Li moved from one account to another, by an entry for each; kim follows the department; asha is everywhere.
    """
    numbers = {"shop": "123456789012", "build": OTHER_ACCOUNT, "training": "333333333333", "closed": "444444444444"}
    settings: dict[str, Any] = {
        name: {"onboard_account": name, "onboard_account_id": number, "connection": settings_of(sandbox, number)}
        for name, number in numbers.items()
    }
    settings["closed"]["connection"] = {**settings["closed"]["connection"], "secret_key": "no secret of anybody"}
    ours = {"tags": {"workforce:managed": "onboard"}}
    sandbox.seed(account_id=OTHER_ACCOUNT, users=[{"name": "li.wei", **ours}, {"name": "kim.lee", **ours}])
    chart: dict[str, Any] = {
        "departments": [{"name": "sales"}, {"name": "ops", "accounts": ["training", "123456789012"]}],
        "employees": [
            {"name": "asha.rao", "departments": ["sales"]},
            {"name": "li.wei", "departments": ["sales"], "accounts": ["shop"]},
            {"name": "li.wei", "departments": ["ops"], "accounts": ["training"]},
            {"name": "kim.lee", "departments": ["ops"]},
        ],
    }
    hosts = inventory(*numbers, settings=settings, onboard_connection="{{ connection }}", **chart)
    typo = {**chart, "employees": [*chart["employees"], {"name": "ben", "accounts": ["trainig"]}]}
    plays = [play(ROLE, LATER, name="First"), play(ROLE, name="Typo", hosts="shop:build", vars=typo)]
    outcome = playbook(plays, inventory=hosts, arguments=["--forks", "4"]).failed()
    first = of_play(outcome, "First")
    assert hosts_of(first, "Later") == {"shop", "build", "training"}
    groups = {name: sandbox.state(number)["groups"] for name, number in numbers.items()}
    assert {name: {key: sorted(group["users"]) for key, group in of.items()} for name, of in groups.items()} == {
        "shop": {"sales": ["asha.rao", "li.wei"], "ops": ["kim.lee"]},
        "build": {"sales": ["asha.rao"]},
        "training": {"sales": ["asha.rao"], "ops": ["kim.lee", "li.wei"]},
        "closed": {},
    }
    assert [(one["name"], one["why"]) for one in first.result(RUN, "build")["leavers"]] == [
        ("kim.lee", "in other accounts by the list"),
        ("li.wei", "in other accounts by the list"),
    ]
    told = first.page(TOGETHER, "closed")
    assert [line.split("  ")[1] for line in told[1:-1]] == [
        "shop (123456789012)",
        "build (222222222222)",
        "training (333333333333)",
        "closed",
    ]
    assert "3 joiners" in told[1]
    assert "1 joiner, 2 leavers" in told[2]
    assert "FAILED: GetCallerIdentity failed with SignatureDoesNotMatch" in told[4]
    assert told[-1] == "4 accounts: 3 changed, 1 FAILED"
    typo_play = of_play(outcome, "Typo")
    stopped = "STOPPED, nothing was changed: "
    brief = f"{stopped}1 fault (the page above tells all of it)"
    assert [failure["msg"] for failure in typo_play.failures()] == [brief, brief]
    for host in ("shop", "build"):
        told = typo_play.page(SUMMARY, host)
        assert told[0] == f"{stopped}employee ben: is for the unknown account trainig; did you mean training?"


def test_an_inventory_that_could_not_be_read_stops_the_play(playbook: Run, sandbox: Sandbox, tmp_path: Path) -> None:
    """Ansible goes on with the implicit localhost, and so in the account of the credentials; the role does not.

    The sandbox has no Organizations, and says so.
    """
    file = tmp_path / "organization.yml"
    file.write_text("plugin: workforce.aws.organization_accounts\nrole_name: runner\n", encoding="utf-8")
    outcome = playbook("workforce.aws.onboard", inventory=file, extra_vars=CHART).failed()
    (failure,) = outcome.failures()
    assert f"The inventory was not read: {file}: ListRoots failed with " in failure["msg"]
    assert users(sandbox) == []


def test_a_label_of_the_play_is_read_as_other_hosts_see_it(playbook: Run, sandbox: Sandbox) -> None:
    """Variables of a play are not among those that hosts show each other; all hosts would believe to be alone."""
    hosts = inventory(*HOSTS, settings=_labelled(sandbox, "customer"))
    variables = {"onboard_account": "{{ customer }}", "onboard_connection": "{{ connection }}"}
    outcome = playbook([play(ROLE, vars=variables)], inventory=hosts, check=True).succeeded()
    assert sorted(hosts_that_ran(outcome)) == ["web1", "web2"]
    assert {outcome.result(RUN, host)["account"]["account_id"] for host in ("web1", "web2")} == {
        "123456789012",
        OTHER_ACCOUNT,
    }


def test_a_loop_over_accounts(playbook: Run, sandbox: Sandbox) -> None:
    """One inventory, several accounts, by an assumed role in each: the label comes with the include."""
    accounts = [f"arn:aws:iam::{account_id}:role/runner" for account_id in (OTHER_ACCOUNT, "333333333333")]
    loop = {
        **ROLE,
        "vars": {
            "onboard_account": "{{ item }}",
            "onboard_connection": {"assume_role_arn": "{{ item }}", "external_id": "our-secret-handshake"},
        },
        "loop": accounts,
    }
    outcome = playbook([play(loop)], inventory=inventory(*HOSTS)).succeeded()
    assert hosts_that_ran(outcome) == ["web1", "web1"]
    assert users(sandbox) == []
    assert users(sandbox, OTHER_ACCOUNT) == users(sandbox, "333333333333") == NAMES


@pytest.mark.parametrize("keywords", [{}, {"strategy": "ansible.builtin.free"}, {"serial": 2}])
def test_one_person_failing_fails_one_host(playbook: Run, sandbox: Sandbox, keywords: dict[str, Any]) -> None:
    """The others' later tasks run, and none of them tries the same again."""
    sandbox.fail("CreateUser", "LimitExceeded", status=409, match={"UserName": "asha.rao"})
    hosts = inventory("web1", "web2", "web3")
    outcome = playbook([play(ROLE, ROLE, LATER, **keywords)], inventory=hosts).failed()
    assert hosts_that_ran(outcome) == ["web1"]
    assert hosts_of(outcome, "Later") == {"web2", "web3"}
    assert outcome.stats["web1"]["failures"] == 1
    assert users(sandbox) == ["li.wei"]
    assert outcome.failures()[0]["msg"] == (
        "Not everything is done: 1 step failed, for 1 user (the page above tells all of it)"
    )
    lines = outcome.page(SUMMARY, "web1")
    assert lines[0] == "AWS account 123456789012, as arn:aws:iam::123456789012:user/automation"
    (told,) = [line for line in lines if "asha.rao" in line]
    assert told.startswith("FAILED user asha.rao: CreateUser failed with LimitExceeded: ")
    assert "ask AWS for a higher quota" in told


def test_failure_that_only_warns(playbook: Run, sandbox: Sandbox) -> None:
    sandbox.fail("CreateUser", "LimitExceeded", status=409, match={"UserName": "asha.rao"})
    # As the role's page says, on any host of the account.
    fact = "hostvars[lookup('workforce.aws.converging_host')].onboard_result"
    show = {"name": "Use the result", "ansible.builtin.debug": {"msg": f"{{{{ {fact} }}}}"}}
    outcome = playbook([play(ROLE, show, LATER)], inventory=inventory("web1", "web2", onboard_on_failure="warn"))
    assert hosts_of(outcome.succeeded(), "Later") == {"web1", "web2"}
    result = outcome.result("Use the result", "web2")["msg"]
    assert result == outcome.result("Use the result", "web1")["msg"]
    assert result["failed"] is True
    assert [(failure["subject"], failure["code"]) for failure in result["failures"]] == [
        ("user asha.rao", "LimitExceeded")
    ]
    assert result["faults"] == []
    assert outcome.page(WARN, "web1") == [
        "WARNING: the account is not in step; the play goes on because onboard_on_failure is warn",
        "Not everything is done: 1 step failed, for 1 user (the page above tells all of it)",
    ]
    assert any("FAILED user asha.rao" in line for line in outcome.page(SUMMARY, "web1"))


@pytest.mark.long  # two runs of the module at the same time are tried at every moment by the journeys
def test_two_runs_at_the_same_time(playbook: Run, sandbox: Sandbox) -> None:
    """The loser of a race converges or says so; nothing is there twice, and a third run finds nothing to do."""
    sandbox.switch(latency_ms=30)
    people = [{"name": f"person.{number}", "departments": ["sales"]} for number in range(40)]
    hosts = inventory("web1", employees=people)
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(playbook, [play(ROLE)], inventory=hosts) for _time in range(2)]
        outcomes = [run.result() for run in runs]
    for outcome in outcomes:
        assert outcome.rc == 0 or "EntityAlreadyExists" in outcome.result(RUN, "web1")["msg"], outcome.text()
    assert any(outcome.rc == 0 for outcome in outcomes)
    sandbox.switch(latency_ms=0)
    third = playbook([play(ROLE)], inventory=hosts).succeeded().result(RUN, "web1")
    assert (third["changed"], third["counts"]["unchanged_employees"]) == (False, 40)
    assert len(users(sandbox)) == 40
    assert len(sandbox.state()["groups"]["sales"]["users"]) == 40


@pytest.mark.long
def test_hosts_that_are_passed_by_cost_little(playbook: Run, tmp_path: Path) -> None:
    """199 hosts beside the one that reads 5,000 people."""
    people = [{"name": f"person.{number}", "departments": ["sales"]} for number in range(5000)]
    variables = tmp_path / "inventory" / "group_vars" / "all.json"
    variables.parent.mkdir(parents=True)
    variables.write_text(json.dumps({**CHART, "employees": people}), encoding="utf-8")
    hosts = tmp_path / "inventory" / "hosts"
    hosts.write_text("".join(f"web{number:03}\n" for number in range(200)), encoding="utf-8")
    outcome = playbook([play(roles=["workforce.aws.onboard"])], inventory=hosts.parent, check=True).succeeded()
    assert hosts_that_ran(outcome) == ["web000"]
    assert outcome.result(RUN, "web000")["counts"]["employees"] == 5000
    # The one task of the role that looks at every host.
    dispatch = next(task["task"] for task in _raw_tasks(outcome) if task["task"]["name"] == DISPATCH)
    begin, end = (datetime.fromisoformat(dispatch["duration"][name]) for name in ("start", "end"))
    assert (end - begin).total_seconds() / 199 < 0.1


def _raw_tasks(outcome: PlaybookResult) -> list[dict[str, Any]]:
    report = json.loads(outcome.stdout[outcome.stdout.index("{") :])
    return [task for each in report["plays"] for task in each["tasks"]]
