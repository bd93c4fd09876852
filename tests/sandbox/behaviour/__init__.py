# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Teach moto's IAM what AWS does: moto answers, this package decides whether AWS would have."""

from __future__ import annotations


def install() -> None:
    """Patch moto's IAM models and responses; calling it again changes nothing."""
