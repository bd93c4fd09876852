# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users, groups, roles and policies as Ansible data, in the shape in which amazon.aws's modules return them. Pure.

Parts that were not read are left out: a missing key means "not read", never "none".
"""

from __future__ import annotations

import typing as t

from .._core.model import fold
from .._core.password_policy import OPTIONS
from .._core.suspension import SUSPENDED_TAG
from .._plan.rights import NEW_VERSION

if t.TYPE_CHECKING:
    import datetime

    from .._core.model import AccountSettings, Carrier, Directory, Group, ManagedPolicy, Role, User
    from .._core.subjects import SubjectKind

Data = dict[str, t.Any]


def user_data(user: User) -> Data:
    """A user as ``amazon.aws.iam_user`` returns it, with ``inline_policies`` where they were read."""
    data = _identity(user) | {
        "tags": None if user.tags is None else dict(user.tags),
        "password_last_used": _iso(user.password_last_used),
        "permissions_boundary": _boundary(user.boundary),
        **_policies(user),
    }
    if user.login_profile:
        data["password_reset_required"] = user.login_profile.reset_required
    return _present(data)


def group_data(group: Group, directory: Directory) -> Data:
    """A group as ``amazon.aws.iam_group`` returns it, with ``inline_policies`` where they were read."""
    members = [directory.users[key] for key in sorted(directory.members_of(group.name)) if key in directory.users]
    data = {
        "group": _present(_group_identity(group)),
        "users": [_present(_identity(user)) for user in members],
        **_policies(group),
    }
    return _present(data)


def role_data(role: Role) -> Data:
    """A role as ``amazon.aws.iam_role`` returns it, with ``inline_policies`` where they were read."""
    data = {
        "arn": role.arn,
        "assume_role_policy_document": role.trust,
        "create_date": _iso(role.create_date),
        "description": role.description,
        "max_session_duration": role.max_session_duration,
        "path": role.path,
        "role_id": role.role_id,
        "role_name": role.name,
        "tags": None if role.tags is None else dict(role.tags),
        "permissions_boundary": _boundary(role.boundary),
        **_policies(role),
    }
    return _present(data)


def policy_data(policy: ManagedPolicy) -> Data:
    """A customer managed policy as ``amazon.aws.iam_managed_policy`` returns it, with the document in force."""
    data = {
        "arn": policy.arn,
        "create_date": _iso(policy.create_date),
        "default_version_id": None if policy.default_version == NEW_VERSION else policy.default_version,
        "description": policy.description,
        "path": policy.path,
        "policy_id": policy.policy_id,
        "policy_name": policy.name,
        "policy": policy.document,
        "tags": None if policy.tags is None else dict(policy.tags),
    }
    return _present(data)


def account_data(settings: AccountSettings) -> Data:
    """The account's alias ("" for none) and its password policy, by ``amazon.aws``'s names; ``{}`` for none."""
    rules = settings.password_policy
    policy = None if rules is None else {OPTIONS[name]: value for name, value in (rules or {}).items()}
    return _present({"alias": settings.alias, "password_policy": policy})


def directory_user_data(user: User, directory: Directory) -> Data:
    """A user as ``iam_directory_info`` lists it: :func:`user_data` and the names of the groups."""
    groups = sorted(directory.groups[key].name for key in directory.groups_of(user.name) if key in directory.groups)
    return user_data(user) | {"groups": groups}


def directory_group_data(group: Group, directory: Directory) -> Data:
    """A group as ``iam_directory_info`` lists it: flat, with the names of its users."""
    users = sorted(directory.users[key].name for key in directory.members_of(group.name) if key in directory.users)
    return _present(_group_identity(group) | _policies(group)) | {"users": users}


def subject_diff(kind: SubjectKind, name: str, before: Directory, after: Directory) -> Data:
    """``before`` and ``after`` of one subject for Ansible's diff; empty where the subject does not exist."""
    return {"before": _face(kind, name, before), "after": _face(kind, name, after)}


def _face(kind: SubjectKind, name: str, directory: Directory) -> Data:
    data: Data = {}
    key = fold(name)
    if kind == "user" and key in directory.users:
        user = directory.users[key]
        data = directory_user_data(user, directory) | _credential_counts(user)
    elif kind == "group" and key in directory.groups:
        data = directory_group_data(directory.groups[key], directory)
    elif kind == "role" and key in directory.roles:
        data = role_data(directory.roles[key])
    elif kind == "policy" and key in directory.policies:
        policy = directory.policies[key]
        data = policy_data(policy) | {"versions": len(policy.versions or {})}
    elif kind == "account":
        data = account_data(directory.settings)
    return _without_dates(data)


def _credential_counts(user: User) -> Data:
    """The number of credentials of each kind, where they were read: the diff of a deletion shows that they go."""
    data: Data = {}
    if user.login_profile is not None:
        data["console_password"] = bool(user.login_profile)
    if user.credentials is not None:
        parts = {part: ids for part, ids in vars(user.credentials).items() if part not in ("whole", "used_keys")}
        data["credentials"] = {part: len(ids) for part, ids in parts.items() if ids or user.credentials.whole}
        data["credentials"]["active_access_keys"] = sum(user.credentials.access_keys.values())
    return data


def _without_dates(data: Data) -> Data:
    """Without the ids and dates that IAM gives: check mode cannot know them."""
    kept = {key: value for key, value in data.items() if not key.endswith(("_id", "_date", "_used")) and key != "arn"}
    if kept.get("tags"):
        kept["tags"] = {key: _without_moment(key, value) for key, value in kept["tags"].items()}
    return kept


def _without_moment(key: str, value: str) -> str:
    """Of the tag of suspension only by whom, not since when: check mode and the run have different moments."""
    return value.rpartition(" ")[2] if fold(key) == SUSPENDED_TAG else value


def _identity(user: User) -> Data:
    return {
        "arn": user.arn,
        "create_date": _iso(user.create_date),
        "path": user.path,
        "user_id": user.user_id,
        "user_name": user.name,
    }


def _group_identity(group: Group) -> Data:
    return {
        "arn": group.arn,
        "create_date": _iso(group.create_date),
        "group_id": group.group_id,
        "group_name": group.name,
        "path": group.path,
    }


def _boundary(arn: str | None) -> Data | None:
    return {"permissions_boundary_arn": arn, "permissions_boundary_type": "Policy"} if arn else None


def _policies(entity: Carrier) -> Data:
    attached = entity.attached
    return {
        "attached_policies": None
        if attached is None
        else [{"policy_arn": arn, "policy_name": name} for arn, name in sorted(attached.items())],
        "inline_policies": None if entity.inline is None else dict(entity.inline),
    }


def _iso(moment: datetime.datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _present(data: Data) -> Data:
    return {key: value for key, value in data.items() if value is not None}
