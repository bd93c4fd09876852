# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MFA devices: virtual ones live by themselves and block their name until deleted; hardware ones come with a user.

The codes of a virtual device are those of its seed. Nobody here knows the seed of a hardware device: it is believed.
"""

from __future__ import annotations

import time
from typing import Any, cast

from .. import quotas
from ..account import Account, User, now
from ..errors import (
    AccessDenied,
    DeleteConflictException,
    EntityAlreadyExists,
    InvalidAuthenticationCode,
    NoSuchEntity,
)
from ..identities.users import plain as plain_user
from ..operations import Call, operation
from ..protocol.answers import Answer
from ..protocol.paging import page
from ..tags import Tag, merged
from . import mfa_presence
from .virtual_device import VirtualDevice

WRONG_CODES = "Authentication code for device is not valid."


def virtual_device(account: Account, serial_number: str) -> VirtualDevice:
    """The virtual device with this serial number; NoSuchEntity where there is none."""
    device = account.virtual_mfa_devices.get(serial_number)
    if device is None:
        raise NoSuchEntity(f"VirtualMFADevice with serial number {serial_number} doesn't exist.")
    return device


def create(account: Account, path: str, name: str, tags: list[Tag]) -> VirtualDevice:
    """Make a virtual device that is nobody's yet. EntityAlreadyExists, LimitExceeded, InvalidInput (its tags)."""
    device = VirtualDevice(account.account_id, account.region_name, path, name)
    if device.serial_number in account.virtual_mfa_devices:
        raise EntityAlreadyExists("MFADevice entity at the same path and name already exists.")
    # AWS allows as many devices as users; an orphan takes up a place.
    quotas.require_room(account.account_id, "UsersQuota", len(account.virtual_mfa_devices))
    device.tags_by_key = merged(account.account_id, {}, tags, key_of=str)
    account.virtual_mfa_devices[device.serial_number] = device
    return device


def enable(account: Account, user: User, serial_number: str, first: str, second: str) -> None:
    """Give the user a device that shows these two codes in a row.

    EntityAlreadyExists, LimitExceeded, NoSuchEntity, or InvalidAuthenticationCode.
    """
    if serial_number in user.mfa_devices:
        raise EntityAlreadyExists(f"MFA device {serial_number} is already enabled for {user.name}.")
    quotas.require_room(user.account_id, "MFADevicesPerUserQuota", len(user.mfa_devices))
    if serial_number.startswith("arn:"):
        device = virtual_device(account, serial_number)
        serial_number = device.serial_number
        if device.user is not None:
            raise EntityAlreadyExists(f"MFA device {serial_number} is already in use.")
        _synchronise(device, first, second)
        device.user, device.enable_date = user, now()
    user.enable_mfa_device(serial_number, first, second)
    user.mfa_devices[serial_number].enable_date = now()


def take_code(account: Account, user: User, serial_number: str, code: str) -> bool:
    """Whether a device of the user shows this code, and it was not used before. From now on it is."""
    device = account.virtual_mfa_devices.get(serial_number)
    if device is None:
        return len(code) == 6 and code.isdecimal()
    return device.codes.take(code, time.time())


def require_mfa_of_owner(user: User, action: str, *, mfa: bool) -> None:
    """AccessDenied for users who have a device and change their own devices without it, whatever their policies say.

    AWS demands it since 2023 (its security bulletin AWS-2023-001). The message is not AWS's.
    """
    if user.mfa_devices and not mfa:
        raise AccessDenied(
            f"User: {user.arn} is not authorized to perform: iam:{action} on resource: user {user.name} "
            "because it has an MFA device and did not sign in with it"
        )


def _require_mfa_of_caller(call: Call, user: User) -> None:
    key = call.account.access_keys.get(call.access_key_id)
    if key is not None and key.user_name == user.name:
        began = mfa_presence.mfa_at(call.account, call.access_key_id)
        require_mfa_of_owner(user, call.operation, mfa=began is not None)


def _synchronise(device: VirtualDevice, first: str, second: str) -> None:
    if not device.codes.synchronise(first, second, time.time()):
        raise InvalidAuthenticationCode(WRONG_CODES)


