# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A virtual MFA device: its seed, as text and as a picture, its codes and its tags."""

from __future__ import annotations

import io
from urllib.parse import quote

import segno
from moto.iam.models import VirtualMfaDevice

from ..tags import Tag
from .one_time_codes import OneTimeCodes


class VirtualDevice(VirtualMfaDevice):
    """moto's, with codes that are those of an authenticator app."""

    def __init__(self, account_id: str, region_name: str, path: str, name: str) -> None:
        super().__init__(account_id, region_name, path + name)
        self.name = name
        self.codes = OneTimeCodes(self.base32_string_seed)
        # Keys with case, unlike a user's (IAM user guide, Tagging).
        self.tags_by_key: dict[str, Tag] = {}

    def address(self, account_name: str) -> str:
        """What the picture says to an app (API reference, VirtualMFADevice): the label, and the seed in base32."""
        return f"otpauth://totp/{quote(f'{self.name}@{account_name}', safe='@')}?secret={self.base32_string_seed}"

    def picture(self, account_name: str) -> bytes:
        """The address as a QR code, a PNG."""
        png = io.BytesIO()
        segno.make(self.address(account_name), micro=False).save(png, kind="png", scale=4)
        return png.getvalue()
