# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole IAM state of an account as plain data, for tests to compare. Passwords show as hashes only."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any, cast

from moto.iam.models import ManagedPolicy, iam_backends
from moto.utilities.utils import PARTITION_NAMES

from .account import Account, Group, Role, User
from .policies import boundaries, trust


def password_hash(password: str) -> str:
    """The hash under which the state shows a password."""
    return hashlib.sha256(password.encode()).hexdigest()


def export(account_id: str, partition: str = "aws") -> dict[str, Any]:
    """Everything of one account, by name."""
    if partition not in PARTITION_NAMES:
        raise ValueError(f"no such partition: {partition}")
    account = cast(Account, iam_backends[account_id][partition])
    policy = account.account_password_policy
    return {
        "account_id": account_id,
        "users": {user.name: _user(user) for _key, user in account.users.in_order()},
        "groups": {group.name: _group(group) for _key, group in account.groups.in_order()},
        "roles": {role.name: _role(account, role) for role in account.roles.values()},
        "policies": {policy.arn: _policy(account, policy) for policy in account.own_policies()},
        "aliases": list(account.account_aliases),
        "password_policy": _plain_attributes(policy) if policy else None,
        "virtual_mfa_devices": {
            serial_number: device.user.name if device.user is not None else None
            for serial_number, device in account.virtual_mfa_devices.items()
        },
    }


def _user(user: User) -> dict[str, Any]:
    return {
        "id": user.id,
        "arn": user.arn,
        "path": user.path,
        "tags": {tag["Key"]: tag["Value"] for tag in user.tags},
        "permissions_boundary": (boundaries.of(user) or {}).get("PermissionsBoundaryArn"),
        "groups": sorted(user.group_list),
        "inline_policies": _documents(user.policies),
        "attached_policies": sorted(user.managed_policies),
        "login_profile": _login_profile(user),
        "access_keys": {key.access_key_id: key.status for key in user.access_keys},
        "mfa_devices": sorted(user.mfa_devices),
        "ssh_public_keys": {key.ssh_public_key_id: key.status for key in user.ssh_public_keys},
        "signing_certificates": {held.id: held.status for held in user.signing_certificates.values()},
        "service_specific_credentials": {
            held.id: {"service_name": held.service_name, "status": held.status}
            for held in user.service_credentials.values()
        },
    }


def _login_profile(user: User) -> dict[str, Any] | None:
    if user.password is None:
        return None
    return {
        "password_reset_required": user.password_reset_required,
        "create_date": _date(user.password_created),
        "password_sha256": password_hash(user.password),
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "id": group.id,
        "arn": group.arn,
        "path": group.path,
        "users": sorted(user.name for user in group.members.values()),
        "inline_policies": _documents(group.policies),
        "attached_policies": sorted(group.managed_policies),
    }


def _role(account: Account, role: Role) -> dict[str, Any]:
    return {
        "id": role.id,
        "arn": role.arn,
        "path": role.path,
        "description": role.description,
        "tags": {tag["Key"]: tag["Value"] for tag in role.tags},
        "permissions_boundary": role.permissions_boundary_arn or None,
        "max_session_duration": role.session_seconds,
        "assume_role_policy": json.loads(trust.shown(account, role)),
        "inline_policies": _documents(role.policies),
        "attached_policies": sorted(role.managed_policies),
    }


def _policy(account: Account, policy: ManagedPolicy) -> dict[str, Any]:
    return {
        "name": policy.name,
        "path": policy.path,
        "description": policy.description,
        "tags": {tag["Key"]: tag["Value"] for tag in policy.get_tags()},
        "default_version": policy.default_version_id,
        "versions": {version.version_id: json.loads(version.document) for version in policy.versions},
        "attachment_count": policy.attachment_count,
        "boundary_usage_count": account.boundary_usage(policy),
    }


def _documents(policies: dict[str, str]) -> dict[str, Any]:
    return {name: json.loads(document) for name, document in sorted(policies.items())}


def _plain_attributes(policy: Any) -> dict[str, Any]:
    return {name: value for name, value in vars(policy).items() if not name.startswith("_")}


def _date(value: datetime | None) -> str | None:
    return f"{value:%Y-%m-%dT%H:%M:%SZ}" if value else None
