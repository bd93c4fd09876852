# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether credentials began with MFA, and since when.

Who makes a temporary access key notes on it, as `mfa_at`, when its holder gave the code of a device. What policies are
told of it is in `sessions/caller.py`.
"""

from __future__ import annotations

from datetime import datetime

from ..account import Account

TEMPORARY = "ASIA"


def mfa_at(account: Account, access_key_id: str) -> datetime | None:
    """When the holder of this access key gave the code of a device; None for one who did not."""
    moment = getattr(account.access_keys.get(access_key_id), "mfa_at", None)
    return moment if isinstance(moment, datetime) else None
