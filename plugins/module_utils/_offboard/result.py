# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told of somebody who was cut off: what was done, what AWS may still honour, and the way back. Pure."""

from __future__ import annotations

import datetime
import typing as t

from .._core.dates import stamp, stamped
from .._core.revoked_sessions import LONGEST_SESSION
from .._report.not_cut_off import not_cut_off

if t.TYPE_CHECKING:
    from .._core.desired import Suspension
    from .assumable_roles import Assumable, Role

    Data = dict[str, t.Any]

_LONGEST = f"{LONGEST_SESSION // datetime.timedelta(hours=1)} h"


def told_cut(
    *,
    name: str,
    asked: str,
    done: t.Sequence[str],
    before: Suspension | None,
    at: str,
    found: Assumable | None,
    unread: str | None,
    ended: t.Sequence[str] = (),
    still_works: t.Sequence[str] = (),
    other_id: str | None = None,
) -> Data:
    """One person's part of the result. ``found`` are the roles that the user could assume, or ``unread`` why not.

    ``ended`` are the names of the roles whose sessions are ended, so that none of them may go on. ``still_works`` is
    what works for somebody of whom AWS took no deny; nothing where a deny is in force.
    """
    return {
        "name": name,
        "asked_for": asked,
        "denied": not still_works,
        "still_works": list(still_works),
        "other_employee_id": other_id,
        "done": list(done),
        "cut_at": at if done and not still_works else None,
        "suspended_before": None if before is None else {"at": before.at, "by": before.by},
        "ended_role_sessions": list(ended),
        "role_sessions": None if found is None else [_session(one, at) for one in found.roles if one.name not in ended],
        "role_sessions_elsewhere": None if found is None else list(found.elsewhere),
        "role_sessions_unread": unread,
        "undo": f"ansible-playbook workforce.aws.onboard -e onboard_readmit={name}",
    }


def _session(role: Role, at: str) -> Data:
    return {"role": role.name, "arn": role.arn, "max_seconds": role.max_session, "until": _later(at, role.max_session)}


def _later(at: str, seconds: int) -> str:
    return stamp(stamped(at) + datetime.timedelta(seconds=seconds))


def not_cut_lines(people: t.Iterable[Data]) -> t.Iterator[str]:
    """Who is not cut off: what the summary begins with."""
    for person in people:
        if not person["denied"]:
            yield not_cut_off(_who(person), person["still_works"])


def cut_lines(person: Data, check_mode: bool) -> t.Iterator[str]:
    """One person's part of the summary."""
    who, before = _who(person), person["suspended_before"]
    if before:
        yield f"{who} was suspended before: {before['at']} by {before['by']}"
    if not person["denied"]:
        yield f"{who} is not cut off; done all the same: {'; '.join(person['done']) or 'nothing'}"
    elif not person["done"]:
        yield f"{who}: nothing more to cut"
    elif check_mode:
        yield f"{who} would be cut off: {'; '.join(person['done'])}"
    else:
        yield f"{who} was cut off at {person['cut_at']}: {'; '.join(person['done'])}"
    if person["other_employee_id"]:
        yield f"  {person['other_employee_id']}"
    if person["denied"] and person["done"] and not check_mode:
        yield (
            "  AWS takes some minutes to enforce it everywhere; until then the console, access keys and the user's own "
            "sessions may still be honoured. After that the deny stops them, open ones too."
        )
        yield from _session_lines(person)
    if person["denied"]:
        yield f"  To let {person['name']} in again: {person['undo']}"


def _who(person: Data) -> str:
    asked = "" if person["asked_for"] == person["name"] else f" ({person['asked_for']})"
    return f"{person['name']}{asked}"


def _session_lines(person: Data) -> t.Iterator[str]:
    """A role's session does not ask the user any more. It ends by itself, or by a deny on the role."""
    if person["ended_role_sessions"]:
        yield f"  Open sessions of {', '.join(person['ended_role_sessions'])} are refused by a deny on the role"
    if person["role_sessions_unread"]:
        why = person["role_sessions_unread"]
        yield f"  Sessions of roles may last up to {_LONGEST}; which, could not be read: {why}"
        return
    for session in person["role_sessions"]:
        until = f"{session['until']} ({_length(session['max_seconds'])}; the deny does not end it)"
        yield f"  A session of role {session['role']} may last until {until}"
    for arn in person["role_sessions_elsewhere"]:
        what = "any role of another account that admits this one" if arn == "*" else f"role {arn} of another account"
        yield f"  A session of {what} may last up to {_LONGEST} (the deny does not end it)"


def _length(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    return f"{hours} h" if not rest else f"{seconds // 60} min"
