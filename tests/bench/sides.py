# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The three sides: this collection, loops over amazon.aws's modules, and the bare script, for the same company."""

from __future__ import annotations

import csv
import dataclasses
import json
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.bench import bare, peak
from tests.bench.company import Company
from tests.sandbox.client import Sandbox
from tests.support.playbooks import JSON_CALLBACK, PlaybookResult, run_playbook
from tests.tools.environment import clean_environment
from tests.tools.places import Places

ONBOARD = "workforce.aws.onboard"
# As it comes: indented.
CALLBACK = {"ANSIBLE_JSON_INDENT": "4"}
USERS_TASK = "Users"
POLICY = "ReadOnlyAccess"
ONE_USER = "employee.0000"
SEPARATOR = "/"
# How the lists are written: in which file, or to be read by which variable of the role.
FORMATS = ("JSON in group_vars", "YAML in group_vars", "a CSV file", "a YAML file")
JSON, YAML, CSV_FILE, YAML_FILE = FORMATS


@dataclass(frozen=True)
class Sides:
    """Runs the sides against one sandbox. Each gives what it printed.

    `credentials` are the settings of the mail server, for a company that is mailed.
    """

    sandbox: Sandbox
    folder: Path
    threads: int
    credentials: Mapping[str, Any]

    @property
    def peak(self) -> Path:
        """The file into which each run writes how much memory it had."""
        return self.folder / "peak"

    def ours(self, of: Company, form: str = JSON, callback: str = JSON_CALLBACK, people: Sequence[str] = ()) -> str:
        """The daily run, with the lists beside the inventory as in the example company; `people` are its `only`."""
        variables: dict[str, Any] = {**of.settings}
        if of.mailed:
            variables["onboard_credentials"] = dict(self.credentials)
        if people:
            variables["onboard_only"] = list(people)
        lists = {"departments": of.departments, "employees": of.employees}
        folder = self._inventory(of.name + (f"-only-{people[0]}" if people else ""), form, {**variables, **lists})
        return self._play(ONBOARD, folder, callback)

    def plain(self, of: Company) -> str:
        """The daily run as a person sees it."""
        return self.ours(of, callback="ansible.builtin.default")

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
        variables = {"bench_users": users, "bench_groups": groups}
        return self._play(tasks, self._inventory(f"amazon-{len(users)}", JSON, variables))

    def one_user(self, module: str) -> str:
        """One user by name, with a policy given by its friendly name."""
        task = {
            "name": "One user",
            f"{module}.iam_user": {"name": ONE_USER, "managed_policies": [POLICY], "state": "present"},
        }
        return self._play([task], self._inventory("one", JSON, {}))

    def bare(self, of: Company) -> str:
        """The script in a process of its own, start-up included as it is for the others."""
        file = self.folder / f"{of.name}.json"
        if not file.exists():
            file.write_text(json.dumps(dataclasses.asdict(of)), encoding="utf-8")
        environment = {**clean_environment(Places.here()), **self.sandbox.variables()}
        command = [*self._watched(), sys.executable, bare.__file__, str(file), str(self.threads)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return done.stdout

    def accounts(self, inventory: Path, forks: int, *, fails: bool = False) -> str:
        """Every account of this inventory in one play, which is to fail or not to."""
        outcome = self._outcome(ONBOARD, inventory, JSON_CALLBACK, ("--forks", str(forks)))
        return (outcome.failed() if fails else outcome.succeeded()).stdout

    def _play(self, playbook: str | Sequence[Mapping[str, Any]], inventory: Path, callback: str = JSON_CALLBACK) -> str:
        return self._outcome(playbook, inventory, callback, ()).succeeded().stdout

    def _outcome(
        self,
        playbook: str | Sequence[Mapping[str, Any]],
        inventory: Path,
        callback: str,
        arguments: Sequence[str],
    ) -> PlaybookResult:
        return run_playbook(
            playbook,
            sandbox=self.sandbox,
            tmp_path=self.folder,
            inventory=inventory,
            env=CALLBACK,
            callback=callback,
            arguments=arguments,
            ansible_playbook=self._ansible_playbook(),
            timeout=1200,
        )

    def _ansible_playbook(self) -> Path:
        """Ansible's own program, watched. It packs its modules anew in each run, as it does for everybody."""
        script = self.folder / "ansible-playbook"
        if not script.exists():
            command = shlex.join([*self._watched(), str(Places.here().bin / "ansible-playbook")])
            script.write_text(f'#!/bin/sh\nexec {command} "$@"\n', encoding="utf-8")
            script.chmod(0o700)
        return script

    def _watched(self) -> list[str]:
        return [sys.executable, "-P", peak.__file__, str(self.peak)]

    def _inventory(self, name: str, form: str, variables: Mapping[str, Any]) -> Path:
        """A folder with an inventory, its group_vars and the list of employees in this form, written once."""
        folder = self.folder / f"{name}-{form.replace(' ', '-')}"
        if not folder.exists():
            (folder / "group_vars").mkdir(parents=True)
            (folder / "hosts.yml").write_text("all: {}\n", encoding="utf-8")
            _write(folder, form, dict(variables))
        return folder


def _write(folder: Path, form: str, variables: dict[str, Any]) -> None:
    if form == YAML:
        (folder / "group_vars" / "all.yml").write_text(yaml.safe_dump(variables, sort_keys=False), encoding="utf-8")
        return
    if form in (CSV_FILE, YAML_FILE):
        # Not in the folder of the inventory, where Ansible takes each line of a file for a host.
        people = folder.with_suffix(".csv" if form == CSV_FILE else ".yml")
        variables |= {"onboard_employees_from": [str(people)], "onboard_files_may_set": ["tags"]}
        _write_people(people, variables.pop("employees"))
    if form == CSV_FILE:
        columns = {key: key for key in ("name", "employee_id", "email", "departments")}
        variables["onboard_csv"] = {"columns": {**columns, "tags": {"team": "team"}}, "separator": SEPARATOR}
    (folder / "group_vars" / "all.json").write_text(json.dumps(variables, indent=1), encoding="utf-8")


def _write_people(file: Path, employees: Sequence[Mapping[str, Any]]) -> None:
    if file.suffix == ".yml":
        file.write_text(yaml.safe_dump(employees, sort_keys=False), encoding="utf-8")
        return
    with file.open("w", encoding="utf-8", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(("name", "employee_id", "email", "departments", "team"))
        for one in employees:
            departments = SEPARATOR.join(one["departments"])
            rows.writerow((one["name"], one["employee_id"], one["email"], departments, one["tags"]["team"]))


def _group(of: Company, department: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": department["name"],
        "policies": [f"arn:aws:iam::aws:policy/{policy}" for policy in department["managed_policies"]],
        "users": of.members(department["name"]),
    }
