# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of JSON in which policies of the list have their documents."""

from __future__ import annotations

import typing as t
from pathlib import Path

from .._rights.policies import PolicyFile
from .text import FileError, read_text


def read_policy_files(policies: object, folder: str | None) -> dict[str, PolicyFile]:
    """The text of each file that an entry names, by the name as it is written. Relative ones begin in the folder."""
    if not isinstance(policies, (list, tuple)):
        return {}
    written = [item.get("policy_file") for item in policies if isinstance(item, t.Mapping)]
    return {name: _file(Path(folder or ".") / Path(name).expanduser()) for name in written if isinstance(name, str)}


def _file(path: Path) -> PolicyFile:
    try:
        return PolicyFile(read_text(path))
    except FileError as error:
        return PolicyFile(fault=str(error) if error.line is None else f"{error} (line {error.line})")
