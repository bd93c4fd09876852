# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""May this user choose a password of their own, or enrol an MFA device, signed in at the console without MFA? Judged
from documents. Pure.

A few questions, not a simulator: they are asked where IAM's own simulator cannot answer, because what it would judge is
only planned, or because the caller may not ask it. Some conditions nobody can know before the person signs in (their
address, the hour, a tag). An Allow that depends on one does not count; a Deny that depends on one may block.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .answers import all_of, any_of, negated
from .conditions import condition
from .patterns import action_pattern, like
from .request import ACTS, CHANGE, Principal

if t.TYPE_CHECKING:
    from .._core.model import Document
    from .answers import Answer
    from .request import Act

# Before this version a variable is nothing but its letters (IAM user guide, Version).
_WITH_VARIABLES = "2012-10-17"


@dataclasses.dataclass(frozen=True)
class Policy:
    """A policy that reaches the user. ``holder`` is who carries it, for people: "department sales"."""

    holder: str
    name: str
    document: Document


@dataclasses.dataclass(frozen=True)
class Denial:
    """A statement that denies; not ``certain`` when it depends on what nobody can know yet."""

    policy: Policy
    statement: Document
    certain: bool = True


@dataclasses.dataclass(frozen=True)
class Judgement:
    """``allowed_by`` is the first policy that allows it, within the boundary; any denial is stronger."""

    allowed_by: Policy | None = None
    denials: tuple[Denial, ...] = ()
    beyond_boundary: bool = False

    @property
    def verdict(self) -> t.Literal["allowed", "denied", "not allowed"]:
        """What it comes to."""
        if self.denials:
            return "denied"
        return "allowed" if self.allowed_by else "not allowed"


def about_acts(document: Document) -> Document:
    """The document without the statements of other actions: some of AWS's own name a thousand of them."""
    kept = [one for one in _listed(document.get("Statement")) if any(_action(one, act) for act in ACTS)]
    return {**document, "Statement": kept}


def judge(
    policies: t.Iterable[Policy], principal: Principal, boundary: Policy | None = None, act: Act = CHANGE
) -> Judgement:
    """Whether the policies let the user do it to itself, inside the boundary if there is one.

    ``beyond_boundary``: the policies would, and the boundary does not.
    """
    held = list(policies)
    allowed_by = next((policy for policy in held if _matching(policy, "Allow", principal, act, certain=True)), None)
    beyond = boundary is not None and not _matching(boundary, "Allow", principal, act, certain=True)
    denials = [
        Denial(policy, statement, answer is True)
        for policy in (*held, *([boundary] if boundary else ()))
        for statement, answer in _matching(policy, "Deny", principal, act)
    ]
    return Judgement(None if beyond else allowed_by, tuple(denials), beyond and allowed_by is not None)


def misses_path(policy: Policy, principal: Principal) -> bool:
    """Whether the policy lets a user of that name change its password, but not one who has this path."""
    start, _slash, _rest = principal.arn.partition(":user/")
    at_root = Principal(principal.name, f"{start}:user/{principal.name}")
    return not _matching(policy, "Allow", principal, CHANGE, certain=True) and bool(
        _matching(policy, "Allow", at_root, CHANGE, certain=True)
    )


def _matching(
    policy: Policy, effect: str, principal: Principal, act: Act, *, certain: bool = False
) -> list[tuple[Document, Answer]]:
    """The policy's statements of that effect that apply, or may."""
    variables = policy.document.get("Version") == _WITH_VARIABLES
    found: list[tuple[Document, Answer]] = []
    for statement in _listed(policy.document.get("Statement")):
        if statement.get("Effect") != effect:
            continue
        answer = _applies(statement, principal, act, variables=variables)
        if answer or (answer is None and not certain):
            found.append((statement, answer))
    return found


def _applies(statement: Document, principal: Principal, act: Act, *, variables: bool) -> Answer:
    return all_of(
        (
            _action(statement, act),
            _resource(statement, principal, act, variables=variables),
            *(
                condition(operator, key, _listed(wanted), principal, variables=variables)
                for operator, keys in (statement.get("Condition") or {}).items()
                for key, wanted in keys.items()
            ),
        )
    )


def _action(statement: Document, act: Act) -> bool:
    is_negated = "NotAction" in statement
    patterns = _listed(statement.get("NotAction" if is_negated else "Action"))
    named = any(action_pattern(pattern.lower()).fullmatch(act.action.lower()) for pattern in patterns)
    return named is not is_negated


def _resource(statement: Document, principal: Principal, act: Act, *, variables: bool) -> Answer:
    is_negated = "NotResource" in statement
    patterns = _listed(statement.get("NotResource" if is_negated else "Resource"))
    named = any_of(like(pattern, act.resource(principal), principal, variables=variables) for pattern in patterns)
    return negated(named) if is_negated else named


def _listed(value: t.Any) -> list[t.Any]:
    """IAM writes a list of one as the one itself."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
