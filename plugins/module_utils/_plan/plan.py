# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plan: the ordered steps that turn the directory into the desired. Pure."""

from __future__ import annotations

import typing as t

from .._core.issuing import way_of
from .._core.model import fold
from .._core.steps import Fault, Plan
from .account import account_steps
from .after import after
from .credentials import reissue_fault, unreached_fault
from .groups import group_steps
from .managed_policies import policy_entity_faults, policy_entity_steps
from .needs import waiting_for_policies
from .removals import cut_from_group, cut_from_user
from .roles import role_faults, role_steps
from .sessions import session_steps
from .suspension import suspension_steps
from .users import teardown_steps, user_steps

if t.TYPE_CHECKING:
    from .._core.desired import Desired, DesiredGroup, DesiredUser
    from .._core.model import Directory
    from .._core.steps import Step


def make_plan(desired: Desired, directory: Directory, quotas: t.Mapping[str, int] | None = None) -> Plan:
    """The plan for the desired.

    ``quotas`` are GetAccountSummary's numbers, if they were read. They only decide whether something must be taken away
    first to make room.
    Beside a fault that stops giving there is no step.
    """
    faults = [
        *_missing_subjects(desired, directory),
        *_unknown_references(desired, directory),
        *_impossible_reissues(desired, directory),
        *(fault for policy in desired.policies for fault in policy_entity_faults(policy, directory)),
        *(fault for role in desired.roles for fault in role_faults(role, directory)),
    ]
    if faults:
        return Plan(faults=tuple(faults))
    steps = _cutting_steps(desired, directory)
    # Plan with the account as it is without the leavers: somebody else may get a leaver's name.
    before, directory = directory, after(directory, steps)
    if desired.account is not None:
        steps += account_steps(desired.account, directory.settings)
    for policy in desired.policies:
        steps += policy_entity_steps(policy, directory, quotas or {})
    for group in desired.groups:
        steps += group_steps(group, directory, quotas or {})
    for role in desired.roles:
        steps += role_steps(role, directory, quotas or {})
    for user in desired.users:
        if not user.cuts:
            steps += user_steps(user, directory, quotas or {})
    steps += session_steps(desired, before, steps)
    steps = waiting_for_policies(sorted(_once(steps), key=lambda step: step.phase))
    return Plan(tuple(steps), tuple(_unreached(desired, directory)))


def leaving_steps(desired: Desired, directory: Directory) -> list[Step]:
    """The steps that cut leavers off and remove what goes by name. They do not depend on the rest of the desired."""
    steps = _cutting_steps(desired, directory)
    steps += session_steps(desired, directory, steps, giving=False)
    return sorted(steps, key=lambda step: step.phase)


def _cutting_steps(desired: Desired, directory: Directory) -> list[Step]:
    steps: list[Step] = []
    for group in desired.groups:
        steps += cut_from_group(group, directory)
    for user in desired.users:
        if user.absent:
            steps += teardown_steps(user, directory)
        elif user.suspend is not None:
            steps += suspension_steps(user, directory)
        else:
            steps += cut_from_user(user, directory)
    return steps


def _once(steps: t.Iterable[Step]) -> t.Iterator[Step]:
    """Remove doubles: a user may leave a group because of its own entry and because the group is deleted."""
    left: set[tuple[str, str]] = set()
    for step in steps:
        if step.operation == "RemoveUserFromGroup":
            pair = (fold(step.params["UserName"]), fold(step.params["GroupName"]))
            if pair in left:
                continue
            left.add(pair)
        yield step


def _missing_subjects(desired: Desired, directory: Directory) -> t.Iterator[Fault]:
    for group in desired.groups:
        if not group.create and not group.absent and directory.group(group.name) is None:
            yield Fault(f"group {group.name}", "does not exist in the account")
    for user in desired.users:
        if not user.create and not user.absent and directory.user(user.rename_from or user.name) is None:
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


def _impossible_reissues(desired: Desired, directory: Directory) -> t.Iterator[Fault]:
    for wanted in desired.users:
        if wanted.credential is None or not wanted.credential.reissue:
            continue
        user = directory.user(wanted.rename_from or wanted.name)
        fault = reissue_fault(user, wanted.credential) if user and way_of(wanted, user) == "reissue" else None
        if fault is not None:
            yield fault


def _unreached(desired: Desired, directory: Directory) -> t.Iterator[Fault]:
    for wanted in desired.users:
        if wanted.credential is None or wanted.credential.unreached is None:
            continue
        user = directory.user(wanted.rename_from or wanted.name)
        fault = unreached_fault(user, wanted.credential) if user and way_of(wanted, user) == "first" else None
        if fault is not None:
            yield fault


def _promised(wanted: t.Sequence[DesiredGroup] | t.Sequence[DesiredUser]) -> set[str]:
    return {fold(one.name) for one in wanted if one.create and not one.absent}
