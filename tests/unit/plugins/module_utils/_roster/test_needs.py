# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Of whom it is read how they sign in: of nobody on an ordinary day."""

from __future__ import annotations

import typing as t

from ansible_collections.workforce.aws.plugins.module_utils._chart.chart import read_chart
from ansible_collections.workforce.aws.plugins.module_utils._chart.values import ChartSettings
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Directory
from ansible_collections.workforce.aws.plugins.module_utils._core.suspension import DENY_NAME, deny
from ansible_collections.workforce.aws.plugins.module_utils._identity.settings import RosterSettings
from ansible_collections.workforce.aws.plugins.module_utils._roster.needs import SignInNeeds, sign_in_needs

from tests.support.roster import DEPARTMENTS, NOW, directory, stranger, user


def needs(employees: t.Any, account: Directory, only: frozenset[str] | None = None, **told: t.Any) -> SignInNeeds:
    settings = ChartSettings(only=only)
    desired = read_chart(DEPARTMENTS, employees, settings).desired
    return sign_in_needs(desired, account, settings, RosterSettings(NOW, **told))


def test_nobody_on_an_ordinary_day() -> None:
    listed = [{"name": "asha", "departments": ["sales"]}, {"name": "joiner", "departments": ["it"]}, {"name": "robot"}]
    account = directory(user("asha"), stranger("robot"), members=[("asha", "sales")])
    assert needs(listed, account) == SignInNeeds()


def test_everybody_who_is_suspended_with_the_tag_or_without_it() -> None:
    account = directory(
        user("asha", "list"), user("eve", "person"), user("kim", inline={DENY_NAME: deny("person")}), user("li")
    )
    assert needs([{"name": "asha"}], account).suspended == ("asha", "eve", "kim")
    assert needs([{"name": "asha"}], account, only=frozenset({"asha"})).suspended == ("asha",)
    assert needs([], account, release=True) == SignInNeeds()


def test_who_is_to_be_adopted_and_who_was() -> None:
    listed = [{"name": "asha", "departments": ["it"]}, {"name": "ben"}, {"name": "cleo"}]
    account = directory(user("asha"), stranger("ben"), stranger("cleo"))
    assert needs(listed, account).adopted == ("asha",)
    assert needs(listed, account, adopt=True).adopted == ("asha", "ben", "cleo")
    assert needs(listed, account, adopt=True, adopt_named=frozenset({"cleo"})).adopted == ("asha", "cleo")
