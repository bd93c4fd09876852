# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who has access to what: the data, the pages, and the lists of an inventory."""

from __future__ import annotations

import csv
import dataclasses
import datetime
import io
import json
import re
from typing import Any

import pytest
import yaml
from ansible_collections.workforce.aws.plugins.module_utils._access.credential_report import (
    AccessKey,
    CredentialReport,
    UserCredentials,
)
from ansible_collections.workforce.aws.plugins.module_utils._access.inventory import inventory_text
from ansible_collections.workforce.aws.plugins.module_utils._access.pages import csv_text, json_text, markdown_text
from ansible_collections.workforce.aws.plugins.module_utils._access.reads import Readings
from ansible_collections.workforce.aws.plugins.module_utils._access.report import access_data, counts
from ansible_collections.workforce.aws.plugins.module_utils._chart.chart import read_chart
from ansible_collections.workforce.aws.plugins.module_utils._chart.values import ChartSettings
from ansible_collections.workforce.aws.plugins.module_utils._core.mfa import NAME, POLICY
from ansible_collections.workforce.aws.plugins.module_utils._core.model import Account, Directory, Group, User

MADE = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
READ = datetime.datetime(2026, 11, 23, 20, 30, tzinfo=datetime.UTC)
USED = datetime.datetime(2026, 11, 22, 8, 0, tzinfo=datetime.UTC)
REPORT = datetime.datetime(2026, 11, 23, 18, 2, 11, tzinfo=datetime.UTC)
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll"
MANAGED = {"workforce:managed": "onboard"}
ACCOUNT = Account("123456789012", "arn:aws:iam::123456789012:user/runner", "example")
SETTINGS = ChartSettings(adopted=frozenset({"Legacy"}))
DENY = {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}
OWN = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::${aws:username}{{x}}"}],
}


def user(name: str, **parts: Any) -> User:
    defaults: dict[str, Any] = {"create_date": MADE, "tags": {}, "boundary": "", "attached": {}, "inline": {}}
    return User(name, **{**defaults, **parts})


def group(name: str, path: str, **parts: Any) -> Group:
    return Group(name, path, **{"attached": {}, "inline": {}, **parts})


USERS = [
    user(
        "Asha.Rao",
        tags={
            "Workforce:Managed": "onboard",
            "workforce:employee-id": "007",
            "workforce:credential": "pending",
            "Team": "yes",
        },
        boundary=READ_ONLY,
        inline={"own": OWN},
    ),
    user(
        "gone",
        path="/old/",
        tags={**MANAGED, "workforce:suspended": "2026-11-01T00:00:00Z person"},
        attached={DENY_ALL: "AWSDenyAll", READ_ONLY: "ReadOnlyAccess"},
        boundary=DENY_ALL,
        inline={"workforce-suspended": DENY},
    ),
    user("=robot", attached={DENY_ALL: "AWSDenyAll"}),
    user("new.one"),
    user("reborn", tags=MANAGED),
]
GROUPS = [
    group("data-science", "/workforce/", attached={READ_ONLY: "ReadOnlyAccess"}, inline={"own": OWN}),
    group("eu", "/workforce/eu/"),
    group("Legacy", "/"),
    group("a,b", "/hand/made/"),
]
MEMBERSHIPS = frozenset({("asha.rao", "data-science"), ("asha.rao", "a,b"), ("=robot", "legacy"), ("gone", "eu")})
KEYS = (
    AccessKey(active=True, rotated=MADE, last_used=USED),
    AccessKey(active=False, rotated=READ - datetime.timedelta(hours=23), last_used=None),
)
CREDENTIALS = {
    "asha.rao": UserCredentials(MADE, console=True, mfa=True, access_keys=KEYS),
    "gone": UserCredentials(MADE, console=False, mfa=False, access_keys=()),
    "=robot": UserCredentials(MADE, console=False, mfa=False, access_keys=KEYS[:1]),
    # The line of somebody who had the name before.
    "reborn": UserCredentials(MADE - datetime.timedelta(days=1), console=True, mfa=True, access_keys=KEYS),
}
READINGS = Readings(
    READ,
    Directory({each.name.lower(): each for each in USERS}, {each.name.lower(): each for each in GROUPS}, MEMBERSHIPS),
    consistent=True,
    credentials=CredentialReport(REPORT, CREDENTIALS),
    sign_ins={"asha.rao": USED},
)


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    return access_data(ACCOUNT, READINGS, SETTINGS)


