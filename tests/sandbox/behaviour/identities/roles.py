# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Roles, as far as a directory of people touches them: created checked, listed by page. The rest of them is moto's."""

from __future__ import annotations

from typing import Any

from moto.iam.models import Role
from moto.iam.policy_validation import IAMTrustPolicyDocumentValidator

from .. import quotas, tags
from ..account import Account
from ..errors import EntityAlreadyExists, LimitExceededException
from ..operations import Call, operation
from ..policies import boundaries, documents
from ..policies.arns import boundary_policy
from ..protocol import shapes
from ..protocol.answers import Answer
from ..protocol.paging import page


def plain(role: Role) -> dict[str, Any]:
    """A role as lists show it: without boundary, tags and last use."""
    return {
        **shapes.named("Role", role),
        "AssumeRolePolicyDocument": documents.encoded(role.assume_role_policy_document),
        "Description": role.description or None,
        "MaxSessionDuration": role.max_session_duration,
    }


@operation("CreateRole")
def create_role(call: Call) -> Answer | None:
    account, name, boundary = call.account, call["RoleName"], call.get("PermissionsBoundary")
    _check_trust_policy(account, call["AssumeRolePolicyDocument"])
    if any(role.name.casefold() == name.casefold() for role in account.roles.values()):
        raise EntityAlreadyExists(f"Role with name {name} already exists.")
    quotas.require_room(account.account_id, "RolesQuota", len(account.roles))
    role = account.create_role(
        role_name=name,
        assume_role_policy_document=call["AssumeRolePolicyDocument"],
        path=call.get("Path") or "/",
        permissions_boundary=boundary_policy(account, boundary).arn if boundary else None,
        description=call.get("Description") or "",
        tags=list(tags.merged(account.account_id, {}, call.get("Tags") or []).values()),
        max_session_duration=call.get("MaxSessionDuration") or 3600,
    )
    more = {"PermissionsBoundary": boundaries.shape(role.permissions_boundary_arn), "Tags": role.tags or None}
    return {"Role": {**plain(role), **more}}


def _check_trust_policy(account: Account, document: str) -> None:
    IAMTrustPolicyDocumentValidator(document).validate()
    allowed = quotas.quota(account.account_id, "AssumeRolePolicySizeQuota")
    if documents.size([document]) > allowed:
        raise LimitExceededException(f"Cannot exceed quota for ACLSizePerRole: {allowed}")


@operation("ListRoles")
def list_roles(call: Call) -> Answer | None:
    prefix = call.get("PathPrefix") or "/"
    found = sorted((role.name.casefold(), role) for role in call.account.roles.values() if role.path.startswith(prefix))
    roles, rest = page(call.params, "ListRoles", found)
    return {"Roles": [plain(role) for role in roles], **rest}
