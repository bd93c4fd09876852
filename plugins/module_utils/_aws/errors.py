# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AWS's errors as messages for people: which call failed, with which code, and what to do next.

Exceptions are recognised by the names of their classes, so that this module does not import botocore.
"""

from __future__ import annotations

import re
import typing as t

from .._core.delivery import DeliveryError
from .._core.steps import Failure
from .._core.wording import counted
from .hiding import hide, shapes_of

if t.TYPE_CHECKING:
    from .._core.steps import Fault, Step
    from .._core.subjects import Subject

THROTTLED = frozenset(
    {
        "Throttling",
        "ThrottlingException",
        "ThrottledException",
        "RequestThrottled",
        "RequestThrottledException",
        "RequestLimitExceeded",
        "TooManyRequestsException",
        "SlowDown",
    }
)
UNANSWERED = frozenset({"ConnectionError", "HTTPClientError"})
"""Botocore's classes of lost connections, but for the certificate that is not trusted: that one stays so."""

DENIED = frozenset({"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"})
NOT_TRIED = "NotTried"
"""The code of a step that was not sent because a subject that it needs could not be created."""

TOLD_IN_FULL = 50
FAILED = 500
"""From this status of HTTP on, the failure is AWS's own."""

_NO_CREDENTIALS = (
    "Give credentials: access_key and secret_key, profile, or the AWS_* variables of the environment; "
    "`aws sts get-caller-identity` shows what is found."
)
_EXPIRED = "The credentials have expired: sign in or assume the role again, then run again; what is done stays done."
_WRONG_KEY = (
    "AWS does not know this access key or its secret: check that both are complete, active and belong together."
)
_UNREACHABLE = "Check the network, the proxy and endpoint_url; the last call may have succeeded: run again to find out."
_ADVICE: t.Mapping[str, str] = {
    "NoCredentialsError": _NO_CREDENTIALS,
    "PartialCredentialsError": _NO_CREDENTIALS,
    "CredentialRetrievalError": _NO_CREDENTIALS,
    "NoAuthTokenError": _NO_CREDENTIALS,
    "ProfileNotFound": "Check the name of the profile in ~/.aws/config and ~/.aws/credentials.",
    "SSOError": "Sign in with `aws sso login`, then run again.",
    "TokenRetrievalError": "Sign in with `aws sso login`, then run again.",
    "LoginError": "Sign in with `aws login`, then run again.",
    "ExpiredToken": _EXPIRED,
    "ExpiredTokenException": _EXPIRED,
    "RequestExpired": "Check this machine's clock, and that the credentials have not expired.",
    "InvalidClientTokenId": _WRONG_KEY,
    "UnrecognizedClientException": _WRONG_KEY,
    "InvalidAccessKeyId": _WRONG_KEY,
    "SignatureDoesNotMatch": _WRONG_KEY,
    "AWSOrganizationsNotInUseException": (
        "This account belongs to no organization: give credentials of the management account or of a delegated "
        "administrator."
    ),
    "SSLError": "The endpoint's certificate is not trusted: check aws_ca_bundle and validate_certs.",
    "SilentEndpointError": "Check the network, the proxy and endpoint_url: nothing there answers.",
    "HTTPClientError": _UNREACHABLE,
    "ConnectionError": _UNREACHABLE,
    "ResponseParserError": "The answer is not in the form of AWS's answers: check endpoint_url and the proxy.",
    "ServiceFailure": "AWS failed; run again later.",
    "InternalFailure": "AWS failed; run again later.",
    "ServiceUnavailable": "AWS failed; run again later.",
    "EntityAlreadyExists": "Somebody else created it meanwhile: look at it, then run again.",
    "NoSuchEntity": "What it refers to was removed meanwhile: run again.",
    "DeleteConflict": "Something was added to it meanwhile: run again.",
    "ConcurrentModification": "Something else changes it at the same time: run again when that has ended.",
    "EntityTemporarilyUnmodifiable": "It was created just now and cannot be changed yet: run again in some minutes.",
    "MalformedPolicyDocument": "Correct the policy document.",
    "PolicyNotAttachable": "This policy is reserved for AWS's own services: name another.",
    "PasswordPolicyViolation": "Choose a password that meets the account's password policy.",
    "InvalidInput": "Correct the value that IAM names.",
    "ValidationError": "Correct the value that IAM names.",
    NOT_TRIED: "Correct that first, then run again.",
}
_QUOTAS: t.Mapping[str, str] = {
    "CreateUser": "users in an account, or tags on a user",
    "CreateGroup": "groups in an account",
    "AddUserToGroup": "groups that one user may be in",
    "AttachUserPolicy": "managed policies on a user",
    "AttachGroupPolicy": "managed policies on a group",
    "PutUserPolicy": "the size of a user's inline policies together",
    "PutGroupPolicy": "the size of a group's inline policies together",
    "TagUser": "tags on a user",
    "CreateRole": "roles in an account",
    "AttachRolePolicy": "managed policies on a role",
    "PutRolePolicy": "the size of a role's inline policies together",
    "TagRole": "tags on a role",
}


