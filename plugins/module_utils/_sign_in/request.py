# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The requests that are judged: a user changes their own password in the console, or enrols an MFA device. What is
known of them beforehand.
"""

from __future__ import annotations

import dataclasses
import functools

from .._core.mfa import CHANGE_ACTION, ENABLE_ACTION, MAKE_ACTION

# Keys of other requests than this one. A console session says of MFA only whether it was there, not since when.
_ABSENT = frozenset(
    {
        "aws:multifactorauthage",
        "aws:calledvia",
        "aws:calledviafirst",
        "aws:calledvialast",
        "aws:federatedprovider",
        "aws:principalservicename",
        "aws:principalservicenameslist",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:tagkeys",
        "iam:awsservicename",
        "iam:passedtoservice",
        "iam:permissionsboundary",
        "iam:policyarn",
    }
)
_ABSENT_FAMILIES = ("aws:requesttag/",)


@dataclasses.dataclass(frozen=True)
class Principal:
    """A user, existing or not: ``arn`` with its path."""

    name: str
    arn: str

    @functools.cached_property
    def context(self) -> dict[str, str]:
        """What is known of the request, by its keys as the IAM user guide spells them."""
        return {
            "aws:username": self.name,
            "aws:PrincipalArn": self.arn,
            "aws:PrincipalAccount": self.arn.split(":")[4],
            "aws:PrincipalType": "User",
            "aws:MultiFactorAuthPresent": "false",
            "aws:SecureTransport": "true",
            "aws:ViaAWSService": "false",
            "aws:PrincipalIsAWSService": "false",
        }

    @functools.cached_property
    def by_key(self) -> dict[str, str]:
        """The context by its keys without case, as IAM compares them."""
        return {key.lower(): value for key, value in self.context.items()}


@dataclasses.dataclass(frozen=True)
class Act:
    """What somebody does for themselves before they can do anything else.

    ``aim`` is what they want with it, and ``instead`` the way out that always is, for people.
    """

    action: str
    aim: str
    instead: str
    on_device: bool = False

    def resource(self, principal: Principal) -> str:
        """The ARN that it is done to: the user's own, or that of a device of the user's name, which IAM proposes."""
        if not self.on_device:
            return principal.arn
        return f"{principal.arn.partition(':user/')[0]}:mfa/{principal.name}"


_NO_DEVICE = "or do not require MFA of them (require_mfa)"
_ENROL = "enrol the MFA device that their departments require"
CHANGE = Act(CHANGE_ACTION, "complete the first sign-in", "or give those who need no password none (console: false)")
ENROLMENT = (Act(MAKE_ACTION, _ENROL, _NO_DEVICE, on_device=True), Act(ENABLE_ACTION, _ENROL, _NO_DEVICE))
"""What a virtual device takes, the kind that needs nothing to be sent to the person."""

ACTS = (CHANGE, *ENROLMENT)


class Unknown:
    """The value of a key that nobody can know before the person signs in."""


UNKNOWN = Unknown()


def held_by(key: str, principal: Principal) -> str | Unknown | None:
    """The request's value of a key; None when the request does not have the key."""
    key = key.lower()
    if key in _ABSENT or key.startswith(_ABSENT_FAMILIES):
        return None
    return principal.by_key.get(key, UNKNOWN)
