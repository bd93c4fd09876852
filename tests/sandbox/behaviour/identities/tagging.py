# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tags of users, roles, customer managed policies and virtual MFA devices: set, taken away, listed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .. import tags
from ..credentials import mfa
from ..errors import InvalidInput
from ..operations import Call, operation
from ..policies import arns, managed
from ..protocol.answers import Answer
from ..protocol.paging import page
from ..tags import Tag

# The tags that a call is about, by what makes their keys equal.
Held = Callable[[Call], dict[str, Tag]]
KeyOf = Callable[[str], str]


def _of_user(call: Call) -> dict[str, Tag]:
    return call.account.user(call["UserName"]).tags_by_key


def _of_role(call: Call) -> dict[str, Tag]:
    return call.account.get_role(call["RoleName"]).tags_by_key


def _of_policy(call: Call) -> dict[str, Tag]:
    return arns.existing(call.account, call["PolicyArn"]).tags


def _of_own_policy(call: Call) -> dict[str, Tag]:
    return managed.changeable(call.account, call["PolicyArn"]).tags


def _of_device(call: Call) -> dict[str, Tag]:
    return mfa.virtual_device(call.account, call["SerialNumber"]).tags_by_key


# By kind: how to find the tags to read, and those to change; what makes keys equal.
KINDS: dict[str, tuple[Held, Held, KeyOf]] = {
    "User": (_of_user, _of_user, str.casefold),
    "Role": (_of_role, _of_role, str.casefold),
    "Policy": (_of_policy, _of_own_policy, str),
    "MFADevice": (_of_device, _of_device, str),
}


def _tag(held: Held, key_of: KeyOf) -> Callable[[Call], None]:
    def tag(call: Call) -> None:
        now = held(call)
        if not call.get("Tags"):
            raise InvalidInput("At least one tag must be given.")
        after = tags.merged(call.account.account_id, now, call["Tags"], key_of)
        now.clear()
        now.update(after)

    return tag


def _untag(held: Held, key_of: KeyOf) -> Callable[[Call], None]:
    def untag(call: Call) -> None:
        now = held(call)
        for key in call.get("TagKeys") or []:
            now.pop(key_of(key), None)

    return untag


def _list(kind: str, held: Held) -> Callable[[Call], Answer]:
    def list_(call: Call) -> dict[str, Any]:
        found, rest = page(call.params, f"List{kind}Tags", sorted(held(call).items()))
        return {"Tags": found, **rest}

    return list_


for _kind, (_read, _changed, _key_of) in KINDS.items():
    operation(f"Tag{_kind}")(_tag(_changed, _key_of))
    operation(f"Untag{_kind}")(_untag(_changed, _key_of))
    operation(f"List{_kind}Tags")(_list(_kind, _read))
