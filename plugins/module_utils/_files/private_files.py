# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that hold people or passwords: no other user of the machine decides where they lie, or may read them.

What is asked of the way to a file is what the kernel (fs.protected_symlinks) and OpenSSH (StrictModes) ask: a folder in
which everybody may write is no place, unless it is sticky, as /tmp is; and a link is followed only where none but root
or the user who runs this can have made it. root may do everything anyway. A file is never reached through a link.
"""

from __future__ import annotations

import errno
import os
import stat
import typing as t
from pathlib import Path

PRIVATE: t.Final = 0o600
_MOST_LINKS: t.Final = 40
"""Linux's own bound for the links on one path."""


class NotPrivateError(PermissionError):
    """Why a file or folder is not safe from other users, and what to do: ``strerror`` has both, ``advice`` one."""

    def __init__(self, why: str, advice: str) -> None:
        super().__init__(errno.EPERM, f"{why}. {advice}")
        self.why = why
        self.advice = advice


class Place(t.NamedTuple):
    """Where a file is to lie: ``path`` has no link in it. ``mode`` is the one that the file is to have."""

    path: Path
    mode: int
    exists: bool


def private_folder(folder: Path) -> Path:
    """The folder, without links: what was looked at is what is to be opened. Raises NotPrivateError or OSError."""
    reached, status = Path("/"), os.lstat("/")
    links = 0
    names = list(reversed((Path.cwd() / folder).parts[1:]))
    while names:
        _refuse_open(reached, status)
        name = names.pop()
        if name == "..":
            # What was reached has no link in it, so its parent is the one that is meant.
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
    """Where a new or existing file may lie. Raises NotPrivateError or OSError."""
    place = private_folder(path.parent) / path.name
    try:
        status = place.lstat()
    except FileNotFoundError:
        return Place(place, PRIVATE, exists=False)
    _refuse_file(status)
    return Place(place, private_mode(status), exists=True)


def private_mode(status: os.stat_result) -> int:
    """The mode that an existing file is to have: its own, but nothing for others.

    A file that everybody may read was not made for one group either: its owner alone keeps it.
    """
    mode = stat.S_IMODE(status.st_mode)
    return PRIVATE if mode & stat.S_IRWXO else mode


def open_to_append(path: Path) -> int:
    """The file, open to read and append, its mode corrected. Raises NotPrivateError or OSError."""
    place = private_place(path)
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    file = os.open(place.path, flags, PRIVATE)
    try:
        # What was looked at may have been exchanged since: this is what is written to.
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
    """In a sticky folder anybody may have made the entry. A link leads where its owner wants, or the folder's owner."""
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
            "Name another file, or have this one removed; it is made anew.",
        )
    if status.st_mode & stat.S_IRWXO and os.geteuid() not in (0, status.st_uid):
        raise NotPrivateError("others may read it, and it is root's", "Have root run chmod o-rwx on it.")
