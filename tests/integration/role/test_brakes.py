# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every brake of the daily job, from the command line: it names people, and the account stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.suspension import DENY_NAME, deny

from tests.sandbox.client import Sandbox
from tests.support.modules import document, run_in_process
from tests.support.playbooks import PlaybookResult
from tests.support.role import FAIL, ROLE, RUN, play

Run = Callable[..., PlaybookResult]
Variables = dict[str, Any]
MARK = {"workforce:managed": "onboard"}
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll"
ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
OURS = "arn:aws:iam::123456789012:policy/ours"
PATHS = {"p22": "/machines/"}
NAMES = [f"p{number:02}" for number in range(24)]
TWO = {
    "Version": "2012-10-17",
    "Statement": [*document("s3:*")["Statement"], *document("sts:AssumeRole", "arn:aws:iam::1:role/ops")["Statement"]],
}
SALES: Variables = {"name": "sales", "managed_policies": [READ_ONLY], "inline_policies": {"own": TWO}}
ADMINS: Variables = {"name": "admins", "managed_policies": [ADMINISTRATOR]}
DEPARTMENTS: list[Variables] = [SALES, {"name": "it"}, ADMINS]
DENIED = {DENY_NAME: deny("list")}
ONBOARD = "workforce.aws.onboard"


def people(*names: str, **more: Any) -> list[Variables]:
    return [{"name": name, "departments": ["sales"], **more} for name in names]


def changed_sales(**changes: Any) -> Variables:
    return {"departments": [{**SALES, **changes}, {"name": "it"}, ADMINS], "employees": people(*NAMES)}


def marks(name: str) -> Variables:
    return {**MARK, "workforce:employee-id": f"no-{name}"}


@pytest.fixture
def before(sandbox: Sandbox) -> Variables:
    """24 managed people in one department, with the caller and a machine among them."""
    sandbox.seed(groups=[{**group, "path": "/workforce/"} for group in DEPARTMENTS])
    sandbox.seed(policies=[{"name": "ours", "document": document("iam:*")}])
    users = [{"name": name, "tags": marks(name), "groups": ["sales"], "path": PATHS.get(name, "/")} for name in NAMES]
    sandbox.seed(users=[*users, {"name": "automation", "tags": MARK}])
    state: Variables = sandbox.state()
    return state


