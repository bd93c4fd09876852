# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Active or Inactive: what access keys, SSH keys, certificates and service credentials can be made."""

from __future__ import annotations

from typing import Protocol

from ..errors import InvalidInput
from ..operations import Call

STATUSES = ("Active", "Inactive")


class Credential(Protocol):
    status: str


def update(call: Call, credential: Credential, kind: str) -> None:
    """Give it the status that the call asks for."""
    if call["Status"] not in STATUSES:
        raise InvalidInput(f"A {kind} cannot be made {call['Status']}.")
    credential.status = call["Status"]
