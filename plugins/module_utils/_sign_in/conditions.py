# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The conditions of a statement."""

from __future__ import annotations

import typing as t

from .answers import Answer, any_of, negated
from .patterns import like
from .request import UNKNOWN, Principal, held_by

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


def condition(operator: str, key: str, wanted: list[t.Any], principal: Principal, *, variables: bool) -> Answer:
    """One line of a condition. Several values of the policy are alternatives; the request's have one value each."""
    held = held_by(key, principal)
    texts = [_text(value) for value in wanted]
    if operator == "Null":
        return None if held is UNKNOWN else any_of((held is None) is (text.lower() == "true") for text in texts)
    quantifier, _colon, name = operator.rpartition(":")
    optional = name.endswith("IfExists")
    name = name[: -len("IfExists")] if optional else name
    is_negated, name = name in _NEGATIONS, _NEGATIONS.get(name, name)
    if held is UNKNOWN:
        return None
    if held is None:
        # Of no values all are right and none is (IAM user guide, multivalued context keys).
        return quantifier == "ForAllValues" or (quantifier != "ForAnyValue" and (optional or is_negated))
    found = any_of(_compare(name, text, str(held), principal, variables=variables) for text in texts)
    return negated(found) if is_negated else found


def _compare(name: str, text: str, held: str, principal: Principal, *, variables: bool) -> Answer:
    if name in ("StringLike", "ArnLike", "ArnEquals"):
        return like(text, held, principal, variables=variables)
    if name == "Bool":
        return text.lower() == held.lower()
    if name not in ("StringEquals", "StringEqualsIgnoreCase"):
        return None
    # Here a star is a star: only variables are looked at.
    return like(text, held, principal, variables=variables, wildcards=False, cased=name == "StringEquals")


def _text(value: t.Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
