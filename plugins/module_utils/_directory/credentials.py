# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what the plan needs to know about first credentials, only for the people whom the plan asks about.

If nobody is pending and nothing expires, no call is made.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._aws.calls import PAGE_SIZE, ask, items
from .._aws.parallel import side_by_side
from .._core.issuing import had_password, has_signed_in, needs_of, way_of
from .._core.model import Credentials, fold
from .single import group_of, user_of, with_sign_in

if t.TYPE_CHECKING:
    from .._aws.calls import Client
    from .._core.desired import Desired, DesiredUser
    from .._core.issuing import Need
    from .._core.model import Directory, Group, User
    from .scope import Part

    Needs = dict[str, frozenset[Need]]


def read_credentials(iam: Client, directory: Directory, desired: Desired) -> Directory:
    """The directory with what the plan must know about first credentials."""
    needs = _needs(directory, desired)
    if not needs:
        return directory
    directory = _with_departments(iam, directory, desired, needs)
    directory = _with_last_sign_ins(iam, directory, needs)
    asked = [key for key, wanted in needs.items() if not _is_told(directory.users[key], wanted)]
    read = side_by_side(lambda key: _with_credentials(iam, directory.users[key], needs[key]), asked)
    return dataclasses.replace(directory, users={**directory.users, **read})


def _needs(directory: Directory, desired: Desired) -> Needs:
    """What must be read of which user, by the user's present name."""
    found: Needs = {}
    for wanted in desired.users:
        user = None if wanted.credential is None else directory.user(wanted.rename_from or wanted.name)
        needs = frozenset() if user is None else needs_of(wanted, user)
        if user is not None and needs:
            found[fold(user.name)] = needs
    return found


def _with_departments(iam: Client, directory: Directory, desired: Desired, needs: Needs) -> Directory:
    """Add groups to a partial directory: whether a user can sign in the first time depends on their policies."""
    told = {fold(wanted.name) for wanted in desired.users if wanted.groups is not None}
    expiring = {fold(wanted.name) for wanted in desired.users if _is_to_expire(wanted, directory)}
    keys = [key for key in needs if key not in expiring and key not in told]
    if directory.whole or not keys:
        return directory
    found = side_by_side(lambda key: _groups_of(iam, directory.users[key].name), keys)
    groups = {fold(group.name): group for of_one in found.values() for group in of_one}
    pairs = {(key, fold(group.name)) for key, of_one in found.items() for group in of_one}
    return dataclasses.replace(
        directory, groups={**groups, **directory.groups}, memberships=directory.memberships | pairs
    )


def _is_to_expire(wanted: DesiredUser, directory: Directory) -> bool:
    user = directory.user(wanted.rename_from or wanted.name)
    return user is not None and way_of(wanted, user) == "expire"


def _groups_of(iam: Client, name: str) -> list[Group]:
    listed = items(iam, "ListGroupsForUser", "Groups", {"UserName": name, "MaxItems": PAGE_SIZE}, f"user {name}")
    return [group_of(found) for found in listed]


def _is_told(user: User, needs: frozenset[Need]) -> bool:
    """Whether the last sign-in tells already that a password was claimed, or that this is not the first one."""
    return "password_last_used" in needs and (has_signed_in(user) or had_password(user))


def _with_last_sign_ins(iam: Client, directory: Directory, needs: Needs) -> Directory:
    """Add the last sign-ins, which the bulk read lacks; one page of ListUsers has those of a thousand users."""
    keys = {key for key, wanted in needs.items() if "password_last_used" in wanted}
    if not keys or not directory.whole:
        return directory
    listed = (user_of(found) for found in items(iam, "ListUsers", "Users", {"MaxItems": PAGE_SIZE}))
    used = {fold(user.name): user.password_last_used for user in listed}
    users = {
        key: dataclasses.replace(directory.users[key], password_last_used=used[key]) for key in keys if key in used
    }
    return dataclasses.replace(directory, users={**directory.users, **users})


def _with_credentials(iam: Client, user: User, needs: frozenset[Need]) -> User:
    parts: set[Part] = set()
    if "login_profile" in needs and user.login_profile is None:
        parts.add("login_profile")
    if "access_keys" in needs and user.credentials is None:
        parts.add("access_keys")
    user = with_sign_in(iam, user, frozenset(parts))
    return _with_used_keys(iam, user) if "access_keys" in needs else user


def _with_used_keys(iam: Client, user: User) -> User:
    """The user, with the access keys that were ever used and the moment of the last use."""
    credentials = user.credentials or Credentials()
    used = {}
    for key in credentials.access_keys:
        answer = ask(iam, "GetAccessKeyLastUsed", {"AccessKeyId": key}, f"access key {key}")
        moment = answer.get("AccessKeyLastUsed", {}).get("LastUsedDate")
        if moment is not None:
            used[key] = moment
    return dataclasses.replace(
        user,
        credentials=dataclasses.replace(credentials, used_keys=frozenset(used)),
        keys_last_used=max(used.values(), default=None),
    )
