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

from .._core.documents import listed
from .._core.statements import statements
from .ways import ADMINISTRATOR, ROLES, On

if t.TYPE_CHECKING:
    from .._core.model import Document
    from .ways import Way


PASSING = "iam:PassRole"
"""To pass roles to one service is a right of its own, such as ``iam:PassRole ec2``: policies say so by a condition."""


def _rights_of_way(way: Way) -> frozenset[str]:
    passing = {f"{PASSING} {way.passed_to[0]}"} if way.passed_to else set()
    return frozenset({way.action, *passing})


WAYS: t.Mapping[frozenset[str], Way] = {_rights_of_way(way): way for way in ADMINISTRATOR}
"""The ways to become administrator, by the rights that are one together."""

ROLE_WAYS: t.Mapping[frozenset[str], Way] = {_rights_of_way(way): way for way in ROLES}
"""The ways to act as a role that is there."""

_ALONE = frozenset(way for way in WAYS if len(way) == 1)
_PASSED_TO = {f"{PASSING} {way.passed_to[0]}": way.passed_to for way in ADMINISTRATOR if way.passed_to}
_RIGHTS: t.Mapping[str, On] = {
    **{way.action: way.on for way in (*ADMINISTRATOR, *ROLES)},
    **dict.fromkeys(_PASSED_TO, On("role", "all")),
}
_WILDCARDS = {"*": ".*", "?": "."}
_PASSED_TO_KEY = "iam:passedtoservice"
_OWN_NAME = "${aws:username}"
_PATTERN = re.compile(r"[*?]|\$\{")
_PARTS_OF_NAME = re.compile(r"[:/]")


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
        return self._open(WAYS)

    @functools.cached_property
    def role_ways(self) -> tuple[frozenset[str], ...]:
        """The open ways to act as a role that is there."""
        return self._open(ROLE_WAYS)

    def _open(self, ways: t.Iterable[frozenset[str]]) -> tuple[frozenset[str], ...]:
        open_actions = self.allowed - self.denied
        return tuple(way for way in ways if way <= open_actions) if open_actions else ()


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
    if WAYS.keys() <= set(ways):
        return "everything"
    if _ALONE.issubset(ways):
        return "iam:*"
    first, *more = sorted((_told(way) for way in ways), key=lambda text: (" with " in text, text))
    return f"{first} and {len(more)} more" if more else first


def _told(way: frozenset[str]) -> str:
    (action,) = way - set(_PASSED_TO)
    return action if len(way) == 1 else f"{PASSING} with {action}"


def _named(statement: Document) -> frozenset[str]:
    negated = "NotAction" in statement
    patterns = [str(one).lower() for one in listed(statement.get("NotAction" if negated else "Action"))]
    found = frozenset[str]().union(*map(_meant, patterns))
    return frozenset(_RIGHTS.keys() - found) if negated else found


@functools.lru_cache(maxsize=16384)
def _meant(pattern: str) -> frozenset[str]:
    regex = _regex(pattern)
    return frozenset(right for right in _RIGHTS if regex.fullmatch(_action(right)))


def _action(right: str) -> str:
    return right.partition(" ")[0].lower()


def _reaches(statement: Document, right: str) -> bool:
    if not _meets(statement, right):
        return False
    on = _RIGHTS[right]
    if "NotResource" in statement or on == On("", "any"):
        return True
    service = "iam" if on.kind else _action(right).partition(":")[0]
    return any(_pattern_reaches(str(one), on, service) for one in listed(statement.get("Resource")))


def _meets(statement: Document, right: str) -> bool:
    """Whether roles may be passed to that very service; every other condition is taken to be met."""
    services = _PASSED_TO.get(right)
    if services is None:
        return True
    hosts = [f"{service}.amazonaws.com{end}" for service in services for end in ("", ".cn")]
    return all(
        any(_regex(str(value)).fullmatch(host) for value in listed(values) for host in hosts)
        for operator, tests in (statement.get("Condition") or {}).items()
        for key, values in tests.items()
        if key.lower() == _PASSED_TO_KEY and "Not" not in operator and operator != "Null"
    )


def _pattern_reaches(pattern: str, on: On, service: str) -> bool:
    parts = pattern.split(":", 5)
    # A pattern that ends early covers what would follow: arn:aws:iam::*. Of which account it speaks does not matter.
    of_service = parts[2] if len(parts) > 2 else "*"
    name = parts[5] if len(parts) > 5 else "*"
    if not _regex(of_service).fullmatch(service):
        return False
    if not on.kind:
        # Everything of a kind: *, function:*, instance/*.
        return all(part == "*" for part in _PARTS_OF_NAME.split(name)[1:]) and _PATTERN.search(name) is not None
    if not _regex(name.split("/")[0]).fullmatch(on.kind):
        return False
    if on.which == "all":
        return bool(_regex(name).fullmatch(f"{on.kind}/any-name"))
    return on.which == "any" or (_OWN_NAME not in name and bool(_PATTERN.search(name)))


@functools.lru_cache(maxsize=4096)
def _regex(pattern: str) -> re.Pattern[str]:
    return re.compile("".join(_WILDCARDS.get(letter, re.escape(letter)) for letter in pattern), re.DOTALL)
