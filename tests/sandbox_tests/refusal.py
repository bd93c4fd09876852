# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a test says that AWS refuses a call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from botocore.exceptions import ClientError

STATUS = {
    "AccessDenied": 403,
    "DeleteConflict": 409,
    "EntityAlreadyExists": 409,
    "InvalidAuthenticationCode": 403,
    "InvalidClientTokenId": 403,
    "InvalidInput": 400,
    "InvalidParameterValue": 400,
    "LimitExceeded": 409,
    "MalformedCertificate": 400,
    "MalformedPolicyDocument": 400,
    "NoSuchEntity": 404,
    "UnmodifiableEntity": 400,
    "PasswordPolicyViolation": 400,
    "ReportNotPresent": 410,
    "ValidationError": 400,
    "DuplicateSSHPublicKey": 400,
    "UnrecognizedPublicKeyEncoding": 400,
}


@contextmanager
def refused(code: str, message: str = "") -> Iterator[None]:
    """The call inside is refused with this code, AWS's HTTP status for it, and this text in its message."""
    with pytest.raises(ClientError) as raised:
        yield
    error = raised.value.response["Error"]
    assert error["Code"] == code, error
    assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == STATUS[code]
    assert message in error["Message"], error


def told(call: Callable[..., Any], **parameters: Any) -> tuple[str, str]:
    """The code and the message that this call is refused with."""
    with pytest.raises(ClientError) as raised:
        call(**parameters)
    error = raised.value.response["Error"]
    return error["Code"], error["Message"]


def code_of(call: Callable[..., Any], **parameters: Any) -> str:
    """The code that this call is refused with."""
    return told(call, **parameters)[0]
