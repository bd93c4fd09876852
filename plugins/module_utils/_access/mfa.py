# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MFA in the access report: of whom it is required, and who has no device although they could have one. Pure."""

from __future__ import annotations

import typing as t

from .._core.credential_mark import mark_of
from .._core.mfa import requires_mfa
from .._core.suspension import suspension_of

if t.TYPE_CHECKING:
    import datetime

    from .._core.model import Group, User
    from .credential_report import UserCredentials

LACKING = "without_mfa_since"


def mfa_required(groups: t.Iterable[Group]) -> bool:
    """Whether any of the groups carries the policy that requires MFA."""
    return any(map(requires_mfa, groups))


def lacking_since(user: User, groups: t.Iterable[Group], found: UserCredentials | None) -> datetime.datetime | None:
    """Since when somebody could have enrolled the device that is required of them and that they do not have.

    That is the earliest moment that is known: first credentials delivered, the password set or changed, a key made;
    else when the user was made. None for who has a device or needs none, cannot sign in in any way, or is too young for
    the credential report.
    """
    if found is None or found.mfa or suspension_of(user) is not None or not mfa_required(groups):
        return None
    if not found.console and not any(key.active for key in found.access_keys):
        return None
    mark = mark_of(user)
    known = [
        mark.at if mark is not None and mark.state == "delivered" else None,
        found.password_changed if found.console else None,
        *(key.rotated for key in found.access_keys),
    ]
    return min((moment for moment in known if moment is not None), default=user.create_date)
