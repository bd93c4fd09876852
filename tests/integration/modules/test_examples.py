# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples of every module's documentation run, in their order, and run again without a change where that holds."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.sandbox.client import Sandbox
from tests.support.modules import document
from tests.support.playbooks import PlaybookResult

MODULES = (
    "iam_access_report",
    "iam_account",
    "iam_credential",
    "iam_directory_info",
    "iam_group",
    "iam_managed_policy",
    "iam_membership",
    "iam_offboard",
    "iam_role",
    "iam_user",
    "iam_workforce",
)
SEEDS: dict[str, dict[str, Any]] = {
    "iam_credential": {
        "groups": [{"name": "everyone", "managed_policies": ["arn:aws:iam::aws:policy/IAMUserChangePassword"]}],
        "users": [{"name": name, "groups": ["everyone"]} for name in ("asha.rao", "li.wei", "builder")],
    },
    "iam_group": {"users": [{"name": "asha.rao"}, {"name": "li.wei"}]},
    "iam_account": {},
    "iam_managed_policy": {},
    "iam_role": {},
    "iam_user": {},
    "iam_membership": {
        "groups": [{"name": "data-science", "path": "/workforce/"}, {"name": "finance", "path": "/workforce/"}],
        "users": [{"name": "asha.rao"}, {"name": "li.wei"}],
    },
    "iam_directory_info": {"groups": [{"name": "data-science"}], "users": [{"name": "asha.rao"}]},
    "iam_workforce": {},
    "iam_access_report": {"users": [{"name": "asha.rao"}]},
    "iam_offboard": {
        "users": [
            {"name": "asha.rao", "tags": {"workforce:managed": "onboard", "workforce:employee-id": "1042"}},
            {"name": "li.wei"},
        ]
    },
}
EXPORT = "Personnel no;Work e-mail;Department\n" + "".join(
    f"{number};person{number}@example.com;Development\n" for number in range(1, 701)
)
READING = ("workforce.aws.iam_directory_info", "ansible.builtin.debug")


# What the examples find beside the playbook, and where they write.
FILES = {
    "hr/export.csv": EXPORT,
    "people/board.yml": "- {name: eva.janssen, departments: [development]}",
    "reports/.keep": "",
    "inventory/group_vars/all/.keep": "",
    "policies/read-billing-bucket.json": json.dumps(document("s3:GetObject", "arn:aws:s3:::example-bills/*")),
}
# Tasks that change nothing: they only read, or what they would do has been done by the task before.
UNCHANGED = {"Read who has access to what", "See what would be cut, without cutting it"}


def _examples(module: str, key_id: str) -> list[dict[str, Any]]:
    source = importlib.import_module(f"ansible_collections.workforce.aws.plugins.modules.{module}")
    tasks: list[dict[str, Any]] = yaml.safe_load(source.EXAMPLES.replace("AKIAIOSFODNN7EXAMPLE", key_id))
    return tasks


@pytest.mark.parametrize("module", MODULES)
def test_examples(
    playbook: Callable[..., PlaybookResult], sandbox: Sandbox, iam: Any, tmp_path: Path, module: str
) -> None:
    sandbox.seed(**SEEDS[module])
    key_id = "none"
    if module == "iam_offboard":
        key_id = iam.create_access_key(UserName="li.wei")["AccessKey"]["AccessKeyId"]
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    tasks = _examples(module, key_id)
    for task in tasks:
        if "mail" in task.get("workforce.aws.iam_credential", {}):
            task["workforce.aws.iam_credential"]["mail"].update(sandbox.mailbox.settings())
    run = playbook(tasks, extra_vars={"first_password": "A-First-Password-2026"}).succeeded()
    assert len(run.tasks) == len(tasks)
    for task in tasks:
        reads = task["name"] in UNCHANGED or any(action in task for action in READING)
        assert run.result(task["name"])["changed"] is not reads, task["name"]
