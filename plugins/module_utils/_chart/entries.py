# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One entry of a list, or one module's parameters: its keys, and every fault that is found in them.

A fault does not stop the reading of the other keys. Each kind of value is read by a module of its own: `scalars`,
`names`, `tags`, `policies`.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.names import described, meant, nearest, shown
from .._core.steps import Fault

_Read = t.TypeVar("_Read")


@dataclasses.dataclass(frozen=True)
class Value(t.Generic[_Read]):
    """What was read of a key; ``None`` when the key was left out. ``whole`` is false when a part of it was at fault."""

    read: _Read | None
    whole: bool = True

    @property
    def exact(self) -> bool:
        """Whether what is not in it may be taken away. A part at fault may have named it, so then nothing may."""
        return self.whole and self.read is not None


@dataclasses.dataclass(frozen=True)
class Origin:
    """Where an entry of a file was written, for people: ``hr/export.csv line 7``.

    ``faults`` were found while the file was read. Their words follow the name of the entry; an entry without a name
    has the reason among them. ``stops_cutting``: from such an entry nobody can tell whom the list names.
    """

    where: str
    faults: tuple[str, ...] = ()
    stops_cutting: bool = False


@dataclasses.dataclass(frozen=True)
class Entry:
    """The keys of one person, group or module call, and the list that its faults are added to."""

    who: str
    values: t.Mapping[t.Any, object]
    faults: list[Fault]

    def fault(self, what: str | None) -> bool:
        """Keep a fault, when there is one; tells whether there was."""
        if what is not None:
            self.faults.append(Fault(self.who, what))
        return what is not None

    def fault_in(self, key: str, what: str | None, name: object = None) -> bool:
        """Keep a fault of an item in the value of a key; ``name`` is the item's own, where it has one."""
        if what is None:
            return False
        item = f"{shown(name)} " if isinstance(name, str) and name else ""
        return self.fault(f"in {key}, {item}{what}")

    def mistyped(self, key: str, types: type | tuple[type, ...], wanted: str) -> bool:
        """Keep a fault when the value of a key has none of the types; tells whether that is so."""
        value = self.values[key]
        if isinstance(value, types):
            return False
        leave = ", or leave the key out" if value is None else ""
        return self.fault(f"has {described(value)} for {key}; write {wanted}{leave}")

    def items(self, key: str, wanted: str) -> list[object] | None:
        """The items of a list; ``None`` when the key was left out, or holds no list, which is a fault."""
        if key not in self.values or self.mistyped(key, (list, tuple), wanted):
            return None
        return list(t.cast("list[object]", self.values[key]))

    def check_keys(self, known: t.Collection[str]) -> None:
        """Every key must be known; a password is refused with the reason."""
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


def repeated(items: t.Iterable[_Read], key: t.Callable[[_Read], t.Hashable]) -> list[list[_Read]]:
    """The items that share a key with another one, together, in the order of their first."""
    found: dict[t.Hashable, list[_Read]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return [same for same in found.values() if len(same) > 1]
