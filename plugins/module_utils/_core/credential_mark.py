# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mark of first credentials: the user's tag ``workforce:credential``. Nothing else remembers them. Pure.

Its values: ``pending``, ``delivered 2026-11-23T21:28:05Z mail`` (or ``file``, or ``mail file``), and
``revoked 2026-11-23T21:28:05Z``. Whether they were claimed is read from IAM, and never written.
"""

from __future__ import annotations

import dataclasses
import datetime
import re
import typing as t

from .dates import stamp
from .tags import tag_value

if t.TYPE_CHECKING:
    from .model import User

CREDENTIAL_TAG = "workforce:credential"
PENDING = "pending"

_MOMENT = r"(?P<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"
_VALUE = re.compile(rf"(?P<state>pending|(?:delivered|revoked)(?: {_MOMENT}(?P<by>(?: [a-z]+)*))?)", re.ASCII)


@dataclasses.dataclass(frozen=True)
class Mark:
    """The value of the tag. ``by`` are the deliveries' names.

    ``at`` is None in a plan, which does not know the moment yet. A value that is not ours is ``unknown``: nothing is
    issued or revoked because of it.
    """

    state: t.Literal["pending", "delivered", "revoked", "unknown"]
    at: datetime.datetime | None = None
    by: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The tag's value."""
        moment = () if self.at is None else (stamp(self.at), *self.by)
        return " ".join((self.state, *moment))


def parse_mark(value: str) -> Mark:
    """The mark for a tag's value."""
    found = _VALUE.fullmatch(value)
    if found is None:
        return Mark("unknown")
    if value == PENDING:
        return Mark("pending")
    state: t.Literal["delivered", "revoked"] = "delivered" if value.startswith("delivered") else "revoked"
    if found["at"] is None:
        return Mark(state)
    try:
        # Many times faster than strptime; the regular expression has already checked the form.
        at = datetime.datetime.fromisoformat(found["at"])
    except ValueError:
        return Mark("unknown")
    return Mark(state, at, tuple(found["by"].split()))


def mark_of(user: User) -> Mark | None:
    """The user's mark, or None without one. IAM compares the keys of tags without case."""
    value = tag_value(user, CREDENTIAL_TAG)
    return None if value is None else parse_mark(value)


def tag_of(mark: Mark) -> dict[str, str]:
    """The mark as TagUser and CreateUser take it."""
    return {"Key": CREDENTIAL_TAG, "Value": str(mark)}
