# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The elements that all policy documents have: their names, types and forms (IAM user guide, grammar of policies).

Every check yields faults as texts that follow the policy's name: "has an empty Action in statement 2 (Read)".
"""

from __future__ import annotations

import re
import typing as t

from .._core.documents import listed
from .._core.names import described, kind_of, meant, shown

if t.TYPE_CHECKING:
    from .._core.model import Document

Faults = t.Iterator[str]

VERSIONS = ("2012-10-17", "2008-10-17")
_DOCUMENT_KEYS = ("Version", "Id", "Statement")
_EFFECTS = ("Allow", "Deny")
_ACTION = re.compile(r"\*|(\*|[A-Za-z0-9.-]+):[A-Za-z0-9*?]+")
# The service may have no wildcard (IAM user guide, Resource).
_RESOURCE = re.compile(r"arn:[a-z*?-]+:[A-Za-z0-9.-]+:.*", re.DOTALL)
_VARIABLE = re.compile(r"\$\{[^}]*\}")
_ARN_COLONS = 5
# As IAM's own refusal lists them; role-template/ stands in AWS's policies.
_IAM_TYPES = (
    *("user/", "federated-user/", "role/", "group/", "instance-profile/", "mfa/", "server-certificate/", "policy/"),
    *("sms-mfa/", "saml-provider/", "oidc-provider/", "report/", "access-report/", "role-template/"),
)

# IAM user guide, condition operators.
_OPERATORS = (
    *(
        f"String{kind}"
        for kind in ("Equals", "NotEquals", "EqualsIgnoreCase", "NotEqualsIgnoreCase", "Like", "NotLike")
    ),
    *(
        f"{type_}{kind}"
        for type_ in ("Numeric", "Date")
        for kind in ("Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals")
    ),
    *(f"Arn{kind}" for kind in ("Equals", "NotEquals", "Like", "NotLike")),
    *("Bool", "BinaryEquals", "IpAddress", "NotIpAddress", "Null"),
)
# A date of ISO 8601, or seconds since 1970: other letters are in neither.
_DATE = re.compile(r"-?[0-9][0-9TtZz:.+-]*")
_SETS = ("ForAllValues:", "ForAnyValue:")
_IF_EXISTS = "IfExists"


class Statement(t.NamedTuple):
    """A statement with its name for messages: ``statement 2 (Read)``."""

    where: str
    parts: Document


def named_statements(document: Document) -> list[Statement]:
    """The document's statements. What is none is left out."""
    found = enumerate(listed(document.get("Statement")), 1)
    return [Statement(_named(number, parts), parts) for number, parts in found if isinstance(parts, dict)]


def _named(number: int, parts: Document) -> str:
    sid = parts.get("Sid")
    return f"statement {number} ({shown(sid)})" if isinstance(sid, str) and sid else f"statement {number}"


def document_faults(document: Document) -> Faults:
    """The document around its statements."""
    yield from key_faults(document, _DOCUMENT_KEYS, "the document")
    if document.get("Version", VERSIONS[0]) not in VERSIONS:
        yield f"has Version {shown(document['Version'])}; IAM knows {' and '.join(VERSIONS)}"
    if not isinstance(document.get("Id", ""), str):
        yield f"has {described(document['Id'])} for Id; put it in quotes"
    if "Statement" not in document:
        yield "has no Statement"
        return
    written = listed(document["Statement"])
    if not written:
        yield "has an empty Statement"
    for number, statement in enumerate(written, 1):
        if not isinstance(statement, dict):
            yield f"has {kind_of(statement)} for statement {number}; a statement is a mapping"


def key_faults(mapping: Document, known: t.Sequence[str], where: str) -> Faults:
    """Names of elements are compared with their case."""
    for key in mapping:
        if key not in known:
            yield f"has the unknown key {shown(key)} in {where}{meant(key, known)}"


def effect_faults(statement: Statement) -> Faults:
    """The Effect: its two words are compared with their case (IAM user guide, Effect)."""
    effect = statement.parts.get("Effect")
    if effect is None:
        yield f"has no Effect in {statement.where}: Allow or Deny"
    elif effect not in _EFFECTS:
        yield f"has {described(effect)} for Effect in {statement.where}; write Allow or Deny, in this case"


def sid_faults(statements: t.Sequence[Statement], letters: re.Pattern[str] | None = None) -> Faults:
    """Sids are unique; those of an identity's policy are of some ``letters`` only."""
    seen: set[str] = set()
    for where, parts in statements:
        sid = parts.get("Sid", "")
        if not isinstance(sid, str) or (letters and not letters.fullmatch(sid)):
            yield f"has the Sid {shown(sid)} in {where}; IAM allows A-Z a-z 0-9"
        elif sid in seen:
            yield f"has the Sid {shown(sid)} twice; give each statement its own, or none"
        elif sid:
            seen.add(sid)