class ReadError(Exception):
    """A read failed, so nothing may be planned from it. The text is for the person who runs the task."""

    def __init__(self, message: str, code: str, operation: str) -> None:
        super().__init__(message)
        self.code = code
        self.operation = operation


class Faults(Exception):  # noqa: N818 # it carries faults, which are not errors of the program
    """The faults that were found before the first write and forbid it, all together."""

    def __init__(self, faults: t.Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class SilentEndpointError(Exception):
    """An endpoint has never answered. Botocore does not retry this error, as it would a connection error."""


def code_of(error: BaseException) -> str:
    """AWS's error code, or the name of the exception's class."""
    if isinstance(error, ReadError):
        return error.code
    return str(_answer(error).get("Code") or type(error).__name__)


def is_lost(error: BaseException) -> bool:
    """Whether AWS failed or its answer was lost. The call may have been done, and may be sent again."""
    if _metadata(error).get("HTTPStatusCode", 0) >= FAILED:
        return True
    kinds = {kind.__name__ for kind in type(error).__mro__}
    return bool(kinds & UNANSWERED) and "SSLError" not in kinds


def was_replayed(error: BaseException) -> bool:
    """Whether the call was sent more than once: an earlier one may have succeeded, its answer lost."""
    return bool(_metadata(error).get("RetryAttempts", 0) > 0)


def mark_replayed(error: BaseException) -> None:
    """Count an attempt that botocore did not count: the call was sent before, and that may have been done."""
    metadata = _metadata(error)
    metadata["RetryAttempts"] = metadata.get("RetryAttempts", 0) + 1


def _metadata(error: BaseException) -> dict[str, t.Any]:
    """What botocore tells of an answer beside its content; of what is no answer, nothing."""
    response = getattr(error, "response", None)
    return response.setdefault("ResponseMetadata", {}) if isinstance(response, dict) else {}


def read_error(operation: str, error: Exception, service: str = "iam", about: str = "") -> ReadError:
    """The ReadError for an exception of a read. ``about`` names what was read, for messages: "user asha.rao"."""
    code = code_of(error)
    text = _text(error)
    told = f"{operation}{f' of {about}' if about else ''} failed with {code}: {text}"
    return ReadError(_sentences(told, _advice(f"{service}:{operation}", error, about)), code, operation)


def failure(step: Step, error: BaseException, secrets: t.Iterable[str] = ()) -> Failure:
    """The Failure of a step. A secret that AWS's answer repeats, in any encoding, is removed."""
    hidden = shapes_of([*step.secrets.values(), *secrets])
    if isinstance(error, DeliveryError):
        return Failure(
            step.subject,
            "Deliver",
            hide(error.code, hidden),
            hide(str(error), hidden),
            hide(error.advice, hidden),
        )
    # A ReadError's text already says what to do.
    advice = "" if isinstance(error, ReadError) else _advice(f"iam:{step.operation}", error, str(step.subject))
    return Failure(step.subject, step.operation, code_of(error), hide(_text(error), hidden), advice)


def not_tried(step: Step, need: Subject) -> Failure:
    """The Failure of a step that was not sent, because a subject that it needs could not be created."""
    return Failure(step.subject, step.operation, NOT_TRIED, f"{need} could not be created", _ADVICE[NOT_TRIED])


def message(failures: t.Sequence[Failure]) -> str:
    """The final message of a failed task: every subject with a failure, what failed, and what to do."""
    subjects = list(dict.fromkeys(str(each.subject) for each in failures))
    lines = [f"{failed_told(failures)}; the steps of all others are done."]
    lines += [failure_line(each) for each in failures[:TOLD_IN_FULL]]
    told = {str(each.subject) for each in failures[:TOLD_IN_FULL]}
    others = [subject for subject in subjects if subject not in told]
    if others:
        lines.append(f"More failed, see failures: {', '.join(others)}.")
    return "\n".join(lines)


def failed_told(failures: t.Sequence[Failure]) -> str:
    """How many steps failed, for how many subjects of each kind."""
    return f"{counted(len(failures), 'step')} failed, for {_count_subjects(failures)}"


def _count_subjects(failures: t.Sequence[Failure]) -> str:
    counts = []
    for kind, plural in _PLURALS.items():
        count = len({each.subject.name for each in failures if each.subject.kind == kind})
        if count:
            counts.append("the account" if kind == "account" else f"{count} {kind if count == 1 else plural}")
    return " and ".join(counts)


_PLURALS = {"account": "accounts", "policy": "policies", "group": "groups", "role": "roles", "user": "users"}


def failure_line(each: Failure) -> str:
    """What failed, why, and what to do."""
    return _sentences(f"{each.subject}: {each.operation} failed with {each.code}: {each.message}", each.advice)


def _sentences(first: str, second: str) -> str:
    first = first.strip()
    return f"{first}{'' if first.endswith(('.', '!', '?')) else '.'} {second}".strip()


def _answer(error: BaseException) -> t.Mapping[str, t.Any]:
    """The Error part of a ClientError's response, or nothing."""
    response = getattr(error, "response", None)
    return (response.get("Error") or {}) if isinstance(response, dict) else {}


def _text(error: BaseException) -> str:
    return str(_answer(error).get("Message") or str(error) or type(error).__name__)


def _advice(permission: str, error: BaseException, about: str) -> str:
    code = code_of(error)
    if code in DENIED:
        return _denied_advice(permission, _text(error), about)
    if code in THROTTLED:
        return "AWS throttled the calls for minutes: other callers use this account's rate too. Run again later."
    if code == "LimitExceeded":
        quota = _QUOTAS.get(permission.split(":")[1], "these")
        return f"The quota on {quota} is used up: delete some, or ask AWS for a higher quota."
    if code in _ADVICE:
        return _ADVICE[code]
    return next((_ADVICE[kind.__name__] for kind in type(error).__mro__ if kind.__name__ in _ADVICE), "")


def _denied_advice(permission: str, text: str, about: str) -> str:
    """Which permission is missing, on what, for whom. AWS's message wins: CreateUser with tags needs iam:TagUser."""
    named = re.search(r"not authorized to perform:? ([\w-]+:\w+)", text)
    caller = re.search(r"(?:User: )?(arn:[\w-]+:(?:iam|sts)::\S+) is not authorized", text)
    resource = re.search(r"on resource:? (?:\w+ )?(arn:\S+)", text)
    whom = f" for {caller.group(1)}" if caller else ""
    what = resource.group(1) if resource else about
    on = f" on {what}" if what else ""
    more = " An explicit deny is in the way: remove it." if "explicit deny" in text else ""
    if permission == "sts:AssumeRole":
        more += " The role's trust policy must allow the caller, and external_id must be the one that it asks for."
    return f"Allow {named.group(1) if named else permission}{on}{whom}.{more}"
