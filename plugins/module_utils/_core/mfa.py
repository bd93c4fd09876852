# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MFA that a department requires of its people: the inline policy that denies everything else without it. Pure.

Whoever signed in without MFA may choose a password and enrol a device, and nothing more. That is what AWS's example
allows (IAM user guide, "Allows MFA-authenticated IAM users to manage their own MFA device on the Security credentials
page"), with three differences. The forced change of the first password passes, which AWS's page says to add if people
need it. A user under a path is covered, and every partition. Nobody gets ``iam:DeactivateMFADevice`` or
``iam:DeleteVirtualMFADevice`` from it, not even with MFA.

A request with an access key tells nothing of MFA, so ``BoolIfExists`` denies that too: programs ask
``sts:GetSessionToken`` for keys of a session with MFA.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .model import fold

if t.TYPE_CHECKING:
    from .desired import DesiredGroup
    from .model import Document, Group

OPTION = "require_mfa"
NAME = "workforce-require-mfa"

CHANGE_ACTION = "iam:ChangePassword"
MAKE_ACTION = "iam:CreateVirtualMFADevice"
ENABLE_ACTION = "iam:EnableMFADevice"

_OWN_DEVICE = [ENABLE_ACTION, "iam:GetMFADevice", "iam:GetUser", "iam:ListMFADevices", "iam:ResyncMFADevice"]
# IAM knows no resource for it (service authorization reference), as for the password policy.
_ALL_DEVICES = "iam:ListVirtualMFADevices"

POLICY: Document = {
    "Version": "2012-10-17",
    "Statement": [
        {"Sid": "SeeDevices", "Effect": "Allow", "Action": _ALL_DEVICES, "Resource": "*"},
        # The person chooses the device's name in the console, so AWS's example allows all names.
        {"Sid": "MakeDevice", "Effect": "Allow", "Action": MAKE_ACTION, "Resource": "arn:*:iam::*:mfa/*"},
        {
            "Sid": "EnrolOwnDevice",
            "Effect": "Allow",
            "Action": _OWN_DEVICE,
            "Resource": ["arn:*:iam::*:user/${aws:username}", "arn:*:iam::*:user/*/${aws:username}"],
        },
        {
            "Sid": "DenyWithoutMFA",
            "Effect": "Deny",
            "NotAction": [
                CHANGE_ACTION,
                "iam:GetAccountPasswordPolicy",
                MAKE_ACTION,
                *_OWN_DEVICE,
                _ALL_DEVICES,
                "sts:GetSessionToken",
            ],
            "Resource": "*",
            "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}},
        },
    ],
}


def requiring_mfa(group: DesiredGroup) -> DesiredGroup:
    """The group with the policy."""
    absent = tuple(name for name in group.inline_absent if fold(name) != NAME)
    return dataclasses.replace(group, inline={**(group.inline or {}), NAME: POLICY}, inline_absent=absent)


def without_mfa(group: DesiredGroup) -> DesiredGroup:
    """The group without the policy, whatever it has now."""
    return dataclasses.replace(group, inline_absent=(*group.inline_absent, NAME))


def requires_mfa(group: Group) -> bool:
    """Whether the group carries a policy of the name; false where its policies were not read."""
    return NAME in map(fold, group.inline or {})
