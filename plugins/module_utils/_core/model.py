# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an account has: the values of the first stage of the street. Nothing here reads, writes or decides."""

from __future__ import annotations

import dataclasses
import functools
import typing as t

if t.TYPE_CHECKING:
    import datetime

    from .subjects import Subject

Document = t.Mapping[str, t.Any]
"""A policy document, decoded from its JSON."""


def fold(name: str) -> str:
    """The key under which IAM compares names: users and groups are unique without case (API reference, CreateUser)."""
    return name.lower()


@dataclasses.dataclass(frozen=True)
class LoginProfile:
    """A login profile, without the password. ``create_date`` tells whether it is still the same password."""

    reset_required: bool
    create_date: datetime.datetime | None = None


@dataclasses.dataclass(frozen=True)
class Credentials:
    """The credentials of a user, by id. DeleteUser requires that they are gone.

    ``access_keys`` maps ids to whether the key is active. ``mfa_devices`` are serial numbers; that of a virtual device
    is an ARN ``…:mfa/…``. ``left_mfa_devices`` are unassigned virtual devices with the user's name: they do not stop
    DeleteUser, but block the name for a later user. If not ``whole``, only the access keys were read. ``used_keys`` are
    the keys that were ever used; ``None`` if that was not read. ``keys_made`` is when each key was created, if that was
    read.
    """

    access_keys: t.Mapping[str, bool] = dataclasses.field(default_factory=dict)
    signing_certificates: tuple[str, ...] = ()
    ssh_public_keys: tuple[str, ...] = ()
    service_specific_credentials: tuple[str, ...] = ()
    mfa_devices: tuple[str, ...] = ()
    left_mfa_devices: tuple[str, ...] = ()
    whole: bool = True
    used_keys: frozenset[str] | None = None
    keys_made: t.Mapping[str, datetime.datetime] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class User:
    """An IAM user. ``None`` in a part that can be ``None`` means *not read*, never *empty*.

    ``attached`` maps policy ARN to policy name, ``inline`` policy name to document; ``boundary`` is an ARN or ``""``;
    ``login_profile`` is ``False`` if the user has none. ``keys_last_used`` is the last use of any of the access keys.
    """

    name: str
    path: str = "/"
    arn: str | None = None
    user_id: str | None = None
    create_date: datetime.datetime | None = None
    password_last_used: datetime.datetime | None = None
    tags: t.Mapping[str, str] | None = None
    boundary: str | None = None
    attached: t.Mapping[str, str] | None = None
    inline: t.Mapping[str, Document] | None = None
    login_profile: LoginProfile | t.Literal[False] | None = None
    credentials: Credentials | None = None
    keys_last_used: datetime.datetime | None = None


@dataclasses.dataclass(frozen=True)
class Group:
    """An IAM user group; parts as in :class:`User`. IAM groups carry no tags and no boundary."""

    name: str
    path: str = "/"
    arn: str | None = None
    group_id: str | None = None
    create_date: datetime.datetime | None = None
    attached: t.Mapping[str, str] | None = None
    inline: t.Mapping[str, Document] | None = None


@dataclasses.dataclass(frozen=True)
class Role:
    """An IAM role; parts as in :class:`User`. ``trust`` is its AssumeRolePolicyDocument.

    ``max_session_duration`` is in seconds. ``instance_profiles`` are names; DeleteRole requires that the role is in
    none.
    """

    name: str
    path: str = "/"
    arn: str | None = None
    role_id: str | None = None
    create_date: datetime.datetime | None = None
    description: str | None = None
    max_session_duration: int | None = None
    trust: Document | None = None
    tags: t.Mapping[str, str] | None = None
    boundary: str | None = None
    attached: t.Mapping[str, str] | None = None
    inline: t.Mapping[str, Document] | None = None
    instance_profiles: tuple[str, ...] | None = None


@dataclasses.dataclass(frozen=True)
class ManagedPolicy:
    """A customer managed policy; parts as in :class:`User`.

    ``versions`` maps the ids of all versions, the oldest first, to their documents; only that of the default version is
    always read. ``attached_to`` are the users, groups and roles that have it, ``boundary_of`` the users and roles that
    it bounds.
    """

    name: str
    path: str = "/"
    arn: str | None = None
    policy_id: str | None = None
    create_date: datetime.datetime | None = None
    description: str | None = None
    default_version: str | None = None
    versions: t.Mapping[str, Document | None] | None = None
    tags: t.Mapping[str, str] | None = None
    attached_to: tuple[Subject, ...] | None = None
    boundary_of: tuple[Subject, ...] | None = None

    @property
    def document(self) -> Document | None:
        """The document in force, if it was read."""
        return (self.versions or {}).get(self.default_version or "")


