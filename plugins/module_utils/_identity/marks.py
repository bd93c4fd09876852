# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a user's marks are worth: ours, once ours, or never. Pure.

Whoever may tag a user can take our marks off it or change them. What is left of them, and a place in one of our
departments, which no tag gives, still tell that the user was ours.
"""

from __future__ import annotations

import typing as t

from .._core.model import fold
from .._core.tags import OUR_TAG_PREFIX, managed

if t.TYPE_CHECKING:
    from .._chart.values import ChartSettings
    from .._core.model import Directory, User


def was_ours(user: User) -> bool:
    """Whether the user bears any tag of ours, valid or not."""
    return any(fold(key).startswith(OUR_TAG_PREFIX) for key in user.tags or {})


def our_tags(user: User) -> list[str]:
    """The tags of ours, as a person would write them."""
    return [
        f"{key}={value}" for key, value in sorted((user.tags or {}).items()) if fold(key).startswith(OUR_TAG_PREFIX)
    ]


def our_departments(user: User, directory: Directory, settings: ChartSettings) -> list[str]:
    """The names of the departments of ours that the user sits in."""
    groups = (directory.groups[key] for key in sorted(directory.groups_of(user.name)))
    return [group.name for group in groups if group.path.startswith(settings.path) or settings.adopts(group.name)]


def knows_us(directory: Directory) -> bool:
    """Whether anybody in the account carries our mark: else it was never ours, or was given back."""
    return any(user.tags is not None and managed(user) for user in directory.users.values())
