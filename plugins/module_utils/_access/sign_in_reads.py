# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a few people can sign in: those who are suspended, and those who are adopted.

Of suspended people the reads do not grow with their number: of many, the credential report tells whom to look at.
"""

from __future__ import annotations

import dataclasses
import time
import typing as t

from .._aws.calls import ask, items
from .._aws.errors import ReadError
from .._aws.parallel import side_by_side
from .._core.model import Credentials, Directory
from .._directory.single import with_sign_in
from .reads import read_credential_report

if t.TYPE_CHECKING:
    from .._aws.calls import Client
    from .._core.model import User
    from .credential_report import UserCredentials

FEW = 10
"""Suspended people who are read one by one: two calls each."""


def read_suspended(
    iam: Client,
    directory: Directory,
    keys: t.Collection[str],
    pause: t.Callable[[float], object] = time.sleep,
) -> tuple[Directory, tuple[str, ...]]:
    """The directory with how these suspended users sign in, where they can, and a warning where that was not seen."""
    if len(keys) > FEW:
        try:
            ask(iam, "GenerateCredentialReport", {})
            report = read_credential_report(iam, pause)
        except ReadError as error:
            return directory, (_unseen(len(keys), error),)
        # A user that is younger than the report is not in it.
        known = report.users
        keys = [key for key in keys if key not in known or _can_sign_in(known[key])]
    read = side_by_side(
        lambda key: with_sign_in(iam, directory.users[key], frozenset({"login_profile", "access_keys"})), keys
    )
    return _with_users(directory, read), ()


def read_adopted(iam: Client, directory: Directory, keys: t.Collection[str]) -> Directory:
    """The directory with the password, the keys and the MFA devices of these users."""
    return _with_users(directory, side_by_side(lambda key: _with_possessions(iam, directory.users[key]), keys))


def _with_users(directory: Directory, users: t.Mapping[str, User]) -> Directory:
    if not users:
        # The very same, with its indexes.
        return directory
    return dataclasses.replace(directory, users={**directory.users, **users})


def _can_sign_in(credentials: UserCredentials) -> bool:
    return bool(credentials.console) or any(key.active for key in credentials.access_keys)


def _unseen(count: int, error: ReadError) -> str:
    return (
        f"Whether any of the {count} suspended people was given a password or an access key since could not be seen: "
        f"{error} (iam:GenerateCredentialReport and iam:GetCredentialReport tell it)"
    )


def _with_possessions(iam: Client, user: User) -> User:
    user = with_sign_in(iam, user, frozenset({"login_profile"}))
    about, params = f"user {user.name}", {"UserName": user.name}
    keys = list(items(iam, "ListAccessKeys", "AccessKeyMetadata", params, about))
    devices = items(iam, "ListMFADevices", "MFADevices", params, about)
    credentials = Credentials(
        access_keys={key["AccessKeyId"]: key["Status"] == "Active" for key in keys},
        keys_made={key["AccessKeyId"]: key["CreateDate"] for key in keys},
        mfa_devices=tuple(str(device["SerialNumber"]) for device in devices),
        whole=False,
    )
    return dataclasses.replace(user, credentials=credentials)
