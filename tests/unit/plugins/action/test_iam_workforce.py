# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the action plugin does to the task that it runs."""

from __future__ import annotations

import importlib
import types
from typing import Any

import pytest
from ansible.plugins.action import ActionBase
from ansible_collections.workforce.aws.plugins.action.iam_workforce import ActionModule

ARGUMENTS = {"employees": [{"name": "asha"}], "departments": []}


class _Action(ActionModule):
    """The plugin with a module that remembers its arguments."""

    def __init__(self, **task: Any) -> None:
        self._task = types.SimpleNamespace(args=ARGUMENTS, async_val=0, **task)
        self._connection = types.SimpleNamespace(_shell=types.SimpleNamespace(tmpdir=None), transport="local")
        self.given: list[Any] = []

    def _execute_module(self, **options: Any) -> dict[str, Any]:
        self.given.append(self._task.args)
        return {"changed": False}

    def _remove_tmp_path(self, path: None) -> None:
        pass


@pytest.mark.parametrize(
    ("until", "retries", "left"), [([], None, {}), (["x"], None, ARGUMENTS), ([], 2, ARGUMENTS), ([], 0, ARGUMENTS)]
)
def test_the_lists_do_not_return_with_the_result(
    monkeypatch: pytest.MonkeyPatch, until: list[str], retries: int | None, left: dict[str, Any]
) -> None:
    monkeypatch.setattr(ActionBase, "run", lambda *_arguments: {})
    action = _Action(until=until, retries=retries)
    assert action.run() == {"changed": False}
    assert action.given == [ARGUMENTS]
    assert action._task.args == left


@pytest.mark.parametrize("module", ["iam_access_report", "iam_permissions_report"])
def test_reports_are_run_in_the_same_way(module: str) -> None:
    plugin = importlib.import_module(f"ansible_collections.workforce.aws.plugins.action.{module}")
    assert plugin.ActionModule is ActionModule
