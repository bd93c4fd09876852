# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Argument specs: what the modules' options have in common, merged by each module with its own."""

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
    """A module's argument spec: its own options and the shared ones given, beside those of every module of ours."""
    merged: Spec = {}
    for spec in (_ROLE, *specs, options):
        merged.update(copy.deepcopy(spec))
    return merged


def policy_arguments() -> Spec:
    """The options that say which policies a user or group has."""
    return _POLICIES


def csv_arguments() -> Spec:
    """The options that say how a table of employees is to be read."""
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
