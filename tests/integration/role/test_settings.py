# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the role is told: lists in their forms, people named, accounts, and settings that are wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.support.playbooks import PlaybookResult
from tests.support.role import CHART, FAIL, NAMES, ROLE, RUN, SUMMARY, inventory, play

Run = Callable[..., PlaybookResult]
Variables = dict[str, Any]


def _include(**variables: Any) -> dict[str, Any]:
    return {**ROLE, "vars": variables}


def _each(*cases: Variables) -> list[dict[str, Any]]:
    """A play for each case, and what it came to said aloud: to start `ansible-playbook` for each would cost more."""
    show = {"name": "Result", "ansible.builtin.debug": {"msg": "{{ onboard_result }}"}}
    return [play(_include(**case), show) for case in cases]


def _results(outcome: PlaybookResult) -> list[dict[str, Any]]:
    return [task.hosts["web1"]["msg"] for task in outcome.succeeded().tasks if task.name == "Result"]


@pytest.mark.long  # _chart/test_rows.py has each form
def test_forms_of_the_lists(playbook: Run, sandbox: Sandbox, tmp_path: Path) -> None:
    """In each step the people of the step before are left out: nothing is done to them, they are only told."""
    kim, eva = ({"name": name, "departments": ["sales"]} for name in ("kim.lee", "eva.janssen"))
    departments = CHART["departments"]
    cases = [
        # The plain names may be words of another role: these win over them.
        {
            "onboard_departments": departments,
            "onboard_employees": CHART["employees"],
            "departments": "x",
            "employees": 7,
        },
        {"departments": departments, "employees": [], "onboard_extra_employees": [kim]},
        {"departments": departments, "employees": [kim], "onboard_extra_employees": json.dumps([eva])},
        {"departments": departments, "employees": [eva], "onboard_extra_employees": "- name: bo.li\n  departments: []"},
        {"departments": departments, "employees": json.dumps([eva]), "onboard_extra_employees": ""},
        {
            "departments": departments,
            "onboard_extra_employees": json.dumps([{"name": "tagged", "path": "/x/", "tags": {"a": "b"}}]),
            "onboard_employees_from": json.dumps([str(tmp_path / "more.json")]),
            "onboard_files_may_set": "path\n tags ",
        },
    ]
    tmp_path.joinpath("more.json").write_text(json.dumps([{"name": "filed", "departments": []}]), encoding="utf-8")
    outcome = playbook(_each(*cases), inventory={"all": {"hosts": {"web1": {}}}})
    joiners = [result["joiners"] for result in _results(outcome)]
    assert joiners == [NAMES, ["kim.lee"], ["eva.janssen"], ["bo.li"], [], ["filed", "tagged"]]
    assert sorted(sandbox.state()["users"]) == sorted([*NAMES, "kim.lee", "eva.janssen", "bo.li", "filed", "tagged"])
    assert _results(outcome)[-2]["unlisted"] == sorted([*NAMES, "kim.lee", "bo.li"])


def test_only(playbook: Run, sandbox: Sandbox) -> None:
    """As a list and as `-e onboard_only=...` gives it; an empty list is nobody, and without it the run is for all."""
    sandbox.seed(groups=[{"name": "sales", "path": "/workforce/"}, {"name": "data-science", "path": "/workforce/"}])
    cases: list[Variables] = [{"onboard_only": []}, {"onboard_only": ["asha.rao"]}, {"onboard_only": "asha.rao,li.wei"}]
    outcome = playbook(_each(*cases, {}), inventory=inventory("web1"))
    nobody, one, both, everything = _results(outcome)
    assert (nobody["joiners"], one["joiners"], both["joiners"]) == ([], ["asha.rao"], ["li.wei"])
    assert one["departments"] == {"created": [], "changed": []}
    assert everything["departments"]["changed"] == ["sales"]
    assert sorted(sandbox.state()["users"]) == NAMES


# What a form sends whose fields were left empty.
BLANK = (
    "readmit",
    "reissue",
    "max_losses",
    "max_gains",
    "confirm_losses",
    "confirm_gains",
    "confirm_renames",
    "issue",
    "beside",
    "remove_after_days",
    "unlisted",
    "unlisted_departments",
    "on_failure",
    "timezone",
    "adopt",
    "release",
    "readmit_keys",
    "credentials",
    "record",
    "employees_from",
    "extra_employees",
    "protected",
    "account",
    "path",
    "csv",
    "everyone",
    "files_may_set",
    "connection",
    "adopted_departments",
    "policies",
    "roles",
    "account_settings",
)


