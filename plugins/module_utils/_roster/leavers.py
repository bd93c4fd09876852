# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is not to have access any more: suspended by the list, and removed in the end. Pure."""

from __future__ import annotations

import typing as t

from .._core.dates import days_since, stamp
from .._core.model import DesiredUser, Fault, Suspension
from .._core.suspension import is_suspended, suspension_of

if t.TYPE_CHECKING:
    from .._core.model import User
    from .calendar import State
    from .settings import RosterSettings
    from .settlement import Settlement

WHY: t.Mapping[State, str] = {
    "absent": "state absent",
    "suspended": "state suspended",
    "ended": "the last day is over",
    "waiting": "the first day is yet to come",
}
WITHOUT_ACCESS = "no access to AWS by the list"
UNLISTED = "not in the list"


class Leavers:
    """Cuts off, one after the other, those of whom it is decided."""

    def __init__(self, settlement: Settlement, settings: RosterSettings) -> None:
        self._settlement = settlement
        self._settings = settings

    def leave(self, user: User, why: str, *, remove: bool = False) -> None:
        """Somebody whom the list names and who is not to have access today."""
        protection = self._settings.protects(user)
        if protection is not None:
            text = f"is not to have access any more ({why}), but {protection}; nothing was taken away"
            self._settlement.faults.append(Fault(f"employee {user.name}", text))
        elif remove:
            self.remove(user, why)
        elif not is_suspended(user):
            self.suspend(user, why)
        else:
            self.remove_if_due(user)

    def suspend(self, user: User, why: str) -> None:
        """By the list: what is lacking of a suspension that was begun."""
        self._settlement.notes.leavers[user.name] = why
        suspension = Suspension("list", stamp(self._settings.now))
        self._settlement.users.append(DesiredUser(user.name, create=False, suspend=suspension))

    def remove(self, user: User, why: str) -> None:
        """The user and all that it has."""
        self._settlement.notes.leavers[user.name] = why
        self._settlement.users.append(DesiredUser(user.name, absent=True))

    def remove_if_due(self, user: User) -> None:
        """Somebody who has been suspended for as long as the settings say."""
        suspension, limit = suspension_of(user), self._settings.remove_after_days
        since = None if suspension is None else days_since(suspension.at, self._settings.now)
        if limit is not None and since is not None and since >= limit:
            self.remove(user, f"suspended for {limit} days")
