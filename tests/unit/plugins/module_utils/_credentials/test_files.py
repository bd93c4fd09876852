# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files with credentials: whole or not at all, for one pair of eyes, and readable by what reads the console's."""

from __future__ import annotations

import csv
import io
import os
import stat
import typing as t
from pathlib import Path

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.delivery import (
    DeliveryError,
    Issued,
    Recipient,
    SignIn,
)
from ansible_collections.workforce.aws.plugins.module_utils._credentials import files
from ansible_collections.workforce.aws.plugins.module_utils._credentials.files import FileDelivery, credential_files

URL = "https://123456789012.signin.aws.amazon.com/console"
SIGN_IN = SignIn(URL, "123456789012")
ASHA = Recipient("asha.rao")
PASSWORD = "Xk7=mN3-pQ_r"
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files to others")
ISSUED = Issued("asha.rao", PASSWORD, True, "AKIAEXAMPLE", "abc/+DEF")


def folder(tmp_path: Path, mode: int = 0o700) -> Path:
    made = tmp_path / "credentials"
    made.mkdir()
    made.chmod(mode)
    return made


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode(), newline="")))


def test_the_files_are_the_consoles(tmp_path: Path) -> None:
    where = folder(tmp_path)
    delivery = FileDelivery(str(where))
    delivery.try_out()
    delivery.deliver(ISSUED, ASHA, SIGN_IN)
    delivery.close()
    assert delivery.reaches(ASHA)
    assert sorted(path.name for path in where.iterdir()) == ["asha.rao_accessKeys.csv", "asha.rao_credentials.csv"]
    assert (where / "asha.rao_credentials.csv").read_bytes() == (
        f"User name,Password,Console sign-in URL\r\nasha.rao,{PASSWORD},{URL}\r\n".encode()
    )
    assert rows(where / "asha.rao_accessKeys.csv") == [
        ["User name", "Access key ID", "Secret access key"],
        ["asha.rao", "AKIAEXAMPLE", "abc/+DEF"],
    ]


def test_a_password_alone_and_a_key_alone() -> None:
    assert list(credential_files(Issued("li", PASSWORD), SIGN_IN)) == ["li_credentials.csv"]
    assert list(credential_files(Issued("li", None, True, "AKIA", "s"), SIGN_IN)) == ["li_accessKeys.csv"]


def test_the_aws_command_can_read_the_key_file() -> None:
    """`aws configure import` splits lines at bare commas, knows no quotes, and wants these titles in any case."""
    lines = credential_files(ISSUED, SIGN_IN)["asha.rao_accessKeys.csv"].decode().splitlines()
    titles, cells = (line.split(",") for line in lines)
    read = dict(zip((title.strip().lower() for title in titles), cells, strict=True))
    assert read == {"user name": "asha.rao", "access key id": "AKIAEXAMPLE", "secret access key": "abc/+DEF"}


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o777])
def test_the_owner_alone_from_the_first_byte(tmp_path: Path, monkeypatch: t.Any, umask: int) -> None:
    where = folder(tmp_path)
    modes: list[int] = []
    real_open = os.open

    def opening(path: t.Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        opened = real_open(path, flags, mode, dir_fd=dir_fd)
        if flags & os.O_CREAT:
            modes.append(stat.S_IMODE(os.fstat(opened).st_mode) & 0o077)
            assert flags & os.O_EXCL
            assert flags & os.O_NOFOLLOW
        return opened

    monkeypatch.setattr(os, "open", opening)
    before = os.umask(umask)
    try:
        FileDelivery(str(where)).deliver(ISSUED, ASHA, SIGN_IN)
    finally:
        os.umask(before)
    assert modes == [0, 0]
    assert [stat.S_IMODE(path.stat().st_mode) for path in where.iterdir()] == [0o600, 0o600]


def test_an_earlier_file_is_replaced_and_a_link_is_not_followed(tmp_path: Path) -> None:
    where = folder(tmp_path)
    other = tmp_path / "other"
    other.write_text("keep")
    (where / "asha.rao_credentials.csv").symlink_to(other)
    FileDelivery(str(where)).deliver(ISSUED, ASHA, SIGN_IN)
    again = Issued("asha.rao", "another-One+2")
    FileDelivery(str(where)).deliver(again, ASHA, SIGN_IN)
    assert other.read_text() == "keep"
    assert rows(where / "asha.rao_credentials.csv")[1][1] == "another-One+2"


@pytest.mark.parametrize("broken", ["fsync", "rename"])
def test_whole_or_not_at_all(tmp_path: Path, monkeypatch: t.Any, broken: str) -> None:
    where = folder(tmp_path)
    FileDelivery(str(where)).deliver(Issued("asha.rao", "the-First+1"), ASHA, SIGN_IN)

    def fail(*_arguments: object, **_more: object) -> t.NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, broken, fail)
    with pytest.raises(DeliveryError, match="No space left") as caught:
        FileDelivery(str(where)).deliver(ISSUED, ASHA, SIGN_IN)
    assert caught.value.lost
    assert PASSWORD not in str(caught.value)
    assert [path.name for path in where.iterdir()] == ["asha.rao_credentials.csv"]
    assert rows(where / "asha.rao_credentials.csv")[1][1] == "the-First+1"


