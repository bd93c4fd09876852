# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Departments that are ours and dropped from the list."""

from __future__ import annotations

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart.chart import read_chart
from ansible_collections.workforce.aws.plugins.module_utils._chart.values import ChartSettings
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import DesiredGroup
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Directory, Group, User
from ansible_collections.workforce.aws.plugins.module_utils._core.tags import MARK
from ansible_collections.workforce.aws.plugins.module_utils._roster.dropped_departments import (
    Dropped,
    dropped_departments,
)

SETTINGS = ChartSettings(adopted=frozenset({"OLD"}))
ACCOUNT = Directory(
    users={"asha": User("asha", tags=dict(MARK)), "robot": User("robot", tags={})},
    groups={
        "sales": Group("Sales", path="/workforce/"),
        "it": Group("it", path="/workforce/x/"),
        "old": Group("old", path="/"),
        "mixed": Group("mixed", path="/workforce/"),
        "theirs": Group("theirs", path="/"),
    },
    memberships=frozenset({("asha", "it"), ("asha", "mixed"), ("robot", "mixed")}),
)


def dropped(departments: object, remove: bool = True, trusted: bool = True, **settings: object) -> Dropped:
    chart_settings = ChartSettings(adopted=SETTINGS.adopted, **settings)  # type: ignore[arg-type]  # test values
    chart = read_chart(departments, [], chart_settings)
    return dropped_departments(chart, ACCOUNT, chart_settings, remove=remove, trusted=trusted)


def test_they_are_named() -> None:
    found = dropped([{"name": "SALES"}], remove=False)
    assert found == Dropped((), dict.fromkeys(["it", "mixed", "old"], "nothing was done to it"))


def test_they_are_deleted_on_request_but_not_with_members_of_others() -> None:
    found = dropped([{"name": "sales"}])
    assert found.removed == (DesiredGroup("it", absent=True), DesiredGroup("old", absent=True))
    assert found.kept == {"mixed": "not deleted, because of members that are not managed: robot"}


def test_nothing_is_deleted_that_may_have_been_counted_wrongly() -> None:
    assert dropped([{"name": "sales"}], trusted=False).removed == ()


@pytest.mark.parametrize("departments", [None, "sales", [{"name": "a b"}], [5], [{}]])
def test_nothing_is_dropped_from_a_list_that_does_not_say_what_it_means(departments: object) -> None:
    assert dropped(departments) == Dropped()


def test_nothing_is_dropped_from_a_run_about_some_people_or_under_no_path() -> None:
    assert dropped([], only=frozenset({"asha"})) == Dropped()
    assert dropped([], path="x") == Dropped()