EVERYBODY = ", ".join(NAMES)
NEW = [f"new{number:02}" for number in range(21)]
OUT = people(*NAMES[:5], state="suspended") + people(*NAMES[5:])
REFUSALS: dict[str, tuple[Variables, str]] = {
    "an empty list": ({"employees": [], "onboard_unlisted": "suspend"}, f"24 people would lose access: {EVERYBODY}"),
    "a lost tail": (
        {"employees": people(*NAMES[:18]), "onboard_unlisted": "remove"},
        "6 people would lose access: p18, p19, p20, p21, p22, p23",
    ),
    "five who leave": ({"employees": OUT}, "5 people would lose access: p00, p01, p02, p03, p04"),
    "five who move": (
        {"employees": [{"name": name, "departments": ["it"]} for name in NAMES[:5]] + people(*NAMES[5:])},
        "5 people would lose access: p00, p01, p02, p03, p04",
    ),
    "a department loses a policy": (changed_sales(managed_policies=[]), f"24 people would lose access: {EVERYBODY}"),
    "a department loses all inline policies": (changed_sales(inline_policies={}), "24 people would lose access"),
    "a department loses a role": (changed_sales(inline_policies={"own": document("s3:*")}), "24 people would lose"),
    "a department is no longer listed": (
        {"departments": [{"name": "it"}], "employees": [], "onboard_unlisted_departments": "remove"},
        "24 people would lose access",
    ),
    "another number": ({"employees": OUT, "onboard_confirm_losses": 4}, "onboard_confirm_losses says is not this"),
    "another account's number": (
        {"employees": OUT, "onboard_account": "prod", "onboard_confirm_losses": {"dev": 5}},
        "run once more with -e onboard_confirm_losses=5",
    ),
    "a lower limit": ({"employees": OUT, "onboard_max_losses": "4%"}, "the limit is 1"),
    "joiners": ({"employees": people(*NAMES, *NEW)}, f"21 people would be new: {', '.join(NEW)}"),
    "joiners beyond a limit": (
        {"employees": people(*NAMES, *NEW[:3]), "onboard_max_gains": 2},
        "run once more with -e onboard_confirm_gains=3",
    ),
    "all are denied everything": (
        changed_sales(managed_policies=[READ_ONLY, DENY_ALL]),
        f"24 people would lose access: {EVERYBODY}",
    ),
    "all are renamed": (
        {
            "onboard_confirm_renames": 24,
            "employees": [
                {**one, "name": f"x-{one['name']}", "employee_id": f"no-{one['name']}"} for one in people(*NAMES)
            ],
        },
        f"24 people would lose access: {EVERYBODY}",
    ),
    "all become administrators": (
        changed_sales(managed_policies=[READ_ONLY, ADMINISTRATOR]),
        f"NEW ADMINISTRATORS: {EVERYBODY} (through department sales: AdministratorAccess)\n"
        f"gains: 24 people would gain access: {EVERYBODY}",
    ),
    "all become administrators by a policy of ours": (
        changed_sales(managed_policies=[READ_ONLY, OURS]),
        f"NEW ADMINISTRATORS: {EVERYBODY} (through department sales: ours, which allows iam:*)\n"
        f"gains: 24 people would gain access: {EVERYBODY}",
    ),
    "all move to the administrators": (
        {
            "employees": [{"name": name, "departments": ["admins"]} for name in NAMES],
            "onboard_max_losses": 24,
            "onboard_max_gains": 1,
        },
        f"NEW ADMINISTRATORS: {EVERYBODY} (through department admins: AdministratorAccess)\n"
        f"gains: 24 people would gain access: {EVERYBODY}",
    ),
    "some come and all gain": (
        {
            **changed_sales(inline_policies={"own": TWO, "more": document("ec2:*")}),
            "employees": people(*NAMES, *NEW[:3]),
        },
        f"27 people would gain access (3 new, 24 gain access): {', '.join(NEW[:3])}, p00",
    ),
    "a limit that is none": ({"employees": OUT, "onboard_max_losses": "many"}, "max_losses: is 'many'"),
    "employees null": ({"employees": None, "onboard_unlisted": "remove"}, "it must be a list of employees"),
    "employees of text": ({"employees": "p00", "onboard_unlisted": "remove"}, "employees: is a string"),
    "employees undefined": ({"employees": "{{ nothing }}", "onboard_unlisted": "remove"}, "No employees"),
    "departments null": (
        {"departments": None, "onboard_unlisted_departments": "remove"},
        "it must be a list of departments",
    ),
    "an entry of text": (
        {"employees": [*people(*NAMES[:20]), "p20"], "onboard_unlisted": "remove"},
        "entry 21 of employees: is a string",
    ),
    "a file that is not there": (
        {"onboard_employees_from": ["nobody/*.csv"], "employees": "{{ omit }}", "onboard_unlisted": "remove"},
        "nobody/*.csv",
    ),
    "protected by name": (
        {"employees": people("p00", state="absent") + people(*NAMES[1:]), "onboard_protected": ["P00"]},
        "employee p00: is not to have access any more (state absent), but is protected (P00)",
    ),
    "protected by path": (
        {"employees": people("p22", state="absent"), "onboard_protected": ["/machines/"]},
        "employee p22: is not to have access any more (state absent), but is protected (/machines/)",
    ),
    "the caller": (
        {"employees": people("automation", state="absent")},
        "employee automation: is not to have access any more (state absent), but is who runs this",
    ),
}


# What the role itself has a part in; the module alone is told the rest, in this process.
BY_THE_ROLE = (
    "an empty list",
    "another account's number",
    "employees null",
    "employees undefined",
    "departments null",
    "a file that is not there",
)


@pytest.mark.parametrize("name", [name for name in REFUSALS if name not in BY_THE_ROLE])
def test_refused_by_the_module(sandbox: Sandbox, before: Variables, name: str) -> None:
    case, message = REFUSALS[name]
    chart = {"departments": DEPARTMENTS, "employees": people(*NAMES), **case}
    options = {option.removeprefix("onboard_"): value for option, value in chart.items()}
    for check in (True, False):
        refused = run_in_process("iam_workforce", options, sandbox=sandbox, check=check)
        assert refused["failed"] is True
        assert message in refused["msg"]
    assert sandbox.calls()["by_kind"].get("write", 0) == 0
    assert sandbox.state() == before


