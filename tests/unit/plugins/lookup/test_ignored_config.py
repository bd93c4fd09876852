# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An ansible.cfg that Ansible ignored is found, and only such a one."""

from __future__ import annotations

from pathlib import Path

import pytest
from ansible_collections.workforce.aws.plugins.lookup.ignored_config import ignored_config


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an ansible.cfg that everybody may write to."""
    (tmp_path / "ansible.cfg").write_text("[defaults]\n", encoding="utf-8")
    tmp_path.chmod(0o777)
    return tmp_path


def test_ignored(folder: Path) -> None:
    assert ignored_config(folder, used=None, named=None) == [str(folder / "ansible.cfg")]
    assert ignored_config(folder, used="/etc/ansible/ansible.cfg", named=None) == [str(folder / "ansible.cfg")]


def test_used(folder: Path) -> None:
    assert ignored_config(folder, used=str(folder / "ansible.cfg"), named=None) == []


def test_another_was_asked_for(folder: Path) -> None:
    assert ignored_config(folder, used=None, named="/elsewhere/ansible.cfg") == []


def test_none_is_there(folder: Path) -> None:
    (folder / "ansible.cfg").unlink()
    assert ignored_config(folder, used=None, named=None) == []


def test_folder_is_not_open_to_everybody(folder: Path) -> None:
    folder.chmod(0o755)
    assert ignored_config(folder, used=None, named=None) == []
