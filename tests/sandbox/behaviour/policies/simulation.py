# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SimulatePrincipalPolicy: what a user, group or role may do, by its policies as they are and the context it is given.

As in AWS's simulator a key that nobody gave is absent; the verdict of an action on several resources is the strictest
of them. Resource policies and excluded policies are not known here: nobody asks for them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from ...calls.identity import CALLER_NAME
from ..account import Account, User
from ..errors import InvalidInput, NoSuchEntity
from ..operations import Call, operation
from ..permissions import Decision, Principal, Source, Verdict, boundary_of, decide, identity_policies
from ..policy_language import Request, Statement
from ..protocol.answers import Answer
from ..protocol.paging import page
from . import documents

PRINCIPAL_ARN = re.compile(r"arn:(?P<partition>[\w-]+):iam::(?P<account>\d{12}):(?P<kind>user|group|role)/(?P<rest>.+)")
STRICTEST: tuple[Verdict, ...] = ("explicitDeny", "implicitDeny", "allowed")
ALLOW_ALL = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'
NOT_SIMULATED = ("ResourcePolicy", "PolicyExclusionList", "ResourceHandlingOption")


@operation("SimulatePrincipalPolicy")
def simulate_principal_policy(call: Call) -> Answer | None:
    asked_too_much = [name for name in NOT_SIMULATED if call.get(name)]
    if asked_too_much:
        raise NotImplementedError(f"SimulatePrincipalPolicy with {', '.join(asked_too_much)}")
    source = _principal(call.account, call["PolicySourceArn"])
    policies, boundary = _policies(call, source)
    context = {**_context_of(source), **_given_context(call)}
    results = [
        (f"{number:06}", _result(action, call.get("ResourceArns"), policies, boundary, context))
        for number, action in enumerate(_actions(call))
    ]
    found, rest = page(call.params, "SimulatePrincipalPolicy", results)
    return {"EvaluationResults": found, **rest}


def _principal(account: Account, arn: str) -> Principal:
    named = PRINCIPAL_ARN.fullmatch(arn)
    if named is None or named["partition"] != account.partition:
        raise InvalidInput(f"Invalid Entity Arn: {arn} does not clearly define entity type and name.")
    holders: dict[str, Iterable[Principal]] = {
        "user": account.users.values(),
        "group": account.groups.values(),
        "role": account.roles.values(),
    }
    for holder in holders[named["kind"]]:
        if holder.arn == arn:
            return holder
    raise NoSuchEntity(f"The {named['kind']} with name {named['rest'].rpartition('/')[2]} cannot be found.")


def _policies(call: Call, source: Principal) -> tuple[list[Source], Source | None]:
    """What is evaluated: the policies that the source has, and those that the request adds."""
    added = _inputs(call, "PolicyInputList")
    limits = _inputs(call, "PermissionsBoundaryPolicyInputList")
    if len(limits) > 1:
        raise InvalidInput("Only one permissions boundary policy can be given.")
    own = identity_policies(source) or _unjudged(source)
    return [*own, *added], limits[0] if limits else boundary_of(call.account, source)


def _unjudged(source: Principal) -> list[Source]:
    """The fixed caller without policies may do everything, for its calls are not judged by policies then."""
    is_caller = isinstance(source, User) and source.name == CALLER_NAME
    return [Source("everything", ALLOW_ALL)] if is_caller else []


def _inputs(call: Call, name: str) -> list[Source]:
    given = call.get(name) or []
    for document in given:
        documents.check(document)
    return [Source(f"{name}.{number}", document) for number, document in enumerate(given, 1)]


def _actions(call: Call) -> list[str]:
    for action in call["ActionNames"]:
        if not re.fullmatch(r"[\w-]+:\w+", action, re.ASCII):
            raise InvalidInput(f"Invalid Action Name: {action}")
    return list(call["ActionNames"])


def _context_of(source: Principal) -> dict[str, list[str]]:
    """What the simulator knows by itself. A group is nobody who could call, so it gives no user name."""
    if not isinstance(source, User):
        return {}
    return {"aws:username": [source.name], "aws:userid": [source.id], "aws:PrincipalArn": [source.arn]}


def _given_context(call: Call) -> dict[str, list[str]]:
    found = {}
    for entry in call.get("ContextEntries") or []:
        if not entry.get("ContextKeyName") or not entry.get("ContextKeyType"):
            raise InvalidInput("A context entry needs a name, a type and values.")
        found[entry["ContextKeyName"]] = list(entry.get("ContextKeyValues") or [])
    return found


def _result(
    action: str,
    resources: Sequence[str] | None,
    policies: Sequence[Source],
    boundary: Source | None,
    context: dict[str, list[str]],
) -> dict[str, Any]:
    requests = [Request(action, resource, context) for resource in resources or ["*"]]
    decisions = [decide(policies, boundary, request) for request in requests]
    strictest = min(decisions, key=lambda decision: STRICTEST.index(decision.verdict))
    union = Decision(
        strictest.verdict,
        tuple(pair for decision in decisions if decision.verdict == strictest.verdict for pair in decision.matched),
        strictest.within_boundary,
    )
    missing = sorted({key for request in requests for key in request.missing})
    specific = [
        {"EvalResourceName": request.resource, "EvalResourceDecision": decision.verdict, **_details(decision)}
        | {"MissingContextValues": sorted(request.missing)}
        for request, decision in zip(requests, decisions, strict=True)
    ]
    return {
        "EvalActionName": action,
        # With one resource AWS names it here; the others are told apart below.
        "EvalResourceName": requests[0].resource if len(requests) == 1 else "*",
        "EvalDecision": union.verdict,
        "EvalDecisionDetails": {},
        **_details(union),
        "MissingContextValues": missing,
        "ResourceSpecificResults": specific if resources else [],
    }


def _details(decision: Decision) -> dict[str, Any]:
    details: dict[str, Any] = {"MatchedStatements": [_matched(*pair) for pair in decision.matched]}
    if decision.within_boundary is not None:
        details["PermissionsBoundaryDecisionDetail"] = {"AllowedByPermissionsBoundary": decision.within_boundary}
    return details


def _matched(source: Source, statement: Statement) -> dict[str, Any]:
    # AWS calls every one an "IAM Policy", whatever the names in its model (answers that people published).
    start, end = _span(source.document, statement.number)
    # A statement starts for AWS after its brace (recorded by LocalStack).
    return {
        "SourcePolicyId": source.id,
        "SourcePolicyType": "IAM Policy",
        "StartPosition": _position(source.document, start + 1),
        "EndPosition": _position(source.document, end),
    }


def _span(document: str, number: int) -> tuple[int, int]:
    """Where a statement begins and ends in the text of its policy."""
    begin = re.search(r'"Statement"\s*:\s*\[?\s*', document)
    at = begin.end() if begin else 0
    for _number in range(number):
        at = json.JSONDecoder().raw_decode(document, at)[1]
        at += len(document[at:]) - len(document[at:].lstrip(" \t\r\n,"))
    return at, json.JSONDecoder().raw_decode(document, at)[1]


def _position(document: str, place: int) -> dict[str, int]:
    before = document[:place]
    return {"Line": before.count("\n") + 1, "Column": place - (before.rfind("\n") + 1) + 1}
