# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sandbox says no: every call of IAM and STS is authorised, by an evaluator that nobody here wrote."""

from __future__ import annotations

from .enforcement import Enforcement

__all__ = ["Enforcement"]
