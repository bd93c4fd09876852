# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection's version, since a module cannot read galaxy.yml. A test keeps the two equal."""

from __future__ import annotations

VERSION = "1.0.0"
