# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole chart on the street: what iam_workforce asks and how it ends."""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from .._apply.record import Record
from .._aws.connection import connect
from .._aws.errors import Faults, ReadError
from .._core.model import CHART_TITLES, Fault
from .._core.tags import EMPLOYEE_ID_TAG, employee_id_of
from .._directory.directory import (
    read_activity,
    read_directory,
    read_summary,
    read_whole,
)
from .._directory.scope import scope_of
from .._files.lists import read_lists
from .._plan.plan import make_plan
from .._report.page import page
from .._report.summary import workforce_data
from .._roster.brakes import activity_warnings, brake_faults
from .._roster.dropped_departments import Dropped, dropped_departments
from .._roster.first_credentials import FirstCredentials, first_credentials
from .._roster.roster import Notes, settle
from .._street.desk import Desk
from .._street.street import Ask, finish, walk
from .settings import credential_settings, rules_of

if t.TYPE_CHECKING:
    from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule

    from .._aws.connection import Connection
    from .._chart.chart import Chart
    from .._core.model import Account, Desired, Directory, Step
    from .._directory.scope import Part
    from .._roster.first_credentials import CredentialSettings
    from .._roster.roster import Roster
    from .._street.street import Settled, Walk
    from .settings import Rules

    Data = dict[str, t.Any]

RUNNER_POLICY = "https://github.com/workforce-collections/workforce.aws/blob/main/docs/runner-policy.json"
SHOWN = (
    "path",
    "adopted_departments",
    "employees_from",
    "account_id",
    "account",
    "record",
    "region",
    "profile",
    "timezone",
    "unlisted",
    "unlisted_departments",
    "remove_after_days",
    "readmit_keys",
    "adopt",
    "release",
    "max_losses",
    "max_gains",
    "confirm_losses",
    "confirm_gains",
)
COUNTED = ("readmit", "protected", "reissue")


class _Job:
    """One run: what it was told, and what it learns on the street."""

    def __init__(
        self, chart: Chart, rules: Rules, credentials: CredentialSettings, connection: Connection, account: Account
    ) -> None:
        self.chart = chart
        self._rules = rules
        self._credentials = credentials
        self._connection = connection
        self._account = account
        self.summary = read_summary(connection.iam)
        self.consistent = True
        self.notes = Notes()
        self.dropped = Dropped()
        self._roster: Roster | None = None
        self._first = FirstCredentials()

    @property
    def awaiting(self) -> list[str]:
        """The names of those who are to have credentials of ours."""
        asked = [(user.name, user.credential) for user in self._first.users]
        return [name for name, one in asked if one is not None and (one.console or one.access_key)]

    def ask(self, record: Record) -> Ask:
        """What this run asks of the street."""
        desk = Desk(
            self._connection.iam,
            self._account,
            deliveries=self._credentials.deliveries,
            recipients=lambda: self._first.recipients,
            sign_in_url=self._credentials.sign_in_url,
            expire_after_days=self._credentials.expire_after_days,
            titles=CHART_TITLES,
        )
        # To take our marks off, no list is needed, and none is in the way.
        faults = () if self._rules.roster.release else self.chart.faults
        return Ask(
            desired=self.chart.desired,
            faults=(*faults, *self._rules.faults, *record.faults),
            summary=self.summary,
            read=self._read,
            settle=self._settle,
            brake=self._brake,
            tell=record.add,
            titles=CHART_TITLES,
            prove=desk.prove,
            ready=desk.ready,
        )

    def _read(self, iam: t.Any, desired: Desired) -> Directory:
        """Whole, unless a few names cost fewer calls and say who is who."""
        if self._rules.chart.only is not None and not self._rules.roster.release:
            asked = scope_of(desired)
            # Whether somebody is suspended is seen in the inline policies.
            inline: frozenset[Part] = frozenset({"inline"})
            users = {name: parts | inline for name, parts in asked.users.items()}
            directory = read_directory(iam, dataclasses.replace(asked, users=users), self.summary)
            if directory.whole or _is_known_by_name(desired, directory):
                return directory
        directory, self.consistent = read_whole(iam, self.summary)
        return directory

    def _settle(self, desired: Desired, directory: Directory) -> Settled:
        rules = self._rules
        chart = dataclasses.replace(self.chart, desired=desired)
        roster_settings = dataclasses.replace(
            rules.roster, caller_arn=self._account.caller_arn, trusted=self.consistent
        )
        roster = settle(chart, directory, rules.chart, roster_settings)
        self._roster, self.notes = roster, roster.notes
        if rules.roster.release:
            return roster.desired, roster.faults
        self.dropped = dropped_departments(
            chart, directory, rules.chart, remove=rules.remove_departments, trusted=self.consistent
        )
        self._first = first_credentials(
            chart,
            roster.desired.users,
            directory,
            self._credentials,
            now=rules.roster.now,
            limited=rules.chart.only is not None,
        )
        groups = (*roster.desired.groups, *self.dropped.removed)
        desired = dataclasses.replace(roster.desired, groups=groups, users=self._first.users)
        return desired, (*roster.faults, *self._first.faults)

    def _brake(self, steps: t.Sequence[Step], directory: Directory) -> t.Sequence[Fault]:
        """The brakes, and a warning of leavers who do not look like leavers."""
        faults = brake_faults(steps, directory, self._rules.brakes)
        if not faults and self.notes.leavers:
            active = read_activity(self._connection.iam, directory, self.notes.leavers)
            self.notes.warnings += activity_warnings(active, self.notes.leavers, self._rules.roster.now)
        return faults

    def next_time(self, walked: Walk) -> str:
        """What the next run would do with those whom this one only adopts."""
        if self._roster is None or (not self.notes.adopted and not self.notes.adopted_line):
            return ""
        # Whom a run takes over it issues nothing, and it has not read what that would take.
        users = tuple(dataclasses.replace(user, credential=None) for user in self._roster.next_time.users)
        plan = make_plan(dataclasses.replace(self._roster.next_time, users=users), walked.after)
        return "\n".join(map(str, plan.faults)) if plan.faults else page(plan.steps, walked.after)


