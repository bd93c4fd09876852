# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The values of the street: what the account has, what is asked for, and the steps in between.

Values only: nothing here reads, writes or decides.
"""

from __future__ import annotations

import dataclasses
import enum
import functools
import typing as t

if t.TYPE_CHECKING:
    import datetime

Document = t.Mapping[str, t.Any]
"""A policy document, decoded from its JSON."""

SubjectKind = t.Literal["user", "group", "policy", "role", "account"]


TITLES: t.Mapping[SubjectKind, str] = {
    "user": "user",
    "group": "group",
    "policy": "policy",
    "role": "role",
    "account": "account",
}
CHART_TITLES: t.Mapping[SubjectKind, str] = {**TITLES, "user": "employee", "group": "department"}
"""The words for subjects in messages: of one-subject modules, and of a chart."""


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
class Password:
    """A console password that the caller chose. ``update: on_create`` sets it only if the user has none."""

    value: str = dataclasses.field(repr=False)
    update: t.Literal["always", "on_create"] = "on_create"
    reset_required: bool = False


@dataclasses.dataclass(frozen=True)
class Suspension:
    """By whom a user is suspended, and since when: UTC as in the tag, ``2026-11-23T21:28:05Z``.

    A suspension by a person is only lifted by a person. One by the list is lifted by the list.
    """

    by: t.Literal["list", "person"]
    at: str


@dataclasses.dataclass(frozen=True)
class DesiredCredential:
    """What is asked for the first credentials of one user.

    ``by`` are the deliveries for this person, in order ("mail", "file"); empty if none reaches them. ``first`` issues
    to an existing user without a mark and without a password, ``missing`` only if that one never signed in either;
    ``reissue`` issues in any case. ``unreached`` says why nothing that ``missing`` finds due can be delivered.
    Credentials that were delivered before ``expired_before`` and never claimed are revoked.
    """

    console: bool = True
    access_key: bool = False
    reset_required: bool = True
    by: tuple[str, ...] = ()
    first: bool = False
    missing: bool = False
    unreached: str | None = None
    reissue: bool = False
    expired_before: datetime.datetime | None = None


@dataclasses.dataclass(frozen=True)
class Written:
    """What the entry of a user or group in the chart says of itself.

    ``keys`` are those that it has, with or without faults; ``accepted`` are pairs of a word and a folded name, of what
    the account may have beside the entry. An entry that is not ``sound`` has faults, or another one of its name.
    """

    keys: frozenset[str] = frozenset()
    accepted: frozenset[tuple[str, str]] = frozenset()
    sound: bool = True

    def accepts(self, word: str, *names: str) -> bool:
        """Whether any of the names is accepted as what the word says: a policy has a name and an ARN."""
        return any((word, fold(name)) in self.accepted for name in names)


@dataclasses.dataclass(frozen=True)
class DesiredUser:
    """What is asked for one user. ``None`` leaves a part as it is. An empty collection empties the part if it is exact.

    ``policies`` are names or ARNs; once resolved, they are ARNs. ``groups`` are joined. With ``purge_groups`` the user
    also leaves all other groups that lie under ``purge_path`` (any, if it is None) or whose keys are in
    ``purge_names``. Of the tags whose keys begin with ``purge_tag_prefix``, only those in ``tags`` stay.
    ``policies_absent`` (ARNs), ``inline_absent`` and ``groups_absent`` are taken away, even if giving is stopped. If
    ``create`` is false, a user that does not exist is a fault. ``suspend`` cuts the user off and changes nothing else.
    ``lift`` ends the suspension; ``lift_keys`` activates the access keys too. ``rename_from`` is the user's present
    name. ``release`` removes our tags. ``credential`` is what the run issues and delivers; ``password`` is one that the
    caller chose. ``written`` is what the chart's entry says of itself.
    """

    name: str
    path: str | None = None
    tags: t.Mapping[str, str] | None = None
    purge_tags: bool = True
    purge_tag_prefix: str | None = None
    boundary: str | None = None
    policies: tuple[str, ...] | None = None
    purge_policies: bool = False
    inline: t.Mapping[str, Document] | None = None
    purge_inline: bool = False
    groups: tuple[str, ...] | None = None
    purge_groups: bool = False
    purge_path: str | None = None
    purge_names: frozenset[str] = frozenset()
    groups_absent: tuple[str, ...] = ()
    policies_absent: tuple[str, ...] = ()
    inline_absent: tuple[str, ...] = ()
    password: Password | None = None
    remove_password: bool = False
    create: bool = True
    absent: bool = False
    suspend: Suspension | None = None
    lift: bool = False
    lift_keys: bool = False
    rename_from: str | None = None
    release: bool = False
    credential: DesiredCredential | None = None
    written: Written | None = dataclasses.field(default=None, compare=False)

    @property
    def cuts(self) -> bool:
        """Whether the user is a leaver: suspended or deleted."""
        return self.absent or self.suspend is not None


@dataclasses.dataclass(frozen=True)
class DesiredGroup:
    """What is asked for one group; parts as in :class:`DesiredUser`. ``members`` are user names."""

    name: str
    path: str | None = None
    policies: tuple[str, ...] | None = None
    purge_policies: bool = False
    inline: t.Mapping[str, Document] | None = None
    purge_inline: bool = False
    members: tuple[str, ...] | None = None
    purge_members: bool = False
    purge_path: str | None = None
    members_absent: tuple[str, ...] = ()
    policies_absent: tuple[str, ...] = ()
    inline_absent: tuple[str, ...] = ()
    create: bool = True
    absent: bool = False
    written: Written | None = dataclasses.field(default=None, compare=False)


@dataclasses.dataclass(frozen=True)
class DesiredRole:
    """What is asked for one role; parts as in :class:`DesiredUser`.

    An ``ours_only`` role that exists without our mark is a fault. ``remove_instance_profiles`` takes a role that is
    deleted out of its instance profiles; otherwise these are a fault.
    """

    name: str
    path: str | None = None
    trust: Document | None = None
    description: str | None = None
    max_session_duration: int | None = None
    boundary: str | None = None
    policies: tuple[str, ...] | None = None
    purge_policies: bool = False
    inline: t.Mapping[str, Document] | None = None
    purge_inline: bool = False
    policies_absent: tuple[str, ...] = ()
    inline_absent: tuple[str, ...] = ()
    tags: t.Mapping[str, str] | None = None
    purge_tags: bool = True
    ours_only: bool = False
    absent: bool = False
    remove_instance_profiles: bool = False


@dataclasses.dataclass(frozen=True)
class DesiredPolicy:
    """What is asked for one customer managed policy; parts as in :class:`DesiredUser`.

    A ``document`` of another meaning than all versions' is a new version; with ``make_default`` the version that has it
    is put in force. With ``only_version`` all other versions are deleted. An ``ours_only`` policy that exists without
    our mark is a fault.
    """

    name: str
    path: str | None = None
    document: Document | None = None
    description: str | None = None
    tags: t.Mapping[str, str] | None = None
    purge_tags: bool = True
    make_default: bool = True
    only_version: bool = False
    ours_only: bool = False
    absent: bool = False


@dataclasses.dataclass(frozen=True)
class DesiredAccount:
    """What is asked for the account. ``alias: ""`` means none; of ``password_policy`` only the named rules change.

    ``remove_password_policy`` brings AWS's default back.
    """

    alias: str | None = None
    password_policy: PasswordPolicy | None = None
    remove_password_policy: bool = False


DesiredCarrier: t.TypeAlias = "DesiredUser | DesiredGroup | DesiredRole"


@dataclasses.dataclass(frozen=True)
class Desired:
    """What a task asks for.

    ``now`` is the moment up to which sessions of roles are ended for those who lose them; None where that is not asked.
    """

    groups: tuple[DesiredGroup, ...] = ()
    users: tuple[DesiredUser, ...] = ()
    policies: tuple[DesiredPolicy, ...] = ()
    roles: tuple[DesiredRole, ...] = ()
    account: DesiredAccount | None = None
    now: datetime.datetime | None = dataclasses.field(default=None, compare=False)


@dataclasses.dataclass(frozen=True)
class Subject:
    """The user, group, policy or role that a step, fault or failure is about, or the account."""

    kind: SubjectKind
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Phase(enum.IntEnum):
    """When a step runs: a phase begins when the one before has ended. In a phase, subjects run in parallel.

    Sessions of roles are ended after the people are denied, and before what tells of them goes: their users and tags.
    Policies come before what has them, roles after the groups that may assume them, and all of it before people.
    """

    LEAVERS = 0
    SESSIONS = 1
    REMOVED_USERS = 2
    ACCOUNT = 3
    POLICIES = 4
    GROUPS = 5
    ROLES = 6
    USERS = 7
    RETURNED_SESSIONS = 8
    CREDENTIALS = 9
    REMOVED_GROUPS = 10
    REMOVED_ROLES = 11
    REMOVED_POLICIES = 12

    @property
    def is_leaving(self) -> bool:
        """Whether its steps cut people off, whatever is wrong with giving."""
        return self <= Phase.REMOVED_USERS


@dataclasses.dataclass(frozen=True)
class Step:
    """One IAM write.

    ``operation`` is IAM's name, ``params`` are its parameters, ``secrets`` are parameters that nobody may see. A
    ``cutting`` step takes access away, and runs even if an earlier step of its subject failed. A ``closing`` step
    (DeleteUser, DeleteGroup) runs only if all earlier ``vital`` steps succeeded. ``needs`` are other subjects that must
    exist; ``follows`` are those all of whose vital steps must have succeeded. ``fallback`` is done instead if IAM
    refuses the step. An ``issuing`` step is done by the issuer, which knows the secret, the moment and the recipient.
    ``Deliver`` is the only operation that is not IAM's. ``line`` says to a person what happens to the subject: "joins
    sales". An ``inner`` step only prepares or completes another one (it writes a mark, for example): the record has it,
    the page of changes does not.
    """

    subject: Subject
    operation: str
    params: t.Mapping[str, t.Any]
    line: str
    phase: Phase
    cutting: bool = False
    closing: bool = False
    needs: tuple[Subject, ...] = ()
    secrets: t.Mapping[str, str] = dataclasses.field(default_factory=dict, repr=False)
    vital: bool = True
    fallback: Step | None = None
    issuing: bool = False
    inner: bool = False
    follows: tuple[Subject, ...] = ()


@dataclasses.dataclass(frozen=True)
class Fault:
    """A problem that was found before the first write. ``who`` is for people: "employee asha.rao".

    By default a fault stops all giving, while leavers are still cut off. With ``stops_cutting`` nothing is done at all:
    the list cannot be trusted, or a brake holds. Without ``stops_giving`` the fault concerns one person, who is given
    nothing: everybody else is served, and the run fails at its end.
    """

    who: str
    what: str
    stops_cutting: bool = False
    stops_giving: bool = True

    def __str__(self) -> str:
        return f"{self.who}: {self.what}"


@dataclasses.dataclass(frozen=True)
class Plan:
    """The ordered steps that turn the directory into the desired, or the faults that forbid it."""

    steps: tuple[Step, ...] = ()
    faults: tuple[Fault, ...] = ()


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


@dataclasses.dataclass(frozen=True)
class Failure:
    """A step failed. ``code`` is AWS's error code or the exception's class; ``advice`` says what to do next."""

    subject: Subject
    operation: str
    code: str
    message: str
    advice: str = ""
