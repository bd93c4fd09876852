# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The environment variables of every check: the machine's, without those that make checks differ between machines."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from tests.tools.places import Places

# Variables of tools and of other environments, on which no check may depend.
CLEARED = ("AWS_", "ANSIBLE_", "BOTO", "GALAXY_", "GIT_", "MYPY", "PYTEST_", "PYTHON", "RUFF_", "VIRTUAL_ENV", "XDG_")


def clean_environment(places: Places, base: Mapping[str, str] | None = None) -> dict[str, str]:
    """The variables for a child process of a check."""
    inherited = dict(os.environ if base is None else base)
    kept = {name: value for name, value in inherited.items() if not name.startswith(CLEARED)}
    path = kept.get("PATH", os.defpath).split(os.pathsep)
    kept.update(
        PATH=os.pathsep.join([str(places.bin), *(entry for entry in path if entry != str(places.bin))]),
        HOME=str(places.home),
        LC_ALL="C.UTF-8",
        TZ="UTC",
        # pytest and Ansible print colours if they think that they are in a terminal.
        NO_COLOR="1",
        ANSIBLE_NOCOLOR="1",
        ANSIBLE_COLLECTIONS_PATH=str(places.tree),
        ANSIBLE_HOME=str(places.home / ".ansible"),
        # With an empty file, Ansible does not look for ~/.ansible.cfg or /etc/ansible/ansible.cfg.
        ANSIBLE_CONFIG=str(places.home / "ansible.cfg"),
        # Tools ask git for a collection's files. Without this, git would find amazon.aws ignored by our repository.
        GIT_CEILING_DIRECTORIES=os.pathsep.join([str(places.venv.parent), str(places.build.parent)]),
        AWS_CONFIG_FILE=str(places.home / ".aws" / "config"),
        AWS_SHARED_CREDENTIALS_FILE=str(places.home / ".aws" / "credentials"),
        AWS_EC2_METADATA_DISABLED="true",
    )
    kept.pop("FORCE_COLOR", None)
    return kept


def prepare_home(places: Places, user_home: Path) -> None:
    """Make the checks' own HOME, with links to the user's settings of pip, which say where packages come from."""
    places.home.mkdir(parents=True, exist_ok=True)
    (places.home / "ansible.cfg").write_text("[defaults]\n", encoding="utf-8")
    for name in (".config/pip", ".pip"):
        theirs, ours = user_home / name, places.home / name
        if theirs.is_dir() and theirs != ours and not ours.is_symlink() and not ours.exists():
            ours.parent.mkdir(parents=True, exist_ok=True)
            ours.symlink_to(theirs)
