# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The record: whole lines, for its owner's eyes, and a fault where there can be none."""

from __future__ import annotations

import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._apply.record import Record
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Account
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Failure, Phase, Step
from ansible_collections.workforce.aws.plugins.module_utils._core.subjects import Subject

ASHA = Subject("user", "asha.rao")
STEP = Step(
    ASHA,
    "CreateLoginProfile",
    {"UserName": "asha.rao"},
    "gets a console password",
    Phase.USERS,
    secrets={"Password": "s3cret"},
)
ACCOUNT = Account("123456789012", "arn:aws:iam::123456789012:user/runner")


def begun(path: Path, *, check_mode: bool = False) -> Record:
    record = Record(str(path), check_mode=check_mode)
    record.begin("0badcafe", ACCOUNT)
    return record


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_line_for_each_step(tmp_path: Path) -> None:
    file = tmp_path / "changes.jsonl"
    record = begun(file)
    record.add(STEP, None)
    record.add(STEP, Failure(ASHA, STEP.operation, "LimitExceeded", "no"))
    record.close()
    done, failed = lines(file)
    assert done.pop("time") <= failed.pop("time")
    assert done == {
        "run_id": "0badcafe",
        "account_id": "123456789012",
        "caller_arn": "arn:aws:iam::123456789012:user/runner",
        "subject": "user asha.rao",
        "operation": "CreateLoginProfile",
        "line": "gets a console password",
        "outcome": "done",
    }
    assert failed == {**done, "outcome": "failed: LimitExceeded"}
    assert "s3cret" not in file.read_text(encoding="utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (record.fault, record.faults, record.lost) == (None, (), 0)


def test_appends_whole_lines_from_many_threads(tmp_path: Path) -> None:
    file = tmp_path / "changes.jsonl"
    file.write_text('{"earlier": true}\n', encoding="utf-8")
    file.chmod(0o640)
    records = [begun(file), begun(file)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: records[number % 2].add(STEP, None), range(400)))
    assert len(lines(file)) == 401
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_torn_line_spoils_no_other(tmp_path: Path) -> None:
    file = tmp_path / "changes.jsonl"
    file.write_text('{"torn', encoding="utf-8")
    begun(file).add(STEP, None)
    torn, whole = file.read_text(encoding="utf-8").splitlines()
    assert (torn, json.loads(whole)["outcome"]) == ('{"torn', "done")


def test_check_mode_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "changes.jsonl"
    record = begun(file, check_mode=True)
    record.add(STEP, None)
    assert (record.fault, file.exists()) == (None, False)
    file.write_text("", encoding="utf-8")
    begun(file, check_mode=True).add(STEP, None)
    assert file.read_text(encoding="utf-8") == ""


@pytest.mark.parametrize("check_mode", [True, False])
def test_what_cannot_be_written_is_a_fault(tmp_path: Path, check_mode: bool) -> None:
    for path in (tmp_path, tmp_path / "no" / "where", Path("/dev/null")):
        record = begun(path, check_mode=check_mode)
        assert str(record.faults[0]).startswith(f"record: {path} cannot be written: ")
        assert not record.faults[0].stops_cutting
        record.add(STEP, None)
        assert record.lost == 0


@pytest.mark.parametrize("check_mode", [True, False])
def test_where_another_user_decides_is_a_fault(tmp_path: Path, check_mode: bool) -> None:
    other = tmp_path / "other"
    other.write_text("keep", encoding="utf-8")
    link = tmp_path / "changes.jsonl"
    link.symlink_to(other)
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    for path, why in ((link, "it is a link"), (shared / "new.jsonl", "every user of this machine may write in")):
        record = begun(path, check_mode=check_mode)
        record.add(STEP, None)
        assert str(record.faults[0]).startswith(f"record: {path} cannot be written: {why}")
    assert (other.read_text(encoding="utf-8"), list(shared.iterdir())) == ("keep", [])


def test_a_file_that_everybody_may_read_becomes_private_in_a_run(tmp_path: Path) -> None:
    file = tmp_path / "changes.jsonl"
    file.touch()
    file.chmod(0o666)
    assert begun(file, check_mode=True).fault is None
    assert stat.S_IMODE(file.stat().st_mode) == 0o666
    begun(file).add(STEP, None)
    assert (stat.S_IMODE(file.stat().st_mode), len(lines(file))) == (0o600, 1)


def test_no_record_is_asked_for() -> None:
    record = Record(None, check_mode=False)
    record.add(STEP, None)
    record.close()
    assert record.faults == ()


def _full(number: int, line: bytes) -> int:
    raise OSError(28, f"No space left for {len(line)} bytes in {number}")


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "changes.jsonl"
    record = begun(file)
    write = os.write
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", lambda number, line: write(number, line[:5]))
        record.add(STEP, None)
    record.add(STEP, None)
    assert record.lost == 1
    assert json.loads(file.read_text(encoding="utf-8").splitlines()[-1])["outcome"] == "done"
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", _full)
        record.add(STEP, None)
    assert record.lost == 2