def _person(data: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in [*data["employees"], *data["unmanaged_users"]] if one["name"] == name)


def test_a_person(data: dict[str, Any]) -> None:
    assert _person(data, "Asha.Rao") == {
        "name": "Asha.Rao",
        "employee_id": "007",
        "state": "present",
        "suspended_since": None,
        "suspended_by": None,
        "managed": True,
        "departments": ["data-science"],
        "other_groups": ["a,b"],
        "policies": [
            {"name": "own", "arn": None, "through": None},
            {"name": "ReadOnlyAccess", "arn": READ_ONLY, "through": "data-science"},
            {"name": "own", "arn": None, "through": "data-science"},
        ],
        "boundary": READ_ONLY,
        "console": True,
        "access_keys": [
            {
                "status": "active",
                "created": "2026-01-01T00:00:00Z",
                "age_days": 326,
                "last_used": "2026-11-22T08:00:00Z",
            },
            {"status": "inactive", "created": "2026-11-22T21:30:00Z", "age_days": 0, "last_used": None},
        ],
        "mfa": True,
        "mfa_required": False,
        "roles": [],
        "without_mfa_since": None,
        "last_sign_in": "2026-11-22T08:00:00Z",
        "credential": "pending",
        "path": "/",
        "created": "2026-01-01T00:00:00Z",
        "administrator": None,
    }


DELIVERED = "delivered 2026-02-01T00:00:00Z mail"
REQUIRED = {NAME: POLICY}


@pytest.mark.parametrize(
    ("found", "mark", "since"),
    [
        ({}, "pending", "2026-03-01T00:00:00Z"),
        ({}, DELIVERED, "2026-02-01T00:00:00Z"),
        ({"access_keys": KEYS[:1]}, DELIVERED, "2026-01-01T00:00:00Z"),
        ({"console": False, "access_keys": KEYS[1:]}, "pending", None),
        ({"console": False}, DELIVERED, None),
        ({"password_changed": None}, "pending", "2026-01-01T00:00:00Z"),
        ({"mfa": True}, DELIVERED, None),
        (None, DELIVERED, None),
    ],
)
def test_who_has_no_device_although_it_is_required(found: Any, mark: str, since: str | None) -> None:
    """Since the earliest moment at which they could have enrolled one."""
    plain: dict[str, Any] = {
        "console": True,
        "mfa": False,
        "access_keys": (),
        "password_changed": MADE.replace(month=3),
    }
    credentials = {} if found is None else {"asha": UserCredentials(MADE, **{**plain, **found})}
    asha = user("asha", tags={**MANAGED, "workforce:credential": mark})
    for inline, memberships, told in (
        (REQUIRED, {("asha", "sales")}, since),
        ({}, {("asha", "sales")}, None),
        (REQUIRED, set(), None),
    ):
        directory = Directory(
            {"asha": asha}, {"sales": group("sales", "/workforce/", inline=inline)}, frozenset(memberships)
        )
        report = access_data(
            ACCOUNT, Readings(READ, directory, True, CredentialReport(REPORT, credentials), {}), SETTINGS
        )
        person = _person(report, "asha")
        assert (person["mfa_required"], person["without_mfa_since"]) == (bool(inline and memberships), told)
        assert counts(report)["without_mfa"] == (told is not None)
        assert (f"| no, required and possible since {told} |" in markdown_text(report)) is (told is not None)
        (row,) = csv.DictReader(io.StringIO(csv_text(report)))
        assert (row["mfa_required"] == "yes", row["without_mfa_since"]) == (person["mfa_required"], told or "")


def test_an_inventory_says_require_mfa() -> None:
    """And not the policy, whose name the chart keeps for itself."""
    guarded = Directory({}, {"sales": group("sales", "/workforce/", inline={**REQUIRED, "own": OWN})})
    text = inventory_text(ACCOUNT, Readings(READ, guarded, True, CredentialReport(REPORT, {}), {}), SETTINGS)
    lists = _lists(text)
    (sales,) = lists["departments"]
    assert (sales["require_mfa"], sales["inline_policies"]) == (True, {"own": OWN})
    (read,) = read_chart(lists["departments"], [], SETTINGS).desired.groups
    assert read.inline == {"own": OWN, **REQUIRED}


