# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""GetSessionToken: temporary credentials of a user, which begin with MFA if the user gives a code.

No policy allows or forbids it. What the credentials open is what the user may, but no IAM without MFA, and of STS only
AssumeRole and GetCallerIdentity (STS API reference, GetSessionToken).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from moto.core.utils import get_service_model
from moto.iam.models import AccessKey

from ...calls.wire import Call
from ..account import Account, User, now
from ..errors import AccessDenied
from ..protocol import validation
from . import mfa
from .mfa_presence import TEMPORARY

DURATION = 43_200
# AWS's words, as its clients report them: the one ends in a space, the other has two after its first sentence.
WRONG_CODE = "MultiFactorAuthentication failed with invalid MFA one time pass code. "
WRONG_DEVICE = (
    "MultiFactorAuthentication failed, unable to validate MFA code.  "
    "Please verify your MFA serial number is valid and associated with this user."
)
INCOMPLETE = "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code."
OF_STS = ("AssumeRole", "GetCallerIdentity")
INVALID = ("InvalidClientTokenId", "The security token included in the request is invalid.")
EXPIRED = ("ExpiredToken", "The security token included in the request is expired")


class SessionKey(AccessKey):
    """A temporary access key of a user, who stands in no list."""

    def __init__(self, user: User, seconds: int, mfa_at: datetime | None) -> None:
        super().__init__(user.name, TEMPORARY, user.account_id)
        self.user = user
        self.session_token = secrets.token_urlsafe(96)
        self.expiration = now() + timedelta(seconds=seconds)
        # See mfa_presence.
        self.mfa_at = mfa_at


def begin(account: Account, user: User, parameters: Mapping[str, Any]) -> SessionKey:
    """A session of a user who calls with a long-term key; AccessDenied or ValidationError."""
    model = get_service_model("sts").operation_model("GetSessionToken")
    validation.check(model.name, model.input_shape, parameters)
    moment = authenticate(account, user, parameters.get("SerialNumber", ""), parameters.get("TokenCode", ""))
    # moto's CloudFormation hook is abstract to mypy only.
    key = SessionKey(user, int(parameters.get("DurationSeconds") or DURATION), moment)  # type: ignore[abstract]
    account.access_keys[key.access_key_id] = key
    return key


def authenticate(account: Account, user: User, serial_number: str, code: str) -> datetime | None:
    """Take the code of the user's device, and return the moment: None if neither device nor code is given.

    AccessDenied for one without the other, a device that is not the user's, or a wrong code.
    """
    if not serial_number and not code:
        return None
    if not serial_number or not code:
        raise AccessDenied(INCOMPLETE)
    if serial_number not in user.mfa_devices:
        raise AccessDenied(WRONG_DEVICE)
    if not mfa.take_code(account, user, serial_number, code):
        raise AccessDenied(WRONG_CODE)
    return now()


def session_of(account: Account, access_key_id: str) -> SessionKey | None:
    """The session that this access key belongs to, if it is one of these."""
    key = account.access_keys.get(access_key_id)
    return key if isinstance(key, SessionKey) else None


def refusal(account: Account, call: Call) -> tuple[str, str] | None:
    """Code and message for a call that its session may not make; None for one that may go on."""
    key = session_of(account, call.access_key_id)
    if key is None:
        of_a_role = call.access_key_id.startswith(TEMPORARY) and call.operation == "GetSessionToken"
        return _not_with_a_session(call) if of_a_role else None
    token = call.request.headers.get("X-Amz-Security-Token", "")
    if token != key.session_token or account.users.get(key.user.name) is not key.user:
        return INVALID
    if now() >= key.expiration:
        return EXPIRED
    # The user may have been renamed.
    key.user_name = key.user.name
    if call.service == "iam":
        return None if key.mfa_at else INVALID
    return None if call.operation in OF_STS else _not_with_a_session(call)


def _not_with_a_session(call: Call) -> tuple[str, str]:
    return "AccessDenied", f"Cannot call {call.operation} with session credentials"
