# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The policies by who holds them: the daily job, who adopts, who cuts people off, who reports."""

from __future__ import annotations

import typing as t

from .account import account, never
from .departments import departments
from .employees import cutting, employees
from .offboarding import offboarding
from .policies import policies
from .reading import reading
from .roles import roles
from .statement import REFERENCE, Statement

if t.TYPE_CHECKING:
    from .facts import Facts

Principal = t.Literal["runner", "adopt", "offboard", "report"]
PRINCIPALS: tuple[Principal, ...] = t.get_args(Principal)


def statements(principal: Principal, facts: Facts) -> list[Statement]:
    """The statements that this principal needs."""
    return _OF[principal](facts)


def _runner(facts: Facts) -> list[Statement]:
    subjects = (reading, departments, employees, policies, roles, account, cutting)
    return [*(statement for subject in subjects for statement in subject(facts)), never(facts)]


def _adopt(facts: Facts) -> list[Statement]:
    tags = ["workforce:managed", "workforce:employee-id"]
    adopting = Statement(
        "AdoptUsers",
        "employees",
        ("TagUser",),
        (facts.arn("user/*"),),
        "writes the mark and the employee id on users who have none; attach it for the day, and detach it",
        "who has no mark cannot be told from others by it: any user can be brought under the daily job's policy",
        REFERENCE,
        {
            "StringEquals": {"aws:RequestTag/workforce:managed": "onboard"},
            "ForAllValues:StringEquals": {"aws:TagKeys": tags},
        },
    )
    return [adopting, never(facts)]


def _offboard(facts: Facts) -> list[Statement]:
    return [*offboarding(facts), never(facts)]


def _report(_facts: Facts) -> list[Statement]:
    return [
        Statement(
            "ReadAccount",
            "reading",
            (
                "GenerateCredentialReport",
                "GetAccountAuthorizationDetails",
                "GetAccountSummary",
                "GetCredentialReport",
                "ListAccountAliases",
                "ListUsers",
            ),
            ("*",),
            "reads who has access to what; it writes nothing, and knows no secret",
            "IAM gives these reads no resource, and they tell of the whole account",
            REFERENCE,
        )
    ]


_OF: t.Mapping[Principal, t.Callable[[Facts], list[Statement]]] = {
    "runner": _runner,
    "adopt": _adopt,
    "offboard": _offboard,
    "report": _report,
}
