# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What needs a decision: for each question the people or departments that it is about. Pure.

Everything is judged from the access report's data alone, at the moment when the account was read. What is not known
(somebody is younger than the credential report) is never counted.
"""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from .._core.credential_mark import parse_mark
from .._core.dates import stamp, stamped
from .._core.model import fold
from .._core.suspension import DENY_NAME, denies_all

if t.TYPE_CHECKING:
    Data = dict[str, t.Any]

DAYS = 90
"""After so many days without use or without a change, a key or a person needs a look."""


@dataclasses.dataclass(frozen=True)
class Named:
    """A person or a department in a decision, and for people why it is there."""

    kind: t.Literal["person", "group"]
    name: str
    note: str = ""


@dataclasses.dataclass(frozen=True)
class Decision:
    """One question: ``title`` follows a count, ``why`` says what to decide, ``found`` is in order of names."""

    key: str
    title: str
    why: str
    found: tuple[Named, ...]


def everybody(data: Data) -> list[Data]:
    """All users of the report, managed or not, in order of their names."""
    return sorted([*data["employees"], *data["unmanaged_users"]], key=lambda person: fold(person["name"]))


def decisions(data: Data) -> tuple[Decision, ...]:
    """All questions, also those that nobody is in."""
    people = everybody(data)
    limit = stamp(stamped(data["read_at"]) - datetime.timedelta(days=DAYS))
    empty = [group["name"] for group in data["departments"] if not group["members"]]
    judged = (
        (_unclaimed, "unclaimed", "First password not claimed", _WHY_UNCLAIMED),
        (_without_mfa, "no-mfa", "Console password without MFA", _WHY_NO_MFA),
        (_stale_keys, "old-keys", f"Access key older than {DAYS} days, or never used", _WHY_OLD_KEYS),
        (lambda person: _unseen(person, limit), "unseen", f"Not seen for {DAYS} days", _WHY_UNSEEN),
        (_suspended, "suspended", "Suspended, not yet removed", _WHY_SUSPENDED),
        (_unmanaged, "unmanaged", "Not managed", _WHY_UNMANAGED),
        (_own, "own-policies", "Policies of their own", _WHY_OWN),
        (lambda person: person.get("administrator"), "administrators", "Can become administrator", _WHY_ADMINISTRATORS),
    )
    found = [Decision(key, title, why, _found(people, judge)) for judge, key, title, why in judged]
    nobody = tuple(Named("group", name) for name in empty)
    return (*found, Decision("empty", "Departments that nobody sits in", _WHY_EMPTY, nobody))


_WHY_UNCLAIMED = "Their first password was made and nobody has signed in with it. Ask them, or issue a new one."
_WHY_NO_MFA = "A password alone lets them in. Have them enrol a device."
_WHY_OLD_KEYS = "A key that is never changed or never used is a risk without a use. Replace it, or delete it."
_WHY_UNSEEN = "Neither their password nor a key of theirs was used in this time. Do they still need their access?"
_WHY_SUSPENDED = "They are denied everything, and still there. Remove them, or let them in again."
_WHY_UNMANAGED = "No list names them, so nobody takes them away when their owner leaves. Adopt them, or remove them."
_WHY_OWN = "What they may do comes from policies on the user, beside every department. Move it to a department."
_WHY_ADMINISTRATORS = "They have every right, or can give it to themselves. Should all of them?"
_WHY_EMPTY = "A department without people keeps its policies for whoever is put in next. Is it still needed?"


def _found(people: t.Iterable[Data], judge: t.Callable[[Data], str | None]) -> tuple[Named, ...]:
    noted = ((person["name"], judge(person)) for person in people)
    return tuple(Named("person", name, note) for name, note in noted if note is not None)


def _unclaimed(person: Data) -> str | None:
    if person["credential"] is None or _is_suspended(person):
        return None
    mark, seen = parse_mark(person["credential"]), person["last_sign_in"]
    if mark.state == "pending":
        return "made, not yet delivered"
    if mark.at is None or (seen is not None and seen >= stamp(mark.at)):
        return None
    if mark.state == "delivered":
        return f"delivered {_day(stamp(mark.at))}"
    # A password may have been set by hand since it was revoked.
    return f"revoked {_day(stamp(mark.at))}" if mark.state == "revoked" and not person["console"] else None


def _without_mfa(person: Data) -> str | None:
    if not person["console"] or person["mfa"] is not False:
        return None
    # A report of an earlier release does not tell it.
    since = person.get("without_mfa_since")
    return (f"required, possible since {_day(since)}; " if since else "") + _last_sign_in(person)


def _stale_keys(person: Data) -> str | None:
    active = [key for key in person["access_keys"] or () if key["status"] == "active"]
    told = [note for note in map(_stale, active) if note]
    return "; ".join(told) if told else None


def _stale(key: Data) -> str:
    unused = "never used" if key["last_used"] is None else ""
    if key["age_days"] > DAYS:
        return f"{key['age_days']} days old{', ' if unused else ''}{unused}"
    return unused


def _unseen(person: Data, limit: str) -> str | None:
    if _is_suspended(person) or person["access_keys"] is None or (person["created"] or "") >= limit:
        return None
    seen = last_seen(person)
    if seen is not None and seen >= limit:
        return None
    return f"last seen {_day(seen)}" if seen else "never seen"


def last_seen(person: Data) -> str | None:
    """When the person's password or a key of theirs was last used, as far as the report knows."""
    moments = [person["last_sign_in"], *(key["last_used"] for key in person["access_keys"] or ())]
    return max(filter(None, moments), default=None)


def _suspended(person: Data) -> str | None:
    if not _is_suspended(person):
        return None
    return f"since {_day(person['suspended_since'])} by {person['suspended_by']}"


def _unmanaged(person: Data) -> str | None:
    return None if person["managed"] else _last_sign_in(person)


def _own(person: Data) -> str | None:
    names = [policy["name"] for policy in own_policies(person)]
    return ", ".join(names) if names else None


def own_policies(person: Data) -> list[Data]:
    """The person's policies that no group gives, without the deny that suspends."""
    own = [policy for policy in person["policies"] if policy["through"] is None]
    return [policy for policy in own if not (_is_suspended(person) and _suspends(policy))]


def _suspends(policy: Data) -> bool:
    return denies_all(policy["arn"]) if policy["arn"] else fold(policy["name"]) == DENY_NAME


def _is_suspended(person: Data) -> bool:
    return bool(person["state"] == "suspended")


def _last_sign_in(person: Data) -> str:
    return f"last sign-in {_day(person['last_sign_in'])}" if person["last_sign_in"] else "never signed in"


def _day(moment: str) -> str:
    return moment[:10]
