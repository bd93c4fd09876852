# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Actions and resources of a document against what AWS has: names that do not exist, and pairs that do not fit. Pure.

IAM takes such documents, and they do nothing. So these are warnings.
"""

from __future__ import annotations

import difflib
import functools
import re
import typing as t

from .._core.documents import listed
from .._core.names import shown
from .arns import is_of_type
from .elements import named_statements

if t.TYPE_CHECKING:
    from .._core.model import Document
    from .elements import Statement
    from .reference import Action, Reference

_WILDCARDS = {"*": ".*", "?": "."}
_PATTERN = re.compile(r"[*?]")
_TOLD = 3


def action_warnings(document: Document, reference: Reference) -> t.Iterator[str]:
    """What AWS does not have, and actions with resources that are none of theirs. The texts follow the policy's name.

    The document has no faults.
    """
    for statement in named_statements(document):
        for key in ("Action", "NotAction"):
            yield from _unknown(key, statement, reference)
        if "Action" in statement.parts and "Resource" in statement.parts:
            yield from _unfit(statement, reference)


def _unknown(key: str, statement: Statement, reference: Reference) -> t.Iterator[str]:
    where, strange = statement.where, dict[str, str]()
    for action in listed(statement.parts.get(key)):
        service, colon, name = action.partition(":")
        if not colon or "*" in service:
            continue
        known = reference.actions(service.lower())
        if known is None:
            strange[service] = action
        elif not _matching(action, reference) and _PATTERN.search(name):
            yield f"names {shown(action)} in {where}, which matches no action of AWS"
        elif not _matching(action, reference):
            near = _near(name, [one.name for one in known.values()], f"{service}:")
            yield f"names {shown(action)} in {where}, an action that AWS does not have{near}"
    for service, action in strange.items():
        near = _near(service, reference.services)
        yield f"names {shown(action)} in {where}: AWS has no service {shown(service)}{near}"


def _near(word: str, words: t.Iterable[str], before: str = "") -> str:
    """What was probably meant. Names of AWS are much alike: only a slip of a key or two is one."""
    found = difflib.get_close_matches(word, words, n=1, cutoff=0.8)
    return f"; did you mean {before}{found[0]}?" if found else ""


def _matching(action: str, reference: Reference) -> list[Action]:
    """The actions of AWS that are meant."""
    service, _colon, name = action.lower().partition(":")
    known = reference.actions(service) or {}
    if not _PATTERN.search(name):
        return [known[name]] if name in known else []
    return [one for key, one in known.items() if _regex(name).fullmatch(key)]


@functools.lru_cache(maxsize=4096)
def _regex(pattern: str) -> re.Pattern[str]:
    return re.compile("".join(_WILDCARDS.get(letter, re.escape(letter)) for letter in pattern))


def _unfit(statement: Statement, reference: Reference) -> t.Iterator[str]:
    resources = [one for one in listed(statement.parts["Resource"]) if isinstance(one, str)]
    actions = [one for one in listed(statement.parts["Action"]) if isinstance(one, str)]
    if "*" in resources or any("*" in one.partition(":")[0] for one in actions):
        return
    meant_actions = {one: _matching(one, reference) for one in actions}
    if not all(meant_actions.values()):
        # An action that is not known may be new, and the one that a resource is there for.
        return
    yield from _without_resource(meant_actions, resources, statement.where)
    types = {arn for found in meant_actions.values() for action in found for arn in action.resources}
    strange = [one for one in resources if types and not _is_one_of(one, types)]
    if strange:
        yield f"has {_some(strange)} in {statement.where}, of which the statement's actions know nothing"


def _without_resource(found: t.Mapping[str, list[Action]], resources: list[str], where: str) -> t.Iterator[str]:
    """Actions that are named, not meant by a pattern, and that none of the resources is for."""
    named = {name: actions[0] for name, actions in found.items() if not _PATTERN.search(name)}
    whole = [name for name, action in named.items() if not action.resources]
    if whole:
        yield f"names {_some(whole)} in {where}, which AWS allows on all resources or on none: write * for Resource"
    strange = {
        name: action.resources
        for name, action in named.items()
        if action.resources and not any(_is_one_of(resource, action.resources) for resource in resources)
    }
    if strange:
        example = next(iter(strange.values()), ("",))[0]
        yield f"names {_some(list(strange))} in {where}, and no resource that AWS knows for it, such as {example}"


def _is_one_of(resource: str, types: t.Iterable[str]) -> bool:
    return any(is_of_type(resource, arn) for arn in types)


def _some(names: t.Sequence[str]) -> str:
    more = f" and {len(names) - _TOLD} more" if len(names) > _TOLD else ""
    return ", ".join(map(shown, names[:_TOLD])) + more
