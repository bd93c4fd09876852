# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One account's IAM: moto's backend with the state that AWS keeps and moto does not."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime
from types import ModuleType
from typing import Any

import moto.iam.urls
from moto.core.utils import utcnow
from moto.iam import models
from moto.iam.exceptions import NotFoundException

from . import quotas
from .credentials.service_credential import ServiceSpecificCredential
from .credentials.virtual_device import VirtualDevice
from .errors import EntityAlreadyExists, NoSuchEntity, ValidationError
from .names import Names
from .policies import of_aws
from .tags import Tag, clean, merged

DEFAULT_SESSION_SECONDS = 3600


class User(models.User):
    """A user that knows its groups and tags itself, so that nothing has to be searched for them."""

    policies: Names[str]

    def __init__(self, account: Account, name: str, path: str) -> None:
        super().__init__(account.account_id, account.region_name, name, path)
        self.id = new_id("AIDA")
        self.create_date = now()
        self.policies = Names[str]()
        self.groups: dict[str, Group] = {}
        # Keys without case, as AWS compares a user's tag keys; the spelling of the latest write is in the value.
        self.tags_by_key: dict[str, Tag] = {}
        self.boundary: models.ManagedPolicy | None = None
        self.password_created: datetime | None = None
        self.password_changed: datetime | None = None
        self.old_passwords: list[str] = []
        self.service_credentials: dict[str, ServiceSpecificCredential] = {}

    @property
    def tags(self) -> list[Tag]:
        return list(self.tags_by_key.values())

    @property
    def group_list(self) -> list[str]:
        return [group.name for group in self.groups.values()]


class Group(models.Group):
    """A group that finds a member at once; moto's own list `users` stays empty."""

    policies: Names[str]

    def __init__(self, account: Account, name: str, path: str) -> None:
        super().__init__(account.account_id, account.region_name, name, path)
        self.id = new_id("AGPA")
        self.create_date = now()
        self.policies = Names[str]()
        self.members: dict[str, User] = {}


class Role(models.Role):
    """A role whose trust policy remembers who exactly was meant."""

    policies: Names[str]

    def __init__(self, account: Account, name: str, path: str, trust: str, linked_service: str | None) -> None:
        # Keys without case, as a user's.
        self.tags_by_key: dict[str, Tag] = {}
        super().__init__(
            account_id=account.account_id,
            partition=account.partition,
            role_id=new_id("AROA"),
            name=name,
            assume_role_policy_document=trust,
            path=path,
            permissions_boundary=None,
            description="",
            tags=[],
            max_session_duration=None,
            linked_service=linked_service,
        )
        self.create_date = now()
        self.policies = Names[str]()
        self.session_seconds = DEFAULT_SESSION_SECONDS
        # When and in which region a session of it made its last call.
        self.use: tuple[datetime, str] | None = None
        # The users and roles that the trust policy names: the ids that they had when it was written, by ARN.
        self.trusted: dict[str, str] = {}

    @property
    def tags(self) -> list[Tag]:
        return list(self.tags_by_key.values())

    @tags.setter
    def tags(self, tags: list[Tag]) -> None:
        self.tags_by_key = clean(tags)

    @property
    def is_protected(self) -> bool:
        """Whether the role is linked to a service, and AWS's alone to change."""
        return self._linked_service is not None


