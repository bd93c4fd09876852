# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The account's settings become the desired. Pure."""

from __future__ import annotations

import typing as t

from .._chart.entries import Entry
from .._chart.scalars import read_boolean
from .._core.desired import DesiredAccount
from .._core.names import described
from .._core.password_policy import RULES
from .._core.steps import Fault
from .values import read_alias, read_password_rules

if t.TYPE_CHECKING:
    from .._core.model import PasswordPolicy

_KEYS = ("alias", "password_policy", "require_mfa")
_WHO = "account_settings"


def desired_account(raw: object, faults: list[Fault]) -> DesiredAccount | None:
    """What is asked of the account; None if nothing is."""
    if not isinstance(raw, t.Mapping):
        faults.append(Fault(_WHO, f"is {described(raw)}; a mapping with {' or '.join(_KEYS)} belongs there"))
        return None
    entry = Entry(_WHO, raw, faults)
    entry.check_keys(_KEYS)
    # It acts through a department, see `.mfa`; here only its fault is told.
    read_boolean(entry, "require_mfa")
    found = DesiredAccount(alias=read_alias(entry), password_policy=_password_policy(entry))
    return None if found == DesiredAccount() else found


def _password_policy(entry: Entry) -> PasswordPolicy | None:
    key = "password_policy"
    if key not in entry.values or entry.mistyped(key, t.Mapping, "a mapping of rules such as min_pw_length"):
        return None
    rules = Entry(f"{entry.who}.{key}", t.cast("t.Mapping[t.Any, object]", entry.values[key]), entry.faults)
    rules.check_keys(RULES)
    return read_password_rules(rules) or None
