# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everyone: a department of all employees, with the policy that a first sign-in needs. It is optional.

It is a department like any other: its entry is added to the list of departments before that is read, so that faults,
policies, quotas, path and removal are the same. Every employee is put into it, beside the departments of the entry. An
employee whose entry leaves ``departments`` out stays in all other groups: this one is added, and none is taken away.
The roster asks nothing of the chart for employees who have no access today, so this department gives them none.

It also carries what keeps people from writing our tags (:mod:`.mark_protection`), unless ``protect_marks`` is false.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.model import fold
from . import mark_protection
from .entries import Origin

if t.TYPE_CHECKING:
    from .._core.desired import DesiredUser
    from .._core.model import Document

VARIABLE = "onboard_everyone"
POLICY_NAME = "workforce-first-sign-in"

# What AWS's own IAMUserChangePassword says (version 5): a user with a path is matched by the second pattern alone, and
# `user/*${aws:username}` would let alice choose malice's password. IAM takes a star for the partition, as AWS's own
# policies have it, so that the document is the same in China and GovCloud.
POLICY: Document = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "ChooseOwnPassword",
            "Effect": "Allow",
            "Action": "iam:ChangePassword",
            "Resource": ["arn:*:iam::*:user/${aws:username}", "arn:*:iam::*:user/*/${aws:username}"],
        },
        {
            "Sid": "ReadPasswordRules",
            "Effect": "Allow",
            "Action": "iam:GetAccountPasswordPolicy",
            "Resource": "*",
        },
    ],
}


def with_everyone(departments: object, everyone: object) -> tuple[object, tuple[Origin | None, ...]]:
    """The departments and, as the last of them, that of all employees; and where each entry comes from.

    Both arguments are as they were written; their faults are found when the chart is read.
    """
    if not everyone or not isinstance(departments, (list, tuple)):
        return departments, ()
    return [*departments, _entry(everyone)], (*[None] * len(departments), Origin(VARIABLE))


def name_of(everyone: object) -> str | None:
    """The department's name; None when there is no such department, or when it has no name."""
    name = everyone.get("name") if isinstance(everyone, t.Mapping) else None
    return name if isinstance(name, str) and name else None


def in_everyone(user: DesiredUser, name: str | None) -> DesiredUser:
    """The employee as a member of the department of that name; None means that there is no such department."""
    groups = user.groups or ()
    if name is None or fold(name) in map(fold, groups):
        return user
    return dataclasses.replace(user, groups=(*groups, name))


def _entry(everyone: object) -> object:
    """The department's entry with our inline policies, but those in whose place it has a policy of the name."""
    if not isinstance(everyone, t.Mapping):
        return everyone
    entry = {key: value for key, value in everyone.items() if key not in mark_protection.OF_OPTION}
    inline = entry.get("inline_policies", {})
    if not isinstance(inline, t.Mapping):
        return entry
    ours = {POLICY_NAME: POLICY}
    if mark_protection.protects(everyone):
        ours[mark_protection.NAME] = mark_protection.POLICY
    written = {fold(str(name)) for name in inline}
    missing = {name: policy for name, policy in ours.items() if name not in written}
    return {**entry, "inline_policies": {**inline, **missing}} if missing else entry
