# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access beside the chart for machines and for people: folded, so that many findings stay a page. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from .._beside.removal import is_removed

if t.TYPE_CHECKING:
    from .._beside.finding import Finding
    from .._identity.beside_settings import Modes

    Data = dict[str, t.Any]

FINDINGS_LISTED = 100
LINES = 20
FINDINGS_IN_LINE = 5


@dataclasses.dataclass(frozen=True)
class Beside:
    """``unmanaged`` counts the users of the account that nobody manages here; None where not all were read."""

    found: tuple[Finding, ...] = ()
    modes: Modes = dataclasses.field(default_factory=dict)
    unmanaged: int | None = None


def beside_data(beside: Beside) -> Data:
    """The first findings, and how many there are."""
    listed = [
        {
            "kind": one.kind,
            "subject": one.subject,
            "what": one.what,
            "since": one.since,
            "action": "keep" if one.kept is not None else beside.modes.get(one.kind, "report"),
        }
        for one in beside.found[:FINDINGS_LISTED]
    ]
    return {"beside": listed, "beside_count": len(beside.found)}


def beside_lines(beside: Beside) -> t.Iterator[str]:
    """A line a subject of what is neither taken away nor told in a fault; no line where there is nothing."""
    of_subjects: dict[tuple[bool, str], list[str]] = {}
    for one in beside.found:
        if not one.told and not is_removed(one, beside.modes) and beside.modes.get(one.kind) != "fail":
            of_person = one.kind not in ("members", "department_policies", "roles", "role_policies")
            what = one.what if one.kept is None else f"{one.what} ({one.kept})"
            of_subjects.setdefault((of_person, one.subject), []).append(what)
    if not of_subjects:
        return
    count = sum(map(len, of_subjects.values()))
    ways_on = "to take them away: onboard_beside; to accept one: the key beside in its entry"
    yield f"beside the chart: {count} finding{'s' if count > 1 else ''} ({ways_on})"
    subjects = sorted(of_subjects)
    for subject in subjects[:LINES]:
        yield f"  {subject[1]}: {_told(of_subjects[subject])}"
    left = sum(len(of_subjects[subject]) for subject in subjects[LINES:])
    if left:
        yield f"  and {left} more: onboard_result.beside has them"
    if beside.unmanaged:
        users = (
            "1 user of this account is" if beside.unmanaged == 1 else f"{beside.unmanaged} users of this account are"
        )
        yield f"{users} not managed; who has access is in ansible-playbook workforce.aws.report"


def _told(found: t.Sequence[str]) -> str:
    more = f"; and {len(found) - FINDINGS_IN_LINE} more" if len(found) > FINDINGS_IN_LINE else ""
    return "; ".join(found[:FINDINGS_IN_LINE]) + more
