# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documents of policies that a judgement needs: of users and groups as the plan leaves them, each read once."""

from __future__ import annotations

import dataclasses
import typing as t

from .._aws.calls import ask
from .._aws.errors import ReadError
from .._core.managed_policies import is_aws_managed, policy_name
from .._core.model import Directory, Group, User, fold
from .._directory.single import read_group, read_user
from .._plan.after import after
from .evaluation import Policy, about_acts

if t.TYPE_CHECKING:
    from .._aws.calls import Client
    from .._core.model import Document
    from .._core.steps import Step
    from .._directory.scope import Part

_PARTS: frozenset[Part] = frozenset({"attached", "inline"})


class Documents:
    """What users and groups carry once the steps are done.

    What the directory has is not read again. A managed policy is two calls (GetPolicy, GetPolicyVersion), once for
    everybody; a user or group of which parts were not read is as many calls as IAM takes to list them.
    """

    def __init__(self, iam: Client, planned: Directory, steps: t.Sequence[Step]) -> None:
        self._iam = iam
        self._planned = planned
        self._steps = steps
        self._policies: dict[str, Document | None] = {}
        self._whole: dict[tuple[str, str], User | Group] = {}

    def of_group(self, key: str, title: str) -> list[Policy]:
        """The policies of a group, by the word for groups."""
        group = self._planned.groups.get(key) or Group(key)
        return self._of(self._with_parts(group), f"{title} {group.name}")

    def user(self, key: str) -> User:
        """The user with its policies and boundary."""
        return t.cast("User", self._with_parts(self._planned.users[key]))

    def of_user(self, key: str, title: str) -> list[Policy]:
        """The policies of a user's own."""
        user = self.user(key)
        return self._of(user, f"{title} {user.name}")

    def boundary(self, arn: str) -> Policy | None:
        """A permissions boundary; None when the account has no such policy, which others tell."""
        document = self._managed(arn)
        return None if document is None else Policy("the permissions boundary", policy_name(arn), document)

    def _of(self, carrier: User | Group, holder: str) -> list[Policy]:
        found = [Policy(holder, name, about_acts(document)) for name, document in (carrier.inline or {}).items()]
        for arn in carrier.attached or {}:
            document = self._managed(arn)
            if document is not None:
                found.append(Policy(holder, policy_name(arn), document))
        return found

    def _managed(self, arn: str) -> Document | None:
        if arn not in self._policies:
            planned = None if is_aws_managed(arn) else self._planned.policies.get(fold(policy_name(arn)))
            if planned is not None and planned.document is not None:
                # The plan makes or changes it: what the account has is not what will be.
                self._policies[arn] = about_acts(planned.document)
            else:
                self._policies[arn] = _read_document(self._iam, arn)
        return self._policies[arn]

    def _with_parts(self, carrier: User | Group) -> User | Group:
        """The same with its policies, read where a partial directory lacks them, and changed by the steps."""
        boundary = carrier.boundary if isinstance(carrier, User) else ""
        if None not in (carrier.attached, carrier.inline, boundary):
            return carrier
        kind = "user" if isinstance(carrier, User) else "group"
        key = (kind, fold(carrier.name))
        if key not in self._whole:
            self._whole[key] = self._read_parts(carrier)
        return self._whole[key]

    def _read_parts(self, carrier: User | Group) -> User | Group:
        if isinstance(carrier, User):
            # A user who is to be renamed still has the old name, which is in the ARN.
            user = read_user(self._iam, (carrier.arn or carrier.name).rpartition("/")[2], _PARTS)
            found = dataclasses.replace(user.user, name=carrier.name) if user else carrier
            before = Directory({fold(carrier.name): found}, {})
            return after(before, self._own_steps("UserName", carrier.name)).users[fold(carrier.name)]
        group = read_group(self._iam, carrier.name, _PARTS)
        before = Directory({}, {fold(carrier.name): group.group if group else carrier})
        return after(before, self._own_steps("GroupName", carrier.name)).groups[fold(carrier.name)]

    def _own_steps(self, parameter: str, name: str) -> list[Step]:
        """The steps that change the policies of this user or group."""
        return [
            step
            for step in self._steps
            if step.operation.endswith(("Policy", "PermissionsBoundary"))
            and fold(step.params.get(parameter, "")) == fold(name)
        ]


def _read_document(iam: Client, arn: str) -> Document | None:
    about = f"policy {arn}"
    try:
        version = ask(iam, "GetPolicy", {"PolicyArn": arn}, about)["Policy"]["DefaultVersionId"]
        found = ask(iam, "GetPolicyVersion", {"PolicyArn": arn, "VersionId": version}, about)
    except ReadError as error:
        if error.code != "NoSuchEntity":
            raise
        return None
    return about_acts(found["PolicyVersion"]["Document"])
