# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policy documents: read as JSON, compared by meaning, and measured as IAM measures them.

Whether IAM would take a document is judged in ``_documents``.
"""

from __future__ import annotations

import datetime
import json
import math
import re
import typing as t

from .names import kind_of, shown

if t.TYPE_CHECKING:
    from .model import Document

DEFAULT_VERSION = "2008-10-17"
"""What IAM takes a document without Version for (IAM user guide, Version)."""

_WHITE_SPACE = re.compile(r"\s")
_ACCOUNT_ROOT = re.compile(r"arn:aws[a-z-]*:iam::([0-9]{12}):root")


class DocumentError(ValueError):
    """This cannot be read as a policy document. The text follows the policy's name."""


def parse(raw: object) -> Document:
    """The document from a mapping or its JSON text, in JSON's types. Raises DocumentError."""
    document = _plain(_from_json(raw) if isinstance(raw, str) else raw, "the document")
    if not isinstance(document, dict):
        raise DocumentError(f"is {kind_of(document)}; a policy document is a mapping or its JSON text")
    return document


def _from_json(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise DocumentError(f"is not JSON: {error}") from error
    except RecursionError as error:
        raise DocumentError("is nested too deeply") from error


def _unique(pairs: list[tuple[str, t.Any]]) -> dict[str, t.Any]:
    # json.loads would silently keep only the last of two equal keys, and so lose a Deny.
    found: dict[str, t.Any] = {}
    for key, value in pairs:
        if key in found:
            raise DocumentError(f"has {shown(key)} twice in one mapping")
        found[key] = value
    return found


def _refuse_constant(word: str) -> t.NoReturn:
    raise DocumentError(f"is not JSON: {word} is not a number")


def _plain(value: object, where: str) -> t.Any:
    """The same value in JSON's types. YAML reads a Version without quotes as a date."""
    if isinstance(value, t.Mapping):
        return {str(key): _plain(item, shown(key)) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item, where) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise DocumentError(f"has {value} in {where}, which JSON cannot carry")
    if isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise DocumentError(f"has {kind_of(value)} in {where}")


def text(document: Document) -> str:
    """The JSON to send. Letters that IAM's pattern refuses are written as escapes."""
    return json.dumps(document, separators=(",", ":"), allow_nan=False)


def size(document: Document) -> int:
    """The document's size as IAM's quotas count it: without white space, inside strings too."""
    return len(_WHITE_SPACE.sub("", text(document)))


# amazon.aws's compare_policies cannot be used here: it ignores floats, so that 1.5 equals 2.5, it takes another case of
# an action for another action, and a pure package must not import amazon.aws. A unit test compares the two functions.
def same(one: Document, other: Document) -> bool:
    """Whether two documents mean the same.

    These differences mean nothing: the order of a list, and one item twice in it; one item or a list of it; 5 or "5";
    true or "true"; the case of actions and of condition keys (IAM user guide, Action and Condition); an empty Sid or
    Condition or none; the Version 2008-10-17 or none. Of principals: an account's number or its root's ARN, which IAM
    makes of it; and "*" or {"AWS": "*"} (IAM user guide, Principal).

    A Sid and an Id are for people, and count: who writes another one wants to read it in the account.
    """
    return meaning(one) == meaning(other)


def listed(value: t.Any) -> list[t.Any]:
    """The value as a list: IAM may write a list with one item as that item."""
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def meaning(document: Document) -> dict[str, object]:
    """One form for all documents that mean the same, see :func:`same`. Only for comparisons: it is never sent."""
    spelled = {key: _spelled(value) for key, value in document.items()}
    statements = [_statement(one) if isinstance(one, dict) else one for one in listed(document.get("Statement"))]
    return {"Version": DEFAULT_VERSION, **spelled, "Statement": sorted(statements, key=_order)}


def _statement(statement: Document) -> dict[str, object]:
    found = {key: _SPELLINGS.get(key, _spelled)(value) for key, value in statement.items()}
    return {key: value for key, value in found.items() if not (key in ("Sid", "Condition") and value in ("", []))}


def _spelled(value: object) -> object:
    if isinstance(value, dict):
        return {key: _spelled(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        found = {_order(item): item for item in map(_spelled, value)}
        items = [found[key] for key in sorted(found)]
        return items[0] if len(items) == 1 else items
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, (int, float)) else value


def _actions(value: object) -> object:
    return _spelled([one.lower() if isinstance(one, str) else one for one in listed(value)])


def _principal(value: object) -> object:
    if value == "*":
        value = {"AWS": "*"}
    if not isinstance(value, dict):
        return _spelled(value)
    return {kind: _spelled([_account(kind, one) for one in listed(names)]) for kind, names in value.items()}


def _account(kind: str, name: object) -> object:
    root = _ACCOUNT_ROOT.fullmatch(name) if kind == "AWS" and isinstance(name, str) else None
    return root.group(1) if root else name


def _condition(value: object) -> object:
    if not isinstance(value, dict):
        return _spelled(value)
    tests = [
        # Keys are compared without case: two of one operator that differ in it are two tests.
        [operator, key.lower(), _spelled(values)]
        for operator, keys in value.items()
        for key, values in (keys.items() if isinstance(keys, dict) else [("", keys)])
    ]
    return sorted(tests, key=_order)


_SPELLINGS: t.Mapping[str, t.Callable[[object], object]] = {
    "Action": _actions,
    "NotAction": _actions,
    "Principal": _principal,
    "NotPrincipal": _principal,
    "Condition": _condition,
}


def _order(value: object) -> str:
    return json.dumps(value, sort_keys=True)
