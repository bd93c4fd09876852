# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""iam_user by real playbooks: each behaviour in the quartet, the account read back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.sandbox.behaviour.state import password_hash
from tests.sandbox.client import Sandbox
from tests.support.credentials import give_credentials
from tests.support.modules import Quartets, Run, document, task
from tests.support.playbooks import PlaybookResult

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
BILLING = "arn:aws:iam::aws:policy/job-function/Billing"
POWER = "arn:aws:iam::aws:policy/PowerUserAccess"
FIRST = "First-Password-2026"
SECOND = "Second-Password-2026"


def test_life_of_a_user(quartets: Quartets, quick_quartets: Quartets, iam: Any) -> None:
    purge = {"purge_policies": True, "purge_inline_policies": True}
    (created,) = quick_quartets(
        [task("iam_user", name="asha.rao", tags={"Team": "data", "Site": "Pune"}, boundary="PowerUserAccess")]
    )
    # By a real playbook, because it has options of every form.
    (added,) = quartets(
        [
            task(
                "iam_user",
                name="asha.rao",
                tags={"Floor": 3},
                purge_tags=False,
                managed_policies=["ReadOnlyAccess", "job-function/Billing"],
                inline_policies={"a": document("s3:Get*"), "b": document("s3:Put*")},
            ),
        ]
    )
    replaced, emptied = quick_quartets(
        [
            task(
                "iam_user",
                name="ASHA.RAO",
                path="/people/",
                tags={"team": "ops"},
                boundary=READ_ONLY,
                managed_policies=[READ_ONLY],
                inline_policies={"a": document("s3:*")},
                **purge,
            ),
            task("iam_user", name="asha.rao", tags={}, boundary="", managed_policies=[], inline_policies={}, **purge),
        ]
    )
    user = created.state["users"]["asha.rao"]
    assert (user["path"], user["tags"]) == ("/", {"Team": "data", "Site": "Pune"})
    assert user["permissions_boundary"] == POWER
    user = added.state["users"]["asha.rao"]
    assert user["tags"] == {"Team": "data", "Site": "Pune", "Floor": "3"}
    assert user["attached_policies"] == sorted([READ_ONLY, BILLING])
    assert user["inline_policies"] == {"a": document("s3:Get*"), "b": document("s3:Put*")}
    user = replaced.state["users"]["asha.rao"]
    assert (user["path"], user["tags"], user["permissions_boundary"]) == ("/people/", {"team": "ops"}, READ_ONLY)
    assert user["attached_policies"] == [READ_ONLY]
    assert user["inline_policies"] == {"a": document("s3:*")}
    assert user["arn"] == replaced.run["user"]["arn"] == iam.get_user(UserName="asha.rao")["User"]["Arn"]
    user = emptied.state["users"]["asha.rao"]
    assert (user["tags"], user["permissions_boundary"]) == ({}, None)
    assert (user["attached_policies"], user["inline_policies"]) == ([], {})
    four = [created, added, replaced, emptied]
    # Exactly the differences: one write each, tags in one for those set and one for those taken away.
    assert [each.run["api_calls"]["write"] for each in four] == [1, 1 + 2 + 2, 1 + 2 + 1 + 1 + 2, 1 + 1 + 1 + 1]
    assert [each.run_again["api_calls"]["write"] for each in four] == [0] * 4
    assert [each.check["api_calls"]["write"] for each in four] == [0] * 4


def test_results_are_those_of_the_account(quick_quartets: Quartets, iam: Any) -> None:
    options = {"name": "li.wei", "path": "/people/", "managed_policies": [BILLING], "boundary": POWER}
    (four,) = quick_quartets(
        [task("iam_user", **options, tags={"Team": "data"}, inline_policies={"a": document("s3:*")})]
    )
    user = iam.get_user(UserName="li.wei")["User"]
    assert four.run["iam_user"] == {"user": four.run["user"]}
    assert (
        four.run["user"]
        == four.run_again["user"]
        == {
            "arn": user["Arn"],
            "create_date": user["CreateDate"].isoformat(),
            "user_id": user["UserId"],
            "user_name": "li.wei",
            "path": "/people/",
            "tags": {"Team": "data"},
            "permissions_boundary": {"permissions_boundary_arn": POWER, "permissions_boundary_type": "Policy"},
            "attached_policies": [{"policy_arn": BILLING, "policy_name": "Billing"}],
            "inline_policies": {"a": document("s3:*")},
        }
    )
    known = {key: value for key, value in four.run["user"].items() if key not in ("arn", "create_date", "user_id")}
    assert four.check["user"] == known
    assert four.run["diff"]["before"] == {}


