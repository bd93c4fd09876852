# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The file in which calls and steps are counted, and how it is read while it is written."""

from __future__ import annotations

import concurrent.futures
from pathlib import Path

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._aws.progress import FILE, Progress, read_progress


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / FILE
    made.touch()
    return made


def test_every_call_counts_until_there_are_steps_and_then_every_step(file: Path) -> None:
    assert read_progress(file) is None
    counted = Progress(str(file.parent))
    assert read_progress(file) == (0, None)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for _call in range(300):
            pool.submit(counted.answered)
    assert read_progress(file) == (300, None)
    counted.begin(400)
    assert read_progress(file) == (0, 400)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for _step in range(300):
            pool.submit(counted.add)
            pool.submit(counted.answered)
    assert read_progress(file) == (300, 400)
    told = [*(f"{done}" for done in range(301)), *(f"{done} 400" for done in range(301))]
    assert file.read_text(encoding="ascii").splitlines() == told
    for _step in range(200):
        counted.add()
    assert read_progress(file) == (400, 400)


def test_without_a_file_made_for_it_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / FILE).symlink_to(tmp_path / "elsewhere")
    for folder in (None, tmp_path, tmp_path / "none", tmp_path / "folder"):
        counted = Progress(None if folder is None else str(folder))
        counted.answered()
        counted.begin(2)
        counted.add()
    assert not (tmp_path / FILE).exists()
    assert (tmp_path / "elsewhere").stat().st_size == 0


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", None),
        ("1 2", None),
        ("1 2\n", (1, 2)),
        ("1 2\n15 2", (1, 2)),
        ("1 2\nx y\n", None),
        ("7\n", (7, None)),
        ("\n", None),
        ("1 2 3\n", None),
    ],
)
def test_a_line_that_is_being_written_is_not_read(file: Path, text: str, read: tuple[int, int | None] | None) -> None:
    file.write_text(text, encoding="ascii")
    assert read_progress(file) == read
    file.unlink()
    assert read_progress(file) is None
