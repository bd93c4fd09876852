# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who carries our mark and is not in the list. Pure."""

from __future__ import annotations

import typing as t

from .._core.suspension import is_suspended
from .._core.tags import managed
from .leavers import UNLISTED

if t.TYPE_CHECKING:
    from .._core.model import User
    from .leavers import Leavers
    from .settings import RosterSettings
    from .settlement import Notes


def settle_missing(
    users: t.Mapping[str, User],
    known: t.Collection[str],
    settings: RosterSettings,
    leavers: Leavers,
    notes: Notes,
) -> None:
    """Managed users but for the ``known`` ones, whom an entry of the lists means or may mean."""
    spared = []
    for key, user in sorted(users.items()):
        if key in known or not managed(user):
            continue
        if not settings.trusted or settings.protects(user) is not None:
            spared.append(user.name)
        else:
            _settle(user, settings.unlisted, leavers, notes)
    notes.unlisted += spared
    if spared and settings.unlisted != "ignore" and not settings.trusted:
        notes.warnings.append("The account was counted differently twice: nobody was cut for being missing.")


def _settle(user: User, mode: str, leavers: Leavers, notes: Notes) -> None:
    if is_suspended(user) and mode != "remove":
        leavers.remove_if_due(user)
    elif mode == "ignore":
        notes.unlisted.append(user.name)
    elif mode == "suspend":
        leavers.suspend(user, UNLISTED)
    else:
        leavers.remove(user, UNLISTED)
