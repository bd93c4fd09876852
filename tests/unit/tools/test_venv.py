# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An environment is replaced only by one that could be made, and nothing outside the clone is touched."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools import node, places, tree, venv
from tests.tools.places import Places
from tests.tools.venv import SetupError, ensure_venv

HERE = Places.here()
NAME = f"py{HERE.version}"
# Runs as the Python that it stands for, and cannot make environments: as on a Debian without python3-venv.
WITHOUT_VENV = f"""#!/bin/sh
if [ "$1 $2" = "-m venv" ]; then mkdir -p "$3/bin"; echo "ensurepip is not available" >&2; exit 1; fi
exec {sys.executable} "$@"
"""


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone that wants no package, so that nothing is downloaded."""
    root = tmp_path.resolve() / "clone"
    (root / "tests").mkdir(parents=True)
    requirements = root / "tests" / "requirements.txt"
    requirements.touch()
    for module in (places, tree, venv):
        monkeypatch.setattr(module, "ROOT", root)
    monkeypatch.setattr(venv, "REQUIREMENTS", requirements)
    monkeypatch.setattr(venv, "NEW_PIP", "pip")
    monkeypatch.setattr(node, "install_packages", lambda *given: None)
    return root


@pytest.fixture
def environment(clone: Path) -> Path:
    """An environment that has to be made anew: it has no stamp, as one whose installation was cut off."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", clone / ".venv" / NAME], check=True)
    return clone / ".venv" / NAME


def files_below(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def without_venv(folder: Path) -> Path:
    python = folder / "python-without-venv"
    python.write_text(WITHOUT_VENV, encoding="utf-8")
    python.chmod(0o755)
    return python


def test_an_environment_is_replaced_by_the_interpreter_that_lives_in_it(environment: Path) -> None:
    (environment / "old").touch()
    made = ensure_venv(environment / "bin" / "python")
    assert made.venv == environment
    assert not (environment / "old").exists()
    subprocess.run([environment / "bin" / "pip", "--version"], check=True, capture_output=True)
    assert {path.name for path in environment.parent.iterdir()} == {NAME, f"{NAME}.lock"}


def test_one_stays_whole_when_no_other_can_be_made(clone: Path, environment: Path) -> None:
    before = files_below(environment)
    with pytest.raises(SetupError, match="cannot make a virtual environment") as raised:
        ensure_venv(without_venv(clone))
    assert files_below(environment) == before
    assert "make PYTHON=" in str(raised.value)
    assert "ensurepip is not available" in str(raised.value)
    assert {path.name for path in environment.parent.iterdir()} == {NAME, f"{NAME}.lock"}


def test_half_an_environment_is_no_environment(clone: Path) -> None:
    with pytest.raises(SetupError):
        ensure_venv(without_venv(clone))
    assert not (clone / ".venv" / NAME).exists()


@pytest.mark.parametrize("linked", [".venv", f".venv/{NAME}"])
def test_a_linked_environment_is_somebody_elses(clone: Path, tmp_path: Path, linked: str) -> None:
    theirs = tmp_path / "theirs"
    (theirs / NAME).mkdir(parents=True)
    (theirs / NAME / "precious").touch()
    link = clone / linked
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(theirs if linked == ".venv" else theirs / NAME)
    with pytest.raises(SetupError, match=rf"{linked} is a link to .*Remove the link and try again: rm {linked}"):
        ensure_venv(sys.executable)
    assert files_below(theirs) == {NAME, f"{NAME}/precious"}


def test_a_linked_tree_is_somebody_elses(clone: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    precious = theirs / NAME / "ansible_collections" / "workforce" / "aws" / "precious"
    precious.parent.mkdir(parents=True)
    precious.touch()
    (clone / ".build").symlink_to(theirs)
    subprocess.run(["git", "init", "--quiet", clone], check=True)
    with pytest.raises(SetupError, match=r"\.build is a link to "):
        tree.build_tree(HERE, tmp_path)
    assert precious.exists()
