# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The street: read → plan → apply → report, walked by every module that writes."""

from __future__ import annotations

import dataclasses
import typing as t

from .._apply.apply import Outcome, apply
from .._aws.connection import connect
from .._aws.errors import Faults, ReadError, message
from .._core.managed_policies import needs_listing, resolve
from .._core.model import TITLES, Fault, Plan
from .._directory.credentials import read_credentials
from .._directory.directory import (
    list_policies,
    missing_policies,
    read_directory,
    read_leavers,
    read_references,
    read_summary,
)
from .._directory.scope import scope_of
from .._plan.after import after
from .._plan.plan import leaving_steps, make_plan
from .._plan.quotas import needs_quotas, quota_faults
from .desk import Ready

if t.TYPE_CHECKING:
    from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule

    from .._aws.connection import Connection
    from .._core.model import Desired, Directory, Failure, Step, Subject, SubjectKind

    Data = dict[str, t.Any]
    Summary = t.Mapping[str, int]
    Settled = tuple[Desired, t.Sequence[Fault]]


@dataclasses.dataclass(frozen=True)
class Ask:
    """What a module asks of the street.

    ``faults`` were found without the account; the others are looked for all the same, so that all are told together.
    ``read`` reads the directory, ``settle`` makes of the desired what it comes to in this directory, ``brake`` judges
    the planned steps; ``summary`` is GetAccountSummary's answer where the module has read it already. ``titles`` are
    the words for users and groups in faults: a chart speaks of employees and departments. ``tell`` hears of each step
    as soon as it is done. Who issues first credentials has a desk (:mod:`.desk`): ``prove`` says why they would be of
    no use, ``ready`` which of the steps can be done today, and by whom they are issued.
    """

    desired: Desired
    faults: tuple[Fault, ...] = ()
    summary: Summary | None = None
    read: t.Callable[[t.Any, Desired], Directory] | None = None
    settle: t.Callable[[Desired, Directory], Settled] = lambda desired, _directory: (desired, ())
    brake: t.Callable[[t.Sequence[Step], Directory], t.Sequence[Fault]] = lambda _steps, _directory: ()
    tell: t.Callable[[Step, Failure | None], object] = lambda _step, _failure: None
    titles: t.Mapping[SubjectKind, str] = dataclasses.field(default_factory=lambda: TITLES)
    prove: t.Callable[[t.Sequence[Step], Directory], t.Sequence[Fault]] = lambda _steps, _directory: ()
    ready: t.Callable[[t.Sequence[Step], Directory, bool], Ready] = lambda steps, _directory, _check: Ready(
        tuple(steps)
    )


