# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a caller may make a call: what it needs, put to the evaluator one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..behaviour.account import Account
from ..behaviour.sessions.caller import Caller
from ..calls.wire import Call
from ..evaluator import Evaluator, Judgement, Question
from . import needs
from .needs import Need

# What is none of these is no name of anything, and no operation takes it: AWS reads a call before it judges it.
RESOURCE = re.compile(r"\*|arn:[\w-]+:(?:iam|sts)::(?:\d{12}|aws)?:[\w-]+/[!-~]+", re.ASCII)
# What users may by the account's own word, whatever their policies leave out (IAM user guide, password policy).
OF_OWN_PASSWORD = ("iam:ChangePassword", "iam:GetAccountPasswordPolicy")
POLICIES = {
    "identity": "identity-based policy",
    "boundary": "permissions boundary",
    "session": "session policy",
    "trust": "resource-based policy",
}


class Enforcement:
    """Asks the evaluator, which is started with the first question."""

    def __init__(self) -> None:
        self._evaluator = Evaluator()

    def close(self) -> None:
        self._evaluator.close()

    def refusal(self, account: Account, call: Call, caller: Caller, *, tags_of_new: bool = True) -> str | None:
        """What AWS says to a caller who may not; None for one who may, as one without policies, who may all.

        Without `tags_of_new` the right to tag what is made with tags is not asked.
        """
        for need in self._needs(account, call, caller) if caller.policies is not None else ():
            if not tags_of_new and need.action.startswith("iam:Tag") and need.action != f"iam:{call.operation}":
                continue
            if not RESOURCE.fullmatch(need.resource):
                continue
            judgement = self._evaluator.judge(_question(call, need, caller))
            if judgement.verdict != "allowed" and not _is_of_account(account, need, caller, judgement):
                return _told(need, caller, judgement)
        return None

    def _needs(self, account: Account, call: Call, caller: Caller) -> Iterator[Need]:
        if call.service == "sts":
            return needs.of_sts(account, call.operation, call.parameters, caller.arn)
        return needs.of_iam(account, call.operation, call.parameters, caller.arn)


def _question(call: Call, need: Need, caller: Caller) -> Question:
    return Question(
        principal=caller.arn,
        action=need.action,
        resource=need.resource,
        account=need.account_id,
        policies=[policy.document for policy in caller.policies or ()],
        context={**caller.context(), "aws:RequestedRegion": [call.region], **need.context},
        boundary=caller.boundary.document if caller.boundary else None,
        session=caller.session_policy.document if caller.session_policy else None,
        trust=need.trust,
    )


def _is_of_account(account: Account, need: Need, caller: Caller, judgement: Judgement) -> bool:
    rules = account.account_password_policy
    is_users = need.action in OF_OWN_PASSWORD and caller.kind == "User"
    return bool(is_users and judgement.verdict == "implicitDeny" and rules and rules.allow_users_to_change_password)


def _told(need: Need, caller: Caller, judgement: Judgement) -> str:
    start = f"User: {caller.arn} is not authorized to perform: {need.action} on resource: {need.resource}"
    if judgement.by == "trust":
        # Who is not trusted is not told why.
        return start
    kind = POLICIES[judgement.by]
    if judgement.verdict == "explicitDeny":
        return f"{start} with an explicit deny in {'an' if kind[0] in 'aeiou' else 'a'} {kind}"
    return f"{start} because no {kind} allows the {need.action} action"
