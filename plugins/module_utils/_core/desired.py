# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is asked for: the values that the lists and the options of one-subject modules become."""

from __future__ import annotations

import dataclasses
import typing as t

from .model import fold

if t.TYPE_CHECKING:
    import datetime

    from .model import Document, PasswordPolicy


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
