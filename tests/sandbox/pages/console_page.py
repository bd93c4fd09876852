# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The frame of every page of the console."""

from __future__ import annotations

from functools import partial

from .rendering import render

console_page = partial(render, heading="Practice console")


def message(title: str, text: str, *, alert: bool = False) -> bytes:
    """A page of one sentence."""
    return console_page("message.html", title=title, text=text, alert=alert, narrow=True)
