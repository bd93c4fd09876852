# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs playbooks with every kind of logging switched on, and collects everything that was written.

All files of the run are in one folder: temporary files, logs, facts, artifacts.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from ansible.parsing.vault import VaultLib, VaultSecret

from tests.sandbox.client import Sandbox
from tests.support.playbooks import PlainDumper
from tests.support.secrecy import files_under
from tests.support.watch import Watch
from tests.tools.environment import clean_environment
from tests.tools.places import Places

VAULT_PASSWORD = "the vault's own password"
TIMEOUT = 300


@dataclass
class Run:
    """A folder for one run of `ansible-playbook` or `ansible-runner`, and everything that the run writes.

    `apart` are folders that may have secrets: the search leaves them out.
    """

    folder: Path
    sandbox: Sandbox
    apart: Sequence[Path] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    seen: dict[str, bytes] = field(default_factory=dict)

    def write(self, name: str, content: Any) -> Path:
        """Write a file of the run, as YAML unless the content is text."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else yaml.dump(content, Dumper=PlainDumper, sort_keys=False)
        path.write_text(text, encoding="utf-8")
        return path

    def vault(self, name: str, variables: Mapping[str, Any]) -> list[str]:
        """Write an encrypted file of variables. Returns the arguments with which `ansible-playbook` reads it."""
        key = self.write("vault-password", VAULT_PASSWORD)
        lib = VaultLib([("default", VaultSecret(VAULT_PASSWORD.encode()))])
        path = self.write(name, lib.encrypt(yaml.safe_dump(dict(variables))).decode())
        return ["--vault-password-file", str(key), "--extra-vars", f"@{path}"]

    def play(self, plays: Any, *arguments: str, callback: str) -> int:
        """Run `ansible-playbook` with the most output. Returns the exit code."""
        playbook = self.write("playbook.yml", plays)
        program = str(Places.here().bin / "ansible-playbook")
        command = [program, str(playbook), "--inventory", str(self._inventory(".")), "-vvvv", "--diff", *arguments]
        return self._start(command, callback)

    def play_by_runner(self, plays: Any, *arguments: str) -> int:
        """The same with ansible-runner, which AWX uses. It writes each event of the run to a file."""
        self.write("runner/project/playbook.yml", plays)
        self._inventory("runner/inventory")
        # Quoted words, as that file requires.
        self.write("runner/env/cmdline", " ".join(f"'{word}'" for word in ("--diff", *arguments)))
        program = str(Places.here().bin / "ansible-runner")
        return self._start([program, "run", str(self.folder / "runner"), "-p", "playbook.yml", "-vvvv"], None)

    def _inventory(self, folder: str) -> Path:
        return self.write(f"{folder}/hosts", "localhost ansible_connection=local\n")

    def _start(self, command: list[str], callback: str | None) -> int:
        # Newer releases of ansible-core create a socket there. Its path may have at most 108 letters.
        with tempfile.TemporaryDirectory() as short, Watch(self.folder / "passing") as watch:
            tmp = Path(short, "tmp")
            tmp.symlink_to(self.folder / "passing" / "tmp")
            done = subprocess.run(
                command,
                cwd=self.folder,
                env={**self._environment(callback), "TMPDIR": str(tmp), **self.settings},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=TIMEOUT,
                check=False,
            )
        self.seen = {"stdout": done.stdout, "stderr": done.stderr, **watch.seen()}
        self.seen |= files_under(self.folder, apart=self.apart)
        return done.returncode

    def _environment(self, callback: str | None) -> dict[str, str]:
        places = {name: self.folder / "passing" / name for name in ("tmp", "local", "remote", "async")}
        for place in places.values():
            place.mkdir(parents=True, exist_ok=True)
        return {
            **clean_environment(Places.here()),
            **self.sandbox.variables(),
            # ansible-runner has its own callback.
            **({} if callback is None else {"ANSIBLE_STDOUT_CALLBACK": callback}),
            "ANSIBLE_PYTHON_INTERPRETER": str(Places.here().python),
            "ANSIBLE_LOCAL_TEMP": str(places["local"]),
            "ANSIBLE_REMOTE_TEMP": str(places["remote"]),
            "ANSIBLE_ASYNC_DIR": str(places["async"]),
            "ANSIBLE_LOG_PATH": str(self.folder / "ansible.log"),
            "ANSIBLE_CACHE_PLUGIN": "ansible.builtin.jsonfile",
            "ANSIBLE_CACHE_PLUGIN_CONNECTION": str(self.folder / "facts"),
        }
