# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""IAM's names are equal without case: BOB finds what was created as Bob, and gets it in that spelling."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, overload

V = TypeVar("V")
D = TypeVar("D")


class Names(dict[str, V]):
    """A dict whose keys differ by more than case. The first spelling of a key stays until the key is deleted."""

    def __init__(self, items: Mapping[str, V] | None = None) -> None:
        super().__init__()
        self._spelling: dict[str, str] = {}
        for name, value in (items or {}).items():
            self[name] = value

    def spelling(self, name: str) -> str:
        """The spelling under which `name` is stored, or `name` itself."""
        return self._spelling.get(name.casefold(), name)

    def __setitem__(self, name: str, value: V) -> None:
        super().__setitem__(self._spelling.setdefault(name.casefold(), name), value)

    def __getitem__(self, name: str) -> V:
        return super().__getitem__(self.spelling(name))

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.casefold() in self._spelling

    def __delitem__(self, name: str) -> None:
        super().__delitem__(self.spelling(name))
        del self._spelling[name.casefold()]

    @overload
    def get(self, name: str, default: None = None, /) -> V | None: ...
    @overload
    def get(self, name: str, default: V | D, /) -> V | D: ...

    def get(self, name: str, default: Any = None, /) -> Any:
        return super().get(self.spelling(name), default)

    def pop(self, name: str, *default: Any) -> Any:
        value = super().pop(self.spelling(name), *default)
        self._spelling.pop(name.casefold(), None)
        return value

    def clear(self) -> None:
        super().clear()
        self._spelling.clear()

    def in_order(self) -> list[tuple[str, V]]:
        """(key without case, value) in the order in which IAM lists names."""
        return [(key, super(Names, self).__getitem__(self._spelling[key])) for key in sorted(self._spelling)]
