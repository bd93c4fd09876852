# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access keys: two per user, active or inactive; the secret is told once."""

from __future__ import annotations

from typing import Any

from moto.iam.models import AccessKey

from .. import quotas
from ..account import User
from ..errors import NoSuchEntity
from ..operations import Call, operation
from ..protocol.answers import Answer
from ..protocol.paging import page
from . import status


def metadata(key: AccessKey) -> dict[str, Any]:
    """A key as lists show it."""
    return {
        "UserName": key.user_name,
        "AccessKeyId": key.access_key_id,
        "Status": key.status,
        "CreateDate": key.create_date,
    }


def _key_of(call: Call) -> tuple[User, AccessKey]:
    """The named key of the named user; without a name, of the user that signed the request."""
    user = call.account.user_of(call.params, call.access_key_id)
    for key in user.access_keys:
        if key.access_key_id == call["AccessKeyId"]:
            return user, key
    raise NoSuchEntity(f"The Access Key with id {call['AccessKeyId']} cannot be found.")


@operation("CreateAccessKey")
def create_access_key(call: Call) -> Answer | None:
    user = call.account.user_of(call.params, call.access_key_id)
    quotas.require_room(user.account_id, "AccessKeysPerUserQuota", len(user.access_keys))
    key = user.create_access_key(prefix="AKIA")
    call.account.access_keys[key.access_key_id] = key
    return {"AccessKey": {**metadata(key), "SecretAccessKey": key.secret_access_key}}


@operation("ListAccessKeys")
def list_access_keys(call: Call) -> Answer | None:
    user = call.account.user_of(call.params, call.access_key_id)
    in_order = sorted((key.access_key_id, metadata(key)) for key in user.access_keys)
    keys, rest = page(call.params, "ListAccessKeys", in_order)
    return {"AccessKeyMetadata": keys, **rest}


@operation("UpdateAccessKey")
def update_access_key(call: Call) -> Answer | None:
    _user, key = _key_of(call)
    status.update(call, key, "key")
    return None


@operation("DeleteAccessKey")
def delete_access_key(call: Call) -> Answer | None:
    user, key = _key_of(call)
    user.access_keys.remove(key)
    del call.account.access_keys[key.access_key_id]
    return None


@operation("GetAccessKeyLastUsed")
def get_access_key_last_used(call: Call) -> Answer | None:
    key = call.account.access_keys.get(call["AccessKeyId"])
    if key is None or key.user_name is None:
        raise NoSuchEntity(f"The Access Key with id {call['AccessKeyId']} cannot be found.")
    used: dict[str, Any] = {"ServiceName": "N/A", "Region": "N/A"}
    if key.last_used is not None:
        used = {
            "LastUsedDate": key.last_used.timestamp,
            "ServiceName": key.last_used.service,
            "Region": key.last_used.region,
        }
    return {"UserName": key.user_name, "AccessKeyLastUsed": used}
