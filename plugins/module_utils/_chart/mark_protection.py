# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What keeps people from writing our tags: an inline policy of the department of all employees. Pure.

A company may let people tag users, themselves too. Our tags say who and what is managed, who somebody is, who is
suspended and which roles somebody may assume: whoever writes them could become somebody else. The policy denies it to
who sits in the department, whatever else allows it; it knows no other action, so the first sign-in stays as it is.
Whoever is no employee is not kept by it: the service control policy in ``docs/protect-marks-scp.json`` is for all
principals of an account.
"""

from __future__ import annotations

import typing as t

from .._core.model import fold
from .._core.names import described
from .._core.steps import Fault
from .values import ACCOUNTS

if t.TYPE_CHECKING:
    from .._core.model import Document

OPTION = "protect_marks"
OF_OPTION = (OPTION, ACCOUNTS)
"""The keys that are not the department's: the second is told as a fault."""
NAME = "workforce-protect-marks"

_ACTIONS = [
    *("iam:CreatePolicy", "iam:CreateRole", "iam:CreateUser"),
    *("iam:TagPolicy", "iam:TagRole", "iam:TagUser"),
    *("iam:UntagPolicy", "iam:UntagRole", "iam:UntagUser"),
    # A session's tags count as its principal's: a role that lets in who is tagged would let it in.
    "sts:TagSession",
]

# IAM compares the keys of tags without case, conditions compare them with it, and StringLike has no form without: so
# the keys are named one by one, and those of roles by their shape. A key that merely begins with ours is in the second.
POLICY: Document = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "KeepMarks",
            "Effect": "Deny",
            "Action": _ACTIONS,
            "Resource": "*",
            "Condition": {
                "ForAnyValue:StringEqualsIgnoreCase": {
                    "aws:TagKeys": [
                        "workforce:managed",
                        "workforce:employee-id",
                        "workforce:credential",
                        "workforce:suspended",
                    ]
                }
            },
        },
        {
            "Sid": "KeepMarksOfRoles",
            "Effect": "Deny",
            "Action": _ACTIONS,
            "Resource": "*",
            "Condition": {"ForAnyValue:StringLike": {"aws:TagKeys": ["workforce:*", "?????????:????.*"]}},
        },
    ],
}


def protects(everyone: object) -> bool:
    """Whether the department of all employees, as it was written, carries the policy: unless told otherwise."""
    return bool(everyone) and isinstance(everyone, t.Mapping) and everyone.get(OPTION, True) is not False


def option_faults(everyone: object) -> list[Fault]:
    """What is wrong with the option."""
    if not isinstance(everyone, t.Mapping):
        return []
    faults = []
    if not isinstance(everyone.get(OPTION, True), bool):
        faults.append(Fault(f"everyone.{OPTION}", f"has {described(everyone[OPTION])}; true or false belongs there"))
    if ACCOUNTS in everyone:
        text = "cannot be told of the department of all employees: set onboard_everyone for the hosts of these accounts"
        faults.append(Fault(f"everyone.{ACCOUNTS}", text))
    return faults


def caller_faults(people: t.Collection[str], everyone: object, caller_arn: str) -> list[Fault]:
    """A run whose own user is an employee would keep itself from every tag that it writes.

    ``people`` are the employees' keys. A role's session sits in no department.
    """
    kind, _slash, path = caller_arn.split(":", 5)[5].partition("/")
    name = path.rpartition("/")[2]
    if kind != "user" or fold(name) not in people or not protects(everyone):
        return []
    text = (
        "runs this job, and is an employee: the department of all employees would keep it from writing our tags. "
        f"Run the job as a role or as a user of its own, or write {OPTION}: false into onboard_everyone"
    )
    return [Fault(f"employee {name}", text)]
