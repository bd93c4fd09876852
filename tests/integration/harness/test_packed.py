# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Packed modules that are kept do what freshly packed ones do, and are packed anew when the code changes."""

from __future__ import annotations

import importlib
import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.support.ansible_playbook import with_bytecode
from tests.support.packed import packed_folder
from tests.support.playbooks import run_playbook
from tests.support.starts import kind_of
from tests.tools.places import Places
from tests.tools.stages import PLAYBOOKS, SANDBOXES


class Elsewhere(Places):
    """Places in a folder of the test."""

    folder: Path

    @property
    def build(self) -> Path:
        return self.folder

    @property
    def venv(self) -> Path:
        return self.folder / "venv"


@pytest.mark.journey
def test_a_module_runs_as_it_does_for_a_user(sandbox: Sandbox, tmp_path: Path) -> None:
    tasks: list[dict[str, Any]] = [
        {"workforce.aws.iam_group": {"name": "sales", "managed_policies": ["ReadOnlyAccess"]}, "check_mode": True},
        {"workforce.aws.iam_group": {"name": "no such name!"}},
    ]
    alike: dict[str, Any] = {"sandbox": sandbox, "tmp_path": tmp_path, "diff": True}
    of_a_user = run_playbook(tasks, keep_packed=False, **alike)
    packed, again = run_playbook(tasks, **alike), run_playbook(tasks, **alike)
    assert of_a_user.results() == packed.results() == again.results()
    assert [of_a_user.rc, of_a_user.stderr] == [again.rc, again.stderr]
    assert [result["changed"] for result in again.results()] == [True, False]
    assert any(packed_folder(Places.here()).glob("*.iam_group-*"))


def test_bytecode_stands_beside_each_source_and_is_what_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("packed_once/__init__.py", "")
        archive.writestr("packed_once/answer.py", "ANSWER = __cached__ or __file__")
    file = tmp_path / "packed.zip"
    file.write_bytes(with_bytecode(plain.getvalue()))
    monkeypatch.syspath_prepend(str(file))
    assert importlib.import_module("packed_once.answer").ANSWER.endswith(".pyc")


def test_other_code_is_packed_in_another_folder(tmp_path: Path) -> None:
    places = Elsewhere("3.11")
    object.__setattr__(places, "folder", tmp_path)
    module = places.collection / "plugins" / "modules" / "iam_group.py"
    module.parent.mkdir(parents=True)
    module.write_text("one", encoding="utf-8")
    first = packed_folder(places)
    assert packed_folder(places) == first
    os.utime(first, (0, 0))
    module.write_text("another", encoding="utf-8")
    second = packed_folder(places)
    assert [path.name for path in first.parent.iterdir()] == [second.name] != [first.name]


def test_what_is_counted() -> None:
    commands = ["python -P tests/support/ansible_playbook.py x.yml", ".venv/bin/ansible-playbook x.yml"]
    assert [kind_of(command.split()) for command in commands] == [PLAYBOOKS, PLAYBOOKS]
    assert [kind_of(["python", "/clone/tests/sandbox", "--port", "0"]), kind_of(["git", "init"])] == [SANDBOXES, None]
