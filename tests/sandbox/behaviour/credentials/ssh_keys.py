# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SSH public keys of users, for CodeCommit: five per user, none of them twice."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from moto.iam.models import SshPublicKey

from .. import quotas
from ..account import User, now
from ..errors import DuplicateSSHPublicKey, NoSuchEntity, UnrecognizedPublicKeyEncoding
from ..operations import Call, operation
from ..protocol.answers import Answer
from ..protocol.paging import page
from . import status


def metadata(key: SshPublicKey) -> dict[str, Any]:
    """A key as lists show it."""
    return {
        "UserName": key.user_name,
        "SSHPublicKeyId": key.ssh_public_key_id,
        "Status": key.status,
        "UploadDate": key.upload_date,
    }


def _whole(key: SshPublicKey) -> dict[str, Any]:
    more = {"Fingerprint": key.fingerprint, "SSHPublicKeyBody": key.ssh_public_key_body}
    return {"SSHPublicKey": {**metadata(key), **more}}


def _find(call: Call) -> tuple[User, SshPublicKey]:
    user = call.account.user_of(call.params, call.access_key_id)
    for key in user.ssh_public_keys:
        if key.ssh_public_key_id == call["SSHPublicKeyId"]:
            return user, key
    raise NoSuchEntity(f"The Public Key with id {call['SSHPublicKeyId']} cannot be found.")


def _check_body(body: str) -> None:
    """AWS takes OpenSSH's ssh-rsa line or a PEM block."""
    if body.startswith("-----BEGIN"):
        return
    parts = body.split()
    try:
        known = parts[0] == "ssh-rsa" and base64.b64decode(parts[1], validate=True) != b""
    except (IndexError, binascii.Error):
        known = False
    if not known:
        raise UnrecognizedPublicKeyEncoding("The public key is in an encoding that is not known.")


@operation("UploadSSHPublicKey")
def upload_ssh_public_key(call: Call) -> Answer | None:
    user, body = call.account.user(call["UserName"]), call["SSHPublicKeyBody"]
    _check_body(body)
    if any(key.ssh_public_key_body == body for key in user.ssh_public_keys):
        raise DuplicateSSHPublicKey(f"The public key is already associated with {user.name}.")
    quotas.require_room(user.account_id, "SSHPublicKeysPerUserQuota", len(user.ssh_public_keys))
    key = user.upload_ssh_public_key(body)
    key.upload_date = now()
    return _whole(key)


@operation("GetSSHPublicKey")
def get_ssh_public_key(call: Call) -> Answer | None:
    return _whole(_find(call)[1])


@operation("ListSSHPublicKeys")
def list_ssh_public_keys(call: Call) -> Answer | None:
    user = call.account.user_of(call.params, call.access_key_id)
    in_order = sorted((key.ssh_public_key_id, metadata(key)) for key in user.ssh_public_keys)
    keys, rest = page(call.params, "ListSSHPublicKeys", in_order)
    return {"SSHPublicKeys": keys, **rest}


@operation("UpdateSSHPublicKey")
def update_ssh_public_key(call: Call) -> Answer | None:
    _user, key = _find(call)
    status.update(call, key, "key")
    return None


@operation("DeleteSSHPublicKey")
def delete_ssh_public_key(call: Call) -> Answer | None:
    user, key = _find(call)
    user.ssh_public_keys.remove(key)
    return None
