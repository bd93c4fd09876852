# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The runner's policies in docs/ allow what the job does, and nothing else: each run here is held to them."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.suspension import DENY_NAME, deny
from botocore import xform_name
from botocore.exceptions import ClientError

from tests.sandbox.client import Sandbox
from tests.support.credentials import give_credentials
from tests.support.modules import document, run_in_process
from tests.support.role import allowed_by, operations_seen, policies_of
from tests.support.shipped_policies import company_lists, facts
from tests.support.shipped_policies import policies as policies_needed

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll"
# IAM's simulator is asked of departments, and of users with policies of their own.
SIMULATED = ["arn:aws:iam::*:group/*", "arn:aws:iam::*:user/*"]
INLINE = {"one": document("s3:Get*")}
GROUP = {"name": "sales", "managed_policies": ["ReadOnlyAccess"], "inline_policies": INLINE}
USER: dict[str, Any] = {"name": "asha.rao", "departments": ["sales"], "inline_policies": INLINE}
# What a company's first days can bring: everything of a department and of an employee comes and goes.
FIRST_DAYS: list[dict[str, Any]] = [
    {
        "departments": [GROUP],
        "employees": [{**USER, "tags": {"team": "a"}, "managed_policies": ["ReadOnlyAccess"], "boundary": READ_ONLY}],
    },
    {
        "departments": [{"name": "sales", "path": "/workforce/emea/", "managed_policies": [], "inline_policies": {}}],
        "employees": [
            {
                "name": "asha.rao",
                "path": "/people/",
                "departments": [],
                "tags": {"cost": "b"},
                "managed_policies": [],
                "inline_policies": {},
                "boundary": "",
            }
        ],
    },
]
# What one person's days bring in an account that is so large that asking for the person alone takes fewer calls.
LATER_DAYS: list[dict[str, Any]] = [
    {
        "departments": [GROUP],
        "employees": [{**USER, "managed_policies": [READ_ONLY], "boundary": READ_ONLY}],
        "onboard_only": ["asha.rao"],
        "policies": [{"name": "own", "policy": document("s3:Put*")}],
        "roles": [{"name": "deployer", "assumed_by": [], "description": "three"}],
    },
    {
        "departments": [GROUP, {"name": "apac"}, {"name": "emea"}],
        "employees": [{**USER, "departments": ["sales", "apac", "emea"]}],
        "onboard_only": ["asha.rao"],
    },
]
# What somebody's last days bring, with a credential of each kind, and those of a department.
LAST_DAYS: list[dict[str, Any]] = [
    {"departments": [GROUP], "employees": [{"name": "asha.rao", "state": "suspended"}]},
    {"departments": [GROUP], "employees": [{"name": "asha.rao"}], "onboard_readmit_keys": True},
    {"departments": [], "employees": [], "onboard_unlisted": "remove", "onboard_unlisted_departments": "remove"},
]
# What policies, roles and the account's settings bring; a policy with all the versions that IAM keeps.
OWN: dict[str, Any] = {"name": "own", "policy": document("s3:Get*"), "tags": {"team": "a"}}
BECOMING: dict[str, Any] = {
    "name": "deployer",
    "description": "one",
    "assumed_by": [],
    "managed_policies": ["ReadOnlyAccess"],
    "inline_policies": INLINE,
    "boundary": READ_ONLY,
    "tags": {"team": "a"},
}
OTHERWISE = {"description": "two", "require_mfa": True, "managed_policies": [], "inline_policies": {}, "boundary": ""}
NOBODY: dict[str, Any] = {"departments": [], "employees": []}
RIGHTS_DAYS: list[dict[str, Any]] = [
    {**NOBODY, "policies": [OWN], "roles": [BECOMING], "account_settings": {"alias": "example-corp"}},
    # More versions than IAM keeps, and one of them again.
    *({**NOBODY, "policies": [{**OWN, "policy": document(f"s3:Get{version}")}]} for version in (1, 2, 3, 4, 5, 4)),
    {
        **NOBODY,
        "policies": [{**OWN, "policy": document("s3:*"), "tags": {"cost": "b"}}],
        "roles": [{**BECOMING, **OTHERWISE, "tags": {"cost": "b"}}],
        "account_settings": {"alias": "", "password_policy": {"min_pw_length": 14}},
    },
    {**NOBODY, "roles": [{**BECOMING, "boundary": READ_ONLY}]},
]
# What first passwords bring: a joiner in a department that exists and one that is new, somebody whose mail was never
# finished, and somebody who never signed in.
CHANGE = "arn:aws:iam::aws:policy/IAMUserChangePassword"
MARKED = {"workforce:managed": "onboard"}
# Of more suspended people than are read one by one, the credential report tells who can sign in again.
GONE: list[dict[str, Any]] = [
    {
        "name": f"gone.{number}",
        "tags": {**MARKED, "workforce:suspended": "2026-01-05T07:00:00Z person"},
        "inline_policies": {DENY_NAME: deny("person")},
    }
    for number in range(11)
]
BEFORE: dict[str, Any] = {
    "groups": [{"name": "support", "path": "/workforce/", "managed_policies": [CHANGE]}],
    "users": [
        {
            "name": "li.wei",
            "groups": ["support"],
            "tags": {**MARKED, "workforce:credential": "pending"},
            "password": "Never-seen-2026",
            "password_reset_required": True,
        },
        {
            "name": "kim.lee",
            "groups": ["support"],
            "tags": {**MARKED, "workforce:credential": "delivered 2026-01-05T07:00:00Z mail"},
            "password": "Never-used-2026",
            "password_reset_required": True,
        },
        *GONE,
    ],
}
FIRST_PASSWORDS: dict[str, Any] = {
    "departments": [
        {"name": "support", "managed_policies": [CHANGE]},
        {"name": "sales", "managed_policies": [CHANGE, READ_ONLY]},
    ],
    "employees": [
        {"name": "asha.rao", "email": "asha.rao@example.com", "departments": ["support"]},
        {"name": "eva.janssen", "email": "eva.janssen@example.com", "departments": ["sales"]},
        {"name": "li.wei", "email": "li.wei@example.com", "departments": ["support"], "access_key": True},
        {"name": "kim.lee", "email": "kim.lee@example.com", "departments": ["support"]},
    ],
}


