# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody who signed in at the console, and the judgement of each thing that the pages do for them.

The console calls with temporary credentials: policies are told when the sign-in was, and whether with MFA.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .account import Account, User
from .errors import AccessDenied
from .permissions import boundary_of, decide, identity_policies
from .policy_language import Request
from .sessions import caller


@dataclass(frozen=True)
class ConsoleSession:
    """A user at the console since `began`. `mfa_at` is when they gave a code, None for a sign-in without MFA.

    Whoever uses it holds the sandbox's lock.
    """

    account: Account
    user: User
    began: datetime
    mfa_at: datetime | None

    @property
    def caller(self) -> caller.Caller:
        return caller.of_user(self.account, self.user, self.began, self.mfa_at)

    def require(self, action: str, resource: str) -> None:
        """Raise AccessDenied unless the user may do `action` on the ARN `resource`."""
        policies, boundary = identity_policies(self.user), boundary_of(self.account, self.user)
        verdict = decide(policies, boundary, Request(action, resource, self.caller.context())).verdict
        if verdict == "allowed":
            return
        refusal = f"User: {self.user.arn} is not authorized to perform: {action} on resource: {resource}"
        if verdict == "explicitDeny":
            raise AccessDenied(f"{refusal} with an explicit deny in an identity-based policy")
        raise AccessDenied(f"{refusal} because no identity-based policy allows the {action} action")
