# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role with lists in files: an export as a German personnel system writes it, beside files of people's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.sandbox.client import Sandbox
from tests.support.modules import run_in_process
from tests.support.playbooks import PlaybookResult
from tests.support.role import RUN, SUMMARY

DEPARTMENTS = [{"name": "kundendienst"}, {"name": "entwicklung"}]
SETTINGS: dict[str, Any] = {
    "departments": DEPARTMENTS,
    "onboard_employees_from": ["hr/export.csv", "people/*.yml"],
    "onboard_csv": {
        "columns": {
            "employee_id": "Pers.-Nr.",
            "email": "E-Mail",
            "departments": "Abteilung",
            "ends_on": "Austritt",
            "tags": {"Ort": "Dienstort"},
        },
        "name": "email",
        "departments": {"Kundendienst": "kundendienst", "Entwicklung, Köln": "entwicklung", "Hausmeisterei": "none"},
        "dates": "%d.%m.%Y",
        "at_least": 4,
    },
}
EXPORT = (
    "Pers.-Nr.;Name;E-Mail;Abteilung;Dienstort;Austritt\r\n"
    '0042;"Weiß, Jürgen";juergen.weiss@example.com;Kundendienst;Köln;\r\n'
    '0043;"Rao, Asha\r\n(in Elternzeit)";asha.rao@example.com;Entwicklung, Köln;;31.12.9999\r\n'
    "0044;Krause, Karl;;Hausmeisterei;Köln;\r\n"
    "0045;Li, Wei;li.wei@example.com;Kundendienst;Köln;\r\n"
    ";;;;;\r\n"
)
RECORD = {"onboard_record": "changes.jsonl"}
PLAY = [{"hosts": "localhost", "gather_facts": False, "roles": ["workforce.aws.onboard"]}]

Playbook = Callable[..., PlaybookResult]


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """The folder of a playbook with its lists beside it."""
    (tmp_path / "hr").mkdir()
    (tmp_path / "people").mkdir()
    (tmp_path / "hr" / "export.csv").write_bytes(EXPORT.encode("utf-8-sig"))
    (tmp_path / "people" / "extern.yml").write_text("- name: kim\n  departments: [entwicklung]\n", encoding="utf-8")
    return tmp_path / "hr" / "export.csv"


def members(iam: Any, group: str) -> set[str]:
    return {user["UserName"] for user in iam.get_group(GroupName=group)["Users"]}


@pytest.mark.usefixtures("export")
def test_an_export_becomes_users_in_departments(playbook: Playbook, iam: Any) -> None:
    first = playbook(PLAY, extra_vars=SETTINGS).succeeded()
    assert members(iam, "kundendienst") == {"juergen.weiss", "li.wei"}
    assert members(iam, "entwicklung") == {"asha.rao", "kim"}
    assert {user["UserName"] for user in iam.list_users()["Users"]} == {"juergen.weiss", "li.wei", "asha.rao", "kim"}
    tags = {tag["Key"]: tag["Value"] for tag in iam.list_user_tags(UserName="juergen.weiss")["Tags"]}
    assert tags == {"workforce:managed": "onboard", "workforce:employee-id": "0042", "Ort": "Köln"}
    summary = first.page(SUMMARY)
    assert summary[1] == "4 employees and 2 departments are listed, and 1 person without access to AWS"
    run = first.result(RUN)
    assert run["counts"]["without_access"] == 1
    assert "juergen" not in str(run.get("invocation"))
    again = playbook(PLAY, extra_vars={**SETTINGS, "employees": [{"name": "kim2", "departments": []}]}, check=True)
    run = again.succeeded().result(RUN)
    assert (run["joiners"], run["counts"]["steps"]) == (["kim2"], 1)


def test_faults_name_file_and_line(playbook: Playbook, export: Path, sandbox: Sandbox) -> None:
    text = EXPORT.replace("Kundendienst;Köln;\r\n;", "Kundendinst;Köln;1/2\r\n;").replace(
        "juergen.weiss@", "jürgen.weiß@"
    )
    export.write_bytes((text + "0046;zu kurz\r\n").encode())
    message = playbook(PLAY, extra_vars=SETTINGS).failed().result(RUN)["msg"]
    for told in (
        f"employee jürgen.weiß ({export} line 2): has 'ü', 'ß' in the name; IAM allows only A-Z a-z 0-9 _ + = , . @ -; "
        "juergen.weiss or jurgen.weiss would do",
        f"employee li.wei ({export} line 6): has the unknown Abteilung Kundendinst; did you mean Kundendienst?",
        f"employee li.wei ({export} line 6): has 1/2 for Austritt, which is not a date of the form %d.%m.%Y",
        f"{export} line 8: has 2 cells, the header has 6",
    ):
        assert told in message
    assert not sandbox.state()["users"]


def test_a_typo_stops_no_leaver_and_a_broken_row_stops_all(
    playbook: Playbook, export: Path, sandbox: Sandbox, iam: Any
) -> None:
    playbook(PLAY, extra_vars=SETTINGS).succeeded()
    before = sandbox.state()
    left = EXPORT.replace("Köln;\r\n;", "Köln;31.01.2020\r\n;").replace("Entwicklung, Köln", "Entwicklung")
    export.write_bytes((left + "0046;zu kurz\r\n").encode())
    plain = {"callback": "ansible.builtin.default", "env": {"ANSIBLE_CALLBACK_RESULT_FORMAT": "json"}}
    printed = playbook(PLAY, extra_vars=SETTINGS, **plain).failed().text()
    assert sandbox.state() == before
    # Ansible prints a failure twice, and in JSON with every line break as \\n.
    assert printed.count("asha.rao (") == 1
    page = printed.partition("Show the summary] ")[2].splitlines()[2:5]
    assert page[0] == "STOPPED, nothing was changed:"
    assert f"  {export} line 8: has 2 cells, the header has 6" in page
    assert '"msg": "STOPPED, nothing was changed: ' in printed
    export.write_bytes(left.encode())
    message = playbook(PLAY, extra_vars=SETTINGS).failed().result(RUN)["msg"]
    assert f"employee asha.rao ({export} line 3): has the unknown Abteilung Entwicklung" in message
    assert iam.list_user_policies(UserName="li.wei")["PolicyNames"] == ["workforce-suspended"]
    assert iam.list_user_policies(UserName="juergen.weiss")["PolicyNames"] == []


