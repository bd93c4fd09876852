# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input: a clear error that names the person or department, all faults in one message, nothing written."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.support.modules import Result, Run, document, task
from tests.support.playbooks import PlaybookResult

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
LONG = {f"policy-{number}": document([f"s3:Get{'x' * 400}{n}" for n in range(5)]) for number in range(3)}
TYPO = {"Statement": {"Sid": "Own", **document("GetObject")["Statement"][0], "Condition": {"StringEqual": {"a:b": 1}}}}
SALES = {"name": "sales"}

# Each entry with what its fault must say, beginning with whom it is about.
BAD_EMPLOYEES: list[tuple[dict[str, Any], str]] = [
    ({"name": "a1", "departments": ["slaes"]}, "employee a1: is in the unknown department slaes; did you mean sales?"),
    ({"name": "a b"}, "employee 'a b': has ' ' in the name"),
    ({"name": "josé"}, "employee josé: has 'é' in the name"),
    ({"name": "x" * 65}, f"employee {'x' * 65}: has a name of 65 characters; IAM allows 64"),
    ({"name": "a2\n"}, "employee 'a2\\n': has '\\n' in the name"),
    ({"name": "a3", "path": "people"}, "employee a3: has the path people"),
    ({"name": "a4", "managed_policies": ["ReadOnlyAcces"]}, "employee a4: names the policy ReadOnlyAcces"),
    (
        {"name": "a5", "managed_policies": ["arn:aws-cn:iam::aws:policy/ReadOnlyAccess"]},
        "employee a5: names arn:aws-cn",
    ),
    (
        {"name": "a6", "managed_policies": ["arn:aws:iam::policy"]},
        "employee a6: in managed_policies, names arn:aws:iam::policy, ",
    ),
    ({"name": "a7", "boundary": "Billing"}, "employee a7, boundary: names the policy Billing, which is ambiguous"),
    ({"name": "a8", "tags": {f"t{n}": "x" for n in range(51)}}, "employee a8: has 51 tags"),
    ({"name": "a9", "tags": {"aws:x": "1"}}, "employee a9: has the tag aws:x"),
    ({"name": "b1", "tags": {"Team": "1", "team": "2"}}, "employee b1: has the tags Team and team"),
    ({"name": "b2", "tags": {"workforce:managed": "no"}}, "employee b2: has the tag workforce:managed"),
    (
        {"name": "b3", "departmetns": ["sales"]},
        "employee b3: has the unknown key departmetns; did you mean ",
    ),
    ({"name": "b4", "password": "secret-word"}, "employee b4: has the key password"),
    ({"departments": ["sales"]}, "entry 17 of employees: has no name"),
    ({"name": "Kim"}, "employees Kim and kim: are one name to IAM"),
    ({"name": "kim"}, "employees Kim and kim: are one name to IAM"),
]
BAD_DEPARTMENTS: list[tuple[dict[str, Any], str]] = [
    (SALES, ""),
    ({"name": "y" * 129}, f"department {'y' * 129}: has a name of 129 characters; IAM allows 128"),
    ({"name": "c1", "path": "/workforce"}, "department c1: has the path /workforce"),
    ({"name": "c2", "inline_policies": {"p": "{"}}, "department c2: "),
    ({"name": "c3", "inline_policies": {"p": {"Version": "2012-10-17"}}}, "department c3: inline policy p has no St"),
    (
        {"name": "c5", "inline_policies": {"p": TYPO}},
        "department c5: inline policy p has the unknown operator StringEqual in the Condition of statement 1 (Own); "
        "did you mean StringEquals?",
    ),
    ({"name": "c6", "inline_policies": {"p": TYPO}}, "department c6: inline policy p has GetObject for Action in sta"),
    ({"name": "c4", "managed_policies": ["Billing"]}, "department c4: names the policy Billing, which is ambiguous"),
    ({"name": "Ops"}, "departments Ops and OPS: are one name to IAM"),
    ({"name": "OPS"}, "departments Ops and OPS: are one name to IAM"),
]


@pytest.fixture
def refused(run: Run, sandbox: Sandbox) -> Callable[..., Result]:
    """The refusal of a module that must not have written."""

    def refuse(module: str, options: dict[str, Any], **how: Any) -> Result:
        before = sandbox.state()
        checked = run(module, options, check=True, **how)
        result = run(module, options, **how)
        assert result["failed"] is True, result
        assert result["msg"] == checked["msg"], "check mode says something else"
        assert sandbox.state() == before
        return result

    return refuse


