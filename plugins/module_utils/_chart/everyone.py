# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everyone: a department of all employees, with what a person needs at the first sign-in. Off when empty. Pure.

It is a department like any other: an entry joins the departments before they are read, so that its faults, policies,
quotas, path and removal are those of any department, and every employee is put into it beside the others. The chart
calls it in two places::

    departments, origins = with_everyone(departments, everyone)
    rows = _rows("departments", "group", departments, faults, origins)
    ...
    user = in_everyone(user, name_of(everyone))    # for each employee's DesiredUser

An employee whose ``departments`` are left out stays in all others: a membership is added and none is made exact. Those
who are not to have access today are nobody's member by it: the roster makes no use of what the chart desired for them.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.model import fold
from .entries import Origin

if t.TYPE_CHECKING:
    from .._core.model import DesiredUser, Document

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
    """The departments with that of all employees at their end, and beside them where each entry comes from.

    Both are given as they were written, and what is wrong with them is for the chart to tell.
    """
    if not everyone or not isinstance(departments, (list, tuple)):
        return departments, ()
    return [*departments, _entry(everyone)], (*[None] * len(departments), Origin(VARIABLE))


def name_of(everyone: object) -> str | None:
    """The department's name, or None when it is off or has none."""
    name = everyone.get("name") if isinstance(everyone, t.Mapping) else None
    return name if isinstance(name, str) and name else None


def in_everyone(user: DesiredUser, name: str | None) -> DesiredUser:
    """The employee with a place in the department of that name; None is no department."""
    groups = user.groups or ()
    if name is None or fold(name) in map(fold, groups):
        return user
    return dataclasses.replace(user, groups=(*groups, name))


def _entry(everyone: object) -> object:
    """The department's entry, with our inline policy unless it has one of the name."""
    if not isinstance(everyone, t.Mapping):
        return everyone
    inline = everyone.get("inline_policies", {})
    if not isinstance(inline, t.Mapping) or any(fold(str(name)) == POLICY_NAME for name in inline):
        return everyone
    return {**everyone, "inline_policies": {**inline, POLICY_NAME: POLICY}}
