# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person sees who has signed in: who they are, their departments and what these may do."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from moto.iam.models import ManagedPolicy

from ..behaviour.account import Account, Group, User
from ..behaviour.errors import NoSuchEntity
from ..behaviour.sign_in import account_of
from .policy_words import sentences

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
class Person:
    """A user as the template shows it."""

    name: str
    arn: str
    account: str
    facts: Mapping[str, str]
    departments: Sequence[Part]
    own: Sequence[Part]


def person(account_id: str, user_name: str) -> Person:
    """What the page of a user shows. The caller holds the lock; NoSuchEntity for a user that is gone."""
    account = account_of(account_id)
    if account is None:
        raise NoSuchEntity(f"The account {account_id} cannot be found.")
    user = account.user(user_name)
    groups = sorted(user.groups.values(), key=lambda group: group.name)
    return Person(
        name=user.name,
        arn=user.arn,
        account=_account(account),
        facts={tag["Key"].removeprefix("workforce:"): tag["Value"] for tag in user.tags if tag["Key"] != MANAGED},
        departments=[Part(group.name, list(_policies(group))) for group in groups],
        own=list(_own(user)),
    )


def _account(account: Account) -> str:
    return account.account_id + "".join(f" ({alias})" for alias in account.account_aliases)


def _own(user: User) -> Iterator[Part]:
    """What is the person's alone, and what bounds it all."""
    if policies := list(_policies(user)):
        yield Part("What you alone may do", policies)
    if user.boundary is not None:
        yield Part("Of all this, at most", [_managed(user.boundary)])


def _policies(owner: Group | User) -> Iterator[Policy]:
    for policy in sorted(owner.managed_policies.values(), key=lambda policy: policy.name):
        yield _managed(policy)
    for name, document in sorted(owner.policies.items()):
        yield Policy(name, "inline policy", sentences(json.loads(document)))


def _managed(policy: ManagedPolicy) -> Policy:
    version = next(each for each in policy.versions if each.version_id == policy.default_version_id)
    return Policy(policy.name, "managed policy", sentences(json.loads(version.document)))
