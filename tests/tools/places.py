# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The folders for everything that the checks make. One set for each Python version, all in the project."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Places:
    """The folders that belong to one Python version, such as `3.11`."""

    version: str

    @classmethod
    def here(cls) -> Places:
        """The places of the Python that runs this code."""
        return cls(f"{sys.version_info.major}.{sys.version_info.minor}")

    @property
    def venv(self) -> Path:
        return ROOT / ".venv" / f"py{self.version}"

    @property
    def bin(self) -> Path:
        return self.venv / "bin"

    @property
    def python(self) -> Path:
        return self.bin / "python"

    @property
    def site_packages(self) -> Path:
        return self.venv / "lib" / f"python{self.version}" / "site-packages"

    @property
    def evaluator(self) -> Path:
        """Where the sandbox's evaluator of policies is installed."""
        return self.venv / "evaluator"

    @property
    def axe(self) -> Path:
        """Where axe is installed, which judges whether a page can be read by everybody."""
        return self.venv / "axe"

    @property
    def build(self) -> Path:
        return ROOT / ".build" / f"py{self.version}"

    @property
    def tree(self) -> Path:
        """The folder to put in ANSIBLE_COLLECTIONS_PATH, PYTHONPATH and MYPYPATH."""
        return self.build

    @property
    def collection(self) -> Path:
        """A copy of this collection. With a link, ansible-test would stop."""
        return self.tree / "ansible_collections" / "workforce" / "aws"

    @property
    def home(self) -> Path:
        """HOME of everything that the checks start: nothing is read from the user's HOME or written to it."""
        return self.build / "home"

    @property
    def reports(self) -> Path:
        return self.build / "reports"

    @property
    def constraints(self) -> Path:
        return ROOT / "tests" / f"constraints-{self.version}.txt"


def version_of(python: str | Path) -> str | None:
    """The version, such as `3.13`, of an interpreter that runs; None for one that does not, such as a pyenv shim."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=False)
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None
