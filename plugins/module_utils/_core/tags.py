# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tags that the collection writes on users, roles and policies, and how they are read.

IAM compares the keys of tags without case.
"""

from __future__ import annotations

import typing as t

from .model import fold

if t.TYPE_CHECKING:
    from .model import User

OUR_TAG_PREFIX = "workforce:"
KEPT_TAG_PREFIXES = (OUR_TAG_PREFIX, "aws:")
"""Keys that purge_tags never removes: the collection's own tags, and those that only AWS may write."""

MARK: t.Mapping[str, str] = {"workforce:managed": "onboard"}
EMPLOYEE_ID_TAG = "workforce:employee-id"


ROLE_TAG_PREFIX = "workforce:role."
"""The key of the tag with which a person may assume a role, before the role's name. Its value is ``yes``."""


def tag_value(user: User, key: str) -> str | None:
    """The value of the user's tag of that key, or None without one."""
    return _value(user.tags or {}, key)


def _value(tags: t.Mapping[str, str], key: str) -> str | None:
    return next((value for name, value in tags.items() if fold(name) == key), None)


def is_marked(tags: t.Mapping[str, str]) -> bool:
    """Whether these tags of a user, role or policy carry our mark."""
    return all(_value(tags, key) == value for key, value in MARK.items())


def managed(user: User) -> bool:
    """Whether the user carries our mark. Raises ValueError where the tags were not read."""
    if user.tags is None:
        raise ValueError(f"the tags of the user {user.name} were not read")
    return is_marked(user.tags)


def employee_id_of(user: User) -> str | None:
    """The employee id in the user's tag, or None."""
    return tag_value(user, EMPLOYEE_ID_TAG)
