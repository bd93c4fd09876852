# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The temporary key of a role's session: whose it is, how long it opens, and what it opens at all."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from moto.iam.models import AccessKey

from ...calls.wire import Call
from ..account import Account, Role, new_id, now
from ..tags import Tag

TEMPORARY = "ASIA"
INVALID = ("InvalidClientTokenId", "The security token included in the request is invalid.")
EXPIRED = ("ExpiredToken", "The security token included in the request is expired")


class RoleSessionKey(AccessKey):
    """A session of a role. `role` is None for one that the account does not have: such a session may all."""

    def __init__(self, account: Account, role: Role | None, role_arn: str, name: str, seconds: int) -> None:
        super().__init__(None, TEMPORARY, account.account_id)
        self.account = account
        self.account_id = account.account_id
        self.role = role
        self.role_arn: str = role_arn
        self.role_id = role.id if role else new_id("AROA")
        self.name = name
        self.create_date = now()
        self.expiration = self.create_date + timedelta(seconds=seconds)
        self.session_token = secrets.token_urlsafe(96)
        # When its holder gave the code of an MFA device.
        self.mfa_at: datetime | None = None
        # By key without case.
        self.tags: dict[str, Tag] = {}
        self.transitive: frozenset[str] = frozenset()

    @property
    def user_id(self) -> str:
        return f"{self.role_id}:{self.name}"

    @property
    def arn(self) -> str:
        """The role's name without its path, and the session's."""
        role_name = self.role_arn.rpartition("/")[2]
        return f"arn:{self.account.partition}:sts::{self.account_id}:assumed-role/{role_name}/{self.name}"

    @property
    def is_of_a_role_that_is_gone(self) -> bool:
        return self.role is not None and self.account.roles.get(self.role_id) is not self.role


def session_of(account: Account, access_key_id: str) -> RoleSessionKey | None:
    """The session of a role that this access key belongs to, if it is one."""
    key = account.access_keys.get(access_key_id)
    return key if isinstance(key, RoleSessionKey) else None


def mfa_at(account: Account, access_key_id: str) -> datetime | None:
    """When the holder of a temporary key gave the code of a device; None for one who did not."""
    moment = getattr(account.access_keys.get(access_key_id), "mfa_at", None)
    return moment if isinstance(moment, datetime) else None


def refusal(account: Account, call: Call) -> tuple[str, str] | None:
    """Code and message for a call whose session does not hold (any more); None for all others."""
    session = session_of(account, call.access_key_id)
    if session is None:
        return None
    token = call.request.headers.get("X-Amz-Security-Token", "")
    if token != session.session_token or session.is_of_a_role_that_is_gone:
        return INVALID
    if now() >= session.expiration:
        return EXPIRED
    if session.role is not None:
        session.role.last_used, session.role.last_used_region = now(), call.region  # type: ignore[assignment]  # moto knows only None
    return None
