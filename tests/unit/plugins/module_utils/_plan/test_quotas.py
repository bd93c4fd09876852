# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Quotas are judged on what the account would be, with the account's own numbers."""

from __future__ import annotations

import dataclasses
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import Desired, DesiredGroup, DesiredUser
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Credentials, Directory, Group, User
from ansible_collections.workforce.aws.plugins.module_utils._plan.after import after
from ansible_collections.workforce.aws.plugins.module_utils._plan.plan import make_plan
from ansible_collections.workforce.aws.plugins.module_utils._plan.quotas import needs_quotas, quota_faults

ARN = "arn:aws:iam::aws:policy/"
STATEMENT: t.Final = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
DOCUMENT: t.Final = {"Version": "2012-10-17", "Statement": [STATEMENT]}
QUOTAS: t.Final = {
    "Users": 2,
    "UsersQuota": 5000,
    "Groups": 2,
    "GroupsQuota": 300,
    "GroupsPerUserQuota": 10,
    "AttachedPoliciesPerUserQuota": 10,
    "AttachedPoliciesPerGroupQuota": 10,
    "UserPolicySizeQuota": 2048,
    "GroupPolicySizeQuota": 5120,
}
ANN = User("ann", tags={}, attached={ARN + "A": "A"}, inline={"p": DOCUMENT}, boundary="", login_profile=False)
BOB = User("bob", tags={str(n): "x" for n in range(49)}, attached={}, inline={}, boundary="", login_profile=False)
OPS = Group("ops", attached={ARN + "A": "A"}, inline={})
HR = Group("hr", attached={}, inline={})
DIRECTORY = Directory(
    users={"ann": ANN, "bob": BOB}, groups={"ops": OPS, "hr": HR}, memberships=frozenset({("ann", "ops")})
)


def faults(desired: Desired, directory: Directory = DIRECTORY, **quotas: int) -> list[str]:
    numbers = QUOTAS | quotas
    plan = make_plan(desired, directory, numbers)
    assert plan.faults == ()
    return [str(fault) for fault in quota_faults(plan.steps, after(directory, plan.steps), numbers)]


def people(*wanted: DesiredUser) -> Desired:
    return Desired(users=wanted)


def departments(*wanted: DesiredGroup) -> Desired:
    return Desired(groups=wanted)


def test_all_fits() -> None:
    assert faults(people(DesiredUser("ann", groups=("hr",), policies=(ARN + "B",), inline={"q": DOCUMENT}))) == []


@pytest.mark.parametrize(
    ("desired", "quota", "expected"),
    [
        (people(DesiredUser("new")), {"UsersQuota": 2}, "account: 1 new users would make 3; the account's quota is 2"),
        (departments(DesiredGroup("new")), {"GroupsQuota": 2}, "account: 1 new groups would make 3"),
        (
            people(DesiredUser("ann", groups=("hr",))),
            {"GroupsPerUserQuota": 1},
            "user ann: would be in 2 groups (hr, ops)",
        ),
        (
            people(DesiredUser("ann", policies=(ARN + "B",))),
            {"AttachedPoliciesPerUserQuota": 1},
            "user ann: would have 2 managed policies; the quota is 1",
        ),
        (
            departments(DesiredGroup("ops", policies=(ARN + "B",))),
            {"AttachedPoliciesPerGroupQuota": 1},
            "group ops: would have 2 managed policies; the quota is 1",
        ),
        (
            people(DesiredUser("ann", inline={"q": DOCUMENT})),
            {"UserPolicySizeQuota": 100},
            "user ann: its inline policies would have",
        ),
        (
            departments(DesiredGroup("hr", inline={"q": DOCUMENT})),
            {"GroupPolicySizeQuota": 50},
            "group hr: its inline policies would have",
        ),
        (people(DesiredUser("bob", tags={"a": "1", "b": "2"}, purge_tags=False)), {}, "user bob: would have 51 tags"),
    ],
)
def test_too_much_is_a_fault_that_names_subject_and_quota(
    desired: Desired, quota: dict[str, t.Any], expected: str
) -> None:
    told = faults(desired, **quota)
    assert len(told) == 1
    assert told[0].startswith(expected)


def test_what_leaves_makes_room() -> None:
    swap = people(DesiredUser("new"), DesiredUser("cleo", absent=True))
    cleo = dataclasses.replace(ANN, name="cleo", credentials=Credentials())
    full = dataclasses.replace(DIRECTORY, users={**DIRECTORY.users, "cleo": cleo})
    assert faults(swap, full, UsersQuota=2) == []
    mover = DesiredUser("ann", groups=("hr",), purge_groups=True)
    assert faults(people(mover), GroupsPerUserQuota=1) == []


def test_an_account_already_over_a_quota_is_not_our_fault() -> None:
    assert faults(people(DesiredUser("ann", path="/x/")), UsersQuota=1, GroupsPerUserQuota=0) == []


def test_numbers_are_needed_only_for_what_they_bound() -> None:
    assert needs_quotas(make_plan(people(DesiredUser("new")), DIRECTORY).steps)
    assert not needs_quotas(make_plan(people(DesiredUser("ann", path="/x/")), DIRECTORY).steps)