def told(path: Path) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        FileDelivery(str(path)).try_out()
    assert caught.value.lost
    return caught.value


def test_folders_that_will_not_do(tmp_path: Path) -> None:
    assert told(tmp_path / "none").code == "FileNotFoundError"
    (tmp_path / "file").touch()
    assert told(tmp_path / "file").code == "NotADirectoryError"
    open_to_all = folder(tmp_path, 0o1777)
    assert "others may write to it" in str(told(open_to_all))
    open_to_all.chmod(0o770)
    assert told(open_to_all).advice == f"Run chmod go-w {open_to_all}."
    open_to_all.chmod(0o755)
    FileDelivery(str(open_to_all)).try_out()
    assert list(open_to_all.iterdir()) == []


def test_folders_in_which_others_decide(tmp_path: Path) -> None:
    where = folder(tmp_path)
    tmp_path.chmod(0o777)
    open_above = told(where)
    assert str(open_above) == f"the folder {where}: every user of this machine may write in the folder {tmp_path}"
    assert (open_above.code, open_above.advice[:10]) == ("OpenToOthers", "Run chmod ")
    with pytest.raises(DeliveryError, match="every user of this machine"):
        FileDelivery(str(where)).deliver(ISSUED, ASHA, SIGN_IN)
    assert list(where.iterdir()) == []
    tmp_path.chmod(0o1777)
    FileDelivery(str(where)).try_out()


@as_root
def test_a_folder_of_another_user(tmp_path: Path) -> None:
    where = folder(tmp_path)
    os.chown(where, 12345, -1)
    assert "it belongs to another user (uid 12345)" in str(told(where))
    assert "(chown)" in told(where).advice


def test_a_link_of_ones_own_to_the_folder(tmp_path: Path) -> None:
    where = folder(tmp_path)
    (tmp_path / "link").symlink_to("credentials")
    FileDelivery(str(tmp_path / "link")).deliver(ISSUED, ASHA, SIGN_IN)
    assert (where / "asha.rao_credentials.csv").exists()


def test_a_file_system_that_cannot_be_written(tmp_path: Path, monkeypatch: t.Any) -> None:
    where = folder(tmp_path)
    real_open = os.open

    def opening(path: t.Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if flags & os.O_CREAT:
            raise OSError(30, "Read-only file system")
        return real_open(path, flags, mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", opening)
    assert "Read-only file system" in str(told(where))


def test_half_files_of_killed_runs_are_swept_and_those_of_others_are_not(tmp_path: Path) -> None:
    where = folder(tmp_path)
    old, new, foreign = where / ".workforce-1.part", where / ".workforce-2.part", where / "notes.part"
    for path in (old, new, foreign):
        path.touch()
    os.utime(old, (1, 1))
    os.utime(foreign, (1, 1))
    delivery = FileDelivery(str(where))
    delivery.try_out()
    assert sorted(where.iterdir()) == [old, new, foreign]
    delivery.deliver(Issued("asha.rao", PASSWORD), ASHA, SIGN_IN)
    assert sorted(where.iterdir()) == [new, where / "asha.rao_credentials.csv", foreign]


@pytest.mark.parametrize("name", ["=1+1", "+a", "-a", "@a", "a,b", "a=b"])
def test_no_cell_is_a_formula(name: str) -> None:
    for content in credential_files(Issued(name, PASSWORD, True, "AKIA", "abc"), SIGN_IN).values():
        header, row = csv.reader(io.StringIO(content.decode(), newline=""))
        assert len(header) == len(row) == 3
        assert row[0].lstrip("'") == name
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_warning_where_the_folder_vanishes(tmp_path: Path, monkeypatch: t.Any) -> None:
    where = folder(tmp_path)
    link = tmp_path / "link"
    link.symlink_to(where)
    asked: list[str] = []

    def judge(directory: str, environment: t.Mapping[str, str], mountinfo: str) -> bool:
        asked.append(directory)
        assert environment is os.environ
        assert " - " in mountinfo
        return len(asked) > 1

    monkeypatch.setattr(files, "vanishes", judge)
    assert FileDelivery(str(link)).warnings() == ()
    (warning,) = FileDelivery(str(link)).warnings()
    assert "a folder that is mounted from outside" in warning
    assert asked == [str(where.resolve())] * 2
