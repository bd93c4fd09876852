# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a user, group or role may do: its policies, those of its groups, and its boundary, judged together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from moto.iam.models import ManagedPolicy

from .account import Account, Group, Role, User, now
from .errors import AccessDenied
from .policy_language import Request, Statement, statements

Principal = User | Group | Role
Verdict = Literal["allowed", "explicitDeny", "implicitDeny"]
CHANGE_PASSWORD = "iam:ChangePassword"


@dataclass(frozen=True)
class Source:
    """A policy that reaches a principal: under which id the simulator names it, and its text."""

    id: str
    document: str


@dataclass(frozen=True)
class Decision:
    """The verdict, the statements that led to it, and what the boundary says where there is one."""

    verdict: Verdict
    matched: tuple[tuple[Source, Statement], ...] = ()
    within_boundary: bool | None = None


def identity_policies(principal: Principal) -> list[Source]:
    """The inline and managed policies of a principal, and those of a user's groups."""
    found = list(_own(principal))
    if isinstance(principal, User):
        for group in principal.groups.values():
            found += _own(group)
    return found


def boundary_of(account: Account, principal: Principal) -> Source | None:
    if isinstance(principal, Group):
        return None
    if isinstance(principal, User):
        policy = principal.boundary
    else:
        arn = principal.permissions_boundary_arn
        policy = account.policy(arn) if arn else None
    return _managed(policy) if policy else None


def policy_names(holder: User | Group) -> tuple[str, ...]:
    """The names of a holder's own policies, inline and managed, in order."""
    managed = [policy.name for policy in holder.managed_policies.values()]
    return tuple(sorted([*holder.policies, *managed], key=str.casefold))


def decide(policies: Sequence[Source], boundary: Source | None, request: Request) -> Decision:
    """An explicit deny anywhere wins; else a policy must allow, and the boundary too where there is one."""
    matched = [pair for source in policies for pair in _matching(source, request)]
    limits = list(_matching(boundary, request)) if boundary else []
    within = None if boundary is None else bool(limits) and not any(statement.denies for _source, statement in limits)
    denials = tuple(pair for pair in (*matched, *limits) if pair[1].denies)
    if denials:
        return Decision("explicitDeny", denials, within)
    if matched and within is not False:
        return Decision("allowed", tuple(matched), within)
    return Decision("implicitDeny", (), within)


def require_change_password(account: Account, user: User, *, mfa: bool | None) -> None:
    """Raise AccessDenied unless the user may change its password: by the account's policy, or by its own.

    `mfa` is None for a call with a plain access key, which says nothing about MFA.
    """
    request = Request(CHANGE_PASSWORD, user.arn, context_of(account, user, mfa))
    decision = decide(identity_policies(user), boundary_of(account, user), request)
    refusal = f"User: {user.arn} is not authorized to perform: {CHANGE_PASSWORD} on resource: user {user.name}"
    if decision.verdict == "explicitDeny":
        raise AccessDenied(f"{refusal} with an explicit deny in an identity-based policy")
    rules = account.account_password_policy
    if decision.verdict == "implicitDeny" and not (rules and rules.allow_users_to_change_password):
        raise AccessDenied(f"{refusal} because no identity-based policy allows the {CHANGE_PASSWORD} action")


def context_of(account: Account, user: User, mfa: bool | None) -> Mapping[str, Sequence[str]]:
    """What a request of a user carries: a console's session always tells whether it began with MFA."""
    moment = now()
    context = {
        "aws:username": user.name,
        "aws:userid": user.id,
        "aws:PrincipalArn": user.arn,
        "aws:PrincipalAccount": account.account_id,
        "aws:PrincipalType": "User",
        "aws:SourceIp": "127.0.0.1",
        "aws:SecureTransport": "true",
        "aws:ViaAWSService": "false",
        "aws:PrincipalIsAWSService": "false",
        "aws:CurrentTime": f"{moment:%Y-%m-%dT%H:%M:%SZ}",
        **{f"aws:PrincipalTag/{tag['Key']}": tag["Value"] for tag in user.tags},
    }
    if mfa is not None:
        context["aws:MultiFactorAuthPresent"] = "true" if mfa else "false"
    return {key: [value] for key, value in context.items()}


def _matching(source: Source, request: Request) -> Iterator[tuple[Source, Statement]]:
    for statement in statements(source.document):
        if statement.applies(request):
            yield source, statement


def _own(principal: Principal) -> Iterator[Source]:
    kind = type(principal).__name__.lower()
    for name, document in principal.policies.items():
        yield Source(f"{kind}_{principal.name}_{name}", document)
    for policy in principal.managed_policies.values():
        yield _managed(policy)


def _managed(policy: ManagedPolicy) -> Source:
    document = next(version.document for version in policy.versions if version.version_id == policy.default_version_id)
    return Source(policy.name, document)
