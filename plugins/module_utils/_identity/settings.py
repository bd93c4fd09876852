# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run is told about people beside the lists. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.model import fold

if t.TYPE_CHECKING:
    import datetime

    from .._core.model import User
    from .beside_settings import Modes


@dataclasses.dataclass(frozen=True)
class RosterSettings:
    """``now`` knows its time zone.

    ``protected`` are names of users, and paths (``/machines/``) under which nobody is cut off. ``trusted`` is false
    when the account was read with counts that disagree: then nobody is missing from the list. ``adopt`` is about all
    listed people, or those in ``adopt_named`` (keys), whose password and keys were seen. ``confirm_renames`` repeats a
    number that a run told, as it was written; ``account`` is the label of this account. ``beside`` says what is done
    about access beside the chart, by kind; what it does not say is reported.
    """

    now: datetime.datetime
    timezone: str = "UTC"
    unlisted: str = "ignore"
    remove_after_days: int | None = None
    readmit: frozenset[str] = frozenset()
    readmit_keys: bool = False
    adopt: bool = False
    adopt_named: frozenset[str] = frozenset()
    confirm_renames: object = None
    account: str | None = None
    release: bool = False
    protected: tuple[str, ...] = ()
    beside: Modes = dataclasses.field(default_factory=dict)
    caller_arn: str = ""
    trusted: bool = True

    def protects(self, user: User) -> str | None:
        """Why nothing may be taken away from this user, or None."""
        if self.caller_arn and user.arn == self.caller_arn:
            return "is who runs this"
        for one in self.protected:
            if fold(one) == fold(user.name) or (one.startswith("/") and user.path.startswith(f"{one.rstrip('/')}/")):
                return f"is protected ({one})"
        return None
