# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody sees who has signed in: who they are, or act as, and what their departments, or the role, may do."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from moto.iam.models import ManagedPolicy

from ..behaviour import enrolment
from ..behaviour.account import Account, Group, Role, User
from ..behaviour.console_session import ConsoleSession
from ..behaviour.errors import AccessDenied
from .policy_words import sentences
from .sessions import Acting, Session

# A policy of more characters than this is shown when it is asked for.
LONG = 800
# The mark that every employee's user carries says nothing to its owner.
MANAGED = "workforce:managed"


@dataclass(frozen=True)
class Policy:
    name: str
    kind: str
    sentences: Sequence[str]

    @property
    def is_long(self) -> bool:
        return sum(map(len, self.sentences)) > LONG


@dataclass(frozen=True)
class Part:
    """A department, or what is the person's alone, with the policies that it brings."""

    name: str
    policies: Sequence[Policy]


@dataclass(frozen=True)
class Devices:
    """The person's MFA devices, or why the page may not list them."""

    serial_numbers: Sequence[str] = ()
    refusal: str = ""


@dataclass(frozen=True)
class Owner:
    """A user, or the role that one has become, as the template shows it."""

    name: str
    # What the ARN is of: "User" or "Role".
    kind: str
    arn: str
    account: str
    facts: Mapping[str, str]
    departments: Sequence[Part]
    own: Sequence[Part]
    devices: Devices = Devices()


def owner(session: Session) -> Owner | None:
    """What the page of a session shows; None when the user is gone. The caller holds the lock."""
    person = session.at_console()
    if person is None:
        return None
    return _person(person) if session.acting is None else _role(person.user.name, session.acting)


def _person(person: ConsoleSession) -> Owner:
    user = person.user
    groups = sorted(user.groups.values(), key=lambda group: group.name)
    return Owner(
        name=user.name,
        kind="User",
        arn=user.arn,
        account=_account(person.account),
        facts={tag["Key"].removeprefix("workforce:"): tag["Value"] for tag in user.tags if tag["Key"] != MANAGED},
        departments=[Part(group.name, list(_policies(group))) for group in groups],
        own=list(_own(user)),
        devices=_devices(person),
    )


def _role(user_name: str, acting: Acting) -> Owner:
    key, parts = acting.key, []
    if key.role is not None:
        parts.append(Part("What this role may do", list(_policies(key.role))))
        if key.role.permissions_boundary_arn and (policy := key.account.policy(key.role.permissions_boundary_arn)):
            parts.append(Part("Of all this, at most", [_managed(policy)]))
    name = key.role_arn.rpartition("/")[2]
    return Owner(name, "Role", key.arn, _account(key.account), {"Signed in as": user_name}, [], parts)


def _devices(person: ConsoleSession) -> Devices:
    try:
        return Devices(enrolment.devices(person))
    except AccessDenied as error:
        return Devices(refusal=error.message)


def _account(account: Account) -> str:
    return account.account_id + "".join(f" ({alias})" for alias in account.account_aliases)


def _own(user: User) -> Iterator[Part]:
    """What is the person's alone, and what bounds it all."""
    if policies := list(_policies(user)):
        yield Part("What you alone may do", policies)
    if user.boundary is not None:
        yield Part("Of all this, at most", [_managed(user.boundary)])


def _policies(owner: Group | Role | User) -> Iterator[Policy]:
    for policy in sorted(owner.managed_policies.values(), key=lambda policy: policy.name):
        yield _managed(policy)
    for name, document in sorted(owner.policies.items()):
        yield Policy(name, "inline policy", sentences(json.loads(document)))


def _managed(policy: ManagedPolicy) -> Policy:
    version = next(each for each in policy.versions if each.version_id == policy.default_version_id)
    return Policy(policy.name, "managed policy", sentences(json.loads(version.document)))