def test_all_faults_of_a_chart_are_told_at_once(refused: Callable[..., Result], iam: Any) -> None:
    # The names of an account's own policies are unique, but may be those of AWS's.
    own = iam.create_policy(PolicyName="Billing", Path="/team/", PolicyDocument=_own())["Policy"]["Arn"]
    departments, employees = [each for each, _what in BAD_DEPARTMENTS], [each for each, _what in BAD_EMPLOYEES]
    result = refused("iam_workforce", {"departments": departments, "employees": employees})
    for _entry, fault in BAD_DEPARTMENTS + BAD_EMPLOYEES:
        assert any(told.startswith(fault) for told in result["faults"]), f"{fault!r} is not told:\n{result['msg']}"
        assert fault in result["msg"]
    assert own in result["msg"]
    assert "arn:aws:iam::aws:policy/job-function/Billing" in result["msg"]
    assert "secret-word" not in str(result)
    # An entry that is right is not mentioned.
    assert not any(told.startswith("department sales") for told in result["faults"])


@pytest.mark.parametrize("employees", ["asha.rao", {"name": "asha.rao"}, None, 3])
def test_what_is_no_list(refused: Callable[..., Result], employees: Any) -> None:
    told = refused("iam_workforce", {"departments": [SALES], "employees": employees})["msg"]
    assert told.startswith("employees: is ")
    assert "it must be a list of employees" in told
    told = refused("iam_workforce", {"departments": employees, "employees": []})["msg"]
    assert "it must be a list of departments" in told


def test_quotas_of_a_chart(refused: Callable[..., Result], sandbox: Sandbox) -> None:
    sandbox.quotas(UsersQuota=1, GroupsQuota=2, GroupsPerUserQuota=1, AttachedPoliciesPerGroupQuota=1)
    departments = [
        {**SALES, "managed_policies": [READ_ONLY, "AmazonS3FullAccess"]},
        {"name": "ops", "inline_policies": LONG},
        {"name": "data"},
    ]
    employees = [{"name": "asha.rao", "departments": ["sales", "ops"]}, {"name": "li.wei"}]
    faults = refused("iam_workforce", {"departments": departments, "employees": employees})["faults"]
    for wanted in (
        "account: 2 new users would make 2; the account's quota is 1 (UsersQuota)",
        "account: 3 new groups would make 3; the account's quota is 2 (GroupsQuota)",
        "department sales: would have 2 managed policies; the quota is 1 (AttachedPoliciesPerGroupQuota)",
        "employee asha.rao: would be in 2 groups (ops, sales); the quota is 1 (GroupsPerUserQuota)",
    ):
        assert wanted in faults
    assert any(told.startswith("department ops: its inline policies would have") for told in faults)


@pytest.mark.parametrize(
    ("module", "options", "fault"),
    [
        ("iam_group", {"name": "sales", "purge_users": True}, "group sales: has purge_users without users"),
        ("iam_group", {"name": "sales", "purge_policies": True}, "has purge_policies without managed_policies"),
        ("iam_group", {"name": "sales", "purge_inline_policies": True}, "without inline_policies"),
        (
            "iam_user",
            {"name": "asha", "purge_policies": True},
            "user asha: has purge_policies without",
        ),
        ("iam_user", {"name": "asha", "purge_inline_policies": True}, "without inline_policies"),
        ("iam_group", {"name": "sales", "users": ["nobody"]}, "group sales: user nobody does not exist"),
        ("iam_group", {"name": "a b", "path": "x"}, "has the path x"),
        (
            "iam_group",
            {"name": "s", "managed_policies": [READ_ONLY + "x"]},
            f"group s: policy {READ_ONLY}x does",
        ),
        ("iam_user", {"name": "a", "boundary": READ_ONLY + "x"}, f"user a: policy {READ_ONLY}x does not exist"),
        ("iam_user", {"name": "a", "managed_policies": ["ReadOnlyAcces"]}, "did you mean ReadOnlyAccess?"),
        ("iam_user", {"name": "x" * 65}, "has a name of 65 characters"),
        ("iam_user", {"name": "a", "tags": {"workforce:managed": "onboard"}}, "has the tag workforce:managed"),
        ("iam_user", {"name": "a", "password": "\u20ac" * 9}, "has a password that IAM does not take"),
        ("iam_user", {"name": "a", "inline_policies": {"p": "text"}}, "user a: "),
        ("iam_user", {"name": "a", "password": "A-Password-2026", "remove_password": True}, "mutually exclusive"),
        ("iam_membership", {"user": "nobody", "groups": ["nothing"]}, "user nobody: does not exist"),
        ("iam_membership", {"user": "nobody", "groups": ["nothing"]}, "group nothing does not exist"),
        ("iam_membership", {"group": "nothing", "users": ["nobody"]}, "user nobody does not exist"),
        ("iam_membership", {"user": "a", "users": ["b"]}, "mutually exclusive"),
        ("iam_membership", {"user": "a"}, "required together"),
        ("iam_membership", {}, "one of the following is required"),
        ("iam_membership", {"user": "a", "groups": ["b"], "purge_groups": True, "purge_path": "x"}, "has the path x"),
        ("iam_membership", {"user": "a", "groups": ["b"], "purge_groups": True, "state": "absent"}, "purge_groups"),
        ("iam_workforce", {"departments": [], "employees": [], "path": "workforce"}, "has the path workforce"),
    ],
)
def test_one_fault(refused: Callable[..., Result], module: str, options: dict[str, Any], fault: str) -> None:
    assert fault in refused(module, options)["msg"]


