# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A number that a run told, repeated by a person to go on once. Pure."""

from __future__ import annotations

import typing as t

SHARED_ACCOUNT = "default"


def confirmed(written: object, count: int, account: str | None) -> bool:
    """Whether exactly this number was repeated, for this account if it says for which."""
    if isinstance(written, t.Mapping):
        written = written.get(account or SHARED_ACCOUNT)
    if isinstance(written, bool) or not isinstance(written, (int, str)):
        return False
    return str(written).strip() == str(count)
