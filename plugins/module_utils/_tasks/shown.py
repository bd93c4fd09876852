# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The arguments of iam_workforce as its result shows them."""

from __future__ import annotations

import typing as t

if t.TYPE_CHECKING:
    Data = dict[str, t.Any]

SHOWN = (
    "path",
    "adopted_departments",
    "employees_from",
    "account_id",
    "account",
    "known_accounts",
    "record",
    "region",
    "profile",
    "timezone",
    "unlisted",
    "unlisted_departments",
    "remove_after_days",
    "beside",
    "readmit_keys",
    "issue",
    "adopt",
    "release",
    "max_losses",
    "max_gains",
    "confirm_losses",
    "confirm_gains",
    "confirm_renames",
    "plan",
)
COUNTED = ("readmit", "protected", "reissue")
LISTS = ("departments", "employees", "policies", "roles")


def shown_arguments(params: t.Mapping[str, t.Any], spec: t.Mapping[str, t.Mapping[str, t.Any]]) -> Data:
    """The arguments as the result shows them: numbers in place of people, and no secrets of the connection.

    What is as the module's ``spec`` has it anyway is left out.
    """
    shown = {name: params[name] for name in SHOWN if params.get(name) and params[name] != spec[name].get("default")}
    counts = {name: _counted(params[name]) for name in LISTS if name in LISTS[:2] or params[name] is not None}
    people = {name: params[name] for name in COUNTED if params[name]}
    if params["only"] is not None:
        people["only"] = params["only"]
    return {**shown, **counts, **{name: f"{len(names)} names" for name, names in people.items()}}


def _counted(raw: object) -> str:
    if isinstance(raw, str):
        return "a text"
    return f"{len(raw) if isinstance(raw, (list, tuple)) else 0} entries"
