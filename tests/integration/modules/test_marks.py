# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""iam_workforce where somebody wrote or deleted our marks, undid a suspension, or made a joiner's user beforehand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.support.modules import Run

MANAGED = {"workforce:managed": "onboard"}
GROUPS = [{"name": "interns", "path": "/workforce/"}, {"name": "admins", "path": "/workforce/"}]
ADMIN = {"name": "new.admin", "employee_id": "77", "departments": ["admins"]}
BEN = {"name": "ben", "employee_id": "1", "departments": ["interns"]}
JOINER = {"name": "joiner", "employee_id": "2", "departments": ["interns"]}
OURS = {"name": "ben", "tags": {**MANAGED, "workforce:employee-id": "1"}, "groups": ["interns"]}


def chart(*employees: Any, **options: Any) -> dict[str, Any]:
    return {"departments": [{"name": "interns"}, {"name": "admins"}], "employees": list(employees), **options}


def mallory(employee_id: str | None, **tags: str) -> dict[str, Any]:
    ids = {} if employee_id is None else {"workforce:employee-id": employee_id}
    return {"name": "mallory", "tags": {**ids, **tags}, "groups": ["interns"], "password": "Secret-1-secret"}


def arm(sandbox: Sandbox, *users: dict[str, Any]) -> Any:
    """The account with ben and these users; the last of them gets an access key."""
    sandbox.seed(groups=GROUPS, users=[OURS, *users])
    client = sandbox.boto("iam")
    client.create_access_key(UserName=users[-1]["name"])
    return client


def red(run: Run, sandbox: Sandbox, options: dict[str, Any]) -> dict[str, Any]:
    """What a run in check mode and a real one both end with: failed, and in the same words."""
    before = sandbox.state()
    check = run("iam_workforce", options, check=True)
    assert sandbox.state() == before
    done = run("iam_workforce", options)
    assert (check["failed"], done["failed"]) == (True, True)
    assert check["faults"] == done["faults"]
    return done


def is_cut(user: dict[str, Any]) -> bool:
    is_denied = "workforce-suspended" in user["inline_policies"]
    return is_denied and user["login_profile"] is None and set(user["access_keys"].values()) <= {"Inactive"}


def test_an_id_that_somebody_wrote_on_herself_renames_nobody(run: Run, sandbox: Sandbox) -> None:
    arm(sandbox, mallory("77", **MANAGED))
    before = sandbox.state()["users"]["mallory"]
    for more in ({}, {"unlisted": "suspend"}, {"only": ["new.admin"]}, {"confirm_renames": 2}):
        done = red(run, sandbox, chart(BEN, ADMIN, JOINER, **more))
        assert "new.admin: would be the user mallory under a new name, by the employee id 77 alone" in done["msg"]
        assert "in interns). Renamed, mallory would join the departments admins." in done["msg"]
        assert "-e onboard_confirm_renames=1" in done["msg"]
        users = sandbox.state()["users"]
        assert (users["mallory"], "new.admin" in users) == (before, False)
    # Everybody else was served.
    assert "joiner" in users
    renamed = run("iam_workforce", chart(BEN, ADMIN, JOINER, confirm_renames="1"))
    assert "failed" not in renamed, renamed["msg"]
    assert sandbox.state()["users"]["new.admin"]["id"] == before["id"]


def test_who_is_listed_stays_who_the_name_says_and_the_joiner_joins(run: Run, sandbox: Sandbox) -> None:
    arm(sandbox, mallory("77", **MANAGED))
    leaver = {"name": "mallory", "employee_id": "42", "state": "suspended"}
    done = red(run, sandbox, chart(BEN, ADMIN, JOINER, leaver))
    assert "bears the employee id 77, which the list gives to new.admin; the list says 42" in done["msg"]
    users = sandbox.state()["users"]
    assert is_cut(users["mallory"])
    assert (users["new.admin"]["groups"], users["mallory"]["groups"]) == (["admins"], ["interns"])
    assert "joiner" in users


@pytest.mark.parametrize("tags", [{}, {"workforce:managed": "x"}, {**MANAGED, "workforce:employee-id": "9999"}])
@pytest.mark.parametrize("employee_id", ["42", None])
def test_a_leaver_is_cut_with_the_mark_or_without_it(
    run: Run, sandbox: Sandbox, tags: dict[str, str], employee_id: str | None
) -> None:
    arm(sandbox, mallory(employee_id, **tags))
    done = run("iam_workforce", chart(BEN, JOINER, {"name": "mallory", "employee_id": "42", "state": "suspended"}))
    users = sandbox.state()["users"]
    assert is_cut(users["mallory"])
    assert "joiner" in users
    assert done["failed"] is True


