# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values in the entries of policies, roles and the account.

Each function answers None if the key was left out or is at fault.
"""

from __future__ import annotations

import re
import typing as t

from .._chart.scalars import read_boolean
from .._core.names import described, shown
from .._core.password_policy import RULES

if t.TYPE_CHECKING:
    from .._chart.entries import Entry
    from .._core.model import PasswordPolicy
    from .._core.password_policy import Rule

SHORTEST_SESSION = 3600
LONGEST_SESSION = 43200
"""Seconds (API reference, CreateRole)."""

LONGEST_DESCRIPTION = 1000
# As the model of IAM says of aliases: no double hyphen, and not only digits, which would look like an account's id.
_ALIAS = re.compile(r"[a-z0-9](?:[a-z0-9]|-(?!-)){1,61}[a-z0-9]")
_ACCOUNT_ID = re.compile(r"\d{12}")
_DESCRIPTION = re.compile(r"[\t\n\r\u0020-\u007e\u00a1-\u00ff]*")
_WHOLE_NUMBER = re.compile(r"\d{1,9}", re.ASCII)


def read_description(entry: Entry) -> str | None:
    """A description, in the characters that IAM takes (API reference, CreateRole)."""
    key = "description"
    if key not in entry.values or entry.mistyped(key, str, "a text"):
        return None
    text = t.cast("str", entry.values[key])
    if len(text) > LONGEST_DESCRIPTION:
        entry.fault(f"has a description of {len(text)} characters; IAM allows {LONGEST_DESCRIPTION}")
        return None
    if not _DESCRIPTION.fullmatch(text):
        entry.fault("has characters in its description that IAM does not take: it knows those of Latin-1")
        return None
    return text


def read_session_duration(entry: Entry) -> int | None:
    """The longest session of a role, in seconds."""
    key = "max_session_duration"
    return None if key not in entry.values else _number(entry, key, SHORTEST_SESSION, LONGEST_SESSION)


def read_password_rules(entry: Entry) -> PasswordPolicy:
    """The rules that are written, by IAM's names. A rule at fault is left out."""
    found: dict[str, bool | int] = {}
    for option, rule in RULES.items():
        value = _rule(entry, option, rule) if option in entry.values else None
        if value is not None:
            found[rule.parameter] = value
    return found


def _rule(entry: Entry, option: str, rule: Rule) -> bool | int | None:
    if rule.least is None or rule.greatest is None:
        return read_boolean(entry, option)
    return _number(entry, option, rule.least, rule.greatest)


def _number(entry: Entry, key: str, least: int, greatest: int) -> int | None:
    """A whole number, also as text, as forms send it. Python takes booleans for numbers, and YAML's yes is one."""
    value = entry.values[key]
    if isinstance(value, str) and _WHOLE_NUMBER.fullmatch(value.strip()):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        entry.fault(f"has {described(value)} for {key}; a number from {least} to {greatest} belongs there")
        return None
    if not least <= value <= greatest:
        entry.fault(f"has {value} for {key}; IAM allows {least} to {greatest}")
        return None
    return value


def read_alias(entry: Entry) -> str | None:
    """The account's alias; the empty text takes it away."""
    key = "alias"
    if key not in entry.values or entry.mistyped(key, str, "a name for the account"):
        return None
    alias = t.cast("str", entry.values[key])
    if alias and (not _ALIAS.fullmatch(alias) or _ACCOUNT_ID.fullmatch(alias)):
        entry.fault(
            f"has {shown(alias)} for alias; IAM allows 3 to 63 of a-z 0-9 and -, with no - at an end or beside "
            "another, and not twelve digits"
        )
        return None
    return alias
