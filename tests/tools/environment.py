# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The environment in which every check runs: the machine's, without what would make two machines differ."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from tests.tools.places import Places

# Settings of tools and of other environments; a check must not depend on them.
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
        # pytest and Ansible colour what they print when they think that a person is looking.
        NO_COLOR="1",
        ANSIBLE_NOCOLOR="1",
        ANSIBLE_COLLECTIONS_PATH=str(places.tree),
        ANSIBLE_HOME=str(places.home / ".ansible"),
        # An empty file: neither ~/.ansible.cfg nor /etc/ansible/ansible.cfg is looked for.
        ANSIBLE_CONFIG=str(places.home / "ansible.cfg"),
        # Tools ask git for a collection's files: amazon.aws in the environment is no ignored part of our repository.
        GIT_CEILING_DIRECTORIES=os.pathsep.join([str(places.venv.parent), str(places.build.parent)]),
        AWS_CONFIG_FILE=str(places.home / ".aws" / "config"),
        AWS_SHARED_CREDENTIALS_FILE=str(places.home / ".aws" / "credentials"),
        AWS_EC2_METADATA_DISABLED="true",
    )
    kept.pop("FORCE_COLOR", None)
    return kept


def prepare_home(places: Places, user_home: Path) -> None:
    """Make the checks' own HOME. The user's settings of pip are linked into it: how packages are reached is theirs."""
    places.home.mkdir(parents=True, exist_ok=True)
    (places.home / "ansible.cfg").write_text("[defaults]\n", encoding="utf-8")
    for name in (".config/pip", ".pip"):
        theirs, ours = user_home / name, places.home / name
        if theirs.is_dir() and theirs != ours and not ours.is_symlink() and not ours.exists():
            ours.parent.mkdir(parents=True, exist_ok=True)
            ours.symlink_to(theirs)
