# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module's options that lead to one write, the account before, and the account that must come of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from botocore import xform_name

from tests.sandbox.client import Sandbox
from tests.support.credentials import give_credentials
from tests.support.modules import Run


@dataclass(frozen=True)
class Case:
    """`calls` are made before, as an administrator would; `credentials` is who gets one of each kind."""

    module: str
    options: dict[str, Any]
    groups: Sequence[dict[str, Any]] = ()
    users: Sequence[dict[str, Any]] = ()
    policies: Sequence[dict[str, Any]] = ()
    roles: Sequence[dict[str, Any]] = ()
    calls: Sequence[tuple[str, dict[str, Any]]] = ()
    credentials: str = ""
    _goal: list[Any] = field(default_factory=list, compare=False, repr=False)

    def fill(self, sandbox: Sandbox, iam: Any) -> None:
        """The account before, as new."""
        sandbox.reset()
        sandbox.seed(policies=self.policies, groups=self.groups, users=self.users, roles=self.roles)
        if self.credentials:
            give_credentials(iam, self.credentials)
        for operation, parameters in self.calls:
            getattr(iam, xform_name(operation))(**parameters)
        sandbox.clear_calls()

    def goal(self, run: Run, sandbox: Sandbox, iam: Any) -> Any:
        """The account after a run in which nothing fails."""
        if not self._goal:
            self.fill(sandbox, iam)
            done = run(self.module, self.options)
            assert done.get("changed") is True, done
            self._goal.append(comparable(sandbox))
        return self._goal[0]


def comparable(sandbox: Sandbox) -> Any:
    """The state without what differs from one account to the next that was made alike."""
    state = sandbox.state()
    for entity in (*state["users"].values(), *state["groups"].values(), *state["roles"].values()):
        entity.pop("id")
        if entity.get("login_profile"):
            entity["login_profile"].pop("create_date")
    return state
