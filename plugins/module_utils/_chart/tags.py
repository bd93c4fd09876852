# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tags of an entry."""

from __future__ import annotations

import typing as t

from .._core.names import own_tag_faults, tag_faults, tag_text
from .entries import Value

if t.TYPE_CHECKING:
    from .entries import Entry


def read_tags(entry: Entry) -> Value[dict[str, str]]:
    """The tags as IAM keeps them; none of them may be one of ours."""
    if "tags" not in entry.values:
        return Value(None)
    tags = entry.values["tags"]
    found = [*tag_faults(tags), *own_tag_faults(tags)]
    for what in found:
        entry.fault(what)
    if found:
        return Value(None, whole=False)
    return Value({str(key): tag_text(value) for key, value in t.cast("t.Mapping[str, t.Any]", tags).items()})
