# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The code of an MFA device that AssumeRole may be given."""

from __future__ import annotations

from datetime import datetime

from ..account import Account, User, now
from ..errors import AccessDenied

# AWS's words, as its clients report them: the one ends in a space, another has two after its first sentence.
WRONG_CODE = "MultiFactorAuthentication failed with invalid MFA one time pass code. "
WRONG_DEVICE = (
    "MultiFactorAuthentication failed, unable to validate MFA code.  "
    "Please verify your MFA serial number is valid and associated with this user."
)
INCOMPLETE = "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code."


def authenticate(account: Account, user: User, serial_number: str, code: str) -> datetime | None:
    """Take the code of the user's device. Returns the moment; None where neither is given. Raises AccessDenied."""
    if not serial_number and not code:
        return None
    if not serial_number or not code:
        raise AccessDenied(INCOMPLETE)
    if serial_number not in user.mfa_devices:
        raise AccessDenied(WRONG_DEVICE)
    # No device of the sandbox knows codes of its own yet: six digits are believed.
    if not (len(code) == 6 and code.isdecimal()):
        raise AccessDenied(WRONG_CODE)
    return now()
