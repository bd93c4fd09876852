# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files as a way to deliver credentials: in the form of the AWS console's, one for each person, mode 0600."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import secrets
import stat
import time
import typing as t
from pathlib import Path

from .._core.delivery import DeliveryError
from .._files.private_files import NotPrivateError, is_ours, private_folder
from .ephemeral_folders import vanishes

if t.TYPE_CHECKING:
    from .._core.delivery import Issued, Recipient, SignIn

_OPEN_FOLDER: t.Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_NEW_FILE: t.Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_OWNER_ONLY: t.Final = 0o600
_PREFIX, _SUFFIX = ".workforce-", ".part"
_STALE_AFTER: t.Final = 3600
"""Seconds after which a half-written file is that of a run which was killed."""
_FORMULA: t.Final = ("=", "+", "-", "@")


class FileDelivery:
    """Writes ``<user>_credentials.csv``, and ``<user>_accessKeys.csv``, in the forms of the AWS console."""

    name = "file"
    at_once = 1

    def __init__(self, directory: str) -> None:
        self._directory = directory
        self._swept = False

    def reaches(self, recipient: Recipient) -> bool:
        """Everybody has a name for a file."""
        return True

    def try_out(self) -> None:
        """Whether files can be made in the folder, and by its owner alone. Raises DeliveryError."""
        with self._folder() as folder:
            name = _temporary()
            os.close(os.open(name, _NEW_FILE, _OWNER_ONLY, dir_fd=folder))
            os.unlink(name, dir_fd=folder)

    def deliver(self, issued: Issued, recipient: Recipient, sign_in: SignIn) -> None:
        """Write the files of one person; a file of an earlier delivery is replaced. Raises DeliveryError."""
        with self._folder() as folder:
            # Not while it is tried out: check mode does that too, and leaves everything as it is.
            if not self._swept:
                _sweep(folder)
                self._swept = True
            for name, content in credential_files(issued, sign_in).items():
                _write(folder, name, content)

    def warnings(self) -> t.Sequence[str]:
        """Whether the files are lost when the container ends in which they are written."""
        try:
            mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return ()
        if not vanishes(os.path.realpath(self._directory), os.environ, mounts):
            return ()
        return (
            f"{self._directory} is gone when this job's container ends or the machine restarts, and the files with "
            "first passwords too: name a folder that is mounted from outside.",
        )

    def close(self) -> None:
        """Nothing is kept open."""

    @contextlib.contextmanager
    def _folder(self) -> t.Iterator[int]:
        """The folder, held open so that what was checked is what is written to. Raises DeliveryError."""
        try:
            place = private_folder(Path(self._directory))
            folder = os.open(place, _OPEN_FOLDER)
            try:
                self._judge(os.fstat(folder))
                yield folder
            finally:
                os.close(folder)
        except NotPrivateError as error:
            raise _failed(self._directory, error.why, "OpenToOthers", error.advice) from None
        except OSError as error:
            why = error.strerror or "it failed"
            raise _failed(self._directory, why, type(error).__name__, "It must exist and be writable.") from None

    def _judge(self, folder: os.stat_result) -> None:
        if stat.S_IMODE(folder.st_mode) & (stat.S_IWGRP | stat.S_IWOTH):
            raise NotPrivateError("others may write to it", f"Run chmod go-w {self._directory}.")
        if not is_ours(folder):
            raise NotPrivateError(
                f"it belongs to another user (uid {folder.st_uid})",
                "Name a folder of the user who runs this, or give it to that user (chown).",
            )


def credential_files(issued: Issued, sign_in: SignIn) -> dict[str, bytes]:
    """What to write under which name.

    `aws configure import` needs the user's name beside the key, which the console's own file leaves out.
    """
    user = _harmless(issued.user_name)
    files = {}
    if issued.password is not None:
        header = ("User name", "Password", "Console sign-in URL")
        files[f"{issued.user_name}_credentials.csv"] = _csv(header, (user, issued.password, sign_in.url))
    if issued.access_key_id is not None and issued.secret_access_key is not None:
        header = ("User name", "Access key ID", "Secret access key")
        files[f"{issued.user_name}_accessKeys.csv"] = _csv(
            header, (user, issued.access_key_id, issued.secret_access_key)
        )
    return files


def _harmless(name: str) -> str:
    """The name, so that no spreadsheet takes it for a formula. Secrets are never changed: ours do not begin so."""
    return f"'{name}" if name.startswith(_FORMULA) else name


def _csv(*rows: tuple[str, str, str]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _write(folder: int, name: str, content: bytes) -> None:
    """Whole or not at all: written beside, then put in place."""
    temporary = _temporary()
    file = os.open(temporary, _NEW_FILE, _OWNER_ONLY, dir_fd=folder)
    try:
        with os.fdopen(file, "wb") as stream:
            # The umask may have taken even the owner's rights away.
            os.fchmod(stream.fileno(), _OWNER_ONLY)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.rename(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary, dir_fd=folder)
        raise
    os.fsync(folder)


def _temporary() -> str:
    return f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}"


def _sweep(folder: int) -> None:
    """Remove what runs left behind that were killed while they wrote."""
    for name in os.listdir(folder):
        if name.startswith(_PREFIX) and name.endswith(_SUFFIX):
            with contextlib.suppress(OSError):
                if time.time() - os.stat(name, dir_fd=folder, follow_symlinks=False).st_mtime > _STALE_AFTER:
                    os.unlink(name, dir_fd=folder)


def _failed(directory: str, why: str, code: str, advice: str) -> DeliveryError:
    return DeliveryError(f"the folder {directory}: {why}", code, advice, lost=True)
