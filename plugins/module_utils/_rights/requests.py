# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The parameters of iam_managed_policy, iam_role and iam_account become the desired, as :mod:`.._chart.requests` do."""

from __future__ import annotations

import typing as t

from .._chart.entries import Entry
from .._chart.policies import read_boundary, read_document, read_inline_policies, read_managed_policies
from .._chart.requests import module_entry, purges, refuse_purge
from .._chart.scalars import read_path
from .._chart.tags import read_tags
from .._core.desired import Desired, DesiredAccount, DesiredPolicy, DesiredRole
from .trust import read_trust
from .values import read_alias, read_description, read_password_rules, read_session_duration

if t.TYPE_CHECKING:
    from .._chart.requests import Params, Request


def policy_request(params: Params) -> Request:
    """What ``iam_managed_policy`` is asked for."""
    entry, named = module_entry("policy", params)
    if params.get("state") == "absent":
        return Desired(policies=(DesiredPolicy(params["name"], absent=True),) if named else ()), entry.faults
    if params.get("only_version") and not params.get("make_default"):
        entry.fault("has only_version without make_default, which would delete the version that it asks for")
    tags = read_tags(entry)
    policy = DesiredPolicy(
        name=params["name"],
        path=read_path(entry),
        document=None if params.get("policy") is None else read_document(entry, "policy", params["policy"]),
        description=read_description(entry),
        tags=tags.read,
        purge_tags=purges(params, "purge_tags", tags),
        make_default=bool(params.get("make_default")),
        only_version=bool(params.get("only_version")),
    )
    return Desired(policies=(policy,) if named else ()), entry.faults


def role_request(params: Params) -> Request:
    """What ``iam_role`` is asked for."""
    entry, named = module_entry("role", params)
    if params.get("state") == "absent":
        role = DesiredRole(params["name"], absent=True, remove_instance_profiles=True)
        return Desired(roles=(role,) if named else ()), entry.faults
    refuse_purge(entry, params, "purge_inline_policies", "inline_policies")
    policies, inline, tags = read_managed_policies(entry), read_inline_policies(entry), read_tags(entry)
    role = DesiredRole(
        name=params["name"],
        path=read_path(entry),
        trust=read_trust(entry, "assume_role_policy_document"),
        description=read_description(entry),
        max_session_duration=read_session_duration(entry),
        boundary=read_boundary(entry),
        policies=policies.read,
        purge_policies=purges(params, "purge_policies", policies),
        inline=inline.read,
        purge_inline=purges(params, "purge_inline_policies", inline),
        tags=tags.read,
        purge_tags=purges(params, "purge_tags", tags),
    )
    return Desired(roles=(role,) if named else ()), entry.faults


def account_request(params: Params) -> Request:
    """What ``iam_account`` is asked for. Rules that are not given keep their value."""
    entry = Entry("account", {key: value for key, value in params.items() if value is not None}, [])
    rules = read_password_rules(entry)
    remove = params.get("password_policy_state") == "absent"
    if remove and rules:
        entry.fault("has rules for passwords beside password_policy_state absent, which takes them all away")
    account = DesiredAccount(
        alias=read_alias(entry),
        password_policy=rules or None,
        remove_password_policy=remove,
    )
    return Desired(account=account), entry.faults