def test_refused_by_the_role(playbook: Run, sandbox: Sandbox, before: Variables) -> None:
    """One play for each: to start `ansible-playbook` for each would cost more."""
    cases = [REFUSALS[name] for name in BY_THE_ROLE]
    show = {"name": "Result", "ansible.builtin.debug": {"msg": "{{ onboard_result }}"}}
    chart = {"departments": DEPARTMENTS, "employees": people(*NAMES), "onboard_on_failure": "warn"}
    plays = [play({**ROLE, "vars": {**chart, **case}}, show) for case, _message in cases]
    outcome = playbook(plays, inventory={"all": {"hosts": {"web1": {}}}}).succeeded()
    results = [task.hosts["web1"]["msg"] for task in outcome.tasks if task.name == "Result"]
    for name, result, (_case, message) in zip(BY_THE_ROLE, results, cases, strict=True):
        told = "\n".join([*result.get("faults", ()), result.get("msg", str(result))])
        assert message in told, f"{name}: {told}"
        assert result["failed"] is True, name
    assert sandbox.calls()["by_kind"].get("write", 0) == 0
    assert sandbox.state() == before


def test_forty_who_are_let_in_again(sandbox: Sandbox) -> None:
    names = [f"q{number:02}" for number in range(40)]
    tags = {**MARK, "workforce:suspended": "2026-01-01T00:00:00Z list"}
    sandbox.seed(groups=[{**SALES, "path": "/workforce/"}])
    sandbox.seed(users=[{"name": name, "tags": tags, "groups": ["sales"], "inline_policies": DENIED} for name in names])
    before = sandbox.state()
    options: Variables = {"departments": [SALES], "employees": people(*names), "max_gains": 1}
    for check in (True, False):
        refused = run_in_process("iam_workforce", options, sandbox=sandbox, check=check)
        assert refused["failed"] is True
        assert refused["msg"].startswith(f"gains: 40 people would be let in again: {', '.join(names)}. 40 are managed")
        assert sandbox.state() == before
    done = run_in_process("iam_workforce", {**options, "confirm_gains": 40}, sandbox=sandbox)
    assert [one["name"] for one in done["returned"]] == names


def test_a_policy_that_may_not_be_read_is_a_gain_and_told(sandbox: Sandbox, before: Variables) -> None:
    chart = changed_sales(managed_policies=[READ_ONLY, OURS])
    sandbox.fail("GetPolicyVersion", "AccessDenied", status=403, count=None)
    stopped = run_in_process("iam_workforce", chart, sandbox=sandbox)
    assert stopped["msg"].startswith(f"gains: 24 people would gain access: {EVERYBODY}")
    previewed = run_in_process("iam_workforce", {**chart, "confirm_gains": 24}, sandbox=sandbox, check=True)
    assert previewed["new_administrators"] == []
    (told,) = [line for line in previewed["summary"] if OURS in line and line.startswith("WARNING")]
    assert "is not known: GetPolicyVersion" in told
    assert "Allow iam:GetPolicyVersion" in told
    assert sandbox.state() == before


def test_one_persons_run_in_a_large_account_names_the_administrator(sandbox: Sandbox, before: Variables) -> None:
    """There the person is read alone, and the department's policies are read because somebody joins it."""
    sandbox.seed(users=[{"name": f"somebody.{number}"} for number in range(4500)])
    new = {"name": "new", "departments": ["admins"]}
    options: Variables = {"departments": DEPARTMENTS, "employees": [new], "only": ["new"]}
    preview = run_in_process("iam_workforce", options, sandbox=sandbox, check=True)
    assert preview["summary"][0] == "NEW ADMINISTRATORS: new (through department admins: AdministratorAccess)"
    sandbox.fail("ListAttachedGroupPolicies", "AccessDenied", status=403, count=None)
    done = run_in_process("iam_workforce", options, sandbox=sandbox)
    assert done["new_administrators"] == []
    assert any("whether department admins makes anybody administrator" in line for line in done["summary"])
    again = run_in_process("iam_workforce", options, sandbox=sandbox)
    assert (again["changed"], "ListAttachedGroupPolicies" in str(again["api_calls"])) == (False, False)


