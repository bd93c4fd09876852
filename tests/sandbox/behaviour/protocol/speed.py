# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What makes moto's request path slow without need: what never changes is worked out once."""

from __future__ import annotations

import uuid
from functools import cache

from moto.core import responses


def install() -> None:
    """Patch moto's request path; calling it again changes nothing."""
    for name in ("method_names_from_class", "camelcase_to_underscores"):
        function = getattr(responses, name)
        if not hasattr(function, "cache_info"):
            setattr(responses, name, cache(function))
    # moto draws 52 random letters one by one.
    setattr(responses, "gen_amzn_requestid_long", request_id)  # noqa: B010 - not a name that moto exports


def request_id(headers: dict[str, str]) -> str:
    """A request id as IAM's are, noted in the answer's headers too."""
    headers["x-amzn-requestid"] = str(uuid.uuid4())
    return headers["x-amzn-requestid"]
