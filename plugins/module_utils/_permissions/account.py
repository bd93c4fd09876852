# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The account itself, and what nobody who holds a policy of ours may do."""

from __future__ import annotations

import typing as t

from .statement import REFERENCE, VARIABLES, Statement

if t.TYPE_CHECKING:
    from .facts import Facts


def account(facts: Facts) -> list[Statement]:
    """The alias and the password policy, as far as the inventory has them."""
    actions = (
        *facts.when("account_alias")("CreateAccountAlias", "DeleteAccountAlias"),
        *facts.when("password_policy")("UpdateAccountPasswordPolicy"),
    )
    if not actions:
        return []
    return [
        Statement(
            "KeepAccount",
            "account",
            actions,
            ("*",),
            "sets the account's alias and its password policy",
            "IAM gives these no resource and no condition: any alias and any rules can be set",
            REFERENCE,
        )
    ]


def never(facts: Facts) -> Statement:
    """The denial of every change to the caller's own user and to those who are protected."""
    return Statement(
        "NeverThese",
        "cutting",
        ("Get*", "List*", "SimulatePrincipalPolicy"),
        (*map(facts.arn, ("user/${aws:username}", "user/*/${aws:username}")), *_protected(facts)),
        "keeps the job from its own user, and from everybody in onboard_protected",
        "in a resource IAM has no variable for the caller's own role: keep it out of the paths of the listed roles",
        VARIABLES,
        denies=True,
    )


def _protected(facts: Facts) -> t.Iterator[str]:
    for one in facts.protected:
        if one.startswith("/"):
            yield facts.arn(f"user{one.rstrip('/')}/*")
        else:
            yield facts.arn(f"user/{one}")
            yield facts.arn(f"user/*/{one}")