def _require_enabled(user: User, serial_number: str) -> None:
    if serial_number not in user.mfa_devices:
        raise NoSuchEntity(f"MFA device with serial number {serial_number} is not enabled for {user.name}.")


@operation("CreateVirtualMFADevice")
def create_virtual_mfa_device(call: Call) -> Answer | None:
    account = call.account
    device = create(account, call.get("Path") or "/", call["VirtualMFADeviceName"], call.get("Tags") or [])
    shape = {
        "SerialNumber": device.serial_number,
        "Base32StringSeed": device.base32_string_seed,
        "QRCodePNG": device.picture(account.spoken_name),
        "Tags": list(device.tags_by_key.values()) or None,
    }
    return {"VirtualMFADevice": shape}


@operation("DeleteVirtualMFADevice")
def delete_virtual_mfa_device(call: Call) -> Answer | None:
    device = virtual_device(call.account, call["SerialNumber"])
    if device.user is not None:
        raise DeleteConflictException("MFA VirtualDevice in use. Must deactivate first.")
    del call.account.virtual_mfa_devices[device.serial_number]
    return None


@operation("ListVirtualMFADevices")
def list_virtual_mfa_devices(call: Call) -> Answer | None:
    wanted = {"Assigned": (True,), "Unassigned": (False,)}.get(call.get("AssignmentStatus", "Any"), (True, False))
    in_order = sorted(
        (serial_number, _virtual_shape(device))
        for serial_number, device in call.account.virtual_mfa_devices.items()
        if (device.user is not None) in wanted
    )
    devices, rest = page(call.params, "ListVirtualMFADevices", in_order)
    return {"VirtualMFADevices": devices, **rest}


def _virtual_shape(device: VirtualDevice) -> dict[str, Any]:
    return {
        "SerialNumber": device.serial_number,
        "User": plain_user(cast(User, device.user)) if device.user is not None else None,
        "EnableDate": device.enable_date,
    }


@operation("EnableMFADevice")
def enable_mfa_device(call: Call) -> Answer | None:
    user = call.account.user(call["UserName"])
    _require_mfa_of_caller(call, user)
    enable(call.account, user, call["SerialNumber"], call["AuthenticationCode1"], call["AuthenticationCode2"])
    return None


@operation("DeactivateMFADevice")
def deactivate_mfa_device(call: Call) -> Answer | None:
    user, serial_number = call.account.user_of(call.params, call.access_key_id), call["SerialNumber"]
    _require_mfa_of_caller(call, user)
    _require_enabled(user, serial_number)
    user.deactivate_mfa_device(serial_number)
    device = call.account.virtual_mfa_devices.get(serial_number)
    if device is not None:
        device.user, device.enable_date = None, None
    return None


@operation("ResyncMFADevice")
def resync_mfa_device(call: Call) -> Answer | None:
    _require_enabled(call.account.user(call["UserName"]), call["SerialNumber"])
    device = call.account.virtual_mfa_devices.get(call["SerialNumber"])
    if device is not None:
        _synchronise(device, call["AuthenticationCode1"], call["AuthenticationCode2"])
    return None


@operation("GetMFADevice")
def get_mfa_device(call: Call) -> Answer | None:
    user, serial_number = call.account.user_of(call.params, call.access_key_id), call["SerialNumber"]
    _require_enabled(user, serial_number)
    enabled = user.mfa_devices[serial_number].enable_date
    return {"UserName": user.name, "SerialNumber": serial_number, "EnableDate": enabled}


@operation("ListMFADevices")
def list_mfa_devices(call: Call) -> Answer | None:
    user = call.account.user_of(call.params, call.access_key_id)
    in_order = sorted(
        (
            serial_number,
            {"UserName": user.name, "SerialNumber": serial_number, "EnableDate": device.enable_date},
        )
        for serial_number, device in user.mfa_devices.items()
    )
    devices, rest = page(call.params, "ListMFADevices", in_order)
    return {"MFADevices": devices, **rest}
