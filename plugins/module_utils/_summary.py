# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This module util is PRIVATE to the collection: it can change in any release.
"""Summary: what a run of the whole chart came to, for machines and for people. Pure."""

from __future__ import annotations

import typing as t

from ._chart import unlisted
from ._page import by_subject, page

if t.TYPE_CHECKING:
    from ._chart import Chart
    from ._model import Account, Step
    from ._street import Walk

    Data = dict[str, t.Any]

_MEMBERSHIP = {"AddUserToGroup": "joins", "RemoveUserFromGroup": "leaves"}


def workforce_data(account: Account, chart: Chart, walked: Walk, *, check_mode: bool) -> Data:
    """iam_workforce's result: who changed by name, everyone else as a count, and ``summary``, the lines for people."""
    steps = _told_steps(walked, check_mode=check_mode)
    people, departments = by_subject(steps, "user"), by_subject(steps, "group")
    joiners = [name for name, of_one in people.items() if _has(of_one, "CreateUser")]
    movers = [_mover(name, of_one) for name, of_one in people.items() if name not in joiners and _moves(of_one)]
    moved = {mover["name"] for mover in movers}
    created = [name for name, of_one in departments.items() if _has(of_one, "CreateGroup")]
    data: Data = {
        "account": {
            "account_id": account.account_id,
            "alias": account.alias,
            "caller_arn": account.caller_arn,
        },
        "joiners": joiners,
        "movers": movers,
        "changed_employees": [name for name in people if name not in joiners and name not in moved],
        "departments": {"created": created, "changed": [name for name in departments if name not in created]},
        "unlisted": unlisted(chart, walked.before),
        "faults": [],
        "failures": [],
        "counts": {
            "employees": len(chart.desired.users),
            "departments": len(chart.desired.groups),
            "unchanged_employees": len(chart.desired.users) - len(people),
            "unchanged_departments": len(chart.desired.groups) - len(departments),
            "steps": len(steps),
        },
    }
    data["summary"] = _lines(data, page(steps, walked.before), walked, check_mode=check_mode)
    return data


def _told_steps(walked: Walk, *, check_mode: bool) -> list[Step]:
    return list(walked.steps) if check_mode else [step for step, _response in walked.outcome.done]


def _has(steps: t.Iterable[Step], operation: str) -> bool:
    return any(step.operation == operation for step in steps)


def _moves(steps: t.Iterable[Step]) -> bool:
    return any(step.operation in _MEMBERSHIP for step in steps)


def _mover(name: str, steps: t.Iterable[Step]) -> Data:
    mover: Data = {"name": name, "joins": [], "leaves": []}
    for step in steps:
        if step.operation in _MEMBERSHIP:
            mover[_MEMBERSHIP[step.operation]].append(step.params["GroupName"])
    return mover


def _lines(data: Data, changes: str, walked: Walk, *, check_mode: bool) -> list[str]:
    account, counts = data["account"], data["counts"]
    alias = f" ({account['alias']})" if account["alias"] else ""
    lines = [
        f"AWS account {account['account_id']}{alias}, as {account['caller_arn']}",
        f"{counts['employees']} employees and {counts['departments']} departments are listed",
    ]
    if changes:
        lines += ["What would change:" if check_mode else "What changed:", *changes.splitlines()]
    else:
        lines.append("Nothing to change" if not walked.outcome.failures else "Nothing changed")
    lines += [f"unchanged: {counts['unchanged_employees']} employees, {counts['unchanged_departments']} departments"]
    if data["unlisted"]:
        lines.append(f"managed, but not in the list (nothing was done to them): {', '.join(data['unlisted'])}")
    for failure in walked.outcome.failures:
        lines.append(f"FAILED {failure.subject}: {failure.operation} {failure.code}: {failure.message}")
    return lines
