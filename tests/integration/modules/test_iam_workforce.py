# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""iam_workforce by real playbooks: the whole chart, its page of names, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.support.modules import Quartets, Run, document, task
from tests.support.playbooks import PlaybookResult

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
BILLING = "arn:aws:iam::aws:policy/job-function/Billing"
S3 = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
MANAGED = {"workforce:managed": "onboard"}

DEPARTMENTS: list[dict[str, Any]] = [
    {"name": "data-science", "managed_policies": ["ReadOnlyAccess", "AmazonS3FullAccess"]},
    {"name": "finance", "managed_policies": ["job-function/Billing"], "inline_policies": {"own": document("s3:Gett*")}},
]
EMPLOYEES: list[dict[str, Any]] = [
    {"name": "asha.rao", "departments": ["data-science"], "employee_id": "1042", "tags": {"Site": "Pune"}},
    {"name": "li.wei", "departments": ["data-science", "finance"]},
    {"name": "Kim", "departments": []},
]


def test_life_of_a_company(quartets: Quartets, quick_quartets: Quartets, sandbox: Sandbox, iam: Any) -> None:
    sandbox.seed(groups=[{"name": "Admins"}], users=[{"name": "robot", "groups": ["Admins"]}])
    science = {"name": "data-science", "managed_policies": [READ_ONLY]}
    moved_departments = [science, {**DEPARTMENTS[1], "name": "Finance"}]
    moved_employees = [
        {"name": "asha.rao", "departments": ["finance"], "employee_id": "1042", "tags": {"Site": "Pune"}},
        {"name": "LI.wei", "departments": ["finance"], "path": "/people/"},
        {"name": "new.one", "departments": ["data-science"]},
    ]
    (created,) = quartets([task("iam_workforce", departments=DEPARTMENTS, employees=EMPLOYEES)])
    (moved,) = quick_quartets([task("iam_workforce", departments=moved_departments, employees=moved_employees)])
    _check_created(created.run, created.state)
    assert created.run["api_calls"]["write"] == 2 + 3 + 1 + 3 + 3
    assert created.run_again["api_calls"]["write"] == created.check["api_calls"]["write"] == 0
    assert moved.run["joiners"] == ["new.one"]
    assert moved.run["movers"] == [
        {"name": "asha.rao", "joins": ["finance"], "leaves": ["data-science"]},
        {"name": "li.wei", "joins": [], "leaves": ["data-science"]},
    ]
    assert moved.run["departments"] == {"created": [], "changed": ["data-science"]}
    assert moved.run["unlisted"] == ["Kim"]
    assert moved.run["diff"]["prepared"] == (
        "departments\n"
        "  ~ data-science (2 people): loses AmazonS3FullAccess\n"
        "employees\n"
        "  ~ asha.rao: joins finance; leaves data-science\n"
        "  ~ li.wei:   moves to path /people/; leaves data-science\n"
        "  + new.one:  new; joins data-science\n"
    )
    assert moved.run["counts"] == {
        "employees": 3,
        "departments": 2,
        "policies": 0,
        "roles": 0,
        "without_access": 0,
        "elsewhere": 0,
        "unchanged_employees": 0,
        "unchanged_departments": 1,
        "steps": 7,
    }
    # Nobody who is not listed was touched.
    assert moved.state["users"]["robot"]["groups"] == ["Admins"]
    assert moved.state["users"]["Kim"]["tags"] == MANAGED
    assert {group["GroupName"] for group in iam.list_groups_for_user(UserName="li.wei")["Groups"]} == {"finance"}
    for four in (created, moved):
        assert [*four.run["summary"][3:], f"plan {four.run['plan_id']}"] == four.check["summary"][3:]
        assert [four.check[key] for key in ("joiners", "movers", "departments", "counts")] == [
            four.run[key] for key in ("joiners", "movers", "departments", "counts")
        ]


def _check_created(result: dict[str, Any], state: dict[str, Any]) -> None:
    groups, users = state["groups"], state["users"]
    assert groups["data-science"]["path"] == "/workforce/"
    assert groups["data-science"]["attached_policies"] == sorted([READ_ONLY, S3])
    assert groups["finance"]["attached_policies"] == [BILLING]
    assert groups["finance"]["inline_policies"] == {"own": document("s3:Gett*")}
    strange = "department finance, inline policy own: names s3:Gett* in statement 1, which matches no action of AWS"
    assert strange in result["warnings"]
    assert f"WARNING {strange}" in result["summary"]
    assert groups["data-science"]["users"] == ["asha.rao", "li.wei"]
    assert users["asha.rao"]["tags"] == {"Site": "Pune", "workforce:employee-id": "1042", **MANAGED}
    assert users["li.wei"]["groups"] == ["data-science", "finance"]
    assert users["Kim"]["groups"] == []
    assert users["robot"]["tags"] == {}
    assert result["account"] == {
        "account_id": state["account_id"],
        "alias": None,
        "caller_arn": f"arn:aws:iam::{state['account_id']}:user/automation",
    }
    assert result["joiners"] == ["Kim", "asha.rao", "li.wei"]
    assert result["departments"] == {"created": ["data-science", "finance"], "changed": []}
    assert result["movers"] == result["changed_employees"] == result["unlisted"] == []


