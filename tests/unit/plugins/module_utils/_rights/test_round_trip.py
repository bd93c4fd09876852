# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Any company after any other: what the plan makes is what is desired, and the next plan is empty."""

from __future__ import annotations

import dataclasses
from typing import Any

from ansible_collections.workforce.aws.plugins.module_utils._core.desired import Desired
from ansible_collections.workforce.aws.plugins.module_utils._core.model import AccountSettings, Directory, fold
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Step
from ansible_collections.workforce.aws.plugins.module_utils._plan.after import after
from ansible_collections.workforce.aws.plugins.module_utils._plan.plan import make_plan
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.charts import DOCUMENT
from tests.support.rights import desired_with

DEPARTMENTS = ("platform", "sales", "audit")
ROLES = ("deployer", "reader")
POLICIES = ("billing", "limits")
ARN = "arn:aws:iam::123456789012:policy/workforce/"

subsets = st.sets(st.sampled_from(DEPARTMENTS))
states = st.sampled_from(["present", "absent"])
INLINE: list[dict[str, Any]] = [{}, {"inline_policies": {}}, {"inline_policies": {"own": DOCUMENT}}]


def _department(name: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.sampled_from(INLINE).map(lambda more: {"name": name, **more})


def _employee(name: str) -> st.SearchStrategy[dict[str, Any]]:
    return subsets.map(lambda of_one: {"name": name, "departments": sorted(of_one)})


def _policy(name: str) -> st.SearchStrategy[dict[str, Any]]:
    documents = [
        {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": action, "Resource": "*"}}
        for action in ("s3:Get*", "s3:*")
    ]
    return st.fixed_dictionaries(
        {
            "name": st.just(name),
            "state": states,
            "tags": st.sampled_from([{}, {"team": "a"}]),
            "policy": st.sampled_from(documents),
        }
    )


def _role(name: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "name": st.just(name),
            "state": states,
            "assumed_by": subsets.map(sorted),
            "require_mfa": st.booleans(),
            "max_session_duration": st.sampled_from([3600, 43200]),
            "managed_policies": st.just([]),
        }
    )


departments = st.tuples(*map(_department, DEPARTMENTS))
employees = st.tuples(*map(_employee, ("asha", "li")))
policies = st.tuples(*map(_policy, POLICIES))
roles = st.tuples(*map(_role, ROLES))
account = st.fixed_dictionaries(
    {"alias": st.sampled_from(["", "one-name", "other-name"])},
    optional={"password_policy": st.fixed_dictionaries({"pw_max_age": st.sampled_from([0, 90])})},
)
companies = st.fixed_dictionaries(
    {
        "departments": departments,
        "employees": employees,
        "policies": policies,
        "roles": roles,
        "account_settings": account,
    }
)


def desired(company: dict[str, Any]) -> Desired:
    return desired_with(**company)


def done(directory: Directory, steps: tuple[Step, ...]) -> Directory:
    """With the ARNs that IAM answers."""
    answers = {
        place: {"Policy": {"Arn": f"{ARN}{step.params['PolicyName']}"}}
        for place, step in enumerate(steps)
        if step.operation == "CreatePolicy"
    }
    return after(directory, steps, answers)


@given(companies, companies)
@settings(max_examples=60)
def test_the_second_plan_is_empty(first: dict[str, Any], second: dict[str, Any]) -> None:
    directory = Directory(
        {},
        {},
        settings=AccountSettings(alias="", password_policy=False),
        asked_policies=frozenset(POLICIES),
        asked_roles=frozenset(ROLES),
    )
    for company in (first, second):
        wanted = desired(company)
        plan = make_plan(wanted, directory)
        assert plan.faults == ()
        directory = done(directory, plan.steps)
        assert make_plan(wanted, directory).steps == ()
    _is_as_written(second, directory)


def _is_as_written(company: dict[str, Any], directory: Directory) -> None:
    """The tags of people, the departments' statements and the roles agree with the lists, read on their own."""
    present = {role["name"]: set(role["assumed_by"]) for role in company["roles"] if role["state"] == "present"}
    assert set(directory.roles) == set(present)
    assert set(directory.policies) == {one["name"] for one in company["policies"] if one["state"] == "present"}
    for employee in company["employees"]:
        mine = {role for role, by in present.items() if by & set(employee["departments"])}
        tags = directory.users[employee["name"]].tags or {}
        assert {key for key in tags if key.startswith("workforce:role.")} == {f"workforce:role.{one}" for one in mine}
    for name in DEPARTMENTS:
        statement = (directory.groups[name].inline or {}).get("workforce-roles")
        arns = [f"arn:aws:iam::123456789012:role/workforce/{role}" for role, by in present.items() if name in by]
        assert (statement["Statement"][0]["Resource"] if statement else []) == sorted(arns)


def test_somebody_s_own_inline_policies_of_a_department_stay() -> None:
    """Where the entry does not write the department's inline policies, only ours comes and goes."""
    company = {"departments": [{"name": "platform"}], "employees": []}
    with_role = desired_with(**company, roles=[{"name": "deployer", "assumed_by": ["platform"]}])
    directory = done(Directory({}, {}, asked_roles=frozenset(ROLES)), make_plan(with_role, _empty()).steps)
    by_hand = dataclasses.replace(
        directory.groups["platform"], inline={**(directory.groups["platform"].inline or {}), "by-hand": DOCUMENT}
    )
    directory = dataclasses.replace(directory, groups={fold("platform"): by_hand})
    assert make_plan(with_role, directory).steps == ()
    without = desired_with(**company, roles=[{"name": "deployer", "assumed_by": []}])
    directory = after(directory, make_plan(without, directory).steps)
    assert sorted(directory.groups["platform"].inline or {}) == ["by-hand"]


def _empty() -> Directory:
    return Directory({}, {}, asked_roles=frozenset(ROLES))
