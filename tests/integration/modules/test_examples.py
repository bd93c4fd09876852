# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples of every module's documentation run, in their order, and run again without a change where that holds."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from tests.sandbox.client import Sandbox
from tests.support.playbooks import PlaybookResult

MODULES = ("iam_group", "iam_user", "iam_membership", "iam_directory_info", "iam_workforce")
SEEDS: dict[str, dict[str, Any]] = {
    "iam_group": {"users": [{"name": "asha.rao"}, {"name": "li.wei"}]},
    "iam_user": {},
    "iam_membership": {
        "groups": [{"name": "data-science", "path": "/workforce/"}, {"name": "finance", "path": "/workforce/"}],
        "users": [{"name": "asha.rao"}, {"name": "li.wei"}],
    },
    "iam_directory_info": {"groups": [{"name": "data-science"}], "users": [{"name": "asha.rao"}]},
    "iam_workforce": {},
}
READING = ("workforce.aws.iam_directory_info", "ansible.builtin.debug")


def _examples(module: str) -> list[dict[str, Any]]:
    source = importlib.import_module(f"ansible_collections.workforce.aws.plugins.modules.{module}")
    tasks: list[dict[str, Any]] = yaml.safe_load(source.EXAMPLES)
    return tasks


@pytest.mark.parametrize("module", MODULES)
def test_examples(playbook: Callable[..., PlaybookResult], sandbox: Sandbox, module: str) -> None:
    sandbox.seed(**SEEDS[module])
    tasks = _examples(module)
    run = playbook(tasks, extra_vars={"first_password": "A-First-Password-2026"}).succeeded()
    assert len(run.tasks) == len(tasks)
    for task in tasks:
        reads = any(action in task for action in READING)
        assert run.result(task["name"])["changed"] is not reads, task["name"]
