# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This module util is PRIVATE to the collection: it can change in any release.
"""The whole chart on the street: what iam_workforce asks and how it ends."""

from __future__ import annotations

import dataclasses
import typing as t

from ._chart import (
    TITLES,
    ChartSettings,
    read_chart,
    unmanaged_faults,
)
from ._connection import connect
from ._directory import (
    read_directory,
    read_summary,
    read_whole,
)
from ._errors import Faults, ReadError
from ._model import Fault
from ._page import page
from ._record import Record
from ._scope import scope_of
from ._street import Ask, finish, walk
from ._summary import workforce_data

if t.TYPE_CHECKING:
    from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule

    from ._chart import Chart
    from ._connection import Connection
    from ._model import Account, Desired, Directory
    from ._street import Walk

    Data = dict[str, t.Any]

RUNNER_POLICY = "https://github.com/workforce-collections/workforce.aws/blob/main/docs/runner-policy.json"


@dataclasses.dataclass
class _Reading:
    """How the directory was read: whole unless a few names cost fewer calls."""

    summary: t.Mapping[str, int]
    few: bool
    consistent: bool = True

    def __call__(self, iam: t.Any, desired: Desired) -> Directory:
        if self.few:
            return read_directory(iam, scope_of(desired), self.summary)
        directory, self.consistent = read_whole(iam, self.summary)
        return directory


def run_workforce(module: AnsibleAWSModule) -> t.NoReturn:
    """The body of iam_workforce."""
    settings = chart_settings(module.params)
    chart = read_chart(module.params["departments"], module.params["employees"], settings)
    invocation = {"module_args": shown_arguments(module.params)}
    record = Record(module.params["record"], check_mode=module.check_mode)
    try:
        connection = connect(module)
        account = connection.read_account()
        refuse_account(account, module.params["account_id"])
        record.begin(connection.run_id, account)
        walked, reading = _walk(module, connection, chart, settings, record)
    except Faults as error:
        module.fail_json(msg=str(error), faults=[str(fault) for fault in error.faults], invocation=invocation)
    except ReadError as error:
        told = Faults([*chart.faults, Fault("account", str(error))]) if chart.faults else error
        module.fail_json(msg=str(told), error={"code": error.code}, invocation=invocation)
    if not reading.consistent:
        module.warn(
            "The account's users and groups were counted differently by GetAccountSummary and by what was read, "
            "several times in a row: something else is changing the account right now."
        )
    if record.lost:
        module.warn(
            f"{module.params['record']} could not be written: {record.lost} steps that were done are not in it."
        )
    result = {**_result(module, chart, account, walked, invocation), "run_id": connection.run_id}
    finish(module, walked, result, connection)


def _walk(
    module: AnsibleAWSModule, connection: Connection, chart: Chart, settings: ChartSettings, record: Record
) -> tuple[Walk, _Reading]:
    reading = _Reading(read_summary(connection.iam), few=settings.only is not None)
    ask = Ask(
        desired=chart.desired,
        faults=(*chart.faults, *record.faults),
        summary=reading.summary,
        read=reading,
        judge=lambda directory: unmanaged_faults(chart, directory, settings),
        tell=record.add,
        titles=TITLES,
    )
    return walk(connection, ask, check_mode=module.check_mode), reading


def _result(module: AnsibleAWSModule, chart: Chart, account: Account, walked: Walk, invocation: Data) -> Data:
    result = workforce_data(account, chart, walked, check_mode=module.check_mode)
    result["invocation"] = invocation
    if module._diff:  # Ansible's own name for "the user asked for a diff"
        result["diff"] = {"prepared": page(walked.steps, walked.before)}
    return result


def chart_settings(params: t.Mapping[str, t.Any]) -> ChartSettings:
    """The module's options that say what is managed and whom this run is about."""
    only = params["only"]
    return ChartSettings(
        path=params["path"],
        adopted=frozenset(params["adopted_departments"]),
        only=None if only is None else frozenset(only),
    )


def refuse_account(account: Account, expected: str | None) -> None:
    """Stop before anything is planned in the wrong account, or as the account's root user. Raises Faults."""
    if expected and expected != account.account_id:
        text = f"these credentials reach account {account.account_id}, but account_id says {expected}"
        raise Faults([Fault("account", text)])
    if account.caller_arn.endswith(":root"):
        text = (
            "the caller is the account's root user, which no daily job should be: "
            f"use a user or role with the policy in {RUNNER_POLICY}"
        )
        raise Faults([Fault("account", text)])


def shown_arguments(params: t.Mapping[str, t.Any]) -> Data:
    """What the result shows of the arguments: counts instead of people, nothing of the connection but where it goes."""
    plain = ("path", "adopted_departments", "account_id", "record", "region", "profile")
    shown = {name: params.get(name) for name in plain}
    counts = {name: f"{_length(params[name])} entries" for name in ("departments", "employees")}
    only = params["only"]
    return {**shown, **counts, "only": None if only is None else f"{len(only)} names"}


def _length(raw: object) -> int:
    return len(raw) if isinstance(raw, (list, tuple)) else 0
