# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts of a policy against values of the request: wildcards, and variables such as ``${aws:username}``."""

from __future__ import annotations

import functools
import re
import typing as t

from .request import Principal, Unknown, held_by

if t.TYPE_CHECKING:
    from .answers import Answer

_VARIABLE = re.compile(r"\$\{([^}]*)\}")
_WILDCARDS = {"*": ".*", "?": "."}


def like(
    pattern: str, text: str, principal: Principal, *, variables: bool, wildcards: bool = True, cased: bool = True
) -> Answer:
    """Whether the text is as the pattern says, with its variables; None when it depends on one that is not known."""
    parts, known = [], True
    for place, part in enumerate(_VARIABLE.split(pattern) if variables else [pattern]):
        if place % 2 == 0:
            parts.append(_escaped(part) if wildcards else re.escape(part))
            continue
        value = _variable(part, principal)
        if value is None:
            # A variable without a value makes its statement apply to nothing.
            return False
        known = known and not isinstance(value, Unknown)
        # A star that is part of somebody's name is no wildcard.
        parts.append(".*" if isinstance(value, Unknown) else re.escape(value))
    flags = re.DOTALL if cased else re.DOTALL | re.IGNORECASE
    if not re.fullmatch("".join(parts), text, flags):
        return False
    return True if known else None


def _variable(inside: str, principal: Principal) -> str | Unknown | None:
    if inside in ("*", "?", "$"):
        return inside
    key, comma, default = inside.partition(",")
    held = held_by(key.strip(), principal)
    return default.strip().strip("'") if held is None and comma else held


@functools.lru_cache(maxsize=4096)
def action_pattern(pattern: str) -> re.Pattern[str]:
    """The pattern of an action, without variables."""
    return re.compile(_escaped(pattern), re.DOTALL)


def _escaped(pattern: str) -> str:
    return "".join(_WILDCARDS.get(letter, re.escape(letter)) for letter in pattern)
