# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the modules that Ansible packed for their processes are kept, until the code that is in them changes."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from tests.tools.places import Places

UNUSED_SECONDS = 3600


def packed_folder(places: Places) -> Path:
    """The folder for what is packed of the tree and the environment as they are now. Those of old code are removed."""
    digest = hashlib.sha256("\n".join(_versions(places)).encode())
    folder = places.build / "packed" / digest.hexdigest()[:16]
    if not folder.exists():
        _remove_unused(folder.parent)
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def _versions(places: Places) -> Iterator[str]:
    """What a packed module is made of: our files by name, size and time, and the environment's requirements."""
    for folder, _folders, names in sorted(os.walk(places.collection / "plugins")):
        for name in sorted(name for name in names if name.endswith(".py")):
            found = Path(folder, name).stat()
            yield f"{folder}/{name} {found.st_size} {found.st_mtime_ns}"
    stamp = places.venv / "requirements.sha256"
    yield stamp.read_text(encoding="utf-8") if stamp.exists() else ""


def _remove_unused(folder: Path) -> None:
    """A run of another session may still use a folder that is not old."""
    for each in folder.iterdir() if folder.exists() else ():
        if each.stat().st_mtime < time.time() - UNUSED_SECONDS:
            shutil.rmtree(each, ignore_errors=True)
