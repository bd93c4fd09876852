# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The temporary key of a role's session: whose it is, how long it opens, and what it opens at all."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import cast

from moto.iam.models import AccessKey
from moto.sts.models import AssumedRole, sts_backends

from ...calls.wire import Call
from ..account import Account, Role, new_id, now
from ..credentials.mfa_presence import TEMPORARY
from ..tags import Tag

INVALID = ("InvalidClientTokenId", "The security token included in the request is invalid.")
EXPIRED = ("ExpiredToken", "The security token included in the request is expired")


class RoleSessionKey(AccessKey):
    """A session of a role. `role` is None for one that the account does not have: such a session may all.

    It has what moto's own AssumedRole has, and stands in its list of them.
    """

    def __init__(self, account: Account, role: Role | None, role_arn: str, name: str, seconds: float) -> None:
        super().__init__(None, TEMPORARY, account.account_id)
        self.account = account
        self.account_id = account.account_id
        self.role = role
        self.role_arn: str = role_arn
        self.role_id = role.id if role else new_id("AROA")
        self.session_name = name
        self.create_date = now()
        self.expiration = self.create_date + timedelta(seconds=seconds)
        self.session_token = secrets.token_urlsafe(96)
        # When its holder gave the code of an MFA device.
        self.mfa_at: datetime | None = None
        # The document that was given when it began, and limits it further.
        self.policy: str | None = None
        # By key without case.
        self.tags: dict[str, Tag] = {}
        self.transitive: frozenset[str] = frozenset()

    @property
    def user_id(self) -> str:
        return f"{self.role_id}:{self.session_name}"

    @property
    def arn(self) -> str:
        """The role's name without its path, and the session's."""
        role_name = self.role_arn.rpartition("/")[2]
        return f"arn:{self.account.partition}:sts::{self.account_id}:assumed-role/{role_name}/{self.session_name}"

    def refusal(self, token: str, moment: datetime) -> tuple[str, str] | None:
        """Code and message for a call with this token at this moment; None as long as the session holds."""
        is_gone = self.role is not None and self.account.roles.get(self.role_id) is not self.role
        if token != self.session_token or is_gone:
            return INVALID
        return EXPIRED if moment >= self.expiration else None


def keep(session: RoleSessionKey) -> None:
    """Note a session that begins."""
    account = session.account
    account.access_keys[session.access_key_id] = session
    there = sts_backends[account.account_id][account.partition]
    there.assumed_roles.append(cast(AssumedRole, session))


def session_of(account: Account, access_key_id: str) -> RoleSessionKey | None:
    """The session of a role that this access key belongs to, if it is one."""
    key = account.access_keys.get(access_key_id)
    return key if isinstance(key, RoleSessionKey) else None


def refusal(account: Account, call: Call) -> tuple[str, str] | None:
    """Code and message for a call whose session does not hold (any more); None for all others."""
    session = session_of(account, call.access_key_id)
    if session is None:
        return None
    refused = session.refusal(call.request.headers.get("X-Amz-Security-Token", ""), now())
    if refused is None and session.role is not None:
        session.role.use = now(), call.region
    return refused
