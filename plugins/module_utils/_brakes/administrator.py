# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the holder of some policies is an administrator, or can make itself one, and through what. Pure.

The judgement errs towards naming somebody: a condition of an Allow is taken to be met, one of a Deny not, and of a
service's action any resource is enough. What is *not* a way up: what AWS's PowerUserAccess allows, such as assuming
roles that trust the whole account, or changing code that runs under a role already; it depends on what else is there.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import typing as t

from .._core.statements import listed, statements

if t.TYPE_CHECKING:
    from .._core.model import Document


class _On(t.NamedTuple):
    """On which resources an action is a way up.

    ``any`` of the kind, for the one that is named may be the holder's own. ``pattern``: several, other than the holder
    alone; one's own password is no way up. ``all``: a pattern of service roles passes none of an administrator's.
    """

    kind: t.Literal["user", "group", "role", "policy", ""]
    which: t.Literal["any", "pattern", "all"]


# What it takes, by Rhino Security Labs: https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
# Who may change a role's trust or policies needs no permission to assume it: the trust policy can name them (STS API
# reference, AssumeRole).
_ALONE: t.Mapping[str, _On] = {
    "iam:CreatePolicyVersion": _On("policy", "any"),
    "iam:SetDefaultPolicyVersion": _On("policy", "pattern"),
    "iam:AttachUserPolicy": _On("user", "any"),
    "iam:AttachGroupPolicy": _On("group", "pattern"),
    "iam:AttachRolePolicy": _On("role", "pattern"),
    "iam:PutUserPolicy": _On("user", "any"),
    "iam:PutGroupPolicy": _On("group", "pattern"),
    "iam:PutRolePolicy": _On("role", "pattern"),
    "iam:AddUserToGroup": _On("group", "pattern"),
    "iam:UpdateAssumeRolePolicy": _On("role", "pattern"),
    "iam:CreateAccessKey": _On("user", "pattern"),
    "iam:CreateLoginProfile": _On("user", "pattern"),
    "iam:UpdateLoginProfile": _On("user", "pattern"),
}
_PASSING = "iam:PassRole"
# A role that is handed to what these make acts for who made it; with the service that takes the role. The last four
# are of the same kind as the list's own.
_WITH_PASSING: t.Mapping[str, str] = {
    "ec2:RunInstances": "ec2",
    "lambda:CreateFunction": "lambda",
    "glue:CreateDevEndpoint": "glue",
    "cloudformation:CreateStack": "cloudformation",
    "datapipeline:CreatePipeline": "datapipeline",
    "codestar:CreateProject": "codestar",
    "sagemaker:CreateNotebookInstance": "sagemaker",
    "sagemaker:CreateTrainingJob": "sagemaker",
    "sagemaker:CreateProcessingJob": "sagemaker",
    "glue:CreateJob": "glue",
    "codebuild:CreateProject": "codebuild",
    "ecs:RunTask": "ecs-tasks",
    "ssm:StartAutomationExecution": "ssm",
}
_PASSED_TO = {f"{_PASSING} {service}": f"{service}.amazonaws.com" for service in _WITH_PASSING.values()}
"""To pass roles to one service is a right of its own: policies say so by a condition."""

_RIGHTS: t.Mapping[str, _On] = {
    **_ALONE,
    **dict.fromkeys(_PASSED_TO, _On("role", "all")),
    **dict.fromkeys(_WITH_PASSING, _On("", "any")),
}
WAYS: tuple[frozenset[str], ...] = (
    *(frozenset({action}) for action in _ALONE),
    *(frozenset({f"{_PASSING} {service}", action}) for action, service in _WITH_PASSING.items()),
)
"""The rights that are ways up together."""

_WILDCARDS = {"*": ".*", "?": "."}
_PASSED_TO_KEY = "iam:passedtoservice"
_OWN_NAME = "${aws:username}"
_PATTERN = re.compile(r"[*?]|\$\{")


