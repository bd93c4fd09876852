# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""iam_workforce where people move, leave, come back and are protected, against the sandbox's whole state."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.support.credentials import give_credentials
from tests.support.modules import Quartets, Run, document, task

MANAGED = {"workforce:managed": "onboard"}
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
DEPARTMENTS = [{"name": "sales"}, {"name": "it"}]
GROUPS = [{"name": "sales", "path": "/workforce/"}, {"name": "it", "path": "/workforce/"}, {"name": "theirs"}]
SUSPENDED = {
    "Version": "2012-10-17",
    "Statement": [{"Sid": "WorkforceSuspendedByList", "Effect": "Deny", "Action": "*", "Resource": "*"}],
}
DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll"
KEYS = ("leavers", "movers", "joiners", "returned", "held", "unlisted", "counts", "departments")


def person(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "departments": ["sales"], **more}


def chart(*employees: Any, **options: Any) -> dict[str, Any]:
    return {"departments": DEPARTMENTS, "employees": list(employees), **options}


@pytest.fixture
def asha(sandbox: Sandbox, iam: Any) -> dict[str, Any]:
    """A managed user with everything that a user can have."""
    sandbox.seed(groups=GROUPS)
    sandbox.seed(
        users=[
            {
                "name": "asha",
                "path": "/staff/",
                "tags": {**MANAGED, "Site": "Pune"},
                "permissions_boundary": READ_ONLY,
                "groups": ["sales", "theirs"],
                "managed_policies": [READ_ONLY],
                "inline_policies": {"own": document("s3:*")},
                "password": "Secret-1-secret",
            }
        ]
    )
    give_credentials(iam, "asha")
    state: dict[str, Any] = sandbox.state()["users"]["asha"]
    return state


def test_suspended_and_back_is_the_same_account(
    quick_quartets: Quartets, sandbox: Sandbox, asha: dict[str, Any], iam: Any
) -> None:
    down, back = quick_quartets(
        [
            task("iam_workforce", **chart(person("asha", state="suspended"))),
            task("iam_workforce", **chart(person("asha"))),
        ]
    )
    cut = down.state["users"]["asha"]
    assert cut["inline_policies"]["workforce-suspended"] == SUSPENDED
    assert cut["login_profile"] is None
    assert set(cut["access_keys"].values()) == {"Inactive"}
    assert cut["tags"]["workforce:suspended"].endswith("Z list")
    assert {key: cut[key] for key in ("groups", "mfa_devices", "ssh_public_keys", "signing_certificates")} == {
        key: asha[key] for key in ("groups", "mfa_devices", "ssh_public_keys", "signing_certificates")
    }
    assert down.run["leavers"] == [{"name": "asha", "how": "suspended", "why": "state suspended"}]
    assert down.run["diff"]["prepared"] == (
        "employees\n"
        "  ~ asha: is denied everything, suspended by the list; loses the console password, the use of access key "
        f"{next(iter(asha['access_keys']))}; leaver: suspended (state suspended)\n"
    )
    again = back.state["users"]["asha"]
    without = ("login_profile", "access_keys")
    assert {key: value for key, value in again.items() if key not in without} == {
        key: value for key, value in asha.items() if key not in without
    }
    assert back.run["returned"] == [{"name": "asha", "inactive_access_keys": list(asha["access_keys"])}]
    for four in (down, back):
        assert [*four.run["summary"][3:], f"plan {four.run['plan_id']}"] == four.check["summary"][3:]
        assert [four.check[key] for key in KEYS] == [four.run[key] for key in KEYS]
    # Whether somebody who is suspended can sign in again is two calls more.
    assert (down.run_again["api_calls"]["total"], back.run_again["api_calls"]["total"]) == (6, 4)


def test_back_with_the_keys(run: Run, sandbox: Sandbox, asha: dict[str, Any]) -> None:
    assert "failed" not in run("iam_workforce", chart(person("asha", state="suspended")))
    back = run("iam_workforce", chart(person("asha"), readmit_keys=True))
    assert back["returned"] == [{"name": "asha", "inactive_access_keys": []}]
    assert sandbox.state()["users"]["asha"]["access_keys"] == asha["access_keys"]


