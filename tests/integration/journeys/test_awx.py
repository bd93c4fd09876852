# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AWX's templates, by ansible-runner: the account is right in the end, and the job's page has no secret."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.sandbox.mailbox import first_password
from tests.support.awx_jobs import Awx, Job
from tests.support.role import settings_of
from tests.support.secrecy import Search

Data = dict[str, Any]
MAY_CHANGE = "arn:aws:iam::aws:policy/IAMUserChangePassword"
DEPARTMENTS: list[Data] = [{"name": "sales", "managed_policies": ["IAMUserChangePassword"]}, {"name": "it"}]
NAMES = [f"p{number}" for number in range(8)]
MANAGED = {"workforce:managed": "onboard", "workforce:credential": "delivered 2026-11-01T08:00:00Z mail"}
HIRED: Data = {
    "employee_name": "li.wei",
    "employee_email": "li.wei@example.com",
    "employee_departments": "sales\nit",
    "employee_ends_on": "",
    "employee_credentials_to": "",
}


def people(*leavers: str) -> list[Data]:
    return [
        {"name": name, "email": f"{name}@people.example", "departments": ["sales"], "state": state}
        for name in NAMES
        for state in ("suspended" if name in leavers else "present",)
    ]


def awx_of(sandbox: Sandbox, folder: Path, **more: Any) -> Awx:
    """An AWX whose credential has the mail server's password, and an account with eight people."""
    mail = sandbox.mailbox.settings()
    credential = {f"smtp_{name}": str(mail[name]) for name in ("host", "username", "password")}
    templates = {name: f"{{{{ smtp_{name} }}}}" for name in ("host", "username", "password")}
    variables: Data = {
        "departments": DEPARTMENTS,
        "employees": people(),
        "onboard_credentials": {"mail": {**mail, **templates}},
        **more,
    }
    sandbox.seed(groups=[{"name": "sales", "path": "/workforce/", "managed_policies": [MAY_CHANGE]}])
    sandbox.seed(groups=[{"name": "it", "path": "/workforce/"}])
    users = [{"name": name, "tags": MANAGED, "groups": ["sales"], "password": "abcABC123!x"} for name in NAMES]
    sandbox.seed(users=users)
    return Awx(folder, sandbox, variables, credential, {"accounts": {"ansible_connection": "local"}})


def nobody_saw(awx: Awx, job: Job, *told: str) -> bool:
    """Whether the job left no password behind, and no mail address of people of whom it told nothing."""
    secrets = {"the mail server's": awx.credential["smtp_password"]}
    secrets |= {f"mail {number}": first_password(mail) for number, mail in enumerate(awx.sandbox.mailbox.mails())}
    secrets |= {name: f"{name}@people.example" for name in NAMES if name not in told}
    return [str(each) for each in Search(secrets).within(job.left)] == []


def suspended(sandbox: Sandbox) -> list[str]:
    users = sandbox.state()["users"]
    return [name for name, user in users.items() if "workforce:suspended" in user["tags"]]


def test_hire_and_the_approved_plan(sandbox: Sandbox, tmp_path: Path) -> None:
    """A preview that a brake stops is approved, and done. Without an approval, nothing is."""
    awx = awx_of(sandbox, tmp_path)
    hired = awx.launch("Hire one person", HIRED)
    assert hired.rc == 0, hired.text()
    assert hired.artifacts["onboard_outcome"]["default"]["joiners"] == ["li.wei"]
    assert sandbox.state()["users"]["li.wei"]["groups"] == ["it", "sales"]
    assert len(sandbox.mailbox.mails("li.wei@example.com")) == 1
    assert nobody_saw(awx, hired)
    awx.variables["employees"] = people(*NAMES[:4])
    preview = awx.launch("Onboard (preview)")
    assert preview.rc != 0
    assert "losses: 4 people would lose access" in preview.text()
    (plan,) = preview.artifacts["onboard_plan"].values()
    assert re.search(rf"plan {plan}\b", preview.text())
    assert suspended(sandbox) == []
    done = awx.launch("Onboard (approved plan)", artifacts=preview.artifacts)
    assert done.rc == 0, done.text()
    assert suspended(sandbox) == NAMES[:4]
    assert [one["name"] for one in done.artifacts["onboard_outcome"]["default"]["leavers"]] == NAMES[:4]
    assert "onboard_plan" not in done.artifacts
    assert nobody_saw(awx, preview)
    assert nobody_saw(awx, done)


