# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole chart: the life of one run, from the two lists to the result."""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from .._access.sign_in_reads import read_adopted, read_suspended
from .._apply.progress import counting
from .._apply.record import Record
from .._aws.connection import connect, refuse_account
from .._aws.service_reference import read_service_reference
from .._beside.findings import key_findings, unmanaged_count
from .._brakes.brakes import activity_warnings, stopping_faults
from .._brakes.change import Change, attached_policies, joined_groups
from .._brakes.new_administrators import new_administrators
from .._chart import mark_protection
from .._core.managed_policies import planned_documents, planned_policies
from .._core.model import AccountSettings
from .._core.steps import Fault
from .._core.subjects import CHART_TITLES
from .._core.tags import EMPLOYEE_ID_TAG, employee_id_of, managed
from .._core.wording import ROWS, folded_lines
from .._directory.bulk import COUNTED_DIFFERENTLY
from .._directory.directory import (
    read_activity,
    read_directory,
    read_documents,
    read_group_policies,
    read_references,
    read_summary,
    read_whole,
)
from .._directory.rights import read_rights
from .._directory.scope import scope_of
from .._documents.warnings import step_warnings
from .._files.lists import read_lists
from .._files.policy_files import read_policy_files
from .._identity.protection import unknown_protected
from .._plan.fingerprint import plan_id
from .._plan.known import beside_faults, is_stopped, judged_plan
from .._plan.plan import make_plan
from .._report.beside import Beside
from .._report.page import page
from .._report.summary import remarks, summary_lines, workforce_data
from .._rights import mfa
from .._rights.assumption import name_faults, with_rights, with_role_tags
from .._rights.policies import namesakes
from .._rights.rights import Rights, WrittenRights, written_rights
from .._roster.decision import Decision, decide
from .._roster.needs import sign_in_needs
from .._street.ending import failing, finish
from .._street.issuing import Issuance, make_ready, prove
from .._street.preflight import foresee_refusals
from .._street.reading import beside, read_needs, resolve_policies
from .._street.street import carry_out
from .named import with_names
from .role_urls import role_urls, with_role_urls
from .settings import Rules, credential_settings, rules_of
from .shown import shown_arguments

if t.TYPE_CHECKING:
    from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule

    from .._aws.calls import Client
    from .._aws.connection import Connection
    from .._brakes.new_administrators import NewAdministrator
    from .._chart.values import Chart
    from .._core.desired import Desired
    from .._core.model import Account, Directory, Document
    from .._core.steps import Plan, Step
    from .._directory.scope import Part
    from .._report.walk import Walk
    from .._roster.first_credentials import CredentialSettings

    Data = dict[str, t.Any]

NAMES = ("only", "readmit", "reissue", "protected", "adopted_departments", "files_may_set")


@dataclasses.dataclass(frozen=True)
class _Asked:
    """The task's parameters: the lists, the settings, and their faults."""

    chart: Chart
    rights: Rights
    rules: Rules
    credentials: CredentialSettings
    faults: tuple[Fault, ...]


@dataclasses.dataclass(frozen=True)
class _Seen:
    """What the first read found: enough to match people with users. ``chart`` has ARNs in place of policy names.

    ``consistent``: two calls agree on the numbers of users and groups. If they do not, nobody counts as missing from
    the list. ``unseen`` are warnings about what could not be read.
    """

    chart: Chart
    directory: Directory
    summary: t.Mapping[str, int]
    consistent: bool
    listed: bool
    faults: tuple[Fault, ...]
    unseen: tuple[str, ...]


