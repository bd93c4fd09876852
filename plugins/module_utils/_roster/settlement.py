# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is decided about people while the chart is settled with the account. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

if t.TYPE_CHECKING:
    from .._core.desired import DesiredUser
    from .._core.model import User
    from .._core.steps import Fault


@dataclasses.dataclass
class Notes:
    """Who is to be named in the summary, and why.

    ``beyond_list`` is what people to be adopted have and the list does not give, by their names.
    """

    leavers: dict[str, str] = dataclasses.field(default_factory=dict)
    returned: list[str] = dataclasses.field(default_factory=list)
    held: dict[str, str] = dataclasses.field(default_factory=dict)
    waiting: dict[str, str] = dataclasses.field(default_factory=dict)
    unlisted: list[str] = dataclasses.field(default_factory=list)
    adopted: list[User] = dataclasses.field(default_factory=list)
    beyond_list: dict[str, list[str]] = dataclasses.field(default_factory=dict)
    adopted_line: str | None = None
    released: list[str] = dataclasses.field(default_factory=list)
    still_suspended: list[str] = dataclasses.field(default_factory=list)
    warnings: list[str] = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Settlement:
    """What the run is to do with people: filled by those who decide about one kind of them each.

    ``next_time`` is what the next run is to do with whom this one only adopts. ``unmanaged`` are the names of listed
    people whose users are not ours; ``unmarked`` are users in no list that may once have been, by our tags or
    departments; ``refused`` are users that were to be adopted and can sign in already.
    """

    users: list[DesiredUser] = dataclasses.field(default_factory=list)
    faults: list[Fault] = dataclasses.field(default_factory=list)
    notes: Notes = dataclasses.field(default_factory=Notes)
    next_time: list[DesiredUser] = dataclasses.field(default_factory=list)
    unmanaged: list[str] = dataclasses.field(default_factory=list)
    unmarked: list[User] = dataclasses.field(default_factory=list)
    refused: list[User] = dataclasses.field(default_factory=list)
