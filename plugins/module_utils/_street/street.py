# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The street: read → plan → apply → report for the one-subject modules, and the stages that all modules share.

The bodies that decide more (:mod:`.._tasks.workforce`, :mod:`.._tasks.credential`) call the same stages themselves.
"""

from __future__ import annotations

import typing as t

from .._apply.apply import Outcome, apply
from .._aws.connection import connect
from .._aws.errors import Faults
from .._aws.service_reference import read_service_reference
from .._documents.warnings import step_warnings
from .._plan.after import after
from .._plan.known import beside_faults, is_stopped, judged_plan
from .._report.walk import Walk
from .ending import failing, finish
from .issuing import Ready
from .reading import beside, read_needs, read_subjects, resolve_policies

if t.TYPE_CHECKING:
    from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule

    from .._aws.calls import Client
    from .._aws.connection import Connection
    from .._core.desired import Desired
    from .._core.model import Directory
    from .._core.steps import Failure, Fault, Plan, Step

    Data = dict[str, t.Any]
    Request = t.Callable[[t.Mapping[str, t.Any]], tuple[Desired, t.Sequence[Fault]]]
    Tell = t.Callable[[Step, "Failure | None"], object]


def refuse(plan: Plan) -> None:
    """Raise Faults if nothing of the plan may be done."""
    if is_stopped(plan):
        raise Faults(plan.faults)


def allowed(plan: Plan, faults: t.Sequence[Fault], desired: Desired, directory: Directory) -> Plan:
    """The part of the plan that all the faults still allow. Raises Faults if that is nothing."""
    plan = beside_faults(plan, faults, desired, directory)
    refuse(plan)
    return plan


def carry_out(
    iam: Client,
    before: Directory,
    plan: Plan,
    ready: Ready,
    *,
    tell: Tell = lambda _step, _failure: None,
    check_mode: bool,
) -> Walk:
    """Apply the steps; in check mode assume that all of them succeed. ``tell`` is called after each step.

    A plan that is stopped is not applied. The result shows what would have been done.
    """
    stopped = is_stopped(plan)
    check_mode = check_mode or stopped
    try:
        outcome = Outcome() if check_mode else apply(iam, ready.steps, tell=tell, issuer=ready.issuer)
    finally:
        ready.close()
    done = ready.steps if check_mode else [step for step, _response in outcome.done]
    responses = dict(enumerate(response for _step, response in outcome.done))
    return Walk(
        before,
        after(before, done, responses),
        ready.steps,
        outcome,
        faults=plan.faults,
        postponed=ready.postponed,
        warnings=ready.warnings,
        stopped=stopped,
    )


def walk(connection: Connection, desired: Desired, faults: t.Sequence[Fault], *, check_mode: bool) -> Walk:
    """Read, plan and apply for one subject. Check mode does all but apply.

    Raises Faults and ReadError; in both cases nothing was written.
    """
    with beside(faults):
        resolved = resolve_policies(connection, desired)
        directory = read_subjects(connection.iam, resolved.desired)
        known = read_needs(connection.iam, resolved.desired, directory, listed=resolved.listed)
    plan = judged_plan(resolved.desired, known)
    plan = allowed(plan, (*faults, *resolved.faults), resolved.desired, known.directory)
    ready = Ready(plan.steps).warning(step_warnings(plan.steps, read_service_reference()))
    return carry_out(connection.iam, known.directory, plan, ready, check_mode=check_mode)


def run_module(module: AnsibleAWSModule, request: Request, report: t.Callable[[Walk], Data]) -> t.NoReturn:
    """The body of a one-subject module: ``request`` reads its options, ``report`` makes its result and diff."""
    with failing(module):
        desired, faults = request(module.params)
        connection = connect(module)
        walked = walk(connection, desired, faults, check_mode=module.check_mode)
    finish(module, walked, report(walked), connection)
