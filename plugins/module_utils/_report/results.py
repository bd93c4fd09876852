# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The results of the one-subject modules, with their diffs. Pure."""

from __future__ import annotations

import typing as t

from .._core.model import fold
from .shapes import account_data, group_data, policy_data, role_data, subject_diff, user_data

if t.TYPE_CHECKING:
    from .walk import Walk

    Data = dict[str, t.Any]


def group_result(params: t.Mapping[str, t.Any], walked: Walk) -> Data:
    """iam_group's result; without ``iam_group`` if the group was deleted."""
    name = params["name"]
    result = {"diff": subject_diff("group", name, walked.before, walked.after)}
    group = walked.after.groups.get(fold(name))
    return result if group is None else {**result, "iam_group": _asked(group_data(group, walked.after), params)}


def user_result(params: t.Mapping[str, t.Any], walked: Walk) -> Data:
    """iam_user's result; without ``user`` if the user was deleted."""
    name = params["name"]
    result = {"diff": subject_diff("user", name, walked.before, walked.after)}
    user = walked.after.users.get(fold(name))
    if user is None:
        return result
    if any(step.operation == "UpdateLoginProfile" for step in walked.steps):
        # The only change that does not show in the two sides of the diff: passwords are not compared.
        result["diff"]["after"]["console_password"] = "replaced"  # noqa: S105  # a word for people
    data = _asked(user_data(user), params)
    return {**result, "user": data, "iam_user": {"user": data}}


def role_result(params: t.Mapping[str, t.Any], walked: Walk) -> Data:
    """iam_role's result; without ``iam_role`` if the role was deleted."""
    name = params["name"]
    result = {"diff": subject_diff("role", name, walked.before, walked.after)}
    role = walked.after.roles.get(fold(name))
    return result if role is None else {**result, "iam_role": _asked(role_data(role), params)}


def policy_result(params: t.Mapping[str, t.Any], walked: Walk) -> Data:
    """iam_managed_policy's result. Of a policy that was deleted, it is what the policy was."""
    name = params["name"]
    result = {"diff": subject_diff("policy", name, walked.before, walked.after)}
    policy = walked.after.policies.get(fold(name)) or walked.before.policies.get(fold(name))
    return result if policy is None else {**result, "policy": policy_data(policy)}


def account_result(walked: Walk) -> Data:
    """iam_account's result: what was asked about, as it is after the task."""
    return {
        "diff": subject_diff("account", "settings", walked.before, walked.after),
        "iam_account": account_data(walked.after.settings),
    }


def _asked(data: Data, params: t.Mapping[str, t.Any]) -> Data:
    """Leave inline policies out if the task does not name them: those of an existing user were not read."""
    left_out = {"inline_policies"} if params["inline_policies"] is None else set()
    return {key: value for key, value in data.items() if key not in left_out}


def membership_result(params: t.Mapping[str, t.Any], walked: Walk) -> Data:
    """iam_membership's result: the names on the other side of the user or group."""
    if params["user"] is not None:
        return {
            "diff": subject_diff("user", params["user"], walked.before, walked.after),
            "groups": sorted(walked.after.groups[key].name for key in walked.after.groups_of(params["user"])),
        }
    return {
        "diff": subject_diff("group", params["group"], walked.before, walked.after),
        "users": sorted(walked.after.users[key].name for key in walked.after.members_of(params["group"])),
    }