def _needed(given: Sequence[str], inline: Sequence[str]) -> list[dict[str, Any]]:
    """The runner's policies with every feature, for these policies and for departments with inline policies."""
    return policies_needed(
        "runner",
        dataclasses.replace(
            facts(),
            department_policies=tuple(given),
            employee_policies=tuple(given),
            employee_boundaries=tuple(given),
            role_policies=tuple(given),
            role_boundaries=tuple(given),
            features=facts().features | {"password_policy"},
            inline_departments=tuple((path, name) for path, name in map(_path_and_name, inline)),
        ),
    )


def _path_and_name(department: str) -> tuple[str, str]:
    path, _slash, name = f"/workforce/{department}".rpartition("/")
    return f"{path}/", name


@contextlib.contextmanager
def _held_to(sandbox: Sandbox, policies: Sequence[dict[str, Any]]) -> Iterator[None]:
    """The fixed caller may what these policies allow, and no more, as the outside evaluator judges."""
    sandbox.switch(policies=list(policies), enforce=True)
    try:
        yield
    finally:
        sandbox.switch(policies=None, enforce=False)


def test_policy_is_what_the_job_does(sandbox: Sandbox, iam: Any) -> None:
    needed = _needed([READ_ONLY, CHANGE], ["sales", "emea/sales"])
    seen = _first_passwords(sandbox, iam, needed)
    sandbox.reset()
    _run(FIRST_DAYS, sandbox, needed)
    give_credentials(iam, "asha.rao")
    iam.create_login_profile(UserName="asha.rao", Password="Secret-1-secret")
    _run([*LAST_DAYS, *RIGHTS_DAYS, *FIRST_DAYS], sandbox, needed)
    sandbox.seed(
        users=[{"name": f"somebody.{number}"} for number in range(4500)],
        groups=[{"name": name, "path": "/workforce/", "inline_policies": INLINE} for name in ("apac", "emea")],
    )
    _run(LATER_DAYS, sandbox, needed)
    assert seen | operations_seen(sandbox) == allowed_by(needed)


