# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which statement of the printed policy allows an operation: what to add where one is refused."""

from __future__ import annotations

import functools
import typing as t

from .facts import FEATURES, Facts, Own
from .principals import statements

if t.TYPE_CHECKING:
    from .requests import Request

PLAYBOOK = "ansible-playbook workforce.aws.permissions"
_DENY_ALL = ":iam::aws:policy/AWSDenyAll"
_DENYING = {"iam:AttachUserPolicy": "DenyAnybody", "iam:PutUserPermissionsBoundary": "DenyByBoundary"}
_OF_THE_UNMARKED = {
    "iam:DetachRolePolicy": f"DetachRemovedPolicies of `{PLAYBOOK}`",
    "iam:DetachUserPolicy": f"DetachRemovedPolicies of `{PLAYBOOK}`",
    "iam:TagUser": f"AdoptUsers of `{PLAYBOOK} -e principal=adopt`",
    "iam:TagRole": f"AdoptRoles of `{PLAYBOOK}`",
    "iam:TagPolicy": f"AdoptPolicies of `{PLAYBOOK}`",
}


def statement_for(request: Request) -> str:
    """Where the statement stands: its Sid, and the call that prints it."""
    context = dict(request.context)
    values = [value for key in ("iam:PolicyARN", "iam:PermissionsBoundary") for value in context.get(key, ())]
    if request.action in _DENYING and any(value.endswith(_DENY_ALL) for value in values):
        return f"{_DENYING[request.action]} of `{PLAYBOOK}`"
    if request.action in _OF_THE_UNMARKED and not _is_marked(context):
        return _OF_THE_UNMARKED[request.action]
    return f"{_sids().get(request.action, 'for it')} of `{PLAYBOOK}`"


def _is_marked(context: t.Mapping[str, t.Sequence[str]]) -> bool:
    return "onboard" in context.get("aws:ResourceTag/workforce:managed", ())


@functools.cache
def _sids() -> dict[str, str]:
    """By operation, the statement of an inventory that uses everything."""
    own = (Own("x", removed=True, adopted=True),)
    some = ("*",)
    facts = Facts(
        inline_departments=(("/", "x"),),
        department_policies=some,
        employee_policies=some,
        employee_boundaries=some,
        policies=own,
        roles=own,
        role_policies=some,
        role_boundaries=some,
        features=frozenset(FEATURES),
    )
    found: dict[str, str] = {}
    for statement in statements("runner", facts):
        if not statement.denies and statement.sid != "DetachRemovedPolicies":
            for action in statement.actions:
                found.setdefault(f"iam:{action}", statement.sid)
    return found
