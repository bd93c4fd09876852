# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The decision: what the chart comes to today, in this account. Frozen, and handed on to the plan. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.desired import Desired, DesiredUser
from .._core.steps import Fault
from .dropped_departments import Dropped, dropped_departments
from .first_credentials import first_credentials
from .roster import settle
from .settlement import Notes

if t.TYPE_CHECKING:
    from .._beside.finding import Finding
    from .._chart.values import Chart, ChartSettings
    from .._core.delivery import Recipient
    from .._core.model import Directory
    from .._identity.settings import RosterSettings
    from .first_credentials import CredentialSettings


@dataclasses.dataclass(frozen=True)
class Decision:
    """``next_time`` is what the next run would desire of those whom this one only adopts.

    ``recipients`` are by key of the user's name: whom first credentials go to. ``found`` is the access beside the
    chart.
    """

    desired: Desired
    faults: tuple[Fault, ...]
    notes: Notes
    next_time: Desired = dataclasses.field(default_factory=Desired)
    dropped: Dropped = dataclasses.field(default_factory=Dropped)
    recipients: t.Mapping[str, Recipient] = dataclasses.field(default_factory=dict)
    found: tuple[Finding, ...] = ()

    @property
    def awaiting(self) -> list[str]:
        """The names of those who are to have credentials of ours."""
        asked = [(user.name, user.credential) for user in self.desired.users]
        return [name for name, one in asked if one is not None and (one.console or one.access_key)]

    @property
    def without_delivery(self) -> frozenset[str]:
        """The names of those who are to have a password that nothing would deliver, if they have none."""
        asked = [(user.name, user.credential) for user in self.desired.users]
        return frozenset(name for name, one in asked if one is not None and one.console and not one.by)


def decide(
    chart: Chart,
    directory: Directory,
    settings: ChartSettings,
    roster_settings: RosterSettings,
    credentials: CredentialSettings,
    *,
    remove_departments: bool,
) -> Decision:
    """Who comes, stays, leaves or returns, which departments go, and who is due a credential."""
    roster = settle(chart, directory, settings, roster_settings)
    if roster_settings.release:
        return Decision(roster.desired, roster.faults, roster.notes)
    dropped = dropped_departments(
        chart, directory, settings, remove=remove_departments, trusted=roster_settings.trusted
    )
    first = first_credentials(
        chart,
        roster.desired.users,
        directory,
        credentials,
        now=roster_settings.now,
        limited=settings.only is not None,
    )
    return Decision(
        # The rest does not depend on who is who.
        dataclasses.replace(chart.desired, groups=(*roster.desired.groups, *dropped.removed), users=first.users),
        (*roster.faults, *first.faults),
        roster.notes,
        _without_credentials(roster.next_time),
        dropped,
        first.recipients,
        roster.found,
    )


def _without_credentials(desired: Desired) -> Desired:
    """Who is only adopted is issued nothing in this run, and what issuing would need was not read."""
    users: tuple[DesiredUser, ...] = tuple(dataclasses.replace(user, credential=None) for user in desired.users)
    return dataclasses.replace(desired, users=users)