def run_workforce(module: AnsibleAWSModule) -> t.NoReturn:
    """The body of iam_workforce."""
    params, misread = with_names(module.params, *NAMES)
    asked = _ask(params, misread, datetime.datetime.now(datetime.UTC))
    record = Record(params["record"], check_mode=module.check_mode)
    invocation = {"module_args": shown_arguments(params, module._module.argument_spec)}
    with failing(module, invocation=invocation), beside(asked.faults):
        connection = connect(module)
        account = connection.read_account()
        refuse_account(account, params["account_id"])
        record.begin(connection.run_id, account)
        seen = _see(connection, asked, account)
        decision = _decide(asked, seen, account)
        known = read_needs(connection.iam, decision.desired, seen.directory, listed=seen.listed, quotas=seen.summary)
        plan = judged_plan(decision.desired, known, CHART_TITLES)
        urls = role_urls(asked.rights, account, asked.credentials.sign_in_url)
        issuance = _issuance(asked, decision, account, urls)
        proof = prove(connection.iam, plan.steps, known.directory, issuance)
        refusals = foresee_refusals(connection.iam, plan.steps, known.directory, account, params["assume_role_arn"])
        kept = _caller_faults(asked, params, account)
        faults = (*asked.faults, *record.faults, *kept, *seen.faults, *decision.faults, *proof.faults, *refusals)
        plan = beside_faults(plan, faults, decision.desired, known.directory)
        planned = planned_documents(decision.desired, account.partition, account.account_id)
        change, unread = _read_change(connection.iam, plan.steps, known.directory, planned)
        # Report first what stops the whole run: there may be hundreds of other faults.
        told_id = _plan_id(account, plan, decision)
        plan = dataclasses.replace(plan, faults=(*stopping_faults(change, asked.rules.brakes, told_id), *plan.faults))
        ready = make_ready(connection.iam, plan, known.directory, issuance, proof, check_mode=module.check_mode)
        warnings = _warnings(connection.iam, asked, seen, known.directory, plan=plan, decision=decision)
        ready = ready.warning(seen.unseen, unread, *warnings)
        tell = counting(connection.calls.progress, () if module.check_mode else ready.steps, record.add)
        walked = carry_out(connection.iam, known.directory, plan, ready, tell=tell, check_mode=module.check_mode)
    _warn(module, seen, record)
    beside_chart = _beside(asked, seen, decision, known.directory)
    result = _result(
        module, account, seen.chart, decision, walked, beside=beside_chart, change=change, urls=urls, told_id=told_id
    )
    finish(module, walked, {**result, "invocation": invocation, "run_id": connection.run_id}, connection)


def _ask(params: t.Mapping[str, t.Any], misread: t.Sequence[Fault], now: datetime.datetime) -> _Asked:
    rules = rules_of(params, now)
    chart = read_lists(params, rules.chart)
    rights = _rights(params, chart, rules)
    chart = _at(now, with_role_tags(chart, rights))
    if not rules.roster.release:
        chart = mfa.with_account_mfa(chart, params["account_settings"], rules.chart.everyone)
    credentials, wrong = credential_settings(params, chart.tag_keys)
    # `release` only removes our tags: it needs no list, and faults of the lists do not matter.
    of_lists = () if rules.roster.release else (*chart.faults, *rights.faults, *name_faults(chart.desired, rights))
    return _Asked(chart, rights, rules, credentials, (*of_lists, *misread, *rules.faults, *wrong))


def _at(now: datetime.datetime, chart: Chart) -> Chart:
    return dataclasses.replace(chart, desired=dataclasses.replace(chart.desired, now=now))


def _rights(params: t.Mapping[str, t.Any], chart: Chart, rules: Rules) -> Rights:
    if rules.roster.release:
        return Rights()
    written = WrittenRights(
        policies=params["policies"],
        roles=params["roles"],
        account_settings=params["account_settings"],
        files=read_policy_files(params["policies"], params["policy_folder"]),
    )
    return written_rights(written, chart, rules.chart)


def _see(connection: Connection, asked: _Asked, account: Account) -> _Seen:
    """The first read: who is which user."""
    summary = read_summary(connection.iam)
    desired = with_rights(asked.chart.desired, asked.rights, account)
    planned = planned_policies(desired, account.partition, account.account_id)
    resolved = resolve_policies(connection, desired, CHART_TITLES, planned)
    directory, consistent = _read_people(connection.iam, resolved.desired, asked.rules, summary)
    directory = read_references(connection.iam, directory, resolved.desired)
    # Without an alias: it may be that the caller was not allowed to read it.
    directory = dataclasses.replace(directory, settings=AccountSettings(alias=account.alias or None))
    directory = read_rights(connection.iam, directory, resolved.desired)
    directory, unseen = _read_sign_ins(connection.iam, directory, resolved.desired, asked.rules)
    return _Seen(
        chart=dataclasses.replace(asked.chart, desired=resolved.desired),
        directory=directory,
        summary=summary,
        consistent=consistent,
        listed=resolved.listed,
        faults=resolved.faults,
        unseen=(*unseen, *namesakes(desired.policies, resolved.listing or ())),
    )


