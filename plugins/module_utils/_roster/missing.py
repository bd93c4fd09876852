# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is ours and not in the list: managed, or once managed by what is left of our marks. Pure."""

from __future__ import annotations

import typing as t

from .._beside.findings import accepted_members
from .._core.model import fold
from .._core.steps import Fault
from .._core.suspension import is_denied, is_suspended
from .._core.tags import employee_id_of, managed
from .._identity.marks import our_departments, our_tags, was_ours
from .leavers import UNLISTED
from .suspended import is_cut_off

if t.TYPE_CHECKING:
    from .._core.model import User
    from .._identity.facts import Facts
    from .leavers import Leavers
    from .settlement import Settlement


STRANGERS_TOLD = 5
NAMES_TOLD = 20


class Missing:
    """Decides about the users whom no entry of the lists means."""

    def __init__(self, facts: Facts, settlement: Settlement, leavers: Leavers) -> None:
        self._facts = facts
        self._told = facts.told
        self._settlement = settlement
        self._leavers = leavers
        self._spared: list[str] = []
        self._strangers: list[Fault] = []
        self._accepted = accepted_members(facts)

    def settle(self, known: t.Collection[str]) -> None:
        """Everybody but the ``known`` ones, whom an entry means or may mean."""
        for key, user in sorted(self._facts.directory.users.items()):
            if key in known:
                continue
            if managed(user):
                self._managed(user)
            elif self._facts.account_is_ours:
                self._unmarked(user)
        notes = self._settlement.notes
        notes.unlisted += self._spared
        self._settlement.faults += _folded(self._strangers)
        if self._spared and self._told.unlisted != "ignore" and not self._told.trusted:
            notes.warnings.append("The account was counted differently twice: nobody was cut for being missing.")

    def _managed(self, user: User) -> None:
        self._tell_of_id(user)
        if self._is_spared(user):
            self._spared.append(user.name)
        else:
            self._settle(user)

    def _unmarked(self, user: User) -> None:
        """What is left of our marks makes a user as good as managed; who is denied everything is nobody's worry."""
        if is_denied(user):
            self._leavers.cut_off_again(user)
            return
        self._settlement.unmarked.append(user)
        if was_ours(user) and self._told.unlisted != "ignore" and not self._is_spared(user):
            # Suspended in any case: what was never ours could still be let in again.
            self._tell_of_marks(user, "the user is suspended")
            self._leavers.suspend(user, UNLISTED)
        else:
            self._tell_of_marks(user, "nothing was done to the user")

    def _is_spared(self, user: User) -> bool:
        return not self._told.trusted or self._told.protects(user) is not None

    def _settle(self, user: User) -> None:
        mode = self._told.unlisted
        if is_suspended(user) and mode != "remove":
            self._leavers.stay_out(user)
        elif mode == "ignore":
            if not (is_cut_off(user) and self._leavers.cut_off_again(user)):
                self._settlement.notes.unlisted.append(user.name)
        elif mode == "suspend":
            self._leavers.suspend(user, UNLISTED)
        else:
            self._leavers.remove(user, UNLISTED)

    def _tell_of_id(self, user: User) -> None:
        """An id that the list gives to somebody who has a user: this one bears it without being that person."""
        employee_id = employee_id_of(user)
        owner = None if employee_id is None else self._facts.ids.get(employee_id)
        if owner is None or is_denied(user):
            return
        text = (
            f"bears the employee id {employee_id}, which the list gives to {owner}, who is another user, and is not in "
            f"the list. Take the tag workforce:employee-id off {user.name}, or cut them off with the playbook offboard "
            f"(-e who={user.name})"
        )
        self._settlement.faults.append(Fault(f"user {user.name}", text, stops_giving=False))

    def _tell_of_marks(self, user: User, done: str) -> None:
        """A user without our valid mark that has a tag of ours, or a place in a department of ours."""
        tags, departments = our_tags(user), self._departments_of(user)
        if self._told.protects(user) is not None or not (tags or departments):
            return
        found = [f"bears the tags {', '.join(tags)}"] if tags else []
        found += [f"sits in {', '.join(departments)}"] if departments else []
        text = (
            f"{' and '.join(found)}, but does not carry the mark workforce:managed=onboard, and is not in the list: "
            f"{done}. If the mark was taken off, cut them off with the playbook offboard (-e who={user.name}), or list "
            f"them and run with -e onboard_adopt={user.name}; if the user is not ours, take it out of the departments "
            "and its workforce: tags off, or name it in onboard_protected"
        )
        self._strangers.append(Fault(f"user {user.name}", text, stops_giving=False))

    def _departments_of(self, user: User) -> list[str]:
        """Those that the user sits in, is not accepted in by their entries, and stays in."""
        if self._told.beside.get("members") == "remove" and self._told.protects(user) is None:
            return []
        names = our_departments(user, self._facts.directory, self._facts.settings)
        return [name for name in names if (fold(name), fold(user.name)) not in self._accepted]


def _folded(faults: t.Sequence[Fault]) -> list[Fault]:
    """Each of a few; of many the names, for nobody reads a page of the same words."""
    if len(faults) <= STRANGERS_TOLD:
        return list(faults)
    names = [fault.who.removeprefix("user ") for fault in faults]
    more = f" and {len(names) - NAMES_TOLD} more" if len(names) > NAMES_TOLD else ""
    text = (
        "each bears tags of ours or sits in a department of ours, but does not carry the mark "
        "workforce:managed=onboard, and is not in the list; onboard_result.beside has what. Take them out of the "
        "departments with onboard_beside, cut them off with the playbook offboard, list and adopt them, or name them "
        "in onboard_protected"
    )
    return [Fault(f"users {', '.join(names[:NAMES_TOLD])}{more}", text, stops_giving=False)]
