# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of JSON that policies name."""

from __future__ import annotations

from pathlib import Path

from ansible_collections.workforce.aws.plugins.module_utils._files.policy_files import read_policy_files
from ansible_collections.workforce.aws.plugins.module_utils._rights.policies import PolicyFile


def test_each_file_that_is_named_is_read_from_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    (tmp_path / "bad.json").write_bytes(b"one\n\xff")
    whole = str(tmp_path / "a.json")
    entries = [{"policy_file": name} for name in ("a.json", whole, "gone.json", "bad.json", 3)]
    files = read_policy_files([*entries, {"name": "x"}, "no entry"], str(tmp_path))
    assert files["a.json"] == files[whole] == PolicyFile("{}")
    assert files["gone.json"] == PolicyFile(fault="does not exist")
    assert (files["bad.json"].fault or "").endswith("which is not UTF-8; save the file as UTF-8 (line 2)")
    assert len(files) == 4


def test_what_is_no_list_names_no_files() -> None:
    assert read_policy_files("null", None) == read_policy_files(None, None) == {}