def _read_people(iam: Client, desired: Desired, rules: Rules, summary: t.Mapping[str, int]) -> tuple[Directory, bool]:
    """The whole directory, or only the named people where that takes fewer calls and is enough to know who is who."""
    if rules.chart.only is not None and not rules.roster.release:
        scope = scope_of(desired)
        # The inline policies show whether somebody is suspended.
        inline: frozenset[Part] = frozenset({"inline"})
        users = {name: parts | inline for name, parts in scope.users.items()}
        directory = read_directory(iam, dataclasses.replace(scope, users=users), summary)
        if directory.whole or _is_known_by_name(desired, directory):
            return directory, True
    return read_whole(iam, summary, asked=desired)


def _read_sign_ins(
    iam: Client, directory: Directory, desired: Desired, rules: Rules
) -> tuple[Directory, tuple[str, ...]]:
    """Read how people sign in, if a decision about them depends on it. On most days, nobody is read."""
    needs = sign_in_needs(desired, directory, rules.chart, rules.roster)
    directory = read_adopted(iam, directory, needs.adopted)
    return read_suspended(iam, directory, needs.suspended)


def _is_known_by_name(desired: Desired, directory: Directory) -> bool:
    """Whether the names are enough: no employee id may belong to a user of another name.

    For a user that is not managed, the other users must be read: they show whether the account is managed at all.
    """
    for wanted in desired.users:
        employee_id = (wanted.tags or {}).get(EMPLOYEE_ID_TAG)
        user = directory.user(wanted.name)
        if employee_id is not None and (user is None or employee_id_of(user) != employee_id):
            return False
        if user is not None and not managed(user):
            return False
    return True


def _decide(asked: _Asked, seen: _Seen, account: Account) -> Decision:
    rules = asked.rules
    roster = dataclasses.replace(rules.roster, caller_arn=account.caller_arn, trusted=seen.consistent)
    return decide(
        seen.chart,
        seen.directory,
        rules.chart,
        roster,
        asked.credentials,
        remove_departments=rules.remove_departments,
    )


def _issuance(asked: _Asked, decision: Decision, account: Account, urls: t.Mapping[str, str]) -> Issuance:
    credentials = asked.credentials
    return Issuance(
        account,
        credentials.deliveries,
        with_role_urls(decision, asked.rights, urls),
        credentials.sign_in_url,
        credentials.expire_after_days,
        CHART_TITLES,
    )


def _caller_faults(asked: _Asked, params: t.Mapping[str, t.Any], account: Account) -> list[Fault]:
    """What the chart would do to the user that runs it."""
    marks = mark_protection.caller_faults(asked.chart.people, params["everyone"], account.caller_arn)
    return marks + mfa.caller_faults(asked.chart, account.caller_arn)


def _read_change(
    iam: Client, steps: t.Sequence[Step], directory: Directory, planned: t.Mapping[str, Document]
) -> tuple[Change, list[str]]:
    """What the steps change, with the documents of the policies that they give, and warnings of those not read.

    ``planned`` are the documents of the list's own policies, which are not read.
    """
    directory, closed = read_group_policies(iam, directory, joined_groups(steps))
    documents, unread = read_documents(iam, [arn for arn in attached_policies(steps) if arn not in planned])
    lacking = {**{f"department {name}": error for name, error in closed.items()}, **unread}
    warnings = [
        f"whether {what} makes anybody administrator, or denies anything, is not known: {error}"
        for what, error in lacking.items()
    ]
    return Change.of(steps, directory, {**documents, **planned}), warnings


def _plan_id(account: Account, plan: Plan, decision: Decision) -> str:
    """What a person approves. The brakes do not count: the approval releases them."""
    addresses = {key: recipient.address for key, recipient in decision.recipients.items()}
    return plan_id(account.account_id, plan.steps, plan.faults, addresses)


