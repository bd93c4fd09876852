# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Becoming a role at the console: AssumeRole, with a session that is named after the user.

The console brings along whether the sign-in was with MFA. Somebody who has become a role and follows the link of
another is judged as the user again. The caller holds the sandbox's lock.
"""

from __future__ import annotations

from .account import Account, Role
from .console_session import ConsoleSession
from .sessions.assume_role import assume_role
from .sessions.role_session import RoleSessionKey, session_of


def role_named(account: Account, path_and_name: str) -> Role | None:
    """The role as a link names it: with its path, if it has one."""
    path, _slash, name = path_and_name.strip("/").rpartition("/")
    role = account.find_role(name)
    return role if role is not None and role.path.strip("/") == path else None


def become(session: ConsoleSession, there: Account, role: Role) -> RoleSessionKey:
    """Begin a session of a role of the account `there`; AccessDenied for one who may not."""
    answer = assume_role(session.caller, session.account, {"RoleArn": role.arn, "RoleSessionName": session.user.name})
    begun = session_of(there, answer["Credentials"]["AccessKeyId"])
    assert begun is not None
    return begun
