# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The department of all employees: what joins the lists, and what is left as it was written."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart import mark_protection
from ansible_collections.workforce.aws.plugins.module_utils._chart.everyone import (
    POLICY,
    POLICY_NAME,
    in_everyone,
    name_of,
    with_everyone,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import DesiredUser
from ansible_collections.workforce.aws.plugins.module_utils._core.documents import parse
from ansible_collections.workforce.aws.plugins.module_utils._sign_in.evaluation import Policy, judge
from ansible_collections.workforce.aws.plugins.module_utils._sign_in.request import Principal

SALES: t.Final = {"name": "sales"}


@pytest.mark.parametrize("off", [None, {}, "", []])
def test_off_changes_nothing(off: object) -> None:
    """An empty value is no department."""
    departments = [SALES]
    assert with_everyone(departments, off) == (departments, ())
    assert name_of(off) is None


@pytest.mark.parametrize("departments", [None, "sales", {"name": "sales"}])
def test_no_list_stays_none(departments: object) -> None:
    """What is no list is told as such, and not hidden behind one that we made."""
    assert with_everyone(departments, {"name": "everyone"}) == (departments, ())


def test_the_entry_stands_last_and_says_where_it_is_from() -> None:
    """It has what was written, and our policy beside the others."""
    everyone = {"name": "everyone", "managed_policies": ["ViewOnlyAccess"], "inline_policies": {"wiki": {"a": 1}}}
    entries, origins = with_everyone([SALES, SALES], everyone)
    ours = {POLICY_NAME: POLICY, mark_protection.NAME: mark_protection.POLICY}
    assert entries == [SALES, SALES, {**everyone, "inline_policies": {"wiki": {"a": 1}, **ours}}]
    assert [origin and origin.where for origin in origins] == [None, None, "onboard_everyone"]
    assert everyone["inline_policies"] == {"wiki": {"a": 1}}, "what was given was changed"


@pytest.mark.parametrize("ours", [POLICY_NAME, mark_protection.NAME])
@pytest.mark.parametrize("spelling", [str.lower, str.upper])
def test_a_policy_of_the_same_name_replaces_ours(ours: str, spelling: t.Callable[[str], str]) -> None:
    """IAM compares names of policies without case."""
    name = spelling(ours)
    (entry,) = t.cast("list[t.Any]", with_everyone([], {"name": "everyone", "inline_policies": {name: {"my": 1}}})[0])
    (other,) = {POLICY_NAME, mark_protection.NAME} - {ours}
    assert entry["inline_policies"].keys() == {name, other}
    assert entry["inline_policies"][name] == {"my": 1}


@pytest.mark.parametrize(("value", "carried"), [(True, True), (None, True), ("no", True), (False, False)])
def test_the_marks_are_protected_unless_told_otherwise(value: object, carried: bool) -> None:
    """Only a plain false takes the protection away, and the option is no key of a department."""
    everyone = {"name": "everyone", mark_protection.OPTION: value}
    (entry,) = t.cast("list[t.Any]", with_everyone([], everyone)[0])
    assert (mark_protection.NAME in entry["inline_policies"]) is carried
    assert mark_protection.OPTION not in entry


@pytest.mark.parametrize("wrong", ["everyone", ["everyone"], 7, {"name": "everyone", "inline_policies": None}])
def test_what_is_wrong_goes_on_as_it_is(wrong: object) -> None:
    """The chart judges it, like any department's entry."""
    assert with_everyone([], wrong)[0] == [wrong]


@pytest.mark.parametrize("wrong", ["everyone", {"name": 7}, {"name": ""}, {"names": "everyone"}])
def test_no_name_is_nobodys_department(wrong: object) -> None:
    """Nobody is put into a department that has no name."""
    assert name_of(wrong) is None


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (None, ("everyone",)),
        ((), ("everyone",)),
        (("sales",), ("sales", "everyone")),
        (("Everyone",), ("Everyone",)),
    ],
)
def test_everybody_is_a_member(groups: tuple[str, ...] | None, expected: tuple[str, ...]) -> None:
    """Once, whatever the employee's own list says; and whether that list is exact does not change."""
    for exact in (True, False):
        user = DesiredUser("asha", groups=groups, purge_groups=exact)
        assert in_everyone(user, "everyone").groups == expected
        assert in_everyone(user, "everyone").purge_groups is exact
        assert in_everyone(user, None) is user


@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov"])
@pytest.mark.parametrize("path", ["/", "/staff/", "/a/b/"])
def test_the_policy_lets_everybody_choose_their_own_password_alone(partition: str, path: str) -> None:
    """In every partition and under every path; alice is not malice."""
    policy = [
        Policy("department everyone", POLICY_NAME, parse(POLICY)),
        Policy("department everyone", mark_protection.NAME, parse(mark_protection.POLICY)),
    ]
    start = f"arn:{partition}:iam::123456789012:user{path}"
    assert judge(policy, Principal("alice", f"{start}alice")).verdict == "allowed"
    assert judge(policy, Principal("alice", f"{start}malice")).verdict == "not allowed"
