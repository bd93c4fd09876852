# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the tree `ansible_collections/{workforce/aws,amazon/aws}` that Ansible and its tools want to see.

Our collection is a copy of the tracked and new files. Only changed files are copied again.
"""

from __future__ import annotations

import fcntl
import filecmp
import os
import shutil
import subprocess
from pathlib import Path

from tests.tools.environment import prepare_home
from tests.tools.places import ROOT, Places
from tests.tools.venv import SetupError, require_own, setup_environment

# ansible-test writes its results into the copy.
KEPT = (Path("tests", "output"), Path(".git"))


def build_tree(places: Places, user_home: Path | None = None) -> None:
    """Bring the tree of this Python version up to date. Safe to call from several processes."""
    require_own(places.collection)
    places.collection.mkdir(parents=True, exist_ok=True)
    with (places.build / "tree.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        prepare_home(places, Path.home() if user_home is None else user_home)
        wanted = _project_files()
        for name in wanted:
            _copy(ROOT / name, places.collection / name)
        _remove_others(places.collection, wanted)
        _make_repository(places.collection)
        _link_amazon(places)


def _project_files() -> set[Path]:
    """Tracked and new files. A file that is in the index but was removed is left out."""
    done = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=False,
        env=setup_environment(),
    )
    if done.returncode != 0:
        raise SetupError(f"The checks need a git clone of the project: {done.stderr.strip()}")
    return {Path(name) for name in done.stdout.split("\0") if name and (ROOT / name).is_file()}


def _copy(source: Path, target: Path) -> None:
    """Copy to a temporary file and rename it, so that a running check never reads half a file."""
    if target.exists() and filecmp.cmp(source, target, shallow=True):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    neighbour = target.with_name(f".{target.name}.new")
    shutil.copy2(source, neighbour)
    neighbour.replace(target)


def _remove_others(folder: Path, wanted: set[Path]) -> None:
    for found, _folders, names in os.walk(folder, topdown=False):
        here = Path(found)
        if any(here.relative_to(folder).is_relative_to(kept) for kept in KEPT):
            continue
        for name in names:
            if (here / name).relative_to(folder) not in wanted and not name.endswith(".pyc"):
                (here / name).unlink()
        if here != folder and not any(here.iterdir()):
            here.rmdir()


def _make_repository(folder: Path) -> None:
    """Make a git repository: ansible-test and ansible-lint ask git for files, and the project's ignores the tree."""
    if not (folder / ".git").exists():
        subprocess.run(["git", "init", "--quiet", "--template=", str(folder)], check=True, env=setup_environment())


def _link_amazon(places: Places) -> None:
    """amazon.aws comes with PyPI's `ansible`."""
    bundled = places.site_packages / "ansible_collections" / "amazon" / "aws"
    link = places.tree / "ansible_collections" / "amazon" / "aws"
    link.parent.mkdir(exist_ok=True)
    if link.is_symlink() and link.readlink() == bundled:
        return
    link.unlink(missing_ok=True)
    link.symlink_to(bundled)


if __name__ == "__main__":
    build_tree(Places.here())
