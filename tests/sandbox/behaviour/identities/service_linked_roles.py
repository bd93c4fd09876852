# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Service-linked roles: made and deleted for a service alone; nobody else changes them (see operations.py)."""

from __future__ import annotations

import json
import uuid

from ..errors import InvalidInput, NoSuchEntity
from ..operations import Call, operation
from ..policies import trust
from ..policies.arns import attachable
from ..protocol.answers import Answer
from .roles import SERVICE_LINKED_PATH, made

# By service: the end of the role's name, its policy, whether a suffix is allowed (recorded by LocalStack). The sandbox
# knows no others: tests only need some role that is AWS's.
SERVICES = {
    "autoscaling.amazonaws.com": ("AutoScaling", "AutoScalingServiceRolePolicy", True),
    "batch.amazonaws.com": ("Batch", "BatchServiceRolePolicy", False),
    "support.amazonaws.com": ("Support", "AWSSupportServiceRolePolicy", False),
}


@operation("CreateServiceLinkedRole")
def create_service_linked_role(call: Call) -> Answer | None:
    account, service, suffix = call.account, call["AWSServiceName"], call.get("CustomSuffix")
    if service not in SERVICES:
        raise NotImplementedError(f"CreateServiceLinkedRole for {service}")
    ending, policy_name, takes_suffix = SERVICES[service]
    if suffix and not takes_suffix:
        raise InvalidInput(f"Custom suffix is not allowed for {service}")
    name = f"AWSServiceRoleFor{ending}" + (f"_{suffix}" if suffix else "")
    if account.find_role(name) is not None:
        raise InvalidInput(f"Service role name {name} has been taken in this account, please try a different suffix.")
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": service}}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    role = account.add_role(name, f"{SERVICE_LINKED_PATH}{service}/", document, service)
    trust.write(account, role, document)
    role.description = call.get("Description") or ""
    attachable(account, f"arn:{account.partition}:iam::aws:policy{SERVICE_LINKED_PATH}{policy_name}").attach_to(role)
    return {"Role": made(role)}


@operation("DeleteServiceLinkedRole")
def delete_service_linked_role(call: Call) -> Answer | None:
    account = call.account
    role = account.get_role(call["RoleName"])
    if not role.is_protected:
        raise NoSuchEntity(f"The role with name {role.name} cannot be found.")
    for policy in list(role.managed_policies.values()):
        policy.detach_from(role)
    del account.roles[role.id]
    return {"DeletionTaskId": f"task{role.path}{role.name}/{uuid.uuid4()}"}


@operation("GetServiceLinkedRoleDeletionStatus")
def get_service_linked_role_deletion_status(call: Call) -> Answer | None:
    return {"Status": "SUCCEEDED"}
