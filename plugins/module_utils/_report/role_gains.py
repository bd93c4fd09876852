# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may become which role from now on, with the link for it: movers are told by nobody else. Pure."""

from __future__ import annotations

import typing as t

from .._core.model import fold
from .._core.tags import ROLE_TAG_PREFIX
from .._core.wording import counted

if t.TYPE_CHECKING:
    from .._core.steps import Step

    Data = dict[str, t.Any]


def role_gains(steps: t.Iterable[Step], urls: t.Mapping[str, str]) -> list[Data]:
    """The roles of which people get the tag by the steps, with these people. ``urls`` are by the roles' names."""
    found: dict[str, list[str]] = {}
    for step in steps:
        for tag in step.params.get("Tags", ()) if step.operation in ("CreateUser", "TagUser") else ():
            if fold(tag["Key"]).startswith(ROLE_TAG_PREFIX):
                found.setdefault(tag["Key"][len(ROLE_TAG_PREFIX) :], []).append(step.subject.name)
    return [{"role": role, "people": sorted(people), "url": urls.get(role)} for role, people in sorted(found.items())]


def role_gain_lines(gains: t.Iterable[Data], *, check_mode: bool) -> t.Iterator[str]:
    """A line a role. The people have lines of their own in the page of changes, and ``role_gains`` names them."""
    for gain in gains:
        may = "could become" if check_mode else "may become"
        link = f": {gain['url']}" if gain["url"] else ""
        yield f"{counted(len(gain['people']), 'person', 'people')} {may} the role {gain['role']}{link}"