def test_removed_leaves_no_trace(run: Run, sandbox: Sandbox, iam: Any) -> None:
    sandbox.seed(groups=GROUPS)
    before = sandbox.state()
    sandbox.seed(users=[{"name": "asha", "tags": MANAGED, "groups": ["sales"], "password": "Secret-1-secret"}])
    give_credentials(iam, "asha")
    done = run("iam_workforce", chart(person("asha", state="absent")))
    assert done["leavers"] == [{"name": "asha", "how": "removed", "why": "state absent"}]
    assert sandbox.state() == before
    again = run("iam_workforce", chart(person("asha", state="absent")))
    assert again["changed"] is False


def test_what_a_person_did_is_held_until_a_person_says_so(run: Run, sandbox: Sandbox, asha: dict[str, Any]) -> None:
    assert "failed" not in run("iam_workforce", chart(person("asha", state="suspended")))
    since = "2026-11-20T18:00:00Z"
    client = sandbox.boto("iam")
    client.tag_user(UserName="asha", Tags=[{"Key": "workforce:suspended", "Value": f"{since} person"}])
    before = sandbox.state()
    for employees in ([person("asha")], [person("asha", state="present")], []):
        held = run("iam_workforce", chart(*employees))
        assert (held["changed"], held["api_calls"]["write"]) == (False, 0)
        assert held["held"] == ([{"name": "asha", "since": since}] if employees else [])
    assert sandbox.state() == before
    back = run("iam_workforce", chart(person("asha"), readmit=["asha"]))
    assert [one["name"] for one in back["returned"]] == ["asha"]
    assert "workforce-suspended" not in sandbox.state()["users"]["asha"]["inline_policies"]


def test_a_joiners_typo_keeps_no_leaver_in(run: Run, sandbox: Sandbox) -> None:
    sandbox.seed(groups=GROUPS, users=[{"name": "eve", "tags": MANAGED}, {"name": "kim", "tags": MANAGED}])
    employees = [
        {"name": "new.one", "departments": ["slaes"]},
        person("eve", state="absent"),
        {"name": "kim", "departments": ["it"]},
    ]
    for check in (True, False):
        failed = run("iam_workforce", chart(*employees), check=check)
        assert failed["failed"] is True
        assert "employee new.one: is in the unknown department slaes" in failed["msg"]
        assert [one["name"] for one in failed["leavers"]] == ["eve"]
        assert (failed["joiners"], failed["movers"]) == ([], [])
    state = sandbox.state()
    assert sorted(state["users"]) == ["kim"]
    assert state["users"]["kim"]["groups"] == []


@pytest.mark.parametrize("employees", [None, "people.csv", ["asha"], [{"departments": []}, 5]])
def test_a_list_that_cannot_be_trusted_writes_nothing(run: Run, sandbox: Sandbox, employees: Any) -> None:
    sandbox.seed(groups=GROUPS, users=[{"name": "eve", "tags": MANAGED}])
    before = sandbox.state()
    options = {"departments": DEPARTMENTS, "employees": employees, "unlisted": "remove"}
    assert run("iam_workforce", options)["failed"] is True
    assert sandbox.state() == before


def test_the_brakes_leave_the_account_as_it_was(run: Run, sandbox: Sandbox) -> None:
    names = [f"p{number}" for number in range(6)]
    sandbox.seed(groups=GROUPS)
    sandbox.seed(users=[{"name": name, "tags": MANAGED, "groups": ["sales"]} for name in names])
    before = sandbox.state()
    shrunk = chart(person("p0"), unlisted="suspend")
    for more in ({}, {"confirm_losses": 4}, {"confirm_losses": {"other": 5}}):
        for check in (True, False):
            stopped = run("iam_workforce", {**shrunk, **more}, check=check)
            assert "5 people would lose access: p1, p2, p3, p4, p5" in stopped["msg"]
            assert "-e onboard_confirm_losses=5" in stopped["msg"]
    new = [person(f"new{number}") for number in range(4)]
    gains = run("iam_workforce", chart(*map(person, names), *new, max_gains=3))
    assert "4 people would be new" in gains["msg"]
    assert sandbox.state() == before
    done = run("iam_workforce", {**shrunk, "confirm_losses": "5"})
    assert len(done["leavers"]) == 5
    assert run("iam_workforce", {**shrunk, "confirm_losses": "5"})["changed"] is False


