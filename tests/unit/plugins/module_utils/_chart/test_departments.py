# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Departments: what is asked of a group, and the faults of its entry."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import DesiredGroup
from ansible_collections.workforce.aws.plugins.module_utils._core.mfa import NAME, POLICY

from tests.support.charts import DOCUMENT, SALES, chart, department, employee, faults


def test_a_department_of_which_nothing_is_said_lies_under_our_path() -> None:
    assert department() == (DesiredGroup("sales", path="/workforce/", inline_absent=(NAME,)), [])


def test_what_is_written_of_a_department_is_exact() -> None:
    group, told = department(
        path="/workforce/emea/",
        managed_policies=["ReadOnlyAccess", "ReadOnlyAccess"],
        inline_policies={"s3": DOCUMENT},
        description={"free": "text"},
    )
    assert told == []
    assert group == DesiredGroup(
        "sales",
        path="/workforce/emea/",
        policies=("ReadOnlyAccess",),
        purge_policies=True,
        inline={"s3": DOCUMENT},
        purge_inline=True,
        inline_absent=(NAME,),
    )
    empty, told = department(managed_policies=[], inline_policies={}, description=None)
    assert told == []
    assert (empty.policies, empty.purge_policies, empty.inline, empty.purge_inline) == ((), True, {}, True)


def test_an_adopted_department_stays_where_it_is_unless_told() -> None:
    read = chart([{"name": "Admins"}, {"name": "Ops", "path": "/x/"}], adopted=frozenset({"admins", "ops"}))
    assert read.faults == ()
    assert [group.path for group in read.desired.groups] == [None, "/x/"]


def test_a_department_that_is_not_adopted_lies_under_our_path() -> None:
    group, told = department(path="/other/")
    assert told == ["has the path /other/, which is not under /workforce/, where the managed departments lie"]
    assert group.path is None
    assert chart([SALES], path="/staff/").desired.groups[0].path == "/staff/"


@pytest.mark.parametrize(
    ("written", "required"), [({}, False), ({"require_mfa": "no"}, False), ({"require_mfa": True}, True)]
)
@pytest.mark.parametrize("own", [{}, {"inline_policies": {"s3": DOCUMENT}}])
def test_mfa_is_a_policy_beside_those_of_the_entry(written: Any, required: bool, own: Any) -> None:
    """Without the key it goes, whether the entry has a list of inline policies or not."""
    read = chart([{**SALES, **own, **written}])
    assert read.faults == ()
    (group,) = read.desired.groups
    assert (group.inline or {}) == {**own.get("inline_policies", {}), **({NAME: POLICY} if required else {})}
    assert (group.inline_absent, group.purge_inline) == (() if required else (NAME,), bool(own))
    assert read.require_mfa == ({"sales"} if required else frozenset())


def test_the_name_of_the_policy_is_kept_and_a_fault_told_once() -> None:
    _group, told = department(inline_policies={"Workforce-Require-MFA": DOCUMENT}, require_mfa=True)
    assert told == ["has the inline policy workforce-require-mfa, a name that the collection keeps for require_mfa"]
    _group, told = department(require_mfa="ture")
    assert told == ["has a string (ture) for require_mfa; true or false belongs there"]


@pytest.mark.parametrize("key", ["departments", "email", "employee_id", "access_key", "tags"])
def test_keys_of_employees_are_unknown_to_departments(key: str) -> None:
    assert faults([{"name": "sales", key: None}])[0].startswith(f"department sales: has the unknown key {key}")


@pytest.mark.parametrize("key", ["path", "managed_policies", "inline_policies"])
def test_null_in_a_department(key: str) -> None:
    group, told = department(**{key: None})
    assert len(told) == 1
    assert (group.policies, group.purge_policies, group.inline, group.purge_inline) == (None, False, None, False)


def test_policies_at_fault_are_told_and_the_rest_is_kept_for_the_account_to_judge() -> None:
    group, told = department(managed_policies=["X", "a b"], inline_policies={"bad": "{}", "good": DOCUMENT})
    assert told == [
        "in managed_policies, names 'a b', which cannot be the name of a managed policy",
        "inline policy bad has no Statement",
    ]
    assert (group.policies, group.purge_policies) == (("X",), False)
    assert (group.inline, group.purge_inline) == ({"good": DOCUMENT}, False)
    assert employee(boundary="arn:x")[1] == ["in boundary, names arn:x, which is not the ARN of a managed policy"]
    assert employee(path="x")[0].path is None
