# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may assume the listed roles: tags of people, a statement of their departments, the roles' trust. Pure.

All three are needed. The trust lets in users with the role's tag, the department allows its people to ask, and the
people of its departments carry the tag.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.model import fold
from .._core.names import MAX_TAGS
from .._core.steps import Fault
from .._core.tags import ROLE_TAG_PREFIX
from .roles import tag_key
from .trust import trust_of_departments

if t.TYPE_CHECKING:
    from .._chart.values import Chart
    from .._core.desired import Desired, DesiredGroup, DesiredRole, DesiredUser
    from .._core.model import Account, Document
    from .rights import Rights
    from .roles import ListedRole

POLICY_NAME = "workforce-roles"
"""The inline policy with which a department's people may ask for its roles."""


def with_role_tags(chart: Chart, rights: Rights) -> Chart:
    """The chart whose people carry the tags of their departments' roles, and no others of that kind.

    Where an entry leaves the departments out, they are not known: no such tag is taken away.
    """
    if rights.roles is None:
        return chart
    open_roles = [role for role in rights.roles if role.is_open]
    users = [_tagged(user, open_roles, whole=rights.whole) for user in chart.desired.users]
    faults = [
        fault for user, before in zip(users, chart.desired.users, strict=True) for fault in _tag_fault(user, before)
    ]
    desired = dataclasses.replace(chart.desired, users=tuple(users))
    return dataclasses.replace(chart, desired=desired, faults=(*chart.faults, *faults))


def with_rights(desired: Desired, rights: Rights, account: Account) -> Desired:
    """The desired with the policies, the roles, the account's settings, and what departments need for their roles."""
    if rights.limited:
        return desired
    roles = rights.roles or ()
    groups = desired.groups
    if rights.roles is not None:
        groups = tuple(_allowed(group, roles, account, whole=rights.whole) for group in groups)
    return dataclasses.replace(
        desired,
        groups=groups,
        policies=rights.policies,
        roles=tuple(_trusting(role, account) for role in roles),
        account=rights.account,
    )


def name_faults(desired: Desired, rights: Rights) -> list[Fault]:
    """A fault for each department that writes an inline policy of the name that is kept for its roles."""
    if rights.roles is None:
        return []
    text = f"has the inline policy {POLICY_NAME}, a name that the collection keeps for the department's roles"
    return [
        Fault(f"department {group.name}", text)
        for group in desired.groups
        if POLICY_NAME in map(fold, group.inline or {})
    ]


def _tagged(user: DesiredUser, roles: t.Iterable[ListedRole], *, whole: bool) -> DesiredUser:
    departments = set(map(fold, user.groups or ()))
    tags = {tag_key(role.desired.name): "yes" for role in roles if departments & (role.assumed_by or frozenset())}
    exact = user.purge_groups and whole
    return dataclasses.replace(
        user, tags={**(user.tags or {}), **tags}, purge_tag_prefix=ROLE_TAG_PREFIX if exact else None
    )


def _tag_fault(user: DesiredUser, before: DesiredUser) -> t.Iterator[Fault]:
    count, own = len(user.tags or {}), len(before.tags or {})
    # More of its own are told with the employee's entry.
    if own <= MAX_TAGS < count:
        text = f"would have {count} tags with {count - own} for roles; IAM allows {MAX_TAGS}"
        yield Fault(f"employee {user.name}", text)


def _allowed(group: DesiredGroup, roles: t.Iterable[ListedRole], account: Account, *, whole: bool) -> DesiredGroup:
    """The department with the statement for its roles beside its other inline policies, or without it."""
    mine = [role.desired for role in roles if role.is_open and fold(group.name) in (role.assumed_by or ())]
    if mine:
        return dataclasses.replace(group, inline={**(group.inline or {}), POLICY_NAME: _document(mine, account)})
    return dataclasses.replace(group, inline_absent=(*group.inline_absent, POLICY_NAME)) if whole else group


def _document(roles: t.Iterable[DesiredRole], account: Account) -> Document:
    arns = sorted(role_arn(role, account) for role in roles)
    statement = {"Sid": "RolesOfTheDepartment", "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": arns}
    return {"Version": "2012-10-17", "Statement": [statement]}


def roles_of(tags: t.Mapping[str, str], rights: Rights) -> list[DesiredRole]:
    """The listed roles that somebody with these tags may assume."""
    keys = set(map(fold, tags))
    return [role.desired for role in rights.roles or () if role.is_open and fold(tag_key(role.desired.name)) in keys]


def role_arn(role: DesiredRole, account: Account) -> str:
    """The ARN that the role has or will have."""
    return f"arn:{account.partition}:iam::{account.account_id}:role{role.path or '/'}{role.name}"


def _trusting(role: ListedRole, account: Account) -> DesiredRole:
    if role.assumed_by is None or role.desired.absent:
        return role.desired
    trust = trust_of_departments(tag_key(role.desired.name), account, require_mfa=role.require_mfa)
    return dataclasses.replace(role.desired, trust=trust)