def _run(
    charts: Sequence[dict[str, Any]], sandbox: Sandbox, policies: Sequence[dict[str, Any]], check: bool = False
) -> None:
    """What the role's module does with these variables, in this process: nothing else of the role asks AWS."""
    with _held_to(sandbox, policies):
        for chart in charts:
            options = {name.removeprefix("onboard_"): value for name, value in chart.items()}
            done = run_in_process("iam_workforce", options, sandbox=sandbox, check=check)
            assert "failed" not in done, done["msg"]


def _first_passwords(sandbox: Sandbox, iam: Any, needed: list[dict[str, Any]]) -> set[str]:
    sandbox.seed(**BEFORE)
    iam.create_access_key(UserName="li.wei")
    settings = {"mail": sandbox.mailbox.settings(), "expire_after_days": 14}
    _run([{**FIRST_PASSWORDS, "onboard_credentials": settings}], sandbox, needed)
    users = sandbox.state()["users"]
    tags = {name: user["tags"] for name, user in users.items() if not name.startswith("gone.")}
    marks = {name: of_one["workforce:credential"].split()[0] for name, of_one in tags.items()}
    delivered = dict.fromkeys(("asha.rao", "eva.janssen", "li.wei"), "delivered")
    assert marks == {**delivered, "kim.lee": "revoked"}
    return operations_seen(sandbox)


def test_the_example_company_runs_with_it_as_it_stands(sandbox: Sandbox) -> None:
    """Joiners, a rename, a mover, somebody suspended and back, and leavers; what is given is listed in the policy."""
    chart = {**company_lists(), "onboard_everyone": {"name": "everyone"}}
    people = chart["employees"]
    moved = [{**one, "departments": ["finance", "audit"]} for one in people[:1]]
    renamed = [{**one, "name": f"{one['name']}.married"} for one in people[1:2]]
    suspended = [{**one, "state": "suspended"} for one in people[2:3]]
    settings = {"onboard_credentials": {"mail": sandbox.mailbox.settings()}}
    days = [
        {**chart, **settings, "onboard_max_gains": 100},
        {
            **chart,
            "employees": [*moved, *renamed, *suspended, *people[3:-2]],
            "onboard_unlisted": "suspend",
            "onboard_confirm_renames": 1,
        },
        {**chart, "employees": people[1:-2], "onboard_unlisted": "remove", "onboard_confirm_renames": 1},
        {**chart, "employees": people},
    ]
    for day in days:
        _run([day], sandbox, policies_of("runner"), check=True)
        _run([day], sandbox, policies_of("runner"))
    assert {name for name, user in sandbox.state()["users"].items() if user["tags"]} == {one["name"] for one in people}


