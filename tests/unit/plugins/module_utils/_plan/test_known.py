# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan beside its faults: what is told together, and what may be done all the same."""

from __future__ import annotations

import typing as t

from ansible_collections.workforce.aws.plugins.module_utils._core.desired import (
    Desired,
    DesiredGroup,
    DesiredUser,
    Suspension,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Credentials, Directory, Group, User
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Fault, Plan
from ansible_collections.workforce.aws.plugins.module_utils._core.subjects import CHART_TITLES
from ansible_collections.workforce.aws.plugins.module_utils._plan.known import (
    Known,
    beside_faults,
    is_stopped,
    judged_plan,
    new_policies,
)

EMPTY = Directory(users={}, groups={})
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
NOTHING = "arn:aws:iam::aws:policy/Nothing"
SUMMARY = {
    "Users": 0,
    "UsersQuota": 5,
    "Groups": 0,
    "GroupsQuota": 5,
    "GroupsPerUserQuota": 1,
    "AttachedPoliciesPerUserQuota": 10,
    "AttachedPoliciesPerGroupQuota": 10,
    "UserPolicySizeQuota": 2048,
    "GroupPolicySizeQuota": 5120,
}
TWO_GROUPS = Desired(
    groups=(DesiredGroup("a"), DesiredGroup("b")), users=(DesiredUser("ann", groups=("a", "b"), purge_groups=True),)
)


LEAVER = User("eve", tags={}, boundary="", attached={}, inline={}, login_profile=False, credentials=Credentials())
TWO_WISHES = Desired(users=(DesiredUser("ann"), DesiredUser("eve", absent=True)))
LEAVING = Directory(users={"eve": LEAVER}, groups={})
TYPO = Fault("employee x", "has no name")
ODD = Fault("employee mal", "bears somebody else's id", stops_giving=False)
BRAKE = Fault("losses", "too many", stops_cutting=True)


def judged(desired: Desired, directory: Directory = EMPTY, **more: t.Any) -> list[str]:
    known = Known(directory, quotas=SUMMARY, **more)
    return list(map(str, judged_plan(desired, known, CHART_TITLES).faults))


def test_faults_speak_in_the_words_of_the_asker() -> None:
    assert judged(TWO_GROUPS) == ["employee ann: would be in 2 groups (a, b); the quota is 1 (GroupsPerUserQuota)"]
    unknown = Desired(users=(DesiredUser("ann", groups=("nothing",)),))
    assert judged(unknown) == ["employee ann: group nothing does not exist in the account"]
    full = Known(EMPTY, quotas={**SUMMARY, "Users": 5})
    (fault,) = judged_plan(Desired(users=(DesiredUser("ann"),)), full, CHART_TITLES).faults
    assert str(fault).startswith("account: 1 new users")


def test_without_numbers_no_quota_is_judged() -> None:
    assert judged_plan(TWO_GROUPS, Known(EMPTY)).faults == ()


def test_policies_that_do_not_exist_are_told_of_everybody_who_would_get_them() -> None:
    desired = Desired(
        groups=(DesiredGroup("ops", policies=(NOTHING,)),),
        users=(DesiredUser("ann", policies=(NOTHING,), boundary=NOTHING),),
    )
    assert new_policies(desired, EMPTY) == {NOTHING}
    assert set(judged(desired, missing_policies=frozenset({NOTHING}))) == {
        f"department ops: policy {NOTHING} does not exist",
        f"employee ann: policy {NOTHING} does not exist",
    }


def test_only_policies_that_would_be_new_are_looked_for() -> None:
    there = Directory(
        users={"ann": User("ann", attached={READ_ONLY: "ReadOnlyAccess"}, boundary=READ_ONLY)},
        groups={"ops": Group("ops", attached={READ_ONLY: "ReadOnlyAccess"})},
    )
    same = Desired(
        groups=(DesiredGroup("ops", policies=(READ_ONLY,)),),
        users=(DesiredUser("ann", policies=(READ_ONLY,), boundary=READ_ONLY),),
    )
    assert new_policies(same, there) == frozenset()
    renamed = DesiredUser("anna", rename_from="ann", policies=(READ_ONLY, NOTHING))
    leaving = DesiredUser("eve", policies=("x",), boundary="y", suspend=Suspension("list", ""))
    assert new_policies(Desired(users=(renamed, leaving)), there) == {NOTHING}


def test_what_is_wrong_with_giving_keeps_no_leaver_in() -> None:
    plan = judged_plan(TWO_WISHES, Known(LEAVING, quotas=SUMMARY))
    assert [step.operation for step in plan.steps] == ["DeleteUser", "CreateUser"]
    left = beside_faults(plan, [TYPO], TWO_WISHES, LEAVING)
    assert [step.operation for step in left.steps] == ["DeleteUser"]
    assert left.faults == (TYPO,)
    assert not is_stopped(left)
    assert is_stopped(Plan((), (TYPO,)))


def test_a_fault_of_one_person_alone_stops_nobody_else() -> None:
    plan = judged_plan(TWO_WISHES, Known(LEAVING, quotas=SUMMARY))
    left = beside_faults(plan, [ODD], TWO_WISHES, LEAVING)
    assert left == Plan(plan.steps, (ODD,))
    assert not is_stopped(left)
    assert not is_stopped(Plan((), (ODD,)))


def test_what_cannot_be_trusted_cuts_nobody_off() -> None:
    plan = judged_plan(TWO_WISHES, Known(LEAVING, quotas=SUMMARY))
    assert is_stopped(Plan(plan.steps, (ODD, BRAKE)))


def test_a_fault_of_the_plan_keeps_no_leaver_in() -> None:
    wanted = Desired(users=(*TWO_GROUPS.users, DesiredUser("eve", absent=True)), groups=TWO_GROUPS.groups)
    plan = judged_plan(wanted, Known(LEAVING, quotas=SUMMARY))
    left = beside_faults(plan, (), wanted, LEAVING)
    assert [step.operation for step in left.steps] == ["DeleteUser"]
    assert beside_faults(Plan(), (), Desired(), EMPTY) == Plan()
