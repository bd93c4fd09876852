# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Renames by the employee id alone: each waits until a person has confirmed how many there are. Pure.

A tag is all that tells of them. Whoever may write tags could put an id of the list on a user of their own, and the
rename would give that user what the list gives somebody else, or spare it when it is to be cut off.
"""

from __future__ import annotations

import typing as t

from .._core.confirmation import confirmed
from .._core.managed_policies import policy_name
from .._core.model import fold
from .._core.steps import Fault

if t.TYPE_CHECKING:
    from .._core.model import Directory
    from .facts import Facts
    from .identity import Rename
    from .settings import RosterSettings


def are_confirmed(renames: t.Sequence[Rename], settings: RosterSettings) -> bool:
    """Whether a person repeated the number of these renames."""
    return confirmed(settings.confirm_renames, len(renames), settings.account)


def rename_faults(renames: t.Sequence[Rename], facts: Facts) -> t.Iterator[Fault]:
    """What a person must know of each rename to confirm it."""
    other = "" if facts.told.confirm_renames is None else " What onboard_confirm_renames says is not this number."
    count = len(renames)
    for rename in renames:
        old, new = rename.user.name, rename.wanted.name
        made = "" if rename.user.create_date is None else f"made on {rename.user.create_date:%Y-%m-%d}, "
        text = (
            f"would be the user {old} under a new name, by the employee id {rename.employee_id} alone ({old} was "
            f"{made}{_place(rename, facts.directory)}). {_gift(rename, facts.directory)} "
            f"Whoever may write tags can write an id: nothing was done to {old}, and {new} was not created.{other} "
            f"If all such renames of this run are right, run once more with -e onboard_confirm_renames={count}; "
            f"if {old} is somebody else, take the tag workforce:employee-id off, or cut {old} off with the playbook "
            f"offboard (-e who={old})"
        )
        yield Fault(f"employee {new}", text, stops_giving=False)


def _place(rename: Rename, directory: Directory) -> str:
    names = sorted(directory.groups[key].name for key in directory.groups_of(rename.user.name))
    return f"in {', '.join(names)}" if names else "in no department"


def _gift(rename: Rename, directory: Directory) -> str:
    """What the user would have after the rename and has not now."""
    wanted, user = rename.wanted, rename.user
    current = directory.groups_of(user.name)
    joins = [name for name in wanted.groups or () if fold(name) not in current]
    attached = set(user.attached or {})
    policies = [policy_name(arn) for arn in wanted.policies or () if arn not in attached]
    stored = {fold(name) for name in user.inline or {}}
    policies += [name for name in wanted.inline or {} if fold(name) not in stored]
    gifts = [f"join the departments {', '.join(joins)}"] if joins else []
    gifts += [f"get the policies {', '.join(policies)}"] if policies else []
    return f"Renamed, {user.name} would {' and '.join(gifts)}." if gifts else "It would give nothing new."
