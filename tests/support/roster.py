# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the unit tests of the roster share: people of ours, strangers, and a list settled with an account."""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from ansible_collections.workforce.aws.plugins.module_utils._chart.chart import read_chart
from ansible_collections.workforce.aws.plugins.module_utils._chart.values import ChartSettings, Outsider, ThisAccount
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import DesiredUser
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Credentials, Directory, Group, User, fold
from ansible_collections.workforce.aws.plugins.module_utils._core.suspension import DENY_NAME, deny
from ansible_collections.workforce.aws.plugins.module_utils._core.tags import MARK
from ansible_collections.workforce.aws.plugins.module_utils._identity.settings import RosterSettings
from ansible_collections.workforce.aws.plugins.module_utils._roster.roster import Roster, settle

NOW: t.Final = datetime.datetime(2026, 11, 23, 21, 28, 5, tzinfo=datetime.UTC)
AT: t.Final = "2026-11-23T21:28:05Z"
DEPARTMENTS: t.Final = [{"name": "sales"}, {"name": "it"}]


def user(name: str, by: str | None = None, since: str = AT, employee_id: str | None = None, **parts: t.Any) -> User:
    """One of ours, perhaps suspended."""
    tags = {**MARK, **parts.pop("tags", {})}
    inline = parts.pop("inline", {})
    if employee_id is not None:
        tags["workforce:employee-id"] = employee_id
    if by is not None:
        tags["workforce:suspended"] = f"{since} {by}"
        inline = {**inline, DENY_NAME: deny("list" if by == "list" else "person")}
    read: dict[str, t.Any] = {
        "arn": f"arn:aws:iam::1:user/{name}",
        "boundary": "",
        "attached": {},
        "login_profile": False,
        "credentials": Credentials(),
    }
    return User(name, tags=tags, inline=inline, **(read | parts))


def stranger(name: str, **parts: t.Any) -> User:
    """A user without a tag of ours."""
    read: dict[str, t.Any] = {"login_profile": False, "credentials": Credentials()}
    return User(name, tags=parts.pop("tags", {}), inline={}, attached={}, boundary="", **(read | parts))


def directory(*users: User, members: t.Iterable[tuple[str, str]] = (), **groups: str) -> Directory:
    """A whole account with the departments sales and it; ``members`` are pairs of keys."""
    paths = {"sales": "/workforce/", "it": "/workforce/", **groups}
    return Directory(
        users={fold(one.name): one for one in users},
        groups={name: Group(name, path=path, attached={}, inline={}) for name, path in paths.items()},
        memberships=frozenset(members),
    )


def settled(
    employees: object,
    *users: User,
    only: frozenset[str] | None = None,
    outsiders: t.Sequence[Outsider] = (),
    members: t.Iterable[tuple[str, str]] = (),
    here: ThisAccount | None = None,
    **settings: t.Any,
) -> Roster:
    """The list in an account with these users."""
    chart_settings = ChartSettings(only=only, account=here or ThisAccount())
    chart = read_chart(DEPARTMENTS, employees, chart_settings)
    chart = dataclasses.replace(chart, without_access=(*chart.without_access, *outsiders))
    return settle(chart, directory(*users, members=members), chart_settings, RosterSettings(**{"now": NOW, **settings}))


def only_user(roster: Roster) -> DesiredUser:
    """The one user that anything is asked of."""
    assert len(roster.desired.users) == 1
    return roster.desired.users[0]


def told(roster: Roster) -> list[str]:
    """The faults as people read them."""
    return [str(fault) for fault in roster.faults]
