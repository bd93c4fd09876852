# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a person gets a virtual MFA device at the console: named, shown once, enabled by two codes.

Each step is judged by the person's policies. The caller holds the sandbox's lock.
"""

from __future__ import annotations

from moto.core.utils import get_service_model

from .account import Account
from .console_session import ConsoleSession
from .credentials import mfa
from .credentials.virtual_device import VirtualDevice
from .protocol import validation


def devices(session: ConsoleSession) -> list[str]:
    """The serial numbers of the person's devices. AccessDenied for one who may not list them."""
    session.require("iam:ListMFADevices", session.user.arn)
    return sorted(session.user.mfa_devices)


def begin(session: ConsoleSession, name: str) -> VirtualDevice:
    """Make a device. Raises what CreateVirtualMFADevice answers, and AccessDenied."""
    model, account = get_service_model("iam").operation_model("CreateVirtualMFADevice"), session.account
    validation.check(model.name, model.input_shape, {"VirtualMFADeviceName": name})
    session.require("iam:CreateVirtualMFADevice", f"arn:{account.partition}:iam::{account.account_id}:mfa/{name}")
    return mfa.create(account, "/", name, [])


def waiting(account: Account, serial_number: str) -> VirtualDevice | None:
    """A device that was made and is nobody's yet."""
    device = account.virtual_mfa_devices.get(serial_number)
    return device if device is not None and device.user is None else None


def finish(session: ConsoleSession, serial_number: str, first: str, second: str) -> None:
    """Enable the device that shows these two codes in a row. Raises what EnableMFADevice answers, and AccessDenied."""
    mfa.require_mfa_of_owner(session.user, "EnableMFADevice", mfa=session.mfa_at is not None)
    session.require("iam:EnableMFADevice", session.user.arn)
    mfa.enable(session.account, session.user, serial_number, first, second)