def test_what_is_left_blank_is_not_given(playbook: Run, sandbox: Sandbox) -> None:
    blank: Variables = {f"onboard_{name}": "" for name in BLANK}
    spaces = {**blank, "onboard_unlisted": " ", "onboard_timezone": "  ", "onboard_record": " "}
    first, second = _results(playbook(_each(blank, spaces), inventory=inventory("web1")))
    assert [first["failed"], second["failed"]] == [False, False]
    assert (first["joiners"], second["changed"]) == (NAMES, False)
    assert sorted(sandbox.state()["users"]) == NAMES


def test_names_however_they_are_typed(playbook: Run, sandbox: Sandbox) -> None:
    """Whoever is protected is spared in each form; a typo protects nobody, and is told."""
    names = ["anton.berg", "bianca.popescu"]
    managed = {"workforce:managed": "onboard"}
    sandbox.seed(users=[{"name": name, "tags": managed} for name in names])
    gone: Variables = {"departments": [], "employees": [], "onboard_unlisted": "suspend"}
    blank: Variables = {"onboard_readmit": "", "onboard_reissue": " ", "onboard_adopted_departments": ""}
    cases: list[Variables] = [
        {**gone, **blank, "onboard_protected": names},
        {**gone, "onboard_protected": "\n".join(names)},
        {**gone, "onboard_protected": json.dumps(names)},
        {**gone, "onboard_protected": ["antn.berg", names[1]]},
    ]
    outcome = playbook(_each(*cases), inventory={"all": {"hosts": {"web1": {}}}})
    leavers = [[one["name"] for one in result["leavers"]] for result in _results(outcome)]
    assert leavers == [[], [], [], ["anton.berg"]]
    told = [task.hosts["web1"].get("warnings", []) for task in outcome.tasks if task.name == RUN]
    assert "nobody in the account has the name antn.berg; did you mean anton.berg?" in str(told[-1])
    assert "protected:" not in str(told[:-1])
    assert "workforce:suspended" not in sandbox.state()["users"]["bianca.popescu"]["tags"]


CONNECTION = "onboard_connection is no dictionary: write it as {profile: people-admin}, or leave it out."
EMPTY_NAME = "only: has an empty name, so nothing is done; write the names of employees, [] for nobody"
WRONG: list[tuple[Variables, str]] = [
    ({"onboard_only": ""}, EMPTY_NAME),
    ({"onboard_unlistd": "remove"}, "onboard_unlistd: there is no such variable; did you mean onboard_unlisted?"),
    ({"onboard_account_id": ""}, "account_id is blank"),
    ({"onboard_files_may_set": ["policies"]}, "files_may_set: has policies; these belong there: access_key, "),
    (
        {"employees": [{"name": "automation"}], "onboard_everyone": {"name": "everyone"}},
        "employee automation: runs this job, and is an employee",
    ),
    ({"onboard_connection": "a-secret"}, CONNECTION),
    (
        {"onboard_connection": {"profil": "x"}},
        "Unsupported parameters for (workforce.aws.iam_workforce)",
    ),
    (
        {"departments": "{{ undefined_here }}"},
        "No departments: put them in inventory/group_vars/all/, or pass -e @file",
    ),
]

# The role hands these on as it hands on others of WRONG. What they come to is shown by the tests of the module's parts.
MORE_WRONG: list[tuple[Variables, str]] = [
    ({"onboard_only": None}, EMPTY_NAME),
    ({"onboard_protected": "asha rao"}, "protected: has 'asha rao', with white space inside a name"),
    ({"onboard_extra_employees": ": [what"}, "onboard_extra_employees: is not YAML"),
    (
        {"onboard_extra_employees": "[{name: eve, managed_policies: [AdministratorAccess]}]", "onboard_only": ["eve"]},
        "employee eve (entry 1 of onboard_extra_employees): has managed_policies, which files and surveys may not say",
    ),
    ({"onboard_everyone": {"protect_marks": "off"}}, "everyone.protect_marks: has a string (off); true or false"),
    ({"onboard_connection": "profile=a-secret"}, CONNECTION),
    ({"onboard_account_id": 999999999999}, "these credentials reach account 123456789012"),
    ({"employees": "asha.rao"}, "employees: is a string"),
    ({"onboard_extra_employees": "name: kim.lee"}, "onboard_extra_employees: has no list at its top"),
    ({"onboard_path": "workforce"}, "path"),
    ({"onboard_only": "  "}, EMPTY_NAME),
    ({"onboard_only": [""]}, EMPTY_NAME),
    ({"onboard_only": "asha.rao,"}, EMPTY_NAME),
    ({"onboard_only": ["no.body"]}, "employee no.body: is not in employees"),
    ({"onboard_account_id": "999999999999"}, "these credentials reach account 123456789012"),
    ({"employees": [{"name": "asha.rao", "departments": ["sails"]}]}, "sails"),
    ({"employees": None}, "employees: is a string (null); it must be a list of employees ([] for none)"),
    ({"employees": [7]}, "entry 1 of employees: is a number (7)"),
    ({"employees": [{"name": "asha.rao"}, "{{ undefined_here }}"]}, "'undefined_here' is undefined"),
    ({"onboard_employees_from": ["not/there.csv"]}, "not/there.csv: does not exist"),
    ({"onboard_csv": {"colums": {}}, "onboard_employees_from": ["not/there.csv"]}, "colums"),
    ({"onboard_max_losses": "many"}, "max_losses: is 'many'"),
    ({"onboard_max_gains": 0}, "2 people would be new: asha.rao, li.wei."),
    ({"onboard_timezone": "Mars/Base"}, "Mars/Base"),
    ({"onboard_unlisted": "delete"}, "value of onboard_unlisted must be one of: ignore, suspend, remove"),
    ({"onboard_readmit": ["no.body"]}, "employee no.body: is to be readmitted and is not in employees"),
    ({"onboard_record": "/not/there/changes.jsonl"}, "/not/there/changes.jsonl"),
]


