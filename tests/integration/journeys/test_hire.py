# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""workforce.aws.hire and workforce.aws.reissue, with the answers that a form sends."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.sandbox.mailbox import first_password
from tests.support.playbooks import PlaybookResult
from tests.support.role import RUN

Playbook = Callable[..., PlaybookResult]
Variables = dict[str, Any]
MAY_CHANGE = "arn:aws:iam::aws:policy/IAMUserChangePassword"
HIRE, REISSUE = "workforce.aws.hire", "workforce.aws.reissue"
CHECKED = "Check the answers"
NEXT = "Say what the next daily run would do"
LISTED: list[Variables] = [{"name": "asha.rao", "email": "asha.rao@example.com", "departments": ["sales"]}]
DEPARTMENTS: list[Variables] = [{"name": "sales", "managed_policies": [MAY_CHANGE]}, {"name": "data-science"}]
CHART: Variables = {"departments": DEPARTMENTS, "employees": LISTED}


def company(sandbox: Sandbox, **settings: Any) -> Variables:
    """The inventory of a company whose first passwords are mailed, with its departments in the account."""
    sandbox.seed(groups=[{**department, "path": "/workforce/"} for department in DEPARTMENTS])
    return {**CHART, "onboard_credentials": {"mail": sandbox.mailbox.settings()}, **settings}


def test_hire_and_send_again(playbook: Playbook, sandbox: Sandbox) -> None:
    """Nobody else is touched, though the daily job would cut them off."""
    sandbox.seed(users=[{"name": f"p{number}", "tags": {"workforce:managed": "onboard"}} for number in range(9)])
    inventory = {"all": {"vars": company(sandbox, onboard_unlisted="suspend"), "hosts": {"web1": {}, "web2": {}}}}
    last = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=30)).date().isoformat()
    answers: Variables = {
        "employee_name": " li.wei ",
        "employee_email": "li.wei@example.com",
        "employee_departments": "sales\ndata-science\n",
        "employee_ends_on": last,
        "employee_credentials_to": "",
    }
    hired = playbook(HIRE, inventory=inventory, extra_vars=answers).succeeded()
    assert hired.result(RUN, "web1")["joiners"] == ["li.wei"]
    assert hired.result(RUN, "web1")["leavers"] == []
    warned, then = hired.page(NEXT, "web1")
    assert warned.startswith("WARNING: the person is not in the list of employees yet.")
    assert then == "Until then, the daily run suspends the person, because onboard_unlisted is suspend."
    assert hired.changed("web2") == 0
    assert sandbox.state()["users"]["li.wei"]["groups"] == ["data-science", "sales"]
    (first,) = sandbox.mailbox.mails("li.wei@example.com")
    # The list has them by now.
    listed = [*LISTED, {"name": "li.wei", "email": "li.wei@example.com", "departments": ["sales"]}]
    inventory["all"]["vars"]["employees"] = listed
    again = playbook(REISSUE, inventory=inventory, extra_vars={"employee_name": "li.wei"}).succeeded()
    assert [one["name"] for one in again.result(RUN, "web1")["credentials"]["issued"]] == ["li.wei"]
    _first, second = sandbox.mailbox.mails("li.wei@example.com")
    assert first_password(second) != first_password(first)
    assert sorted(sandbox.state()["users"]) == sorted(["li.wei", *(f"p{number}" for number in range(9))])


GOOD: Variables = {"employee_name": "li.wei", "employee_email": "li.wei@example.com", "employee_departments": "sales"}
NO_NAME = "employee_name is empty: write the user name of the person, such as li.wei."
NO_DEPARTMENTS = "employee_departments is empty: write the departments, with commas or line breaks between them."
WRONG: list[tuple[Variables, str]] = [
    ({"employee_name": ""}, NO_NAME),
    ({"employee_departments": ""}, NO_DEPARTMENTS),
    ({"employee_name": "", "employee_departments": ""}, f"{NO_NAME} {NO_DEPARTMENTS}"),
    ({"employee_name": "li wei"}, "only: has 'li wei', with white space inside a name"),
    ({"employee_departments": "sails"}, "is in the unknown department sails; did you mean sales?"),
    ({"employee_ends_on": "31.12.2026"}, "has 31.12.2026 for ends_on; write a day as 2026-12-31"),
]
MORE_WRONG: list[tuple[Variables, str]] = [
    ({"employee_email": "li.wei"}, "has li.wei for email, which is not a mail address"),
    ({"employee_name": "asha.rao"}, "asha.rao"),
    ({"employee_name": " \n"}, NO_NAME),
    ({"employee_name": None}, NO_NAME),
    ({"employee_name": "li/wei"}, "li/wei"),
    ({"employee_name": "x" * 65}, "x" * 65),
    ({"employee_name": "li wei, asha"}, "only: has 'li wei, asha', with white space inside a name"),
    ({"employee_name": "ASHA.RAO"}, "ASHA.RAO"),
    ({"employee_departments": []}, NO_DEPARTMENTS),
    ({"employee_departments": "[]"}, NO_DEPARTMENTS),
    ({"employee_departments": None}, NO_DEPARTMENTS),
    ({"employee_departments": "sales data-science"}, "departments has 'sales data-science', with white space inside"),
    ({"employee_departments": '["sales"'}, "departments begins like a list in JSON and is none"),
    ({"employee_departments": "sales;data-science"}, "in departments, sales;data-science has ';' in the name"),
    ({"employee_departments": 7}, "departments"),
    ({"employee_departments": {"sales": True}}, "departments"),
    ({"employee_email": ""}, "li.wei"),
    ({"employee_email": "li wei@example.com"}, "has 'li wei@example.com' for email, which is not a mail address"),
    ({"employee_ends_on": "tomorrow"}, "has tomorrow for ends_on"),
    ({"employee_ends_on": "2026-02-30"}, "has 2026-02-30 for ends_on"),
    ({"employee_ends_on": 20261231}, "for ends_on"),
    ({"employee_credentials_to": "nobody"}, "has nobody for credentials_to, which is not a mail address"),
    ({"onboard_only": "asha.rao"}, "Leave onboard_only out"),
    ({"onboard_plan": ""}, "plan: is empty, so nothing was changed"),
    ({"employee_email": "li.wei@exämple.com"}, "li.wei"),
]


@pytest.mark.parametrize(
    "wrong", [pytest.param(WRONG, id="each way"), pytest.param(MORE_WRONG, id="more", marks=pytest.mark.long)]
)
def test_wrong_answers_are_told_and_nothing_is_written(
    playbook: Playbook, sandbox: Sandbox, wrong: list[tuple[Variables, str]]
) -> None:
    """Each is an account of its own, so that one run has them all."""
    hosts = {
        f"form{number}": {**GOOD, **answers, "onboard_account": f"form{number}"}
        for number, (answers, _told) in enumerate(wrong)
    }
    sandbox.seed(users=[{"name": "asha.rao", "tags": {"workforce:managed": "onboard"}}])
    settings = company(sandbox)
    before = sandbox.state()
    outcome = playbook(HIRE, inventory={"all": {"vars": settings, "hosts": hosts}}).failed()
    told: dict[str, list[str]] = {host: [] for host in hosts}
    for task in outcome.tasks:
        for host, result in task.hosts.items():
            if task.name in (CHECKED, RUN) and result.get("msg"):
                told[host].append(str(result["msg"]))
    cases = zip(hosts, wrong, strict=True)
    missed = [(answers, told[host]) for host, (answers, message) in cases if message not in "\n".join(told[host])]
    assert not missed, "\n".join(map(str, missed))
    assert sandbox.state() == before