def test_suspended_since_and_by_whom(data: dict[str, Any]) -> None:
    gone = _person(data, "gone")
    assert [gone[key] for key in ("state", "suspended_since", "suspended_by")] == [
        "suspended",
        "2026-11-01T00:00:00Z",
        "person",
    ]


@pytest.mark.parametrize("name", ["new.one", "reborn"])
def test_who_is_younger_than_the_credential_report_is_unknown(data: dict[str, Any], name: str) -> None:
    assert [_person(data, name)[key] for key in ("console", "access_keys", "mfa")] == [None, None, None]


def test_what_is_apart(data: dict[str, Any]) -> None:
    assert [person["name"] for person in data["employees"]] == ["Asha.Rao", "gone", "reborn"]
    assert [person["name"] for person in data["unmanaged_users"]] == ["=robot", "new.one"]
    assert data["extra_memberships"] == [{"name": "Asha.Rao", "groups": ["a,b"]}]
    assert [each["name"] for each in data["departments"]] == ["data-science", "eu", "Legacy"]
    assert data["other_groups"] == [
        {"name": "a,b", "path": "/hand/made/", "managed": False, "members": ["Asha.Rao"], "policies": []}
    ]
    assert counts(data) == {
        "employees": 3,
        "unmanaged_users": 2,
        "suspended": 1,
        "without_mfa": 0,
        "extra_memberships": 1,
        "departments": 3,
        "other_groups": 1,
    }


def test_who_can_become_administrator_and_what_is_not_judged() -> None:
    customers = "arn:aws:iam::123456789012:policy/ours"
    admins = group(
        "admins", "/workforce/", attached={"arn:aws:iam::aws:policy/AdministratorAccess": "AdministratorAccess"}
    )
    people = [user("asha.rao", tags=MANAGED), user("bo.li", attached={customers: "ours", READ_ONLY: "ReadOnlyAccess"})]
    directory = Directory({each.name: each for each in people}, {"admins": admins}, frozenset({("asha.rao", "admins")}))
    readings = dataclasses.replace(READINGS, directory=directory)
    found = access_data(ACCOUNT, readings, SETTINGS)
    through = "through department admins: AdministratorAccess"
    assert [_person(found, name)["administrator"] for name in ("asha.rao", "bo.li")] == [through, None]
    assert found["policies_not_judged"] == [customers]
    assert f"| asha.rao | {through} |" in markdown_text(found)
    assert next(csv.DictReader(io.StringIO(csv_text(found))))["administrator"] == through

    everything = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
    read = access_data(ACCOUNT, dataclasses.replace(readings, documents={customers: everything}), SETTINGS)
    assert _person(read, "bo.li")["administrator"] == "through policies of their own: ours"
    assert read["policies_not_judged"] == []


def test_json(data: dict[str, Any]) -> None:
    assert json.loads(json_text(data)) == data


def test_csv(data: dict[str, Any]) -> None:
    rows = list(csv.DictReader(io.StringIO(csv_text(data))))
    assert [row["person"] for row in rows] == ["Asha.Rao", "gone", "reborn", "'=robot", "new.one"]
    asha, gone, _reborn, robot, new = rows
    assert asha == {
        "account_id": "123456789012",
        "person": "Asha.Rao",
        "employee_id": "007",
        "managed": "yes",
        "state": "present",
        "suspended_since": "",
        "suspended_by": "",
        "departments": "data-science",
        "other_groups": "a,b",
        "policies": "own (directly, inline); ReadOnlyAccess (data-science); own (data-science, inline)",
        "boundary": READ_ONLY,
        "console_password": "yes",
        "access_key_1_status": "active",
        "access_key_1_age_days": "326",
        "access_key_1_last_used": "2026-11-22T08:00:00Z",
        "access_key_2_status": "inactive",
        "access_key_2_age_days": "0",
        "access_key_2_last_used": "",
        "mfa": "yes",
        "mfa_required": "no",
        "roles": "",
        "without_mfa_since": "",
        "last_sign_in": "2026-11-22T08:00:00Z",
        "credential": "pending",
        "path": "/",
        "created": "2026-01-01T00:00:00Z",
        "credentials_as_of": "2026-11-23T18:02:11Z",
        "administrator": "",
    }
    assert (gone["state"], gone["suspended_by"], gone["console_password"]) == ("suspended", "person", "no")
    assert (robot["managed"], robot["access_key_1_status"], robot["access_key_2_status"]) == ("no", "active", "")
    assert (new["console_password"], new["access_key_1_status"], new["mfa"]) == ("unknown",) * 3


