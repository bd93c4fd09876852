# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of the street: what the account has, what is asked for, and the steps between.

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

SubjectKind = t.Literal["user", "group"]


TITLES: t.Mapping[SubjectKind, str] = {"user": "user", "group": "group"}
CHART_TITLES: t.Mapping[SubjectKind, str] = {"user": "employee", "group": "department"}
"""What users and groups are called where people read of them: in one-subject modules, and in the run of a chart."""


def fold(name: str) -> str:
    """The key under which IAM compares names: users and groups are unique without case (API reference, CreateUser)."""
    return name.lower()


@dataclasses.dataclass(frozen=True)
class LoginProfile:
    """A console password's face: never the password. Its ``create_date`` tells whether it is still the same one."""

    reset_required: bool
    create_date: datetime.datetime | None = None


@dataclasses.dataclass(frozen=True)
class Credentials:
    """What DeleteUser demands to be gone and the directory does not show, by id.

    ``access_keys`` tell whether they are active. ``mfa_devices`` are serial numbers; a virtual device's serial is an
    ARN ``…:mfa/…``. ``left_mfa_devices`` are virtual ones of the user's name that nobody uses: not in DeleteUser's
    way, but in that of a later user of the name. When not ``whole``, only the access keys were read. ``used_keys`` are
    those that were ever used; ``None`` when that was not read. ``keys_made`` says when each was made, where
    that was read.
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
    ``login_profile`` is ``False`` when the user has none. ``keys_last_used`` is when the last of the access keys was.
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


_Part = t.TypeVar("_Part")


def read_part(part: _Part | None, name: str) -> _Part:
    """The part, or KeyError where it was not read: an unread part is never an empty one."""
    if part is None:
        raise KeyError(f"a part of {name} that the plan needs was not read")
    return part


@dataclasses.dataclass(frozen=True)
class Directory:
    """The account's users, groups and memberships, as read once.

    ``users`` and ``groups`` are keyed by :func:`fold`; ``memberships`` holds pairs (user key, group key). In a
    directory that is not ``whole``, only the keys in ``asked_users`` and ``asked_groups`` may be looked up, and
    memberships are those of the users and groups whose memberships were asked for.
    """

    users: t.Mapping[str, User]
    groups: t.Mapping[str, Group]
    memberships: frozenset[tuple[str, str]] = frozenset()
    whole: bool = True
    asked_users: frozenset[str] = frozenset()
    asked_groups: frozenset[str] = frozenset()

    def user(self, name: str) -> User | None:
        """The user of that name in any case, or None when the account has none.

        Raises KeyError for a name that was never asked for: a partial read is never "absent".
        """
        found: User | None = self._known(self.users, self.asked_users, name)
        return found

    def group(self, name: str) -> Group | None:
        """The group of that name; as :meth:`user`."""
        found: Group | None = self._known(self.groups, self.asked_groups, name)
        return found

    def _known(self, entities: t.Mapping[str, t.Any], asked: frozenset[str], name: str) -> t.Any:
        key = fold(name)
        if not self.whole and key not in asked and key not in entities:
            raise KeyError(f"{name} was not read")
        return entities.get(key)

    @functools.cached_property
    def _groups_by_user(self) -> dict[str, frozenset[str]]:
        return _index(self.memberships)

    @functools.cached_property
    def _users_by_group(self) -> dict[str, frozenset[str]]:
        return _index((group, user) for user, group in self.memberships)

    def groups_of(self, user: str) -> frozenset[str]:
        """The keys of the groups a user is in."""
        return self._groups_by_user.get(fold(user), frozenset())

    def members_of(self, group: str) -> frozenset[str]:
        """The keys of a group's users."""
        return self._users_by_group.get(fold(group), frozenset())


