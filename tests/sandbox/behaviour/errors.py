# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The IAM errors that moto has no class for; the others are moto's own."""

from __future__ import annotations

from moto.iam.exceptions import (
    DeleteConflictException,
    EntityAlreadyExists,
    IAMException,
    InvalidInput,
    LimitExceededException,
    MalformedCertificate,
    MalformedPolicyDocument,
    NoSuchEntity,
    ValidationError,
)

__all__ = [
    "AccessDenied",
    "DeleteConflictException",
    "DuplicateCertificate",
    "DuplicateSSHPublicKey",
    "EntityAlreadyExists",
    "IAMException",
    "InvalidAuthenticationCode",
    "InvalidInput",
    "LimitExceededException",
    "MalformedCertificate",
    "MalformedPolicyDocument",
    "NoSuchEntity",
    "PasswordPolicyViolation",
    "PolicyEvaluation",
    "ReportNotPresent",
    "UnmodifiableEntity",
    "UnrecognizedPublicKeyEncoding",
    "ValidationError",
]


class PasswordPolicyViolation(IAMException):
    code = "PasswordPolicyViolation"


class PolicyEvaluation(IAMException):
    code = "PolicyEvaluation"


class AccessDenied(IAMException):
    code = "AccessDenied"


class InvalidAuthenticationCode(IAMException):
    code = "InvalidAuthenticationCode"


class DuplicateSSHPublicKey(IAMException):
    code = "DuplicateSSHPublicKey"


class DuplicateCertificate(IAMException):
    code = "DuplicateCertificate"


class UnrecognizedPublicKeyEncoding(IAMException):
    code = "UnrecognizedPublicKeyEncoding"


class ReportNotPresent(IAMException):
    code = "ReportNotPresent"


class UnmodifiableEntity(IAMException):
    code = "UnmodifiableEntity"
