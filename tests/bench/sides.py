# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The three sides: this collection, loops over amazon.aws's modules, and the bare script, for the same company."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench import bare
from tests.bench.company import Company
from tests.bench.figures import USERS_TASK
from tests.sandbox.client import Sandbox
from tests.support.playbooks import run_playbook
from tests.tools.environment import clean_environment
from tests.tools.places import Places

# As it comes: indented.
CALLBACK = {"ANSIBLE_JSON_INDENT": "4"}
POLICY = "ReadOnlyAccess"
ONE_USER = "employee.0000"


@dataclass(frozen=True)
class Sides:
    """Runs the sides against one sandbox. Each gives what it printed.

    `credentials` are the settings of the mail server, for a company that is mailed.
    """

    sandbox: Sandbox
    folder: Path
    threads: int
    credentials: Mapping[str, Any]

    def ours(self, of: Company) -> str:
        """The daily run, with the lists beside the inventory as in the example company."""
        variables: dict[str, Any] = {"departments": of.departments, "employees": of.employees}
        if of.mailed:
            variables["onboard_credentials"] = dict(self.credentials)
        return self._play("workforce.aws.onboard", self._inventory(f"ours-{_title(of)}", variables))

    def amazon(self, of: Company) -> str:
        """A loop for the users and one for the groups with their members; inline policies would be a third.

        Policies are given by ARN: by name every turn of the loop would list all policies.
        """
        users = [{"name": one["name"], "tags": one["tags"]} for one in of.employees]
        groups = [_group(of, department) for department in of.departments]
        tasks = [
            {
                "name": USERS_TASK,
                "amazon.aws.iam_user": {"name": "{{ item.name }}", "tags": "{{ item.tags }}", "state": "present"},
                "loop": "{{ bench_users }}",
                "loop_control": {"label": "{{ item.name }}"},
            },
            {
                "name": "Groups",
                "amazon.aws.iam_group": {
                    "name": "{{ item.name }}",
                    "managed_policies": "{{ item.policies }}",
                    "users": "{{ item.users }}",
                    "state": "present",
                },
                "loop": "{{ bench_groups }}",
                "loop_control": {"label": "{{ item.name }}"},
            },
        ]
        inventory = self._inventory(f"amazon-{len(users)}", {"bench_users": users, "bench_groups": groups})
        return self._play(tasks, inventory)

    def one_user(self, module: str) -> str:
        """One user by name, with a policy given by its friendly name."""
        task = {
            "name": "One user",
            f"{module}.iam_user": {"name": ONE_USER, "managed_policies": [POLICY], "state": "present"},
        }
        return self._play([task], self._inventory("one", {}))

    def bare(self, of: Company) -> str:
        """The script in a process of its own, start-up included as it is for the others."""
        file = self.folder / f"company-{_title(of)}.json"
        if not file.exists():
            file.write_text(json.dumps(dataclasses.asdict(of)), encoding="utf-8")
        environment = {**clean_environment(Places.here()), **self.sandbox.variables()}
        command = [sys.executable, bare.__file__, str(file), str(self.threads)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return done.stdout

    def _play(self, playbook: str | Sequence[Mapping[str, Any]], inventory: Path) -> str:
        outcome = run_playbook(
            playbook, sandbox=self.sandbox, tmp_path=self.folder, inventory=inventory, env=CALLBACK
        ).succeeded()
        return outcome.stdout

    def _inventory(self, name: str, variables: Mapping[str, Any]) -> Path:
        """A folder with an inventory and its group_vars, written once."""
        folder = self.folder / name
        if not folder.exists():
            (folder / "group_vars").mkdir(parents=True)
            (folder / "hosts.yml").write_text("all: {}\n", encoding="utf-8")
            # JSON is YAML; it takes Ansible as long to read.
            (folder / "group_vars" / "all.yml").write_text(json.dumps(variables, indent=1), encoding="utf-8")
        return folder


def _title(of: Company) -> str:
    return f"{len(of.employees)}{'-mailed' if of.mailed else ''}"


def _group(of: Company, department: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": department["name"],
        "policies": [f"arn:aws:iam::aws:policy/{policy}" for policy in department["managed_policies"]],
        "users": of.members(department["name"]),
    }
