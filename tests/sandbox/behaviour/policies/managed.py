# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Managed policies: the customer's, with versions and unique names, and AWS's, which nobody may change."""

from __future__ import annotations

from typing import Any

from moto.iam.models import ManagedPolicy, PolicyVersion

from .. import quotas
from ..account import Account, new_id, now
from ..errors import AccessDenied, DeleteConflictException, EntityAlreadyExists, LimitExceededException, NoSuchEntity
from ..operations import Call, operation
from ..protocol.answers import Answer
from ..protocol.paging import page
from ..tags import merged
from . import arns, documents, of_aws


def plain(account: Account, policy: ManagedPolicy) -> dict[str, Any]:
    """A policy as lists show it: without description and tags."""
    return {
        "PolicyName": policy.name,
        "PolicyId": policy.id,
        "Arn": policy.arn,
        "Path": policy.path,
        "DefaultVersionId": policy.default_version_id,
        "AttachmentCount": policy.attachment_count,
        "PermissionsBoundaryUsageCount": account.boundary_usage(policy),
        "IsAttachable": True,
        "CreateDate": policy.create_date,
        "UpdateDate": policy.update_date,
    }


def version_shape(version: PolicyVersion, *, with_document: bool) -> dict[str, Any]:
    return {
        "Document": documents.encoded(version.document) if with_document else None,
        "VersionId": version.version_id,
        "IsDefaultVersion": version.is_default,
        "CreateDate": version.create_date,
    }


def changeable(account: Account, arn: str) -> ManagedPolicy:
    """The policy that a call would change; AccessDenied for one of AWS's."""
    policy = arns.existing(account, arn)
    if of_aws.is_of_aws(policy):
        raise AccessDenied("Policy is outside your own account.")
    return policy


def _check_document(account_id: str, document: str) -> None:
    documents.check_managed(document)
    allowed = quotas.quota(account_id, "PolicySizeQuota")
    if documents.size([document]) > allowed:
        raise LimitExceededException(f"Cannot exceed quota for PolicySize: {allowed}")


@operation("CreatePolicy")
def create_policy(call: Call) -> Answer | None:
    account, name = call.account, call["PolicyName"]
    _check_document(account.account_id, call["PolicyDocument"])
    own = account.own_policies()
    if any(policy.name.casefold() == name.casefold() for policy in own):
        raise EntityAlreadyExists(f"A policy called {name} already exists. Duplicate names are not allowed.")
    quotas.require_room(account.account_id, "PoliciesQuota", len(own))
    tags = merged(account.account_id, {}, call.get("Tags") or [], str)
    policy = ManagedPolicy(  # type: ignore[abstract]  # moto's hooks for CloudFormation are abstract to mypy only
        name,
        account_id=account.account_id,
        region=account.region_name,
        description=call.get("Description"),
        document=call["PolicyDocument"],
        path=call.get("Path"),
        create_date=now(),
        update_date=now(),
        tags=tags,
    )
    policy.id = new_id("ANPA")
    account.managed_policies[policy.arn] = policy
    return {"Policy": {**plain(account, policy), "Tags": policy.get_tags() or None}}


@operation("GetPolicy")
def get_policy(call: Call) -> Answer | None:
    policy = arns.existing(call.account, call["PolicyArn"])
    more = {"Description": policy.description or None, "Tags": policy.get_tags()}
    return {"Policy": {**plain(call.account, policy), **more}}


@operation("DeletePolicy")
def delete_policy(call: Call) -> Answer | None:
    policy = changeable(call.account, call["PolicyArn"])
    if policy.attachment_count or call.account.boundary_usage(policy):
        raise DeleteConflictException("Cannot delete a policy attached to entities.")
    if len(policy.versions) > 1:
        raise DeleteConflictException(
            "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. "
            "The default version is deleted with the policy."
        )
    del call.account.managed_policies[policy.arn]
    return None


@operation("ListPolicies")
def list_policies(call: Call) -> Answer | None:
    scope = call.get("Scope") or "All"
    found = call.account.own_policies() if scope != "AWS" else []
    if scope != "Local":
        found += call.account.policies_of_aws()
    prefix = call.get("PathPrefix") or "/"
    chosen = sorted(
        (policy.name.casefold() + " " + policy.arn, policy)
        for policy in found
        if policy.path.startswith(prefix) and _is_used_as_asked(call, policy)
    )
    policies, rest = page(call.params, "ListPolicies", chosen)
    return {"Policies": [plain(call.account, policy) for policy in policies], **rest}


def _is_used_as_asked(call: Call, policy: ManagedPolicy) -> bool:
    usage = call.get("PolicyUsageFilter")
    if usage == "PermissionsBoundary":
        return call.account.boundary_usage(policy) > 0
    if call.get("OnlyAttached"):
        return bool(policy.attachment_count)
    return usage is None or policy.attachment_count > 0


def _version(policy: ManagedPolicy, version_id: str) -> PolicyVersion:
    for version in policy.versions:
        if version.version_id == version_id:
            return version
    raise NoSuchEntity(f"Policy {policy.arn} version {version_id} does not exist or is not attachable.")


@operation("CreatePolicyVersion")
def create_policy_version(call: Call) -> Answer | None:
    policy = changeable(call.account, call["PolicyArn"])
    _check_document(call.account.account_id, call["PolicyDocument"])
    allowed = quotas.quota(call.account.account_id, "VersionsPerPolicyQuota")
    if len(policy.versions) >= allowed:
        raise LimitExceededException(
            f"A managed policy can have up to {allowed} versions. Before you create a new version, you must delete "
            "an existing version."
        )
    version = PolicyVersion(policy.arn, call["PolicyDocument"], False, f"v{policy.next_version_num}", create_date=now())
    policy.next_version_num += 1
    policy.versions.append(version)
    policy.update_date = now()
    if call.get("SetAsDefault"):
        policy.update_default_version(version.version_id)
    return {"PolicyVersion": version_shape(version, with_document=False)}


@operation("GetPolicyVersion")
def get_policy_version(call: Call) -> Answer | None:
    policy = arns.existing(call.account, call["PolicyArn"])
    return {"PolicyVersion": version_shape(_version(policy, call["VersionId"]), with_document=True)}


@operation("ListPolicyVersions")
def list_policy_versions(call: Call) -> Answer | None:
    policy = arns.existing(call.account, call["PolicyArn"])
    newest_first = [(f"{place:09}", version) for place, version in enumerate(reversed(policy.versions))]
    versions, rest = page(call.params, "ListPolicyVersions", newest_first)
    return {"Versions": [version_shape(version, with_document=False) for version in versions], **rest}


@operation("SetDefaultPolicyVersion")
def set_default_policy_version(call: Call) -> Answer | None:
    policy = changeable(call.account, call["PolicyArn"])
    policy.update_default_version(_version(policy, call["VersionId"]).version_id)
    policy.update_date = now()
    return None


@operation("DeletePolicyVersion")
def delete_policy_version(call: Call) -> Answer | None:
    policy = changeable(call.account, call["PolicyArn"])
    version = _version(policy, call["VersionId"])
    if version.is_default:
        raise DeleteConflictException("Cannot delete the default version of a policy.")
    policy.versions.remove(version)
    return None
