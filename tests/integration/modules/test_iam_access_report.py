# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""iam_access_report: what it refuses, how it writes its file, and what it costs."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.support.modules import Run

MANAGED = {"workforce:managed": "onboard"}


def _mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def test_calls_grow_with_pages(run: Run, sandbox: Sandbox) -> None:
    people = [{"name": f"u-{n:04}", "tags": MANAGED, "groups": ["all"]} for n in range(1500)]
    sandbox.seed(groups=[{"name": "all", "path": "/workforce/"}], users=people)
    found = run("iam_access_report", {"format": "json"})
    assert found["counts"]["employees"] == 1500
    assert len(json.loads(found["report"])["employees"]) == 1500
    assert found["api_calls"]["by_operation"] == {
        "GenerateCredentialReport": 1,
        "GetAccountAuthorizationDetails": 2,
        "GetAccountSummary": 1,
        "GetCallerIdentity": 1,
        "GetCredentialReport": 1,
        "ListAccountAliases": 1,
        "ListUsers": 2,
    }
    assert found["api_calls"]["write"] == 0


def test_a_file_for_nobody_elses_eyes(run: Run, sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.seed(users=[{"name": "asha.rao", "tags": MANAGED}])
    dest = tmp_path / "access.csv"
    options = {"format": "csv", "dest": str(dest)}
    checked = run("iam_access_report", options, check=True)
    assert (checked["changed"], dest.exists()) == (True, False)
    written = run("iam_access_report", options)
    assert (written["dest"], _mode(dest)) == (str(dest), 0o600)
    assert "asha.rao" not in json.dumps(written)
    assert "asha.rao" in dest.read_text(encoding="utf-8")
    dest.write_text("old", encoding="utf-8")
    dest.chmod(0o640)
    run("iam_access_report", options)
    assert (_mode(dest), list(tmp_path.iterdir())) == (0o640, [dest])
    dest.chmod(0o666)
    run("iam_access_report", options)
    assert _mode(dest) == 0o600
    assert "asha.rao" in dest.read_text(encoding="utf-8")


@pytest.mark.parametrize("check", [True, False])
def test_no_file_of_which_another_user_decides(run: Run, sandbox: Sandbox, tmp_path: Path, check: bool) -> None:
    other, link, shared = tmp_path / "other", tmp_path / "link", tmp_path / "shared"
    other.write_text("keep", encoding="utf-8")
    link.symlink_to(other)
    shared.mkdir()
    shared.chmod(0o777)
    wrong = {link: "it is a link.", shared / "new": f"every user of this machine may write in the folder {shared}."}
    if os.geteuid() == 0:
        foreign = tmp_path / "foreign"
        foreign.touch()
        foreign.chmod(0o666)
        os.chown(foreign, 12345, -1)
        wrong[foreign] = "it belongs to another user (uid 12345)."
    for dest, why in wrong.items():
        refused = run("iam_access_report", {"format": "csv", "dest": str(dest)}, check=check)
        assert refused["msg"].startswith(f"dest: {dest} cannot be written: {why}")
    assert (other.read_text(encoding="utf-8"), link.is_symlink(), list(shared.iterdir())) == ("keep", True, [])
    assert sandbox.calls()["total"] == 0


def test_a_failed_read_is_no_report(run: Run, sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.fail("GetCredentialReport", "AccessDenied", status=403)
    dest = tmp_path / "access.csv"
    refused = run("iam_access_report", {"format": "csv", "dest": str(dest)})
    assert refused["error"] == {"code": "AccessDenied"}
    assert "Allow iam:GetCredentialReport" in refused["msg"]
    assert not dest.exists()


def test_last_sign_in_is_fresh(run: Run, sandbox: Sandbox, iam: Any) -> None:
    """Who is made after the credential report is told, as unknown; AWS makes another only after four hours."""
    sandbox.seed(users=[{"name": "asha.rao", "password": "abcABC123!x"}])
    run("iam_access_report", {})
    iam.create_user(UserName="new.one")
    iam.create_access_key(UserName="asha.rao")
    asha, new = json.loads(run("iam_access_report", {})["report"])["unmanaged_users"]
    assert (asha["console"], asha["access_keys"]) == (True, [])
    assert (new["name"], new["console"], new["access_keys"]) == ("new.one", None, None)


def test_commas_in_names_and_paths(run: Run, sandbox: Sandbox) -> None:
    sandbox.seed(users=[{"name": "rao,asha", "path": "/a,b/", "password": "abcABC123!x"}])
    found = run("iam_access_report", {})
    assert "failed" not in found, found
    (person,) = json.loads(found["report"])["unmanaged_users"]
    assert (person["name"], person["path"], person["console"]) == ("rao,asha", "/a,b/", True)


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({"path": "workforce"}, "path: has the path workforce"),
        ({"dest": "/"}, "dest: / is a folder"),
        ({"dest": "/no/where/x.csv"}, "dest: the folder /no/where does not exist"),
        ({"format": "xlsx"}, "value of format must be one of"),
    ],
)
def test_bad_options(run: Run, sandbox: Sandbox, options: dict[str, Any], fault: str) -> None:
    refused = run("iam_access_report", options)
    assert refused["failed"] is True
    assert fault in refused["msg"]
    assert sandbox.calls()["total"] == 0


def test_wrong_account(run: Run, sandbox: Sandbox) -> None:
    refused = run("iam_access_report", {"account_id": "000000000001"})
    assert "but account_id says 000000000001" in refused["faults"][0]
    assert "GetAccountAuthorizationDetails" not in sandbox.calls()["by_operation"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_may_not_be_written(run: Run, sandbox: Sandbox, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "nothing may be written" in run("iam_access_report", {"dest": str(tmp_path / "x")})["msg"]
