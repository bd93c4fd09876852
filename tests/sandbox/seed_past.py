# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What lies behind a user of a seed, in days before now: its making, its last sign-in, its access keys and MFA."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from moto.iam.models import AccessKeyLastUsed, MFADevice

from .behaviour.account import Account, User, now
from .calls.variables import DEFAULT_REGION

PAST_KEYS = {"made_days_ago", "signed_in_days_ago", "access_keys", "mfa"}


def give_past(account: Account, entry: Mapping[str, Any]) -> None:
    """Make it as if all this had happened. A key is ``{"days": 120, "used_days_ago": 3, "active": False}``."""
    user = account.user(entry["name"])
    if "made_days_ago" in entry:
        user.create_date = _ago(entry["made_days_ago"])
    if "signed_in_days_ago" in entry:
        user.password_last_used = _ago(entry["signed_in_days_ago"])  # type: ignore[assignment]  # moto knows only None
    for number in range(int(entry.get("mfa", False))):
        serial = f"GAHT{number:08}"
        user.mfa_devices[serial] = MFADevice(serial, "123456", "654321")
        user.mfa_devices[serial].enable_date = user.create_date
    for key in entry.get("access_keys", ()):
        _give_key(account, user, key)


def _give_key(account: Account, user: User, given: Mapping[str, Any]) -> None:
    key = user.create_access_key(prefix="AKIA")
    key.create_date = _ago(given.get("days", 0))
    key.status = "Active" if given.get("active", True) else "Inactive"
    if "used_days_ago" in given:
        key.last_used = AccessKeyLastUsed(_ago(given["used_days_ago"]), "s3", DEFAULT_REGION)
    account.access_keys[key.access_key_id] = key


def _ago(days: float) -> datetime:
    return now() - timedelta(days=days)