def test_markdown(data: dict[str, Any]) -> None:
    lines = markdown_text(data).splitlines()
    assert lines[0] == "# Who has access to AWS account 123456789012 (example)"
    assert "as of 2026-11-23T18:02:11Z" in lines[2]
    assert [line for line in lines if line.startswith("## ")] == [
        "## Employees",
        "## Users who are not managed",
        "## Employees in groups that are not managed departments",
        "## What employees may do",
        "## What users who are not managed may do",
        "## Departments",
        "## Groups that are not managed",
    ]
    assert lines[6] == "| Person | State | MFA | Last sign-in | Credential | Console | Access keys |"
    assert "suspended since 2026-11-01T00:00:00Z by person" in "\n".join(lines)
    assert any("active, 326 days old, inactive, 0 days old" in line for line in lines)


def test_markdown_of_an_account_in_motion_and_of_nobody() -> None:
    empty = Readings(READ, Directory({}, {}), False, CredentialReport(REPORT, {}), {})
    page = markdown_text(access_data(Account("1", "arn:aws:iam::1:user/a_b"), empty, SETTINGS))
    assert page.startswith("# Who has access to AWS account 1\n")
    assert r"user/a\_b" in page
    assert "somebody may be missing" in page
    assert "##" not in page
    assert "somebody may be missing" in inventory_text(ACCOUNT, empty, SETTINGS)


class Loader(yaml.SafeLoader):
    """Takes Ansible's tag for text that is no template."""


Loader.add_constructor("!unsafe", lambda loader, node: node.value)


def _lists(text: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(text, Loader)  # noqa: S506  # a safe loader with one more tag
    return found


def test_inventory() -> None:
    text = inventory_text(ACCOUNT, READINGS, SETTINGS)
    assert '# onboard_adopted_departments: ["Legacy", "a,b"]\n' in text
    assert re.search(r"""!unsafe ["']?arn:aws:s3:::\$\{aws:username\}\{\{x\}\}""", text)
    assert _lists(text) == {
        "departments": [
            {"name": "a,b", "managed_policies": []},
            {"name": "data-science", "managed_policies": [READ_ONLY], "inline_policies": {"own": OWN}},
            {"name": "eu", "path": "/workforce/eu/", "managed_policies": []},
            {"name": "Legacy", "path": "/", "managed_policies": []},
        ],
        "employees": [
            {
                "name": "Asha.Rao",
                "employee_id": "007",
                "departments": ["a,b", "data-science"],
                "console": True,
                "boundary": READ_ONLY,
                "inline_policies": {"own": OWN},
                "tags": {"Team": "yes"},
            },
            # What suspends is no policy of the person's.
            {
                "name": "gone",
                "state": "suspended",
                "departments": ["eu"],
                "path": "/old/",
                "managed_policies": [READ_ONLY],
            },
            # Not in the report yet: perhaps a person.
            {"name": "new.one", "departments": []},
            {"name": "reborn", "departments": []},
        ],
        # Not suspended by us: its deny is a policy like another.
        "machines": [{"name": "=robot", "departments": ["Legacy"], "managed_policies": [DENY_ALL]}],
    }


def test_the_chart_understands_the_inventory() -> None:
    plain = [each for each in USERS if each.name != "gone"]
    directory = Directory({each.name.lower(): each for each in plain}, READINGS.directory.groups)
    readings = Readings(READ, directory, True, READINGS.credentials, {})
    lists = _lists(inventory_text(ACCOUNT, readings, SETTINGS))
    adopted = ChartSettings(adopted=frozenset({"Legacy", "a,b"}))
    chart = read_chart(lists["departments"], lists["employees"], adopted)
    assert chart.faults == ()
    assert len(chart.desired.users) == 3


def test_no_comment_about_nothing() -> None:
    alone = {"data-science": GROUPS[0]}
    text = inventory_text(
        ACCOUNT, Readings(READ, Directory({}, alone), True, CredentialReport(REPORT, {}), {}), SETTINGS
    )
    assert "onboard_adopted_departments" not in text
    assert "machines" not in text
