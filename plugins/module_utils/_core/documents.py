# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policy documents: parsed and checked, compared by meaning, and measured as IAM measures them."""

from __future__ import annotations

import datetime
import json
import math
import re
import typing as t

from .names import kind_of, meant, shown

if t.TYPE_CHECKING:
    from .model import Document

_VERSIONS = ("2012-10-17", "2008-10-17")
_DEFAULT_VERSION = "2008-10-17"
_DOCUMENT_KEYS = ("Version", "Id", "Statement")
_STATEMENT_KEYS = ("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition")
_PRINCIPAL_KEYS = ("Principal", "NotPrincipal")
_SID = re.compile(r"[0-9A-Za-z]*")
_WHITE_SPACE = re.compile(r"\s")


class DocumentError(ValueError):
    """IAM would refuse this document as a policy of a user or group. The text follows the policy's name."""


def parse(raw: object) -> Document:
    """The document from a mapping or its JSON text. Raises DocumentError."""
    document = _plain(_from_json(raw) if isinstance(raw, str) else raw, "the document")
    if not isinstance(document, dict):
        raise DocumentError(f"is {kind_of(document)}; a policy document is a mapping or its JSON text")
    _check_keys(document, _DOCUMENT_KEYS, "the document")
    if document.get("Version", _VERSIONS[0]) not in _VERSIONS:
        raise DocumentError(f"has Version {shown(document['Version'])}; IAM knows {' and '.join(_VERSIONS)}")
    if "Statement" not in document:
        raise DocumentError("has no Statement")
    _check_statements(document["Statement"])
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


def _check_keys(mapping: dict[str, t.Any], known: tuple[str, ...], where: str) -> None:
    for key in mapping:
        if key in _PRINCIPAL_KEYS:
            raise DocumentError(f"has {key} in {where}: a policy of a user or group applies to its holder alone")
        if key not in known:
            raise DocumentError(f"has the unknown key {shown(key)} in {where}{meant(key, known)}")


def _check_statements(raw: object) -> None:
    statements = raw if isinstance(raw, list) else [raw]
    if not statements:
        raise DocumentError("has an empty Statement")
    sids: set[str] = set()
    for number, statement in enumerate(statements, 1):
        where = f"statement {number}"
        if not isinstance(statement, dict):
            raise DocumentError(f"has {kind_of(statement)} for {where}; a statement is a mapping")
        _check_keys(statement, _STATEMENT_KEYS, where)
        _check_sid(statement.get("Sid", ""), sids, where)
        if statement.get("Effect") not in ("Allow", "Deny"):
            raise DocumentError(f"has no Effect in {where}: Allow or Deny")
        _check_one_of(statement, "Action", where)
        _check_one_of(statement, "Resource", where)
        _check_condition(statement.get("Condition", {}), where)


def _check_sid(sid: object, seen: set[str], where: str) -> None:
    if not isinstance(sid, str) or not _SID.fullmatch(sid):
        raise DocumentError(f"has the Sid {shown(sid)} in {where}; IAM allows A-Z a-z 0-9")
    if sid in seen:
        raise DocumentError(f"has the Sid {sid} twice")
    if sid:
        seen.add(sid)


def _check_condition(condition: object, where: str) -> None:
    operators = condition.values() if isinstance(condition, dict) else [condition]
    for tests in operators:
        if not isinstance(tests, dict):
            raise DocumentError(f"has {kind_of(tests)} in the Condition of {where}, where a mapping belongs")


def _check_one_of(statement: dict[str, t.Any], key: str, where: str) -> None:
    """Require exactly one of Action and NotAction (or Resource and NotResource), with possible values."""
    opposite = f"Not{key}"
    if (key in statement) == (opposite in statement):
        raise DocumentError(f"has {'both' if key in statement else 'neither'} {key} and {opposite} in {where}")
    written = statement.get(key, statement.get(opposite))
    items = written if isinstance(written, list) else [written]
    if not items:
        raise DocumentError(f"has an empty {key if key in statement else opposite} in {where}")
    for item in items:
        if not isinstance(item, str) or (item != "*" and ":" not in item):
            form = "service:Action" if key == "Action" else "an ARN"
            raise DocumentError(f"has {shown(item)} in {where}, where {form} or * belongs")


def text(document: Document) -> str:
    """The JSON to send. Letters that IAM's pattern refuses are written as escapes."""
    return json.dumps(document, separators=(",", ":"), allow_nan=False)


def size(document: Document) -> int:
    """The document's size as IAM's aggregate quota counts it: without white space, inside strings too."""
    return len(_WHITE_SPACE.sub("", text(document)))


# amazon.aws's compare_policies cannot be used here: it ignores floats, so that 1.5 equals 2.5, and a pure package must
# not import amazon.aws. A unit test compares the two functions. compare_policies also compares principals, which a
# policy of a user or group does not have.
def same(one: Document, other: Document) -> bool:
    """Whether two documents mean the same.

    These differences mean nothing: the order of a list; one item or a list of it; 5 or "5"; true or "true"; and
    whether the Version 2008-10-17 is written or left out.
    """
    return _one_spelling(_with_version(one)) == _one_spelling(_with_version(other))


def _with_version(document: Document) -> Document:
    return {"Version": _DEFAULT_VERSION, **document}


def _one_spelling(value: object) -> object:
    """One form for all values that mean the same. Only for comparisons: it is never sent."""
    if isinstance(value, t.Mapping):
        return {key: _one_spelling(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        items = sorted(map(_one_spelling, value), key=json.dumps)
        return items[0] if len(items) == 1 else items
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, (int, float)) else value
