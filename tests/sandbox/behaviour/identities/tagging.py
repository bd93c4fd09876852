# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""TagUser, UntagUser, ListUserTags."""

from __future__ import annotations

from .. import tags
from ..errors import InvalidInput
from ..operations import Call, operation
from ..protocol.answers import Answer
from ..protocol.paging import page


@operation("TagUser")
def tag_user(call: Call) -> Answer | None:
    user = call.account.user(call["UserName"])
    if not call.get("Tags"):
        raise InvalidInput("At least one tag must be given.")
    user.tags_by_key = tags.merged(user.account_id, user.tags_by_key, call["Tags"])
    return None


@operation("UntagUser")
def untag_user(call: Call) -> Answer | None:
    user = call.account.user(call["UserName"])
    for key in call.get("TagKeys") or []:
        user.tags_by_key.pop(key.casefold(), None)
    return None


@operation("ListUserTags")
def list_user_tags(call: Call) -> Answer | None:
    user = call.account.user(call["UserName"])
    found, rest = page(call.params, "ListUserTags", sorted(user.tags_by_key.items()))
    return {"Tags": found, **rest}
