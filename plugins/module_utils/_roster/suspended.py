# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is suspended, and what somebody undid of it since. Pure."""

from __future__ import annotations

import typing as t

from .._core.suspension import is_denied, suspension_of

if t.TYPE_CHECKING:
    from .._core.model import User


def is_cut_off(user: User) -> bool:
    """Whether a suspension was begun. Without the tag, only the deny can tell, where it was read."""
    return suspension_of(user) is not None or (user.inline is not None and is_denied(user))


def undone_of(user: User) -> list[str]:
    """What a suspended user can do again, as far as it was read."""
    undone = []
    if user.inline is not None and user.attached is not None and not is_denied(user):
        undone.append("no longer denied everything")
    means = ["a console password"] if user.login_profile else []
    keys = user.credentials.access_keys if user.credentials is not None else {}
    means += [f"the active access key {key}" for key, active in sorted(keys.items()) if active]
    return [*undone, *([f"has {' and '.join(means)} again"] if means else [])]
