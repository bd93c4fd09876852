# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""iam_offboard: the deny first, everybody else's mistakes no obstacle, and what stays is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.support.credentials import give_credentials
from tests.support.modules import Quartets, Run, document, task

MANAGED = {"workforce:managed": "onboard", "workforce:employee-id": "1042"}
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll"
DENIED = {
    "Version": "2012-10-17",
    "Statement": [{"Sid": "WorkforceSuspendedByPerson", "Effect": "Deny", "Action": "*", "Resource": "*"}],
}
READS = ("Get", "List")


@pytest.fixture
def key(sandbox: Sandbox, iam: Any) -> str:
    """The access key of asha.rao, in a small company."""
    sandbox.seed(
        groups=[{"name": "sales", "path": "/workforce/", "managed_policies": [READ_ONLY]}],
        users=[
            {"name": "asha.rao", "tags": MANAGED, "groups": ["sales"], "password": "abcABC123!x"},
            {"name": "li.wei", "managed_policies": [READ_ONLY]},
            {"name": "automation"},
        ],
    )
    give_credentials(iam, "asha.rao")
    return str(iam.list_access_keys(UserName="asha.rao")["AccessKeyMetadata"][0]["AccessKeyId"])


def _operations(sandbox: Sandbox) -> list[str]:
    return [call["operation"] for call in sandbox.calls()["log"]]


def _is_cut(state: dict[str, Any], name: str) -> bool:
    user = state["users"][name]
    return (
        user["inline_policies"].get("workforce-suspended") == DENIED
        and user["login_profile"] is None
        and set(user["access_keys"].values()) <= {"Inactive"}
        and user["tags"].get("workforce:suspended", "").endswith("Z person")
    )


@pytest.mark.usefixtures("key")
def test_quartet(quartets: Quartets) -> None:
    (four,) = quartets([task("iam_offboard", who="ASHA.rao,li.wei")])
    assert _is_cut(four.state, "asha.rao")
    assert _is_cut(four.state, "li.wei")
    # What the deny covers stays for the day of return.
    asha = four.state["users"]["asha.rao"]
    assert (asha["groups"], len(asha["mfa_devices"]), len(asha["ssh_public_keys"])) == (["sales"], 1, 1)
    assert [person["done"] for person in four.check["offboarded"]] == [p["done"] for p in four.run["offboarded"]]
    assert [person["done"] for person in four.run_again["offboarded"]] == [[], []]
    assert four.run_again["api_calls"]["write"] == 0


@pytest.mark.parametrize("who", ["asha.rao", "key", "1042:asha.rao"])
def test_the_deny_comes_first(run: Run, sandbox: Sandbox, key: str, who: str) -> None:
    sandbox.clear_calls()
    done = run("iam_offboard", {"who": key if who == "key" else who})
    assert "failed" not in done, done
    operations = _operations(sandbox)
    first = next(place for place, operation in enumerate(operations, 1) if not operation.startswith(READS))
    assert operations[first - 1] == "PutUserPolicy"
    assert first <= 3
    assert "GetAccountAuthorizationDetails" not in operations
    assert _is_cut(sandbox.state(), "asha.rao")
    assert done["offboarded"][0]["undo"].endswith("-e onboard_readmit=asha.rao")


def test_by_key_again_changes_nothing(run: Run, sandbox: Sandbox, key: str) -> None:
    assert run("iam_offboard", {"who": key})["changed"] is True
    before = sandbox.state()
    assert run("iam_offboard", {"who": key})["changed"] is False
    assert sandbox.state() == before


@pytest.mark.usefixtures("key")
def test_others_mistakes_are_no_obstacle(run: Run, sandbox: Sandbox) -> None:
    before = sandbox.state()
    failed = run(
        "iam_offboard", {"who": ["asha.roa", "Asha Rao", "automation", "9999", "asha.rao", "AKIA0000000000000000"]}
    )
    assert failed["failed"] is True
    assert [(each["subject"], each["advice"]) for each in failed["failures"]] == [
        ("user AKIA0000000000000000", ""),
        ("user automation", ""),
        ("user 'Asha Rao'", "Did you mean asha.rao?"),
        ("user asha.roa", "Did you mean asha.rao?"),
        ("user 9999", ""),
    ]
    after = sandbox.state()
    assert _is_cut(after, "asha.rao")
    for name in ("automation", "li.wei"):
        assert after["users"][name] == before["users"][name]


def test_a_name_that_is_not_there_is_never_ok(run: Run, sandbox: Sandbox) -> None:
    before = sandbox.state()
    for check in (True, False):
        failed = run("iam_offboard", {"who": "asha.rao"}, check=check)
        assert failed["failed"] is True
        assert "is no user of this account" in failed["msg"]
        assert failed["changed"] is False
    assert sandbox.state() == before


