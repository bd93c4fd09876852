# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an entry writes, and what it accepts beside that: the key ``beside``."""

from __future__ import annotations

import collections
import dataclasses
import re
import typing as t

from .._core.desired import Written
from .._core.model import fold
from .._core.names import described, existing_name_fault, meant, policy_name_fault, policy_reference_fault, shown

if t.TYPE_CHECKING:
    from .._core.desired import DesiredGroup, DesiredUser
    from .entries import Entry
    from .rows import Row

    Desired = t.TypeVar("Desired", DesiredUser, DesiredGroup)

KEY = "beside"
OF_DEPARTMENT = ("policy", "inline", "member")
OF_EMPLOYEE = ("policy", "inline", "group", "boundary", "key")

_KEY_ID = re.compile(r"[A-Z0-9]{16,128}", re.ASCII)


def read_written(entry: Entry, words: t.Sequence[str]) -> Written:
    """What the entry says of itself. ``words`` are those that its ``beside`` may begin with."""
    accepted = frozenset(_accepted(entry, words))
    return Written(frozenset(map(str, entry.values)), accepted, sound=not entry.faults)


def with_repeats(rows: t.Sequence[Row], desired: t.Sequence[Desired]) -> list[Desired]:
    """The desired of each row; where two rows have one name, neither says for sure what may be taken away."""
    named = collections.Counter(row.key for row in rows)
    return [
        one
        if one.written is None or named[row.key] == 1
        else dataclasses.replace(one, written=dataclasses.replace(one.written, sound=False))
        for row, one in zip(rows, desired, strict=True)
    ]


def _accepted(entry: Entry, words: t.Sequence[str]) -> t.Iterator[tuple[str, str]]:
    for item in entry.items(KEY, "a list of texts such as policy ReadOnlyAccess") or ():
        if not isinstance(item, str):
            entry.fault(f"has {described(item)} in {KEY}; write a text such as policy ReadOnlyAccess")
            continue
        word, _space, name = item.strip().partition(" ")
        name = name.strip()
        if word not in words:
            start = f"it must begin with one of {', '.join(words)}"
            entry.fault(f"has {shown(item)} in {KEY}; {start}{_ways_on(word, words)}")
        elif not entry.fault_in(KEY, _fault_of(word, name), item):
            yield word, fold(name)


def _ways_on(word: str, words: t.Sequence[str]) -> str:
    other = "department" if word in OF_DEPARTMENT else "employee" if word in OF_EMPLOYEE else None
    return meant(word, words) if other is None else f" ({word} belongs in the entry of the {other})"


def _fault_of(word: str, name: str) -> str | None:
    """What is wrong with the name that follows the word."""
    if not name:
        return "names nothing"
    if word in ("policy", "boundary"):
        return policy_reference_fault(name)
    if word == "inline":
        return policy_name_fault(name)
    if word == "key":
        return None if _KEY_ID.fullmatch(name) else "is not the id of an access key, such as AKIAIOSFODNN7EXAMPLE"
    return existing_name_fault(name)