@pytest.mark.long  # the confirmation is tested in modules/test_movers_and_leavers.py
def test_go_on_once(playbook: Run, sandbox: Sandbox, before: Variables) -> None:
    chart = {
        "departments": DEPARTMENTS,
        "employees": OUT + people(*NEW[1:]) + [{"name": NEW[0], "departments": ["admins"]}],
    }
    administrators = f"NEW ADMINISTRATORS: {NEW[0]} (through department admins: AdministratorAccess)"
    stopped = playbook(ONBOARD, extra_vars=chart).failed().result(FAIL)["msg"]
    assert stopped.startswith("STOPPED, nothing was changed: NEW ADMINISTRATORS: 1 person; losses: 5 people")
    assert "-e onboard_confirm_losses=5" in stopped
    assert "-e onboard_confirm_gains=21" in stopped
    half = playbook(ONBOARD, extra_vars=chart, arguments=["-e", "onboard_confirm_losses=5"]).failed()
    assert "-e onboard_confirm_losses" not in half.result(FAIL)["msg"]
    assert sandbox.state() == before
    both = ["-e", "onboard_confirm_losses=5", "-e", "onboard_confirm_gains=21"]
    confirmed = {**chart, "confirm_losses": 5, "confirm_gains": 21}
    preview = run_in_process("iam_workforce", confirmed, sandbox=sandbox, check=True)
    done = playbook(ONBOARD, extra_vars=chart, arguments=both).succeeded().result(RUN)
    assert preview["summary"][0] == done["summary"][0] == administrators
    assert ([one["name"] for one in done["leavers"]], done["joiners"]) == (NAMES[:5], NEW)


@pytest.mark.long  # the unit tests of the brakes count alike
def test_a_pilot_of_six_whose_list_shrinks_to_one(playbook: Run, sandbox: Sandbox) -> None:
    chart = {"departments": [{"name": "sales"}], "employees": people(*NAMES[:6])}
    playbook(ONBOARD, extra_vars=chart).succeeded()
    before = sandbox.state()
    shrunk = {**chart, "employees": people("p00"), "onboard_unlisted": "remove"}
    for check in (True, False):
        stopped = playbook(ONBOARD, extra_vars=shrunk, check=check).failed()
        assert "5 people would lose access: p01, p02, p03, p04, p05" in stopped.result(RUN)["msg"]
        assert "losses: 5 people would lose access. 6 are managed" in stopped.result(FAIL)["msg"]
        assert sandbox.state() == before


def test_a_read_that_failed(playbook: Run, sandbox: Sandbox, before: Variables) -> None:
    chart = {"departments": DEPARTMENTS, "employees": people(*NAMES[:23]), "onboard_unlisted": "remove"}
    options = {option.removeprefix("onboard_"): value for option, value in chart.items()}
    for operation in ("GetAccountSummary", "GetCallerIdentity", "ListAccessKeys"):
        sandbox.switch(errors=[])
        sandbox.fail(operation, "AccessDenied", status=403, count=None)
        assert operation in run_in_process("iam_workforce", options, sandbox=sandbox)["msg"]
    sandbox.switch(errors=[])
    sandbox.fail("GetAccountAuthorizationDetails", "AccessDenied", status=403, count=None)
    stopped = playbook(ONBOARD, extra_vars=chart).failed().result(FAIL)["msg"]
    assert "GetAccountAuthorizationDetails" in stopped
    assert sandbox.state() == before


@pytest.mark.long  # the re-reads wait for twelve seconds
def test_a_count_that_stays_different(playbook: Run, sandbox: Sandbox, before: Variables, iam: Any) -> None:
    """IAM counts somebody whom it does not show yet: nobody is cut for being missing."""
    sandbox.switch(visibility_delay=600)
    iam.create_user(UserName="unseen")
    chart = {"departments": DEPARTMENTS, "employees": people(*NAMES[:23]), "onboard_unlisted": "remove"}
    done = playbook(ONBOARD, extra_vars=chart).succeeded().result(RUN)
    assert done["leavers"] == []
    assert "p23" in done["unlisted"]
    assert any("nobody was cut for being missing" in line for line in done["summary"])
    sandbox.switch(visibility_delay=0)
    assert {name: sandbox.state()["users"][name] for name in NAMES} == {name: before["users"][name] for name in NAMES}