# By its holder, each of these would be a way to more than the lists give. "automation" is the holder itself.
REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("AttachUserPolicy", {"UserName": "automation", "PolicyArn": ADMIN}),
    ("AttachUserPolicy", {"UserName": "asha.rao", "PolicyArn": ADMIN}),
    ("AttachUserPolicy", {"UserName": "boss", "PolicyArn": ADMIN}),
    ("AttachGroupPolicy", {"GroupName": "sales", "PolicyArn": ADMIN}),
    ("PutUserPolicy", {"UserName": "automation", "PolicyName": "x", "PolicyDocument": json.dumps(INLINE["one"])}),
    ("PutUserPolicy", {"UserName": "boss", "PolicyName": "x", "PolicyDocument": json.dumps(INLINE["one"])}),
    ("PutGroupPolicy", {"GroupName": "security", "PolicyName": "x", "PolicyDocument": json.dumps(INLINE["one"])}),
    ("AddUserToGroup", {"GroupName": "admin", "UserName": "automation"}),
    ("RemoveUserFromGroup", {"GroupName": "admin", "UserName": "boss"}),
    ("CreateGroup", {"GroupName": "mine"}),
    ("CreateAccessKey", {"UserName": "boss"}),
    ("CreateAccessKey", {"UserName": "automation"}),
    ("CreateLoginProfile", {"UserName": "boss", "Password": "Secret-1-secret"}),
    ("DeleteLoginProfile", {"UserName": "boss"}),
    ("UpdateUser", {"UserName": "boss", "NewUserName": "asha.rao2"}),
    ("UpdateUser", {"UserName": "asha.rao", "NewPath": "/break-glass/"}),
    ("TagUser", {"UserName": "boss", "Tags": [{"Key": "workforce:managed", "Value": "onboard"}]}),
    ("TagUser", {"UserName": "automation", "Tags": [{"Key": "workforce:managed", "Value": "onboard"}]}),
    ("CreateUser", {"UserName": "unmarked"}),
    ("DeleteUser", {"UserName": "boss"}),
    ("DeleteUser", {"UserName": "glass"}),
    ("CreateAccessKey", {"UserName": "glass"}),
    ("AttachUserPolicy", {"UserName": "glass", "PolicyArn": DENY_ALL}),
    ("DeleteUserPermissionsBoundary", {"UserName": "automation"}),
    ("PutUserPermissionsBoundary", {"UserName": "asha.rao", "PermissionsBoundary": ADMIN}),
]
# The holder of the policy for offboarding may cut anybody off, and give nobody anything.
REFUSED_TO_OFFBOARD: list[tuple[str, dict[str, Any]]] = [
    *(one for one in REFUSED if one[0] != "DeleteLoginProfile"),
    ("CreateAccessKey", {"UserName": "asha.rao"}),
    ("CreateLoginProfile", {"UserName": "asha.rao", "Password": "Secret-1-secret"}),
    ("AddUserToGroup", {"GroupName": "sales", "UserName": "asha.rao"}),
    ("DeleteUser", {"UserName": "asha.rao"}),
    ("TagUser", {"UserName": "asha.rao", "Tags": [{"Key": "workforce:employee-id", "Value": "1"}]}),
    ("UpdateAccessKey", {"UserName": "automation", "AccessKeyId": "A" * 20, "Status": "Active"}),
    ("DeleteLoginProfile", {"UserName": "automation"}),
]
ACCOUNT: dict[str, Any] = {
    "groups": [
        {"name": "admin", "path": "/admin/", "managed_policies": [ADMIN]},
        {"name": "sales", "path": "/workforce/"},
        {"name": "security", "path": "/workforce/"},
    ],
    "users": [
        {"name": "automation", "tags": MARKED},
        {"name": "asha.rao", "tags": MARKED, "groups": ["sales"]},
        {"name": "boss", "groups": ["admin"], "password": "Secret-1-secret"},
        {"name": "glass", "path": "/break-glass/", "tags": MARKED},
    ],
}


@pytest.mark.parametrize(
    ("policies", "refused"),
    [
        (("runner",), REFUSED),
        (("offboard",), REFUSED_TO_OFFBOARD),
        (("report",), REFUSED),
        (("runner", "adopt"), [one for one in REFUSED if one[0] != "TagUser" or one[1]["UserName"] != "boss"]),
    ],
    ids=["runner", "offboard", "report", "runner and adopt"],
)
def test_it_is_no_way_to_more(
    sandbox: Sandbox, iam: Any, policies: tuple[str, ...], refused: list[tuple[str, dict[str, Any]]]
) -> None:
    sandbox.seed(**ACCOUNT)
    before = sandbox.state()
    with _held_to(sandbox, [one for name in policies for one in policies_of(name)]):
        for operation, parameters in refused:
            with pytest.raises(ClientError) as raised:
                getattr(iam, xform_name(operation))(**parameters)
            assert raised.value.response["Error"]["Code"] == "AccessDenied", (operation, parameters)
    assert sandbox.state() == before


