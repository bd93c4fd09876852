# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The account's alias: one, taken from all accounts of the partition together; a new one replaces the old."""

from __future__ import annotations

import re

from moto.iam.models import iam_backends

from .errors import EntityAlreadyExists, NoSuchEntity, ValidationError
from .operations import Call, operation
from .protocol.answers import Answer


@operation("CreateAccountAlias")
def create_account_alias(call: Call) -> Answer | None:
    alias, account = call["AccountAlias"], call.account
    if re.fullmatch(r"\d{12}", alias, re.ASCII):
        raise ValidationError("An account alias must not be a 12 digit number.")
    for backends in list(iam_backends.values()):
        holder = dict(backends).get(account.partition)
        # The account that holds it itself is refused, too.
        if holder is not None and alias in holder.account_aliases:
            raise EntityAlreadyExists(f"The account alias {alias} already exists.")
    account.account_aliases = [alias]
    return None


@operation("DeleteAccountAlias")
def delete_account_alias(call: Call) -> Answer | None:
    if call["AccountAlias"] not in call.account.account_aliases:
        raise NoSuchEntity(f"The account alias {call['AccountAlias']} cannot be found.")
    call.account.account_aliases = []
    return None


@operation("ListAccountAliases")
def list_account_aliases(call: Call) -> Answer | None:
    return {"AccountAliases": call.account.account_aliases, "IsTruncated": False}
