# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that hold people: what other users of the machine can do to a path, and what a path may be."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._files.private_files import (
    NotPrivateError,
    Place,
    open_to_append,
    private_folder,
    private_place,
)

STRANGER = 12345
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files to others")


def refused(path: Path) -> str:
    """Why there can be no file; nothing is made or changed by asking, or by trying."""
    with pytest.raises(NotPrivateError) as asked:
        private_place(path)
    with pytest.raises(NotPrivateError) as tried:
        open_to_append(path)
    told = str(asked.value.strerror)
    assert told == tried.value.strerror
    assert told.endswith(f". {asked.value.advice}")
    return told


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "people"
    assert private_place(file) == Place(file, 0o600, exists=False)
    before = os.umask(0)
    try:
        os.close(open_to_append(file))
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("mode", "after"), [(0o666, 0o600), (0o644, 0o600), (0o602, 0o600), (0o640, 0o640), (0o660, 0o660), (0o600, 0o600)]
)
def test_what_everybody_may_read_or_write_becomes_private(tmp_path: Path, mode: int, after: int) -> None:
    file = tmp_path / "people"
    file.write_text("earlier")
    file.chmod(mode)
    assert private_place(file) == Place(file, after, exists=True)
    assert stat.S_IMODE(file.stat().st_mode) == mode
    os.close(open_to_append(file))
    assert stat.S_IMODE(file.stat().st_mode) == after
    assert file.read_text() == "earlier"


def test_a_file_is_never_reached_through_a_link(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("keep")
    (tmp_path / "people").symlink_to(other)
    assert refused(tmp_path / "people") == "it is a link. Name the file itself, or remove the link."
    (tmp_path / "dangling").symlink_to(tmp_path / "nobody")
    assert refused(tmp_path / "dangling").startswith("it is a link")
    assert (other.read_text(), (tmp_path / "nobody").exists()) == ("keep", False)


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", Path("/dev/null"), Path("/")):
        assert refused(path) == "it is not a file. Name a file."


@pytest.mark.parametrize("below", ["people", "folder/people", "folder/../people"])
def test_no_folder_above_in_which_everybody_may_write(tmp_path: Path, below: str) -> None:
    tmp_path.chmod(0o777)
    (tmp_path / "folder").mkdir()
    expected = (
        f"every user of this machine may write in the folder {tmp_path}. Run chmod o-w {tmp_path}, or name a path"
    )
    assert refused(tmp_path / below).startswith(expected)
    tmp_path.chmod(0o1777)
    assert private_place(tmp_path / below).path.name == "people"
    tmp_path.chmod(0o775)
    assert private_place(tmp_path / below).path.name == "people"


def test_links_of_ones_own_lead_to_the_folder_that_is_meant(tmp_path: Path) -> None:
    (tmp_path / "real" / "deep").mkdir(parents=True)
    (tmp_path / "absolute").symlink_to(tmp_path / "real")
    (tmp_path / "relative").symlink_to("absolute/deep/../deep")
    assert private_folder(tmp_path / "relative") == tmp_path / "real" / "deep"
    assert private_place(tmp_path / "relative" / ".." / "people").path == tmp_path / "real" / "people"
    (tmp_path / "real").chmod(0o777)
    assert "every user" in refused(tmp_path / "relative" / "people")


def test_a_relative_path_begins_where_the_process_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert private_place(Path("people")).path == tmp_path.resolve() / "people"


def test_links_in_a_circle_and_files_as_folders_end(tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    with pytest.raises(OSError, match="symbolic links"):
        private_folder(tmp_path / "one")
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "file" / "more"):
        with pytest.raises(NotADirectoryError):
            private_folder(path)
    with pytest.raises(FileNotFoundError):
        private_place(tmp_path / "no" / "where")


@as_root
def test_what_another_user_made(tmp_path: Path) -> None:
    file = tmp_path / "people"
    file.touch(0o666)
    os.chown(file, STRANGER, -1)
    assert refused(file).startswith("it belongs to another user (uid 12345). Name another file")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("folder")
    os.chown(tmp_path / "link", STRANGER, -1, follow_symlinks=False)
    assert f"{tmp_path}/link is a link that another user (uid 12345) may change" in refused(tmp_path / "link" / "new")


@as_root
def test_a_folder_of_another_user_is_a_place_for_files_and_none_for_links(tmp_path: Path) -> None:
    """As a container's checkout is, which belongs to the machine's user while root runs in the container."""
    checkout = tmp_path / "checkout"
    (checkout / "folder").mkdir(parents=True)
    (checkout / "link").symlink_to("folder")
    os.chown(checkout, STRANGER, -1)
    assert private_place(checkout / "folder" / "people").mode == 0o600
    assert "may change" in refused(checkout / "link" / "people")
    # Where everybody may create, nobody knows who made a folder for whom.
    tmp_path.chmod(0o1777)
    assert refused(checkout / "people").startswith(f"{checkout} belongs to another user (uid 12345).")


@as_root
def test_a_file_of_roots_is_not_corrected_by_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "people"
    file.touch()
    file.chmod(0o666)
    monkeypatch.setattr(os, "geteuid", lambda: STRANGER)
    assert refused(file) == "it belongs to root, and others may read it. Have root run chmod o-rwx on it."


def test_what_is_exchanged_in_between_is_not_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "other"
    other.write_text("keep")
    file = tmp_path / "people"
    real_open = os.open

    def exchanging(path: Path, flags: int, mode: int = 0o777) -> int:
        file.symlink_to(other)
        return real_open(path, flags, mode)

    monkeypatch.setattr(os, "open", exchanging)
    with pytest.raises(OSError, match="symbolic links"):
        open_to_append(file)
    assert other.read_text() == "keep"
