# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole directory in few calls: GetAccountAuthorizationDetails."""

from __future__ import annotations

import time
import typing as t

from .._aws.calls import PAGE_SIZE, ask, pages
from .._aws.shapes import attached_of, boundary_of, tags_of
from .._core.desired import Desired
from .._core.model import Directory, Group, ManagedPolicy, Role, User, fold

if t.TYPE_CHECKING:
    from .._aws.calls import Client, Page

Also = t.Literal["policies", "roles"]
"""What a bulk read can have beside users and groups."""

REREADS = 3
PAUSE_SECONDS = 2.0


def read_summary(iam: Client) -> dict[str, int]:
    """GetAccountSummary: the account's counts and quotas."""
    return dict(ask(iam, "GetAccountSummary", {})["SummaryMap"])


def bulk_pages(summary: t.Mapping[str, int]) -> int:
    """How many calls the bulk read takes in an account with these counts."""
    return max(1, -(-(summary.get("Users", 0) + summary.get("Groups", 0)) // PAGE_SIZE))


def read_whole(
    iam: Client,
    summary: t.Mapping[str, int] | None = None,
    pause: t.Callable[[float], object] = time.sleep,
    *,
    asked: Desired | None = None,
    also: t.Collection[Also] = (),
) -> tuple[Directory, bool]:
    """All users, groups and memberships, and whether their counts agree with GetAccountSummary's.

    The pages are not read at one moment. If the counts differ, both calls are made again, three times at most.
    This read has no login profiles, no credentials, and not when a password was last used. If ``asked`` has customer
    managed policies or roles, or ``also`` names them, all of the account's are on the pages too: policies without their
    tags, their descriptions and what has them, roles without their descriptions and their longest sessions.
    """
    directory = read_bulk(iam, asked, also)
    if summary is None:
        summary = read_summary(iam)
    for attempt in range(1, REREADS + 1):
        if agrees(directory, summary):
            return directory, True
        pause(PAUSE_SECONDS * attempt)
        directory = read_bulk(iam, asked, also)
        summary = read_summary(iam)
    return directory, agrees(directory, summary)


COUNTED_DIFFERENTLY = (
    "GetAccountSummary counted other numbers of users and groups than were read, several times in a row: "
    "something else is changing the account right now."
)


def agrees(directory: Directory, summary: t.Mapping[str, int]) -> bool:
    """Whether a whole directory has as many users and groups as the account says it has."""
    return (len(directory.users), len(directory.groups)) == (summary.get("Users"), summary.get("Groups"))


def read_bulk(iam: Client, asked: Desired | None = None, also: t.Collection[Also] = ()) -> Directory:
    """All users, groups and memberships, as the pages gave them; policies and roles as in :func:`read_whole`."""
    asked = asked or Desired()
    kinds = ["User", "Group"]
    kinds += ["Role"] if asked.roles or "roles" in also else []
    kinds += ["LocalManagedPolicy"] if asked.policies or "policies" in also else []
    users: dict[str, User] = {}
    groups: dict[str, Group] = {}
    memberships: set[tuple[str, str]] = set()
    roles: dict[str, Role] = {}
    policies: dict[str, ManagedPolicy] = {}
    for page in pages(iam, "GetAccountAuthorizationDetails", {"Filter": kinds, "MaxItems": PAGE_SIZE}):
        roles.update({fold(detail["RoleName"]): _role(detail) for detail in page.get("RoleDetailList") or ()})
        policies.update({fold(detail["PolicyName"]): _policy(detail) for detail in page.get("Policies") or ()})
        for detail in page.get("UserDetailList") or ():
            key = fold(detail["UserName"])
            users[key] = _user(detail)
            memberships.update((key, fold(name)) for name in detail.get("GroupList") or ())
        for detail in page.get("GroupDetailList") or ():
            groups[fold(detail["GroupName"])] = _group(detail)
    # A group may be deleted between two pages: its memberships are left out.
    kept = frozenset(pair for pair in memberships if pair[1] in groups)
    return Directory(
        users=users,
        groups=groups,
        memberships=kept,
        policies=policies,
        roles=roles,
        asked_policies=frozenset(fold(policy.name) for policy in asked.policies),
        asked_roles=frozenset(fold(role.name) for role in asked.roles),
        all_roles="Role" in kinds,
    )


def read_roles(iam: Client) -> dict[str, Role]:
    """All roles by key, as the pages gave them."""
    found = pages(iam, "GetAccountAuthorizationDetails", {"Filter": ["Role"], "MaxItems": PAGE_SIZE})
    return {fold(detail["RoleName"]): _role(detail) for page in found for detail in page.get("RoleDetailList") or ()}


def _user(detail: Page) -> User:
    return User(
        name=detail["UserName"],
        path=detail["Path"],
        arn=detail["Arn"],
        user_id=detail["UserId"],
        create_date=detail["CreateDate"],
        tags=tags_of(detail),
        boundary=boundary_of(detail),
        attached=attached_of(detail.get("AttachedManagedPolicies") or ()),
        inline=_inline(detail.get("UserPolicyList") or ()),
    )


def _group(detail: Page) -> Group:
    return Group(
        name=detail["GroupName"],
        path=detail["Path"],
        arn=detail["Arn"],
        group_id=detail["GroupId"],
        create_date=detail["CreateDate"],
        attached=attached_of(detail.get("AttachedManagedPolicies") or ()),
        inline=_inline(detail.get("GroupPolicyList") or ()),
    )


def _role(detail: Page) -> Role:
    """A role of a page. Description and MaxSessionDuration are not on it (API reference, RoleDetail)."""
    return Role(
        name=detail["RoleName"],
        path=detail["Path"],
        arn=detail["Arn"],
        role_id=detail["RoleId"],
        create_date=detail["CreateDate"],
        trust=detail["AssumeRolePolicyDocument"],
        tags=tags_of(detail),
        boundary=boundary_of(detail),
        attached=attached_of(detail.get("AttachedManagedPolicies") or ()),
        inline=_inline(detail.get("RolePolicyList") or ()),
        instance_profiles=tuple(one["InstanceProfileName"] for one in detail.get("InstanceProfileList") or ()),
    )


def _policy(detail: Page) -> ManagedPolicy:
    versions = sorted(detail["PolicyVersionList"], key=lambda one: version_number(one["VersionId"]))
    return ManagedPolicy(
        name=detail["PolicyName"],
        path=detail["Path"],
        arn=detail["Arn"],
        policy_id=detail["PolicyId"],
        create_date=detail["CreateDate"],
        default_version=detail["DefaultVersionId"],
        versions={one["VersionId"]: one["Document"] for one in versions},
    )


def version_number(version: str) -> int:
    """The number in the id of a policy's version, ``v7``: the ids are given in order and never again."""
    return int(version[1:])


def _inline(policies: t.Iterable[Page]) -> dict[str, t.Any]:
    return {policy["PolicyName"]: policy["PolicyDocument"] for policy in policies}