@pytest.mark.parametrize(
    "refused", [pytest.param(WRONG, id="each way"), pytest.param(MORE_WRONG, id="more", marks=pytest.mark.long)]
)
def test_wrong_settings_are_told_and_nothing_is_written(
    playbook: Run, sandbox: Sandbox, refused: list[tuple[Variables, str]]
) -> None:
    """Each refusal leaves why in `onboard_result`."""
    cases = [{**wrong, "onboard_on_failure": "warn"} for wrong, _message in refused]
    results = _results(playbook(_each(*cases), inventory=inventory("web1")))
    for result, (wrong, message) in zip(results, refused, strict=True):
        assert message in result["msg"], f"{wrong}: {result}"
        assert all(fault in result["msg"] for fault in result["faults"])
        assert (result["failed"], result["failures"]) == (True, [])
        assert not [key for key in result if key.startswith("failed_")]
        assert "a-secret" not in str(result)
    assert sandbox.state()["users"] == {}
    assert sandbox.calls()["by_kind"]["write"] == 0


@pytest.mark.parametrize("forms", [["departments"], ["departments", "employees"]])
def test_lists_that_are_not_there(playbook: Run, tmp_path: Path, forms: list[str]) -> None:
    """One fault a line, and why Ansible may not have seen them once."""
    chart = {name: listed for name, listed in CHART.items() if name not in forms}
    hosts = {"all": {"hosts": {"web1": {}}, "vars": chart}}
    config = tmp_path / "ansible.cfg"
    config.write_text("[defaults]\n", encoding="utf-8")
    tmp_path.chmod(0o777)
    outcome = playbook([play(ROLE)], inventory=hosts, cwd=tmp_path).failed()
    # What takes more than one line is a page.
    lines = outcome.page(SUMMARY, "web1") if len(forms) > 1 else [outcome.result(FAIL, "web1")["msg"]]
    where = "put them in inventory/group_vars/all/, or pass -e @file."
    assert [line[: len(f"No {form}: {where}")] for form, line in zip(forms, lines, strict=True)] == [
        f"No {form}: {where}" for form in forms
    ]
    assert "\n".join(lines).count("chmod o-w") == 1
    assert "chmod o-w" in lines[0]


def test_a_wrong_answer_to_failure_fails(playbook: Run) -> None:
    outcome = playbook([play(ROLE)], inventory=inventory("web1", onboard_on_failure="wran")).failed()
    assert "value of onboard_on_failure must be one of: fail, warn" in outcome.result(FAIL, "web1")["msg"]


def test_tags_that_choose_the_role_choose_all_of_it(playbook: Run, sandbox: Sandbox) -> None:
    role = {"role": "workforce.aws.onboard", "tags": ["people"], "onboard_only": ["li.wei"]}
    sandbox.seed(groups=[{"name": "sales", "path": "/workforce/"}, {"name": "data-science", "path": "/workforce/"}])
    outcome = playbook([play(roles=[role])], inventory=inventory("web1"), arguments=["--tags", "people"])
    assert outcome.succeeded().result(RUN, "web1")["joiners"] == ["li.wei"]


def test_root_is_refused(playbook: Run, sandbox: Sandbox) -> None:
    sandbox.switch(caller="root")
    outcome = playbook([play(ROLE)], inventory=inventory("web1")).failed()
    message = outcome.result(FAIL, "web1")["msg"]
    assert "root user" in message
    assert "docs/policies.md" in message
    assert sandbox.calls()["by_kind"]["write"] == 0
