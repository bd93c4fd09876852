# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether an account is as the lists say."""

from __future__ import annotations

from tests.bench.company import Company
from tests.sandbox.client import Sandbox


def is_right(sandbox: Sandbox, of: Company, account_id: str | None = None) -> bool:
    """All users and no others, and in each group its members and no others."""
    state = sandbox.state(account_id)
    members = {name: sorted(group["users"]) for name, group in state["groups"].items()}
    wanted = {department["name"]: sorted(of.members(department["name"])) for department in of.departments}
    return set(state["users"]) == {one["name"] for one in of.employees} and members == wanted