PasswordPolicy = t.Mapping[str, "bool | int"]
"""A password policy, by the names of UpdateAccountPasswordPolicy's parameters. A rule that is not in force is left out
where it is a number (MaxPasswordAge, PasswordReusePrevention).
"""


@dataclasses.dataclass(frozen=True)
class AccountSettings:
    """The account's own settings. ``alias`` is ``""`` and ``password_policy`` is ``False`` if the account has none.

    Without a password policy of its own, the account has AWS's default (IAM user guide, password policy).
    """

    alias: str | None = None
    password_policy: PasswordPolicy | t.Literal[False] | None = None


Carrier: t.TypeAlias = "User | Group | Role"
"""What policies are attached to and inline policies lie in."""

_Part = t.TypeVar("_Part")


def read_part(part: _Part | None, name: str) -> _Part:
    """The part. Raises KeyError if it was not read: a part that was not read is never taken for an empty one."""
    if part is None:
        raise KeyError(f"a part of {name} that the plan needs was not read")
    return part


@dataclasses.dataclass(frozen=True)
class Directory:
    """The account's users, groups and memberships, as they were read.

    The keys of ``users``, ``groups``, ``policies`` and ``roles`` are :func:`fold` of the names. ``memberships`` has
    pairs (user key, group key). If the directory is not ``whole``, only the keys in ``asked_users`` and
    ``asked_groups`` may be looked up, and only the memberships that were asked for are there. Customer managed policies
    and roles are read only where they are asked for, also in a whole directory; with ``all_roles`` all roles were.
    """

    users: t.Mapping[str, User]
    groups: t.Mapping[str, Group]
    memberships: frozenset[tuple[str, str]] = frozenset()
    whole: bool = True
    asked_users: frozenset[str] = frozenset()
    asked_groups: frozenset[str] = frozenset()
    policies: t.Mapping[str, ManagedPolicy] = dataclasses.field(default_factory=dict)
    roles: t.Mapping[str, Role] = dataclasses.field(default_factory=dict)
    asked_policies: frozenset[str] = frozenset()
    asked_roles: frozenset[str] = frozenset()
    all_roles: bool = False
    settings: AccountSettings = AccountSettings()

    def user(self, name: str) -> User | None:
        """The user of that name (in any case), or None if the account has none.

        Raises KeyError for a name that was not read: a name that was not read is never taken for an absent user.
        """
        found: User | None = self._known(self.users, self.asked_users, name)
        return found

    def group(self, name: str) -> Group | None:
        """The group of that name; as :meth:`user`."""
        found: Group | None = self._known(self.groups, self.asked_groups, name)
        return found

    def policy(self, name: str) -> ManagedPolicy | None:
        """The customer managed policy of that name, whatever its path; as :meth:`user`."""
        found: ManagedPolicy | None = self._asked(self.policies, self.asked_policies, name)
        return found

    def role(self, name: str) -> Role | None:
        """The role of that name, whatever its path; as :meth:`user`."""
        found: Role | None = self._asked(self.roles, self.asked_roles, name)
        return found

    def _known(self, entities: t.Mapping[str, t.Any], asked: frozenset[str], name: str) -> t.Any:
        return entities.get(fold(name)) if self.whole else self._asked(entities, asked, name)

    @staticmethod
    def _asked(entities: t.Mapping[str, t.Any], asked: frozenset[str], name: str) -> t.Any:
        key = fold(name)
        if key not in asked and key not in entities:
            raise KeyError(f"{name} was not read")
        return entities.get(key)

    @functools.cached_property
    def _groups_by_user(self) -> dict[str, frozenset[str]]:
        return _index(self.memberships)

    @functools.cached_property
    def _users_by_group(self) -> dict[str, frozenset[str]]:
        return _index((group, user) for user, group in self.memberships)

    def groups_of(self, user: str) -> frozenset[str]:
        """The keys of the user's groups."""
        return self._groups_by_user.get(fold(user), frozenset())

    def members_of(self, group: str) -> frozenset[str]:
        """The keys of the group's users."""
        return self._users_by_group.get(fold(group), frozenset())


def _index(pairs: t.Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return {key: frozenset(values) for key, values in found.items()}


@dataclasses.dataclass(frozen=True)
class Account:
    """The account and the caller."""

    account_id: str
    caller_arn: str
    alias: str | None = None

    @property
    def partition(self) -> str:
        """``aws``, ``aws-cn``, ``aws-us-gov``…, from the caller's ARN."""
        return self.caller_arn.split(":")[1]
