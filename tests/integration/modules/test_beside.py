# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""iam_workforce where the account gives more than the chart: told, taken away, accepted, or the end of the run."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._identity.beside_settings import KINDS

from tests.sandbox.client import Sandbox
from tests.support.modules import Quartets, Run, document, task

MANAGED = {"workforce:managed": "onboard"}
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
READ = "arn:aws:iam::aws:policy/ReadOnlyAccess"
DENY = "arn:aws:iam::aws:policy/AWSDenyAll"
DEPARTMENTS: list[dict[str, Any]] = [{"name": "engineering", "managed_policies": [READ]}, {"name": "sales"}]
PEOPLE: list[dict[str, Any]] = [
    {"name": "asha", "departments": ["sales"]},
    {"name": "ben", "departments": ["engineering"]},
    {"name": "cleo", "departments": ["engineering"], "managed_policies": [READ], "boundary": READ},
]
# By subject: mallory, sales, asha, ben.
FOUND = ["members", "department_policies", "boundaries", "user_policies", "user_policies", "user_groups"]


def chart(*employees: dict[str, Any], **options: Any) -> dict[str, Any]:
    return {"departments": DEPARTMENTS, "employees": [*PEOPLE, *employees], **options}


@pytest.fixture
def account(sandbox: Sandbox, run: Run) -> Any:
    """The account in step with the chart, with a group and a user that are nobody's."""
    sandbox.seed(groups=[{"name": "shadow-admins", "managed_policies": [ADMIN]}])
    sandbox.seed(users=[{"name": "mallory"}])
    made = run("iam_workforce", chart())
    assert "failed" not in made, made["msg"]
    assert (made["beside"], made["beside_count"]) == ([], 0)
    assert not any("beside" in line or "not managed" in line for line in made["summary"])
    return sandbox.boto("iam")


def give_by_hand(iam: Any) -> None:
    """Six pieces of access that the chart does not write."""
    iam.add_user_to_group(GroupName="engineering", UserName="mallory")
    iam.attach_group_policy(GroupName="sales", PolicyArn=ADMIN)
    iam.attach_user_policy(UserName="ben", PolicyArn=ADMIN)
    iam.put_user_policy(UserName="ben", PolicyName="own", PolicyDocument=json.dumps(document("s3:*")))
    iam.add_user_to_group(GroupName="shadow-admins", UserName="ben")
    iam.put_user_permissions_boundary(UserName="asha", PermissionsBoundary=READ)


def beside(state: dict[str, Any]) -> dict[str, Any]:
    """What the account has of all that is given by hand."""
    users, groups = state["users"], state["groups"]
    return {
        "mallory": users["mallory"]["groups"],
        "sales": sorted(groups["sales"]["attached_policies"]),
        "ben": [sorted(users["ben"]["attached_policies"]), sorted(users["ben"]["inline_policies"])],
        "ben's groups": sorted(users["ben"]["groups"]),
        "asha's boundary": users["asha"]["permissions_boundary"],
    }


def kinds(result: dict[str, Any]) -> list[str]:
    return [one["kind"] for one in result["beside"]]


def lines(result: dict[str, Any]) -> list[str]:
    """The summary's lines about access beside the chart."""
    starts = [place for place, line in enumerate(result["summary"]) if line.startswith("beside the chart")]
    ended = ("FAULT", "plan ")
    return [] if not starts else [line for line in result["summary"][starts[0] :] if not line.startswith(ended)]


def test_it_is_told_in_each_run_and_stays(run: Run, sandbox: Sandbox, account: Any) -> None:
    sandbox.clear_calls()
    quiet = run("iam_workforce", chart())["api_calls"]
    give_by_hand(account)
    before = sandbox.state()
    for check in (True, False, False):
        told = run("iam_workforce", chart(), check=check)
        assert (sandbox.state(), told["changed"], told["api_calls"]) == (before, False, quiet)
        assert kinds(told) == FOUND
        assert lines(told) == [
            "beside the chart: 5 findings (to take them away: onboard_beside; to accept one: the key beside in its "
            "entry)",
            "  sales: has AdministratorAccess, which the list does not write",
            "  asha: has the boundary ReadOnlyAccess",
            "  ben: has AdministratorAccess of their own; has the inline policy own of their own; sits in shadow-"
            "admins (AdministratorAccess)",
            "1 user of this account is not managed; who has access is in ansible-playbook workforce.aws.report",
        ]
        # Who sits in a department is told once: as what makes the run red.
        assert told["faults"] == [line.removeprefix("FAULT ") for line in told["summary"] if "FAULT" in line]
        assert "user mallory: sits in engineering, but does not carry the mark" in told["msg"]
        assert len(told["faults"]) == 1


