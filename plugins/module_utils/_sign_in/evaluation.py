# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""May this user choose a password of their own, signed in at the console without MFA? Judged from documents. Pure.

One question, not a simulator: it is asked where IAM's own simulator cannot answer, because what it would judge is only
planned, or because the caller may not ask it. What nobody can know before the person sits there (their address, the
hour, a tag) is neither yes nor no: an Allow that depends on it lets nobody in, a Deny that depends on it may block.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import typing as t

if t.TYPE_CHECKING:
    from .._core.model import Document

ACTION = "iam:ChangePassword"

Answer: t.TypeAlias = "bool | None"
"""True, False, or None for what cannot be known."""

# Before this version a variable is nothing but its letters (IAM user guide, Version).
_WITH_VARIABLES = "2012-10-17"
_VARIABLE = re.compile(r"\$\{([^}]*)\}")
_WILDCARDS = {"*": ".*", "?": "."}
# Keys of other requests than this one. A console session says of MFA only whether it was there, not since when.
_ABSENT = frozenset(
    {
        "aws:multifactorauthage",
        "aws:calledvia",
        "aws:calledviafirst",
        "aws:calledvialast",
        "aws:federatedprovider",
        "aws:principalservicename",
        "aws:principalservicenameslist",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:tagkeys",
        "iam:awsservicename",
        "iam:passedtoservice",
        "iam:permissionsboundary",
        "iam:policyarn",
    }
)
_ABSENT_FAMILIES = ("aws:requesttag/",)
_NEGATIONS = {
    "StringNotEquals": "StringEquals",
    "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase",
    "StringNotLike": "StringLike",
    "ArnNotEquals": "ArnLike",
    "ArnNotLike": "ArnLike",
    "NumericNotEquals": "NumericEquals",
    "DateNotEquals": "DateEquals",
    "NotIpAddress": "IpAddress",
}


@dataclasses.dataclass(frozen=True)
class Principal:
    """A user, existing or not: ``arn`` with its path."""

    name: str
    arn: str

    @functools.cached_property
    def context(self) -> dict[str, str]:
        """What is known of the request, by its keys as the IAM user guide spells them."""
        return {
            "aws:username": self.name,
            "aws:PrincipalArn": self.arn,
            "aws:PrincipalAccount": self.arn.split(":")[4],
            "aws:PrincipalType": "User",
            "aws:MultiFactorAuthPresent": "false",
            "aws:SecureTransport": "true",
            "aws:ViaAWSService": "false",
            "aws:PrincipalIsAWSService": "false",
        }

    @functools.cached_property
    def by_key(self) -> dict[str, str]:
        """The context by its keys without case, as IAM compares them."""
        return {key.lower(): value for key, value in self.context.items()}


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


def about_change(document: Document) -> Document:
    """The document without the statements of other actions: some of AWS's own name a thousand of them."""
    return {**document, "Statement": [one for one in _listed(document.get("Statement")) if _action(one)]}


def judge(policies: t.Iterable[Policy], principal: Principal, boundary: Policy | None = None) -> Judgement:
    """Whether the policies let the user change its own password, inside the boundary if there is one.

    ``beyond_boundary``: the policies would, and the boundary does not.
    """
    held = list(policies)
    allowed_by = next((policy for policy in held if _matching(policy, "Allow", principal, certain=True)), None)
    beyond = boundary is not None and not _matching(boundary, "Allow", principal, certain=True)
    denials = [
        Denial(policy, statement, answer is True)
        for policy in (*held, *([boundary] if boundary else ()))
        for statement, answer in _matching(policy, "Deny", principal)
    ]
    return Judgement(None if beyond else allowed_by, tuple(denials), beyond and allowed_by is not None)


def misses_path(policy: Policy, principal: Principal) -> bool:
    """Whether the policy lets a user of that name change its password, but not one who has this path."""
    start, _slash, _rest = principal.arn.partition(":user/")
    at_root = Principal(principal.name, f"{start}:user/{principal.name}")
    return not _matching(policy, "Allow", principal, certain=True) and bool(
        _matching(policy, "Allow", at_root, certain=True)
    )


def _matching(
    policy: Policy, effect: str, principal: Principal, *, certain: bool = False
) -> list[tuple[Document, Answer]]:
    """The policy's statements of that effect that apply, or may."""
    variables = policy.document.get("Version") == _WITH_VARIABLES
    found: list[tuple[Document, Answer]] = []
    for statement in _listed(policy.document.get("Statement")):
        if statement.get("Effect") != effect:
            continue
        answer = _applies(statement, principal, variables=variables)
        if answer or (answer is None and not certain):
            found.append((statement, answer))
    return found


