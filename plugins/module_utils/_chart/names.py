# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of users or groups in an entry."""

from __future__ import annotations

import typing as t

from .._core.model import fold
from .._core.names import existing_name_fault
from .entries import Value

if t.TYPE_CHECKING:
    from .entries import Entry


def read_names(entry: Entry, key: str) -> Value[tuple[str, ...]]:
    """Names of users or groups that exist or will; one written twice, in any case, counts once."""
    items = entry.items(key, "a list of names")
    if items is None:
        return Value(None, whole=key not in entry.values)
    good = [item for item in items if not entry.fault_in(key, existing_name_fault(item), item)]
    spellings: dict[str, str] = {}
    for name in t.cast("list[str]", good):
        spellings.setdefault(fold(name), name)
    return Value(tuple(spellings.values()), whole=len(good) == len(items))