def test_no_list_of_people_leaves_unasked(playbook: Callable[..., PlaybookResult], sandbox: Sandbox) -> None:
    employees = [{"name": f"person-{number:04}", "departments": ["data-science"]} for number in range(1000)]
    chart = {"departments": DEPARTMENTS, "employees": employees}
    sandbox.seed(
        groups=[
            {"name": "data-science", "path": "/workforce/", "managed_policies": [READ_ONLY, S3]},
            {**DEPARTMENTS[1], "path": "/workforce/", "managed_policies": [BILLING]},
        ],
        users=[{"name": each["name"], "groups": ["data-science"], "tags": MANAGED} for each in employees],
    )
    tasks = [
        {**task("iam_workforce", **chart), "name": "nothing"},
        {
            **task("iam_workforce", **{**chart, "employees": [*employees, {"name": "a b"}]}),
            "name": "faults",
            "ignore_errors": True,
        },
    ]
    run = playbook(tasks, verbosity=3).succeeded()
    result = run.result("nothing")
    assert result["changed"] is False
    assert len(json.dumps(result)) < 10_000
    assert result["api_calls"]["total"] <= 12
    # Newer releases of ansible-core tell no arguments unless asked.
    assert "person-0001" not in str(result.get("invocation"))
    refused = run.result("faults")
    assert refused["faults"] == [
        "employee 'a b': has ' ' in the name; IAM allows only A-Z a-z 0-9 _ + = , . @ -; a.b would do"
    ]
    assert "person-0001" not in run.text()


def test_only_some(run: Run, sandbox: Sandbox) -> None:
    chart = {"departments": DEPARTMENTS, "employees": EMPLOYEES}
    assert run("iam_workforce", chart)["changed"] is True
    changed = [{**EMPLOYEES[0], "departments": ["finance"]}, {**EMPLOYEES[1], "departments": []}]
    renamed = [{**DEPARTMENTS[0], "managed_policies": []}, DEPARTMENTS[1]]
    # An entry that this run is not about may be wrong.
    chart = {"departments": renamed, "employees": [*changed, {"name": "a b", "departments": "none"}]}
    limited = run("iam_workforce", {**chart, "only": ["ASHA.RAO"]})
    assert limited["movers"] == [{"name": "asha.rao", "joins": ["finance"], "leaves": ["data-science"]}]
    assert limited["unlisted"] == []
    state = sandbox.state()
    assert state["users"]["li.wei"]["groups"] == ["data-science", "finance"]
    assert state["groups"]["data-science"]["attached_policies"] == sorted([READ_ONLY, S3])
    nobody = run("iam_workforce", {**chart, "only": ["asha.roa"]})
    assert "employee asha.roa: is not in employees; did you mean asha.rao?" in nobody["msg"]


def test_adopted_departments(run: Run, sandbox: Sandbox) -> None:
    sandbox.seed(
        groups=[{"name": "Sales", "path": "/legacy/"}, {"name": "Old", "path": "/legacy/"}],
        users=[{"name": "asha.rao", "groups": ["Sales", "Old"], "tags": MANAGED}],
    )
    chart = {
        "departments": [{"name": "sales"}, {"name": "new"}],
        "employees": [{"name": "asha.rao", "departments": ["new"]}],
    }
    refused = run("iam_workforce", chart)
    assert "department sales (at /legacy/): exists in the account and is not managed" in refused["msg"]
    done = run("iam_workforce", {**chart, "adopted_departments": ["SALES"]})
    assert done["movers"] == [{"name": "asha.rao", "joins": ["new"], "leaves": ["Sales"]}]
    state = sandbox.state()
    assert state["groups"]["Sales"]["path"] == "/legacy/"
    assert state["users"]["asha.rao"]["groups"] == ["Old", "new"]


def test_unmanaged_people_are_named_all(run: Run, sandbox: Sandbox) -> None:
    sandbox.seed(users=[{"name": "asha.rao"}, {"name": "li.wei"}, {"name": "Kim", "tags": MANAGED}])
    before = sandbox.state()
    refused = run("iam_workforce", {"departments": DEPARTMENTS, "employees": EMPLOYEES})
    assert "employees asha.rao, li.wei: exist in the account and are not managed" in refused["msg"]
    assert "Kim" not in refused["msg"]
    after = sandbox.state()
    assert after["users"] == before["users"]
    # Where nobody is managed yet, the account is one that was here before: nothing is given.
    assert sorted(after["groups"]) == ["data-science", "finance"]
    sandbox.reset()
    sandbox.seed(users=[{"name": "asha.rao"}, {"name": "li.wei"}])
    before = sandbox.state()
    refused = run("iam_workforce", {"departments": DEPARTMENTS, "employees": EMPLOYEES})
    assert "exist in the account and are not managed. Nothing was changed." in refused["msg"]
    assert sandbox.state() == before


