# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files about people or with passwords: no other user of the machine may decide where they are, or read them.

The rules for the path to a file are those of the kernel (fs.protected_symlinks) and of OpenSSH (StrictModes). A folder
in which everybody may write is refused, unless it is sticky, as /tmp is. A link is followed only if nobody but root or
the user who runs this can have made it. The file itself must not be a link. root is always trusted.
"""

from __future__ import annotations

import errno
import os
import stat
import typing as t
from pathlib import Path

PRIVATE: t.Final = 0o600
_MOST_LINKS: t.Final = 40
"""Linux's own limit for the links on one path."""


class NotPrivateError(PermissionError):
    """A file or folder is not safe from other users. ``strerror`` says why and what to do; ``advice`` is the latter."""

    def __init__(self, why: str, advice: str) -> None:
        super().__init__(errno.EPERM, f"{why}. {advice}")
        self.why = why
        self.advice = advice


class Place(t.NamedTuple):
    """The place of a file: ``path`` has no link in it, and ``mode`` is the mode that the file must have."""

    path: Path
    mode: int
    exists: bool


def private_folder(folder: Path) -> Path:
    """The folder's path without links: what is opened is what was checked. Raises NotPrivateError or OSError."""
    reached, status = Path("/"), os.lstat("/")
    links = 0
    names = list(reversed((Path.cwd() / folder).parts[1:]))
    while names:
        _refuse_open(reached, status)
        name = names.pop()
        if name == "..":
            # The path so far has no link in it, so `..` is its parent.
            reached, status = reached.parent, reached.parent.lstat()
            continue
        entry, found = reached / name, (reached / name).lstat()
        _refuse_foreign(entry, found, status)
        if not stat.S_ISLNK(found.st_mode):
            reached, status = entry, found
            continue
        links += 1
        if links > _MOST_LINKS:
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        target = entry.readlink()
        if target.is_absolute():
            reached, status = Path("/"), os.lstat("/")
        names += reversed([part for part in target.parts if part != "/"])
    if not stat.S_ISDIR(status.st_mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    _refuse_open(reached, status)
    return reached


def private_place(path: Path) -> Place:
    """The place of a new or existing file. Raises NotPrivateError or OSError."""
    place = private_folder(path.parent) / path.name
    try:
        status = place.lstat()
    except FileNotFoundError:
        return Place(place, PRIVATE, exists=False)
    _refuse_file(status)
    return Place(place, private_mode(status), exists=True)


def private_mode(status: os.stat_result) -> int:
    """The mode that an existing file must have: its own, without rights for others.

    If others had rights, the group's rights go too: the file was then not made for one group.
    """
    mode = stat.S_IMODE(status.st_mode)
    return PRIVATE if mode & stat.S_IRWXO else mode


def open_to_append(path: Path) -> int:
    """Open the file to read and append, and correct its mode. Raises NotPrivateError or OSError."""
    place = private_place(path)
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    file = os.open(place.path, flags, PRIVATE)
    try:
        # The file may have been replaced after the check above: check the one that is open.
        status = os.fstat(file)
        _refuse_file(status)
        if stat.S_IMODE(status.st_mode) != private_mode(status):
            os.fchmod(file, private_mode(status))
    except BaseException:
        os.close(file)
        raise
    return file


def is_ours(status: os.stat_result) -> bool:
    """Whether the owner is root or the user who runs this."""
    return status.st_uid in (0, os.geteuid())


def _refuse_open(folder: Path, status: os.stat_result) -> None:
    if status.st_mode & stat.S_IWOTH and not status.st_mode & stat.S_ISVTX:
        raise NotPrivateError(
            f"every user of this machine may write in the folder {folder}",
            f"Run chmod o-w {folder}, or name a path in another folder.",
        )


def _refuse_foreign(entry: Path, status: os.stat_result, folder: os.stat_result) -> None:
    """Refuse a link that another user may change, and in a sticky folder whatever another user owns."""
    if stat.S_ISLNK(status.st_mode):
        foreign = not (is_ours(status) and is_ours(folder))
        what = f"{entry} is a link that another user (uid {_foreign_uid(status, folder)}) may change"
    else:
        foreign = bool(folder.st_mode & stat.S_IWOTH) and not is_ours(status)
        what = f"{entry} belongs to another user (uid {status.st_uid})"
    if foreign:
        raise NotPrivateError(what, "Name a path in a folder of the user who runs this.")


def _foreign_uid(status: os.stat_result, folder: os.stat_result) -> int:
    return folder.st_uid if is_ours(status) else status.st_uid


def _refuse_file(status: os.stat_result) -> None:
    if stat.S_ISLNK(status.st_mode):
        raise NotPrivateError("it is a link", "Name the file itself, or remove the link.")
    if not stat.S_ISREG(status.st_mode):
        raise NotPrivateError("it is not a file", "Name a file.")
    if not is_ours(status):
        raise NotPrivateError(
            f"it belongs to another user (uid {status.st_uid})",
            "Name another file, or have this one removed; the run makes a new one.",
        )
    if status.st_mode & stat.S_IRWXO and os.geteuid() not in (0, status.st_uid):
        raise NotPrivateError("it belongs to root, and others may read it", "Have root run chmod o-rwx on it.")
