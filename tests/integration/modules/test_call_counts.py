# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many API calls each module makes, as (reads, writes), and that amazon.aws makes more of them for a no-op."""

from __future__ import annotations

import pytest

from tests.sandbox.client import Sandbox
from tests.tools.call_counts import Case, cases, measure

CALLS = {
    # GetGroup, GetUser for each member, GetPolicy, GetAccountSummary
    "iam_group: create": (5, 4),
    # GetGroup, ListAttachedGroupPolicies
    "iam_group: no-op": (2, 0),
    # and two pages of ListPolicies
    "iam_group: no-op, policy by name": (4, 0),
    # GetGroup, ListAttachedGroupPolicies, ListGroupPolicies
    "iam_group: delete": (3, 4),
    "iam_group: delete, not there": (1, 0),
    # GetUser, GetPolicy, GetAccountSummary
    "iam_user: create": (3, 2),
    # GetUser, ListAttachedUserPolicies
    "iam_user: no-op": (2, 0),
    "iam_user: no-op, policy by name": (4, 0),
    # and GetLoginProfile
    "iam_user: no-op, with a password": (3, 0),
    # one read for each kind of thing that IAM wants gone, and the virtual MFA devices that nobody uses
    "iam_user: delete": (11, 2),
    "iam_user: delete, not there": (1, 0),
    "iam_user: delete, with a password, a group and two policies": (12, 5),
    # GetUser, ListGroupsForUser, ListGroups, GetAccountSummary
    "iam_membership: join two groups (theirs: iam_group twice)": (4, 2),
    # GetUser, ListGroupsForUser
    "iam_membership: no-op (theirs: iam_group twice)": (2, 0),
    "iam_membership: leave two groups (theirs: iam_group twice)": (2, 2),
    # GetAccountAuthorizationDetails, GetAccountSummary
    "iam_directory_info: ten users (theirs: iam_user_info)": (2, 0),
    # these, GetCallerIdentity, ListAccountAliases, GetPolicy and the question whether the caller may do it, which for a
    # caller whom the simulator does not know is one; a write for each difference
    "iam_workforce: create ten people in two departments (theirs: a loop)": (6, 24),
    "iam_workforce: no-op (theirs: a loop)": (4, 0),
}


def test_every_case_is_judged() -> None:
    assert [case.name for case in cases()] == list(CALLS)


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.name)
def test_calls(case: Case, sandbox: Sandbox) -> None:
    count = measure(sandbox, case)
    assert count.ours == CALLS[case.name]
    if "no-op" in case.name:
        assert count.theirs is not None
        assert sum(count.ours) < sum(count.theirs)
