# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The keys that files and surveys may have: a person's facts and departments, and others only if an option allows it.

Whoever writes the personnel department's export, or answers a survey, is not whoever writes the inventory: by a column
of theirs nobody becomes an administrator. Pure.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.names import shown
from .._core.steps import Fault

if t.TYPE_CHECKING:
    from .csv_people import Listed

ASKED_KEYS = ("access_key", "beside", "boundary", "inline_policies", "managed_policies", "path", "tags")
"""The keys that give or leave somebody something, or move them: the option ``files_may_set`` names the wanted ones."""


def unknown_keys(may_set: t.Iterable[str]) -> t.Iterator[Fault]:
    """Faults of words in ``files_may_set`` that are none of the keys."""
    for word in may_set:
        if word not in ASKED_KEYS:
            yield Fault("files_may_set", f"has {shown(word)}; these belong there: {', '.join(ASKED_KEYS)}")


def without_unasked(listed: Listed, may_set: t.Collection[str]) -> Listed:
    """The entry without the keys that its file or survey may not have. Each of these is a fault."""
    # A survey's item may be of any type: the chart reports it.
    entry: object = listed.entry
    if not isinstance(entry, t.Mapping):
        return listed
    unasked = [key for key in ASKED_KEYS if key in entry and key not in may_set]
    if not unasked:
        return listed
    told = tuple(
        f"has {key}, which files and surveys may not say; take it out, or write it into onboard_files_may_set"
        for key in unasked
    )
    origin = dataclasses.replace(listed.origin, faults=(*listed.origin.faults, *told))
    kept = {key: value for key, value in entry.items() if key not in unasked}
    return dataclasses.replace(listed, entry=kept, origin=origin)