def test_it_is_taken_away_and_nothing_else(quartets: Quartets, sandbox: Sandbox, account: Any) -> None:
    before = sandbox.state()
    give_by_hand(account)
    four = quartets([task("iam_workforce", **chart(beside="remove"))])[0]
    assert four.state == before
    assert kinds(four.run) == FOUND
    assert {one["action"] for one in four.run["beside"]} == {"remove"}
    assert (four.run_again["beside"], lines(four.run), lines(four.run_again)) == ([], [], [])
    page = four.run["diff"]["prepared"]
    assert "~ sales (1 person): loses AdministratorAccess" in page
    page = re.sub(": +", ": ", page)
    assert "~ ben: loses AdministratorAccess, inline policy own; leaves shadow-admins" in page
    assert "~ mallory: leaves engineering" in page
    assert "~ asha: loses its boundary" in page
    assert (four.run["movers"], four.run["leavers"]) == ([], [])


@pytest.mark.parametrize("kind", KINDS)
def test_one_kind_is_taken_away_and_the_others_are_told(run: Run, sandbox: Sandbox, account: Any, kind: str) -> None:
    in_step = beside(sandbox.state())
    give_by_hand(account)
    given = beside(sandbox.state())
    done = run("iam_workforce", chart(beside={kind: "remove"}))
    changed = {
        "members": ["mallory"],
        "department_policies": ["sales"],
        "user_policies": ["ben"],
        "user_groups": ["ben's groups"],
        "boundaries": ["asha's boundary"],
    }[kind]
    assert beside(sandbox.state()) == {**given, **{name: in_step[name] for name in changed}}
    assert ("msg" in done) is (kind != "members")
    again = run("iam_workforce", chart(beside={kind: "remove"}))
    assert (again["changed"], kinds(again)) == (False, [one for one in FOUND if one != kind])


def test_the_run_fails_where_the_settings_say_so(run: Run, sandbox: Sandbox, account: Any) -> None:
    give_by_hand(account)
    before = sandbox.state()
    for check in (True, False):
        failed = run("iam_workforce", chart({"name": "dan", "departments": []}, beside="fail"), check=check)
        assert failed["failed"]
        assert [fault.split(":")[0] for fault in failed["faults"]] == ["user mallory", *KINDS[1:]]
        assert "user_policies: 2 beside the chart, and onboard_beside says fail: ben: has Administr" in (failed["msg"])
        assert lines(failed) == []
    # Everybody else is served.
    after = sandbox.state()
    assert "dan" in after["users"]
    assert beside(after) == beside(before)


def test_what_an_entry_accepts_is_neither_told_nor_taken(run: Run, sandbox: Sandbox, account: Any) -> None:
    give_by_hand(account)
    given = beside(sandbox.state())
    options = {
        "departments": [
            {**DEPARTMENTS[0], "beside": ["member Mallory", "policy NotThere"]},
            {**DEPARTMENTS[1], "beside": ["policy AdministratorAccess"]},
        ],
        "employees": [
            {**PEOPLE[0], "beside": [f"boundary {READ}"]},
            {**PEOPLE[1], "beside": [f"policy {ADMIN}", "inline OWN", "group shadow-admins"]},
            PEOPLE[2],
        ],
    }
    for mode in ("report", "remove", "fail"):
        done = run("iam_workforce", {**options, "beside": mode})
        assert "failed" not in done, done["msg"]
        assert (done["changed"], done["beside"]) == (False, [])
    assert beside(sandbox.state()) == given


def test_what_is_wrong_with_giving_does_not_stop_it(run: Run, sandbox: Sandbox, account: Any) -> None:
    in_step = beside(sandbox.state())
    give_by_hand(account)
    wrong = {"name": "dan", "departments": ["nowhere"], "managed_policies": "x"}
    done = run("iam_workforce", chart(wrong, beside="remove"))
    assert "is in the unknown department nowhere" in done["msg"]
    # To take a boundary away gives.
    assert beside(sandbox.state()) == {**in_step, "asha's boundary": READ}


def test_an_entry_with_faults_loses_nothing(run: Run, sandbox: Sandbox, account: Any) -> None:
    give_by_hand(account)
    given = beside(sandbox.state())
    departments = [DEPARTMENTS[0], {**DEPARTMENTS[1], "beside": ["polcy AdministratorAccess"]}]
    people = [{**PEOPLE[0], "boundary": 7}, {**PEOPLE[1], "managed_policies": ["no such policy"]}, PEOPLE[2]]
    done = run("iam_workforce", chart(departments=departments, employees=people, beside="remove"))
    assert (
        "has 'polcy AdministratorAccess' in beside; it must begin with one of policy, inline, member; did you"
        in done["msg"]
    )
    assert beside(sandbox.state()) == {**given, "mallory": []}


def test_brakes_count_who_loses_it(run: Run, sandbox: Sandbox, account: Any) -> None:
    account.put_group_policy(GroupName="engineering", PolicyName="more", PolicyDocument=json.dumps(document("s3:*")))
    before = sandbox.state()
    stopped = run("iam_workforce", chart(beside="remove", max_losses=1))
    assert "2 people would lose access: ben, cleo" in stopped["msg"]
    assert sandbox.state() == before
    done = run("iam_workforce", chart(beside="remove", max_losses=1, confirm_losses=2))
    assert "failed" not in done
    assert sandbox.state()["groups"]["engineering"]["inline_policies"] == {}