def test_who_is_in_no_list_and_lost_the_mark_is_told_or_cut(run: Run, sandbox: Sandbox) -> None:
    arm(sandbox, mallory("42"), {"name": "eve", "groups": ["interns"]})
    done = red(run, sandbox, chart(BEN, JOINER))
    assert "user mallory: bears the tags workforce:employee-id=42, and sits" not in done["msg"]
    assert (
        "user mallory: bears the tags workforce:employee-id=42 and sits in interns, but does not carry" in done["msg"]
    )
    assert "user eve: sits in interns, but does not carry the mark" in done["msg"]
    done = red(run, sandbox, chart(BEN, JOINER, unlisted="suspend"))
    users = sandbox.state()["users"]
    assert (is_cut(users["mallory"]), is_cut(users["eve"])) == (True, False)
    # Once cut off, nobody is told of her any more; a release leaves nobody to be told of.
    sandbox.boto("iam").remove_user_from_group(GroupName="interns", UserName="eve")
    assert "failed" not in run("iam_workforce", chart(BEN, JOINER, unlisted="suspend"))
    released = run("iam_workforce", {"departments": None, "employees": None, "release": True})
    assert "failed" not in released
    assert not any("is not in the list" in line for line in released["summary"])


def test_who_is_held_and_no_longer_denied_is_denied_again(run: Run, sandbox: Sandbox) -> None:
    client = arm(sandbox, mallory("42", **MANAGED))
    listed = chart(BEN, {"name": "mallory", "employee_id": "42", "departments": ["interns"]})
    run("iam_user", {"name": "mallory", "state": "suspended"})
    assert "failed" not in run("iam_workforce", listed)
    tag = sandbox.state()["users"]["mallory"]["tags"]["workforce:suspended"]
    client.delete_user_policy(UserName="mallory", PolicyName="workforce-suspended")
    client.create_access_key(UserName="mallory")
    done = red(run, sandbox, listed)
    assert "mallory: is suspended and no longer denied everything and has the active access key" in done["msg"]
    user = sandbox.state()["users"]["mallory"]
    assert (is_cut(user), user["tags"]["workforce:suspended"]) == (True, tag)
    again = run("iam_workforce", listed)
    assert (again.get("failed"), again["changed"]) == (None, False)


@pytest.mark.parametrize("suspended", [1, 11])
def test_who_is_suspended_and_given_a_new_key_is_cut_off_again(run: Run, sandbox: Sandbox, suspended: int) -> None:
    names = ["mallory", *(f"gone{number:02}" for number in range(suspended - 1))]
    client = arm(sandbox, *({"name": name, "tags": MANAGED} for name in reversed(names)))
    listed = chart(BEN, *({"name": name, "state": "suspended"} for name in names), max_losses=20)
    assert "failed" not in run("iam_workforce", listed)
    # AWS makes one credential report in four hours: here the first is made after the key.
    client.create_access_key(UserName="mallory")
    client.create_login_profile(UserName="mallory", Password="Secret-2-secret")
    done = red(run, sandbox, listed)
    assert "mallory: is suspended and has a console password and the active access key" in done["msg"]
    assert is_cut(sandbox.state()["users"]["mallory"])
    quiet = run("iam_workforce", listed)
    assert (quiet.get("failed"), quiet["changed"]) == (None, False)
    sign_ins = {"GetLoginProfile": 1, "ListAccessKeys": 1}
    report = {"GenerateCredentialReport": 1, "GetCredentialReport": 1} if suspended > 10 else {}
    asked = quiet["api_calls"]["by_operation"]
    assert {name: asked[name] for name in asked if name in {*sign_ins, *report}} == {**sign_ins, **report}


def test_a_user_made_beforehand_is_adopted_by_name_alone_and_warned_of(run: Run, sandbox: Sandbox) -> None:
    made = {"name": "new.admin", "password": "Secret-1-secret"}
    arm(sandbox, made)
    listed = chart(BEN, ADMIN, JOINER)
    told = red(run, sandbox, listed)
    assert "new.admin: exists in the account and is not managed. Nothing was given to it." in told["msg"]
    refused = red(run, sandbox, {**listed, "adopt": True})
    assert "not adopted, because somebody can sign in as it already: new.admin (made on " in refused["msg"]
    assert "a console password made on" in refused["msg"]
    assert sandbox.state()["users"]["new.admin"]["tags"] == {}
    adopted = run("iam_workforce", {**listed, "adopt": ["New.Admin"]})
    assert (adopted["adopted"], adopted["adoptions"][0]["console"]) == (["new.admin"], True)
    assert any("an active access key" in line and "no MFA" in line for line in adopted["summary"])
    given = run("iam_workforce", listed)
    assert "failed" not in given
    assert any("new.admin was adopted with a password made on" in line for line in given["summary"])
    assert sandbox.state()["users"]["new.admin"]["groups"] == ["admins"]
    assert not any("WARNING" in line for line in run("iam_workforce", listed)["summary"])