def test_a_rename_keeps_the_user(run: Run, sandbox: Sandbox, asha: dict[str, Any]) -> None:
    assert "failed" not in run("iam_workforce", chart(person("asha", employee_id="1042")))
    renamed = chart(person("asha.sen", employee_id="1042"), unlisted="remove", confirm_renames=1)
    done = run("iam_workforce", renamed, diff=True)
    assert done["diff"]["prepared"] == "employees\n  ~ asha.sen: is renamed from asha\n"
    there = sandbox.state()["users"]["asha.sen"]
    assert (there["id"], there["groups"]) == (asha["id"], asha["groups"])
    assert run("iam_workforce", chart(person("asha.sen", employee_id="1042"), only=["asha.sen"]))["changed"] is False
    back = run("iam_workforce", chart(person("asha", employee_id="1042"), only=["asha"], confirm_renames="1"))
    assert back["changed"] is True
    assert sandbox.state()["users"]["asha"]["id"] == asha["id"]


def test_the_deny_that_does_not_fit(run: Run, sandbox: Sandbox, asha: dict[str, Any]) -> None:
    sandbox.fail("PutUserPolicy", "LimitExceeded", status=409)
    done = run("iam_workforce", chart(person("asha", state="suspended")))
    assert "failed" not in done
    assert "arn:aws:iam::aws:policy/AWSDenyAll" in sandbox.state()["users"]["asha"]["attached_policies"]
    assert run("iam_workforce", chart(person("asha", state="suspended")))["changed"] is False
    exact = {"managed_policies": [READ_ONLY], "inline_policies": {"own": document("s3:*")}}
    # No Sid says that the list wrote this form.
    held = run("iam_workforce", chart(person("asha", **exact)))
    assert ([one["name"] for one in held["held"]], held["changed"]) == (["asha"], False)
    back = run("iam_workforce", chart(person("asha", **exact), readmit=["asha"]))
    assert back["changed"] is True
    without = ("login_profile", "access_keys")
    again = sandbox.state()["users"]["asha"]
    assert {key: again[key] for key in again if key not in without} == {
        key: asha[key] for key in asha if key not in without
    }


def test_where_there_is_room_for_nothing_the_boundary_denies(run: Run, sandbox: Sandbox, asha: dict[str, Any]) -> None:
    sandbox.quotas(UserPolicySizeQuota=70, AttachedPoliciesPerUserQuota=1)
    suspended = chart(person("asha", state="suspended"))
    check = run("iam_workforce", suspended, check=True)
    assert (check["changed"], sandbox.state()["users"]["asha"]) == (True, asha)
    done = run("iam_workforce", suspended)
    assert "failed" not in done, done
    cut = sandbox.state()["users"]["asha"]
    assert (cut["permissions_boundary"], cut["login_profile"]) == (DENY_ALL, None)
    assert (cut["attached_policies"], list(cut["inline_policies"])) == ([READ_ONLY], ["own"])
    assert f"by the boundary AWSDenyAll, which replaces the boundary {READ_ONLY}" in "\n".join(done["summary"])
    assert run("iam_workforce", suspended)["changed"] is False
    # No list and no task that lists a boundary takes it away, and no list lets the user in again.
    listed = chart(person("asha", boundary=READ_ONLY))
    assert run("iam_workforce", listed)["changed"] is False
    assert run("iam_user", {"name": "asha", "boundary": READ_ONLY})["changed"] is False
    back = run("iam_workforce", {**listed, "readmit": ["asha"]})
    assert "failed" not in back, back
    again = sandbox.state()["users"]["asha"]
    assert (again["permissions_boundary"], again["tags"]) == (READ_ONLY, asha["tags"])
    assert run("iam_workforce", listed)["changed"] is False


def test_a_boundary_that_no_list_knows_is_told_to_be_put_back(run: Run, sandbox: Sandbox, asha: dict[str, Any]) -> None:
    sandbox.quotas(UserPolicySizeQuota=70, AttachedPoliciesPerUserQuota=1)
    assert "failed" not in run("iam_workforce", chart(person("asha", state="suspended")))
    back = run("iam_workforce", chart(person("asha"), readmit=["asha"]))
    assert "a boundary that it had before is to be put back by hand" in "\n".join(back["summary"])
    assert sandbox.state()["users"]["asha"]["permissions_boundary"] is None


