# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Service-specific credentials: CodeCommit and Keyspaces user names with passwords, and services' API keys."""

from __future__ import annotations

import random
import string
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from .. import quotas
from ..account import Account, User, new_id, now
from ..errors import NoSuchEntity, ValidationError
from ..operations import Call, operation
from ..protocol.answers import Answer
from ..protocol.paging import page
from . import status
from .service_credential import ServiceSpecificCredential

PASSWORD_SERVICES = frozenset({"codecommit.amazonaws.com", "cassandra.amazonaws.com"})
API_KEY_SERVICES = frozenset({"bedrock.amazonaws.com", "logs.amazonaws.com"})
SECRET_LETTERS = string.ascii_letters + string.digits + "+/="


def _check_service(name: str) -> None:
    if name not in PASSWORD_SERVICES | API_KEY_SERVICES:
        raise NoSuchEntity(f"No such service {name} is supported for Service Specific Credentials")


def _find(call: Call) -> tuple[User, ServiceSpecificCredential]:
    """The named credential; its id is enough, the user's name when given must fit."""
    credential_id = call["ServiceSpecificCredentialId"]
    users: Iterable[User] = [call.account.user(call["UserName"])] if call.get("UserName") else _all_users(call.account)
    for user in users:
        if credential_id in user.service_credentials:
            return user, user.service_credentials[credential_id]
    raise NoSuchEntity(f"No such credential {credential_id} exists")


def _all_users(account: Account) -> list[User]:
    return [user for _key, user in account.users.in_order()]


def _metadata(user: User, credential: ServiceSpecificCredential) -> dict[str, Any]:
    name = "ServiceCredentialAlias" if credential.service_name in API_KEY_SERVICES else "ServiceUserName"
    return {
        "UserName": user.name,
        "Status": credential.status,
        name: credential.service_user_name,
        "CreateDate": credential.created,
        "ExpirationDate": credential.expires,
        "ServiceSpecificCredentialId": credential.id,
        "ServiceName": credential.service_name,
    }


def _with_secret(user: User, credential: ServiceSpecificCredential) -> dict[str, Any]:
    name = "ServiceCredentialSecret" if credential.service_name in API_KEY_SERVICES else "ServicePassword"
    return {"ServiceSpecificCredential": {**_metadata(user, credential), name: credential.secret}}


def _new_secret() -> str:
    return "".join(random.choices(SECRET_LETTERS, k=44))


@operation("CreateServiceSpecificCredential")
def create_service_specific_credential(call: Call) -> Answer | None:
    user, service, days = call.account.user(call["UserName"]), call["ServiceName"], call.get("CredentialAgeDays")
    _check_service(service)
    if days and service not in API_KEY_SERVICES:
        raise ValidationError(f"CredentialAgeDays is not valid for {service}.")
    held = [credential for credential in user.service_credentials.values() if credential.service_name == service]
    quotas.require_room(user.account_id, "ServiceSpecificCredentialsPerServiceQuota", len(held))
    taken = {credential.service_user_name for credential in held}
    names = (f"{user.name}{suffix}-at-{user.account_id}" for suffix in ("", *(f"+{n}" for n in range(1, 100))))
    credential = ServiceSpecificCredential(
        id=new_id("ACCA"),
        service_name=service,
        service_user_name=next(name for name in names if name not in taken),
        created=now(),
        secret=_new_secret(),
        expires=now() + timedelta(days=days) if days else None,
    )
    user.service_credentials[credential.id] = credential
    return _with_secret(user, credential)


@operation("ListServiceSpecificCredentials")
def list_service_specific_credentials(call: Call) -> Answer | None:
    service = call.get("ServiceName")
    if service:
        _check_service(service)
    if call.get("AllUsers") and call.get("UserName"):
        raise ValidationError("AllUsers cannot be specified together with UserName.")
    if call.get("AllUsers"):
        users = _all_users(call.account)
    else:
        users = [call.account.user_of(call.params, call.access_key_id)]
    in_order = [
        (f"{user.name.casefold()} {credential_id}", _metadata(user, credential))
        for user in users
        for credential_id, credential in sorted(user.service_credentials.items())
        if service in (None, credential.service_name)
    ]
    found, rest = page(call.params, "ListServiceSpecificCredentials", sorted(in_order, key=lambda pair: pair[0]))
    # The list of one user, two at most for each service, comes without IsTruncated (recorded by LocalStack).
    return {"ServiceSpecificCredentials": found, **(rest if call.get("AllUsers") or rest["IsTruncated"] else {})}


@operation("UpdateServiceSpecificCredential")
def update_service_specific_credential(call: Call) -> Answer | None:
    _user, credential = _find(call)
    status.update(call, credential, "credential")
    return None


@operation("ResetServiceSpecificCredential")
def reset_service_specific_credential(call: Call) -> Answer | None:
    user, credential = _find(call)
    credential.secret = _new_secret()
    return _with_secret(user, credential)


@operation("DeleteServiceSpecificCredential")
def delete_service_specific_credential(call: Call) -> Answer | None:
    user, credential = _find(call)
    del user.service_credentials[credential.id]
    return None