@pytest.mark.long  # the playbooks behind these are tried from the command line
def test_the_other_templates(sandbox: Sandbox, tmp_path: Path) -> None:
    awx = awx_of(sandbox, tmp_path)
    unapproved = awx.launch("Onboard (approved plan)")
    assert unapproved.rc != 0
    assert "plan: is empty, so nothing was changed" in unapproved.text()
    awx.variables["employees"] = people("p0")
    daily = awx.launch("Onboard (daily)")
    assert (daily.rc, suspended(sandbox)) == (0, ["p0"])
    offboarded = awx.launch("Offboard one person", {"who": "p1"})
    assert (offboarded.rc, suspended(sandbox)) == (0, ["p0", "p1"])
    again = awx.launch("Send credentials again", {"employee_name": "p2"})
    assert again.rc == 0, again.text()
    (mail,) = sandbox.mailbox.mails("p2@people.example")
    assert first_password(mail) not in again.text()
    for job in (unapproved, daily, offboarded, again):
        assert nobody_saw(awx, job)
    for template, answers in (
        ("Offboard one person", {"who": " "}),
        ("Send credentials again", {"employee_name": ""}),
        ("Hire one person", {**HIRED, "employee_name": "{{ lookup('pipe', 'id') }}"}),
    ):
        refused = awx.launch(template, answers)
        assert refused.rc != 0, template
        assert "uid=" not in refused.text()
    assert suspended(sandbox) == ["p0", "p1"]


@pytest.mark.long
def test_two_hundred_hosts_of_two_accounts(sandbox: Sandbox, tmp_path: Path) -> None:
    """Each account is touched once, and each hands its own plan on."""
    other = {"onboard_account": "other", "onboard_connection": settings_of(sandbox, "222222222222")}
    awx = awx_of(sandbox, tmp_path)
    local = {"ansible_connection": "local"}
    hosts = {f"web{number:03}": {**local, **(other if number % 2 else {})} for number in range(200)}
    awx = Awx(tmp_path, sandbox, {**awx.variables, "onboard_credentials": {}}, awx.credential, hosts)
    preview = awx.launch("Onboard (preview)")
    assert preview.rc == 0, preview.text()
    assert sorted(preview.artifacts["onboard_plan"]) == ["default", "other"]
    done = awx.launch("Onboard (approved plan)", artifacts=preview.artifacts)
    assert done.rc == 0, done.text()
    assert done.artifacts["onboard_outcome"]["other"]["joiners"] == NAMES
    assert sorted(sandbox.state("222222222222")["users"]) == NAMES
    for leavers, strategy in ((["p0"], "linear"), (["p0", "p1"], "free")):
        awx.variables["employees"] = people(*leavers)
        among = awx.launch("Onboard (daily)", project=among_others(strategy))
        assert among.rc == 0, among.text()
        for told in ("before", "after"):
            assert hosts_of(among, f"Say {told}") == set(hosts), (strategy, told)
        assert len(hosts_of(among, "Show the summary", "runner_item_on_ok")) == 2
        assert suspended(sandbox) == leavers


def among_others(strategy: str) -> dict[str, str]:
    """A play of one's own: our role between two others."""
    roles = [{"role": "before"}, {"role": "workforce.aws.onboard"}, {"role": "after"}]
    play = {"hosts": "all", "gather_facts": False, "strategy": strategy, "roles": roles}
    tasks = {
        f"roles/{name}/tasks/main.yml": json.dumps([{"name": f"Say {name}", "ansible.builtin.debug": {"msg": "here"}}])
        for name in ("before", "after")
    }
    return {"site.yml": json.dumps([play]), **tasks}


def hosts_of(job: Job, task: str, event: str = "runner_on_ok") -> set[str]:
    """The hosts on which a task was done."""
    done = [one["event_data"] for one in job.events if one["event"] == event]
    return {one["host"] for one in done if one["task"] == task}
