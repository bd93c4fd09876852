# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rights: the policies, the roles and the account's settings that are written beside the two lists. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.model import fold
from .._core.subjects import CHART_TITLES
from .account import desired_account
from .policies import deleted_faults, desired_policies
from .roles import listed_roles

if t.TYPE_CHECKING:
    from .._chart.values import Chart, ChartSettings
    from .._core.desired import DesiredAccount, DesiredCarrier, DesiredPolicy
    from .._core.steps import Fault
    from .policies import PolicyFiles
    from .roles import ListedRole


@dataclasses.dataclass(frozen=True)
class WrittenRights:
    """The options as they stand in the inventory; None for one that was left out.

    ``files`` are those that policies name.
    """

    policies: object = None
    roles: object = None
    account_settings: object = None
    files: PolicyFiles = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Rights:
    """What was read. ``roles`` is None if no roles are listed: then nobody's tags for roles are touched.

    ``limited``: the run is about some employees, so that only their tags are. From a list of roles that is not
    ``whole`` nothing is taken for missing.
    """

    policies: tuple[DesiredPolicy, ...] = ()
    roles: tuple[ListedRole, ...] | None = None
    account: DesiredAccount | None = None
    faults: tuple[Fault, ...] = ()
    limited: bool = False
    whole: bool = True


def written_rights(written: WrittenRights, chart: Chart, settings: ChartSettings) -> Rights:
    """The desired and all faults of what is written.

    In a run that is limited to some employees, only the roles are read, for these people's tags; their faults and all
    else are not judged, like those of departments.
    """
    if settings.only is not None:
        return Rights(roles=_roles(written, settings, None, []), limited=True)
    faults: list[Fault] = []
    policies: tuple[DesiredPolicy, ...] = ()
    if written.policies is not None:
        policies = desired_policies(written.policies, settings.path, written.files, faults)
    of_roles: list[Fault] = []
    roles = _roles(written, settings, _departments(chart), of_roles)
    account = None if written.account_settings is None else desired_account(written.account_settings, faults)
    deleted = deleted_faults(_carriers(chart, roles or ()), policies)
    return Rights(policies, roles, account, (*faults, *of_roles, *deleted), whole=not of_roles)


def _roles(
    written: WrittenRights, settings: ChartSettings, departments: t.Mapping[str, str] | None, faults: list[Fault]
) -> tuple[ListedRole, ...] | None:
    if written.roles is None:
        return None
    return listed_roles(written.roles, settings.path, departments, faults)


def _departments(chart: Chart) -> dict[str, str] | None:
    """The departments by key; None when they are no list, so that none is called unknown.

    Roles may name those of other accounts, whose people are in none of them here.
    """
    found = {**chart.departments_elsewhere, **{fold(group.name): group.name for group in chart.desired.groups}}
    return found if found or chart.listed_departments is not None else None


def _carriers(chart: Chart, roles: t.Iterable[ListedRole]) -> t.Iterator[tuple[str, DesiredCarrier]]:
    yield from ((f"{CHART_TITLES['group']} {one.name}", one) for one in chart.desired.groups)
    yield from ((f"{CHART_TITLES['user']} {one.name}", one) for one in chart.desired.users)
    yield from ((f"role {one.desired.name}", one.desired) for one in roles if not one.desired.absent)
