# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role where the account gives more than the chart: what a person sees, and the exit code."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.sandbox.client import Sandbox
from tests.support.playbooks import PlaybookResult
from tests.support.role import ROLE, RUN, SUMMARY, inventory, play

Run = Callable[..., PlaybookResult]
MARK = {"workforce:managed": "onboard"}
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
DEPARTMENT = {"name": "sales", "path": "/workforce/", "managed_policies": [ADMIN]}


def seed(sandbox: Sandbox) -> None:
    """Li Wei has a policy by hand, and so has the department of Asha, in which a stranger sits."""
    sandbox.seed(groups=[DEPARTMENT, {"name": "data-science", "path": "/workforce/"}])
    li = {"name": "li.wei", "tags": MARK, "groups": ["data-science"], "managed_policies": [ADMIN]}
    sandbox.seed(users=[{"name": "asha.rao", "tags": MARK, "groups": ["sales"]}, li])
    sandbox.seed(users=[{"name": "mallory", "groups": ["sales"]}])


@pytest.mark.long  # modules/test_beside.py has each value
def test_what_a_person_sees_of_each_value(playbook: Run, sandbox: Sandbox) -> None:
    seed(sandbox)
    departments = [{"name": "sales"}, {"name": "data-science"}]
    employees = [
        {"name": "asha.rao", "departments": ["sales"]},
        {"name": "li.wei", "departments": ["data-science"]},
    ]
    hosts = inventory("web1", departments=departments, employees=employees)
    before = sandbox.state()
    told = playbook([play(ROLE)], inventory=hosts).failed()
    assert told.rc == 2
    summary = told.page(SUMMARY, "web1")
    assert "  sales: has AdministratorAccess, which the list does not write" in summary
    assert "  li.wei: has AdministratorAccess of their own" in summary
    assert "user mallory: sits in sales, but does not carry the mark" in told.text()
    members = {
        **hosts["all"]["vars"],
        "departments": [{**departments[0], "beside": ["member mallory"]}, departments[1]],
    }
    accepted = playbook([play(ROLE)], inventory={"all": {"hosts": {"web1": {}}, "vars": members}}).succeeded()
    assert accepted.result(RUN, "web1")["beside_count"] == 2
    failed = playbook([play(ROLE)], inventory=hosts, extra_vars={"onboard_beside": "fail"}).failed()
    assert "department_policies: 1 beside the chart, and onboard_beside says fail" in failed.text()
    assert sandbox.state() == before
    remove = {"onboard_beside": {"user_policies": "remove", "members": "remove"}}
    done = playbook([play(ROLE)], inventory=hosts, extra_vars=remove).succeeded()
    assert done.result(RUN, "web1")["changed"] is True
    after = sandbox.state()
    assert (after["users"]["li.wei"]["attached_policies"], after["groups"]["sales"]["users"]) == ([], ["asha.rao"])
    assert after["groups"]["sales"]["attached_policies"] == [ADMIN]


@pytest.mark.long
def test_five_hundred_findings_among_five_thousand_people_stay_a_page(playbook: Run, sandbox: Sandbox) -> None:
    names = [f"person.{number:04}" for number in range(5000)]
    sandbox.seed(groups=[{"name": "sales", "path": "/workforce/"}])
    users = [{"name": name, "tags": MARK, "groups": ["sales"]} for name in names]
    sandbox.seed(users=users)
    variables = {
        "departments": [{"name": "sales", "managed_policies": []}],
        "employees": [{"name": name, "departments": ["sales"]} for name in names],
    }
    hosts = {"all": {"hosts": {"web1": {}}, "vars": variables}}
    quiet = playbook([play(ROLE)], inventory=hosts).succeeded()
    iam = sandbox.boto("iam")
    for name in names[::10]:
        iam.attach_user_policy(UserName=name, PolicyArn=ADMIN)
    loud = playbook([play(ROLE)], inventory=hosts).succeeded()
    assert (loud.result(RUN, "web1")["beside_count"], len(loud.result(RUN, "web1")["beside"])) == (500, 100)
    assert loud.result(RUN, "web1")["api_calls"] == quiet.result(RUN, "web1")["api_calls"]
    seen = playbook([play(ROLE)], inventory=hosts, callback="default").stdout
    assert "and 480 more: onboard_result.beside has them" in seen
    print(f"{len(seen)} bytes of output")
    assert len(seen) < 10_000
