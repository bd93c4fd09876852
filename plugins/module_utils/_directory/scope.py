# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scope: which parts of which users and groups must be read to plan the desired. Pure.

A part that nobody asks for is not read: each part is one more call for each user or group.
"""

from __future__ import annotations

import dataclasses
import typing as t

if t.TYPE_CHECKING:
    from .._core.desired import Desired, DesiredGroup, DesiredUser

Part = t.Literal["attached", "inline", "memberships", "login_profile", "credentials", "access_keys"]


@dataclasses.dataclass(frozen=True)
class Scope:
    """Names as the task spells them, and the parts to read of each."""

    users: t.Mapping[str, frozenset[Part]] = dataclasses.field(default_factory=dict)
    groups: t.Mapping[str, frozenset[Part]] = dataclasses.field(default_factory=dict)


def scope_of(desired: Desired) -> Scope:
    """The parts that the desired needs."""
    return Scope(
        users={user.rename_from or user.name: frozenset(_user_parts(user)) for user in desired.users},
        groups={group.name: frozenset(_group_parts(group)) for group in desired.groups},
    )


def _user_parts(user: DesiredUser) -> t.Iterator[Part]:
    # A user that must exist and only joins or leaves groups (iam_membership) needs no policies to be read.
    if user.create or user.cuts or user.lift:
        yield "attached"
    if user.inline is not None or user.cuts or user.lift:
        yield "inline"
    if user.groups is not None or user.groups_absent or user.absent:
        yield "memberships"
    if user.password is not None or user.remove_password or user.cuts:
        yield "login_profile"
    if user.absent:
        yield "credentials"
    elif user.suspend is not None or user.lift:
        yield "access_keys"


def _group_parts(group: DesiredGroup) -> t.Iterator[Part]:
    # GetGroup returns the members with the group: they cost no further call.
    yield "memberships"
    if group.create or group.absent:
        yield "attached"
    if group.inline is not None or group.absent:
        yield "inline"
