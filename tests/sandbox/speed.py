# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What moto works out anew on each call although it never changes, worked out once."""

from __future__ import annotations

from functools import cache

from moto.core import responses


def install() -> None:
    """Patch moto's request path; calling it again changes nothing."""
    for name in ("method_names_from_class", "camelcase_to_underscores"):
        function = getattr(responses, name)
        if not hasattr(function, "cache_info"):
            setattr(responses, name, cache(function))
