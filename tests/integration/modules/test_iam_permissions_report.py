# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""iam_permissions_report: its options, its file, and an account that does not answer."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

from tests.sandbox.client import Sandbox
from tests.support.modules import Run, document

LISTS: dict[str, Any] = {
    "departments": [{"name": "sales", "managed_policies": ["ReadOnlyAccess"]}],
    "employees": [{"name": "asha.rao", "departments": ["sales"]}],
}
ANY_PATH = ["arn:aws:iam::*:policy/*/ReadOnlyAccess", "arn:aws:iam::*:policy/ReadOnlyAccess"]


def _attachable(found: dict[str, Any]) -> Any:
    (statement,) = (
        one for one in found["policies"][0]["document"]["Statement"] if one["Sid"] == "GiveDepartmentsPolicies"
    )
    return next(iter(statement["Condition"].values()))["iam:PolicyARN"]


def test_an_account_that_does_not_answer(run: Run, sandbox: Sandbox) -> None:
    asked = run("iam_permissions_report", LISTS)
    assert _attachable(asked) == "arn:aws:iam::aws:policy/ReadOnlyAccess"
    sandbox.fail("ListPolicies", "AccessDenied", status=403, count=None)
    silent = run("iam_permissions_report", LISTS)
    assert _attachable(silent) == ANY_PATH
    assert "The account could not be asked: ListPolicies failed with AccessDenied" in " ".join(
        line.removeprefix("# ") for line in silent["report"].splitlines()
    )
    unasked = run("iam_permissions_report", {**LISTS, "ask_account": False, "account_id": "210987654321"})
    assert "account 210987654321, and no more" in unasked["report"]
    assert _attachable(unasked) == ANY_PATH
    elsewhere = {"name": "ops", "managed_policies": ["AdministratorAccess"], "accounts": ["training"]}
    shared = {**LISTS, "departments": [*LISTS["departments"], elsewhere], "ask_account": False, "account": "shop"}
    assert _attachable(run("iam_permissions_report", shared)) == ANY_PATH
    other = run("iam_permissions_report", {**LISTS, "account_id": "210987654321"})
    assert "but account_id says 210987654321" in other["msg"]


def test_what_is_wrong_is_told_together(run: Run, sandbox: Sandbox, tmp_path: Path) -> None:
    wrong = {
        "departments": [{"name": "sales", "managed_policies": ["ReadOnlyAcces"]}],
        "employees": [{"name": "asha.rao", "departments": ["sale"]}],
        "dest": str(tmp_path / "nowhere" / "policy.json"),
    }
    refused = run("iam_permissions_report", wrong)
    assert len(refused["faults"]) == 2
    unknown = run("iam_permissions_report", {"departments": wrong["departments"], "employees": []})
    missing = "names the policy ReadOnlyAcces, which the account does not have; did you mean ReadOnlyAccess?"
    assert unknown["faults"] == [f"department sales: {missing}"]


def test_its_files(run: Run, sandbox: Sandbox, tmp_path: Path) -> None:
    dest = tmp_path / "policy.json"
    options = {**LISTS, "format": "json", "dest": str(dest), "required_boundary": "ReadOnlyAccess"}
    assert (run("iam_permissions_report", options, check=True)["changed"], dest.exists()) == (True, False)
    written = run("iam_permissions_report", options)
    assert (written["changed"], written["dest"], stat.S_IMODE(dest.stat().st_mode)) == (True, [str(dest)], 0o600)
    assert json.loads(dest.read_text(encoding="utf-8")) == written["policies"][0]["document"]
    assert "required_boundary: by the list asha.rao would not have it" in json.dumps(written["warnings"])
    assert run("iam_permissions_report", options)["changed"] is False
    # What does not fit into one policy is several files.
    names = [f"department-with-a-very-long-name-{number:03}" for number in range(120)]
    many = [{"name": name, "inline_policies": {"x": document("s3:Get*")}} for name in names]
    split = run("iam_permissions_report", {**options, "departments": many, "employees": []})
    assert len(split["dest"]) == len(split["policies"]) > 1
    for file, policy in zip(split["dest"], split["policies"], strict=True):
        assert json.loads(Path(file).read_text(encoding="utf-8")) == policy["document"]
        assert policy["characters"] <= 6144
