# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a folder is gone when the job is over: judged from the environment and the mounts. Pure."""

from __future__ import annotations

import re
import typing as t
from pathlib import PurePosixPath

_PASSING: t.Final = frozenset({"overlay", "aufs", "fuse-overlayfs", "fuse.fuse-overlayfs", "tmpfs", "ramfs"})
"""Kinds of file system that a container's own layer has, or that are memory."""


def vanishes(directory: str, environment: t.Mapping[str, str], mountinfo: str) -> bool:
    """``directory`` is absolute and has no links; ``mountinfo`` is what /proc/self/mountinfo says.

    AWX and ansible-runner remove a job's own folder when it ends, though it is mounted from outside.
    """
    folder = PurePosixPath(directory)
    job = environment.get("AWX_PRIVATE_DATA_DIR")
    if job and folder.is_relative_to(job):
        return True
    return _file_system(folder, mountinfo) in _PASSING


def _file_system(folder: PurePosixPath, mountinfo: str) -> str:
    """The kind of the innermost mount; of several at one place the last one counts."""
    kind, depth = "", 0
    for line in mountinfo.splitlines():
        head, separator, tail = line.partition(" - ")
        fields = head.split(" ")
        if not separator or len(fields) < 5:
            continue
        point = PurePosixPath(_unescaped(fields[4]))
        if folder.is_relative_to(point) and len(point.parts) >= depth:
            kind, depth = tail.split(" ")[0], len(point.parts)
    return kind


def _unescaped(point: str) -> str:
    r"""Spaces and the like are written as \040."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found.group(1), 8)), point)
