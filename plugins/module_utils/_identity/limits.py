# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No more than the list gives to a user of whom it is not certain that it is the employee. Pure."""

from __future__ import annotations

import typing as t

from .._core import documents
from .._core.desired import DesiredUser
from .._core.model import fold
from .marks import was_ours

if t.TYPE_CHECKING:
    from .._core.model import Directory, Document, User


def no_more_than_listed(wanted: DesiredUser, user: User, directory: Directory) -> DesiredUser:
    """Nothing is given to the user, and what the list does not give the employee of its name is taken away.

    Only the job puts anybody into a department of ours. What else a user has is judged only where a tag of ours is
    left: policies and adopted departments of a user that was never ours are not ours to take.
    """
    ours = was_ours(user)
    current = directory.groups_of(user.name)
    return DesiredUser(
        user.name,
        create=False,
        groups=None if wanted.groups is None else tuple(name for name in wanted.groups if fold(name) in current),
        purge_groups=wanted.purge_groups,
        purge_path=wanted.purge_path,
        purge_names=wanted.purge_names if ours else frozenset(),
        policies=_kept(wanted.policies, user.attached),
        purge_policies=wanted.purge_policies and ours,
        inline=_kept_inline(wanted.inline, user.inline),
        purge_inline=wanted.purge_inline and ours,
        boundary=(wanted.boundary or None) if ours else None,
        tags=_kept_role_tags(wanted, user),
        purge_tags=False,
        purge_tag_prefix=wanted.purge_tag_prefix if ours else None,
    )


def _kept_role_tags(wanted: DesiredUser, user: User) -> dict[str, str] | None:
    """Of the tags that let the employee assume roles, those that the user has."""
    if wanted.purge_tag_prefix is None or user.tags is None:
        return None
    prefix = fold(wanted.purge_tag_prefix)
    listed = {fold(key): value for key, value in (wanted.tags or {}).items()}
    return {
        key: value
        for key, value in user.tags.items()
        if fold(key).startswith(prefix) and listed.get(fold(key)) == value
    }


def _kept(wanted: tuple[str, ...] | None, attached: t.Mapping[str, str] | None) -> tuple[str, ...] | None:
    if wanted is None or attached is None:
        return None
    return tuple(arn for arn in wanted if arn in attached)


def _kept_inline(
    wanted: t.Mapping[str, Document] | None, stored: t.Mapping[str, Document] | None
) -> dict[str, Document] | None:
    """The stored documents that the list gives as they are: another document of the same name may give more."""
    if wanted is None or stored is None:
        return None
    listed = {fold(name): document for name, document in wanted.items()}
    return {
        name: document
        for name, document in stored.items()
        if fold(name) in listed and documents.same(document, listed[fold(name)])
    }
