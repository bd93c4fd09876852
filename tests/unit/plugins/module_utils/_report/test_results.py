# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the one-subject modules return of a walk."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._apply.apply import Outcome
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Directory, Group, LoginProfile, User
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Phase, Step
from ansible_collections.workforce.aws.plugins.module_utils._core.subjects import Subject
from ansible_collections.workforce.aws.plugins.module_utils._report.results import (
    group_result,
    membership_result,
    user_result,
)
from ansible_collections.workforce.aws.plugins.module_utils._report.walk import Walk

ANN = User("Ann", tags={}, attached={}, inline={"p": {}})
OPS = Group("Ops", attached={}, inline={"p": {}})
NOTHING = Directory(users={}, groups={})
BOTH = Directory(users={"ann": ANN}, groups={"ops": OPS}, memberships=frozenset({("ann", "ops")}))


def walked(before: Directory, after: Directory) -> Walk:
    return Walk(before, after, (), Outcome())


@pytest.mark.parametrize(("given", "told"), [(None, False), ({}, True)])
def test_inline_policies_are_told_where_the_task_spoke_of_them(given: t.Any, told: bool) -> None:
    params = {"name": "ANN", "inline_policies": given}
    user = user_result(params, walked(NOTHING, BOTH))
    assert ("inline_policies" in user["user"]) is told
    assert user["iam_user"] == {"user": user["user"]}
    group = group_result({**params, "name": "OPS"}, walked(NOTHING, BOTH))["iam_group"]
    assert ("inline_policies" in group) is told
    assert [member["user_name"] for member in group["users"]] == ["Ann"]


def test_who_is_gone_is_only_in_the_diff() -> None:
    params = {"name": "ann", "inline_policies": None}
    user = user_result(params, walked(BOTH, NOTHING))
    assert list(user) == ["diff"]
    assert user["diff"]["after"] == {}
    assert user["diff"]["before"]["user_name"] == "Ann"
    assert list(group_result({**params, "name": "ops"}, walked(BOTH, NOTHING))) == ["diff"]


def test_a_password_that_is_replaced_shows_in_the_diff() -> None:
    here = Directory(users={"ann": User("ann", login_profile=LoginProfile(reset_required=False))}, groups={})
    step = Step(Subject("user", "ann"), "UpdateLoginProfile", {}, "gets another console password", Phase.USERS)
    diff = user_result({"name": "ann", "inline_policies": None}, Walk(here, here, (step,), Outcome()))["diff"]
    assert diff["before"]["console_password"] is True
    assert diff["after"]["console_password"] == "replaced"


def test_memberships_of_both_sides() -> None:
    result = membership_result({"user": "ANN", "group": None}, walked(NOTHING, BOTH))
    assert result["groups"] == ["Ops"]
    assert result["diff"]["after"]["groups"] == ["Ops"]
    result = membership_result({"user": None, "group": "OPS"}, walked(BOTH, BOTH))
    assert result["users"] == ["Ann"]
    assert result["diff"]["before"] == result["diff"]["after"]
