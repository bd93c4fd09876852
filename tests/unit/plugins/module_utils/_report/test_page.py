# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of names: who is new, what each person and department gains and loses."""

from __future__ import annotations

import typing as t

from ansible_collections.workforce.aws.plugins.module_utils._core.desired import Desired, DesiredGroup, DesiredUser
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Directory, Group, User
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Phase, Step
from ansible_collections.workforce.aws.plugins.module_utils._core.subjects import Subject
from ansible_collections.workforce.aws.plugins.module_utils._core.wording import ROWS
from ansible_collections.workforce.aws.plugins.module_utils._plan.plan import make_plan
from ansible_collections.workforce.aws.plugins.module_utils._report.page import page, signs, told

ARN = "arn:aws:iam::aws:policy/"
ALLOW: t.Final = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
DIRECTORY = Directory(
    users={"ann": User("ann", tags={}, attached={}, inline={}), "bob": User("Bob", tags={}, attached={}, inline={})},
    groups={
        "data": Group("data", attached={ARN + "AmazonS3FullAccess": "AmazonS3FullAccess"}, inline={}),
        "hr": Group("hr", attached={}, inline={}),
    },
    memberships=frozenset({("ann", "data"), ("bob", "data"), ("ann", "hr")}),
)


def test_a_page_of_names() -> None:
    desired = Desired(
        groups=(
            DesiredGroup("data", policies=(), purge_policies=True),
            DesiredGroup("hr", inline={"p": ALLOW}),
            DesiredGroup("new", path="/workforce/", policies=(ARN + "job-function/Billing", ARN + "ReadOnlyAccess")),
        ),
        users=(
            DesiredUser("ann", groups=("new",), purge_groups=True),
            DesiredUser("cleo", groups=("new", "hr"), tags={"team": "x"}),
        ),
    )
    assert page(make_plan(desired, DIRECTORY).steps, DIRECTORY) == (
        "departments\n"
        "  ~ data (2 people): loses AmazonS3FullAccess\n"
        "  ~ hr (1 person):   gains inline policy p\n"
        "  + new:             new; gains Billing, ReadOnlyAccess\n"
        "employees\n"
        "  ~ ann:  joins new; leaves data, hr\n"
        "  + cleo: new; joins new, hr\n"
    )


def test_a_deleted_group() -> None:
    desired = Desired(groups=(DesiredGroup("hr", absent=True),))
    assert page(make_plan(desired, DIRECTORY).steps, DIRECTORY) == (
        "departments\n  - hr (1 person): deleted\nemployees\n  ~ ann: leaves hr\n"
    )


def _step(name: str, operation: str, line: str, phase: Phase = Phase.USERS) -> Step:
    return Step(Subject("user", name), operation, {}, line, phase)


LONGEST = "x" * 64
MANY = (
    *(_step(f"p{number:04}", "CreateUser", "new") for number in range(5000)),
    _step("mover", "AddUserToGroup", "joins it"),
    _step("zoe", "PutUserPolicy", "is denied everything", Phase.LEAVERS),
    _step("zed", "DeleteUser", "deleted", Phase.LEAVERS),
    _step(LONGEST, "TagUser", "sets tags team"),
)


def test_of_many_those_who_lose_access_are_shown_and_the_others_counted() -> None:
    assert page(MANY, DIRECTORY, limit=5, remarks={"zoe": "leaver: suspended (ends today)"}) == (
        "employees\n"
        "  ~ mover: joins it\n"
        "  + p0000: new\n"
        f"  ~ {LONGEST}: sets tags team\n"
        "  - zed:   deleted\n"
        "  ~ zoe:   is denied everything; leaver: suspended (ends today)\n"
        "  and 4,999 more: -v shows them, onboard_result has them all\n"
    )
    assert len(page(MANY, DIRECTORY, limit=ROWS)) < 3_000
    assert len(page(MANY, DIRECTORY).splitlines()) == len(page(MANY, DIRECTORY, limit=5004).splitlines()) == 5005
    assert signs(MANY, "user") == {"+": 5000, "~": 3, "-": 1}


def test_nothing_is_an_empty_page() -> None:
    assert page((), DIRECTORY) == ""
    assert told(()) == ""


def test_inner_steps_are_told_where_there_is_nothing_else_or_all_is_asked_for() -> None:
    pending = Step(Subject("user", "ann"), "TagUser", {}, "is marked as pending", Phase.USERS, inner=True)
    mailed = Step(Subject("user", "ann"), "Deliver", {}, "gets a first password by mail", Phase.CREDENTIALS)
    assert told([pending, mailed]) == "gets a first password by mail"
    assert told([pending, mailed], in_full=True) == "is marked as pending; gets a first password by mail"
    assert told([pending]) == "is marked as pending"


def test_a_line_of_others_counts_who_has_a_line() -> None:
    """Of the people whose sessions end, all but one stand below; -v names them all."""
    line = "ends the open sessions of Ann, ben, cleo"
    sessions = Step(
        Subject("role", "deployer"), "PutRolePolicy", {}, line, Phase.SESSIONS, people=("Ann", "ben", "cleo")
    )
    steps = [sessions, *(_step(name, "PutUserPolicy", "is denied everything") for name in ("ann", "cleo"))]
    assert "  ~ deployer: ends the open sessions of ben and 2 people\n" in page(steps, DIRECTORY)
    assert f"  ~ deployer: {line}\n" in page(steps, DIRECTORY, in_full=True)
    assert page([sessions], DIRECTORY) == f"roles\n  ~ deployer: {line}\n"
