# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is not to have access any more: suspended by the list, and removed in the end. Pure."""

from __future__ import annotations

import typing as t

from .._core.dates import days_since, stamp
from .._core.desired import DesiredUser, Suspension
from .._core.steps import Fault
from .._core.suspension import is_suspended, suspension_of
from .suspended import undone_of

if t.TYPE_CHECKING:
    from .._core.model import User
    from .._identity.settings import RosterSettings
    from .calendar import State
    from .settlement import Settlement

WHY: t.Mapping[State, str] = {
    "absent": "state absent",
    "suspended": "state suspended",
    "ended": "the last day is over",
    "waiting": "the first day is yet to come",
}
WITHOUT_ACCESS = "no access to AWS by the list"
ELSEWHERE = "in other accounts by the list"
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
            self.stay_out(user)

    def suspend(self, user: User, why: str) -> None:
        """By the list: what is lacking of a suspension that was begun."""
        self._settlement.notes.leavers[user.name] = why
        suspension = Suspension("list", stamp(self._settings.now))
        self._settlement.users.append(DesiredUser(user.name, create=False, suspend=suspension))

    def remove(self, user: User, why: str) -> None:
        """The user and all that it has."""
        self._settlement.notes.leavers[user.name] = why
        self._settlement.users.append(DesiredUser(user.name, absent=True))

    def stay_out(self, user: User) -> None:
        """Somebody who is suspended: removed after as long as the settings say, and cut off again if need be."""
        suspension, limit = suspension_of(user), self._settings.remove_after_days
        since = None if suspension is None else days_since(suspension.at, self._settings.now)
        if limit is not None and since is not None and since >= limit:
            self.remove(user, f"suspended for {limit} days")
        else:
            self.cut_off_again(user)

    def cut_off_again(self, user: User) -> bool:
        """Whoever is suspended and not denied any more, or can sign in again, is cut off again and told.

        Nothing is done where that was not read.
        """
        undone = undone_of(user)
        if not undone:
            return False
        protection = self._settings.protects(user)
        done = "cut off again" if protection is None else f"not cut off again, because the user {protection}"
        text = (
            f"is suspended and {' and '.join(undone)}: {done}. Find out who did that. To let {user.name} in, "
            f"-e onboard_readmit={user.name} with an entry that gives access"
        )
        self._settlement.faults.append(Fault(f"employee {user.name}", text, stops_giving=False))
        if protection is not None:
            return True
        found = suspension_of(user) or Suspension("person", stamp(self._settings.now))
        self._settlement.notes.leavers[user.name] = f"suspended before, and {' and '.join(undone)}"
        self._settlement.users.append(DesiredUser(user.name, create=False, suspend=found))
        return True


def cut_without_mark(user: User) -> Fault:
    """A leaver who is suspended although the user does not carry our mark: whoever took it off is to be found."""
    text = (
        "leaves by the list, and is suspended by the name: the user does not carry the mark workforce:managed=onboard. "
        "If the mark was taken off, find out who did that (UntagUser and TagUser in CloudTrail)"
    )
    return Fault(f"employee {user.name}", text, stops_giving=False)


def not_removed(user: User) -> Fault:
    """A leaver who is suspended where the list says absent."""
    text = (
        "is to be removed (state absent), and is suspended instead: the mark workforce:managed=onboard or the employee "
        f"id on the user {user.name} does not agree with the list. Set these tags right, or delete the user yourself"
    )
    return Fault(f"employee {user.name}", text, stops_giving=False)
