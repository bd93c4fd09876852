# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role's words for who leaves, who comes back, and how many are too many, as the command line gives them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.sandbox.client import Sandbox
from tests.support.playbooks import PlaybookResult
from tests.support.role import ROLE, inventory, play

Run = Callable[..., PlaybookResult]
MARK = {"workforce:managed": "onboard"}


def _people(*names: str) -> list[dict[str, Any]]:
    return [{"name": name, "departments": ["sales"]} for name in names]


def test_a_list_that_lost_its_tail_is_stopped_until_its_number_is_repeated(playbook: Run, sandbox: Sandbox) -> None:
    names = [f"p{number}" for number in range(6)]
    sandbox.seed(groups=[{"name": "sales", "path": "/workforce/"}])
    sandbox.seed(users=[{"name": name, "tags": MARK, "groups": ["sales"]} for name in names])
    before = sandbox.state()
    told = {"name": "Result", "ansible.builtin.debug": {"msg": "{{ onboard_result }}"}}
    chart: dict[str, Any] = {
        "employees": _people("p0"),
        "departments": [{"name": "sales"}],
        "onboard_unlisted": "suspend",
    }
    hosts = inventory("web1", **chart)
    stopped = playbook([play(ROLE, told)], inventory=hosts, extra_vars={"onboard_confirm_losses": "4"}).failed()
    assert "-e onboard_confirm_losses=5" in stopped.text()
    assert sandbox.state() == before
    confirmed = {"onboard_account": "prod", "onboard_confirm_losses": {"prod": 5, "dev": 1}}
    done = playbook([play(ROLE, told)], inventory=hosts, extra_vars=confirmed).succeeded()
    assert [one["name"] for one in done.result("Result", "web1")["msg"]["leavers"]] == names[1:]


def test_held_until_readmitted(playbook: Run, sandbox: Sandbox) -> None:
    sandbox.seed(groups=[{"name": "sales", "path": "/workforce/"}])
    sandbox.seed(users=[{"name": "asha.rao", "tags": MARK, "groups": ["sales"], "password": "Secret-1-secret"}])
    before = sandbox.state()
    suspend = {"workforce.aws.iam_user": {"name": "asha.rao", "state": "suspended"}, "delegate_to": "localhost"}
    told = {"name": "Result", "ansible.builtin.debug": {"msg": "{{ onboard_result }}"}}
    hosts = inventory("web1", employees=_people("asha.rao"), departments=[{"name": "sales"}])
    daily = playbook([play(suspend, ROLE, told, gather_facts=False)], inventory=hosts).succeeded()
    held = daily.result("Result", "web1")["msg"]
    assert ([one["name"] for one in held["held"]], held["changed"]) == (["asha.rao"], False)
    back = playbook([play(ROLE, told)], inventory=hosts, extra_vars={"onboard_readmit": "asha.rao"}).succeeded()
    assert [one["name"] for one in back.result("Result", "web1")["msg"]["returned"]] == ["asha.rao"]
    user = {**before["users"]["asha.rao"], "login_profile": None}
    assert sandbox.state()["users"]["asha.rao"] == user
