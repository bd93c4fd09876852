# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""For the test of the search for messages: a file that writes a page, so that only what is raised counts."""

from __future__ import annotations


def line() -> str:
    """No message."""
    return "is new and joins sales"


def refuse() -> None:
    """One."""
    raise ValueError("a part of it")
