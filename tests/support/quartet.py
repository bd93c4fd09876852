# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The idempotence quartet: check, run, check again, run again. The account's state is read after each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from tests.sandbox.client import Sandbox
from tests.support.playbooks import PlaybookResult, run_playbook

PHASES = ("check", "run", "check again", "run again")


T = TypeVar("T")


@dataclass(frozen=True)
class Quartet(Generic[T]):
    """The results of the four, and the account's state after them."""

    check: T
    run: T
    check_again: T
    run_again: T
    state: Any = None


def task_quartet(
    task: Mapping[str, Any],
    *,
    sandbox: Sandbox,
    tmp_path: Path,
    changed: bool = True,
    account_id: str | None = None,
    **options: Any,
) -> Quartet[dict[str, Any]]:
    """Run one task in the quartet, in one `ansible-playbook`, and assert all that holds for every module.

    The first check and the first run report a change (unless `changed` is false) and the same diff. The second pair
    report no change. Only the first run may change the account. The four results are returned for more assertions.
    """
    options = {"sandbox": sandbox, "tmp_path": tmp_path, "changed": changed, "account_id": account_id, **options}
    return task_quartets([task], **options)[0]


def task_quartets(
    tasks: Sequence[Mapping[str, Any]],
    *,
    sandbox: Sandbox,
    tmp_path: Path,
    changed: bool = True,
    account_id: str | None = None,
    **options: Any,
) -> list[Quartet[dict[str, Any]]]:
    """Run tasks one after the other, each in the quartet, in one `ansible-playbook`, which takes a second to start."""
    look = _look(sandbox, account_id)
    plays: list[Mapping[str, Any]] = []
    for place, task in enumerate(tasks):
        plays.append({**look, "name": f"{place}: before"})
        for phase in PHASES:
            mode = {"check_mode": phase.startswith("check"), "diff": True}
            plays += [{**task, "name": f"{place}: {phase}", **mode}, {**look, "name": f"{place}: after {phase}"}]
    options = {"sandbox": sandbox, "tmp_path": tmp_path, "account_id": account_id, **options}
    outcome = run_playbook(plays, **options).succeeded()
    return [_quartet(outcome, place, changed=changed) for place in range(len(tasks))]


def _quartet(outcome: PlaybookResult, place: int, *, changed: bool) -> Quartet[dict[str, Any]]:
    looks = ("before", *(f"after {phase}" for phase in PHASES))
    states = [_state(outcome.result(f"{place}: {name}")) for name in looks]
    results = [outcome.result(f"{place}: {phase}") for phase in PHASES]
    return quartet_of(results, states, changed=changed, text=outcome.text())


def quartet_of(
    results: Sequence[dict[str, Any]], states: Sequence[Any], *, changed: bool, text: str = ""
) -> Quartet[dict[str, Any]]:
    """Assert what must hold for the four results of one task and for the states, and return them."""
    _assert_states(states)
    _assert_changes([result["changed"] for result in results], changed, text)
    _assert_diffs([result.get("diff") for result in results])
    check, run, check_again, run_again = results
    return Quartet(check, run, check_again, run_again, states[-1])


def playbook_quartet(
    playbook: str | Path | Sequence[Mapping[str, Any]],
    *,
    sandbox: Sandbox,
    tmp_path: Path,
    changed: bool = True,
    account_id: str | None = None,
    **options: Any,
) -> Quartet[PlaybookResult]:
    """Run a whole playbook in the quartet, four times `ansible-playbook`. Any task's change counts."""
    states, results = [sandbox.state(account_id)], []
    options = {"sandbox": sandbox, "tmp_path": tmp_path, "account_id": account_id, "diff": True, **options}
    for phase in PHASES:
        outcome = run_playbook(playbook, check=phase.startswith("check"), **options).succeeded()
        states.append(sandbox.state(account_id))
        results.append(outcome)
    _assert_states(states)
    changes = [any(host["changed"] for host in outcome.stats.values()) for outcome in results]
    _assert_changes(changes, changed, results[-1].text())
    for diffs in zip(*(_all_diffs(outcome) for outcome in results), strict=True):
        _assert_diffs(list(diffs))
    check, run, check_again, run_again = results
    return Quartet(check, run, check_again, run_again, states[-1])


def _look(sandbox: Sandbox, account_id: str | None) -> dict[str, Any]:
    """A task that reads the account's state with a lookup: that takes milliseconds, a module half a second."""
    url = f"{sandbox.endpoint_url}/_sandbox/state" + (f"?account_id={account_id}" if account_id else "")
    lookup = f"lookup('ansible.builtin.url', '{url}', split_lines=False, use_proxy=False)"
    return {"ansible.builtin.debug": {"msg": f"{{{{ {lookup} }}}}"}, "check_mode": False}


def _state(result: dict[str, Any]) -> Any:
    # Before ansible-core 2.19, a template that returns JSON text returns its value.
    return json.loads(result["msg"]) if isinstance(result["msg"], str) else result["msg"]


def _assert_states(states: Sequence[Any]) -> None:
    before, checked, ran, checked_again, ran_again = states
    assert checked == before, "check mode altered the account"
    assert checked_again == ran, "check mode altered the account after the run"
    assert ran_again == ran, "the second run altered the account"


def _assert_changes(found: Sequence[bool], changed: bool, text: str) -> None:
    assert list(found) == [changed, changed, False, False], f"`changed` in {PHASES}: {found}\n{text}"


def _assert_diffs(diffs: Sequence[Any]) -> None:
    check, run, *again = diffs
    assert check == run, "the diff of check mode differs from the run's"
    for diff in again:
        assert all(part.get("before") == part.get("after") for part in _parts(diff)), f"a diff without a change: {diff}"


def _parts(diff: Any) -> list[dict[str, Any]]:
    """A module may give one diff or a list of them."""
    if not diff:
        return []
    return diff if isinstance(diff, list) else [diff]


def _all_diffs(outcome: PlaybookResult) -> list[Any]:
    return [result.get("diff") for task in outcome.tasks for result in task.hosts.values()]
