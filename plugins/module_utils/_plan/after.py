# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""After: the directory as it is once the given steps are done. Pure.

Results are made from it, without another read, in check mode too. Tests use it to check the planner: after the steps of
a plan, the directory must be the desired.
"""

from __future__ import annotations

import dataclasses
import json
import typing as t

from .._core.managed_policies import policy_name
from .._core.model import Credentials, Directory, Group, LoginProfile, User, fold
from . import rights
from .draft import Draft

if t.TYPE_CHECKING:
    from .._core.steps import Step

    Params = t.Mapping[str, t.Any]


NEW_KEY = "made in this run"
"""Stands for the id of an access key that the steps create."""


def after(directory: Directory, steps: t.Iterable[Step], responses: t.Mapping[int, Params] | None = None) -> Directory:
    """The directory once the steps are done.

    ``responses`` maps a step's position to IAM's answer, which has the ids and dates.
    """
    steps = list(steps)
    if not steps:
        # Return the same object, which keeps its indexes: building them for each of 5,000 users takes minutes.
        return directory
    draft = Draft(
        dict(directory.users),
        dict(directory.groups),
        set(directory.memberships),
        dict(directory.policies),
        dict(directory.roles),
        directory.settings,
    )
    for position, step in enumerate(steps):
        _EFFECTS[step.operation](draft, step.params, (responses or {}).get(position, {}))
    return dataclasses.replace(
        directory,
        users=draft.users,
        groups=draft.groups,
        memberships=frozenset(draft.memberships),
        policies=draft.policies,
        roles=draft.roles,
        settings=draft.settings,
    )


def _create_user(draft: Draft, params: Params, response: Params) -> None:
    answer = response.get("User", {})
    draft.users[fold(params["UserName"])] = User(
        name=params["UserName"],
        path=params.get("Path", "/"),
        arn=answer.get("Arn"),
        user_id=answer.get("UserId"),
        create_date=answer.get("CreateDate"),
        tags={tag["Key"]: tag["Value"] for tag in params.get("Tags", [])},
        boundary=params.get("PermissionsBoundary", ""),
        attached={},
        inline={},
        login_profile=False,
        credentials=Credentials(),
    )


def _create_group(draft: Draft, params: Params, response: Params) -> None:
    answer = response.get("Group", {})
    draft.groups[fold(params["GroupName"])] = Group(
        name=params["GroupName"],
        path=params.get("Path", "/"),
        arn=answer.get("Arn"),
        group_id=answer.get("GroupId"),
        create_date=answer.get("CreateDate"),
        attached={},
        inline={},
    )


def _move(draft: Draft, params: Params, _response: Params) -> None:
    entity = draft.entity(params)
    arn = entity.arn
    if arn is not None:
        prefix, _path = arn.split("/", 1)
        arn = f"{prefix}{params['NewPath']}{entity.name}"
    draft.change(params, path=params["NewPath"], arn=arn)


def _update_user(draft: Draft, params: Params, response: Params) -> None:
    if "NewPath" in params:
        _move(draft, params, response)
    if "NewUserName" in params:
        _rename(draft, fold(params["UserName"]), params["NewUserName"])


def _rename(draft: Draft, old: str, name: str) -> None:
    """Give the user its new name, in its memberships too."""
    user = draft.users.pop(old)
    arn = user.arn if user.arn is None else user.arn[: -len(user.name)] + name
    draft.users[fold(name)] = dataclasses.replace(user, name=name, arn=arn)
    for pair in [pair for pair in draft.memberships if pair[0] == old]:
        draft.memberships.discard(pair)
        draft.memberships.add((fold(name), pair[1]))


def _tag(draft: Draft, params: Params, _response: Params) -> None:
    new = {tag["Key"]: tag["Value"] for tag in params["Tags"]}
    replaced = {fold(key) for key in new}
    _set_tags(draft, params, {key: v for key, v in _tags(draft, params).items() if fold(key) not in replaced} | new)


def _untag(draft: Draft, params: Params, _response: Params) -> None:
    gone = {fold(key) for key in params["TagKeys"]}
    _set_tags(draft, params, {key: v for key, v in _tags(draft, params).items() if fold(key) not in gone})


def _tags(draft: Draft, params: Params) -> t.Mapping[str, str]:
    tagged = draft.policy(params) if "PolicyArn" in params else draft.entity(params)
    return (None if isinstance(tagged, Group) else tagged.tags) or {}


def _set_tags(draft: Draft, params: Params, tags: t.Mapping[str, str]) -> None:
    if "PolicyArn" in params:
        draft.change_policy(params, tags=tags)
    else:
        draft.change(params, tags=tags)


def _set_boundary(draft: Draft, params: Params, _response: Params) -> None:
    draft.change(params, boundary=params.get("PermissionsBoundary", ""))


def _attach(draft: Draft, params: Params, _response: Params) -> None:
    arn = params["PolicyArn"]
    draft.change(params, attached={**(draft.entity(params).attached or {}), arn: policy_name(arn)})


def _detach(draft: Draft, params: Params, _response: Params) -> None:
    if not draft.is_known(params):
        return
    attached = draft.entity(params).attached or {}
    draft.change(params, attached={arn: name for arn, name in attached.items() if arn != params["PolicyArn"]})


def _put_inline(draft: Draft, params: Params, _response: Params) -> None:
    document = json.loads(params["PolicyDocument"])
    draft.change(params, inline={**(draft.entity(params).inline or {}), params["PolicyName"]: document})


def _delete_inline(draft: Draft, params: Params, _response: Params) -> None:
    inline = draft.entity(params).inline or {}
    draft.change(params, inline={name: doc for name, doc in inline.items() if name != params["PolicyName"]})


def _join(draft: Draft, params: Params, _response: Params) -> None:
    draft.memberships.add((fold(params["UserName"]), fold(params["GroupName"])))


def _leave(draft: Draft, params: Params, _response: Params) -> None:
    draft.memberships.discard((fold(params["UserName"]), fold(params["GroupName"])))


def _set_login_profile(draft: Draft, params: Params, _response: Params) -> None:
    draft.change(params, login_profile=LoginProfile(reset_required=params["PasswordResetRequired"]))


def _delete_login_profile(draft: Draft, params: Params, _response: Params) -> None:
    draft.change(params, login_profile=False)


def _drop_credential(part: str, parameter: str) -> t.Callable[[Draft, Params, Params], None]:
    def drop(draft: Draft, params: Params, _response: Params) -> None:
        credentials = draft.users[fold(params["UserName"])].credentials or Credentials()
        left: dict[str, t.Any] = {part: tuple(one for one in getattr(credentials, part) if one != params[parameter])}
        draft.change(params, credentials=dataclasses.replace(credentials, **left))

    return drop


def _create_access_key(draft: Draft, params: Params, _response: Params) -> None:
    """Add a key without its id, which only its owner is told."""
    credentials = draft.users[fold(params["UserName"])].credentials or Credentials(whole=False)
    keys = {**credentials.access_keys, NEW_KEY: True}
    draft.change(params, credentials=dataclasses.replace(credentials, access_keys=keys))


def _delete_access_key(draft: Draft, params: Params, _response: Params) -> None:
    credentials = draft.users[fold(params["UserName"])].credentials or Credentials()
    left = {key: active for key, active in credentials.access_keys.items() if key != params["AccessKeyId"]}
    draft.change(params, credentials=dataclasses.replace(credentials, access_keys=left))


def _update_access_key(draft: Draft, params: Params, _response: Params) -> None:
    credentials = draft.users[fold(params["UserName"])].credentials or Credentials()
    keys = {**credentials.access_keys, params["AccessKeyId"]: params["Status"] == "Active"}
    draft.change(params, credentials=dataclasses.replace(credentials, access_keys=keys))


def _delete_user(draft: Draft, params: Params, _response: Params) -> None:
    del draft.users[fold(params["UserName"])]


def _delete_group(draft: Draft, params: Params, _response: Params) -> None:
    del draft.groups[fold(params["GroupName"])]


def _nothing(_draft: Draft, _params: Params, _response: Params) -> None:
    """Steps that do not change the directory: a delivery, the deletion of a deactivated virtual MFA device, and the
    exit from an instance profile of a role that is deleted next.
    """


_EFFECTS: t.Mapping[str, t.Callable[[Draft, Params, Params], None]] = {
    "CreateUser": _create_user,
    "CreateGroup": _create_group,
    "UpdateUser": _update_user,
    "UpdateGroup": _move,
    "TagUser": _tag,
    "UntagUser": _untag,
    "PutUserPermissionsBoundary": _set_boundary,
    "DeleteUserPermissionsBoundary": _set_boundary,
    "AttachUserPolicy": _attach,
    "AttachGroupPolicy": _attach,
    "DetachUserPolicy": _detach,
    "DetachGroupPolicy": _detach,
    "PutUserPolicy": _put_inline,
    "PutGroupPolicy": _put_inline,
    "DeleteUserPolicy": _delete_inline,
    "DeleteGroupPolicy": _delete_inline,
    "AddUserToGroup": _join,
    "RemoveUserFromGroup": _leave,
    "CreateLoginProfile": _set_login_profile,
    "UpdateLoginProfile": _set_login_profile,
    "DeleteLoginProfile": _delete_login_profile,
    "CreateAccessKey": _create_access_key,
    "Deliver": _nothing,
    "UpdateAccessKey": _update_access_key,
    "DeleteAccessKey": _delete_access_key,
    "DeleteSigningCertificate": _drop_credential("signing_certificates", "CertificateId"),
    "DeleteSSHPublicKey": _drop_credential("ssh_public_keys", "SSHPublicKeyId"),
    "DeleteServiceSpecificCredential": _drop_credential("service_specific_credentials", "ServiceSpecificCredentialId"),
    "DeactivateMFADevice": _drop_credential("mfa_devices", "SerialNumber"),
    "DeleteVirtualMFADevice": _nothing,
    "DeleteUser": _delete_user,
    "DeleteGroup": _delete_group,
    "CreateRole": rights.create_role,
    "UpdateRole": rights.update_role,
    "UpdateAssumeRolePolicy": rights.update_trust,
    "TagRole": _tag,
    "UntagRole": _untag,
    "PutRolePermissionsBoundary": _set_boundary,
    "DeleteRolePermissionsBoundary": _set_boundary,
    "AttachRolePolicy": _attach,
    "DetachRolePolicy": _detach,
    "PutRolePolicy": _put_inline,
    "DeleteRolePolicy": _delete_inline,
    "RemoveRoleFromInstanceProfile": _nothing,
    "DeleteRole": rights.delete_role,
    "CreatePolicy": rights.create_policy,
    "TagPolicy": _tag,
    "UntagPolicy": _untag,
    "CreatePolicyVersion": rights.create_version,
    "SetDefaultPolicyVersion": rights.set_default_version,
    "DeletePolicyVersion": rights.delete_version,
    "DeletePolicy": rights.delete_policy,
    "CreateAccountAlias": rights.set_alias,
    "DeleteAccountAlias": rights.delete_alias,
    "UpdateAccountPasswordPolicy": rights.set_password_policy,
    "DeleteAccountPasswordPolicy": rights.delete_password_policy,
}
