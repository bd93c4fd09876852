# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of iam_directory_info: the whole directory, or a few names of it."""

from __future__ import annotations

import dataclasses
import typing as t

from .._aws.connection import connect
from .._aws.errors import Faults
from .._core.desired import DesiredAccount
from .._core.model import fold
from .._core.names import existing_name_fault, path_fault, shown
from .._core.steps import Fault
from .._directory.bulk import COUNTED_DIFFERENTLY, agrees
from .._directory.directory import read_directory, read_summary, read_whole
from .._directory.rights import read_settings
from .._directory.scope import Part, Scope
from .._report.shapes import account_data, directory_group_data, directory_user_data, policy_data, role_data
from .._street.ending import failing

if t.TYPE_CHECKING:
    from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule

    from .._core.model import Directory

    Data = dict[str, t.Any]

_ALL_SETTINGS = DesiredAccount(alias="", password_policy={})
_PARTS: frozenset[Part] = frozenset({"attached", "inline", "memberships"})


def run_directory_info(module: AnsibleAWSModule) -> t.NoReturn:
    """The body of iam_directory_info."""
    with failing(module):
        _check(module.params)
        connection = connect(module)
        directory, consistent = _read(connection.iam, module.params)
    if not consistent:
        module.warn(COUNTED_DIFFERENTLY)
    data = directory_data(directory, module.params)
    module.exit_json(changed=False, consistent=consistent, api_calls=connection.calls.report(), **data)


def _check(params: t.Mapping[str, t.Any]) -> None:
    """Report all names and the path that IAM would refuse, before anything is read. Raises Faults."""
    faults = [
        Fault(f"{kind} {shown(name)}", fault)
        for kind in ("user", "group")
        for name in params[f"{kind}s"] or ()
        if (fault := existing_name_fault(name))
    ]
    if params["include"] and _by_name(params):
        text = "adds to the whole directory; leave users and groups out, or leave include out"
        faults.append(Fault("include", text))
    if params["path_prefix"] is not None and (fault := path_fault(params["path_prefix"])):
        faults.append(Fault("path_prefix", fault))
    if faults:
        raise Faults(faults)


def _read(iam: t.Any, params: t.Mapping[str, t.Any]) -> tuple[Directory, bool]:
    """The directory, and whether its counts agree with GetAccountSummary."""
    if not _by_name(params):
        directory, consistent = read_whole(iam, also=params["include"])
        if "account" in params["include"]:
            directory = dataclasses.replace(directory, settings=read_settings(iam, _ALL_SETTINGS))
        return directory, consistent
    scope = Scope(
        users=dict.fromkeys(params["users"] or (), _PARTS),
        groups=dict.fromkeys(params["groups"] or (), _PARTS),
    )
    directory = read_directory(iam, scope)
    # Names that are read one by one cannot be compared with the account's counts.
    return directory, not directory.whole or agrees(directory, read_summary(iam))


def _by_name(params: t.Mapping[str, t.Any]) -> bool:
    return params["users"] is not None or params["groups"] is not None


def directory_data(directory: Directory, params: t.Mapping[str, t.Any]) -> Data:
    """The users and groups that were asked for, sorted by name, and their numbers."""
    users = [
        directory_user_data(user, directory)
        for key, user in sorted(directory.users.items())
        if _wanted(key, user.path, params, "users")
    ]
    groups = [
        directory_group_data(group, directory)
        for key, group in sorted(directory.groups.items())
        if _wanted(key, group.path, params, "groups")
    ]
    found: Data = {"users": users, "groups": groups, **_included(directory, params)}
    counts = {name: len(value) for name, value in found.items() if name != "account"}
    return {**found, "counts": counts}


def _included(directory: Directory, params: t.Mapping[str, t.Any]) -> Data:
    """The customer policies, roles and settings, where they were asked for."""
    prefix = params["path_prefix"] or "/"
    found: Data = {}
    if "policies" in params["include"]:
        policies = sorted(directory.policies.items())
        found["policies"] = [policy_data(one) for _key, one in policies if one.path.startswith(prefix)]
    if "roles" in params["include"]:
        roles = sorted(directory.roles.items())
        found["roles"] = [role_data(one) for _key, one in roles if one.path.startswith(prefix)]
    if "account" in params["include"]:
        found["account"] = account_data(directory.settings)
    return found


def _wanted(key: str, path: str, params: t.Mapping[str, t.Any], kind: t.Literal["users", "groups"]) -> bool:
    if _by_name(params):
        return key in {fold(name) for name in params[kind] or ()}
    return path.startswith(params["path_prefix"] or "/")