def test_where_no_deny_is_taken_the_rest_is_cut_and_it_is_said(
    run: Run, sandbox: Sandbox, asha: dict[str, Any]
) -> None:
    for operation in ("PutUserPolicy", "AttachUserPolicy", "PutUserPermissionsBoundary"):
        sandbox.fail(operation, "LimitExceeded", status=409, count=1)
    failed = run("iam_workforce", chart(person("asha", state="suspended")))
    assert [(one["operation"], one["code"]) for one in failed["failures"]] == [
        ("PutUserPermissionsBoundary", "LimitExceeded")
    ]
    cut = sandbox.state()["users"]["asha"]
    assert (cut["login_profile"], set(cut["access_keys"].values())) == (None, {"Inactive"})
    assert failed["summary"][0].startswith("NOT CUT OFF asha: ")
    assert "Still working: sessions that are open" in failed["summary"][0]
    assert failed["leavers"] == [{"name": "asha", "how": "not cut off", "why": "state suspended"}]
    assert not any("is suspended" in line or "denied" in line for line in failed["summary"][1:])
    finished = run("iam_workforce", chart(person("asha", state="suspended")))
    assert "failed" not in finished
    assert "workforce-suspended" in sandbox.state()["users"]["asha"]["inline_policies"]
    assert finished["leavers"][0]["how"] == "suspended"


def test_a_tag_that_was_rewritten_lets_nobody_in(run: Run, sandbox: Sandbox, asha: dict[str, Any]) -> None:
    """Whoever may tag makes a person's suspension the list's; the deny says who wrote it."""
    assert "failed" not in run("iam_user", {"name": "asha", "state": "suspended"})
    client = sandbox.boto("iam")
    client.tag_user(UserName="asha", Tags=[{"Key": "workforce:suspended", "Value": "2026-11-20T18:00:00Z list"}])
    before = sandbox.state()
    for check in (True, False):
        held = run("iam_workforce", chart(person("asha")), check=check)
        assert ([one["name"] for one in held["held"]], held["returned"], held["changed"]) == (["asha"], [], False)
    assert sandbox.state() == before
    # With one option fewer the tag names nobody, and the deny still says that it was a person.
    client.untag_user(UserName="asha", TagKeys=["workforce:suspended"])
    assert run("iam_workforce", chart(person("asha")))["returned"] == []


def test_a_persons_word_replaces_the_lists_in_tag_and_deny(run: Run, sandbox: Sandbox, asha: dict[str, Any]) -> None:
    assert "failed" not in run("iam_workforce", chart(person("asha", state="suspended")))
    done = run("iam_user", {"name": "asha", "state": "suspended"})
    assert done["changed"] is True
    cut = sandbox.state()["users"]["asha"]
    (statement,) = cut["inline_policies"]["workforce-suspended"]["Statement"]
    assert (statement["Sid"], cut["tags"]["workforce:suspended"][-6:]) == ("WorkforceSuspendedByPerson", "person")
    assert run("iam_user", {"name": "asha", "state": "suspended"})["changed"] is False
    assert run("iam_workforce", chart(person("asha")))["returned"] == []


def test_departments_that_are_dropped(run: Run, sandbox: Sandbox) -> None:
    sandbox.seed(groups=GROUPS)
    users = [
        {"name": "asha", "tags": MANAGED, "groups": ["sales", "it"]},
        {"name": "robot", "groups": ["it"]},
    ]
    sandbox.seed(users=users)
    employees = [{"name": "asha", "departments": []}]
    named = run("iam_workforce", {"departments": [], "employees": employees})
    assert [one["name"] for one in named["unlisted_departments"]] == ["it", "sales"]
    assert sorted(sandbox.state()["groups"]) == ["it", "sales", "theirs"]
    removed = run("iam_workforce", {"departments": [], "employees": employees, "unlisted_departments": "remove"})
    assert removed["deleted_departments"] == ["sales"]
    assert "robot" in removed["unlisted_departments"][0]["why"]
    assert sorted(sandbox.state()["groups"]) == ["it", "theirs"]


