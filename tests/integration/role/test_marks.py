# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role where somebody who may write tags wrote them: what a person sees, and the exit code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.support.playbooks import PlaybookResult
from tests.support.role import ROLE, inventory, play

Run = Callable[..., PlaybookResult]
MARK = {"workforce:managed": "onboard"}


@pytest.mark.long  # modules/test_marks.py has each forgery
def test_what_a_writer_of_tags_does_ends_red_and_hinders_nobody(playbook: Run, sandbox: Sandbox) -> None:
    sandbox.seed(groups=[{"name": "sales", "path": "/workforce/"}, {"name": "admins", "path": "/workforce/"}])
    users = {
        "mallory": {**MARK, "workforce:employee-id": "77"},
        "li.wei": {"workforce:managed": "x"},
        "asha.rao": {**MARK, "workforce:employee-id": "78"},
    }
    sandbox.seed(users=[{"name": name, "tags": tags, "groups": ["sales"]} for name, tags in users.items()])
    sandbox.seed(users=[{"name": "boss", "password": "Secret-1-secret"}])
    before = sandbox.state()
    employees: list[dict[str, Any]] = [
        {"name": "new.admin", "employee_id": "77", "departments": ["admins"]},
        {"name": "other.admin", "employee_id": "78", "departments": ["admins"]},
        {"name": "asha.rao", "employee_id": "42", "departments": ["sales"]},
        {"name": "li.wei", "state": "suspended"},
        {"name": "boss", "departments": ["admins"]},
    ]
    hosts = inventory("web1", employees=employees, departments=[{"name": "sales"}, {"name": "admins"}])
    check = playbook([play(ROLE)], inventory=hosts, check=True, extra_vars={"onboard_adopt": "true"}).failed()
    assert sandbox.state() == before
    words = (
        "new.admin: would be the user mallory under a new name",
        "the user asha.rao bears the employee id 78, which the list gives to other.admin; the list says 42",
        "boss: not adopted, because somebody can sign in as it already",
        "leaver: suspended (state suspended)",
    )
    assert all(word in check.text() for word in words), check.text()
    done = playbook([play(ROLE)], inventory=hosts).failed()
    assert done.rc == 2
    after = sandbox.state()["users"]
    assert after["other.admin"]["groups"] == ["admins"]
    assert {name: after[name] for name in ("mallory", "asha.rao", "boss")} == {
        name: before["users"][name] for name in ("mallory", "asha.rao", "boss")
    }
    assert "workforce-suspended" in after["li.wei"]["inline_policies"]
    more = {"onboard_confirm_renames": "1", "onboard_adopt": "boss"}
    confirmed = playbook([play(ROLE)], inventory=hosts, extra_vars=more).failed()
    after = sandbox.state()["users"]
    assert after["new.admin"]["id"] == before["users"]["mallory"]["id"]
    assert after["boss"]["tags"] == MARK
    assert "boss (made on " in confirmed.text()
