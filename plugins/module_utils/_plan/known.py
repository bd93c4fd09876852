# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan with all its faults: the plan's own, policies that do not exist, quotas. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.desired import DesiredGroup
from .._core.steps import Fault, Plan
from .._core.subjects import TITLES
from .after import after
from .plan import leaving_steps, make_plan
from .quotas import needs_quotas, quota_faults

if t.TYPE_CHECKING:
    from .._core.desired import Desired, DesiredCarrier
    from .._core.model import Directory
    from .._core.steps import Step
    from .._core.subjects import SubjectKind

    Titles = t.Mapping[SubjectKind, str]


@dataclasses.dataclass(frozen=True)
class Known:
    """All that planning must know about the account.

    ``missing_policies`` are ARNs of which no policy exists. ``quotas`` are GetAccountSummary's numbers; None if no step
    can exceed a quota.
    """

    directory: Directory
    missing_policies: frozenset[str] = frozenset()
    quotas: t.Mapping[str, int] | None = None


def new_policies(desired: Desired, directory: Directory) -> frozenset[str]:
    """The ARNs of policies that the plan would attach or set as a boundary."""
    subjects: tuple[tuple[DesiredCarrier, t.Any], ...] = (
        *((group, directory.group(group.name)) for group in desired.groups),
        *((user, directory.user(user.rename_from or user.name)) for user in desired.users if not user.cuts),
        *((role, directory.role(role.name)) for role in desired.roles if not role.absent),
    )
    found: set[str] = set()
    for wanted, existing in subjects:
        found |= {arn for arn in wanted.policies or () if existing is None or arn not in (existing.attached or {})}
    for wanted, existing in subjects:
        boundary = None if isinstance(wanted, DesiredGroup) else wanted.boundary
        if boundary and (existing is None or existing.boundary != boundary):
            found.add(boundary)
    return frozenset(found)


def judged_plan(desired: Desired, known: Known, titles: Titles = TITLES) -> Plan:
    """The plan with its faults. ``titles`` are the words for user and group in messages."""
    plan = make_plan(desired, known.directory, known.quotas)
    faults = [*plan.faults, *_missing_policy_faults(plan.steps, known.missing_policies)]
    if known.quotas is not None and needs_quotas(plan.steps):
        faults += quota_faults(plan.steps, after(known.directory, plan.steps), known.quotas)
    return Plan(plan.steps, tuple(_titled(fault, titles) for fault in faults))


def beside_faults(plan: Plan, faults: t.Sequence[Fault], desired: Desired, directory: Directory) -> Plan:
    """The plan with all faults, and with the steps that they allow: all of them, or only those that cut leavers off."""
    told = (*faults, *plan.faults)
    if any(fault.stops_giving for fault in told):
        return Plan(tuple(leaving_steps(desired, directory)), told)
    return Plan(plan.steps, told)


def is_stopped(plan: Plan) -> bool:
    """Whether nothing may be done: a fault stops cutting too, or there are faults and no steps."""
    if any(fault.stops_cutting for fault in plan.faults):
        return True
    return not plan.steps and any(fault.stops_giving for fault in plan.faults)


def _missing_policy_faults(steps: t.Sequence[Step], missing: frozenset[str]) -> t.Iterator[Fault]:
    if not missing:
        return
    told = [(arn, step) for step in steps for arn in (_given_policy(step),) if arn in missing]
    for arn, step in sorted(told, key=lambda pair: str(pair[0])):
        yield Fault(str(step.subject), f"policy {arn} does not exist")


def _given_policy(step: Step) -> str | None:
    if step.operation.startswith("Attach"):
        return str(step.params["PolicyArn"])
    return step.params.get("PermissionsBoundary")


def _titled(fault: Fault, titles: Titles) -> Fault:
    """A plan's fault with the caller's words for user and group."""
    kind, space, name = fault.who.partition(" ")
    words = t.cast("t.Mapping[str, str]", titles)
    return dataclasses.replace(fault, who=f"{words.get(kind, kind)}{space}{name}")
