# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Before the first write: which permissions the caller lacks for what is planned, all of them at once.

IAM's simulator is asked about the caller. A plan without steps asks nothing. Where the caller may not ask, or is nobody
whom the simulator knows, the refusals are told by the steps themselves, as they come. A verdict that depends on what
only a real call has (an address, the hour, MFA) is no fault, and neither is one of the organisation: the simulator has
denied by conditions of service control policies that a real call meets.
"""

from __future__ import annotations

import typing as t

from .._aws.errors import ReadError
from .._aws.parallel import side_by_side
from .._core.steps import Fault
from .._core.subjects import CHART_TITLES
from .._permissions.advice import statement_for
from .._permissions.requests import KNOWN_KEYS, requests_of, sampled
from .._plan.after import after
from .._sign_in.simulation import Simulator

if t.TYPE_CHECKING:
    from .._aws.calls import Client
    from .._core.model import Account, Directory
    from .._core.steps import Step
    from .._permissions.requests import Context, Request
    from .._sign_in.simulation import Verdict

    Verdicts = dict[tuple[str, str], Verdict]

MOST_CALLS = 40
MOST_RESOURCES = 50
TOLD = 3
"""How many questions a run asks, about how many resources each; how many resources of one operation a fault names."""


def foresee_refusals(
    iam: Client, steps: t.Sequence[Step], directory: Directory, account: Account, assumed_role: str | None = None
) -> list[Fault]:
    """A fault for each operation that the caller may not do. They stop giving, and cutting goes on as far as it may.

    ``assumed_role`` is the ARN of the role that this process assumed, if any: a session's own ARN lacks the path.
    """
    source = simulated_caller(account.caller_arn, assumed_role)
    if not steps or source is None:
        return []
    planned = after(directory, [step for step in steps if not step.issuing])
    requests = sampled(requests_of(steps, directory, planned, account))
    try:
        refused = list(_refused(Simulator(iam), source, requests))
    except ReadError:
        # What failed here fails in the steps too, which say so.
        return []
    return _faults(refused, account.caller_arn)


def simulated_caller(caller_arn: str, assumed_role: str | None = None) -> str | None:
    """The ARN by which the simulator knows the caller; None for one that it cannot know (root, federated users)."""
    start, _colon, name = caller_arn.rpartition(":")
    kind, _slash, rest = name.partition("/")
    if kind == "user":
        return caller_arn
    if kind != "assumed-role":
        return None
    role = rest.partition("/")[0]
    if assumed_role is not None and assumed_role.rpartition("/")[2] == role:
        return assumed_role
    return f"{start.replace(':sts:', ':iam:')}:role/{role}"


def _refused(simulator: Simulator, source: str, requests: t.Sequence[Request]) -> t.Iterator[tuple[Request, Verdict]]:
    known = (*KNOWN_KEYS, "aws:username") if ":role/" in source else KNOWN_KEYS
    caller = {"aws:PrincipalArn": (source,), "aws:PrincipalAccount": (source.split(":")[4],)}
    questions = _questions(requests)[:MOST_CALLS]

    def ask(place: int) -> Verdicts:
        context, of_one = questions[place]
        actions = sorted({request.action for request in of_one})
        resources = sorted({request.resource for request in of_one})[:MOST_RESOURCES]
        return simulator.ask_all(source, actions, resources, {**caller, **dict(context)}, "the caller")

    # The first answer tells whether the caller may ask.
    if not questions or not (first := ask(0)):
        return
    answers = {0: first, **side_by_side(ask, range(1, len(questions)))}
    for place, (_context, of_one) in enumerate(questions):
        for request in of_one:
            verdict = answers[place].get((request.action, request.resource))
            if verdict and _is_refused(verdict, known):
                yield request, verdict


def _questions(requests: t.Sequence[Request]) -> list[tuple[Context, list[Request]]]:
    """One question for all requests with the same keys about resources of one kind; those about most come first."""
    found: dict[tuple[Context, str], list[Request]] = {}
    for request in requests:
        kind = request.resource.split(":", 5)[-1].partition("/")[0]
        found.setdefault((request.context, kind), []).append(request)
    asked = sorted(found.items(), key=lambda pair: -len(pair[1]))
    return [(context, of_one) for (context, _kind), of_one in asked]


def _is_refused(verdict: Verdict, known: tuple[str, ...]) -> bool:
    """Whether it is certain: what else the policies look at is not known before the real call."""
    if verdict.decision == "allowed" or not verdict.by_organization:
        return False
    return all(key.lower().startswith(known) for key in verdict.missing)


def _faults(refused: t.Iterable[tuple[Request, Verdict]], caller_arn: str) -> list[Fault]:
    by_advice: dict[tuple[str, str], list[Request]] = {}
    for request, verdict in refused:
        by_advice.setdefault((request.action, _advice(request, verdict)), []).append(request)
    return [_fault(caller_arn, *key, by_advice[key]) for key in sorted(by_advice)]


def _fault(caller_arn: str, action: str, advice: str, requests: t.Sequence[Request]) -> Fault:
    resources = list(dict.fromkeys(request.resource.split(":", 5)[-1] for request in requests))
    more = f" and {len(resources) - TOLD} more" if len(resources) > TOLD else ""
    step = requests[0].step
    subject = f"{CHART_TITLES[step.subject.kind]} {step.subject.name}"
    on = f"{', '.join(resources[:TOLD])}{more}"
    return Fault(caller_arn, f"may not {action} on {on} ({subject}: {step.line}): {advice}")


def _advice(request: Request, verdict: Verdict) -> str:
    if verdict.decision == "explicitDeny" and verdict.policies:
        return f"take the denial out of {', '.join(verdict.policies)}"
    return f"add the statement {statement_for(request)}"