def test_who_is_protected_keeps_it_and_is_told(run: Run, sandbox: Sandbox, account: Any) -> None:
    give_by_hand(account)
    account.attach_user_policy(UserName="cleo", PolicyArn=ADMIN)
    given = beside(sandbox.state())
    done = run("iam_workforce", chart(beside="remove", protected=["ben", "mallory", "cleo"]))
    assert "failed" not in done
    after = beside(sandbox.state())
    assert {name: after[name] for name in ("mallory", "ben", "ben's groups")} == {
        name: given[name] for name in ("mallory", "ben", "ben's groups")
    }
    assert "  engineering: mallory sits in it, who is neither listed nor managed (is protected (mallory))" in lines(
        done
    )
    assert "  cleo: has AdministratorAccess of their own (is protected (cleo))" in lines(done)
    assert {one["action"] for one in done["beside"]} == {"remove", "keep"}


def test_what_denies_goes_only_in_a_run_that_gives(run: Run, sandbox: Sandbox, account: Any) -> None:
    account.attach_user_policy(UserName="ben", PolicyArn=DENY)
    account.attach_user_policy(UserName="ben", PolicyArn=ADMIN)
    wrong = {"name": "dan", "departments": ["nowhere"]}
    assert "failed" in run("iam_workforce", chart(wrong, beside="remove"))
    assert sandbox.state()["users"]["ben"]["attached_policies"] == [DENY]
    assert "failed" not in run("iam_workforce", chart(beside="remove"))
    assert sandbox.state()["users"]["ben"]["attached_policies"] == []


def test_who_lost_the_mark_is_told_and_cut_off(run: Run, sandbox: Sandbox, account: Any) -> None:
    eva = {"name": "eva", "employee_id": "1057", "departments": ["sales"]}
    run("iam_workforce", chart(eva))
    account.create_login_profile(UserName="eva", Password="Secret-1-secret")
    account.untag_user(UserName="eva", TagKeys=["workforce:managed"])
    for mode in ("report", "fail"):
        told = run("iam_workforce", chart(beside=mode))
        assert "user eva: bears the tags workforce:employee-id=1057 and sits in sales" in told["msg"]
        assert len(told["faults"]) == 1
        assert [(one["kind"], one["subject"]) for one in told["beside"]] == [("marks", "eva"), ("members", "sales")]
    taken = run("iam_workforce", chart(beside="remove"))
    assert "user eva: bears the tags workforce:employee-id=1057, but does not carry" in taken["msg"]
    assert sandbox.state()["users"]["eva"]["groups"] == []
    cut = run("iam_workforce", chart(unlisted="suspend"))
    assert "the user is suspended" in cut["msg"]
    user = sandbox.state()["users"]["eva"]
    assert ("workforce-suspended" in user["inline_policies"], user["login_profile"]) == (True, None)
    quiet = run("iam_workforce", chart(unlisted="suspend"))
    assert ("msg" in quiet, quiet["changed"], quiet["beside"]) == (False, False, [])


def test_a_limited_run_tells_nothing_of_others(run: Run, sandbox: Sandbox, account: Any) -> None:
    give_by_hand(account)
    given = beside(sandbox.state())
    for name, found in (("cleo", []), ("ben", ["user_policies", "user_policies", "user_groups"])):
        told = run("iam_workforce", chart(only=[name]))
        assert ("msg" in told, kinds(told)) == (False, found)
        assert {one["subject"] for one in told["beside"]} <= {name}
    assert beside(sandbox.state()) == given


def test_release_leaves_nobody_to_be_told_of(run: Run, account: Any) -> None:
    give_by_hand(account)
    released = run("iam_workforce", {"departments": None, "employees": None, "release": True})
    assert (released["beside"], lines(released)) == ([], [])


def test_faults_of_the_setting(run: Run, account: Any) -> None:
    for written, text in (
        ("removed", "beside: says removed; one of report, remove, fail belongs there"),
        ({"member": "remove"}, "beside: has the kind member; the kinds are members, department_policies, user_p"),
        (["remove"], "beside: is a list; write report, remove or fail, or a dictionary of them by kind"),
    ):
        assert text in run("iam_workforce", chart(beside=written))["msg"]


def test_many_findings_are_folded(run: Run, sandbox: Sandbox) -> None:
    names = [f"person{number:03}" for number in range(300)]
    strangers = [{"name": f"stranger{number:03}", "groups": ["sales"]} for number in range(250)]
    people = [{"name": name, "tags": MANAGED, "managed_policies": [ADMIN]} for name in names]
    sandbox.seed(groups=[{"name": "sales", "path": "/workforce/"}], users=[*people, *strangers])
    employees = [{"name": name, "departments": []} for name in names]
    told = run("iam_workforce", {"departments": [{"name": "sales"}], "employees": employees})
    assert told["beside_count"] == 550
    assert len(told["beside"]) == 100
    assert "  and 280 more: onboard_result.beside has them" in told["summary"]
    assert "and 230 more: each bears tags of ours or sits in a department of ours" in told["msg"]
    assert len("\n".join([*told["summary"], told["msg"]])) < 10_000