@dataclasses.dataclass(frozen=True)
class Walk:
    """What came of it: the directory before and after, the steps planned and those done.

    With ``faults`` that stop giving, the steps are those alone that cut leavers off; nobody was given anything.
    ``postponed`` says who waits for a way to be given credentials: none of their steps is among the steps.
    """

    before: Directory
    after: Directory
    steps: tuple[Step, ...]
    outcome: Outcome
    faults: tuple[Fault, ...] = ()
    postponed: tuple[Fault, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def settled(self) -> t.Sequence[tuple[Subject, str]]:
        """Whose issuing ended early because nothing more was to be done, and why."""
        return self.outcome.settled


def walk(connection: Connection, ask: Ask, *, check_mode: bool) -> Walk:
    """Walk the street once. Check mode does all but apply, and believes that all would succeed.

    Raises Faults (nothing was written) and ReadError (nothing was written, nothing was concluded).
    """
    directory, plan = _read_and_plan(connection, ask)
    ready = ask.ready(plan.steps, directory, check_mode)
    try:
        outcome = Outcome() if check_mode else apply(connection.iam, ready.steps, tell=ask.tell, issuer=ready.issuer)
    finally:
        ready.close()
    done = ready.steps if check_mode else [step for step, _response in outcome.done]
    responses = dict(enumerate(response for _step, response in outcome.done))
    return Walk(
        directory,
        after(directory, done, responses),
        ready.steps,
        outcome,
        faults=plan.faults,
        postponed=ready.postponed,
        warnings=ready.warnings,
    )


def _read_and_plan(connection: Connection, ask: Ask) -> tuple[Directory, Plan]:
    try:
        listing = list_policies(connection.iam) if needs_listing(ask.desired) else None
        desired, unresolved = resolve(ask.desired, listing, connection.partition, ask.titles)
        directory = (ask.read or _read_asked)(connection.iam, desired)
        directory = read_references(connection.iam, directory, desired)
        desired, unsettled = ask.settle(desired, directory)
        directory = read_leavers(connection.iam, directory, desired)
        directory = read_credentials(connection.iam, directory, desired)
        plan, more = _plan(connection.iam, desired, directory, ask.summary, listed=listing is not None)
    except ReadError as error:
        if ask.faults:
            raise Faults([*ask.faults, Fault("account", str(error))]) from error
        raise
    planned = [_titled(fault, ask.titles) for fault in (*plan.faults, *more)]
    faults = [*ask.faults, *unresolved, *unsettled, *planned, *ask.prove(plan.steps, directory)]
    stopped = any(fault.stops_giving for fault in faults)
    steps = tuple(leaving_steps(desired, directory)) if stopped else plan.steps
    faults += ask.brake(steps, directory)
    # What is wrong with giving keeps no leaver in; what cannot be trusted cuts nobody off.
    if any(fault.stops_cutting for fault in faults) or (stopped and not steps):
        raise Faults(faults)
    return directory, Plan(steps, tuple(faults))


def _titled(fault: Fault, titles: t.Mapping[SubjectKind, str]) -> Fault:
    """The fault of a plan, which speaks of users and groups, in the words of the one who asked."""
    kind, space, name = fault.who.partition(" ")
    words = t.cast("t.Mapping[str, str]", titles)
    return dataclasses.replace(fault, who=f"{words.get(kind, kind)}{space}{name}")


def _read_asked(iam: t.Any, desired: Desired) -> Directory:
    return read_directory(iam, scope_of(desired))


def _plan(
    iam: t.Any, desired: Desired, directory: Directory, summary: Summary | None, *, listed: bool
) -> tuple[Plan, tuple[Fault, ...]]:
    """The plan, and what stands against it: quotas and policies that do not exist."""
    plan = make_plan(desired, directory, summary)
    if not plan.steps:
        return plan, ()
    faults = () if listed else tuple(_missing_policy_faults(iam, plan.steps))
    if not needs_quotas(plan.steps):
        return plan, faults
    if summary is None:
        summary = read_summary(iam)
        plan = make_plan(desired, directory, summary)
    return plan, (*faults, *quota_faults(plan.steps, after(directory, plan.steps), summary))


def _missing_policy_faults(iam: t.Any, steps: t.Sequence[Step]) -> t.Iterator[Fault]:
    wanted: dict[str, list[str]] = {}
    for step in steps:
        arn = step.params.get("PermissionsBoundary") or (
            step.params["PolicyArn"] if step.operation.startswith("Attach") else None
        )
        if arn:
            wanted.setdefault(arn, []).append(str(step.subject))
    for arn in sorted(missing_policies(iam, sorted(wanted))):
        for who in wanted[arn]:
            yield Fault(who, f"policy {arn} does not exist")


def run_module(
    module: AnsibleAWSModule,
    request: t.Callable[[t.Mapping[str, t.Any]], tuple[Desired, t.Sequence[Fault]]],
    report: t.Callable[[Walk], Data],
    complete: t.Callable[[Connection, Ask], Ask] = lambda _connection, ask: ask,
) -> t.NoReturn:
    """The body of a one-subject module: ``request`` reads its options, ``report`` makes its result and diff.

    ``complete`` adds what else is asked of the street.
    """
    try:
        desired, faults = request(module.params)
        connection = connect(module)
        ask = complete(connection, Ask(desired, tuple(faults)))
        walked = walk(connection, ask, check_mode=module.check_mode)
    except Faults as error:
        module.fail_json(msg=str(error), faults=[str(fault) for fault in error.faults])
    except ReadError as error:
        module.fail_json(msg=str(error), error={"code": error.code})
    finish(module, walked, report(walked), connection)


def finish(module: AnsibleAWSModule, walked: Walk, result: Data, connection: Connection) -> t.NoReturn:
    """End the task: with its result, or with the failures told together and the result of what was done."""
    done = walked.steps if module.check_mode else walked.outcome.done
    result = {"changed": bool(done), "api_calls": connection.calls.report(), **result}
    if not module._diff:  # Ansible's own name for "the user asked for a diff"
        result.pop("diff", None)
    for warning in walked.warnings:
        module.warn(warning)
    texts = [*_fault_texts(walked, result), *_postponed_texts(walked, result)]
    failures = walked.outcome.failures
    if not failures and not texts:
        module.exit_json(**result)
    if failures:
        texts.append(message(failures))
    module.fail_json(msg="\n".join(texts), **{**result, "failures": [_told(failure) for failure in failures]})


def _told(failure: Failure) -> Data:
    return {
        "subject": str(failure.subject),
        "operation": failure.operation,
        "code": failure.code,
        "message": failure.message,
        "advice": failure.advice,
    }


def _fault_texts(walked: Walk, result: Data) -> list[str]:
    if not walked.faults:
        return []
    result["faults"] = [str(fault) for fault in walked.faults]
    if any(fault.stops_giving for fault in walked.faults):
        return ["Leavers are cut off all the same; nobody else was changed, because of this:", *result["faults"]]
    return ["Look at these; everybody else was served:", *result["faults"]]


def _postponed_texts(walked: Walk, result: Data) -> list[str]:
    if not walked.postponed:
        return []
    result["postponed"] = [str(fault) for fault in walked.postponed]
    return ["Everything else is done; these wait, and the next run goes on from there:", *result["postponed"]]
