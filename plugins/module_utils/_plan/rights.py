# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What steps about roles, customer managed policies and the account's settings do to the directory. Pure."""

from __future__ import annotations

import dataclasses
import json
import typing as t

from .._core.managed_policies import policy_name
from .._core.model import ManagedPolicy, Role, fold

if t.TYPE_CHECKING:
    from .draft import Draft, Params

FIRST_VERSION = "v1"
"""The id that IAM gives to the first version of a managed policy (API reference, CreatePolicyVersion)."""

NEW_VERSION = "made in this run"
"""Stands for the id of a policy's version that the steps create."""


def create_role(draft: Draft, params: Params, response: Params) -> None:
    answer = response.get("Role", {})
    draft.roles[fold(params["RoleName"])] = Role(
        name=params["RoleName"],
        path=params.get("Path", "/"),
        arn=answer.get("Arn"),
        role_id=answer.get("RoleId"),
        create_date=answer.get("CreateDate"),
        description=params.get("Description", ""),
        max_session_duration=params.get("MaxSessionDuration", 3600),
        trust=json.loads(params["AssumeRolePolicyDocument"]),
        tags={tag["Key"]: tag["Value"] for tag in params.get("Tags", [])},
        boundary=params.get("PermissionsBoundary", ""),
        attached={},
        inline={},
        instance_profiles=(),
    )


def update_role(draft: Draft, params: Params, _response: Params) -> None:
    parts = {"description": "Description", "max_session_duration": "MaxSessionDuration"}
    draft.change(params, **{part: params[name] for part, name in parts.items() if name in params})


def update_trust(draft: Draft, params: Params, _response: Params) -> None:
    draft.change(params, trust=json.loads(params["PolicyDocument"]))


def delete_role(draft: Draft, params: Params, _response: Params) -> None:
    del draft.roles[fold(params["RoleName"])]


def create_policy(draft: Draft, params: Params, response: Params) -> None:
    answer = response.get("Policy", {})
    draft.policies[fold(params["PolicyName"])] = ManagedPolicy(
        name=params["PolicyName"],
        path=params.get("Path", "/"),
        arn=answer.get("Arn"),
        policy_id=answer.get("PolicyId"),
        create_date=answer.get("CreateDate"),
        description=params.get("Description", ""),
        default_version=FIRST_VERSION,
        versions={FIRST_VERSION: json.loads(params["PolicyDocument"])},
        tags={tag["Key"]: tag["Value"] for tag in params.get("Tags", [])},
        attached_to=(),
        boundary_of=(),
    )


def create_version(draft: Draft, params: Params, response: Params) -> None:
    version = response.get("PolicyVersion", {}).get("VersionId", NEW_VERSION)
    versions = {**(draft.policy(params).versions or {}), version: json.loads(params["PolicyDocument"])}
    draft.change_policy(params, versions=versions)
    if params["SetAsDefault"]:
        draft.change_policy(params, default_version=version)


def set_default_version(draft: Draft, params: Params, _response: Params) -> None:
    draft.change_policy(params, default_version=params["VersionId"])


def delete_version(draft: Draft, params: Params, _response: Params) -> None:
    versions = draft.policy(params).versions or {}
    draft.change_policy(params, versions={one: has for one, has in versions.items() if one != params["VersionId"]})


def delete_policy(draft: Draft, params: Params, _response: Params) -> None:
    del draft.policies[fold(policy_name(params["PolicyArn"]))]


def set_alias(draft: Draft, params: Params, _response: Params) -> None:
    draft.settings = dataclasses.replace(draft.settings, alias=params["AccountAlias"])


def delete_alias(draft: Draft, _params: Params, _response: Params) -> None:
    draft.settings = dataclasses.replace(draft.settings, alias="")


def set_password_policy(draft: Draft, params: Params, _response: Params) -> None:
    draft.settings = dataclasses.replace(draft.settings, password_policy=dict(params))


def delete_password_policy(draft: Draft, _params: Params, _response: Params) -> None:
    draft.settings = dataclasses.replace(draft.settings, password_policy=False)
