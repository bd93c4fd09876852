# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MFA devices: virtual ones live by themselves and block their name until deleted; hardware ones come with a user."""

from __future__ import annotations

from typing import Any, cast

from moto.iam.models import VirtualMfaDevice

from .. import quotas
from ..account import Account, User, now
from ..errors import DeleteConflictException, EntityAlreadyExists, NoSuchEntity
from ..identities.users import plain as plain_user
from ..operations import Call, operation
from ..protocol.answers import Answer
from ..protocol.paging import page
from ..tags import merged


def _virtual(account: Account, serial_number: str) -> VirtualMfaDevice:
    device = account.virtual_mfa_devices.get(serial_number)
    if device is None:
        raise NoSuchEntity(f"VirtualMFADevice with serial number {serial_number} doesn't exist.")
    return device


def _require_enabled(user: User, serial_number: str) -> None:
    if serial_number not in user.mfa_devices:
        raise NoSuchEntity(f"MFA device with serial number {serial_number} is not enabled for {user.name}.")


@operation("CreateVirtualMFADevice")
def create_virtual_mfa_device(call: Call) -> Answer | None:
    account = call.account
    device = VirtualMfaDevice(
        account.account_id, account.region_name, (call.get("Path") or "/") + call["VirtualMFADeviceName"]
    )
    if device.serial_number in account.virtual_mfa_devices:
        raise EntityAlreadyExists("MFADevice entity at the same path and name already exists.")
    # AWS allows as many devices as users; an orphan takes up a place.
    quotas.require_room(account.account_id, "UsersQuota", len(account.virtual_mfa_devices))
    tags = list(merged(account.account_id, {}, call.get("Tags") or []).values())
    account.virtual_mfa_devices[device.serial_number] = device
    shape = {
        "SerialNumber": device.serial_number,
        "Base32StringSeed": device.base32_string_seed,
        "QRCodePNG": device.qr_code_png,
        "Tags": tags or None,
    }
    return {"VirtualMFADevice": shape}


@operation("DeleteVirtualMFADevice")
def delete_virtual_mfa_device(call: Call) -> Answer | None:
    device = _virtual(call.account, call["SerialNumber"])
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


def _virtual_shape(device: VirtualMfaDevice) -> dict[str, Any]:
    return {
        "SerialNumber": device.serial_number,
        "User": plain_user(cast(User, device.user)) if device.user is not None else None,
        "EnableDate": device.enable_date,
    }


@operation("EnableMFADevice")
def enable_mfa_device(call: Call) -> Answer | None:
    user, serial_number = call.account.user(call["UserName"]), call["SerialNumber"]
    if serial_number in user.mfa_devices:
        raise EntityAlreadyExists(f"MFA device {serial_number} is already enabled for {user.name}.")
    quotas.require_room(user.account_id, "MFADevicesPerUserQuota", len(user.mfa_devices))
    if serial_number.startswith("arn:"):
        device = _virtual(call.account, serial_number)
        if device.user is not None:
            raise EntityAlreadyExists(f"MFA device {serial_number} is already in use.")
        device.user, device.enable_date = user, now()
    user.enable_mfa_device(serial_number, call["AuthenticationCode1"], call["AuthenticationCode2"])
    user.mfa_devices[serial_number].enable_date = now()
    return None


@operation("DeactivateMFADevice")
def deactivate_mfa_device(call: Call) -> Answer | None:
    user, serial_number = call.account.user_of(call.params, call.access_key_id), call["SerialNumber"]
    _require_enabled(user, serial_number)
    user.deactivate_mfa_device(serial_number)
    device = call.account.virtual_mfa_devices.get(serial_number)
    if device is not None:
        device.user, device.enable_date = None, None
    return None


@operation("ResyncMFADevice")
def resync_mfa_device(call: Call) -> Answer | None:
    _require_enabled(call.account.user(call["UserName"]), call["SerialNumber"])
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
