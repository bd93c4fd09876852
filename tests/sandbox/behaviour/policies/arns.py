# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From an ARN in a request to the managed policy it names, or to AWS's refusal."""

from __future__ import annotations

import re

from moto.iam.models import ManagedPolicy

from ..account import Account
from ..errors import InvalidInput, NoSuchEntity, ValidationError

POLICY_ARN = re.compile(
    r"arn:(?P<partition>aws[a-z-]*):iam::(?P<owner>aws|\d{12}):policy/(?:[\x21-\x7e]+/)*[\w+=,.@-]+", re.ASCII
)


def check(account: Account, arn: str) -> None:
    """Raise what AWS raises for an ARN that cannot name a policy here."""
    if not arn.startswith("arn:"):
        # Two spaces, as recorded from AWS.
        raise ValidationError("Invalid ARN:  Could not be parsed!")
    found = POLICY_ARN.fullmatch(arn)
    if found is None:
        raise InvalidInput(f"ARN {arn} is not valid.")
    if found["partition"] != account.partition:
        raise ValidationError("Invalid ARN partition")


def existing(account: Account, arn: str) -> ManagedPolicy:
    """The policy that an operation on the policy itself names."""
    return _found(account, arn, f"Policy {arn} was not found.")


def attachable(account: Account, arn: str) -> ManagedPolicy:
    """The policy that an attachment names."""
    return _found(account, arn, f"Policy {arn} does not exist or is not attachable.")


def boundary_policy(account: Account, arn: str) -> ManagedPolicy:
    """The policy that a permissions boundary names."""
    return _found(account, arn, f"Scope ARN: {arn} does not exist or is not attachable.")


def _found(account: Account, arn: str, otherwise: str) -> ManagedPolicy:
    check(account, arn)
    policy = account.policy(arn)
    if policy is None:
        raise NoSuchEntity(otherwise)
    return policy
