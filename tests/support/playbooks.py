# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the real `ansible-playbook` against a sandbox and reads its results."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.sandbox.client import Sandbox
from tests.support.packed import packed_folder
from tests.tools.environment import clean_environment
from tests.tools.places import Places

LOCALHOST = "localhost"
JSON_CALLBACK = "ansible.posix.json"
# `-P`: the launcher's folder does not become a place to import from.
KEEPING = ["-P", str(Path(__file__).with_name("ansible_playbook.py"))]


@dataclass(frozen=True)
class TaskResult:
    """One task and its results by host."""

    play: str
    name: str
    hosts: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class PlaybookResult:
    """The result of `ansible-playbook`. `tasks` is empty if it stopped before the first task, or printed no JSON."""

    rc: int
    stdout: str
    stderr: str
    tasks: list[TaskResult] = field(default_factory=list)
    stats: dict[str, dict[str, int]] = field(default_factory=dict)

    def results(self, host: str = LOCALHOST) -> list[dict[str, Any]]:
        """The results of a host, in the order of the tasks."""
        return [task.hosts[host] for task in self.tasks if host in task.hosts]

    def result(self, name: str, host: str = LOCALHOST) -> dict[str, Any]:
        """The result of the only task with this name on a host."""
        found = [task.hosts[host] for task in self.tasks if task.name == name and host in task.hosts]
        assert len(found) == 1, f"{len(found)} results of {name!r} on {host}:\n{self.text()}"
        return found[0]

    def page(self, name: str, host: str = LOCALHOST) -> list[str]:
        """The lines of the page that the only task with this name shows on a host, as the label of its loop of one."""
        (shown,) = self.result(name, host)["results"]
        lines: list[str] = shown["_ansible_item_label"].strip("\n").split("\n")
        return lines

    def failures(self) -> list[dict[str, Any]]:
        """The results of tasks that failed or whose host was unreachable, also if a `rescue` followed."""
        every = (result for task in self.tasks for result in task.hosts.values())
        return [result for result in every if result.get("failed") or result.get("unreachable")]

    def changed(self, host: str = LOCALHOST) -> int:
        """How many tasks changed something on a host."""
        return self.stats[host]["changed"]

    def succeeded(self) -> PlaybookResult:
        """This result, if the run succeeded; else the test fails and shows everything that the run printed."""
        assert self.rc == 0, f"ansible-playbook ended with {self.rc}:\n{self.text()}"
        return self

    def failed(self) -> PlaybookResult:
        """This result, if the run failed; else the test fails and shows everything that the run printed."""
        assert self.rc != 0, f"ansible-playbook was expected to fail:\n{self.text()}"
        return self

    def text(self) -> str:
        """Everything printed, for messages."""
        return f"{self.stdout}\n{self.stderr}".strip()


