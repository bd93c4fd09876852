# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of the account's own settings: its alias and its password policy. Pure."""

from __future__ import annotations

import typing as t

from .._core.model import read_part
from .._core.steps import Phase, Step
from .._core.subjects import Subject

if t.TYPE_CHECKING:
    from .._core.desired import DesiredAccount
    from .._core.model import AccountSettings, PasswordPolicy

UNWRITTEN: PasswordPolicy = {
    "MinimumPasswordLength": 6,
    "RequireSymbols": False,
    "RequireNumbers": False,
    "RequireUppercaseCharacters": False,
    "RequireLowercaseCharacters": False,
    "AllowUsersToChangePassword": False,
    "HardExpiry": False,
}
"""What UpdateAccountPasswordPolicy sets where it is not told otherwise (API reference). MaxPasswordAge and
PasswordReusePrevention have no such value: not told, they are not in force.
"""

BUILT_IN: PasswordPolicy = {
    **UNWRITTEN,
    "MinimumPasswordLength": 8,
    "RequireNumbers": True,
    "RequireUppercaseCharacters": True,
    "RequireLowercaseCharacters": True,
}
"""What AWS asks of passwords in an account without a password policy, as far as such a policy can say it.

AWS asks for any three of four kinds of characters (IAM user guide, password policy). A policy can only name kinds:
these three, so that a first policy loosens nothing that is not written.
"""

_SUBJECT = Subject("account", "settings")


def account_steps(wanted: DesiredAccount, existing: AccountSettings) -> list[Step]:
    """Set or remove the alias and the password policy."""
    return [*_alias_steps(wanted, existing), *_password_steps(wanted, existing)]


def password_policy(wanted: PasswordPolicy, existing: AccountSettings) -> PasswordPolicy:
    """The whole policy that is to hold: UpdateAccountPasswordPolicy resets all that it is not told.

    A number of zero takes the rule out of force.
    """
    present: PasswordPolicy = _present(existing) or BUILT_IN
    merged = {**UNWRITTEN, **present, **wanted}
    return {name: value for name, value in merged.items() if value or name in UNWRITTEN}


def _alias_steps(wanted: DesiredAccount, existing: AccountSettings) -> t.Iterator[Step]:
    if wanted.alias is None:
        return
    present = read_part(existing.alias, "the account")
    if wanted.alias == present:
        return
    if wanted.alias:
        line = f"is called {wanted.alias}"
        if present:
            line += f": sign-in links with {present} end"
        yield _step("CreateAccountAlias", line, {"AccountAlias": wanted.alias})
    else:
        line = f"is no longer called {present}: sign-in links with it end"
        yield _step("DeleteAccountAlias", line, {"AccountAlias": present})


def _password_steps(wanted: DesiredAccount, existing: AccountSettings) -> t.Iterator[Step]:
    if wanted.password_policy is None and not wanted.remove_password_policy:
        return
    present = _present(existing)
    if wanted.remove_password_policy:
        if present is not False:
            yield _step("DeleteAccountPasswordPolicy", "loses its password policy: AWS's own holds", {})
        return
    policy = password_policy(wanted.password_policy or {}, existing)
    if present is False or policy != {**UNWRITTEN, **present}:
        changed = ", ".join(_changes(policy, present or {}))
        yield _step("UpdateAccountPasswordPolicy", f"changes its password policy: {changed}", policy)


def _present(existing: AccountSettings) -> PasswordPolicy | t.Literal[False]:
    """The policy that the account has. Raises KeyError if it was not read."""
    if existing.password_policy is None:
        raise KeyError("the account's password policy was not read")
    return existing.password_policy


def _changes(policy: PasswordPolicy, present: PasswordPolicy) -> t.Iterator[str]:
    """Each rule that changes, also those that end, in IAM's words."""
    for name in sorted({**policy, **present}):
        if policy.get(name) != present.get(name):
            yield f"{name} {policy.get(name, 'ends')}"


def _step(operation: str, line: str, params: t.Mapping[str, t.Any]) -> Step:
    return Step(_SUBJECT, operation, params, line, Phase.ACCOUNT)
