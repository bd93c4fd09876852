# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must be allowed for a call: each action, on which resource, with which keys of the context.

Most calls need one action of their name on one resource. Some need more: a thing that is made with tags needs the
right to tag it too (IAM user guide, tagging), one that hands on a role needs iam:PassRole.

At a creation the tags of the request count as those of the resource, for both actions. AWS documents it nowhere; these
published policies would allow nothing otherwise, for what they are there to do:

- Karpenter's controller makes its instance profiles with tags, and may TagInstanceProfile only under
  ``aws:ResourceTag`` and ``aws:RequestTag`` (aws/karpenter-provider-aws, statement AllowScopedInstanceProfileTagActions
  of cloudformation.yaml; pkg/providers/instanceprofile/instanceprofile.go);
- AWS's own AWSQuickSetupManageJITNAResourcesExecutionPolicy, AWSQuickSetupSSMManageResourcesExecutionPolicy and
  AWSQuickSetupJITNADeploymentRolePolicy allow CreateRole and TagRole in one statement alone, under
  ``aws:ResourceTag`` or ``iam:ResourceTag``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from moto.iam.models import iam_backends

from ..behaviour.account import Account
from . import keys
from .keys import Context
from .resources import EVERYTHING, Resource, resources

# Nobody needs a permission for these, and no policy takes them away (STS API reference).
FREE = ("GetCallerIdentity", "GetSessionToken")
# Of those that make something with tags, the actions that tag it.
TAGGING = {
    "CreateInstanceProfile": "TagInstanceProfile",
    "CreateOpenIDConnectProvider": "TagOpenIDConnectProvider",
    "CreatePolicy": "TagPolicy",
    "CreateRole": "TagRole",
    "CreateSAMLProvider": "TagSAMLProvider",
    "CreateUser": "TagUser",
    "CreateVirtualMFADevice": "TagMFADevice",
    "UploadServerCertificate": "TagServerCertificate",
}


@dataclass(frozen=True)
class Need:
    """`account_id` is the account that has the resource, `trust` the policy of a role that is to be assumed."""

    action: str
    resource: str
    account_id: str
    context: Context
    trust: str | None = None


def of_iam(account: Account, operation: str, parameters: Mapping[str, str], caller_arn: str) -> Iterator[Need]:
    """NotImplementedError for an operation that is not known here."""
    request = keys.of_request(operation, parameters)
    for one in resources(account, operation, parameters, caller_arn):
        context = {**request, **keys.of_entity(operation, parameters, one.entity)}
        if operation not in TAGGING:
            yield Need(f"iam:{operation}", one.arn, account.account_id, context)
            continue
        tags = {key: value for key, value in request.items() if key.startswith("aws:")} | keys.of_new(request)
        yield Need(f"iam:{operation}", one.arn, account.account_id, context | tags)
        if "aws:TagKeys" in request:
            yield Need(f"iam:{TAGGING[operation]}", one.arn, account.account_id, tags)
    if operation == "AddRoleToInstanceProfile":
        yield from _passing(account, parameters)


def of_sts(account: Account, operation: str, parameters: Mapping[str, str], caller_arn: str) -> Iterator[Need]:
    """A role is found in its own account, which may be another."""
    if operation == "AssumeRole":
        yield from _assuming(account, parameters, caller_arn)
    elif operation == "GetFederationToken":
        arn = f"arn:{account.partition}:sts::{account.account_id}:federated-user/{parameters.get('Name', '')}"
        yield Need("sts:GetFederationToken", arn, account.account_id, keys.of_request(operation, parameters))
    elif operation == "GetAccessKeyInfo":
        yield Need("sts:GetAccessKeyInfo", EVERYTHING, account.account_id, {})
    elif operation not in FREE:
        raise NotImplementedError(f"who may {operation}")


def _passing(account: Account, parameters: Mapping[str, str]) -> Iterator[Need]:
    """An instance profile hands its role to EC2 (API reference, AddRoleToInstanceProfile)."""
    service: Context = {"iam:PassedToService": ["ec2.amazonaws.com"]}
    for role in resources(account, "GetRole", parameters, ""):
        yield Need("iam:PassRole", role.arn, account.account_id, {**service, **keys.of_entity("", {}, role.entity)})


def _assuming(account: Account, parameters: Mapping[str, str], caller_arn: str) -> Iterator[Need]:
    """The role's trust policy is asked too, and for tags and a source identity as for the role (STS API reference)."""
    arn = parameters.get("RoleArn", "")
    role = _role(account.partition, arn)
    context = {**keys.of_request("AssumeRole", parameters), **keys.of_entity("AssumeRole", parameters, role.entity)}
    if parameters.get("TokenCode") and _has_device(account, caller_arn, parameters.get("SerialNumber", "")):
        context |= {"aws:MultiFactorAuthPresent": ["true"], "aws:MultiFactorAuthAge": ["0"]}
    # A role that is not there trusts nobody: AWS does not tell the two apart.
    trust = role.entity.assume_role_policy_document if role.entity else NOBODY
    account_id = arn.split(":")[4] if arn.count(":") >= 5 else ""
    actions = ["sts:AssumeRole"]
    actions += ["sts:TagSession"] if "aws:TagKeys" in context else []
    actions += ["sts:SetSourceIdentity"] if "sts:SourceIdentity" in context else []
    for action in actions:
        yield Need(action, arn, account_id, context, trust)


def _has_device(account: Account, caller_arn: str, serial_number: str) -> bool:
    return any(user.arn == caller_arn and serial_number in user.mfa_devices for user in account.users.values())


NOBODY = """{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "sts:*"}}"""


def _role(partition: str, arn: str) -> Resource:
    account_id = arn.split(":")[4] if arn.count(":") >= 5 else ""
    if account_id not in iam_backends:
        return Resource(arn)
    account = cast(Account, iam_backends[account_id][partition])
    found = next((role for role in account.roles.values() if role.arn == arn), None)
    return Resource(arn, found)
