# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Managed policies: names are replaced with ARNs, from one listing of the account's policies."""

from __future__ import annotations

import dataclasses
import typing as t

from .model import TITLES, Desired, DesiredGroup, DesiredUser, Fault
from .names import is_arn, meant, policy_arn_fault

if t.TYPE_CHECKING:
    from .model import SubjectKind


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


def needs_listing(desired: Desired) -> bool:
    """Whether a policy is given by name, so that the account's policies must be listed."""
    return any(not is_arn(ref) for ref in references(desired))


def references(desired: Desired) -> frozenset[str]:
    """Every managed policy in the desired, boundaries too. Once the desired is resolved, these are ARNs."""
    subjects: tuple[DesiredGroup | DesiredUser, ...] = (*desired.groups, *desired.users)
    attached = {ref for subject in subjects for ref in subject.policies or ()}
    return frozenset(attached | {user.boundary for user in desired.users if user.boundary})


def resolve(
    desired: Desired,
    listing: t.Sequence[Policy] | None,
    partition: str,
    titles: t.Mapping[SubjectKind, str] | None = None,
) -> tuple[Desired, tuple[Fault, ...]]:
    """The desired with ARNs in place of names, and the faults. Wrong references are left out of the desired.

    Without a listing, only the form and the partition of ARNs are checked. ``titles`` are the words for user and group
    in messages: a chart has employees and departments.
    """
    titles = titles or TITLES
    resolver = _Resolver(listing, partition)
    faults: list[Fault] = []
    groups = tuple(resolver.subject(group, f"{titles['group']} {group.name}", faults) for group in desired.groups)
    users = tuple(resolver.user(user, f"{titles['user']} {user.name}", faults) for user in desired.users)
    return dataclasses.replace(desired, groups=groups, users=users), tuple(faults)


_Subject = t.TypeVar("_Subject", DesiredGroup, DesiredUser)


class _Resolver:
    """Looks each distinct reference up once: thousands of people may have the same few policies."""

    def __init__(self, listing: t.Sequence[Policy] | None, partition: str) -> None:
        self._partition = partition
        self._listed = listing is not None
        self._arns = {policy.arn for policy in listing or ()}
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

    def user(self, user: DesiredUser, who: str, faults: list[Fault]) -> DesiredUser:
        user = self.subject(user, who, faults)
        if not user.boundary:
            return user
        return dataclasses.replace(user, boundary=self._look_up(user.boundary, f"{who}, boundary", faults))

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