def _index(pairs: t.Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return {key: frozenset(values) for key, values in found.items()}


@dataclasses.dataclass(frozen=True)
class Password:
    """A console password that the caller chose. ``update``: ``on_create`` sets it only where there is none yet."""

    value: str = dataclasses.field(repr=False)
    update: t.Literal["always", "on_create"] = "on_create"
    reset_required: bool = False


@dataclasses.dataclass(frozen=True)
class Suspension:
    """By whom a user is suspended, and since when: UTC as in the tag, ``2026-11-23T21:28:05Z``.

    What a person did only a person lifts; the list lifts what the list did.
    """

    by: t.Literal["list", "person"]
    at: str


@dataclasses.dataclass(frozen=True)
class DesiredCredential:
    """What is asked of the first credentials of one user.

    ``by`` are the deliveries that reach this person, in order ("mail", "file"); empty when none does. ``first`` issues
    to an existing user who has neither a mark nor a password; ``reissue`` issues whatever there is. What was delivered
    before ``expired_before`` and never claimed is revoked.
    """

    console: bool = True
    access_key: bool = False
    reset_required: bool = True
    by: tuple[str, ...] = ()
    first: bool = False
    reissue: bool = False
    expired_before: datetime.datetime | None = None


@dataclasses.dataclass(frozen=True)
class DesiredUser:
    """What is asked of one user. ``None`` leaves the part as it is; an empty collection empties it where it is exact.

    ``policies`` are ARNs once resolved (names or ARNs before). ``groups`` is additive unless ``purge_groups``: then it
    is exact among the groups that lie under ``purge_path`` (any, when it is None) or are named in ``purge_names``
    (keys). ``groups_absent`` are left. With ``create`` false a user that does not exist is a fault, not a joiner.
    ``suspend`` cuts off and says nothing of the rest; ``lift`` lets in again, ``lift_keys`` with the access keys.
    ``rename_from`` is the name that the user has so far. ``release`` takes our marks off. ``credential`` is about
    those that the run issues and delivers itself; ``password`` is one that the caller chose.
    """

    name: str
    path: str | None = None
    tags: t.Mapping[str, str] | None = None
    purge_tags: bool = True
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

    @property
    def cuts(self) -> bool:
        """Whether a leaver is asked for."""
        return self.absent or self.suspend is not None


@dataclasses.dataclass(frozen=True)
class DesiredGroup:
    """What is asked of one group; parts as in :class:`DesiredUser`, ``members`` being user names."""

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
    create: bool = True
    absent: bool = False


@dataclasses.dataclass(frozen=True)
class Desired:
    """What a task asks for."""

    groups: tuple[DesiredGroup, ...] = ()
    users: tuple[DesiredUser, ...] = ()


@dataclasses.dataclass(frozen=True)
class Subject:
    """The user or group that a step, fault or failure is about."""

    kind: SubjectKind
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Phase(enum.IntEnum):
    """When a step runs: all of a phase has ended before the next begins; inside, subjects run side by side."""

    LEAVERS = 0
    GROUPS = 1
    USERS = 2
    CREDENTIALS = 3
    REMOVED_GROUPS = 4


@dataclasses.dataclass(frozen=True)
class Step:
    """One IAM write.

    ``operation`` is IAM's own name, ``params`` its parameters, ``secrets`` those that nobody may see. ``cutting`` steps
    take access away and run even after an earlier step of their subject failed; a ``closing`` step (DeleteUser,
    DeleteGroup) runs only when all before it succeeded, but for those that are not ``vital``. ``needs`` are other
    subjects without which it cannot succeed. ``fallback`` is done in its place where IAM refuses it. An ``issuing``
    step is done by the issuer, which alone knows the secret, the moment or the mailbox; ``Deliver`` is the one
    operation that is not IAM's. ``line`` says to a person what it does to its subject: "joins sales". An ``inner``
    step only serves another one (a mark, the order of things): the record has it, the page of names does not.
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


@dataclasses.dataclass(frozen=True)
class Fault:
    """What forbids a part of the task, known before the first write. ``who`` is for people: "employee asha.rao".

    A fault stops what gives; leavers are cut off all the same, unless it ``stops_cutting`` too: a list that cannot be
    trusted, a brake. One that does not even ``stops_giving`` is about its person alone, to whom nothing is done but
    what cuts: everybody else is served, and the run fails at its end.
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
    """Who is asked to write where."""

    account_id: str
    caller_arn: str
    alias: str | None = None

    @property
    def partition(self) -> str:
        """``aws``, ``aws-cn``, ``aws-us-gov``…, from the caller's ARN."""
        return self.caller_arn.split(":")[1]


@dataclasses.dataclass(frozen=True)
class Failure:
    """A step that did not succeed. ``code`` is AWS's error code (or botocore's class), ``advice`` what to do next."""

    subject: Subject
    operation: str
    code: str
    message: str
    advice: str = ""