def test_adoption_marks_and_reports_and_release_takes_the_marks_off(run: Run, sandbox: Sandbox) -> None:
    sandbox.seed(groups=[{"name": "sales", "path": "/old/"}])
    sandbox.seed(users=[{"name": "asha", "groups": ["sales"], "inline_policies": {"own": document("s3:*")}}])
    before = sandbox.state()
    listed = chart({"name": "asha", "departments": ["it"], "inline_policies": {}})
    refused = run("iam_workforce", listed)
    assert "-e onboard_adopt=true -e onboard_only=asha" in refused["msg"]
    assert sandbox.state() == before
    adopted = run("iam_workforce", {**listed, "adopt": True})
    assert adopted["adopted"] == ["asha"]
    told = "\n".join(adopted["summary"])
    assert "onboard_adopted_departments: [sales]" in told
    assert "asha: loses inline policy own; joins it" in told
    state = sandbox.state()
    assert state["users"]["asha"] == {**before["users"]["asha"], "tags": MANAGED}
    assert state["groups"]["sales"] == before["groups"]["sales"]
    released = run("iam_workforce", {"departments": None, "employees": None, "release": True})
    assert released["released"] == ["asha"]
    assert sandbox.state()["users"] == before["users"]


@pytest.mark.parametrize(
    "operation",
    [
        "DeleteLoginProfile", "DeleteAccessKey", "DeleteSigningCertificate", "DeleteSSHPublicKey",
        "DeleteServiceSpecificCredential", "DeactivateMFADevice", "DeleteVirtualMFADevice", "DeleteUserPolicy",
        "DetachUserPolicy", "RemoveUserFromGroup", "DeleteUser",
    ],
)  # fmt: skip
def test_a_teardown_that_is_refused_anywhere_is_finished_by_the_next_run(
    run: Run, sandbox: Sandbox, asha: dict[str, Any], operation: str
) -> None:
    sandbox.seed(users=[{"name": "eve", "tags": MANAGED, "groups": ["sales"]}])
    gone = chart(person("asha", state="absent"), person("eve", state="absent"))
    sandbox.fail(operation, "AccessDenied", status=403, match={"UserName": "asha"}, count=1)
    if operation == "DeleteVirtualMFADevice":
        sandbox.fail(operation, "AccessDenied", status=403, count=1)
    failed = run("iam_workforce", gone)
    # A device that is still in use cannot be deleted either.
    more = ["DeleteVirtualMFADevice"] if operation == "DeactivateMFADevice" else []
    assert [one["operation"] for one in failed["failures"]] == [operation, *more]
    assert "eve" not in sandbox.state()["users"]
    assert "failed" not in run("iam_workforce", gone)
    state = sandbox.state()
    assert (state["users"], state["virtual_mfa_devices"]) == ({}, {})


def test_the_page_of_check_mode_is_what_the_run_does(quick_quartets: Quartets, sandbox: Sandbox) -> None:
    sandbox.seed(groups=GROUPS)
    stay, movers = [f"stay{number:02}" for number in range(91)], [f"mover{number}" for number in range(5)]
    leavers = [f"leaver{number}" for number in range(4)]
    sandbox.seed(users=[{"name": name, "tags": MANAGED, "groups": ["sales"]} for name in (*stay, *movers, *leavers)])
    employees = [
        *map(person, stay),
        *({"name": name, "departments": ["it"]} for name in movers),
        person(leavers[0], state="absent"),
        person(leavers[1], ends_on="2020-12-31"),
        person(leavers[2], state="suspended"),
        *(person(f"joiner{number:02}") for number in range(12)),
        person("later", starts_on="2999-01-01"),
    ]
    (four,) = quick_quartets([task("iam_workforce", **chart(*employees, unlisted="suspend"))])
    assert [len(four.run[key]) for key in ("joiners", "movers", "leavers")] == [12, 5, 4]
    assert [four.check[key] for key in KEYS] == [four.run[key] for key in KEYS]
    assert [*four.run["summary"][3:], f"plan {four.run['plan_id']}"] == four.check["summary"][3:]
    assert len(four.run["diff"]["prepared"].splitlines()) == 1 + 12 + 5 + 4
    assert {one["name"]: one["how"] for one in four.run["leavers"]} == {
        **dict.fromkeys(leavers, "suspended"),
        leavers[0]: "removed",
    }
    assert four.run["waiting"] == [{"name": "later", "starts_on": "2999-01-01"}]