def _applies(statement: Document, principal: Principal, *, variables: bool) -> Answer:
    return _all(
        (
            _action(statement),
            _resource(statement, principal, variables=variables),
            *(
                _condition(operator, key, _listed(wanted), principal, variables=variables)
                for operator, keys in (statement.get("Condition") or {}).items()
                for key, wanted in keys.items()
            ),
        )
    )


def _action(statement: Document) -> bool:
    negated = "NotAction" in statement
    patterns = _listed(statement.get("NotAction" if negated else "Action"))
    named = any(_regex(pattern.lower()).fullmatch(ACTION.lower()) for pattern in patterns)
    return named is not negated


def _resource(statement: Document, principal: Principal, *, variables: bool) -> Answer:
    negated = "NotResource" in statement
    patterns = _listed(statement.get("NotResource" if negated else "Resource"))
    named = _any(_like(pattern, principal.arn, principal, variables=variables) for pattern in patterns)
    return _not(named) if negated else named


def _condition(operator: str, key: str, wanted: list[t.Any], principal: Principal, *, variables: bool) -> Answer:
    """One line of a condition. Several values of the policy are alternatives; the request's have one value each."""
    held = _held(key, principal)
    texts = [_text(value) for value in wanted]
    if operator == "Null":
        return None if held is _UNKNOWN else _any((held is None) is (text.lower() == "true") for text in texts)
    quantifier, _colon, name = operator.rpartition(":")
    optional = name.endswith("IfExists")
    name = name[: -len("IfExists")] if optional else name
    negated, name = name in _NEGATIONS, _NEGATIONS.get(name, name)
    if held is _UNKNOWN:
        return None
    if held is None:
        return optional or negated or quantifier == "ForAllValues"
    found = _any(_compare(name, text, str(held), principal, variables=variables) for text in texts)
    return _not(found) if negated else found


class _Unknown:
    """The value of a key that nobody can know before the person signs in."""


_UNKNOWN = _Unknown()


def _held(key: str, principal: Principal) -> str | _Unknown | None:
    key = key.lower()
    if key in _ABSENT or key.startswith(_ABSENT_FAMILIES):
        return None
    return principal.by_key.get(key, _UNKNOWN)


def _compare(name: str, text: str, held: str, principal: Principal, *, variables: bool) -> Answer:
    if name in ("StringLike", "ArnLike", "ArnEquals"):
        return _like(text, held, principal, variables=variables)
    if name == "Bool":
        return text.lower() == held.lower()
    if name not in ("StringEquals", "StringEqualsIgnoreCase"):
        return None
    # Here a star is a star: only variables are looked at.
    return _like(text, held, principal, variables=variables, wildcards=False, cased=name == "StringEquals")


def _like(
    pattern: str, text: str, principal: Principal, *, variables: bool, wildcards: bool = True, cased: bool = True
) -> Answer:
    """Whether the text is as the pattern says, with its variables; None when it depends on one that is not known."""
    parts, known = [], True
    for place, part in enumerate(_VARIABLE.split(pattern) if variables else [pattern]):
        if place % 2 == 0:
            parts.append(_escaped(part) if wildcards else re.escape(part))
            continue
        value = _variable(part, principal)
        if value is None:
            # A variable without a value makes its statement apply to nothing.
            return False
        known = known and not isinstance(value, _Unknown)
        # A star that is part of somebody's name is no wildcard.
        parts.append(".*" if isinstance(value, _Unknown) else re.escape(value))
    flags = re.DOTALL if cased else re.DOTALL | re.IGNORECASE
    if not re.fullmatch("".join(parts), text, flags):
        return False
    return True if known else None


def _variable(inside: str, principal: Principal) -> str | _Unknown | None:
    if inside in ("*", "?", "$"):
        return inside
    key, comma, default = inside.partition(",")
    held = _held(key.strip(), principal)
    return default.strip().strip("'") if held is None and comma else held


@functools.lru_cache(maxsize=4096)
def _regex(pattern: str) -> re.Pattern[str]:
    return re.compile(_escaped(pattern), re.DOTALL)


def _escaped(pattern: str) -> str:
    return "".join(_WILDCARDS.get(letter, re.escape(letter)) for letter in pattern)


def _listed(value: t.Any) -> list[t.Any]:
    """IAM writes a list of one as the one itself."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _text(value: t.Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _not(answer: Answer) -> Answer:
    return None if answer is None else not answer


def _any(answers: t.Iterable[Answer]) -> Answer:
    return _not(_all(_not(answer) for answer in answers))


def _all(answers: t.Iterable[Answer]) -> Answer:
    """False as soon as one is; else None when one is not known."""
    known = True
    for answer in answers:
        if answer is False:
            return False
        known = known and answer is not None
    return True if known else None
