# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which credentials a user is due, from the marks and the desired. Reading and planning both use it. Pure."""

from __future__ import annotations

import typing as t

from .credential_mark import Mark, mark_of
from .suspension import suspension_of

if t.TYPE_CHECKING:
    from .desired import DesiredCredential, DesiredUser
    from .model import User

Way = t.Literal["reissue", "heal", "first", "withdraw", "expire"]
Need = t.Literal["login_profile", "access_keys", "password_last_used"]

_PENDING = Mark("pending")

PENDING_MARK = Mark("pending")


def is_issued(wanted: DesiredUser) -> bool:
    """Whether there is something to issue, and a way to deliver it."""
    asked = wanted.credential
    return asked is not None and bool(asked.by) and (asked.console or asked.access_key)


def way_of(wanted: DesiredUser, user: User) -> Way | None:
    """What to do about an existing user's credentials. None for almost everybody, and for a suspended user."""
    asked = wanted.credential
    if asked is None or wanted.cuts or (suspension_of(user) is not None and not wanted.lift):
        return None
    mark = mark_of(user)
    if is_issued(wanted):
        if asked.reissue:
            return "reissue"
        if wanted.lift or mark == PENDING_MARK:
            return "heal"
        if (asked.first or asked.missing) and mark is None:
            return "first"
    if mark == PENDING_MARK and not asked.console and not asked.access_key:
        return "withdraw"
    return "expire" if _is_overdue(mark, asked) else None


def _is_overdue(mark: Mark | None, asked: DesiredCredential) -> bool:
    if mark is None or mark.state != "delivered" or mark.at is None or asked.expired_before is None:
        return False
    return mark.at < asked.expired_before


def needs_of(wanted: DesiredUser, user: User) -> frozenset[Need]:
    """What must be read of an existing user to plan its credentials; nothing for almost everybody."""
    way = way_of(wanted, user)
    if way is None:
        return frozenset()
    if way == "expire":
        return frozenset({"login_profile", "password_last_used"})
    asked = t.cast("DesiredCredential", wanted.credential)
    needs: set[Need] = {"login_profile"}
    if asked.access_key:
        needs.add("access_keys")
    if way == "first" and asked.missing:
        needs.add("password_last_used")
    return frozenset(needs)


def has_signed_in(user: User) -> bool:
    """Whether the owner signed in after the delivery that the mark records."""
    mark, used = mark_of(user), user.password_last_used
    return mark is not None and mark.at is not None and used is not None and used > mark.at


def had_password(user: User) -> bool:
    """Whether the owner of a user without a mark once signed in: the password is gone since, or is the owner's own."""
    return mark_of(user) is None and user.password_last_used is not None
