# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The harness tells the truth: shown with amazon.aws's modules, and with tasks that break each promise in turn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.support.playbooks import PlaybookResult
from tests.support.quartet import Quartet, quartet_of

TaskQuartet = Callable[..., Quartet[dict[str, Any]]]
Playbook = Callable[..., PlaybookResult]

CREATE_GROUP = {"amazon.aws.iam_group": {"name": "data-science", "state": "present"}}


def test_quartet_of_a_task_gives_four_results(quartet: TaskQuartet, iam: Any) -> None:
    four = quartet(CREATE_GROUP)
    assert [four.check["changed"], four.run["changed"]] == [True, True]
    assert four.run["iam_group"]["group"]["group_name"] == "data-science"
    assert (
        [group["GroupName"] for group in iam.list_groups()["Groups"]] == list(four.state["groups"]) == ["data-science"]
    )


def test_quartet_of_a_task_with_nothing_to_do() -> None:
    nothing, states = [{"changed": False}] * 4, ["as it is"] * 5
    quartet_of(nothing, states, changed=False)
    with pytest.raises(AssertionError, match="`changed` in"):
        quartet_of(nothing, states, changed=True)


@pytest.mark.parametrize(
    ("states", "message"),
    [
        ("abbbb", "check mode altered the account"),
        ("aabcc", "check mode altered the account after the run"),
        ("aabbc", "the second run altered the account"),
    ],
)
def test_quartet_refuses_what_alters_the_account(states: str, message: str) -> None:
    """The states before, and after each of check, run, check again and run again."""
    results = [{"changed": changed} for changed in (True, True, False, False)]
    with pytest.raises(AssertionError, match=f"^{message}$"):
        quartet_of(results, states, changed=True)


@pytest.mark.parametrize(
    ("diffs", "message"),
    [
        ([("a", "c"), ("a", "b"), ("b", "b"), ("b", "b")], "the diff of check mode differs"),
        ([("a", "b"), ("a", "b"), ("a", "b"), ("b", "b")], "a diff without a change"),
    ],
)
def test_quartet_refuses_diffs_that_do_not_fit(diffs: list[tuple[str, str]], message: str) -> None:
    results = [
        {"changed": changed, "diff": {"before": before, "after": after}}
        for changed, (before, after) in zip((True, True, False, False), diffs, strict=True)
    ]
    with pytest.raises(AssertionError, match=message):
        quartet_of(results, "aabbb", changed=True)


def test_quartet_of_a_playbook(quartet_of_playbook: Callable[..., Quartet[PlaybookResult]]) -> None:
    four = quartet_of_playbook([{"hosts": "localhost", "gather_facts": False, "tasks": [CREATE_GROUP]}])
    assert four.run.changed() == 1
    assert four.run_again.changed() == 0


def test_quartet_refuses_a_task_that_always_changes(quartet: TaskQuartet) -> None:
    with pytest.raises(AssertionError, match="`changed` in"):
        quartet({"ansible.builtin.debug": {"msg": "again"}, "changed_when": True})


def test_quartet_refuses_a_failing_task(quartet: TaskQuartet) -> None:
    with pytest.raises(AssertionError, match="no such thing"):
        quartet({"ansible.builtin.fail": {"msg": "no such thing"}})


def test_results_by_task_and_host(playbook: Playbook) -> None:
    tasks = [{"name": "Say", "ansible.builtin.debug": {"msg": "hello from {{ inventory_hostname }}"}}]
    play = {"name": "All", "hosts": "all", "gather_facts": False, "connection": "local", "tasks": tasks}
    outcome = playbook([play], inventory={"all": {"hosts": {"one": None, "two": None}}}).succeeded()
    assert outcome.result("Say", "two")["msg"] == "hello from two"
    assert [task.play for task in outcome.tasks] == ["All"]
    assert outcome.changed("one") == 0


def test_failures_carry_the_message(playbook: Playbook) -> None:
    outcome = playbook([{"ansible.builtin.fail": {"msg": "as asked"}}]).failed()
    assert [failure["msg"] for failure in outcome.failures()] == ["as asked"]


def test_extra_vars_check_mode_and_verbosity(playbook: Playbook) -> None:
    tasks = [{"name": "Say", "ansible.builtin.debug": {"msg": "{{ [ansible_check_mode, who] }}"}}]
    outcome = playbook(tasks, extra_vars={"who": "asha.rao"}, check=True, verbosity=1).succeeded()
    assert outcome.result("Say")["msg"] == [True, "asha.rao"]


def test_a_playbook_that_does_not_parse_has_no_tasks(playbook: Playbook, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yml"
    broken.write_text("- hosts: [\n", encoding="utf-8")
    outcome = playbook(broken).failed()
    assert outcome.tasks == []
    assert "broken.yml" in outcome.stderr


def test_own_folder_is_read_as_for_a_user(playbook: Playbook, tmp_path: Path) -> None:
    (tmp_path / "ansible.cfg").write_text("[defaults]\ninventory = people\n", encoding="utf-8")
    (tmp_path / "people").write_text("asha ansible_connection=local\n", encoding="utf-8")
    play = [{"hosts": "all", "gather_facts": False, "tasks": [{"name": "Ping", "ansible.builtin.ping": {}}]}]
    assert playbook(play, cwd=tmp_path).succeeded().result("Ping", "asha")["ping"] == "pong"


def test_nothing_of_the_user_is_seen(playbook: Playbook, monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox) -> None:
    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.setenv("ANSIBLE_VERBOSITY", "3")
    task = {"name": "See", "ansible.builtin.command": "env", "changed_when": False}
    lines = playbook([task]).succeeded().result("See")["stdout_lines"]
    seen = dict(line.split("=", 1) for line in lines if "=" in line)
    assert "AWS_PROFILE" not in seen
    assert "ANSIBLE_VERBOSITY" not in seen
    assert seen["AWS_ENDPOINT_URL"] == sandbox.endpoint_url
    assert seen["HOME"].endswith("/home")
