# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Roles beside the chart, where roles are listed: those of ours that no list names, and policies that no entry writes.

Pure. Nothing takes them away: a role is deleted by ``state: absent``, and what a key of the entry writes is exact.
"""

from __future__ import annotations

import typing as t

from .._core.managed_policies import policy_name
from .._core.model import fold
from .._core.revoked_sessions import POLICY_NAME
from .._core.tags import is_marked
from .finding import Finding

if t.TYPE_CHECKING:
    from .._core.desired import DesiredRole
    from .._core.model import Role
    from .._identity.facts import Facts


def role_findings(listed: t.Iterable[DesiredRole], facts: Facts) -> t.Iterator[Finding]:
    """All of them, where all of the account's roles were read."""
    wanted = {fold(role.name): role for role in listed}
    for key, role in sorted(facts.directory.roles.items()) if facts.directory.all_roles and wanted else ():
        if key in wanted:
            yield from _beyond(wanted[key], role)
        elif is_marked(role.tags or {}):
            text = "carries the mark workforce:managed, and no list names it; state: absent in an entry deletes it"
            yield Finding("roles", role.name, text, ("role", role.name))


def _beyond(wanted: DesiredRole, role: Role) -> t.Iterator[Finding]:
    """Policies of a kind that the entry leaves out."""
    if wanted.absent:
        return
    if wanted.policies is None:
        for arn, name in sorted((role.attached or {}).items()):
            yield _policy(role, name or policy_name(arn), ("policy", arn))
    if wanted.inline is None:
        for name in sorted(role.inline or {}):
            if fold(name) != POLICY_NAME:
                yield _policy(role, f"the inline policy {name}", ("inline", name))


def _policy(role: Role, name: str, item: tuple[str, str]) -> Finding:
    return Finding("role_policies", role.name, f"has {name}, which the list does not write", item)