def test_who_has_been_suspended_long_enough_is_removed(run: Run, sandbox: Sandbox) -> None:
    sandbox.seed(groups=GROUPS, users=[{"name": "eve", "tags": MANAGED}, {"name": "kim", "tags": MANAGED}])
    listed = chart(person("eve", ends_on="2020-01-01"), {"name": "kim"}, remove_after_days=30)
    assert [one["how"] for one in run("iam_workforce", listed)["leavers"]] == ["suspended"]
    assert run("iam_workforce", listed)["changed"] is False
    client = sandbox.boto("iam")
    client.tag_user(UserName="eve", Tags=[{"Key": "workforce:suspended", "Value": "2020-01-02T00:00:00Z list"}])
    assert [one["how"] for one in run("iam_workforce", listed)["leavers"]] == ["removed"]
    assert run("iam_workforce", listed)["changed"] is False
    assert sorted(sandbox.state()["users"]) == ["kim"]


def test_nobody_is_cut_who_is_protected_or_runs_this(run: Run, sandbox: Sandbox) -> None:
    users = [
        {"name": "automation", "tags": MANAGED},
        {"name": "break.glass", "tags": MANAGED},
        {"name": "robot", "path": "/machines/", "tags": MANAGED},
        {"name": "eve", "tags": MANAGED},
    ]
    sandbox.seed(groups=GROUPS, users=users)
    protected = ["BREAK.glass", "/machines/"]
    done = run("iam_workforce", chart(unlisted="remove", protected=protected))
    assert [one["name"] for one in done["leavers"]] == ["eve"]
    assert done["unlisted"] == ["automation", "break.glass", "robot"]
    assert sorted(sandbox.state()["users"]) == ["automation", "break.glass", "robot"]
    refused = run("iam_workforce", chart(person("automation", state="absent"), protected=protected))
    assert "automation: is not to have access any more (state absent), but is who runs this" in refused["msg"]
    assert sorted(sandbox.state()["users"]) == ["automation", "break.glass", "robot"]


def test_leavers_who_were_at_work_are_named(run: Run, sandbox: Sandbox, iam: Any) -> None:
    sandbox.seed(groups=GROUPS, users=[{"name": "eve", "tags": MANAGED}])
    key = iam.create_access_key(UserName="eve")["AccessKey"]
    env = {"AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"]}
    run("iam_directory_info", {}, env=env)
    done = run("iam_workforce", chart(person("eve", state="suspended")))
    assert any("eve leaves and was last active today" in line for line in done["summary"]), done["summary"]


@pytest.mark.parametrize("operation", ["PutUserPolicy", "DeleteLoginProfile", "UpdateAccessKey", "TagUser"])
@pytest.mark.parametrize("mode", ["lose_connection_before", "lose_connection_after"])
def test_a_connection_that_is_lost_while_suspending_leaves_nothing_undone(
    run: Run, sandbox: Sandbox, asha: dict[str, Any], operation: str, mode: str
) -> None:
    sandbox.fail(operation, mode=mode, count=1)
    assert "failed" not in run("iam_workforce", chart(person("asha", state="suspended")))
    cut = sandbox.state()["users"]["asha"]
    assert (cut["login_profile"], set(cut["access_keys"].values())) == (None, {"Inactive"})
    assert cut["attached_policies"] == asha["attached_policies"]
    assert run("iam_workforce", chart(person("asha", state="suspended")))["changed"] is False


@pytest.mark.parametrize("operation", ["PutUserPolicy", "DeleteLoginProfile", "UpdateAccessKey", "TagUser"])
def test_a_suspension_that_is_refused_anywhere_is_finished_by_the_next_run(
    run: Run, sandbox: Sandbox, asha: dict[str, Any], operation: str
) -> None:
    sandbox.fail(operation, "AccessDenied", status=403, count=1)
    first = run("iam_workforce", chart(person("asha", state="suspended")))
    # The deny has something that stands in for it.
    assert ("failed" in first) is (operation != "PutUserPolicy")
    run("iam_workforce", chart(person("asha", state="suspended")))
    cut = sandbox.state()["users"]["asha"]
    assert (cut["login_profile"], set(cut["access_keys"].values())) == (None, {"Inactive"})
    assert cut["tags"]["workforce:suspended"].endswith("list")
    assert run("iam_workforce", chart(person("asha", state="suspended")))["changed"] is False
