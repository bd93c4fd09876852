# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every brake of the daily job, from the command line: it names people, and the account stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.support.modules import document, run_in_process
from tests.support.playbooks import PlaybookResult
from tests.support.role import FAIL, ROLE, RUN, play

Run = Callable[..., PlaybookResult]
Variables = dict[str, Any]
MARK = {"workforce:managed": "onboard"}
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
NAMES = [f"p{number:02}" for number in range(24)]
TWO = {
    "Version": "2012-10-17",
    "Statement": [*document("s3:*")["Statement"], *document("sts:AssumeRole", "arn:aws:iam::1:role/ops")["Statement"]],
}
SALES = {"name": "sales", "managed_policies": [READ_ONLY], "inline_policies": {"own": TWO}}
DEPARTMENTS = [SALES, {"name": "it"}]
ONBOARD = "workforce.aws.onboard"


def people(*names: str, **more: Any) -> list[Variables]:
    return [{"name": name, "departments": ["sales"], **more} for name in names]


def changed_sales(**changes: Any) -> Variables:
    return {"departments": [{**SALES, **changes}, {"name": "it"}], "employees": people(*NAMES)}


@pytest.fixture
def before(sandbox: Sandbox) -> Variables:
    """24 managed people in one department, with the caller and a machine among them."""
    sandbox.seed(groups=[{**SALES, "path": "/workforce/"}, {"name": "it", "path": "/workforce/"}])
    paths = {"p22": "/machines/"}
    users = [{"name": name, "tags": MARK, "groups": ["sales"], "path": paths.get(name, "/")} for name in NAMES]
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


def test_go_on_once(playbook: Run, sandbox: Sandbox, before: Variables) -> None:
    chart = {"departments": DEPARTMENTS, "employees": OUT + people(*NEW)}
    stopped = playbook(ONBOARD, extra_vars=chart).failed().result(FAIL)["msg"]
    assert "-e onboard_confirm_losses=5" in stopped
    assert "-e onboard_confirm_gains=21" in stopped
    half = playbook(ONBOARD, extra_vars=chart, arguments=["-e", "onboard_confirm_losses=5"]).failed()
    assert "-e onboard_confirm_losses" not in half.result(FAIL)["msg"]
    assert sandbox.state() == before
    both = ["-e", "onboard_confirm_losses=5", "-e", "onboard_confirm_gains=21"]
    done = playbook(ONBOARD, extra_vars=chart, arguments=both).succeeded().result(RUN)
    assert ([one["name"] for one in done["leavers"]], done["joiners"]) == (NAMES[:5], NEW)


def test_a_pilot_of_six_whose_list_shrinks_to_one(playbook: Run, sandbox: Sandbox) -> None:
    chart = {"departments": [{"name": "sales"}], "employees": people(*NAMES[:6])}
    playbook(ONBOARD, extra_vars=chart).succeeded()
    before = sandbox.state()
    shrunk = {**chart, "employees": people("p00"), "onboard_unlisted": "remove"}
    for check in (True, False):
        stopped = playbook(ONBOARD, extra_vars=shrunk, check=check).failed().result(FAIL)["msg"]
        assert "5 people would lose access: p01, p02, p03, p04, p05" in stopped
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