@dataclasses.dataclass(frozen=True)
class Rights:
    """Which of the actions a document allows far enough, and which it denies to everybody and everything."""

    allowed: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()

    def __or__(self, other: Rights) -> Rights:
        """What both documents together do."""
        return Rights(self.allowed | other.allowed, self.denied | other.denied)

    @functools.cached_property
    def ways(self) -> tuple[frozenset[str], ...]:
        """The ways up that are open."""
        open_actions = self.allowed - self.denied
        return tuple(way for way in WAYS if way <= open_actions) if open_actions else ()


def rights_of(document: Document) -> Rights:
    """What the document says of the actions that are ways up."""
    allowed: set[str] = set()
    denied: set[str] = set()
    for statement in statements(document):
        if statement.get("Effect") == "Allow":
            allowed |= {action for action in _named(statement) if _reaches(statement, action)}
        elif not statement.get("Condition") and "*" in listed(statement.get("Resource")):
            denied |= _named(statement)
    return Rights(frozenset(allowed), frozenset(denied))


def ways_told(ways: t.Collection[frozenset[str]]) -> str:
    """The ways for people: ``iam:CreatePolicyVersion``, ``iam:PassRole with ec2:RunInstances and 2 more``."""
    if len(ways) == len(WAYS):
        return "everything"
    if len(ways) >= len(_ALONE) and all(frozenset({action}) in ways for action in _ALONE):
        return "iam:*"
    first, *more = sorted((_told(way) for way in ways), key=lambda text: (" with " in text, text))
    return f"{first} and {len(more)} more" if more else first


def _told(way: frozenset[str]) -> str:
    (action,) = way - set(_PASSED_TO)
    return action if len(way) == 1 else f"{_PASSING} with {action}"


def _named(statement: Document) -> frozenset[str]:
    negated = "NotAction" in statement
    patterns = [_regex(str(one).lower()) for one in listed(statement.get("NotAction" if negated else "Action"))]
    found = {right for right in _RIGHTS if any(pattern.fullmatch(_action(right)) for pattern in patterns)}
    return frozenset(_RIGHTS.keys() - found if negated else found)


def _action(right: str) -> str:
    return right.partition(" ")[0].lower()


def _reaches(statement: Document, right: str) -> bool:
    if not _meets(statement, right):
        return False
    on = _RIGHTS[right]
    if "NotResource" in statement or not on.kind:
        return True
    return any(_pattern_reaches(str(one), on) for one in listed(statement.get("Resource")))


def _meets(statement: Document, right: str) -> bool:
    """Whether roles may be passed to that very service; every other condition is taken to be met."""
    service = _PASSED_TO.get(right)
    if service is None:
        return True
    return all(
        any(_regex(str(value)).fullmatch(host) for value in listed(values) for host in (service, f"{service}.cn"))
        for operator, tests in (statement.get("Condition") or {}).items()
        for key, values in tests.items()
        if key.lower() == _PASSED_TO_KEY and "Not" not in operator and operator != "Null"
    )


def _pattern_reaches(pattern: str, on: _On) -> bool:
    parts = pattern.split(":", 5)
    # A pattern that ends early covers what would follow: arn:aws:iam::*. Of which account it speaks does not matter.
    service = parts[2] if len(parts) > 2 else "*"
    name = parts[5] if len(parts) > 5 else "*"
    if not _regex(service).fullmatch("iam") or not _regex(name.split("/")[0]).fullmatch(on.kind):
        return False
    if on.which == "all":
        return bool(_regex(name).fullmatch(f"{on.kind}/any-name"))
    return on.which == "any" or (_OWN_NAME not in name and bool(_PATTERN.search(name)))


@functools.lru_cache(maxsize=4096)
def _regex(pattern: str) -> re.Pattern[str]:
    return re.compile("".join(_WILDCARDS.get(letter, re.escape(letter)) for letter in pattern), re.DOTALL)
