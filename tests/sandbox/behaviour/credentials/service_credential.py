# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A service-specific credential: a user name and password for CodeCommit or Keyspaces, or an API key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass
class ServiceSpecificCredential:
    """What the account keeps of one; the secret is given out when it is created or reset, never listed."""

    id: str
    service_name: str
    service_user_name: str
    created: datetime
    secret: str
    expires: datetime | None = None
    status: str = "Active"
