# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""For the test of the search for messages: a file in which every sentence counts."""

from __future__ import annotations

import re

CONSTANT = "comes from a constant"
PATTERN = re.compile("is no message at all")


def rule(count: int) -> str | None:
    """A docstring is none."""
    if count > 1:
        return f"has {count} of them"
    return "is never allowed" if count else None
