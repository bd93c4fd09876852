# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This module util is PRIVATE to the collection: it can change in any release.
"""Plan: the ordered steps that turn the directory into the desired. Pure: nothing is read, nothing is written."""

from __future__ import annotations

import typing as t

from ._model import Fault, Plan, fold
from ._plan_groups import group_steps
from ._plan_users import teardown_steps, user_steps

if t.TYPE_CHECKING:
    from ._model import (
        Desired,
        DesiredGroup,
        DesiredUser,
        Directory,
        Step,
    )


def make_plan(desired: Desired, directory: Directory, quotas: t.Mapping[str, int] | None = None) -> Plan:
    """The plan for the desired.

    ``quotas`` are GetAccountSummary's numbers, where they were read: they decide only whether something must be taken
    away before something else fits. A plan with faults has no steps that may be applied.
    """
    faults = [*_missing_subjects(desired, directory), *_unknown_references(desired, directory)]
    if faults:
        return Plan(faults=tuple(faults))
    steps: list[Step] = []
    for group in desired.groups:
        steps += group_steps(group, directory, quotas or {})
    for user in desired.users:
        steps += teardown_steps(user, directory) if user.absent else user_steps(user, directory, quotas or {})
    return Plan(steps=tuple(sorted(steps, key=lambda step: step.phase)))


def _missing_subjects(desired: Desired, directory: Directory) -> t.Iterator[Fault]:
    for group in desired.groups:
        if not group.create and not group.absent and directory.group(group.name) is None:
            yield Fault(f"group {group.name}", "does not exist in the account")
    for user in desired.users:
        if not user.create and not user.absent and directory.user(user.name) is None:
            yield Fault(f"user {user.name}", "does not exist in the account")


def _unknown_references(desired: Desired, directory: Directory) -> t.Iterator[Fault]:
    promised_groups = _promised(desired.groups)
    promised_users = _promised(desired.users)
    for user in desired.users:
        for name in user.groups or ():
            if fold(name) not in promised_groups and directory.group(name) is None:
                yield Fault(f"user {user.name}", f"group {name} does not exist in the account")
    for group in desired.groups:
        for name in group.members or ():
            if fold(name) not in promised_users and directory.user(name) is None:
                yield Fault(f"group {group.name}", f"user {name} does not exist in the account")


def _promised(wanted: t.Sequence[DesiredGroup] | t.Sequence[DesiredUser]) -> set[str]:
    return {fold(one.name) for one in wanted if one.create and not one.absent}
