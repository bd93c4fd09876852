# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs AWX's job templates by ansible-runner, with the files, variables and arguments that AWX gives it.

They are those of awx/main/tasks/jobs.py (`RunJob`: build_args, build_env, build_extra_vars_file, write_inventory_file)
and awx/main/models/workflow.py (`WorkflowJobNode.get_job_kwargs`: what an earlier job handed on). The container is left
out: the paths are those of this machine.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.sandbox.client import Sandbox
from tests.support.secrecy import files_under
from tests.tools import awx_objects
from tests.tools.environment import clean_environment
from tests.tools.places import ROOT, Places

Data = dict[str, Any]
TEMPLATES: dict[str, Data] = {
    one.options["name"]: one.options for one in awx_objects.made() if one.kind == "job_template"
}
# What AWX writes itself before a job: the lists and the credentials are in it.
GIVEN = ("env", "inventory", "project")
TIMEOUT = 300


class _Unsafe(str):
    """An answer of a survey: AWX marks it, so that Ansible does not take it for a template."""


class _Dumper(yaml.SafeDumper):
    pass


_Dumper.add_representer(_Unsafe, lambda dumper, text: dumper.represent_scalar("!unsafe", str(text)))


@dataclass(frozen=True)
class Job:
    """A job that has ended: its exit code, its events, and everything that it left behind, by name."""

    rc: int
    events: list[Data]
    left: dict[str, bytes]

    @property
    def artifacts(self) -> Data:
        """What it handed on by `set_stats`."""
        found = [event["event_data"] for event in self.events if event["event"] == "playbook_on_stats"]
        artifacts: Data = found[0].get("artifact_data", {})
        return artifacts

    def text(self) -> str:
        """What the job's page shows."""
        return "\n".join(event.get("stdout", "") for event in self.events)


@dataclass(frozen=True)
class Awx:
    """An AWX with one inventory. ``hosts`` are the hosts' own variables; ``credential`` is that of the mail server."""

    folder: Path
    sandbox: Sandbox
    variables: Data
    credential: Mapping[str, str]
    hosts: Mapping[str, Data]

    def launch(
        self,
        template: str,
        answers: Data | None = None,
        artifacts: Data | None = None,
        project: Mapping[str, str] | None = None,
    ) -> Job:
        """Run a template with a survey's answers, and with what an earlier job of the workflow handed on.

        ``project`` has more files of the project, by path; its ``site.yml`` is run in place of the template's playbook.
        """
        options, number = TEMPLATES[template], len(list(self.folder.glob("job-*"))) + 1
        private = self.folder / f"job-{number}"
        shutil.copytree(ROOT / "examples" / "company", private / "project", ignore=shutil.ignore_patterns("inventory"))
        self._write_inventory(private)
        credential = self._write_variables(private, options, answers or {}, artifacts or {}, number)
        check = ["--check"] if options["job_type"] == "check" else []
        diff = ["--diff"] if options.get("diff_mode") else []
        words = [*check, "-u", "root", *diff, "-e", f"@{credential}"]
        _file(private / "env" / "cmdline", " ".join(words))
        _file(private / "env" / "settings", json.dumps({"suppress_ansible_output": True, "job_timeout": 0}))
        for path, content in (project or {}).items():
            _file(private / "project" / path, content)
        done = self._start(private, "site.yml" if project else options["playbook"], number)
        events = [
            json.loads(path.read_text(encoding="utf-8")) for path in private.glob("artifacts/*/job_events/*.json")
        ]
        left = files_under(private, apart=[private / name for name in GIVEN])
        left |= {"stdout": done.stdout, "stderr": done.stderr}
        assert events, (done.stdout + done.stderr).decode()
        return Job(done.returncode, sorted(events, key=lambda event: int(event["counter"])), left)

    def _write_inventory(self, private: Path) -> None:
        """A script that prints the inventory."""
        listed: Data = {
            "all": {"hosts": list(self.hosts), "vars": self.variables},
            "_meta": {"hostvars": dict(self.hosts)},
        }
        script = f"#! /usr/bin/env python3\n# -*- coding: utf-8 -*-\nprint({json.dumps(listed)!r})\n"
        _file(private / "inventory" / "hosts", script).chmod(0o700)

    def _write_variables(self, private: Path, options: Data, answers: Data, artifacts: Data, number: int) -> Path:
        """The extra variables, and the file of the credential's. What comes from outside is marked as no template."""
        told = {"awx_job_id": number, "awx_job_launch_type": "manual", "awx_user_name": "desk", "awx_user_email": ""}
        told |= {f"tower_{name.removeprefix('awx_')}": value for name, value in told.items()}
        outside = _unsafe({**answers, **artifacts})
        everything = {**told, **options.get("extra_vars", {}), **outside}
        _file(private / "env" / "extravars", yaml.dump(everything, Dumper=_Dumper))
        return _file(private / "env" / "tmpcredential", yaml.dump(_unsafe(dict(self.credential)), Dumper=_Dumper))

    def _start(self, private: Path, playbook: str, number: int) -> subprocess.CompletedProcess[bytes]:
        places = Places.here()
        control = private / "cp"
        control.mkdir()
        environment = {
            **clean_environment(places),
            **self.sandbox.variables(),
            "ANSIBLE_PYTHON_INTERPRETER": str(places.python),
            "ANSIBLE_FORCE_COLOR": "True",
            "ANSIBLE_HOST_KEY_CHECKING": "False",
            "ANSIBLE_INVENTORY_UNPARSED_FAILED": "True",
            "ANSIBLE_RETRY_FILES_ENABLED": "False",
            "ANSIBLE_SSH_CONTROL_PATH_DIR": str(control),
            "AWX_HOST": "https://awx.example.com",
            "AWX_PRIVATE_DATA_DIR": str(private),
            "INVENTORY_ID": "1",
            "JOB_ID": str(number),
            "MAX_EVENT_RES": "700000",
            "PROJECT_REVISION": "0" * 40,
        }
        command = [str(places.bin / "ansible-runner"), "run", str(private), "-p", playbook, "--ident", str(number)]
        return subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT, check=False
        )


def _file(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    path.chmod(0o600)
    return path


def _unsafe(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _unsafe(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_unsafe(item) for item in value]
    return _Unsafe(value) if isinstance(value, str) else value
