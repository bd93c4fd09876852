# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who calls: access keys, the accounts they belong to, and the face that STS shows of the caller."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache

from moto.iam.models import iam_backends
from moto.utilities.utils import get_partition

DEFAULT_ACCOUNT_ID = "123456789012"
CALLER_NAME = "automation"


@dataclass(frozen=True)
class Credentials:
    access_key_id: str
    secret_access_key: str


@dataclass(frozen=True)
class Key:
    """What an access key opens, and with which secret."""

    account_id: str
    secret_access_key: str


@dataclass(frozen=True)
class Face:
    """What GetCallerIdentity answers."""

    user_id: str
    arn: str


def _letters(purpose: str, account_id: str, length: int) -> str:
    digest = hashlib.sha256(f"workforce.aws sandbox {purpose} {account_id}".encode()).digest()
    return base64.b32encode(digest).decode()[:length]


@cache
def credentials_of(account_id: str) -> Credentials:
    """The fixed credentials of an account: the same on every start.

    The secret is long and random-looking because Ansible masks a secret value wherever it occurs in output: a short
    one would blot out other words.
    """
    return Credentials("AKIA" + _letters("key", account_id, 16), _letters("secret", account_id, 52))


class Accounts:
    """The accounts that exist, and which access key opens which of them."""

    def __init__(self, account_ids: list[str]) -> None:
        self.default = account_ids[0]
        self._own_keys = {credentials_of(account_id).access_key_id: account_id for account_id in account_ids}

    def is_fixed(self, access_key_id: str) -> bool:
        """Whether this is the key that the sandbox hands out, rather than one made by an API call."""
        return access_key_id in self._own_keys

    def open(self, account_id: str) -> None:
        """Give an account its fixed key; accounts come to life when they are first named."""
        self._own_keys[credentials_of(account_id).access_key_id] = account_id

    def key(self, access_key_id: str, region: str) -> Key | None:
        """What an access key opens and with which secret; None for a key nobody has, or an inactive one."""
        if access_key_id in self._own_keys:
            account_id = self._own_keys[access_key_id]
            return Key(account_id, credentials_of(account_id).secret_access_key)
        partition = get_partition(region)
        for account_id, backends in list(iam_backends.items()):
            key = backends[partition].access_keys.get(access_key_id)
            if key is not None:
                return Key(account_id, key.secret_access_key) if key.status == "Active" else None
        return None


def face_of_fixed_caller(account_id: str, region: str, caller: str) -> Face:
    """The caller who uses the fixed key: an IAM user, the account's root, or a role.

    The user is not in the account's list of users unless somebody creates it, so that the account can hold its full
    quota of other users.
    """
    partition = get_partition(region)
    if caller == "root":
        return Face(account_id, f"arn:{partition}:iam::{account_id}:root")
    if caller == "role":
        role_id = "AROA" + _letters("role", account_id, 17)
        arn = f"arn:{partition}:sts::{account_id}:assumed-role/{CALLER_NAME}/sandbox"
        return Face(f"{role_id}:sandbox", arn)
    for user in iam_backends[account_id][partition].users.values():
        if user.name == CALLER_NAME:
            return Face(user.id, user.arn)
    return Face("AIDA" + _letters("user", account_id, 17), f"arn:{partition}:iam::{account_id}:user/{CALLER_NAME}")