def test_the_account_is_checked_first(run: Run, sandbox: Sandbox) -> None:
    chart = {"departments": DEPARTMENTS, "employees": EMPLOYEES}
    before = sandbox.state()
    other = run("iam_workforce", {**chart, "account_id": "210987654321"})
    assert "these credentials reach account 123456789012, but account_id says 210987654321" in other["msg"]
    sandbox.switch(caller="root")
    root = run("iam_workforce", chart)
    assert "the caller is the account's root user" in root["msg"]
    assert sandbox.state() == before
    sandbox.switch(caller="role")
    role = run("iam_workforce", {**chart, "account_id": "123456789012"})
    assert role["changed"] is True
    assert ":assumed-role/" in role["account"]["caller_arn"]


def test_one_persons_failure_is_one_persons(run: Run, sandbox: Sandbox) -> None:
    sandbox.fail("CreateUser", "AccessDenied", match={"UserName": "asha.rao"})
    sandbox.fail("AttachGroupPolicy", "LimitExceeded", match={"GroupName": "finance"})
    failed = run("iam_workforce", {"departments": DEPARTMENTS, "employees": EMPLOYEES})
    assert failed["failed"] is True
    assert failed["changed"] is True
    told = [(each["subject"], each["operation"], each["code"]) for each in failed["failures"]]
    assert told == [
        ("group finance", "AttachGroupPolicy", "LimitExceeded"),
        ("user asha.rao", "CreateUser", "AccessDenied"),
    ]
    assert "iam:CreateUser" in failed["failures"][1]["advice"]
    assert failed["joiners"] == ["Kim", "li.wei"]
    assert "asha.rao" not in sandbox.state()["users"]
    assert sandbox.state()["users"]["li.wei"]["groups"] == ["data-science", "finance"]
    # Running again goes on from there.
    again = run("iam_workforce", {"departments": DEPARTMENTS, "employees": EMPLOYEES})
    assert again["joiners"] == ["asha.rao"]
    assert again["api_calls"]["write"] == 4


def test_the_record_of_a_run(run: Run, sandbox: Sandbox, tmp_path: Path) -> None:
    file = tmp_path / "changes.jsonl"
    chart = {"departments": DEPARTMENTS, "employees": EMPLOYEES, "record": str(file)}
    assert run("iam_workforce", chart, check=True)["changed"] is True
    assert not file.exists()
    sandbox.fail("AddUserToGroup", "LimitExceeded", status=409, count=1)
    done = run("iam_workforce", chart)
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == done["counts"]["steps"] + len(done["failures"])
    assert {(line["run_id"], line["account_id"], line["caller_arn"]) for line in lines} == {
        (done["run_id"], done["account"]["account_id"], done["account"]["caller_arn"])
    }
    assert [line["outcome"] for line in lines].count("failed: LimitExceeded") == len(done["failures"]) == 1
    assert ("user asha.rao", "CreateUser", "new", "done") in [
        (line["subject"], line["operation"], line["line"], line["outcome"]) for line in lines
    ]
    # What failed and what was not tried for it; and a record that cannot be written is told before anything is.
    again = run("iam_workforce", chart)
    assert again["run_id"] != done["run_id"]
    assert len(file.read_text(encoding="utf-8").splitlines()) == len(lines) + again["counts"]["steps"]
    refused = run("iam_workforce", {**chart, "employees": [], "record": str(tmp_path)})
    assert f"record: {tmp_path} cannot be written: it is not a file. Name a file." in refused["faults"]


@pytest.mark.parametrize("check", [True, False])
def test_no_record_through_a_link_in_a_folder_of_everybody(
    run: Run, sandbox: Sandbox, tmp_path: Path, check: bool
) -> None:
    other, shared = tmp_path / "other", tmp_path / "shared"
    other.write_text("keep", encoding="utf-8")
    shared.mkdir()
    shared.chmod(0o777)
    (shared / "changes.jsonl").symlink_to(other)
    chart = {"departments": DEPARTMENTS, "employees": EMPLOYEES, "record": str(shared / "changes.jsonl")}
    (fault,) = run("iam_workforce", chart, check=check)["faults"]
    assert fault.startswith(f"record: {shared}/changes.jsonl cannot be written: every user of this machine may write")
    assert f"Run chmod o-w {shared}, or name a path" in fault
    shared.chmod(0o755)
    (fault,) = run("iam_workforce", chart, check=check)["faults"]
    assert fault.endswith("it is a link. Name the file itself, or remove the link.")
    assert other.read_text(encoding="utf-8") == "keep"
    assert "asha.rao" not in sandbox.state()["users"]