def _warnings(
    iam: Client, asked: _Asked, seen: _Seen, directory: Directory, *, plan: Plan, decision: Decision
) -> t.Iterator[t.Sequence[str]]:
    """What the plan and the lists give to think about, by its kind."""
    yield unknown_protected(asked.rules.roster.protected, seen.directory)
    yield decision.notes.warnings
    yield step_warnings(plan.steps, read_service_reference(), CHART_TITLES)
    yield mfa.key_warnings(decision.desired, plan.steps, asked.chart.require_mfa)
    yield _active_leavers(iam, directory, plan, decision, now=asked.rules.roster.now)


def _active_leavers(
    iam: Client, directory: Directory, plan: Plan, decision: Decision, *, now: datetime.datetime
) -> list[str]:
    """Warnings about leavers who were active a short time ago. Nothing is read for a plan that is not applied."""
    leavers = decision.notes.leavers
    if not leavers or is_stopped(plan):
        return []
    return activity_warnings(read_activity(iam, directory, leavers), leavers, now)


def _beside(asked: _Asked, seen: _Seen, decision: Decision, directory: Directory) -> Beside:
    """What the account has beside the lists."""
    return Beside(
        found=(*decision.found, *key_findings(decision.desired, directory, seen.chart.people)),
        modes=asked.rules.roster.beside,
        unmanaged=unmanaged_count(directory) if directory.whole else None,
    )


def _warn(module: AnsibleAWSModule, seen: _Seen, record: Record) -> None:
    if not seen.consistent:
        module.warn(COUNTED_DIFFERENTLY)
    if record.lost:
        module.warn(
            f"{module.params['record']} could not be written: {record.lost} steps that were done are not in it."
        )


def _result(
    module: AnsibleAWSModule,
    account: Account,
    chart: Chart,
    decision: Decision,
    walked: Walk,
    *,
    beside: Beside,
    change: Change,
    urls: t.Mapping[str, str],
    told_id: str,
) -> Data:
    administrators = _new_administrators(change, walked, check_mode=module.check_mode)
    result = workforce_data(
        account,
        chart,
        walked,
        decision.notes,
        beside=beside,
        dropped=decision.dropped,
        awaiting=decision.awaiting,
        administrators=administrators,
        without_delivery=decision.without_delivery,
        role_urls=urls,
        plan_id=told_id,
        check_mode=module.check_mode,
    )
    result["summary"] = _summary(module, result, walked, decision, beside=beside, administrators=administrators)
    if module._diff:  # Ansible's own name for "the user asked for a diff"
        diff = page(walked.steps, walked.before, in_full=module._verbosity > 0, remarks=remarks(result))
        result["diff"] = {"prepared": diff}
    return result


def _summary(
    module: AnsibleAWSModule,
    result: Data,
    walked: Walk,
    decision: Decision,
    *,
    beside: Beside,
    administrators: t.Sequence[NewAdministrator],
) -> list[str]:
    in_full = module._verbosity > 0  # Ansible's own name for the number of -v
    return summary_lines(
        result,
        walked,
        decision.notes,
        beside=beside,
        administrators=administrators,
        next_time=_next_time(decision, walked, limit=None if in_full else ROWS),
        check_mode=module.check_mode,
        in_full=in_full,
        with_diff=module._diff,
    )


def _new_administrators(change: Change, walked: Walk, *, check_mode: bool) -> list[NewAdministrator]:
    """The new administrators, by the steps that were done, or in check mode would be."""
    done = walked.steps if check_mode or walked.stopped else tuple(step for step, _response in walked.outcome.done)
    return new_administrators(Change.of(done, change.before, change.documents))


def _next_time(decision: Decision, walked: Walk, limit: int | None) -> str:
    """What the next run would change for the people whom this run only adopts."""
    if not decision.notes.adopted and not decision.notes.adopted_line:
        return ""
    plan = make_plan(decision.next_time, walked.after)
    faults = folded_lines([str(fault) for fault in plan.faults], limit)
    return "\n".join(faults) if faults else page(plan.steps, walked.after, limit=limit)
