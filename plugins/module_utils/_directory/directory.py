# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the account has, read in the fewest calls. A read that failed or is partial is never "absent"."""

from __future__ import annotations

import dataclasses
import typing as t

from .._aws.calls import PAGE_SIZE, ask, items
from .._aws.errors import DENIED, ReadError
from .._aws.parallel import side_by_side
from .._core.desired import Desired
from .._core.managed_policies import Policy
from .._core.model import Directory, Group, User, fold
from .bulk import agrees, bulk_pages, read_bulk, read_summary, read_whole
from .scope import Scope, scope_of
from .single import group_of, read_group, read_user, user_of, with_activity, with_sign_in

if t.TYPE_CHECKING:
    from .._aws.calls import Client
    from .._core.model import Document
    from .scope import Part

__all__ = [
    "existing_groups",
    "existing_users",
    "list_policies",
    "missing_policies",
    "read_activity",
    "read_directory",
    "read_documents",
    "read_group_policies",
    "read_leavers",
    "read_references",
    "read_summary",
    "read_whole",
]

FEW_CALLS = 8
"""Up to this many single reads, the bulk read is not considered: it can take six calls at IAM's limits."""

NOT_IN_BULK = frozenset({"login_profile", "credentials", "access_keys"})


def read_directory(iam: Client, scope: Scope, summary: t.Mapping[str, int] | None = None) -> Directory:
    """The users and groups of the scope, by single reads, or with the bulk read where that takes fewer calls."""
    few = FEW_CALLS if summary is None else bulk_pages(summary)
    if _single_calls(scope) > few:
        directory = read_bulk(iam)
        # If the counts differ, a user who is on no page may still exist.
        if summary is None or agrees(directory, summary):
            return _with_sign_in(iam, directory, scope)
    return _read_singly(iam, scope)


def _single_calls(scope: Scope) -> int:
    """The number of single reads that a bulk read would save; all inline policies of a subject count as one."""
    users = sum(1 + len(parts - NOT_IN_BULK) for parts in scope.users.values())
    # A group's members come with the group.
    return users + sum(1 + len(parts - {"memberships"}) for parts in scope.groups.values())


def _with_sign_in(iam: Client, directory: Directory, scope: Scope) -> Directory:
    wanted = {fold(name): parts & NOT_IN_BULK for name, parts in scope.users.items()}
    keys = [key for key, parts in wanted.items() if parts and key in directory.users]
    users = side_by_side(lambda key: with_sign_in(iam, directory.users[key], wanted[key]), keys)
    return dataclasses.replace(directory, users={**directory.users, **users})


def _read_singly(iam: Client, scope: Scope) -> Directory:
    found_users = side_by_side(lambda name: read_user(iam, name, scope.users[name]), scope.users).values()
    found_groups = side_by_side(lambda name: read_group(iam, name, scope.groups[name]), scope.groups).values()
    users: dict[str, User] = {}
    groups: dict[str, Group] = {}
    memberships: set[tuple[str, str]] = set()
    for found in found_users:
        if found:
            groups.update({fold(group.name): group for group in found.groups})
            memberships.update((fold(found.user.name), fold(group.name)) for group in found.groups)
    for group in found_groups:
        if group:
            users.update({fold(user.name): user for user in group.members})
            memberships.update((fold(user.name), fold(group.group.name)) for user in group.members)
    # A user or group that was read in full wins over what a membership tells of it.
    users.update({fold(found.user.name): found.user for found in found_users if found})
    groups.update({fold(found.group.name): found.group for found in found_groups if found})
    return Directory(
        users=users,
        groups=groups,
        memberships=frozenset(memberships),
        whole=False,
        asked_users=frozenset(map(fold, scope.users)),
        asked_groups=frozenset(map(fold, scope.groups)),
    )


def existing_users(iam: Client, names: t.Collection[str]) -> dict[str, User]:
    """The named users that exist, by key."""
    if len(names) > FEW_CALLS:
        wanted = set(map(fold, names))
        listed = (user_of(found) for found in items(iam, "ListUsers", "Users", {"MaxItems": PAGE_SIZE}))
        return {fold(user.name): user for user in listed if fold(user.name) in wanted}
    read = side_by_side(lambda name: read_user(iam, name, frozenset()), names).values()
    return {fold(found.user.name): found.user for found in read if found}


def existing_groups(iam: Client, names: t.Collection[str]) -> dict[str, Group]:
    """The named groups that exist, by key."""
    # All groups fit on one page: IAM allows 500 at most.
    if len(names) > 1:
        wanted = set(map(fold, names))
        listed = (group_of(found) for found in items(iam, "ListGroups", "Groups", {"MaxItems": PAGE_SIZE}))
        return {fold(group.name): group for group in listed if fold(group.name) in wanted}
    read = [read_group(iam, name, frozenset()) for name in names]
    return {fold(found.group.name): found.group for found in read if found}


