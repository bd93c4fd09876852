# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One entry of a list, or one module's parameters: read key by key, every fault kept and no reading stopped by one.

A reading answers with what was understood; :attr:`Value.whole` tells whether that is all that was written, for an exact
list that was half understood must take nothing away.
"""

from __future__ import annotations

import dataclasses
import datetime
import re
import typing as t

from ansible.module_utils.parsing.convert_bool import boolean

from .._core.documents import DocumentError, parse
from .._core.model import Document, Fault, fold
from .._core.names import (
    described,
    existing_name_fault,
    meant,
    nearest,
    own_tag_faults,
    path_fault,
    policy_name_fault,
    policy_reference_fault,
    shown,
    tag_faults,
    tag_text,
)
from .._core.suspension import DENY_NAME

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
_Read = t.TypeVar("_Read")


@dataclasses.dataclass(frozen=True)
class Value(t.Generic[_Read]):
    """What was understood of a key; ``None`` when it was left out. ``whole`` is false when part of it was at fault."""

    read: _Read | None
    whole: bool = True

    @property
    def exact(self) -> bool:
        """Whether what is not in it may be taken away."""
        return self.whole and self.read is not None


@dataclasses.dataclass(frozen=True)
class Origin:
    """Where an entry of a file was written, for people: ``hr/export.csv line 7``.

    ``faults`` were found while it was read, in words that follow the name; they say why there is none, if there is
    none. ``stops_cutting``: who reads such an entry cannot tell whom the list names.
    """

    where: str
    faults: tuple[str, ...] = ()
    stops_cutting: bool = False


@dataclasses.dataclass(frozen=True)
class Entry:
    """Somebody's keys, and where the faults found in them go."""

    who: str
    values: t.Mapping[t.Any, object]
    faults: list[Fault]

    def fault(self, what: str | None) -> bool:
        """Keep a fault, when there is one; tells whether there was."""
        if what is not None:
            self.faults.append(Fault(self.who, what))
        return what is not None

    def check_keys(self, known: t.Collection[str]) -> None:
        """Every key must be one that we know; a password never is."""
        for key in self.values:
            if key in known:
                continue
            if nearest(str(key), (*known, "password")) == "password":
                self.fault(
                    f"has the key {shown(key)}; a password in a list would be readable in the inventory. "
                    "Leave it out: the collection issues the account's own first password"
                )
            else:
                self.fault(f"has the unknown key {shown(key)}{meant(str(key), known)}")

    def text(self, key: str) -> str | None:
        """A string that says something, on one line."""
        value = self.values.get(key)
        if key not in self.values or self._not_a(str, "a string", key):
            return None
        text = t.cast("str", value)
        blank = not text.strip() or not text.isprintable()
        return None if blank and self.fault(f"has {shown(text)} for {key}") else text

    def address(self, key: str) -> str | None:
        """A mail address, by its shape."""
        if key not in self.values or self._not_a(str, "a mail address", key):
            return None
        address = t.cast("str", self.values[key])
        if not _ADDRESS.fullmatch(address) or not address.isprintable():
            self.fault(f"has {shown(address)} for {key}, which is not a mail address")
            return None
        return address

    def boolean(self, key: str) -> bool | None:
        """A boolean, in any of the spellings that Ansible takes for one."""
        if key not in self.values:
            return None
        try:
            return bool(boolean(self.values[key]))
        except TypeError:
            self.fault(f"has {described(self.values[key])} for {key}; true or false belongs there")
            return None

    def choice(self, key: str, choices: t.Sequence[str]) -> str | None:
        """One of some words."""
        if key not in self.values:
            return None
        value = self.values[key]
        if isinstance(value, str) and value in choices:
            return str(value)
        written = shown(value) if isinstance(value, str) else described(value)
        self.fault(f"has {written} for {key}; one of {', '.join(choices)} belongs there")
        return None

    def date(self, key: str) -> datetime.date | None:
        """A day: YAML reads an unquoted 2026-11-23 as a date, and Ansible hands it on as text."""
        if key not in self.values:
            return None
        value = self.values[key]
        try:
            # A datetime is a date to Python, and its time would be lost.
            if isinstance(value, str) and _DATE.fullmatch(value):
                return datetime.date.fromisoformat(value)
            if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
                return value
        except ValueError:
            pass
        written = shown(value) if isinstance(value, str) else described(value)
        self.fault(f"has {written} for {key}; write a day as 2026-12-31, or leave the key out")
        return None

    def path(self, key: str = "path") -> str | None:
        """An IAM path."""
        if key not in self.values or self.fault(path_fault(self.values[key])):
            return None
        return t.cast("str", self.values[key])

    def boundary(self) -> str | None:
        """A managed policy's name or ARN, or the empty string that removes the boundary."""
        value = self.values.get("boundary")
        if "boundary" not in self.values:
            return None
        if value != "" and self.fault(_prefixed("in boundary", policy_reference_fault(value))):
            return None
        return t.cast("str", value)

    def tags(self) -> Value[dict[str, str]]:
        """Tags, without any of ours."""
        if "tags" not in self.values:
            return Value(None)
        tags = self.values["tags"]
        found = [*tag_faults(tags), *own_tag_faults(tags)]
        for what in found:
            self.fault(what)
        if found:
            return Value(None, whole=False)
        return Value({str(key): tag_text(value) for key, value in t.cast("t.Mapping[str, t.Any]", tags).items()})

    def policies(self) -> Value[tuple[str, ...]]:
        """Managed policies by name or ARN; one written twice counts once."""
        items = self._items("managed_policies", "a list of policy names or ARNs")
        if items is None:
            return Value(None, whole="managed_policies" not in self.values)
        where = "in managed_policies"
        good = [item for item in items if not self.fault(_prefixed(where, policy_reference_fault(item)))]
        return Value(tuple(dict.fromkeys(t.cast("list[str]", good))), whole=len(good) == len(items))

    def inline(self) -> Value[dict[str, Document]]:
        """Inline policies: documents by name."""
        if "inline_policies" not in self.values:
            return Value(None)
        if self._not_a(t.Mapping, "a mapping of names to policy documents", "inline_policies"):
            return Value(None, whole=False)
        written = t.cast("t.Mapping[object, object]", self.values["inline_policies"])
        documents: dict[str, Document] = {}
        for name, raw in written.items():
            if self.fault(_prefixed("in inline_policies", policy_name_fault(name), name)):
                continue
            if fold(str(name)) == DENY_NAME:
                self.fault(f"has the inline policy {name}, a name that is kept for the deny of who is suspended")
                continue
            try:
                documents[str(name)] = parse(raw)
            except DocumentError as error:
                self.fault(f"inline policy {name} {error}")
        self._same_names(list(documents), "inline policies")
        return Value(documents, whole=len(documents) == len(written))

    def names(self, key: str) -> Value[tuple[str, ...]]:
        """Names of users or groups that exist or will; one written twice, in any case, counts once."""
        items = self._items(key, "a list of names")
        if items is None:
            return Value(None, whole=key not in self.values)
        where = f"in {key}"
        good = [item for item in items if not self.fault(_prefixed(where, existing_name_fault(item), item))]
        spellings: dict[str, str] = {}
        for name in t.cast("list[str]", good):
            spellings.setdefault(fold(name), name)
        return Value(tuple(spellings.values()), whole=len(good) == len(items))

    def _items(self, key: str, wanted: str) -> list[object] | None:
        if key not in self.values or self._not_a((list, tuple), wanted, key):
            return None
        return list(t.cast("list[object]", self.values[key]))

    def _not_a(self, types: type | tuple[type, ...], wanted: str, key: str) -> bool:
        value = self.values[key]
        if isinstance(value, types):
            return False
        leave = ", or leave the key out" if value is None else ""
        return self.fault(f"has {described(self.values[key])} for {key}; write {wanted}{leave}")

    def _same_names(self, names: list[str], what: str) -> None:
        for same in repeated(names, fold):
            self.fault(f"has the {what} {' and '.join(same)}, which are one name to IAM: it compares them without case")


def repeated(items: t.Iterable[_Read], key: t.Callable[[_Read], t.Hashable]) -> list[list[_Read]]:
    """The items that share a key with another one, together, in the order of their first."""
    found: dict[t.Hashable, list[_Read]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return [same for same in found.values() if len(same) > 1]


def _prefixed(where: str, fault: str | None, name: object = None) -> str | None:
    """The fault with where it is, and the name that it is about when that can be told."""
    if fault is None:
        return None
    return f"{where}, {shown(name)} {fault}" if isinstance(name, str) else f"{where}, {fault}"