class Account(models.IAMBackend):
    """The backend behind every IAM call of one account."""

    users: Names[User]  # type: ignore[assignment]  # narrower than moto's dict on purpose
    groups: Names[Group]  # type: ignore[assignment]  # narrower than moto's dict on purpose
    roles: dict[str, Role]  # type: ignore[assignment]  # narrower than moto's dict on purpose
    # By serial number, compared without case.
    virtual_mfa_devices: Names[VirtualDevice]  # type: ignore[assignment]  # narrower than moto's dict on purpose

    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self.users = Names[User]()
        self.groups = Names[Group]()
        self.virtual_mfa_devices = Names[VirtualDevice]()
        self.report: tuple[datetime, str] | None = None
        # How many users have a policy as their boundary, by its ARN.
        self.boundary_uses: Counter[str] = Counter()

    @property
    def _url_module(self) -> ModuleType:
        # moto would look for it beside this file.
        return moto.iam.urls

    def _init_aws_policies(self) -> list[models.ManagedPolicy]:
        # policy() makes them when they are first asked for.
        return []

    @property
    def spoken_name(self) -> str:
        """The alias, or without one the account's id."""
        return next(iter(self.account_aliases), self.account_id)

    def user(self, name: str) -> User:
        user = self.users.get(name)
        if user is None:
            raise NoSuchEntity(f"The user with name {name} cannot be found.")
        return user

    def group(self, name: str) -> Group:
        group = self.groups.get(name)
        if group is None:
            raise NoSuchEntity(f"The group with name {name} cannot be found.")
        return group

    def policy(self, arn: str) -> models.ManagedPolicy | None:
        """A managed policy, the customer's or AWS's."""
        found = self.managed_policies.get(arn)
        prefix = f"arn:{self.partition}:iam::aws:policy"
        if found is None and arn.startswith(prefix):
            found = of_aws.make(arn.removeprefix(prefix), self.account_id, self.region_name)
            if found is not None:
                self.managed_policies[arn] = found
        return found

    def own_policies(self) -> list[models.ManagedPolicy]:
        return [policy for policy in self.managed_policies.values() if not of_aws.is_of_aws(policy)]

    def policies_of_aws(self) -> list[models.ManagedPolicy]:
        for path_and_name in of_aws.catalogue():
            self.policy(f"arn:{self.partition}:iam::aws:policy{path_and_name}")
        return [policy for policy in self.managed_policies.values() if of_aws.is_of_aws(policy)]

    def boundary_usage(self, policy: models.ManagedPolicy) -> int:
        """How many users and roles have the policy as their boundary."""
        roles = sum(role.permissions_boundary_arn == policy.arn for role in self.roles.values())
        return self.boundary_uses[policy.arn] + roles

    def create_user(self, region_name: str, user_name: str, path: str = "/", tags: list[Tag] | None = None) -> User:
        if user_name in self.users:
            raise EntityAlreadyExists(f"User with name {user_name} already exists.")
        quotas.require_room(self.account_id, "UsersQuota", len(self.users))
        user = User(self, user_name, path or "/")  # type: ignore[abstract]  # moto's CloudFormation hook is abstract to mypy only
        user.tags_by_key = merged(self.account_id, {}, tags or [])
        self.users[user_name] = user
        return user

    def create_group(self, group_name: str, path: str = "/") -> Group:
        if group_name in self.groups:
            raise EntityAlreadyExists(f"Group with name {group_name} already exists.")
        quotas.require_room(self.account_id, "GroupsQuota", len(self.groups))
        group = Group(self, group_name, path or "/")
        self.groups[group_name] = group
        return group

    def add_user_to_group(self, group_name: str, user_name: str) -> None:
        group, user = self.group(group_name), self.user(user_name)
        if group.id in user.groups:
            return
        quotas.require_room(self.account_id, "GroupsPerUserQuota", len(user.groups))
        user.groups[group.id] = group
        group.members[user.id] = user

    def remove_user_from_group(self, group_name: str, user_name: str) -> None:
        group, user = self.group(group_name), self.user(user_name)
        user.groups.pop(group.id, None)
        group.members.pop(user.id, None)

    def get_groups_for_user(self, user_name: str) -> list[models.Group]:
        return list(self.user(user_name).groups.values())

    def get_role(self, role_name: str) -> Role:
        """A role by its name, compared without case."""
        role = self.find_role(role_name)
        if role is None:
            # moto's own callers catch this class; its code is NoSuchEntity too.
            raise NotFoundException(f"The role with name {role_name} cannot be found.")
        return role

    def find_role(self, role_name: str) -> Role | None:
        sought = role_name.casefold()
        return next((role for role in self.roles.values() if role.name.casefold() == sought), None)

    def create_role(self, *args: Any, **kwargs: Any) -> Role:
        """What moto's own callers make a role by."""
        made = super().create_role(*args, **kwargs)
        del self.roles[made.id]
        role = self.add_role(made.name, made.path, made.assume_role_policy_document)
        role.permissions_boundary_arn, role.description, role.tags = (
            made.permissions_boundary_arn,
            made.description,
            made.tags,
        )
        role.session_seconds = int(made.max_session_duration or DEFAULT_SESSION_SECONDS)
        return role

    def role_names(self) -> Names[Role]:
        return Names({role.name: role for role in self.roles.values()})

    def add_role(self, name: str, path: str, trust: str, linked_service: str | None = None) -> Role:
        """A new role without policies."""
        quotas.require_room(self.account_id, "RolesQuota", len(self.roles))
        role = Role(self, name, path, trust, linked_service)  # type: ignore[abstract]  # as with User
        self.roles[role.id] = role
        return role

    def user_of(self, params: dict[str, Any], access_key_id: str) -> User:
        """The user named in a request, or the one that signed it when none is named."""
        name = params.get("UserName")
        if not name:
            key = self.access_keys.get(access_key_id)
            name = key and key.user_name
        if not name:
            raise ValidationError("Must specify userName when calling with non-User credentials")
        return self.user(name)


def new_id(prefix: str) -> str:
    """An id like AWS's: AIDA… for a user, AGPA… for a group. A name that is created again gets another one."""
    return prefix + "".join(random.choices(of_aws.ID_LETTERS, k=17))


def now() -> datetime:
    """The current time as moto keeps it: UTC, without a zone; to the second, as IAM answers it."""
    return utcnow().replace(microsecond=0)


def install() -> None:
    """Make every account's IAM backend one of ours; accounts that already exist are forgotten."""
    models.iam_backends.backend = Account
    models.iam_backends.clear()