def test_quotas_of_one_subject(refused: Callable[..., Result], sandbox: Sandbox) -> None:
    sandbox.seed(groups=[{"name": "one"}, {"name": "two"}], users=[{"name": "asha.rao", "groups": ["one"]}])
    sandbox.quotas(GroupsPerUserQuota=1, AttachedPoliciesPerUserQuota=1)
    told = refused("iam_membership", {"user": "asha.rao", "groups": ["two"]})["msg"]
    assert "user asha.rao: would be in 2 groups (one, two); the quota is 1" in told
    options = {"name": "asha.rao", "managed_policies": [READ_ONLY, "arn:aws:iam::aws:policy/job-function/Billing"]}
    assert "would have 2 managed policies" in refused("iam_user", options)["msg"]


MODULES: dict[str, dict[str, Any]] = {
    "iam_group": {"name": "sales"},
    "iam_user": {"name": "asha.rao"},
    "iam_membership": {"user": "asha.rao", "groups": ["sales"]},
    "iam_credential": {"user_name": "asha.rao", "file": {"directory": "."}},
    "iam_directory_info": {},
    "iam_workforce": {"departments": [], "employees": []},
}


@pytest.mark.parametrize("module", MODULES)
def test_credentials(refused: Callable[..., Result], sandbox: Sandbox, module: str) -> None:
    none = {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}
    assert "Give credentials" in refused(module, MODULES[module], env=none)["msg"]
    assert (
        "AWS does not know this access key"
        in refused(module, MODULES[module], env={"AWS_ACCESS_KEY_ID": "AKIAX"})["msg"]
    )
    sandbox.switch(expired_credentials=True)
    expired = refused(module, MODULES[module])
    assert expired["error"] == {"code": "ExpiredToken"}
    assert "The credentials have expired" in expired["msg"]


@pytest.mark.parametrize(
    ("module", "options", "operation"),
    [
        ("iam_group", {"name": "sales"}, "GetGroup"),
        ("iam_group", {"name": "sales"}, "ListAttachedGroupPolicies"),
        ("iam_group", {"name": "sales", "inline_policies": {}}, "ListGroupPolicies"),
        ("iam_user", {"name": "asha.rao"}, "GetUser"),
        ("iam_user", {"name": "asha.rao", "password": "A-Password-2026"}, "GetLoginProfile"),
        ("iam_user", {"name": "asha.rao", "state": "absent"}, "ListMFADevices"),
        ("iam_user", {"name": "asha.rao", "managed_policies": ["Billing"]}, "ListPolicies"),
        ("iam_user", {"name": "new.one"}, "GetAccountSummary"),
        ("iam_membership", {"user": "asha.rao", "groups": ["sales"]}, "ListGroupsForUser"),
        ("iam_credential", {"user_name": "asha.rao", "file": {"directory": "."}}, "GetUser"),
        ("iam_credential", {"user_name": "asha.rao", "file": {"directory": "."}}, "GetLoginProfile"),
        ("iam_directory_info", {}, "GetAccountAuthorizationDetails"),
        ("iam_workforce", {"departments": [], "employees": []}, "GetAccountAuthorizationDetails"),
    ],
)
def test_a_read_that_is_denied(
    refused: Callable[..., Result], sandbox: Sandbox, module: str, options: dict[str, Any], operation: str
) -> None:
    sandbox.seed(groups=[SALES], users=[{"name": "asha.rao"}])
    sandbox.fail(operation, "AccessDenied", count=2)
    told = refused(module, options)
    assert f"Allow iam:{operation} " in told["msg"]
    assert told["error"] == {"code": "AccessDenied"}


def test_an_endpoint_that_does_not_answer(playbook: Callable[..., PlaybookResult], sandbox: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        endpoint = f"http://127.0.0.1:{server.getsockname()[1]}"
    started = time.monotonic()
    unreachable = task("iam_user", name="asha.rao", endpoint_url=endpoint)
    run = playbook([{**unreachable, "name": "unreachable", "ignore_errors": True}]).succeeded()
    assert time.monotonic() - started < 30
    assert (
        "nothing there answers" in run.result("unreachable")["msg"]
        or "endpoint_url" in run.result("unreachable")["msg"]
    )


def test_faults_in_a_playbook(playbook: Callable[..., PlaybookResult], sandbox: Sandbox) -> None:
    before = sandbox.state()
    chart = {"departments": [SALES], "employees": [{"name": "asha.rao", "departments": ["slaes"]}]}
    run = playbook([{**task("iam_workforce", **chart), "name": "chart"}]).failed()
    assert run.result("chart")["faults"] == [
        "employee asha.rao: is in the unknown department slaes; did you mean sales?"
    ]
    assert sandbox.state() == before


def _own() -> str:
    return '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:ListUsers", "Resource": "*"}]}'
