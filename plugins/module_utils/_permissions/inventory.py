# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The facts of an inventory: what its lists and settings need of IAM."""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.desired import DesiredAccount
from .._core.managed_policies import needs_listing
from .._core.model import fold
from .._core.names import is_arn
from .facts import Facts, Feature, Own

if t.TYPE_CHECKING:
    from .._chart.values import Chart
    from .._core.desired import DesiredPolicy, DesiredRole
    from .._core.managed_policies import Policy


@dataclasses.dataclass(frozen=True)
class Settings:
    """What the settings say, beside the two lists.

    ``account_id`` and ``partition`` are ``*`` where they are not known. ``listing`` are the account's policies and
    AWS's, by which names become ARNs; None if they were not read. ``issues``: first credentials are delivered.
    ``removes``: whoever is not in the list, or was suspended for long, is deleted.
    """

    account_id: str = "*"
    partition: str = "aws"
    listing: tuple[Policy, ...] | None = None
    path: str = "/workforce/"
    adopted: tuple[str, ...] = ()
    protected: tuple[str, ...] = ()
    required_boundary: str = ""
    issues: bool = False
    removes: bool = False
    removes_departments: bool = False
    empties_other_groups: bool = False


def facts_of(chart: Chart, settings: Settings) -> Facts:
    """The facts. Without a listing, a policy's name stands for any path, and for AWS's and the account's own."""
    groups, users, roles = chart.desired.groups, chart.desired.users, chart.desired.roles
    policies = tuple(map(_own, chart.desired.policies))
    named = _Named(settings, policies)
    return Facts(
        account_id=settings.account_id,
        partition=settings.partition,
        path=settings.path,
        adopted=tuple(sorted(settings.adopted)),
        inline_departments=tuple(sorted({(group.path, group.name) for group in groups if group.inline}, key=str)),
        department_policies=named.arns(ref for group in groups for ref in group.policies or ()),
        employee_policies=named.arns(ref for user in users for ref in user.policies or ()),
        employee_boundaries=named.arns(user.boundary for user in users if user.boundary),
        required_boundary=named.arns([settings.required_boundary] if settings.required_boundary else []),
        protected=settings.protected,
        policies=policies,
        roles=tuple(map(_own, roles)),
        role_policies=named.arns(ref for role in roles for ref in role.policies or ()),
        role_boundaries=named.arns(role.boundary for role in roles if role.boundary),
        features=frozenset(_features(chart, settings)),
    )


def _features(chart: Chart, settings: Settings) -> t.Iterator[Feature]:
    people = chart.people.values()
    account = chart.desired.account or DesiredAccount()
    used: dict[Feature, bool] = {
        "access_keys": settings.issues and any(person.access_key for person in people),
        "account_alias": account.alias is not None,
        "department_removal": settings.removes_departments or any(group.absent for group in chart.desired.groups),
        "other_groups": settings.empties_other_groups,
        "passwords": settings.issues,
        "password_policy": account.password_policy is not None or account.remove_password_policy,
        "policy_names": bool(chart.desired.policies) or needs_listing(chart.desired),
        "removal": settings.removes or any(person.state == "absent" for person in people),
        "renames": any(person.employee_id for person in people) or any(user.path for user in chart.desired.users),
    }
    yield from (feature for feature, is_used in used.items() if is_used)


class _Named:
    """ARNs in place of names: of the policies that the inventory lists, of the account's, or patterns of them."""

    def __init__(self, settings: Settings, policies: t.Iterable[Own]) -> None:
        self._settings = settings
        account = f"arn:{settings.partition}:iam::{settings.account_id}"
        self._own = {fold(policy.name): f"{account}:policy{policy.path}{policy.name}" for policy in policies}
        self._listed: dict[str, list[str]] = {}
        for policy in settings.listing or ():
            for name in dict.fromkeys((fold(policy.name), fold(policy.full_name))):
                self._listed.setdefault(name, []).append(policy.arn)

    def arns(self, references: t.Iterable[str]) -> tuple[str, ...]:
        """The ARNs of these, each once."""
        return tuple(sorted({arn for ref in references for arn in self._arns(ref)}))

    def _arns(self, ref: str) -> tuple[str, ...]:
        if is_arn(ref):
            return (ref,)
        if own := self._own.get(fold(ref)):
            return (own,)
        name = ref.lstrip("/")
        if self._settings.listing is not None:
            return tuple(self._listed.get(fold(name), ()))
        start = f"arn:{self._settings.partition}:iam::*:policy"
        return (f"{start}/{name}",) if "/" in name else (f"{start}/{name}", f"{start}/*/{name}")


def without_boundary(chart: Chart, facts: Facts) -> list[str]:
    """The employees whose entries do not give them the boundary that all must have: the job could not make them."""
    required = facts.required_boundary
    if not required:
        return []
    names = {name for arn in required for name in (arn, arn.rpartition("/")[2])}
    return [user.name for user in chart.desired.users if not user.cuts and user.boundary not in names]


def _own(wanted: DesiredPolicy | DesiredRole) -> Own:
    return Own(wanted.name, wanted.path or "/", removed=wanted.absent, adopted=not wanted.ours_only)