@pytest.mark.usefixtures("key")
def test_an_id_alone_cuts_nobody(run: Run, sandbox: Sandbox, iam: Any) -> None:
    """Whoever may tag can write an id: the leaver's own, on a colleague's user or on a second one."""
    before = sandbox.state()
    for check in (True, False):
        failed = run("iam_offboard", {"who": "1042"}, check=check)
        assert (failed["failed"], failed["changed"]) == (True, False)
        assert "1042 is the employee id of asha.rao (created 20" in failed["msg"]
        assert "in sales). Nobody was cut off" in failed["msg"]
        assert failed["failures"][0]["advice"].endswith("-e who=1042:asha.rao")
    assert sandbox.state() == before
    iam.tag_user(UserName="li.wei", Tags=[{"Key": "workforce:employee-id", "Value": "1042"}])
    two = run("iam_offboard", {"who": "1042"})
    assert "1042 is the employee id of 2 users: asha.rao (created" in two["msg"]
    assert "-e who=1042:asha.rao or -e who=1042:li.wei" in two["msg"]
    # The leaver is cut by name though the id was moved to a colleague, who is not.
    iam.untag_user(UserName="asha.rao", TagKeys=["workforce:employee-id"])
    done = run("iam_offboard", {"who": "1042:asha.rao"})
    assert "failed" not in done
    told = "  asha.rao bears no employee id, not 1042; the name is what counts"
    assert told in done["summary"]
    state = sandbox.state()
    assert _is_cut(state, "asha.rao")
    assert state["users"]["li.wei"]["inline_policies"] == {}


@pytest.mark.usefixtures("key")
def test_an_id_and_a_name(run: Run, sandbox: Sandbox) -> None:
    agreed = run("iam_offboard", {"who": "1042:ASHA.rao"})
    assert "failed" not in agreed
    assert agreed["offboarded"][0]["other_employee_id"] is None
    assert _is_cut(sandbox.state(), "asha.rao")
    before = sandbox.state()
    failed = run("iam_offboard", {"who": ["1042:asha.roa", "77:li.wie", "1042:", ":li.wei"]})
    assert failed["failed"] is True
    by_subject = {each["subject"]: each for each in failed["failures"]}
    assert (
        "asha.roa is no user of this account; 1042 is the employee id of asha.rao"
        in (by_subject["user 1042:asha.roa"]["message"])
    )
    assert by_subject["user 77:li.wie"]["advice"] == "Did you mean li.wei?"
    assert all("names nobody" in by_subject[f"user {entry}"]["message"] for entry in ("1042:", ":li.wei"))
    assert sandbox.state() == before


@pytest.mark.usefixtures("key")
def test_full_quotas(run: Run, sandbox: Sandbox, iam: Any) -> None:
    sandbox.quotas(UserPolicySizeQuota=10)
    done = run("iam_offboard", {"who": "asha.rao"})
    assert "failed" not in done
    user = sandbox.state()["users"]["asha.rao"]
    assert (user["attached_policies"], user["inline_policies"]) == ([DENY_ALL], {})
    assert run("iam_offboard", {"who": "asha.rao"})["changed"] is False
    sandbox.quotas(AttachedPoliciesPerUserQuota=1)
    iam.put_user_permissions_boundary(UserName="li.wei", PermissionsBoundary=READ_ONLY)
    bounded = run("iam_offboard", {"who": "li.wei"})
    assert "failed" not in bounded
    user = sandbox.state()["users"]["li.wei"]
    assert (user["permissions_boundary"], user["attached_policies"]) == (DENY_ALL, [READ_ONLY])
    assert user["tags"]["workforce:suspended"].endswith("person")
    assert f"which replaces the boundary {READ_ONLY}; is suspended by a person" in "\n".join(bounded["summary"])
    assert run("iam_offboard", {"who": "li.wei"})["changed"] is False


def test_where_no_deny_is_taken_nobody_is_called_cut_off(run: Run, sandbox: Sandbox, key: str) -> None:
    sandbox.quotas(UserPolicySizeQuota=10, AttachedPoliciesPerUserQuota=0)
    sandbox.fail("PutUserPermissionsBoundary", "AccessDenied", status=403, count=None)
    sandbox.fail("UpdateAccessKey", "AccessDenied", status=403, count=None)
    failed = run("iam_offboard", {"who": ["asha.rao", "li.wei"]})
    assert failed["failed"] is True
    asha, li = failed["summary"][:2]
    assert asha.startswith("NOT CUT OFF asha.rao: AWS refused the deny as an inline policy, and AWSDenyAll")
    assert f"Still working: access key {key}; sessions that are open" in asha
    assert li.startswith("NOT CUT OFF li.wei: ")
    assert "access key" not in li
    assert failed["msg"].startswith("NOT CUT OFF asha.rao")
    assert "asha.rao is not cut off; done all the same: loses the console password" in failed["summary"]
    text = "\n".join(failed["summary"])
    assert "was cut off" not in text
    assert "is suspended" not in text
    assert [(one["denied"], one["cut_at"]) for one in failed["offboarded"]] == [(False, None)] * 2
    assert "PutUserPermissionsBoundary failed with AccessDenied" in text
    users = sandbox.state()["users"]
    assert (users["asha.rao"]["login_profile"], users["asha.rao"]["inline_policies"]) == (None, {})
    assert users["li.wei"]["tags"]["workforce:suspended"].endswith("person")


