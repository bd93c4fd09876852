# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The facts of an inventory: what its lists and settings need of IAM."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart.chart import read_chart
from ansible_collections.workforce.aws.plugins.module_utils._chart.values import Chart, ChartSettings
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import (
    DesiredAccount,
    DesiredPolicy,
    DesiredRole,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.managed_policies import Policy
from ansible_collections.workforce.aws.plugins.module_utils._permissions.facts import Facts, Feature, Own
from ansible_collections.workforce.aws.plugins.module_utils._permissions.inventory import (
    Settings,
    facts_of,
    without_boundary,
)

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
SALES = {"name": "sales", "managed_policies": [READ_ONLY]}
INLINE = {"one": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]}}


def _chart(departments: Any = (SALES,), employees: Any = (), **settings: Any) -> Chart:
    chart = read_chart(list(departments), list(employees), ChartSettings(**settings))
    assert chart.faults == ()
    return chart


def _facts(chart: Chart, **settings: Any) -> Facts:
    return facts_of(chart, Settings(**settings))


def _person(**more: Any) -> dict[str, Any]:
    return {"name": "asha", "departments": ["sales"], **more}


@pytest.mark.parametrize(
    ("person", "settings", "features"),
    [
        ({}, {}, set()),
        ({"access_key": True}, {}, set()),
        ({"access_key": True}, {"issues": True}, {"access_keys", "passwords"}),
        ({"employee_id": "1"}, {}, {"renames"}),
        ({"path": "/people/"}, {}, {"renames"}),
        ({"state": "absent"}, {}, {"removal"}),
        ({"state": "suspended"}, {}, set()),
        ({}, {"removes": True}, {"removal"}),
        ({}, {"removes_departments": True}, {"department_removal"}),
        ({}, {"empties_other_groups": True}, {"other_groups"}),
        ({"managed_policies": ["ReadOnlyAccess"]}, {}, {"policy_names"}),
        ({"boundary": "developers"}, {}, {"policy_names"}),
    ],
)
def test_features_are_what_the_lists_and_settings_use(
    person: dict[str, Any], settings: dict[str, Any], features: set[Feature]
) -> None:
    assert _facts(_chart(employees=[_person(**person)]), **settings).features == features


def test_departments_with_inline_policies_are_named_with_their_paths() -> None:
    chart = _chart(
        [
            {"name": "sales", "inline_policies": INLINE},
            {"name": "emea", "path": "/workforce/emea/", "inline_policies": INLINE},
            {"name": "old", "inline_policies": INLINE},
            {"name": "plain", "inline_policies": {}},
        ],
        adopted=frozenset({"old"}),
        everyone={"name": "everyone"},
    )
    found = _facts(chart, adopted=("old",))
    assert set(found.inline_departments) == {
        ("/workforce/", "sales"),
        ("/workforce/emea/", "emea"),
        (None, "old"),
        ("/workforce/", "everyone"),
    }
    assert found.adopted == ("old",)


def test_policies_by_name_become_the_accounts_or_patterns() -> None:
    chart = _chart([{"name": "sales", "managed_policies": ["Billing", "job-function/Billing", "mine", READ_ONLY]}])
    own = DesiredPolicy("mine", "/workforce/")
    chart = dataclasses.replace(chart, desired=dataclasses.replace(chart.desired, policies=(own,)))
    mine = "arn:aws:iam::123456789012:policy/workforce/mine"
    billing = Policy("arn:aws:iam::aws:policy/job-function/Billing", "Billing", "/job-function/")
    found = _facts(chart, account_id="123456789012", listing=(billing,))
    assert found.department_policies == tuple(sorted([billing.arn, mine, READ_ONLY]))
    assert _facts(chart, account_id="123456789012").department_policies == tuple(
        sorted(
            [
                "arn:aws:iam::*:policy/Billing",
                "arn:aws:iam::*:policy/*/Billing",
                "arn:aws:iam::*:policy/job-function/Billing",
                mine,
                READ_ONLY,
            ]
        )
    )


def test_policies_roles_and_the_account() -> None:
    chart = _chart()
    desired = dataclasses.replace(
        chart.desired,
        policies=(DesiredPolicy("mine", "/workforce/", ours_only=True), DesiredPolicy("gone", absent=True)),
        roles=(DesiredRole("deployer", policies=("mine",), boundary=READ_ONLY, ours_only=True),),
        account=DesiredAccount(alias="example", password_policy={"MinimumPasswordLength": 14}),
    )
    found = _facts(dataclasses.replace(chart, desired=desired))
    assert found.policies == (Own("mine", "/workforce/"), Own("gone", removed=True, adopted=True))
    assert found.roles == (Own("deployer"),)
    assert found.role_policies == ("arn:aws:iam::*:policy/workforce/mine",)
    assert found.role_boundaries == (READ_ONLY,)
    assert found.features == {"account_alias", "password_policy", "policy_names"}


def test_who_lacks_the_boundary_that_all_must_have_is_named() -> None:
    people = [_person(boundary="developers"), _person(name="ben"), _person(name="gone", state="absent")]
    chart = _chart(employees=people)
    found = _facts(chart, required_boundary="developers")
    assert found.required_boundary == ("arn:aws:iam::*:policy/*/developers", "arn:aws:iam::*:policy/developers")
    assert without_boundary(chart, found) == ["ben", "gone"]
    assert without_boundary(chart, _facts(chart)) == []
