# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Known ways to become administrator, each as the calls that it takes, tried by who holds a printed policy.

The ways are facts that others collected; their names are the collectors' own where they have any: `pathfinding` is
pathfinding.cloud (the ids are its), `Rhino` are Rhino Security Labs' AWS escalation methods, `Bishop Fox` is
iam-vulnerable, `Hacking the Cloud` is hackingthe.cloud. A way without a name is our own.

A call is an operation and what it is about, as `iam:AttachUserPolicy user/boss AdministratorAccess`. The account has,
beside the holder, an administrator whom the job does not manage (`user/boss`, `group/admin/admins`, `role/admin`,
`policy/admin`), and people, roles and policies of the job's own (under `/workforce/`, and `user/asha`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tests.sandbox.behaviour.permissions import Source, decide
from tests.sandbox.behaviour.policy_language import Request
from tests.sandbox.evaluator import Evaluator, Question

ACCOUNT = "arn:aws:iam::123456789012:"
HOLDER = f"{ACCOUNT}role/workforce-runner"
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
MARK = "workforce:managed"
OURS = ("user/asha", "user/new", "role/workforce/deployer", "role/workforce/new", "policy/workforce/read-billing")
NEW = ("user/new", "role/workforce/new", "policy/workforce/new")

Judge = Callable[[Sequence[str], str, str, Mapping[str, Sequence[str]]], bool]
"""Whether policy documents allow an action on a resource in a context of condition keys."""


@dataclass(frozen=True)
class Way:
    """One way. All of its calls must be allowed for it to succeed. ``why`` says why IAM cannot refuse one that does."""

    name: str
    source: str
    calls: tuple[str, ...]
    why: str = ""


def by_the_sandbox(documents: Sequence[str], action: str, resource: str, context: Mapping[str, Sequence[str]]) -> bool:
    """The practice account's own judgement."""
    policies = [Source(f"policy {place}", document) for place, document in enumerate(documents)]
    return decide(policies, None, Request(action, resource, context)).verdict == "allowed"


def by_the_evaluator(evaluator: Evaluator) -> Judge:
    """The judgement of the evaluator that nobody here wrote."""

    def judge(documents: Sequence[str], action: str, resource: str, context: Mapping[str, Sequence[str]]) -> bool:
        (principal,) = context["aws:PrincipalArn"]
        question = Question(principal, action, resource, ACCOUNT.split(":")[4], documents, context)
        return evaluator.judge(question).verdict == "allowed"

    return judge


def succeeds(way: Way, documents: Sequence[str], judge: Judge = by_the_sandbox, holder: str = HOLDER) -> bool:
    """Whether who holds these documents goes the way to its end."""
    return all(judge(documents, *_asked(call, holder)) for call in way.calls)


def _asked(call: str, holder: str) -> tuple[str, str, dict[str, list[str]]]:
    """The action, the resource and the condition keys of one call."""
    action, name, *more = call.split()
    is_whole = name.startswith(("*", "arn:")) or not action.startswith(("iam:", "sts:"))
    resource = holder if name == "self" else name if is_whole else f"{ACCOUNT}{name}"
    return action, resource, {**_of_caller(holder), **_of_resource(name), **_of_request(action, name, more)}


def _of_caller(holder: str) -> dict[str, list[str]]:
    kind, _slash, name = holder.removeprefix(ACCOUNT).partition("/")
    return {"aws:PrincipalArn": [holder], **({"aws:username": [name]} if kind == "user" else {})}


def _of_resource(name: str) -> dict[str, list[str]]:
    """Its tags; at a creation those of the request, which gives what is ours the mark (docs/policies.md)."""
    if name not in OURS:
        return {}
    prefixes = ("aws",) if name.startswith("policy") else ("aws", "iam")
    return {f"{prefix}:ResourceTag/{MARK}": ["onboard"] for prefix in prefixes}


def _made(action: str) -> str:
    return {"iam:CreateUser": "user", "iam:CreateRole": "role", "iam:CreatePolicy": "policy"}.get(action, "-")


def _of_request(action: str, name: str, more: Iterable[str]) -> dict[str, list[str]]:
    """The tags, the policy and the boundary that the call names; what is made gets our mark."""
    found: dict[str, list[str]] = {}
    for word in more:
        key, equals, value = word.partition("=")
        if equals:
            found |= {f"aws:RequestTag/{key}": [value], "aws:TagKeys": [key]}
        elif "Boundary" in action:
            found["iam:PermissionsBoundary"] = [_policy(word)]
        else:
            found["iam:PolicyARN"] = [_policy(word)]
    if name in NEW and name.startswith(_made(action)):
        found |= {f"aws:RequestTag/{MARK}": ["onboard"], "aws:TagKeys": [MARK]}
    return found


def _policy(word: str) -> str:
    return f"{ACCOUNT}{word}" if word.startswith("policy/") else f"arn:aws:iam::aws:policy/{word}"


def row(way: Way, results: Sequence[bool]) -> str:
    """The way as a row of the table in docs/policies.md."""
    told = " | ".join("**possible**" if result else "refused" for result in results)
    calls = ", ".join(f"`{call.split()[0]}`" for call in way.calls)
    return f"| {way.name} | {way.source} | {calls} | {told} | {way.why} |"