def read_leavers(iam: Client, directory: Directory, desired: Desired) -> Directory:
    """The directory, with how people sign in who leave or return. Nobody else is read."""
    wanted = scope_of(Desired(users=tuple(user for user in desired.users if user.cuts or user.lift)))
    present = {fold(name): name for name in wanted.users if fold(name) in directory.users}
    lacking = {key: wanted.users[name] for key, name in present.items()}
    lacking = {key: parts for key, parts in lacking.items() if _lacks(directory.users[key], parts)}
    if directory.whole:
        users = side_by_side(lambda key: with_sign_in(iam, directory.users[key], lacking[key]), lacking)
        return dataclasses.replace(directory, users={**directory.users, **users})
    if not lacking:
        return directory
    memberships: frozenset[Part] = frozenset({"memberships"})
    read = _read_singly(iam, Scope({directory.users[key].name: parts | memberships for key, parts in lacking.items()}))
    return dataclasses.replace(
        directory,
        users={**directory.users, **read.users},
        groups={**read.groups, **directory.groups},
        memberships=directory.memberships | read.memberships,
    )


def _lacks(user: User, parts: frozenset[Part]) -> bool:
    """Whether a part was not read yet."""
    unread: dict[Part, bool] = {
        "attached": user.attached is None,
        "inline": user.inline is None,
        "login_profile": user.login_profile is None,
        "access_keys": user.credentials is None,
        "credentials": user.credentials is None or not user.credentials.whole,
    }
    return any(unread.get(part, False) for part in parts)


def read_activity(iam: Client, directory: Directory, names: t.Iterable[str]) -> Directory:
    """The directory, with the moments at which these users last signed in or used a key.

    It only serves a warning: what cannot be read stays unknown.
    """
    keys = [fold(name) for name in names if fold(name) in directory.users]
    users = side_by_side(lambda key: with_activity(iam, directory.users[key]), keys)
    return dataclasses.replace(directory, users={**directory.users, **users})


def read_references(iam: Client, directory: Directory, desired: Desired) -> Directory:
    """The directory, with the groups and members that the desired names and that were not read yet."""
    if directory.whole:
        return directory
    known_groups = directory.asked_groups.union(directory.groups)
    known_users = directory.asked_users.union(directory.users)
    groups = {name for user in desired.users for name in user.groups or () if fold(name) not in known_groups}
    users = {name for group in desired.groups for name in group.members or () if fold(name) not in known_users}
    return dataclasses.replace(
        directory,
        users={**directory.users, **existing_users(iam, sorted(users))},
        groups={**directory.groups, **existing_groups(iam, sorted(groups))},
        asked_users=directory.asked_users | set(map(fold, users)),
        asked_groups=directory.asked_groups | set(map(fold, groups)),
    )


def list_policies(iam: Client) -> list[Policy]:
    """Every managed policy, AWS's and the customer's."""
    found = items(iam, "ListPolicies", "Policies", {"Scope": "All", "MaxItems": PAGE_SIZE})
    return [Policy(policy["Arn"], policy["PolicyName"], policy["Path"]) for policy in found]


def missing_policies(iam: Client, arns: t.Iterable[str]) -> set[str]:
    """The ARNs of which no policy exists."""
    wanted = list(dict.fromkeys(arns))
    exists = side_by_side(lambda arn: _policy_exists(iam, arn), wanted)
    return {arn for arn in wanted if not exists[arn]}


def _policy_exists(iam: Client, arn: str) -> bool:
    try:
        ask(iam, "GetPolicy", {"PolicyArn": arn}, f"policy {arn}")
    except ReadError as error:
        if error.code in ("NoSuchEntity", "InvalidInput"):
            return False
        raise
    return True


def read_group_policies(
    iam: Client, directory: Directory, names: t.Iterable[str]
) -> tuple[Directory, dict[str, ReadError]]:
    """The directory with the policies of these groups, and the errors for groups that the caller may not read."""
    lacking = [group for group in map(directory.groups.get, map(fold, names)) if group and group.attached is None]
    read = side_by_side(lambda name: _group_policies(iam, name), [group.name for group in lacking])
    found = {fold(name): one for name, one in read.items() if isinstance(one, Group)}
    unread = {name: one for name, one in read.items() if isinstance(one, ReadError)}
    return dataclasses.replace(directory, groups={**directory.groups, **found}) if found else directory, unread


def _group_policies(iam: Client, name: str) -> Group | ReadError | None:
    try:
        found = read_group(iam, name, frozenset({"attached", "inline"}))
    except ReadError as error:
        if error.code in DENIED:
            return error
        raise
    return found.group if found else None


def read_documents(iam: Client, arns: t.Iterable[str]) -> tuple[dict[str, Document], dict[str, ReadError]]:
    """The documents of managed policies by ARN, and the errors for those that the caller may not read."""
    read = side_by_side(lambda arn: _document(iam, arn), list(dict.fromkeys(arns)))
    found = {arn: one for arn, one in read.items() if one is not None and not isinstance(one, ReadError)}
    return found, {arn: one for arn, one in read.items() if isinstance(one, ReadError)}


def _document(iam: Client, arn: str) -> Document | ReadError | None:
    about = f"policy {arn}"
    try:
        version = ask(iam, "GetPolicy", {"PolicyArn": arn}, about)["Policy"]["DefaultVersionId"]
        found = ask(iam, "GetPolicyVersion", {"PolicyArn": arn, "VersionId": version}, about)
    except ReadError as error:
        if error.code in DENIED:
            return error
        # A policy that does not exist is reported by the plan.
        if error.code in ("NoSuchEntity", "InvalidInput"):
            return None
        raise
    document: Document = found["PolicyVersion"]["Document"]
    return document
