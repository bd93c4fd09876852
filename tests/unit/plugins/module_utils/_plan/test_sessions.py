# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions of roles: whose are ended, when that is taken back, and that a second run has nothing to do."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.dates import stamp
from ansible_collections.workforce.aws.plugins.module_utils._core.desired import (
    Desired,
    DesiredRole,
    DesiredUser,
    Suspension,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.model import (
    Account,
    Credentials,
    Directory,
    Role,
    User,
    fold,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.revoked_sessions import (
    LAG,
    LONGEST_SESSION,
    POLICY_NAME,
    names_sessions,
    revoked,
    with_people,
    without_people,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Phase, Step
from ansible_collections.workforce.aws.plugins.module_utils._core.suspension import deny
from ansible_collections.workforce.aws.plugins.module_utils._core.tags import MARK
from ansible_collections.workforce.aws.plugins.module_utils._plan.after import after
from ansible_collections.workforce.aws.plugins.module_utils._plan.plan import leaving_steps, make_plan
from ansible_collections.workforce.aws.plugins.module_utils._plan.sessions import concerns_sessions
from ansible_collections.workforce.aws.plugins.module_utils._rights.trust import trust_of_departments

NOW = datetime.datetime(2026, 11, 28, 7, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
BY_LIST = Suspension("list", stamp(NOW))
ACCOUNT = Account("123456789012", "arn:aws:iam::123456789012:user/runner")
FOREIGN = {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}


def user(name: str = "Asha", *roles: str, **parts: Any) -> User:
    read: dict[str, Any] = {
        "arn": f"arn:aws:iam::123456789012:user/{name}",
        "tags": {**MARK, **{f"workforce:role.{role}": "yes" for role in roles}},
        "boundary": "",
        "attached": {},
        "inline": {},
        "login_profile": False,
        "credentials": Credentials(),
    }
    return User(name=name, **(read | parts))


def suspended(name: str, *roles: str, since: datetime.datetime) -> User:
    tags = {**(user(name, *roles).tags or {}), "workforce:suspended": f"{stamp(since)} list"}
    return user(name, tags=tags, inline={"workforce-suspended": deny("list")})


def role(name: str = "deployer", **revoked_at: Any) -> Role:
    inline: dict[str, Any] = {}
    for person, moment in revoked_at.items():
        inline[POLICY_NAME] = with_people(inline.get(POLICY_NAME), [person], moment)
    trust = trust_of_departments(f"workforce:role.{name}", ACCOUNT, require_mfa=False)
    return Role(name, trust=trust, tags=MARK, boundary="", attached={}, inline=inline, instance_profiles=())


def account(*entities: User | Role) -> Directory:
    return Directory(
        {fold(one.name): one for one in entities if isinstance(one, User)},
        {},
        roles={fold(one.name): one for one in entities if isinstance(one, Role)},
        all_roles=True,
    )


def plan(directory: Directory, *users: DesiredUser, **parts: Any) -> list[Step]:
    made = make_plan(Desired(users=users, now=NOW, **parts), directory)
    assert not made.faults
    return list(made.steps)


def of_roles(steps: list[Step]) -> list[tuple[str, str, str]]:
    return [(step.subject.name, step.operation, step.line) for step in steps if step.subject.kind == "role"]


def lasting(directory: Directory, steps: list[Step], name: str = "deployer") -> dict[str, datetime.datetime]:
    return revoked((after(directory, steps).roles[name].inline or {}).get(POLICY_NAME))


LEAVES = DesiredUser("asha", create=False, suspend=BY_LIST)
STAYS = DesiredUser("Asha", create=False, lift=True)
MOVES = DesiredUser("Asha", tags={"workforce:role.reader": "yes"}, purge_tag_prefix="workforce:role.")


@pytest.mark.parametrize("leaver", [LEAVES, DesiredUser("asha", absent=True)])
@pytest.mark.parametrize("stopped", [False, True])
def test_who_leaves_loses_the_sessions_of_all_roles(leaver: DesiredUser, stopped: bool) -> None:
    """Also without the tags, which whoever may tag can take off; all before the user that tells of them is gone."""
    service = Role("service", trust={"Statement": []}, tags=MARK, inline={})
    before = account(user(), user("li"), role(), role("reader"), service)
    wanted = Desired(users=(leaver, DesiredUser("li", absent=True)), now=NOW)
    steps = leaving_steps(wanted, before) if stopped else list(make_plan(wanted, before).steps)
    line = "ends the open sessions of Asha, li"
    assert of_roles(steps) == [("deployer", "PutRolePolicy", line), ("reader", "PutRolePolicy", line)]
    assert [step.phase for step in steps] == sorted(step.phase for step in steps)
    assert all(step.cutting and step.phase.is_leaving for step in steps)
    assert steps[-1].operation == "DeleteUser"
    assert steps[-1].phase > Phase.SESSIONS
    assert lasting(before, steps) == dict.fromkeys(("Asha", "li"), NOW + LAG)


def test_a_second_run_has_nothing_to_do_and_a_stopped_one_is_finished() -> None:
    before = account(user("Asha", "deployer"), role(), role("reader"))
    steps = plan(before, LEAVES)
    assert plan(after(before, steps), LEAVES) == []
    for killed_after in range(len(steps)):
        between = after(before, steps[:killed_after])
        rest = plan(between, LEAVES)
        assert set(lasting(between, rest)) == set(lasting(between, rest, "reader")) == {"Asha"}
    # On a later day the list asks nothing of who is suspended.
    tagged = after(before, [step for step in steps if step.subject.kind == "user"])
    assert of_roles(plan(tagged)) == of_roles(steps)


def test_of_who_was_cut_off_long_ago_no_session_can_be_left() -> None:
    long_ago, today = NOW - LONGEST_SESSION - LAG, NOW - 11 * HOUR
    gone, cut = suspended("Asha", "deployer", since=long_ago), suspended("li", since=today)
    steps = plan(account(gone, cut, role(old=long_ago)))
    assert of_roles(steps) == [("deployer", "PutRolePolicy", "ends the open sessions of li")]
    # What is over goes when the policy is written, and not before.
    assert set(lasting(account(role(old=long_ago)), steps)) == {"li"}
    assert plan(account(gone, role(old=long_ago))) == []
    # Only a moment that came after is another one.
    assert plan(account(cut, role(li=today))) == []
    assert of_roles(plan(account(cut, role(li=today - HOUR)))) == of_roles(steps)
    assert of_roles(plan(account(cut, role(LI=today)))) == of_roles(steps)


def test_a_forged_tag_takes_nothing() -> None:
    forged = user(tags={"workforce:suspended": f"{stamp(NOW)} person"})
    assert plan(account(forged, role())) == []
    undated = suspended("Asha", since=NOW)
    odd = user(tags={"workforce:suspended": "yesterday"}, inline=undated.inline)
    assert plan(account(odd, role())) == []


def test_a_mover_loses_the_sessions_of_the_roles_that_it_loses() -> None:
    before = account(user("Asha", "Deployer", "reader"), role(), role("reader"))
    steps = plan(before, MOVES)
    assert of_roles(steps) == [("deployer", "PutRolePolicy", "ends the open sessions of Asha")]
    assert [step.operation for step in steps] == ["PutRolePolicy", "UntagUser"]
    assert plan(after(before, steps), MOVES) == []
    # Nothing of it is done where giving is stopped, for the tag stays.
    assert leaving_steps(Desired(users=(MOVES,), now=NOW), before) == []
    # With a role its sessions end.
    gone = plan(before, MOVES, roles=(DesiredRole("deployer", absent=True),))
    assert [step.operation for step in gone] == ["UntagUser", "DeleteRole"]


def test_it_is_taken_back_once_somebody_is_let_in_again_and_not_where_that_failed() -> None:
    cut = suspended("Asha", "deployer", since=NOW - HOUR)
    before = account(cut, user("li"), role(Asha=NOW - HOUR, li=NOW - HOUR), role("reader", Asha=NOW - HOUR))
    steps = plan(before, STAYS)
    assert of_roles(steps) == [("deployer", "PutRolePolicy", "no longer refuses the open sessions of Asha")]
    [taken_back] = [step for step in steps if step.subject.kind == "role"]
    assert taken_back.phase > Phase.USERS
    assert [str(one) for one in taken_back.follows] == ["user Asha"]
    assert not taken_back.cutting
    assert set(lasting(before, steps)) == {"li"}
    # A run that was stopped after the return is finished by the next one, and the last person takes the policy along.
    returned = after(before, [step for step in steps if step.subject.kind == "user"])
    assert of_roles(plan(returned, STAYS)) == of_roles(steps)
    alone = account(cut, role(Asha=NOW - HOUR))
    assert [step.operation for step in plan(alone, STAYS)][-1] == "DeleteRolePolicy"
    assert plan(after(alone, plan(alone, STAYS)), STAYS) == []
    # Who has lost the role meanwhile is not let into its old sessions.
    assert of_roles(plan(account(user(), role(Asha=NOW - HOUR)), DesiredUser("Asha"))) == []


def test_under_a_new_name_nobody_keeps_sessions_of_the_old_one() -> None:
    before = account(user("Asha", "deployer"), role())
    renamed = DesiredUser("asha.rao", rename_from="Asha", tags={"workforce:role.deployer": "yes"})
    assert set(lasting(before, plan(before, renamed))) == {"Asha"}


def test_no_list_of_inline_policies_takes_the_deny_away_and_nobody_is_asked_without_a_moment() -> None:
    before = account(user("Asha", "deployer"), role(li=NOW))
    exact = DesiredRole("deployer", inline={}, purge_inline=True)
    assert plan(before, roles=(exact,)) == []
    assert of_roles(list(make_plan(Desired(users=(LEAVES,)), before).steps)) == []


def test_roles_are_read_where_sessions_may_be_concerned() -> None:
    with_role, without = account(user("Asha", "deployer")), account(user())

    def asks(directory: Directory, *users: DesiredUser) -> bool:
        return concerns_sessions(Desired(users=users, now=NOW), directory)

    assert all(asks(with_role, wanted) for wanted in (LEAVES, STAYS, MOVES, DesiredUser("asha", absent=True)))
    assert not asks(with_role, DesiredUser("Asha"))
    assert not asks(account(user("Asha", "reader")), MOVES)
    assert not asks(without, LEAVES, MOVES, DesiredUser("new"))
    assert not concerns_sessions(Desired(users=(LEAVES,)), with_role)


def test_statements_of_others_stay_and_many_people_fit_on_one_role() -> None:
    theirs = {"Version": "2012-10-17", "Statement": [FOREIGN]}
    mine = with_people(theirs, ["asha"], NOW)
    assert revoked(mine) == {"asha": NOW + LAG}
    assert without_people(mine, ["asha"], NOW) == theirs
    assert without_people(with_people(None, ["asha"], NOW), ["asha"], NOW) is None
    # AWS may give the list of one name as that name.
    single = json.loads(json.dumps(with_people(None, ["li"], NOW)).replace('["*:li"]', '"*:li"'))
    assert without_people(single, ["li"], NOW) is None
    assert revoked({"Statement": [{**FOREIGN, "Condition": {"StringLike": {"aws:userid": "*:li"}}}]}) == {}
    many = with_people(None, [f"first.last.{number}" for number in range(400)], NOW)
    assert len(json.dumps(many, separators=(",", ":"))) < 10_240


def test_which_roles_name_their_sessions_after_users() -> None:
    trust = role().trust
    assert names_sessions(trust)
    text = json.dumps(trust)
    assert not names_sessions(json.loads(text.replace("${aws:username}", "*")))
    assert not names_sessions(json.loads(text.replace("workforce:role.", "team:")))
    assert not names_sessions(json.loads(text.replace('"Allow"', '"Deny"')))
    assert not names_sessions(None)