def _is_known_by_name(desired: Desired, directory: Directory) -> bool:
    """Whether names alone say who is who: nobody may have the employee id under another name."""
    for wanted in desired.users:
        employee_id = (wanted.tags or {}).get(EMPLOYEE_ID_TAG)
        user = directory.user(wanted.name)
        if employee_id is not None and (user is None or employee_id_of(user) != employee_id):
            return False
    return True


def run_workforce(module: AnsibleAWSModule) -> t.NoReturn:
    """The body of iam_workforce."""
    rules = rules_of(module.params, datetime.datetime.now(datetime.UTC))
    chart = read_lists(module.params, rules.chart)
    credentials, faults = credential_settings(module.params, chart.tag_keys)
    rules = dataclasses.replace(rules, faults=(*rules.faults, *faults))
    invocation = {"module_args": shown_arguments(module.params)}
    record = Record(module.params["record"], check_mode=module.check_mode)
    try:
        connection = connect(module)
        account = connection.read_account()
        refuse_account(account, module.params["account_id"])
        record.begin(connection.run_id, account)
        job = _Job(chart, rules, credentials, connection, account)
        walked = walk(connection, job.ask(record), check_mode=module.check_mode)
    except Faults as error:
        module.fail_json(msg=str(error), faults=[str(fault) for fault in error.faults], invocation=invocation)
    except ReadError as error:
        told = Faults([*chart.faults, Fault("account", str(error))]) if chart.faults else error
        module.fail_json(msg=str(told), error={"code": error.code}, invocation=invocation)
    _warn(module, job, record)
    result = {**_result(module, job, account, walked, invocation), "run_id": connection.run_id}
    finish(module, walked, result, connection)


def _warn(module: AnsibleAWSModule, job: _Job, record: Record) -> None:
    if not job.consistent:
        module.warn(
            "The account's users and groups were counted differently by GetAccountSummary and by what was read, "
            "several times in a row: something else is changing the account right now."
        )
    for warning in job.notes.warnings:
        module.warn(warning)
    if record.lost:
        module.warn(
            f"{module.params['record']} could not be written: {record.lost} steps that were done are not in it."
        )


def _result(module: AnsibleAWSModule, job: _Job, account: Account, walked: Walk, invocation: Data) -> Data:
    result = workforce_data(
        account,
        job.chart,
        walked,
        job.notes,
        dropped=job.dropped,
        awaiting=job.awaiting,
        next_time=job.next_time(walked),
        check_mode=module.check_mode,
    )
    result["invocation"] = invocation
    if module._diff:  # Ansible's own name for "the user asked for a diff"
        result["diff"] = {"prepared": page(walked.steps, walked.before)}
    return result


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
    """What the result shows of the arguments that were set: counts of people, and of the connection where it goes."""
    shown = {name: params[name] for name in SHOWN if params.get(name)}
    counts = {name: f"{_length(params[name])} entries" for name in ("departments", "employees")}
    people = {name: params[name] for name in COUNTED if params[name]}
    if params["only"] is not None:
        people["only"] = params["only"]
    return {**shown, **counts, **{name: f"{len(names)} names" for name, names in people.items()}}


def _length(raw: object) -> int:
    return len(raw) if isinstance(raw, (list, tuple)) else 0
