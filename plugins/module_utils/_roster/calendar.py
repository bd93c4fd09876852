# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the list says of somebody on a day. Pure."""

from __future__ import annotations

import typing as t

if t.TYPE_CHECKING:
    import datetime

    from .._chart.values import Person

State = t.Literal["present", "waiting", "ended", "suspended", "absent"]


def state_on(person: Person, day: datetime.date) -> State:
    """What the list says of a person on a day; the first and the last day are days with access."""
    if person.state == "absent":
        return "absent"
    if person.state == "suspended":
        return "suspended"
    if person.ends_on is not None and day > person.ends_on:
        return "ended"
    if person.starts_on is not None and day < person.starts_on:
        return "waiting"
    return "present"
