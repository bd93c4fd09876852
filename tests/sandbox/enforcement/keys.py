# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What conditions can ask of a call and of what it is about: the keys that AWS's reference lists for its action.

More may be given than the reference lists: the evaluator leaves out what an action does not have.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from moto.iam.models import ManagedPolicy

from ..behaviour.account import Role, User
from ..behaviour.credentials.virtual_device import VirtualDevice

Context = dict[str, list[str]]

TAG = re.compile(r"(?:Tags|TagKeys)\.member\.(\d+)(?:\.Key)?")
OF_RESOURCE = ("aws:ResourceTag", "iam:ResourceTag")
# Where the request says which boundary there will be; elsewhere the key is the one that the user or role has.
WITH_BOUNDARY = ("CreateRole", "CreateUser", "PutRolePermissionsBoundary", "PutUserPermissionsBoundary")
# Of these parameters the value is a key's.
PLAIN = {
    "AWSServiceName": "iam:AWSServiceName",
    "CredentialAgeDays": "iam:ServiceSpecificCredentialAgeDays",
    "ExternalId": "sts:ExternalId",
    "PolicyArn": "iam:PolicyARN",
    "RoleSessionName": "sts:RoleSessionName",
    "ServiceName": "iam:ServiceSpecificCredentialServiceName",
    "SourceIdentity": "sts:SourceIdentity",
}
# Listed in the reference, and known to no sandbox: no request carries them.
NOT_MODELLED = {
    "iam:FIDO-FIPS-140-2-certification": "there are no security keys",
    "iam:FIDO-FIPS-140-3-certification": "there are no security keys",
    "iam:FIDO-certification": "there are no security keys",
    "iam:RegisterSecurityKey": "there are no security keys",
    "iam:RoleTemplateARN": "there are no templates of roles",
    "iam:AssociatedResourceArn": "no service tells on whose behalf it will use a role",
}


def of_request(operation: str, parameters: Mapping[str, str]) -> Context:
    """What the request says: tags, the policy, the boundary, and what only one operation has."""
    found = {key: [parameters[name]] for name, key in PLAIN.items() if name in parameters}
    for parameter, tag in parameters.items():
        if TAG.fullmatch(parameter):
            found.setdefault("aws:TagKeys", []).append(tag)
            value = parameters.get(parameter.removesuffix("Key") + "Value")
            if value is not None:
                found[f"aws:RequestTag/{tag}"] = [value]
    if operation in WITH_BOUNDARY and "PermissionsBoundary" in parameters:
        found["iam:PermissionsBoundary"] = [parameters["PermissionsBoundary"]]
    transitive = [value for name, value in parameters.items() if name.startswith("TransitiveTagKeys.member.")]
    return {**found, "sts:TransitiveTagKeys": transitive} if transitive else found


def of_new(request: Context) -> Context:
    """The tags of a request that makes something, as the tags of what it makes."""
    start = "aws:RequestTag/"
    tags = {key.removeprefix(start): value for key, value in request.items() if key.startswith(start)}
    return {f"{key}/{tag}": value for tag, value in tags.items() for key in OF_RESOURCE}


def of_entity(operation: str, parameters: Mapping[str, str], entity: Any) -> Context:
    """What the thing itself is like: its tags, its boundary, the service of its credential."""
    found = {f"{key}/{tag['Key']}": [tag["Value"]] for tag in tags_of(entity) for key in OF_RESOURCE}
    boundary = boundary_arn(entity)
    if boundary and operation not in WITH_BOUNDARY:
        found["iam:PermissionsBoundary"] = [boundary]
    if isinstance(entity, User):
        credential = entity.service_credentials.get(parameters.get("ServiceSpecificCredentialId", ""))
        if credential is not None:
            found["iam:ServiceSpecificCredentialServiceName"] = [credential.service_name]
    return found


def tags_of(entity: Any) -> list[dict[str, str]]:
    if isinstance(entity, (User, Role)):
        return list(entity.tags)
    if isinstance(entity, ManagedPolicy):
        return list(entity.get_tags())
    if isinstance(entity, VirtualDevice):
        return list(entity.tags_by_key.values())
    return []


def boundary_arn(entity: Any) -> str | None:
    if isinstance(entity, User):
        return entity.boundary.arn if entity.boundary else None
    return entity.permissions_boundary_arn or None if isinstance(entity, Role) else None
