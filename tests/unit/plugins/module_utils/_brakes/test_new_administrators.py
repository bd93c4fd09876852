# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who becomes administrator by a plan, who was one already, and how it is told."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._brakes.change import Change, attached_policies
from ansible_collections.workforce.aws.plugins.module_utils._brakes.new_administrators import (
    NewAdministrator,
    administrators_told,
    new_administrators,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import Desired, DesiredGroup, DesiredUser
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Credentials, Directory, Group, User
from ansible_collections.workforce.aws.plugins.module_utils._core.suspension import DENY_NAME, deny
from ansible_collections.workforce.aws.plugins.module_utils._core.tags import MARK
from ansible_collections.workforce.aws.plugins.module_utils._plan.plan import make_plan

ADMIN: t.Final = "arn:aws:iam::aws:policy/AdministratorAccess"
DENY_ALL: t.Final = "arn:aws:iam::aws:policy/AWSDenyAll"
POWER: t.Final = "arn:aws:iam::aws:policy/PowerUserAccess"
READ: t.Final = "arn:aws:iam::aws:policy/ReadOnlyAccess"
OWN: t.Final = "arn:aws:iam::123456789012:policy/team/own"
SUSPENDED: t.Final = {
    "tags": {**MARK, "workforce:suspended": "2026-01-01T00:00:00Z list"},
    "inline": {DENY_NAME: deny("list")},
}


def allow(*actions: str) -> dict[str, t.Any]:
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": list(actions), "Resource": "*"}]}


def user(name: str, **parts: t.Any) -> User:
    read: dict[str, t.Any] = {"tags": dict(MARK), "boundary": "", "attached": {}, "inline": {}, "login_profile": False}
    return User(name, credentials=Credentials(), **(read | parts))


def account(*memberships: tuple[str, str], **bob: t.Any) -> Directory:
    """Ann and bob; departments of administrators, of readers, of power users, and one whose policy was not read."""
    attached = {"admins": {ADMIN: "x"}, "readers": {READ: "x"}, "power": {POWER: "x"}, "team": {OWN: "x"}}
    attached["denied"] = {DENY_ALL: "x"}
    return Directory(
        users={"ann": user("ann"), "bob": user("bob", **bob)},
        groups={name: Group(name, attached=policies, inline={}) for name, policies in attached.items()},
        memberships=frozenset(memberships),
    )


def found(directory: Directory, *wanted: DesiredUser | DesiredGroup, documents: t.Any = None) -> dict[str, str]:
    users = tuple(one for one in wanted if isinstance(one, DesiredUser))
    groups = tuple(one for one in wanted if isinstance(one, DesiredGroup))
    made = make_plan(Desired(groups, users), directory)
    assert made.steps
    return dict(new_administrators(Change.of(made.steps, directory, documents)))


BY_ADMINS: t.Final = "through department admins: AdministratorAccess"


@pytest.mark.parametrize(
    ("directory", "wanted", "through"),
    [
        (account(), DesiredUser("bob", groups=("admins",)), BY_ADMINS),
        (account(), DesiredUser("bob", groups=("readers", "power")), None),
        (account(("bob", "admins")), DesiredUser("bob", groups=("readers",)), None),
        (account(("bob", "admins")), DesiredUser("bob", policies=(ADMIN,)), None),
        (account(("bob", "admins")), DesiredUser("bob", groups=("admins",), suspend=None, path="/x/"), None),
        (account(("bob", "admins"), **SUSPENDED), DesiredUser("bob", lift=True), BY_ADMINS),
        (account(**SUSPENDED), DesiredUser("bob", groups=("admins",)), None),
        (account(("bob", "denied"), ("bob", "admins")), DesiredUser("bob", groups_absent=("denied",)), BY_ADMINS),
        (account(("bob", "denied")), DesiredUser("bob", groups=("admins",)), None),
        (
            account(),
            DesiredUser("bob", inline={"x": allow("iam:Put*Policy")}),
            "through policies of their own: inline policy x, which allows iam:PutGroupPolicy and 2 more",
        ),
        (
            account(("bob", "power")),
            DesiredUser("bob", inline={"x": allow("iam:PassRole")}),
            "through policies of their own: inline policy x; department power: PowerUserAccess, "
            "which together allow iam:PassRole with apprunner:CreateService and 21 more",
        ),
        (
            account(boundary=READ),
            DesiredUser("bob", groups=("admins",)),
            f"{BY_ADMINS}, within the boundary ReadOnlyAccess",
        ),
        (account(("bob", "admins"), boundary=READ), DesiredUser("bob", boundary=""), BY_ADMINS),
        (account(("bob", "admins"), boundary=READ), DesiredUser("bob", path="/x/"), None),
        (account(("bob", "team")), DesiredUser("bob", groups=("readers",)), None),
    ],
)
def test_bob(directory: Directory, wanted: DesiredUser, through: str | None) -> None:
    assert found(directory, wanted) == ({} if through is None else {"bob": through})


def test_a_department_makes_all_its_members_administrators() -> None:
    directory = account(("ann", "readers"), ("bob", "readers"), ("bob", "admins"))
    wanted = DesiredGroup("readers", policies=(ADMIN,))
    assert found(directory, wanted) == {"ann": "through department readers: AdministratorAccess"}


def test_who_is_new_or_has_a_leavers_name_is_named() -> None:
    assert found(account(), DesiredUser("eve", groups=("admins",))) == {"eve": BY_ADMINS}
    renamed = DesiredUser("eve", rename_from="bob", groups=("admins",))
    assert found(account(), renamed) == {"eve": BY_ADMINS}
    assert found(account(("bob", "admins")), renamed) == {}
    wanted = (DesiredUser("bob", absent=True), DesiredUser("bob", groups=("admins",)))
    assert found(account(("bob", "admins")), *wanted) == {"bob": BY_ADMINS}


def test_a_policy_of_the_customers_is_judged_where_it_was_read() -> None:
    wanted = (DesiredGroup("readers", policies=(OWN,)),)
    directory = account(("ann", "readers"))
    assert found(directory, *wanted) == {}
    assert found(directory, *wanted, documents={OWN: allow("iam:*")}) == {
        "ann": "through department readers: own, which allows iam:*"
    }
    already = account(("ann", "readers"), ("ann", "team"))
    assert found(already, *wanted, documents={OWN: allow("iam:*")}) == {}


def test_only_attached_policies_of_the_customers_are_to_be_read() -> None:
    users = (DesiredUser("bob", policies=(OWN, READ), boundary=OWN), DesiredUser("ann", policies=(OWN,)))
    assert attached_policies(make_plan(Desired(users=users), account()).steps) == [OWN]
    assert attached_policies(make_plan(Desired(), account()).steps) == []


def test_no_steps_no_administrators() -> None:
    assert new_administrators(Change.of((), account(("bob", "admins")))) == []


def test_those_of_one_reason_are_told_together_and_many_are_counted() -> None:
    many = [NewAdministrator(f"p{number:03}", "through a") for number in range(101)]
    told = administrators_told([NewAdministrator("ann", "through b"), *many])
    assert told.startswith("ann (through b); p000, p001, ")
    assert told.endswith("p099 and 1 more (through a)")