def test_who_moves_to_a_department_without_access_is_suspended_and_comes_back(
    export: Path, sandbox: Sandbox, iam: Any
) -> None:
    """By the module, in this process: the role has no part in it."""
    options = {
        "departments": DEPARTMENTS,
        "employees_from": [str(export), str(export.parents[1] / "people" / "*.yml")],
        "csv": SETTINGS["onboard_csv"],
    }

    def run(text: str, **more: Any) -> dict[str, Any]:
        export.write_bytes(text.encode())
        return run_in_process("iam_workforce", {**options, **more}, sandbox=sandbox)

    assert "failed" not in run(EXPORT)
    # By the id alone: who has no access to AWS needs no address, of which the name is made.
    outside = EXPORT.replace("li.wei@example.com;Kundendienst", ";Hausmeisterei")
    sandbox.clear_calls()
    assert "1 person would lose access: li.wei" in run(outside, max_losses=0)["msg"]
    assert not sandbox.calls()["by_kind"].get("write")
    suspended = run(outside)
    assert suspended["leavers"] == [{"name": "li.wei", "how": "suspended", "why": "no access to AWS by the list"}]
    assert iam.list_user_policies(UserName="li.wei")["PolicyNames"] == ["workforce-suspended"]
    assert members(iam, "kundendienst") == {"juergen.weiss", "li.wei"}
    again = run(outside, unlisted="remove")
    assert (again["changed"], again["unlisted"]) == (False, [])
    back = run(EXPORT)
    assert [one["name"] for one in back["returned"]] == ["li.wei"]
    assert iam.list_user_policies(UserName="li.wei")["PolicyNames"] == []
    # In two rows, one of them with access: that one counts, and the fault names both.
    message = run(EXPORT + "0045;Li, Wei;;Hausmeisterei;Köln;\r\n")["msg"]
    assert f"without access to AWS ({export} line 6 and {export} line 8); this takes no access away" in message
    assert iam.list_user_policies(UserName="li.wei")["PolicyNames"] == []


UNTRUSTED: list[tuple[dict[str, Any], str]] = [
    ({"onboard_employees_from": "hr/export.csv,people/*.json"}, "people/*.json: names no file"),
    (
        {"onboard_csv": {**SETTINGS["onboard_csv"], "at_least": 700}},
        "csv.at_least: is 700, and the files have 4 rows",
    ),
    ({"onboard_csv": {**SETTINGS["onboard_csv"], "colums": {}}}, "colums"),
    ({"employees": None}, "employees: is a string (null); it must be a list of employees ([] for none)"),
    ({"employees": "{{ employes }}"}, "'employes' is undefined"),
]


@pytest.mark.long  # _files/test_lists.py has each case
@pytest.mark.usefixtures("export")
def test_lists_that_cannot_be_trusted(playbook: Playbook, sandbox: Sandbox) -> None:
    show = {"name": "Result", "ansible.builtin.debug": {"msg": "{{ onboard_result.msg }}"}}
    warn = {**SETTINGS, "onboard_on_failure": "warn"}
    plays = [{**PLAY[0], "vars": {**warn, **changed}, "tasks": [show]} for changed, _told in UNTRUSTED]
    outcome = playbook(plays).succeeded()
    messages = [result["msg"] for task in outcome.tasks if task.name == "Result" for result in task.hosts.values()]
    for message, (_changed, told) in zip(messages, UNTRUSTED, strict=True):
        assert told in message
    assert not sandbox.state()["users"]


@pytest.mark.usefixtures("export")
def test_with_the_collections_playbook_files_lie_where_one_stands(playbook: Playbook, iam: Any, tmp_path: Path) -> None:
    inventory: dict[str, Any] = {"all": {"hosts": {"localhost": {}}}}
    playbook("workforce.aws.onboard", extra_vars={**SETTINGS, **RECORD}, inventory=inventory).succeeded()
    assert members(iam, "entwicklung") == {"asha.rao", "kim"}
    assert (tmp_path / "changes.jsonl").is_file()


@pytest.mark.usefixtures("export")
def test_with_a_playbook_of_ones_own_files_lie_beside_it(playbook: Playbook, iam: Any, tmp_path: Path) -> None:
    own, elsewhere = tmp_path / "own.yml", tmp_path / "elsewhere"
    own.write_text(yaml.safe_dump(PLAY), encoding="utf-8")
    elsewhere.mkdir()
    variables = {**SETTINGS, **RECORD}
    playbook(own, extra_vars=variables, cwd=elsewhere, arguments=["--inventory", "localhost,"]).succeeded()
    assert members(iam, "entwicklung") == {"asha.rao", "kim"}
    assert (tmp_path / "changes.jsonl").is_file()
    assert not list(elsewhere.iterdir())


@pytest.mark.usefixtures("export")
def test_the_module_takes_files_beside_the_playbook_too(playbook: Playbook, iam: Any) -> None:
    options = {"departments": DEPARTMENTS, "employees_from": ["people/*.yml"]}
    playbook([{"name": "Chart", "workforce.aws.iam_workforce": options}]).succeeded()
    assert members(iam, "entwicklung") == {"kim"}
