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


_TAGS: Spec = {
    "tags": {"type": "dict", "aliases": ["resource_tags"]},
    "purge_tags": {"type": "bool", "default": True},
}

# no_log: False says that the option is no secret, although its name sounds like one.
_PASSWORD_RULES: Spec = {
    "min_pw_length": {"type": "int", "aliases": ["minimum_password_length"], "no_log": False},
    "require_symbols": {"type": "bool"},
    "require_numbers": {"type": "bool"},
    "require_uppercase": {"type": "bool"},
    "require_lowercase": {"type": "bool"},
    "allow_pw_change": {"type": "bool", "aliases": ["allow_password_change"], "no_log": False},
    "pw_max_age": {"type": "int", "aliases": ["password_max_age"], "no_log": False},
    "pw_reuse_prevent": {"type": "int", "aliases": ["password_reuse_prevent", "prevent_reuse"], "no_log": False},
    "pw_expire": {"type": "bool", "aliases": ["password_expire", "expire"], "no_log": False},
}


def policy_arguments(*, purge: bool = False) -> Spec:
    """The options for the policies of a user, group or role; ``purge`` is the default of ``purge_policies``."""
    return {**_POLICIES, "purge_policies": {**_POLICIES["purge_policies"], "default": purge}}


def tag_arguments() -> Spec:
    """The options for the tags of a user, role or policy."""
    return _TAGS


def password_rule_arguments() -> Spec:
    """The rules of a password policy. They have no defaults: what is left out keeps its value."""
    return _PASSWORD_RULES


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
    """``state`` of one subject."""
    return {"type": "str", "choices": ["present", *others, "absent"], "default": "present"}


def path_argument() -> dict[str, t.Any]:
    """``path`` of one subject."""
    return {"type": "str", "aliases": ["prefix", "path_prefix"]}
