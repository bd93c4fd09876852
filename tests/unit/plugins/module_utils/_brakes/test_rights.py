# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who gains or loses by roles, their tags and customer policies, and who becomes administrator through them."""

from __future__ import annotations

import dataclasses
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._brakes.change import Change
from ansible_collections.workforce.aws.plugins.module_utils._brakes.gains import gains
from ansible_collections.workforce.aws.plugins.module_utils._brakes.losses import losses
from ansible_collections.workforce.aws.plugins.module_utils._brakes.new_administrators import new_administrators
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import (
    Desired,
    DesiredGroup,
    DesiredPolicy,
    DesiredRole,
    DesiredUser,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.model import (
    Account,
    Credentials,
    Directory,
    Document,
    Group,
    ManagedPolicy,
    Role,
    User,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.tags import MARK
from ansible_collections.workforce.aws.plugins.module_utils._plan.plan import make_plan
from ansible_collections.workforce.aws.plugins.module_utils._rights.trust import trust_of_departments

ADMIN: t.Final = "arn:aws:iam::aws:policy/AdministratorAccess"
READ: t.Final = "arn:aws:iam::aws:policy/ReadOnlyAccess"
OWN: t.Final = "arn:aws:iam::123456789012:policy/workforce/own"
ACCOUNT: t.Final = Account("123456789012", "arn:aws:iam::123456789012:user/runner")
TAG: t.Final = {"workforce:role.deployer": "yes"}
ROLE: t.Final = DesiredRole("deployer", purge_policies=True, purge_inline=True)
EXACT: t.Final = "workforce:role."


def allow(*actions: str, effect: str = "Allow") -> dict[str, t.Any]:
    return {"Version": "2012-10-17", "Statement": [{"Effect": effect, "Action": list(actions), "Resource": "*"}]}


def by_tag(mfa: bool = False, role: str = "deployer") -> Document:
    return trust_of_departments(f"workforce:role.{role}", ACCOUNT, require_mfa=mfa)


def naming(*users: str) -> Document:
    principals = {"AWS": [f"arn:aws:iam::123456789012:user/{name}" for name in users]}
    statement = {"Effect": "Allow", "Principal": principals, "Action": "sts:AssumeRole"}
    return {"Version": "2012-10-17", "Statement": [statement]}


def user(name: str, *, has_role: bool = False, **parts: t.Any) -> User:
    read: dict[str, t.Any] = {
        "arn": f"arn:aws:iam::123456789012:user/{name}",
        "tags": {**MARK, **(TAG if has_role else {})},
        "boundary": "",
        "attached": {},
        "inline": {},
        "login_profile": False,
    }
    return User(name, credentials=Credentials(), **(read | parts))


def account(*, document: Document | None = None, **role: t.Any) -> Directory:
    """Ann and dan may become deployer; bob sits in ops, which has the policy of the customer's own, as has cid."""
    parts: dict[str, t.Any] = {"trust": by_tag(), "tags": MARK, "boundary": "", "attached": {READ: "x"}, "inline": {}}
    own = ManagedPolicy(
        "own", arn=OWN, path="/", tags=MARK, default_version="v1", versions={"v1": document or allow("s3:Get*")}
    )
    people = [user("ann", has_role=True), user("bob"), user("cid", attached={OWN: "own"}), user("dan", has_role=True)]
    return Directory(
        {one.name: one for one in people},
        {"ops": Group("ops", attached={OWN: "own"}, inline={})},
        frozenset({("bob", "ops")}),
        policies={"own": own},
        roles={"deployer": Role("deployer", instance_profiles=(), **(parts | role))},
        asked_policies=frozenset({"own"}),
        asked_roles=frozenset({"deployer", "new"}),
        all_roles=True,
    )


def change(directory: Directory, documents: t.Any = None, **wanted: t.Any) -> Change:
    made = make_plan(Desired(**wanted), directory)
    assert not made.faults, made.faults
    assert made.steps
    return Change.of(made.steps, directory, documents)


def counted(directory: Directory, **wanted: t.Any) -> tuple[list[str], list[str]]:
    """Who loses and who gains."""
    found = change(directory, **wanted)
    return losses(found), gains(found).names


def role(**parts: t.Any) -> dict[str, t.Any]:
    return {"roles": (dataclasses.replace(ROLE, **parts),)}


BOTH: t.Final = ["ann", "dan"]
DENIES_S3: t.Final = {"own": allow("s3:*", effect="Deny")}


@pytest.mark.parametrize(
    ("had", "wanted", "lose", "gain"),
    [
        ({}, {"policies": ()}, BOTH, []),
        ({}, {"policies": (READ, ADMIN)}, [], BOTH),
        ({}, {"inline": {"own": allow("s3:*")}}, [], BOTH),
        ({}, {"inline": DENIES_S3}, BOTH, []),
        ({"inline": {"own": allow("s3:*")}}, {"inline": {}}, BOTH, []),
        ({"inline": DENIES_S3}, {"inline": {}}, BOTH, BOTH),
        ({}, {"boundary": READ}, BOTH, []),
        ({"boundary": READ}, {"boundary": ""}, [], BOTH),
        ({}, {"absent": True}, BOTH, []),
        ({}, {"description": "x", "max_session_duration": 7200, "tags": {"a": "b"}}, [], []),
        # Who may assume it: MFA is asked or no longer, and users are named in place of the tag.
        ({}, {"trust": by_tag(mfa=True)}, BOTH, []),
        ({"trust": by_tag(mfa=True)}, {"trust": by_tag()}, [], BOTH),
        ({"trust": naming("ann", "bob")}, {"trust": naming("bob", "cid")}, ["ann", "bob"], ["bob", "cid"]),
        ({"trust": naming("ann")}, {"trust": by_tag()}, ["ann"], BOTH),
        # The account as a whole is trusted: whom that lets in is not known.
        ({"trust": {"Statement": {"Effect": "Allow", "Principal": "*"}}}, {"policies": ()}, [], []),
    ],
)
def test_what_becomes_of_a_role_counts_for_all_who_may_become_it(
    had: t.Any, wanted: t.Any, lose: list[str], gain: list[str]
) -> None:
    wanted = {"tags": MARK, **wanted}
    assert counted(account(**had), **role(**wanted)) == (lose, gain)


def test_a_role_that_names_users_and_is_new_lets_them_in() -> None:
    new = DesiredRole("new", trust=naming("bob"), policies=(READ,))
    assert counted(account(), roles=(new,)) == ([], ["bob"])


def test_a_tag_counts_and_not_the_statement_of_the_department_too() -> None:
    directory = account()
    without = DesiredUser("ann", tags={}, purge_tag_prefix=EXACT)
    with_tag = DesiredUser("bob", tags=TAG)
    assert counted(directory, users=(without, with_tag)) == (["ann"], ["bob"])
    # The tag of a role that is not there opens nothing, nor does one that somebody has.
    stale = dataclasses.replace(directory, roles={})
    assert counted(stale, users=(without, with_tag)) == ([], [])
    assert counted(directory, users=(DesiredUser("ann", tags={**TAG, "team": "x"}),)) == ([], [])
    # Roles that were not read may be there.
    unread = dataclasses.replace(stale, all_roles=False)
    assert counted(unread, users=(without, with_tag)) == (["ann"], ["bob"])
    said = DesiredGroup("ops", inline={"workforce-roles": allow("sts:AssumeRole")})
    assert counted(directory, groups=(said,)) == ([], [])
    unsaid = {"ops": dataclasses.replace(directory.groups["ops"], inline=said.inline)}
    taken = DesiredGroup("ops", inline_absent=("workforce-roles",))
    assert counted(dataclasses.replace(directory, groups=unsaid), groups=(taken,)) == ([], [])


@pytest.mark.parametrize(
    ("document", "lose", "gain"),
    [
        (allow("s3:*"), True, True),
        ({**allow("s3:Get*"), "Statement": allow("s3:Get*")["Statement"] + allow("sqs:*")["Statement"]}, False, True),
        (allow("s3:*", effect="Deny"), True, False),
    ],
)
def test_another_document_of_a_customer_policy_counts_for_all_whom_it_reaches(
    document: t.Any, lose: bool, gain: bool
) -> None:
    wanted = {"policies": (DesiredPolicy("own", document=document),)}
    reached = ["bob", "cid"]
    assert counted(account(), **wanted) == (reached if lose else [], reached if gain else [])
    everybody = ["ann", *reached, "dan"]
    through_role = account(attached={OWN: "own"})
    assert counted(through_role, **wanted) == (everybody if lose else [], everybody if gain else [])
    bound = account(boundary=OWN)
    assert counted(bound, **wanted) == (everybody if lose else [], everybody if gain else [])


def administrators(directory: Directory, documents: t.Any = None, **wanted: t.Any) -> dict[str, str]:
    return dict(new_administrators(change(directory, documents, **wanted)))


def test_administrators_through_a_role() -> None:
    by_role = "through role deployer: AdministratorAccess"
    assert administrators(account(), **role(policies=(ADMIN,))) == dict.fromkeys(BOTH, by_role)
    powerful = account(attached={ADMIN: "x"})
    assert administrators(powerful, users=(DesiredUser("bob", tags=TAG),)) == {"bob": by_role}
    assert administrators(powerful, users=(DesiredUser("eve", tags=TAG),)) == {"eve": by_role}
    assert administrators(powerful, users=(DesiredUser("ann", tags={"team": "x"}),)) == {}
    assert administrators(powerful, **role(policies=(READ, ADMIN))) == {}
    # A way up is one too, and a deny of the role's own stands against it.
    way = administrators(account(), **role(inline={"own": allow("iam:PutRolePolicy")}))
    assert way["ann"] == "through role deployer: inline policy own, which allows iam:PutRolePolicy"
    assert administrators(account(inline={"no": allow("*", effect="Deny")}), **role(policies=(ADMIN,))) == {}
    bound = account(attached={ADMIN: "x"}, boundary=READ)
    assert administrators(bound, **role(boundary="")) == dict.fromkeys(BOTH, by_role)
    named = account(attached={ADMIN: "x"}, trust=naming("cid"))
    assert administrators(named, **role(trust=naming("cid", "bob"))) == {"bob": by_role}


def test_administrators_through_a_customer_policy_of_the_same_run() -> None:
    wanted = {"policies": (DesiredPolicy("own", document=allow("*")),)}
    # The documents of planned policies are known, before they are in force.
    found = administrators(account(), {OWN: allow("*")}, **wanted)
    assert found == {"bob": "through department ops: own", "cid": "through policies of their own: own"}
    held = account(attached={OWN: "own"})
    assert set(administrators(held, {OWN: allow("*")}, **wanted)) == {"ann", "bob", "cid", "dan"}
    already = account(document=allow("*", "sqs:*"))
    assert administrators(already, {OWN: allow("*")}, **wanted) == {}
    new = "arn:aws:iam::123456789012:policy/workforce/new"
    first = dataclasses.replace(account(), asked_policies=frozenset({"own", "new"}))
    made = DesiredPolicy("new", document=allow("*"))
    joined = DesiredUser("ann", policies=(new,))
    through = administrators(first, {new: allow("*")}, policies=(made,), users=(joined,))
    assert through == {"ann": "through policies of their own: new"}