def action_faults(statement: Statement) -> Faults:
    """Action or NotAction."""
    yield from _choice_faults(statement, "Action")
    for key, item in _written(statement, "Action"):
        if not isinstance(item, str) or not _ACTION.fullmatch(item):
            yield f"has {_item(item)} for {key} in {statement.where}; write service:Name, such as s3:GetObject, or *"


def resource_faults(statement: Statement) -> Faults:
    """Resource or NotResource."""
    yield from _choice_faults(statement, "Resource")
    for key, item in _written(statement, "Resource"):
        if not isinstance(item, str) or not _is_resource(item):
            right = "write an ARN of six parts, such as arn:aws:s3:::bucket/*, or *"
            yield f"has {_item(item)} for {key} in {statement.where}; {right}"
        elif not _is_possible_in_iam(item):
            right = f"an ARN of IAM has no region, and after the account *, root, or {', '.join(_IAM_TYPES)}"
            yield f"has {_item(item)} for {key} in {statement.where}; {right}"


def _choice_faults(statement: Statement, key: str) -> Faults:
    """Exactly one of Action and NotAction, or of Resource and NotResource, with something in it."""
    parts, opposite = statement.parts, f"Not{key}"
    if (key in parts) == (opposite in parts):
        both = "both" if key in parts else "neither"
        yield f"has {both} of {key} and {opposite} in {statement.where}; write one of the two"
    for one in (key, opposite):
        if one in parts and not listed(parts[one]):
            yield f"has an empty {one} in {statement.where}"


def _written(statement: Statement, key: str) -> t.Iterator[tuple[str, object]]:
    for one in (key, f"Not{key}"):
        yield from ((one, item) for item in listed(statement.parts.get(one)))


def _item(item: object) -> str:
    return shown(item) if isinstance(item, str) else described(item)


def _is_resource(item: str) -> bool:
    if item == "*":
        return True
    # A variable can hold anything, and has a colon in its own name.
    plain = _VARIABLE.sub("x", item)
    # Of what ends early, IAM takes a star at the end, but not where a part before it is empty.
    whole = plain.count(":") >= _ARN_COLONS or (plain.endswith("*") and "::" not in plain)
    return whole and _RESOURCE.fullmatch(plain) is not None


def _is_possible_in_iam(item: str) -> bool:
    """What IAM refuses of its own ARNs: "cannot contain region information", "path must either be "*", root, or …"."""
    parts = item.split(":", _ARN_COLONS)
    if len(parts) <= _ARN_COLONS or parts[2].lower() != "iam":
        return True
    name = parts[_ARN_COLONS]
    return not parts[3] and (name in ("*", "root") or name.startswith((*_IAM_TYPES, "${")))


def condition_faults(statement: Statement) -> Faults:
    """The Condition: its operators are known, and its values are texts, numbers and booleans."""
    where = f"the Condition of {statement.where}"
    condition = statement.parts.get("Condition", {})
    if not isinstance(condition, dict):
        yield f"has {kind_of(condition)} in {where}, where a mapping belongs"
        return
    for operator, tests in condition.items():
        if not _is_operator(operator):
            yield f"has the unknown operator {shown(operator)} in {where}{meant(operator, _spellings(operator))}"
        if not isinstance(tests, dict):
            yield f"has {kind_of(tests)} in {where}, where a mapping belongs"
            continue
        for key, values in tests.items():
            yield from _value_faults(operator, key, values, where)


def _value_faults(operator: str, key: str, values: object, where: str) -> Faults:
    if not listed(values):
        yield f"has no value for {shown(key)} in {where}"
    for value in listed(values):
        if not isinstance(value, (str, int, float)):
            yield f"has {kind_of(value)} for {shown(key)} in {where}; write a text, or a list of texts"
        elif "Date" in operator and not _DATE.fullmatch(str(value)):
            yield f"has {shown(value)} for {shown(key)} in {where}; write a date, such as 2026-12-31T00:00:00Z"


def _is_operator(written: str) -> bool:
    plain = next((written.removeprefix(one) for one in _SETS if written.startswith(one)), written)
    name = plain.removesuffix(_IF_EXISTS)
    return name in _OPERATORS and not (name == "Null" and plain != name)


def _spellings(written: str) -> list[str]:
    """The known operators, with what stands around the one that is written."""
    before = next((one for one in _SETS if written.lower().startswith(one.lower())), "")
    after = _IF_EXISTS if written.lower().endswith(_IF_EXISTS.lower()) else ""
    return [f"{before}{name}{after}" for name in _OPERATORS]
