# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""workforce.aws.report from the command line, each format once, and the inventory there and back."""

from __future__ import annotations

import csv
import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.sandbox.client import Sandbox
from tests.support.modules import document
from tests.support.playbooks import PlaybookResult
from tests.support.role import allowed_operations, operations_seen, policies_of

Playbook = Callable[..., PlaybookResult]

REPORT = "workforce.aws.report"
ONBOARD = "workforce.aws.onboard"
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
S3 = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
MANAGED = {"workforce:managed": "onboard"}
SHOWN = "Show the report"


@pytest.fixture
def company(sandbox: Sandbox) -> None:
    sandbox.seed(
        groups=[
            {"name": "data-science", "path": "/workforce/", "managed_policies": [READ_ONLY]},
            {"name": "Admins"},
        ],
        users=[
            {
                "name": "asha.rao",
                "groups": ["data-science", "Admins"],
                "tags": {**MANAGED, "workforce:employee-id": "0042"},
                "password": "abcABC123!x",
            },
            {"name": "robot"},
        ],
    )


@pytest.mark.usefixtures("company")
def test_each_format(playbook: Playbook, sandbox: Sandbox, tmp_path: Path) -> None:
    before = sandbox.state()
    sandbox.switch(policies=policies_of("report"))
    page = "\n".join(playbook(REPORT).succeeded().page("Show the page"))
    assert "| asha.rao | present | no | never |  | yes | none |" in page
    assert "| asha.rao | 0042 | data-science, Admins | ReadOnlyAccess (data-science) |" in page

    assert operations_seen(sandbox) == allowed_operations("report")
    sandbox.switch(policies=None)

    shown = playbook(REPORT, extra_vars={"format": "json"}).succeeded().result(SHOWN)["msg"]
    assert [one["name"] for one in shown["employees"]] == ["asha.rao"]
    assert [one["name"] for one in shown["unmanaged_users"]] == ["robot"]
    assert shown["extra_memberships"] == [{"name": "asha.rao", "groups": ["Admins"]}]

    refused = playbook(REPORT, arguments=["-e", "format=csv", "-e", "onboard_connection=profile=a-secret"]).failed()
    assert refused.result("Check what is asked for, and how the account is reached")["msg"] == (
        "dest is missing: csv is written to a file, as -e dest=access.csv. "
        "onboard_connection is no dictionary: write it as {profile: people-admin}, or leave it out."
    )

    # A path begins where the person stands, not where the playbook lies.
    written = playbook(REPORT, arguments=["-e", "format=csv", "-e", "dest=access.csv"]).succeeded()
    assert "asha.rao" not in written.text()
    file = tmp_path / "access.csv"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with file.open(encoding="utf-8", newline="") as lines:
        assert [row["person"] for row in csv.DictReader(lines)] == ["asha.rao", "robot"]

    playbook(REPORT, extra_vars={"format": "inventory", "dest": str(tmp_path / "people.yml")}).succeeded()
    lists = yaml.safe_load((tmp_path / "people.yml").read_text(encoding="utf-8"))
    assert [one["name"] for one in lists["employees"]] == ["asha.rao"]
    assert lists["machines"] == [{"name": "robot", "departments": []}]
    assert sandbox.state() == before


def _people() -> list[dict[str, Any]]:
    departments = [f"department-{number}" for number in range(6)]
    people: list[dict[str, Any]] = [
        {
            "name": f"Person.{number:02}",
            "employee_id": f"{number:04}",
            "departments": sorted({departments[number % 6], departments[number % 5]}),
        }
        for number in range(60)
    ]
    people[0] |= {"path": "/staff/", "boundary": READ_ONLY, "tags": {"Team": "yes", "Since": "2026-11-23"}}
    people[1] |= {
        "managed_policies": [S3],
        "inline_policies": {"own": document("s3:*", "arn:aws:s3:::${aws:username}")},
    }
    people[2] |= {"departments": []}
    return people


def _chart() -> dict[str, Any]:
    departments: list[dict[str, Any]] = [{"name": f"department-{n}", "managed_policies": [READ_ONLY]} for n in range(6)]
    departments[0] |= {"inline_policies": {"templates": document("s3:*", "arn:aws:s3:::{{ x }}{# y #}")}}
    departments[1] |= {"path": "/workforce/eu/", "managed_policies": []}
    return {"departments": departments, "employees": _people()}


