# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Argument specs: the options that several modules share."""

from __future__ import annotations

import copy
import typing as t

Spec = dict[str, dict[str, t.Any]]

_ROLE: Spec = {
    "assume_role_arn": {"type": "str"},
    "external_id": {"type": "str", "no_log": True},
    "role_session_name": {"type": "str", "default": "workforce.aws"},
}

_POLICIES: Spec = {
    "managed_policies": {"type": "list", "elements": "str", "aliases": ["managed_policy"]},
    "purge_policies": {"type": "bool", "default": False, "aliases": ["purge_policy", "purge_managed_policies"]},
    "inline_policies": {"type": "dict"},
    "purge_inline_policies": {"type": "bool", "default": False},
}


def arguments(*specs: Spec, **options: dict[str, t.Any]) -> Spec:
    """A module's argument spec: the given options and shared specs, with the options that all our modules have."""
    merged: Spec = {}
    for spec in (_ROLE, *specs, options):
        merged.update(copy.deepcopy(spec))
    return merged


def policy_arguments() -> Spec:
    """The options for the policies of a user or group."""
    return _POLICIES


def csv_arguments() -> Spec:
    """The options for reading a table of employees."""
    return {
        "columns": {"type": "dict"},
        "name": {"type": "str"},
        "departments": {"type": "dict"},
        "dates": {"type": "str", "default": "%Y-%m-%d"},
        "at_least": {"type": "int", "default": 0},
        "separator": {"type": "str"},
    }


def state_argument(*others: str) -> dict[str, t.Any]:
    """``state`` of one user or group."""
    return {"type": "str", "choices": ["present", *others, "absent"], "default": "present"}


def path_argument() -> dict[str, t.Any]:
    """``path`` of one user or group."""
    return {"type": "str", "aliases": ["prefix", "path_prefix"]}