def test_passwords(quick_quartets: Quartets, sandbox: Sandbox) -> None:
    # The user is not new, but has no password yet.
    sandbox.seed(users=[{"name": "asha.rao"}])
    given, taken = quick_quartets(
        [
            task("iam_user", name="asha.rao", password=FIRST, password_reset_required=True),
            task("iam_user", name="asha.rao", remove_password=True),
        ]
    )
    profile = given.state["users"]["asha.rao"]["login_profile"]
    assert profile["password_sha256"] == password_hash(FIRST)
    assert profile["password_reset_required"] is True
    assert [each["user"]["password_reset_required"] for each in (given.run, given.run_again)] == [True, True]
    assert taken.state["users"]["asha.rao"]["login_profile"] is None
    assert "password_reset_required" not in taken.run["user"]


def test_password_of_one_who_has_one(playbook: Callable[..., PlaybookResult], sandbox: Sandbox) -> None:
    sandbox.seed(users=[{"name": "asha.rao", "password": FIRST}])
    always = {"name": "asha.rao", "password": SECOND, "update_password": "always", "password_reset_required": True}
    run = playbook(
        [
            {**task("iam_user", name="asha.rao", password=SECOND), "name": "kept"},
            {**task("iam_user", **always), "name": "checked", "check_mode": True},
            {**task("iam_user", **always), "name": "replaced"},
        ],
        diff=True,
        verbosity=3,
    ).succeeded()
    assert run.result("kept")["changed"] is False
    assert run.result("checked")["changed"] is True
    assert run.result("replaced")["user"]["password_reset_required"] is True
    profile = sandbox.state()["users"]["asha.rao"]["login_profile"]
    assert profile["password_sha256"] == password_hash(SECOND)
    assert profile["password_reset_required"] is True
    assert SECOND not in run.text()


def test_deletion_of_all_that_stands_in_its_way(quick_quartets: Quartets, sandbox: Sandbox, iam: Any) -> None:
    _leaver_with_everything(sandbox, iam)
    (gone,) = quick_quartets([task("iam_user", name="Leaver", state="absent")])
    assert list(gone.state["users"]) == ["stays"]
    # A virtual device that was left behind would block the name.
    assert gone.state["virtual_mfa_devices"] == {}
    assert gone.run["diff"]["after"] == {}
    assert gone.run["diff"]["before"]["credentials"]["service_specific_credentials"] == 1
    assert gone.run_again["api_calls"]["by_operation"] == {"GetUser": 1}
    assert "user" not in gone.run
    order = [call["operation"] for call in sandbox.calls(log=1000)["log"]]
    writes = [operation for operation in order if operation.startswith(("De", "Remove"))][-14:]
    assert writes[-1] == "DeleteUser"
    assert writes[:3] == ["DeleteLoginProfile", "DeleteAccessKey", "DeleteAccessKey"]


def _leaver_with_everything(sandbox: Sandbox, iam: Any) -> None:
    leaver = {
        "name": "leaver",
        "groups": ["staff"],
        "managed_policies": [READ_ONLY],
        "inline_policies": {"own": document("s3:Get*")},
        "permissions_boundary": POWER,
        "password": FIRST,
        "tags": {"Team": "data"},
    }
    sandbox.seed(groups=[{"name": "staff"}], users=[leaver, {"name": "stays", "groups": ["staff"]}])
    give_credentials(iam, "leaver")
    iam.create_access_key(UserName="leaver")


def test_suspended_by_a_person(quick_quartets: Quartets, run: Run, sandbox: Sandbox, iam: Any) -> None:
    sandbox.seed(groups=[{"name": "ops"}], users=[{"name": "leaver", "groups": ["ops"], "password": "Secret-1-secret"}])
    give_credentials(iam, "leaver")
    (cut,) = quick_quartets([task("iam_user", name="LEAVER", state="suspended")])
    state = cut.state["users"]["leaver"]
    assert "workforce-suspended" in state["inline_policies"]
    assert (state["login_profile"], set(state["access_keys"].values())) == (None, {"Inactive"})
    assert state["tags"]["workforce:suspended"].endswith("Z person")
    assert (state["groups"], len(state["mfa_devices"])) == (["ops"], 1)
    # An exact list of policies is no way in.
    run("iam_user", {"name": "leaver", "inline_policies": {}, "purge_inline_policies": True})
    assert sandbox.state()["users"]["leaver"] == state
    assert (
        "user nobody: does not exist in the account" in run("iam_user", {"name": "nobody", "state": "suspended"})["msg"]
    )