def run_playbook(
    playbook: str | Path | Sequence[Mapping[str, Any]],
    *,
    sandbox: Sandbox,
    tmp_path: Path,
    check: bool = False,
    diff: bool = False,
    extra_vars: Mapping[str, Any] | None = None,
    inventory: str | Path | Mapping[str, Any] | None = None,
    env: Mapping[str, str] | None = None,
    verbosity: int = 0,
    cwd: Path | None = None,
    account_id: str | None = None,
    callback: str = JSON_CALLBACK,
    arguments: Sequence[str] = (),
    timeout: float = 300,
    keep_packed: bool = True,
    ansible_playbook: Path | None = None,
) -> PlaybookResult:
    """Run a playbook: a file, a name (`workforce.aws.onboard`), a list of plays, or a list of tasks for localhost.

    With `cwd`, Ansible reads the `ansible.cfg` in that folder and the inventory that it names. Without `cwd`, there is
    no `ansible.cfg`, and only the implicit localhost, unless an `inventory` is given.

    The modules that Ansible packs are kept for later runs (`ansible_playbook.py`), unless `keep_packed` is false, or
    another `ansible_playbook` than the environment's is given.
    """
    places = Places.here()
    kept = keep_packed and ansible_playbook is None
    program = [str(places.python), *KEEPING] if kept else [str(ansible_playbook or places.bin / "ansible-playbook")]
    command = [*program, _playbook(playbook, tmp_path), *arguments]
    command += _flags(check, diff, verbosity)
    if extra_vars is not None:
        command += ["--extra-vars", f"@{_write(extra_vars, tmp_path, 'vars')}"]
    if inventory is not None or cwd is None:
        command += ["--inventory", _inventory(inventory, tmp_path)]
    done = subprocess.run(
        command,
        cwd=cwd or tmp_path,
        env={**_environment(sandbox, account_id, callback, own_config=cwd is None), **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    return _result(done, _report(done.stdout) if callback == JSON_CALLBACK else {})


def start_playbook(
    playbook: str, *, sandbox: Sandbox, tmp_path: Path, extra_vars: Mapping[str, Any]
) -> subprocess.Popen[bytes]:
    """Start a playbook by its name and do not wait for its end. Its output is lost."""
    return subprocess.Popen(
        [
            str(Places.here().bin / "ansible-playbook"),
            playbook,
            f"--extra-vars=@{_write(extra_vars, tmp_path, 'vars')}",
            f"--inventory={_inventory(None, tmp_path)}",
        ],
        cwd=tmp_path,
        env=_environment(sandbox, None, JSON_CALLBACK, own_config=True),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _environment(sandbox: Sandbox, account_id: str | None, callback: str, *, own_config: bool) -> dict[str, str]:
    places = Places.here()
    environment = clean_environment(places)
    if not own_config:
        del environment["ANSIBLE_CONFIG"]
    environment.update(
        ANSIBLE_STDOUT_CALLBACK=callback,
        ANSIBLE_JSON_INDENT="0",
        ANSIBLE_LOCALHOST_WARNING="False",
        ANSIBLE_INVENTORY_UNPARSED_WARNING="False",
        ANSIBLE_PYTHON_INTERPRETER=str(places.python),
        # 127.0.0.1 is never behind a proxy.
        NO_PROXY="127.0.0.1",
        no_proxy="127.0.0.1",
        WORKFORCE_PACKED=str(packed_folder(places)),
        **sandbox.variables(account_id),
    )
    return environment


def _flags(check: bool, diff: bool, verbosity: int) -> list[str]:
    flags = {"--check": check, "--diff": diff, "-" + "v" * verbosity: verbosity > 0}
    return [flag for flag, wanted in flags.items() if wanted]


def _playbook(playbook: str | Path | Sequence[Mapping[str, Any]], tmp_path: Path) -> str:
    if isinstance(playbook, str | Path):
        return str(playbook)
    plays = list(playbook)
    if not any("hosts" in play or "import_playbook" in play for play in plays):
        plays = [{"name": "Test", "hosts": LOCALHOST, "gather_facts": False, "tasks": plays}]
    return _write(plays, tmp_path, "playbook")


def _inventory(inventory: str | Path | Mapping[str, Any] | None, tmp_path: Path) -> str:
    if isinstance(inventory, str | Path):
        return str(inventory)
    return _write({"all": {}} if inventory is None else inventory, tmp_path, "inventory")


class PlainDumper(yaml.SafeDumper):
    """Writes no anchors: a list that two tasks share is written twice, as a person would write it."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _write(content: Any, folder: Path, name: str) -> str:
    with tempfile.NamedTemporaryFile("w", dir=folder, prefix=f"{name}-", suffix=".yml", delete=False) as file:
        yaml.dump(_plain(content), file, Dumper=PlainDumper, sort_keys=False, allow_unicode=True)
    return file.name


def _plain(content: Any) -> Any:
    """Any mapping or sequence as a dict or list, which YAML can write."""
    if isinstance(content, Mapping):
        return {key: _plain(value) for key, value in content.items()}
    if isinstance(content, Sequence) and not isinstance(content, str | bytes):
        return [_plain(value) for value in content]
    return content


def _result(done: subprocess.CompletedProcess[str], report: dict[str, Any]) -> PlaybookResult:
    return PlaybookResult(done.returncode, done.stdout, done.stderr, list(_tasks(report)), report.get("stats", {}))


def _report(stdout: str) -> dict[str, Any]:
    """The JSON that the callback printed at the end, after any lines of `-v`."""
    start = 0 if stdout.startswith("{") else stdout.find("\n{") + 1
    if not stdout.startswith("{", start):
        return {}
    report: dict[str, Any] = json.JSONDecoder().raw_decode(stdout, start)[0]
    return report


def _tasks(report: dict[str, Any]) -> Iterator[TaskResult]:
    for play in report.get("plays", []):
        for task in play["tasks"]:
            yield TaskResult(play["play"]["name"], task["task"]["name"], task["hosts"])
