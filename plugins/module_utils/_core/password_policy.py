# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of a password policy: amazon.aws's names of them, IAM's, and the numbers that IAM allows."""

from __future__ import annotations

import typing as t


class Rule(t.NamedTuple):
    """One rule: UpdateAccountPasswordPolicy's parameter, and the least and the greatest number if it is a number.

    A number that may be zero takes its rule out of force (API reference, UpdateAccountPasswordPolicy).
    """

    parameter: str
    least: int | None = None
    greatest: int | None = None


RULES: t.Mapping[str, Rule] = {
    "min_pw_length": Rule("MinimumPasswordLength", 6, 128),
    "require_symbols": Rule("RequireSymbols"),
    "require_numbers": Rule("RequireNumbers"),
    "require_uppercase": Rule("RequireUppercaseCharacters"),
    "require_lowercase": Rule("RequireLowercaseCharacters"),
    "allow_pw_change": Rule("AllowUsersToChangePassword"),
    "pw_max_age": Rule("MaxPasswordAge", 0, 1095),
    "pw_reuse_prevent": Rule("PasswordReusePrevention", 0, 24),
    "pw_expire": Rule("HardExpiry"),
}
"""By the names of amazon.aws.iam_password_policy's options."""

OPTIONS: t.Mapping[str, str] = {rule.parameter: option for option, rule in RULES.items()}
"""The options by IAM's names."""

_ENDLESS = frozenset(rule.parameter for rule in RULES.values() if rule.least == 0)


def in_force(answer: t.Mapping[str, t.Any]) -> dict[str, bool | int]:
    """The rules in GetAccountPasswordPolicy's answer, without numbers of zero: these rules are not in force.

    ExpirePasswords only says whether MaxPasswordAge is set, and no call takes it.
    """
    known = {name: value for name, value in answer.items() if name in OPTIONS}
    return {name: value for name, value in known.items() if value or name not in _ENDLESS}