def test_whoever_lost_the_mark_is_denied_all_the_same(sandbox: Sandbox, iam: Any) -> None:
    """By AWSDenyAll, which is the one policy that may be attached to anybody."""
    sandbox.seed(**ACCOUNT)
    for name in ("runner", "offboard"):
        with _held_to(sandbox, policies_of(name)):
            iam.attach_user_policy(UserName="boss", PolicyArn=DENY_ALL)


def test_adopting_needs_a_policy_of_its_own(sandbox: Sandbox) -> None:
    sandbox.seed(users=[{"name": "asha.rao", "tags": {"team": "x"}}])
    options: dict[str, Any] = {
        "departments": [],
        "employees": [{"name": "asha.rao", "employee_id": "1042"}],
        "onboard_adopt": True,
    }
    plain = {name.removeprefix("onboard_"): value for name, value in options.items()}
    with _held_to(sandbox, policies_of("runner")):
        refused = run_in_process("iam_workforce", plain, sandbox=sandbox)
    assert [failure["code"] for failure in refused["failures"]] == ["AccessDenied"]
    _run([options], sandbox, [*policies_of("runner"), *policies_of("adopt")])
    assert sandbox.state()["users"]["asha.rao"]["tags"]["workforce:managed"] == "onboard"
    _run([{**options, "onboard_adopt": False, "onboard_release": True}], sandbox, policies_of("runner"))


def test_access_beside_the_chart_is_taken_away_with_it_but_in_groups_of_others(sandbox: Sandbox) -> None:
    """The job may not take anybody out of a group that is not a department: that says who, and which."""
    own = {"managed_policies": [ADMIN], "inline_policies": INLINE}
    sandbox.seed(groups=[{"name": "sales", "path": "/workforce/", **own}, {"name": "shadow", "path": "/"}])
    asha = {"name": "asha.rao", "tags": MARKED, "groups": ["sales", "shadow"], "permissions_boundary": READ_ONLY}
    sandbox.seed(users=[{**asha, **own}, {"name": "mallory", "groups": ["sales"]}])
    chart = {"departments": [{"name": "sales"}], "employees": [{"name": "asha.rao", "departments": ["sales"]}]}
    with _held_to(sandbox, policies_of("runner")):
        done = run_in_process("iam_workforce", {**chart, "beside": "remove"}, sandbox=sandbox)
    refused = [(one["subject"], one["operation"], one["code"]) for one in done["failures"]]
    assert refused == [("user asha.rao", "RemoveUserFromGroup", "AccessDenied")]
    state = sandbox.state()
    user, group = state["users"]["asha.rao"], state["groups"]["sales"]
    assert (user["attached_policies"], user["inline_policies"], user["groups"]) == ([], {}, ["sales", "shadow"])
    assert (group["attached_policies"], group["inline_policies"], group["users"]) == ([], {}, ["asha.rao"])


def test_resources_are_narrow() -> None:
    """Where IAM knows a resource, the policies name its kind; only account-wide reads stand on everything."""
    for name in ("runner", "offboard", "adopt"):
        shipped = policies_of(name)
        assert all(len(json.dumps(one, separators=(",", ":"))) < 6144 for one in shipped)
        found = [statement for one in shipped for statement in one["Statement"]]
        assert found[-1]["Sid"] == "NeverThese"
        wide = {statement["Sid"]: statement["Action"] for statement in found if statement["Resource"] == "*"}
        # The account's alias has no resource.
        assert list(wide) == {"runner": ["ReadAccount", "KeepAccount"], "adopt": []}.get(name, ["ReadAccount"])
        reads = ("iam:Get", "iam:List", "iam:GenerateCredentialReport")
        assert all(action.startswith(reads) for action in wide.get("ReadAccount", ()))
    statements = [statement for one in policies_of("runner") for statement in one["Statement"]]
    simulating = [statement for statement in statements if statement["Sid"] == "ProveFirstSignIn"]
    assert [statement["Resource"] for statement in simulating] == [SIMULATED]
