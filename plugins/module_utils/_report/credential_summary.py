# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happened to first credentials, as a result and as lines for people: names, never addresses or secrets. Pure."""

from __future__ import annotations

import typing as t

from .._core.credential_mark import CREDENTIAL_TAG, Mark, mark_of, parse_mark
from .._core.model import fold
from .._core.wording import FOLDED, counted, folded, folded_lines
from .page import named_once

if t.TYPE_CHECKING:
    from .._core.model import Directory, User
    from .._core.steps import Step
    from .._core.subjects import Subject

    Data = dict[str, t.Any]

_DELIVERED = {"mail": ("mailed", "to be mailed"), "file": ("written to files", "to be written to files")}


def credentials_data(
    steps: t.Sequence[Step],
    after: Directory,
    awaiting: t.Iterable[str],
    settled: t.Iterable[tuple[Subject, str]],
    without_delivery: t.Collection[str] = (),
) -> Data:
    """The part ``credentials`` of the result; empty if nothing happened.

    ``steps`` are the steps to report. ``awaiting`` are the names of the people who are due credentials. ``settled`` are
    the people whose issuing ended early, with the reason.
    ``without_delivery`` are the names of joiners for whom no delivery is set.
    """
    issued = {step.subject.name: list(step.params["By"]) for step in steps if step.operation == "Deliver"}
    marks = [(step.subject.name, mark) for step in steps for mark in _marks(step)]
    users = {name: after.users.get(fold(name)) for name in awaiting}
    found: Data = {
        "issued": [{"name": name, "by": by} for name, by in sorted(issued.items())],
        "pending": sorted(name for name, user in users.items() if _is_pending(user)),
        "claimed": sorted(name for name, mark in marks if mark.state == "delivered" and name not in issued),
        "revoked": sorted(name for name, mark in marks if mark.state == "revoked"),
        "settled": [{"name": subject.name, "why": why} for subject, why in settled],
        "without_password": sorted(
            {step.subject.name for step in steps if step.operation == "CreateUser"}.intersection(without_delivery)
        ),
    }
    return found if any(found.values()) else {}


def credential_lines(
    found: Data, *, check_mode: bool, limit: int | None = None, told: t.Collection[str] = ()
) -> t.Iterator[str]:
    """The same as lines for people. Who is issued credentials, or waits and is ``told`` of elsewhere, is counted."""
    if not found:
        return
    for way, words in _DELIVERED.items():
        names = [one["name"] for one in found["issued"] if way in one["by"]]
        if names:
            yield f"{words[check_mode]}: {counted(len(names), 'person', 'people')}"
    if found["claimed"]:
        yield f"signed in already, so nothing was delivered again: {folded(found['claimed'])}"
    if found["without_password"]:
        yield _without_password(found["without_password"])
    yield from folded_lines([f"{one['name']} {one['why']}" for one in found["settled"]], limit)
    if found["pending"]:
        yield f"waiting for their credentials: {named_once(found['pending'], told)}"
    if found["revoked"]:
        # The command is to be copied: it has the names, unless they are too many for a line.
        few = len(found["revoked"]) <= FOLDED
        named = ",".join(found["revoked"]) if few else "... (their names are in onboard_result.credentials.revoked)"
        people = counted(len(found["revoked"]), "person", "people")
        yield f"revoked, never claimed: {people}; to issue new ones: -e onboard_reissue={named}"


def _without_password(names: t.Sequence[str]) -> str:
    return (
        f"{counted(len(names), 'joiner has', 'joiners have')} no password, because no way to deliver one is set; "
        "write onboard_credentials into your settings, then run once with -e onboard_issue=missing"
    )


def _marks(step: Step) -> t.Iterator[Mark]:
    if step.operation == "TagUser":
        yield from (parse_mark(tag["Value"]) for tag in step.params["Tags"] if fold(tag["Key"]) == CREDENTIAL_TAG)


def _is_pending(user: User | None) -> bool:
    mark = None if user is None else mark_of(user)
    return mark is not None and mark.state == "pending"
