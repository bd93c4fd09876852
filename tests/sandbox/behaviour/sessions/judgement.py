# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a caller may assume a role: by the role's trust policy, and by the caller's own policies where that asks it.

A trust policy that names the account leaves it to the account's policies. One that names the user, the role or the
session itself is enough within the account (IAM user guide, Policy evaluation logic; Principal).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from ..account import Account, Role
from ..permissions import decide
from ..policies import documents, trust
from ..policy_language import Request, Statement
from .caller import Caller

Context = Mapping[str, Sequence[str]]


def may(caller: Caller, account: Account, role: Role, action: str, context: Context) -> bool:
    """Whether the caller may do `action`, such as sts:AssumeRole, on this role of this account."""
    applying = list(_applying(caller, account, role, Request(action, role.arn, context)))
    if not applying or any(statement.denies for statement, _directly in applying):
        return False
    if caller.policies is None:
        return True
    own = decide(caller.policies, caller.boundary, Request(action, role.arn, context)).verdict
    if own == "explicitDeny" or not _is_within_session(caller, Request(action, role.arn, context)):
        return False
    trusted = caller.account_id == account.account_id and any(directly for _statement, directly in applying)
    return trusted or own == "allowed"


def _is_within_session(caller: Caller, request: Request) -> bool:
    """Whether the policy that the caller's session began with allows it, if there is one."""
    return caller.session_policy is None or decide([caller.session_policy], None, request).verdict == "allowed"


def _applying(caller: Caller, account: Account, role: Role, request: Request) -> Iterator[tuple[Statement, bool]]:
    """The statements of the trust policy that apply, and whether they mean the caller rather than its account."""
    policy = json.loads(role.assume_role_policy_document)
    for number, body in enumerate(documents.statements(policy)):
        # The resource of a trust policy is its role.
        statement = Statement({**body, "Resource": "*"}, number, policy.get("Version", ""))
        means = [_means(caller, account, role, value) for kind, value in trust.principals(body) if kind == "AWS"]
        meant = (not any(means)) if "NotPrincipal" in body else any(means)
        if meant and statement.applies(request):
            yield statement, "caller" in means


def _means(caller: Caller, account: Account, role: Role, value: str) -> str | None:
    """Whether a principal of the trust policy is the "caller", its "account", or neither."""
    if value in (caller.account_id, f"arn:{account.partition}:iam::{caller.account_id}:root"):
        return "account"
    # Who was made anew under a name that the policy knows is somebody else.
    if value in role.trusted:
        return "caller" if role.trusted[value] == caller.principal_id else None
    return "caller" if value in ("*", caller.arn, caller.principal_id) else None