def _suspend(iam: Any) -> None:
    """One by the list, and one by a person."""
    for name, by in (("Person.07", "list"), ("Person.08", "person")):
        statement = {"Sid": f"WorkforceSuspendedBy{by.title()}", "Effect": "Deny", "Action": "*", "Resource": "*"}
        deny = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        iam.put_user_policy(UserName=name, PolicyName="workforce-suspended", PolicyDocument=deny)
        iam.tag_user(UserName=name, Tags=[{"Key": "workforce:suspended", "Value": f"2026-11-01T00:00:00Z {by}"}])


@pytest.mark.long  # the unit tests of the inventory format read it back
def test_there_and_back(playbook: Playbook, sandbox: Sandbox, iam: Any, tmp_path: Path) -> None:
    chart = tmp_path / "chart.yml"
    # What looks like a template is none, and the inventory must say so as well.
    text = yaml.safe_dump(_chart()).replace("{{ x }}{# y #}", "{% raw %}{{ x }}{# y #}{% endraw %}")
    chart.write_text(text, encoding="utf-8")
    playbook(ONBOARD, arguments=["-e", f"@{chart}"]).succeeded()
    state = sandbox.state()
    assert len(state["users"]) == 60
    assert "{{ x }}{# y #}" in json.dumps(state["groups"]["department-0"])

    _suspend(iam)
    playbook(REPORT, arguments=["-e", "format=inventory", "-e", "dest=people.yml"]).succeeded()

    before = sandbox.state()
    again = playbook(ONBOARD, arguments=["-e", "@people.yml"], check=True, diff=True).succeeded()
    assert again.changed() == 0, again.text()
    summary = again.page("workforce.aws.onboard : Show the summary")
    assert {"60 employees and 6 departments are listed", "Nothing to change"} <= {*summary}
    assert sandbox.state() == before


def _handmade() -> dict[str, Any]:
    """300 users and 40 groups as years of clicking leave them; every fifth user is a machine."""
    groups: list[dict[str, Any]] = [
        {"name": f"Team-{n}", "path": ("/", "/old/", "/workforce/", "/old/eu/")[n % 4], "managed_policies": [READ_ONLY]}
        for n in range(40)
    ]
    groups[3] |= {"inline_policies": {"own": document("s3:*")}, "managed_policies": []}
    users: list[dict[str, Any]] = [
        {
            "name": f"User_{n:03}",
            "path": ("/", "/people/", "/")[n % 3],
            "groups": [f"Team-{n % 40}", f"Team-{(n + 7) % 40}"][: n % 3],
            **({"password": "abcABC123!x"} if n % 5 else {}),
        }
        for n in range(300)
    ]
    users[1] |= {
        "managed_policies": [S3],
        "inline_policies": {"own": document("ec2:*")},
        "permissions_boundary": READ_ONLY,
    }
    users[2] |= {"tags": {"Team": "Zürich", "cost": ""}}
    return {"groups": groups, "users": users}


def _without_marks(state: dict[str, Any]) -> dict[str, Any]:
    for user in state["users"].values():
        user["tags"] = {key: value for key, value in user["tags"].items() if not key.startswith("workforce:")}
    return state


def test_an_account_that_was_here_before(playbook: Playbook, sandbox: Sandbox, tmp_path: Path) -> None:
    """Exported, adopted, run: nobody's access changes."""
    sandbox.seed(**_handmade())
    before = sandbox.state()
    playbook(REPORT, arguments=["-e", "format=inventory", "-e", "dest=people.yml"]).succeeded()
    text = (tmp_path / "people.yml").read_text(encoding="utf-8")
    lines = [line.removeprefix("# ") for line in text.splitlines() if line.startswith("# onboard_")]
    assert [line.partition(":")[0] for line in lines] == ["onboard_adopted_departments", "onboard_protected"]
    (tmp_path / "settings.yml").write_text("\n".join(lines), encoding="utf-8")
    # All of them have passwords, and whoever wrote the list knows them.
    (tmp_path / "adopt.yml").write_text("onboard_adopt: \"{{ employees | map(attribute='name') }}\"", encoding="utf-8")
    files = ["-e", "@people.yml", "-e", "@settings.yml"]

    playbook(ONBOARD, arguments=[*files, "-e", "@adopt.yml"]).succeeded()
    adopted = sandbox.state()
    sandbox.clear_calls()
    playbook(ONBOARD, arguments=files).succeeded()

    assert sandbox.calls()["by_kind"]["write"] == 0
    assert sandbox.state() == adopted
    marked = [name for name, user in adopted["users"].items() if user["tags"].get("workforce:managed") == "onboard"]
    assert len(marked) == 240
    assert _without_marks(adopted) == before
