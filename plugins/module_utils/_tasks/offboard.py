# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of iam_offboard: cut people off; report what was done and which sessions may still be valid."""

from __future__ import annotations

import typing as t

from .._apply.record import Record
from .._aws.assumed_role import DEFAULT_SESSION_NAME
from .._aws.calls import ask
from .._aws.connection import connect, refuse_other_account
from .._aws.errors import Faults, ReadError
from .._core.model import Account, Directory, fold
from .._core.steps import Fault
from .._core.suspension import tagged_suspension
from .._offboard.cut import Offboarding, now
from .._offboard.lookup import NAME_NEEDED, is_absent
from .._offboard.result import cut_lines, not_cut_lines, told_cut
from .._report.not_cut_off import still_working
from .._report.page import page
from .._street.ending import failing
from .named import with_names

if t.TYPE_CHECKING:
    from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule

    from .._aws.connection import Connection
    from .._core.steps import Failure, Step
    from .._offboard.cut import Cut

    Data = dict[str, t.Any]


def run_offboard(module: AnsibleAWSModule) -> t.NoReturn:
    """The body of iam_offboard."""
    record = Record(module.params["record"], check_mode=module.check_mode)
    with failing(module):
        who = _who(module.params)
        connection = connect(module)
        account = _account(connection, module.params)
        record.begin(connection.run_id, account)
        run = Offboarding(connection.iam, account, record, check_mode=module.check_mode)
        run.run(who)
    _finish(module, connection, account, run, record)


def _who(params: t.Mapping[str, t.Any]) -> list[str]:
    """Whom to cut off. Raises Faults if a part of the list cannot be understood: then nobody is cut off."""
    read, faults = with_names(params, "who")
    who = [name for name in read["who"] or () if name]
    if not faults and not who:
        text = (
            "names nobody, so nothing is done; "
            "write the names, employee ids or access key ids of whom to cut off, as in -e who=asha.rao"
        )
        faults = (Fault("who", text),)
    if faults:
        raise Faults(list(faults))
    return who


def _account(connection: Connection, params: t.Mapping[str, t.Any]) -> Account:
    """The account and the caller, with at most one call, so that the first write comes soon. Raises Faults."""
    role = params["assume_role_arn"]
    if role:
        # AssumeRole has succeeded, so the identity is known without a call.
        partition, account_id, name = role.split(":")[1], role.split(":")[4], role.rpartition("/")[2]
        session = params["role_session_name"] or DEFAULT_SESSION_NAME
        account = Account(account_id, f"arn:{partition}:sts::{account_id}:assumed-role/{name}/{session}")
    else:
        identity = ask(connection.sts, "GetCallerIdentity", {}, service="sts")
        account = Account(identity["Account"], identity["Arn"])
    refuse_other_account(account, params["account_id"])
    return account


def _finish(
    module: AnsibleAWSModule, connection: Connection, account: Account, run: Offboarding, record: Record
) -> t.NoReturn:
    steps = [run.steps_of(cut) for cut in run.cuts]
    people = [_told(run, cut, of_one) for cut, of_one in zip(run.cuts, steps, strict=True)]
    lost = _lost_records(record, module.params["record"])
    failed = [f"FAILED {_line(each)}" for each in run.failures]
    not_cut = list(not_cut_lines(people))
    absent = [each for each in run.failures if is_absent(each)]
    result: Data = {
        "changed": any(person["done"] for person in people),
        "account": {"account_id": account.account_id, "caller_arn": account.caller_arn},
        "run_id": connection.run_id,
        "offboarded": people,
        "not_found": [each.subject.name for each in absent],
        "complete": not (not_cut or lost) and len(absent) == len(run.failures),
        "summary": [
            *not_cut,
            f"AWS account {account.account_id}, as {account.caller_arn}, run {connection.run_id}",
            *(line for person in people for line in cut_lines(person, module.check_mode)),
            *failed,
            *lost,
        ],
        "api_calls": connection.calls.report(),
    }
    if module._diff:  # Ansible's own name for "the user asked for a diff"
        result["diff"] = {
            "prepared": page([step for of_one in (*steps, run.session_steps) for step in of_one], Directory({}, {}))
        }
    if not (not_cut or failed or lost):
        module.exit_json(**result)
    failures = [{**vars(each), "subject": str(each.subject)} for each in run.failures]
    numbers = {"NOT CUT OFF": not_cut, "FAILED": failed, "NOT RECORDED": lost}
    told = ", ".join(f"{len(lines):,} {what}" for what, lines in numbers.items() if lines)
    reason = f"Not everything was done: {told}"
    module.fail_json(msg="\n".join([*not_cut, *failed, *lost]), reason=reason, failures=failures, **result)


def _lost_records(record: Record, file: str | None) -> list[str]:
    lost = [] if record.fault is None else [f"NOT RECORDED {record.fault}"]
    if record.lost:
        lost.append(f"NOT RECORDED {record.lost} steps that were done: {file} could not be written")
    return lost


def _told(run: Offboarding, cut: Cut, steps: t.Sequence[Step]) -> Data:
    user = cut.user
    try:
        found = run.sessions.assumable(user, cut.directory) if user else None
        unread = None if user else "the user could not be read"
    except ReadError as error:
        found, unread = None, str(error)
    done = [step.line for step in steps]
    if cut.ended_now:
        done.append(f"loses the open sessions of {', '.join(cut.ended_now)}")
    reached = run.reached(cut).users.get(fold(cut.name))
    return told_cut(
        name=user.name if user else cut.name,
        asked=cut.asked,
        done=done,
        before=tagged_suspension(user) if user else None,
        at=cut.at or now(),
        found=found,
        unread=run.sessions_unread or unread,
        ended=cut.ended,
        still_works=[] if run.is_cut(cut) else still_working(reached),
        other_id=cut.other_id,
    )


def _line(each: Failure) -> str:
    text = f"{each.subject}: {each.message}"
    if each.code not in ("NoSuchEntity", "CallerItself", NAME_NEEDED):
        text = f"{each.subject}: {each.operation} failed with {each.code}: {each.message}"
    return f"{text}{'' if text.endswith(('.', '?')) else '.'} {each.advice}".strip()
