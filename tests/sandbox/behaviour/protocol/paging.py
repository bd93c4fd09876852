# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""IsTruncated and Marker: one page of a list, 100 items unless the caller asks for up to 1,000.

A marker names the last item given, not a number: like on AWS a page is no snapshot, and what is created or deleted
between two pages makes no other item appear twice or go missing.
"""

from __future__ import annotations

import base64
import binascii
import bisect
import json
from collections.abc import Sequence
from typing import Any, TypeVar

from ..errors import ValidationError

DEFAULT_PAGE = 100
T = TypeVar("T")


def page(params: dict[str, Any], kind: str, items: Sequence[tuple[str, T]]) -> tuple[list[T], dict[str, Any]]:
    """The items of this page, and the members of the answer that tell whether there are more.

    `items` are (key, item) in the order of their keys; `kind` ties a marker to the list that gave it.
    """
    after = ""
    if params.get("Marker") is not None:
        after = str(unpack(params["Marker"], kind)["after"])
    start = bisect.bisect_right([key for key, _item in items], after) if after else 0
    end = start + int(params.get("MaxItems") or DEFAULT_PAGE)
    taken = [item for _key, item in items[start:end]]
    if end >= len(items):
        return taken, {"IsTruncated": False}
    return taken, {"IsTruncated": True, "Marker": pack(kind, after=items[end - 1][0])}


def pack(kind: str, **position: str) -> str:
    """An opaque marker."""
    return base64.urlsafe_b64encode(json.dumps({"kind": kind, **position}).encode()).decode()


def unpack(marker: str, kind: str) -> dict[str, Any]:
    """What pack() was given; ValidationError for anything that pack() did not make for this kind of list."""
    try:
        position = json.loads(base64.urlsafe_b64decode(marker.encode()))
    except (binascii.Error, ValueError):
        position = None
    if not isinstance(position, dict) or position.get("kind") != kind:
        raise ValidationError("Invalid Marker.")
    return position
