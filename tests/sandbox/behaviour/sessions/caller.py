# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who calls: what policies can know of the caller, and what its own policies are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from ..account import Account, User, now
from ..credentials.mfa_presence import TEMPORARY, mfa_at
from ..errors import AccessDenied
from ..permissions import Source, boundary_of, identity_policies
from . import role_session

Kind = Literal["User", "Account", "AssumedRole"]


@dataclass(frozen=True)
class Caller:
    """A caller of IAM or STS.

    `arn` and `user_id` are what GetCallerIdentity tells. `principal_arn` and `principal_id` are those of the user or
    role itself. `policies` is None for one who may all. `issued` is when a session began, None for a long-term key.
    """

    kind: Kind
    account_id: str
    arn: str
    user_id: str
    principal_arn: str
    principal_id: str
    policies: tuple[Source, ...] | None = None
    boundary: Source | None = None
    # What a session was limited to when it began.
    session_policy: Source | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    # Of its session's tags those that go on to the next session, by key without case.
    transitive: frozenset[str] = frozenset()
    issued: datetime | None = None
    mfa_at: datetime | None = None
    user: User | None = None

    @property
    def user_name(self) -> str | None:
        return self.principal_arn.rpartition("/")[2] if self.kind == "User" else None

    def context(self) -> dict[str, list[str]]:
        """The condition keys that say who calls and when (IAM user guide, global condition keys)."""
        moment = now()
        known = {
            "aws:PrincipalArn": self.principal_arn,
            "aws:PrincipalAccount": self.account_id,
            "aws:PrincipalType": self.kind,
            "aws:userid": self.user_id,
            "aws:username": self.user_name,
            "aws:CurrentTime": _text(moment),
            "aws:SourceIp": "127.0.0.1",
            "aws:SecureTransport": "true",
            "aws:ViaAWSService": "false",
            "aws:PrincipalIsAWSService": "false",
            **{f"aws:PrincipalTag/{key}": value for key, value in self.tags.items()},
        }
        if self.issued is not None:
            # A long-term key says nothing about MFA.
            known["aws:TokenIssueTime"] = _text(self.issued)
            known["aws:MultiFactorAuthPresent"] = "true" if self.mfa_at else "false"
        if self.mfa_at is not None:
            known["aws:MultiFactorAuthPresent"] = "true"
            known["aws:MultiFactorAuthAge"] = str(int((moment - self.mfa_at).total_seconds()))
        return {key: [value] for key, value in known.items() if value is not None}


def of_key(account: Account, access_key_id: str) -> Caller:
    """Who signs with a key that the API gave: a user, or a session. AccessDenied for a key that is nobody's."""
    key = account.access_keys.get(access_key_id)
    session = role_session.session_of(account, access_key_id)
    if session is not None:
        return _of_session(session)
    user = account.users.get(key.user_name) if key and key.user_name else None
    if user is None:
        raise AccessDenied("The security token included in the request is nobody's.")
    # A session of a user knows when it began, and whether with MFA.
    issued = key.create_date if key and access_key_id.startswith(TEMPORARY) else None
    return of_user(account, user, issued, mfa_at(account, access_key_id))


def of_user(account: Account, user: User, issued: datetime | None, began_with_mfa: datetime | None) -> Caller:
    """A user by itself, or with what began at `issued`: temporary credentials, or a sign-in at the console."""
    return Caller(
        kind="User",
        account_id=account.account_id,
        arn=user.arn,
        user_id=user.id,
        principal_arn=user.arn,
        principal_id=user.id,
        policies=tuple(identity_policies(user)),
        boundary=boundary_of(account, user),
        tags={tag["Key"]: tag["Value"] for tag in user.tags},
        issued=issued,
        mfa_at=began_with_mfa,
        user=user,
    )


def _of_session(session: role_session.RoleSessionKey) -> Caller:
    role = session.role
    own = {tag["Key"]: tag["Value"] for tag in role.tags} if role else {}
    passed = {tag["Key"]: tag["Value"] for tag in session.tags.values()}
    # A session's tag stands before the role's, in whatever case.
    kept = {key: value for key, value in own.items() if key.casefold() not in session.tags}
    return Caller(
        kind="AssumedRole",
        account_id=session.account_id,
        arn=session.arn,
        user_id=session.user_id,
        principal_arn=session.role_arn,
        principal_id=session.role_id,
        policies=tuple(identity_policies(role)) if role else None,
        boundary=boundary_of(session.account, role) if role else None,
        session_policy=Source("session_policy", session.policy) if session.policy else None,
        tags={**kept, **passed},
        transitive=session.transitive,
        issued=session.create_date,
        mfa_at=session.mfa_at,
    )


def _text(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
