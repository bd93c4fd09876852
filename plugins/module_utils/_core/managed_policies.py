# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Managed policies: names are replaced with ARNs, from one listing of the account's policies."""

from __future__ import annotations

import dataclasses
import typing as t

from .desired import Desired, DesiredGroup, DesiredRole, DesiredUser
from .model import fold
from .names import is_arn, meant, policy_arn_fault
from .steps import Fault
from .subjects import TITLES

if t.TYPE_CHECKING:
    from .desired import DesiredCarrier
    from .model import Document, ManagedPolicy
    from .subjects import SubjectKind


@dataclasses.dataclass(frozen=True)
class Policy:
    """A managed policy that can be attached to the account's users and groups."""

    arn: str
    name: str
    path: str = "/"

    @property
    def full_name(self) -> str:
        """The name with its path, as people write it: ``job-function/Billing``."""
        return f"{self.path}{self.name}".lstrip("/")


def policy_name(arn: str) -> str:
    """The friendly name at an ARN's end."""
    return arn.rsplit("/", 1)[-1]


def is_aws_managed(arn: str) -> bool:
    """Whether the ARN is of one of AWS's own policies."""
    return ":iam::aws:" in arn


def policy_arn(policy: ManagedPolicy) -> str:
    """The policy's ARN. Raises ValueError for one that was not read from an account."""
    if policy.arn is None:
        raise ValueError(f"the ARN of the policy {policy.name} was not read")
    return policy.arn


def needs_listing(desired: Desired) -> bool:
    """Whether a policy is given by name that is none of the desired's own, so that the account's must be listed."""
    own = {fold(policy.name) for policy in desired.policies}
    return any(not is_arn(ref) and fold(ref) not in own for ref in references(desired))


def planned_policies(desired: Desired, partition: str, account_id: str) -> list[Policy]:
    """The customer policies that the account will have. One that lies elsewhere is a fault of the plan."""
    return [
        Policy(f"arn:{partition}:iam::{account_id}:policy{one.path or '/'}{one.name}", one.name, one.path or "/")
        for one in desired.policies
        if not one.absent
    ]


def planned_documents(desired: Desired, partition: str, account_id: str) -> dict[str, Document]:
    """The documents of the customer policies that the account will have, by ARN."""
    documents = {fold(one.name): one.document for one in desired.policies}
    planned = ((one.arn, documents[fold(one.name)]) for one in planned_policies(desired, partition, account_id))
    return {arn: document for arn, document in planned if document is not None}


def references(desired: Desired) -> frozenset[str]:
    """Every managed policy in the desired, boundaries too. Once the desired is resolved, these are ARNs."""
    subjects: tuple[DesiredCarrier, ...] = (*desired.groups, *desired.users, *desired.roles)
    attached = {ref for subject in subjects for ref in subject.policies or ()}
    bounded: tuple[DesiredUser | DesiredRole, ...] = (*desired.users, *desired.roles)
    return frozenset(attached | {one.boundary for one in bounded if one.boundary})


def resolve(
    desired: Desired,
    listing: t.Sequence[Policy] | None,
    partition: str,
    titles: t.Mapping[SubjectKind, str] | None = None,
    planned: t.Sequence[Policy] = (),
) -> tuple[Desired, tuple[Fault, ...]]:
    """The desired with ARNs in place of names, and the faults. Wrong references are left out of the desired.

    Without a listing, only the form and the partition of ARNs are checked. ``titles`` are the words for user and group
    in messages: a chart has employees and departments. ``planned`` are the customer policies of the desired itself:
    they need not exist yet, and their names win over AWS's.
    """
    titles = titles or TITLES
    resolver = _Resolver(listing, partition, planned)
    faults: list[Fault] = []
    groups = tuple(resolver.subject(group, f"{titles['group']} {group.name}", faults) for group in desired.groups)
    users = tuple(resolver.bounded(user, f"{titles['user']} {user.name}", faults) for user in desired.users)
    roles = tuple(resolver.bounded(role, f"role {role.name}", faults) for role in desired.roles)
    return dataclasses.replace(desired, groups=groups, users=users, roles=roles), tuple(faults)


_Subject = t.TypeVar("_Subject", DesiredGroup, DesiredUser, DesiredRole)
_Bounded = t.TypeVar("_Bounded", DesiredUser, DesiredRole)


class _Resolver:
    """Looks each distinct reference up once: thousands of people may have the same few policies."""

    def __init__(self, listing: t.Sequence[Policy] | None, partition: str, planned: t.Sequence[Policy]) -> None:
        self._partition = partition
        self._listed = listing is not None
        self._arns = {policy.arn for policy in (*(listing or ()), *planned)}
        self._planned = _index(planned, str.lower)
        self._exact = _index(listing or (), str)
        self._folded = _index(listing or (), str.lower)
        self._answers: dict[str, tuple[str | None, str]] = {}

    def subject(self, subject: _Subject, who: str, faults: list[Fault]) -> _Subject:
        if subject.policies is None:
            return subject
        found = [self._look_up(ref, who, faults) for ref in subject.policies]
        return dataclasses.replace(
            subject,
            policies=tuple(dict.fromkeys(arn for arn in found if arn)),
            # The policy that was not found may be one that is attached, so detach nothing.
            purge_policies=subject.purge_policies and None not in found,
        )

    def bounded(self, subject: _Bounded, who: str, faults: list[Fault]) -> _Bounded:
        subject = self.subject(subject, who, faults)
        if not subject.boundary:
            return subject
        return dataclasses.replace(subject, boundary=self._look_up(subject.boundary, f"{who}, boundary", faults))

    def _look_up(self, ref: str, who: str, faults: list[Fault]) -> str | None:
        if ref not in self._answers:
            self._answers[ref] = self._arn(ref) if is_arn(ref) else self._named(ref)
        arn, fault = self._answers[ref]
        if arn is None:
            faults.append(Fault(who, fault))
        return arn

    def _arn(self, arn: str) -> tuple[str | None, str]:
        fault = policy_arn_fault(arn, self._partition)
        if fault:
            return None, fault
        if self._listed and arn not in self._arns:
            return None, f"names {arn}, which the account does not have{meant(arn, self._arns)}"
        return arn, ""

    def _named(self, ref: str) -> tuple[str | None, str]:
        planned = self._planned.get(ref.lower())
        if planned:
            return planned[0], ""
        if not self._listed:
            raise ValueError(f"{ref} is a name: the account's policies must be listed to find its ARN")
        word = ref.lstrip("/")
        found = self._exact.get(ref) or self._folded.get(ref.lower()) or []
        if len(found) == 1:
            return found[0], ""
        if found:
            return None, f"names the policy {ref}, which is ambiguous: {' or '.join(found)}; give the ARN"
        known = [name for name in self._exact if not name.startswith("/") and ("/" in name) == ("/" in word)]
        return None, f"names the policy {ref}, which the account does not have{meant(word, known)}"


def _index(listing: t.Iterable[Policy], spell: t.Callable[[str], str]) -> dict[str, list[str]]:
    """ARNs by every spelling of a policy: ``Billing``, ``job-function/Billing``, ``/job-function/Billing``."""
    found: dict[str, list[str]] = {}
    for policy in listing:
        for name in dict.fromkeys((policy.name, policy.full_name, f"/{policy.full_name}")):
            arns = found.setdefault(spell(name), [])
            if policy.arn not in arns:
                arns.append(policy.arn)
    return found
