# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The external ID of a role is shown by no playbook, and lies in no file of a module, however chatty the run is."""

from __future__ import annotations

import re
from pathlib import Path

from tests.sandbox.client import Sandbox
from tests.support.secrecy import Search
from tests.support.sinks import Run

EXTERNAL_ID = "Our-secret-handshake-2026"
TOLD = "Told-on-purpose-2026"
OTHER = "210987654321"
ROLE = {"assume_role_arn": f"arn:aws:iam::{OTHER}:role/onboarding", "external_id": EXTERNAL_ID}
# So that the search is known to look, where a module's file lies and where the run prints.
CONTROL = {
    "name": "Control",
    "hosts": "localhost",
    "gather_facts": False,
    "tasks": [{"name": "Tell it", "ansible.builtin.command": {"argv": ["echo", TOLD]}}],
}


def test_no_playbook_shows_it(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.credentials(OTHER)
    sandbox.seed(account_id=OTHER, users=[{"name": "asha.rao", "tags": {"workforce:managed": "onboard"}}])
    sandbox.clear_calls()
    # To keep modules' files would end pipelining; those that pass by are seen all the same.
    run = Run(tmp_path, sandbox)
    variables = {"onboard_connection": ROLE, "who": "asha.rao", "departments": [], "employees": [{"name": "asha.rao"}]}
    names = ("onboard", "offboard", "report")
    plays = [CONTROL, *({"import_playbook": f"workforce.aws.{name}"} for name in names)]
    code = run.play(plays, *run.vault("connection.vault", variables), callback="ansible.builtin.default")
    assert code == 0, run.seen["stdout"].decode()
    assert sandbox.calls()["by_operation"]["AssumeRole"] == len(names)
    assert "workforce-suspended" in sandbox.state(OTHER)["users"]["asha.rao"]["inline_policies"]
    told = {each.place for each in Search({"told": TOLD}).within(run.seen)}
    assert "stdout" in told
    assert any(re.search(r"AnsiballZ_command", place) for place in told)
    assert {each.place for each in Search({"the external ID": EXTERNAL_ID}).within(run.seen)} == set()
