# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a call of IAM or STS is about: the ARNs of its resources, with their paths.

A thing that exists is named by the ARN that it has, one that is made by the one that it will have, and one that is
renamed or moved by both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..behaviour.account import Account
from .operations import TYPES

Parameters = Mapping[str, str]
EVERYTHING = "*"

# The parameter that names a resource of a type, or gives the name of the one that is made.
NAMES = {
    "group": "GroupName",
    "instance-profile": "InstanceProfileName",
    "mfa": "VirtualMFADeviceName",
    "policy": "PolicyName",
    "role": "RoleName",
    "saml-provider": "Name",
    "server-certificate": "ServerCertificateName",
    "user": "UserName",
}
# The parameter that is the ARN of one that exists.
ARNS = {
    "mfa": "SerialNumber",
    "oidc-provider": "OpenIDConnectProviderArn",
    "policy": "PolicyArn",
    "principal": "PolicySourceArn",
    "saml-provider": "SAMLProviderArn",
}


@dataclass(frozen=True)
class Resource:
    """The ARN, and the thing that has it: None for one that does not exist (yet)."""

    arn: str
    entity: Any = None


def resources(account: Account, operation: str, parameters: Parameters, caller_arn: str) -> Iterator[Resource]:
    """Each of them must be allowed. None where the call names none: then the operation itself refuses it."""
    kind = TYPES.get(operation)
    if kind is None:
        raise NotImplementedError(f"who may {operation}")
    arn = parameters.get(ARNS.get(kind, ""))
    if kind == "":
        yield Resource(EVERYTHING)
    elif operation in UNUSUAL:
        yield from UNUSUAL[operation](account, parameters)
    elif parameters.get("AllUsers", "").lower() == "true":
        # About each of them: the reference does not say otherwise.
        yield from (Resource(user.arn, user) for user in account.users.values())
    elif arn:
        yield Resource(arn, _by_arn(account, kind, arn))
    elif NAMES.get(kind) in parameters:
        yield from _named(account, kind, parameters)
    elif kind == "user" and ":user/" in caller_arn:
        # Somebody's own user is meant.
        yield Resource(caller_arn, _by_arn(account, kind, caller_arn))


def arn_of(account: Account, kind: str, path: str, name: str) -> str:
    return f"arn:{account.partition}:iam::{account.account_id}:{kind}{path}{name}"


def _named(account: Account, kind: str, parameters: Parameters) -> Iterator[Resource]:
    key = NAMES[kind]
    name = parameters[key]
    found = _by_name(account, kind, name)
    if found is None:
        yield Resource(arn_of(account, kind, parameters.get("Path", "/"), name))
        return
    yield Resource(found.arn, found)
    if "NewPath" in parameters or f"New{key}" in parameters:
        path = parameters.get("NewPath", found.path)
        yield Resource(arn_of(account, kind, path, parameters.get(f"New{key}", found.name)), found)


def _by_name(account: Account, kind: str, name: str) -> Any:
    if kind == "user":
        return account.users.get(name)
    if kind == "group":
        return account.groups.get(name)
    held: Iterable[Any] = {
        "role": account.roles.values(),
        "instance-profile": account.instance_profiles.values(),
    }.get(kind, ())
    return next((one for one in held if one.name.casefold() == name.casefold()), None)


def _by_arn(account: Account, kind: str, arn: str) -> Any:
    if kind == "policy":
        return account.policy(arn)
    if kind == "mfa":
        return account.virtual_mfa_devices.get(arn)
    held: list[Any] = [*account.users.values(), *account.roles.values()] if kind in ("user", "principal") else []
    return next((one for one in held if one.arn == arn), None)


def _owner_of_key(account: Account, parameters: Parameters) -> Iterator[Resource]:
    """Of a key that nobody has, IAM cannot know whose it is."""
    key = account.access_keys.get(parameters.get("AccessKeyId", ""))
    owner = account.users.get(str(key.user_name)) if key and key.user_name else None
    yield Resource(owner.arn, owner) if owner else Resource(arn_of(account, "user", "/", "nobody"))


def _linked_role(account: Account, parameters: Parameters) -> Iterator[Resource]:
    service = parameters.get("AWSServiceName", "")
    name = f"AWSServiceRoleFor{service.partition('.')[0]}"
    yield Resource(arn_of(account, "role", f"/aws-service-role/{service}/", name))


def _role_of_task(account: Account, parameters: Parameters) -> Iterator[Resource]:
    """A task is named task/<path and name of the role>/<id>."""
    role = parameters.get("DeletionTaskId", "").removeprefix("task/").rpartition("/")[0]
    found = _by_name(account, "role", role.rpartition("/")[2])
    yield Resource(found.arn, found) if found else Resource(arn_of(account, "role", "/", role))


def _provider(account: Account, parameters: Parameters) -> Iterator[Resource]:
    url = parameters.get("Url", "").removeprefix("https://")
    yield Resource(arn_of(account, "oidc-provider", "/", url))


UNUSUAL: Mapping[str, Callable[[Account, Parameters], Iterator[Resource]]] = {
    "CreateOpenIDConnectProvider": _provider,
    "CreateServiceLinkedRole": _linked_role,
    "GetAccessKeyLastUsed": _owner_of_key,
    "GetServiceLinkedRoleDeletionStatus": _role_of_task,
}