@pytest.mark.usefixtures("key")
def test_a_deny_that_somebody_took_away_is_written_again_and_told(run: Run, sandbox: Sandbox, iam: Any) -> None:
    assert "failed" not in run("iam_offboard", {"who": "asha.rao"})
    iam.delete_user_policy(UserName="asha.rao", PolicyName="workforce-suspended")
    again = run("iam_offboard", {"who": "asha.rao"})
    assert (again["changed"], again["offboarded"][0]["done"]) == (True, ["is denied everything"])
    assert _is_cut(sandbox.state(), "asha.rao")


@pytest.mark.usefixtures("key")
def test_what_cannot_be_read_keeps_nobody_in(run: Run, sandbox: Sandbox) -> None:
    sandbox.fail("ListAccessKeys", "AccessDenied", status=403, count=1)
    sandbox.fail("ListRoles", "AccessDenied", status=403, count=None)
    failed = run("iam_offboard", {"who": "asha.rao,li.wei"})
    assert "Allow iam:ListAccessKeys" in failed["msg"]
    state = sandbox.state()
    assert state["users"]["asha.rao"]["inline_policies"]["workforce-suspended"] == DENIED
    assert _is_cut(state, "li.wei")
    assert "Allow iam:ListRoles" in failed["offboarded"][1]["role_sessions_unread"]
    # Whose deny was seen is cut off, whatever else could not be read.
    sandbox.fail("ListAccessKeys", "AccessDenied", status=403, count=1)
    assert "NOT CUT OFF" not in run("iam_offboard", {"who": "asha.rao"})["msg"]
    # The next run finishes.
    run("iam_offboard", {"who": "asha.rao"})
    assert _is_cut(sandbox.state(), "asha.rao")


@pytest.mark.usefixtures("key")
def test_the_list_becomes_a_person(run: Run, sandbox: Sandbox, iam: Any) -> None:
    tag = {"Key": "workforce:suspended", "Value": "2026-11-01T00:00:00Z list"}
    iam.tag_user(UserName="asha.rao", Tags=[tag])
    lists = json.dumps(DENIED).replace("ByPerson", "ByList")
    iam.put_user_policy(UserName="asha.rao", PolicyName="workforce-suspended", PolicyDocument=lists)
    done = run("iam_offboard", {"who": "asha.rao"})
    assert done["offboarded"][0]["suspended_before"] == {"at": "2026-11-01T00:00:00Z", "by": "list"}
    assert _is_cut(sandbox.state(), "asha.rao")


@pytest.mark.usefixtures("key")
def test_sessions_of_roles(run: Run, sandbox: Sandbox, iam: Any) -> None:
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "123456789012"}}
    trust = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    iam.create_role(RoleName="deploy", AssumeRolePolicyDocument=trust, MaxSessionDuration=7200)
    iam.create_role(RoleName="other", AssumeRolePolicyDocument=trust)
    allow = document("sts:AssumeRole", "arn:aws:iam::123456789012:role/dep*")
    iam.put_group_policy(GroupName="sales", PolicyName="deploy", PolicyDocument=json.dumps(allow))
    done = run("iam_offboard", {"who": "asha.rao"})
    (session,) = done["offboarded"][0]["role_sessions"]
    assert (session["role"], session["max_seconds"]) == ("deploy", 7200)
    assert any("A session of role deploy may last until" in line for line in done["summary"])


@pytest.mark.usefixtures("key")
def test_record(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "changes.jsonl"
    done = run("iam_offboard", {"who": "asha.rao", "record": str(file)})
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [line["line"] for line in lines] == done["offboarded"][0]["done"]
    assert {line["run_id"] for line in lines} == {done["run_id"]}
    failed = run("iam_offboard", {"who": "li.wei", "record": str(tmp_path)})
    assert failed["offboarded"][0]["done"], "a record that cannot be written keeps nobody in"
    assert "NOT RECORDED" in failed["msg"]


@pytest.mark.usefixtures("key")
def test_wrong_account(run: Run, sandbox: Sandbox) -> None:
    before = sandbox.state()
    refused = run("iam_offboard", {"who": "asha.rao", "account_id": "000000000001"})
    assert "but account_id says 000000000001" in refused["faults"][0]
    assert sandbox.state() == before


def test_in_another_account(run: Run, sandbox: Sandbox) -> None:
    other = "210987654321"
    sandbox.credentials(other)
    sandbox.seed(account_id=other, users=[{"name": "asha.rao"}])
    sandbox.clear_calls()
    role = f"arn:aws:iam::{other}:role/onboarding"
    done = run("iam_offboard", {"who": "asha.rao", "assume_role_arn": role, "account_id": other})
    assert done["account"] == {
        "account_id": other,
        "caller_arn": f"arn:aws:sts::{other}:assumed-role/onboarding/workforce.aws",
    }
    assert _operations(sandbox)[:3] == ["AssumeRole", "GetUserPolicy", "PutUserPolicy"]
    assert _is_cut(sandbox.state(other), "asha.rao")
