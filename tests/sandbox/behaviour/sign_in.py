# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page at which a person signs in, without its HTML: who gets in, who must choose a password, who they are then.

The caller holds the sandbox's lock. An account is found by its id or its alias, a user in any case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, cast

from moto.core.exceptions import ServiceException
from moto.iam.models import AccountPasswordPolicy, iam_backends

from . import permissions
from .account import Account, User, now
from .credentials import mfa, passwords

# AWS never says which of the three was wrong.
WRONG = "Your authentication information is incorrect. Please try again."
EXPIRED = "Your password has expired. Contact your administrator."
# Of uses within five minutes IAM keeps the first (API reference, User).
GRANULARITY = timedelta(minutes=5)


@dataclass(frozen=True)
class Outcome:
    """What came of it. ``reason`` is for the person who is refused."""

    kind: Literal["refused", "code_wanted", "must_change", "signed_in"]
    reason: str = ""


@dataclass(frozen=True)
class Holder:
    """A department or a person, and what it may do: the names of its policies."""

    name: str
    policies: tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """Who has signed in."""

    name: str
    arn: str
    account_id: str
    alias: str | None
    departments: tuple[Holder, ...]
    own_policies: tuple[str, ...]
    boundary: str | None


def sign_in(
    account: str, user_name: str, password: str, *, moment: datetime | None = None, partition: str = "aws"
) -> Outcome:
    """Try to get in. A sign-in that ends at `must_change` is complete once change_password() succeeded.

    At `code_wanted` it goes on with give_code(): the user has an MFA device.

    `moment` is the time of it in UTC without a zone, the present if left out.
    """
    found, user = _find(account, user_name, partition)
    if found is None or user is None or user.password is None or user.password != password:
        return Outcome("refused", WRONG)
    return Outcome("code_wanted") if user.mfa_devices else _let_in(found, user, moment or now())


def give_code(
    account: str, user_name: str, code: str, *, moment: datetime | None = None, partition: str = "aws"
) -> Outcome:
    """Go on with the code of one of the user's devices, whose password was right. This is a sign-in with MFA."""
    found, user = _find(account, user_name, partition)
    if found is None or user is None or user.password is None:
        return Outcome("refused", WRONG)
    if not any(mfa.take_code(found, user, serial_number, code) for serial_number in sorted(user.mfa_devices)):
        return Outcome("refused", WRONG)
    return _let_in(found, user, moment or now())


def _let_in(found: Account, user: User, moment: datetime) -> Outcome:
    if user.password_reset_required:
        return Outcome("must_change")
    rules = found.account_password_policy
    if rules and _is_expired(rules, user, moment):
        return Outcome("refused", EXPIRED) if rules.hard_expiry else Outcome("must_change")
    _note_use(user, moment)
    return Outcome("signed_in")


def change_password(
    account: str,
    user_name: str,
    old: str,
    new: str,
    *,
    with_mfa: bool = False,
    moment: datetime | None = None,
    partition: str = "aws",
) -> Outcome:
    """Choose a password, as the page makes a person do and lets them do later, signed in with MFA or without."""
    found, user = _find(account, user_name, partition)
    if found is None or user is None or user.password is None or user.password != old:
        return Outcome("refused", WRONG)
    try:
        permissions.require_change_password(found, user, mfa=with_mfa)
        passwords.change(found, user, old, new)
    except ServiceException as error:
        return Outcome("refused", error.message)
    _note_use(user, moment or now())
    return Outcome("signed_in")


def who(account: str, user_name: str, partition: str = "aws") -> Person:
    """Who somebody is that has signed in; KeyError when the account has nobody of that name (any more)."""
    found, user = _find(account, user_name, partition)
    if found is None or user is None:
        raise KeyError(user_name)
    departments = sorted(user.groups.values(), key=lambda group: group.name.casefold())
    return Person(
        name=user.name,
        arn=user.arn,
        account_id=found.account_id,
        alias=next(iter(found.account_aliases), None),
        departments=tuple(Holder(group.name, permissions.policy_names(group)) for group in departments),
        own_policies=permissions.policy_names(user),
        boundary=user.boundary.name if user.boundary else None,
    )


def person_of(account: str, user_name: str) -> tuple[Account, User] | None:
    """The account of that id or alias and its user; None for one that is not there (any more)."""
    found, user = _find(account, user_name, "aws")
    return (found, user) if found is not None and user is not None else None


def account_of(account: str, partition: str = "aws") -> Account | None:
    """The account of that id or alias, or None; none comes to life by being asked for."""
    for account_id, backends in list(iam_backends.items()):
        found = cast("Account | None", dict(backends).get(partition))
        if found is not None and account in (account_id, *found.account_aliases):
            return found
    return None


def _find(account: str, user_name: str, partition: str) -> tuple[Account | None, User | None]:
    found = account_of(account, partition)
    return found, found.users.get(user_name) if found else None


def _is_expired(rules: AccountPasswordPolicy, user: User, moment: datetime) -> bool:
    days = rules.max_password_age
    return bool(days and user.password_changed and moment > user.password_changed + timedelta(days=days))


def _note_use(user: User, moment: datetime) -> None:
    last = cast("datetime | None", user.password_last_used)
    if last is None or moment - last >= GRANULARITY:
        user.password_last_used = moment  # type: ignore[assignment]  # moto knows only None
