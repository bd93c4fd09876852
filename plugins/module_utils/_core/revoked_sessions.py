# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inline policy of a role that ends sessions of people who lost the role: its document, and how it is read. Pure.

A session of a role does not ask the user any more: no deny on the user ends it. A deny on the role does, of all tokens
that were issued before a moment (IAM user guide, Revoke IAM role temporary security credentials). It finds a person's
sessions by their name, since ``aws:userid`` of a session is ``<role id>:<session name>`` (IAM user guide, Variables in
policies), and the trust of a role for departments lets only the user's own name be the session's.
"""

from __future__ import annotations

import datetime
import typing as t

from .dates import stamp, stamped
from .documents import listed, same
from .model import fold
from .statements import statements
from .tags import ROLE_TAG_PREFIX

if t.TYPE_CHECKING:
    from .model import Document

POLICY_NAME = "workforce-revoked-sessions"
LONGEST_SESSION = datetime.timedelta(hours=12)
"""How long a role's session lasts at most (API reference, AssumeRole, DurationSeconds)."""

LAG = datetime.timedelta(minutes=15)
"""Tokens that are issued so long after the moment are refused too.

AWS takes some minutes to enforce what takes the role from a person, and the run itself takes some to get there.
"""

_OWN_NAME = "${aws:username}"
_ANY_ROLE = "*:"


def names_sessions(trust: Document | None) -> bool:
    """Whether a trust policy lets in departments' people, under no other session name than their own."""
    return any(_asks_for_tag_and_name(one) for one in statements(trust) if one.get("Effect") == "Allow")


def _asks_for_tag_and_name(statement: Document) -> bool:
    asked = {fold(key): value for key, value in (statement.get("Condition") or {}).get("StringEquals", {}).items()}
    is_tagged = any(key.startswith(f"aws:principaltag/{ROLE_TAG_PREFIX}") for key in asked)
    return is_tagged and listed(asked.get("sts:rolesessionname")) == [_OWN_NAME]


def revoked(document: Document | None) -> dict[str, datetime.datetime]:
    """The moments before which the tokens of people's sessions are refused, by the names of the sessions."""
    found: dict[str, datetime.datetime] = {}
    for statement in statements(document):
        read = _read(statement)
        if read is not None:
            moment, names = read
            found.update({name: max(moment, found.get(name, moment)) for name in names})
    return found


def is_over(moment: datetime.datetime, now: datetime.datetime) -> bool:
    """Whether no token that was issued before the moment can be valid any more."""
    return moment + LONGEST_SESSION <= now


def with_people(document: Document | None, names: t.Collection[str], now: datetime.datetime) -> Document:
    """The document that refuses these people's tokens of up to now, and for the lag. What is over goes."""
    others = without_people(document, names, now)
    rest = [] if others is None else statements(others)
    return {"Version": "2012-10-17", "Statement": [*rest, _statement(now + LAG, sorted(names))]}


def without_people(document: Document | None, names: t.Collection[str], now: datetime.datetime) -> Document | None:
    """The document without these people, and without what is over; None if nothing is left of it.

    Statements of another form are somebody else's, and stay.
    """
    left: list[Document] = []
    for statement in statements(document):
        read = _read(statement)
        if read is None:
            left.append(statement)
        elif not is_over(read[0], now):
            kept = [name for name in read[1] if name not in names]
            left += [_statement(read[0], kept)] if kept else []
    return {"Version": "2012-10-17", "Statement": left} if left else None


def _statement(moment: datetime.datetime, names: t.Sequence[str]) -> Document:
    """One statement for all of one moment: the inline policies of a role have 10,240 characters together."""
    users = [f"{_ANY_ROLE}{name}" for name in names]
    return {
        "Effect": "Deny",
        "Action": "*",
        "Resource": "*",
        "Condition": {"DateLessThan": {"aws:TokenIssueTime": stamp(moment)}, "StringLike": {"aws:userid": users}},
    }


def _read(statement: Document) -> tuple[datetime.datetime, list[str]] | None:
    """The moment and the names of a statement of ours; None for any other."""
    try:
        condition = statement["Condition"]
        moment = stamped(_only(condition["DateLessThan"]["aws:TokenIssueTime"]))
        names = [str(each).removeprefix(_ANY_ROLE) for each in listed(condition["StringLike"]["aws:userid"])]
    except (KeyError, TypeError, ValueError):
        return None
    return (moment, names) if same(_alone(statement), _alone(_statement(moment, names))) else None


def _alone(statement: Document) -> Document:
    return {"Version": "2012-10-17", "Statement": [statement]}


def _only(value: t.Any) -> str:
    [one] = listed(value)
    return str(one)
