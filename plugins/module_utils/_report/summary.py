# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Summary: the result of a run of the whole chart, and its lines for people. Pure."""

from __future__ import annotations

import typing as t

from .._aws.errors import failure_line
from .._brakes.new_administrators import TITLE, administrators_told
from .._core.model import fold
from .._core.suspension import is_denied
from .._core.wording import ROWS, counted, folded, folded_lines, printable
from .._plan.sessions import is_about_sessions
from .._plan.suspension import as_answered, is_denial
from .._roster.adoption import possessions_data, possessions_line
from .beside import beside_data, beside_lines
from .credential_summary import credential_lines, credentials_data
from .not_cut_off import not_cut_off, still_working
from .page import by_subject, named_once, page, people_with_lines, signs
from .page import told as told_steps
from .reason import reason
from .role_gains import role_gain_lines, role_gains

if t.TYPE_CHECKING:
    from .._brakes.new_administrators import NewAdministrator
    from .._chart.values import Chart
    from .._core.model import Account, Directory, User
    from .._core.steps import Failure, Fault, Step
    from .._core.subjects import Subject, SubjectKind
    from .._roster.dropped_departments import Dropped
    from .._roster.settlement import Notes
    from .beside import Beside
    from .walk import Walk

    Data = dict[str, t.Any]

IN_DIFF = "  the diff shows it\n"
IN_DIFF_BUT = "  the diff shows it, also what was not done because of a failure\n"
_MEMBERSHIP = {"AddUserToGroup": "joins", "RemoveUserFromGroup": "leaves"}
_COUNTED: t.Mapping[SubjectKind, tuple[str, str]] = {
    "user": ("employee", "employees"),
    "group": ("department", "departments"),
    "policy": ("policy", "policies"),
    "role": ("role", "roles"),
}


def workforce_data(
    account: Account,
    chart: Chart,
    walked: Walk,
    notes: Notes,
    *,
    beside: Beside,
    dropped: Dropped,
    awaiting: t.Iterable[str],
    administrators: t.Sequence[NewAdministrator],
    without_delivery: t.Collection[str] = (),
    role_urls: t.Mapping[str, str],
    plan_id: str,
    check_mode: bool,
) -> Data:
    """iam_workforce's result, but for its summary: the names of those who changed, and the number of all others."""
    steps = _reported_steps(walked, check_mode=check_mode)
    data: Data = {
        "account": _account_data(account),
        "plan_id": plan_id,
        "new_administrators": [one._asdict() for one in administrators],
        **_changed(steps, notes, walked.after),
        **_noted(notes, dropped),
        **beside_data(beside),
        "role_gains": role_gains(steps, role_urls),
        "counts": _counts(chart, steps),
    }
    if credentials := credentials_data(steps, walked.after, awaiting, walked.settled, without_delivery):
        data["credentials"] = credentials
    if why := reason(walked):
        data["reason"] = printable(why)
    return data


def summary_lines(
    data: Data,
    walked: Walk,
    notes: Notes,
    *,
    beside: Beside,
    administrators: t.Sequence[NewAdministrator],
    next_time: str,
    check_mode: bool,
    in_full: bool = False,
    with_diff: bool = False,
) -> list[str]:
    """The result for people, from what must be seen first to what is to be approved.

    ``in_full`` shows the inner steps too, and every line. ``with_diff``: a diff is shown beside the summary, which
    leaves out what the diff says. Where nothing was done, the last line is the plan id, for who approves it.
    """
    steps = _reported_steps(walked, check_mode=check_mode)
    check_mode = check_mode or walked.stopped
    limit = None if in_full else ROWS
    why = remarks(data)
    told = _in_diff(walked) if with_diff and steps and not walked.stopped else ""
    told = told or page(_with_lines(steps, walked), walked.before, in_full=in_full, limit=limit, remarks=why)
    credentials, rows = data.get("credentials", {}), people_with_lines(walked.steps)
    lines = [
        *_first_lines(walked, steps, administrators, limit),
        *_head(data),
        *_changes(data, told, walked, steps, check_mode=check_mode),
        *_people_lines(data, limit),
        *role_gain_lines(data["role_gains"], check_mode=check_mode),
        *beside_lines(beside),
        *credential_lines(credentials, check_mode=check_mode, limit=limit, told=rows),
        *_next_lines(notes, next_time, limit),
        *_failure_lines(walked, _done_of_people(steps, why), limit),
        *([f"plan {data['plan_id']}"] if check_mode else []),
    ]
    return [printable(line) for line in lines]


def _reported_steps(walked: Walk, *, check_mode: bool) -> list[Step]:
    """What was done, or would be, as the account has it then."""
    return as_answered(_told_steps(walked, check_mode=check_mode or walked.stopped), walked.after)


def _in_diff(walked: Walk) -> str:
    """What stands in place of the page beside a diff, which has the whole plan."""
    return IN_DIFF_BUT if walked.outcome.failures or walked.outcome.skipped else IN_DIFF


def _with_lines(steps: t.Sequence[Step], walked: Walk) -> list[Step]:
    """The steps for the page. Of people for whom a step failed, the line about that says what was done."""
    failed = {each.subject for each in walked.outcome.failures if each.subject.kind == "user"}
    return [step for step in steps if step.subject not in failed]


def _account_data(account: Account) -> Data:
    return {"account_id": account.account_id, "alias": account.alias, "caller_arn": account.caller_arn}


def _noted(notes: Notes, dropped: Dropped) -> Data:
    """Who was told to be held, waiting, missing from the list, adopted or released."""
    return {
        "held": [{"name": name, "since": since} for name, since in sorted(notes.held.items())],
        "waiting": [{"name": name, "starts_on": day} for name, day in sorted(notes.waiting.items())],
        "unlisted": sorted(notes.unlisted),
        "unlisted_departments": [{"name": name, "why": why} for name, why in dropped.kept.items()],
        "adopted": [user.name for user in notes.adopted],
        "adoptions": [possessions_data(user, notes.beyond_list.get(user.name, ())) for user in notes.adopted],
        "released": notes.released,
        "still_suspended": notes.still_suspended,
        # The end of the task fills these, where there are any.
        "faults": [],
        "failures": [],
    }


def _first_lines(
    walked: Walk, steps: t.Sequence[Step], administrators: t.Sequence[NewAdministrator], limit: int | None
) -> t.Iterator[str]:
    """What must be seen before all else: who is not cut off, new administrators, and what stopped the run."""
    for user in _not_cut(walked, steps):
        yield not_cut_off(user.name, still_working(user))
    if administrators:
        yield f"{TITLE}: {administrators_told(administrators)}"
    if walked.stopped:
        told = [_stop(fault, people_with_lines(steps)) for fault in walked.faults if fault.who != TITLE]
        if len(told) == 1:
            yield f"STOPPED, nothing was changed: {told[0]}"
        else:
            yield "STOPPED, nothing was changed:"
            yield from folded_lines([f"  {line}" for line in told], limit)


def _stop(fault: Fault, rows: frozenset[str]) -> str:
    """What stopped the run. Those of its people who have lines below are not named here too."""
    if rows.isdisjoint(map(fold, fault.people)):
        return str(fault)
    others = [name for name in fault.people if fold(name) not in rows]
    more = f". Without a line below: {named_once(others, rows)}" if others else ""
    return f"{fault.who}: {fault.brief}{more}"


def _changed(steps: t.Sequence[Step], notes: Notes, after: Directory) -> Data:
    """Who and what changed."""
    people, departments = by_subject(steps, "user"), by_subject(steps, "group")
    joiners = [name for name, of_one in people.items() if _has(of_one, "CreateUser")]
    leavers = [_leaver(name, of_one, notes, after) for name, of_one in people.items() if name in notes.leavers]
    returned = [_returner(name, after) for name, of_one in people.items() if name in notes.returned and of_one]
    apart = {*joiners, *(leaver["name"] for leaver in leavers)}
    movers = [_mover(name, of_one) for name, of_one in people.items() if name not in apart and _moves(of_one)]
    apart |= {mover["name"] for mover in movers} | {one["name"] for one in returned}
    created = [name for name, of_one in departments.items() if _has(of_one, "CreateGroup")]
    deleted = [name for name, of_one in departments.items() if _has(of_one, "DeleteGroup")]
    return {
        "joiners": joiners,
        "movers": movers,
        "leavers": leavers,
        "returned": returned,
        "changed_employees": [name for name in people if name not in apart],
        "departments": {
            "created": created,
            "changed": [name for name in departments if name not in created and name not in deleted],
        },
        "deleted_departments": deleted,
        "policies": _came_and_went(steps, "policy"),
        "roles": _came_and_went([step for step in steps if not is_about_sessions(step)], "role"),
        "role_sessions": [f"{step.subject.name} {step.line}" for step in steps if is_about_sessions(step)],
        "account_settings": [step.line for step in steps if step.subject.kind == "account"],
    }


def _came_and_went(steps: t.Sequence[Step], kind: SubjectKind) -> Data:
    """The names of the policies or roles that changed, by what happened to them."""
    found: Data = {"created": [], "changed": [], "deleted": []}
    for name, of_one in by_subject(steps, kind).items():
        entity = kind.capitalize()
        what = "created" if _has(of_one, f"Create{entity}") else "deleted" if _has(of_one, f"Delete{entity}") else ""
        found[what or "changed"].append(name)
    return found


def _counts(chart: Chart, steps: t.Sequence[Step]) -> Data:
    people = {fold(step.subject.name) for step in steps if step.subject.kind == "user"}
    departments = {fold(step.subject.name) for step in steps if step.subject.kind == "group"}
    return {
        "employees": len(chart.desired.users),
        "departments": len(chart.desired.groups),
        "policies": len(chart.desired.policies),
        "roles": len(chart.desired.roles),
        "without_access": sum(not one.elsewhere for one in chart.without_access),
        "elsewhere": sum(one.elsewhere for one in chart.without_access),
        "unchanged_employees": sum(fold(user.name) not in people for user in chart.desired.users),
        "unchanged_departments": sum(fold(group.name) not in departments for group in chart.desired.groups),
        "steps": len(steps),
    }


def _told_steps(walked: Walk, *, check_mode: bool) -> list[Step]:
    return list(walked.steps) if check_mode else [step for step, _response in walked.outcome.done]


def _has(steps: t.Iterable[Step], operation: str) -> bool:
    return any(step.operation == operation for step in steps)


def _moves(steps: t.Iterable[Step]) -> bool:
    """Whether the list gives other departments; who leaves one beside the chart is no mover."""
    return any(step.operation in _MEMBERSHIP and not step.phase.is_leaving for step in steps)


def _leaver(name: str, steps: t.Sequence[Step], notes: Notes, after: Directory) -> Data:
    user = after.users.get(fold(name))
    how = "removed" if user is None else "suspended" if _is_cut(user, steps) else "not cut off"
    return {"name": name, "how": how, "why": notes.leavers.get(name, "")}


def _is_cut(user: User, steps: t.Iterable[Step]) -> bool:
    """Whether a deny is in force: an earlier one, or one from these steps."""
    return any(map(is_denial, steps)) or is_denied(user)


def _not_cut(walked: Walk, done: t.Sequence[Step]) -> t.Iterator[User]:
    """The people for whom AWS refused every form of the deny."""
    steps = by_subject(done, "user")
    for name in by_subject(filter(is_denial, walked.steps), "user"):
        user = walked.after.users.get(fold(name))
        if user is not None and not _is_cut(user, steps.get(name, ())):
            yield user


def _returner(name: str, after: Directory) -> Data:
    user = after.users.get(fold(name))
    keys = user.credentials.access_keys if user is not None and user.credentials is not None else {}
    return {"name": name, "inactive_access_keys": sorted(key for key, active in keys.items() if not active)}


def _mover(name: str, steps: t.Iterable[Step]) -> Data:
    mover: Data = {"name": name, "joins": [], "leaves": []}
    for step in steps:
        if step.operation in _MEMBERSHIP:
            mover[_MEMBERSHIP[step.operation]].append(step.params["GroupName"])
    return mover


def _head(data: Data) -> list[str]:
    account, counts = data["account"], data["counts"]
    alias = f" ({account['alias']})" if account["alias"] else ""
    employees, departments = counted(counts["employees"], "employee"), counted(counts["departments"], "department")
    return [
        f"AWS account {account['account_id']}{alias}, as {account['caller_arn']}",
        f"{employees} and {departments} are listed{_more_listed(counts)}",
    ]


def _more_listed(counts: Data) -> str:
    """What else the lists have, where they have any of it."""
    more = [
        counted(counts["policies"], "policy", "policies") if counts["policies"] else "",
        counted(counts["roles"], "role") if counts["roles"] else "",
        counted(counts["without_access"], "person", "people") + " without access to AWS"
        if counts["without_access"]
        else "",
        counted(counts["elsewhere"], "person", "people") + " of other accounts" if counts["elsewhere"] else "",
    ]
    told = [text for text in more if text]
    return f", and {' and '.join(told)}" if told else ""


def _changes(data: Data, changes: str, walked: Walk, steps: t.Sequence[Step], *, check_mode: bool) -> list[str]:
    counts = data["counts"]
    if changes:
        title = "What would change" if check_mode else "What changed"
        lines = [f"{'What would have changed' if walked.stopped else title}:", *changes.splitlines()]
    else:
        lines = ["Nothing changed" if walked.outcome.failures or walked.faults else "Nothing to change"]
    employees = counted(counts["unchanged_employees"], "employee")
    unchanged = f"unchanged: {employees}, {counted(counts['unchanged_departments'], 'department')}"
    return [*lines, *_counted_changes(steps), unchanged]


def _counted_changes(steps: t.Sequence[Step]) -> t.Iterator[str]:
    """How many are new, changed and deleted, where there are any: "new: 2 employees, 1 department"."""
    found = {noun: signs(steps, kind) for kind, noun in _COUNTED.items()}
    for sign, title in {"+": "new", "~": "changed", "-": "deleted"}.items():
        numbers = [counted(of_kind[sign], *noun) for noun, of_kind in found.items() if of_kind.get(sign)]
        if numbers:
            yield f"{title}: {', '.join(numbers)}"


def remarks(data: Data) -> dict[str, str]:
    """What the steps of somebody do not say, by name: why a leaver is cut off, and which keys of a returner are not."""
    found = {one["name"]: f"leaver: {one['how']} ({one['why']})" for one in data["leavers"]}
    for one in data["returned"]:
        if one["inactive_access_keys"]:
            found[one["name"]] = f"access keys that stay inactive: {', '.join(one['inactive_access_keys'])}"
    return found


def _people_lines(data: Data, limit: int | None) -> t.Iterator[str]:
    """What the page of changes does not say about people and departments."""
    held, waiting, kept = data["held"], data["waiting"], data["unlisted_departments"]
    yield from folded_lines([_held_line(one) for one in held], limit)
    yield from folded_lines([f"waiting: {one['name']} starts on {one['starts_on']}" for one in waiting], limit)
    if data["unlisted"]:
        yield f"managed, but not in the list (nothing was done to them): {_names(data['unlisted'], limit)}"
    yield from folded_lines(
        [f"department {one['name']} is managed, but not in the list: {one['why']}" for one in kept], limit
    )
    if data["released"]:
        yield f"no longer managed: {_names(data['released'], limit)}"
    if data["still_suspended"]:
        yield f"suspended, and stay so: {_names(data['still_suspended'], limit)}"


def _held_line(one: Data) -> str:
    again = f"to let them in again: -e onboard_readmit={one['name']}"
    return f"held: {one['name']}, suspended since {one['since']}, is still in the list; {again}"


def _names(names: t.Sequence[str], limit: int | None) -> str:
    return ", ".join(names) if limit is None else folded(names)


def _next_lines(notes: Notes, next_time: str, limit: int | None) -> t.Iterator[str]:
    """What an adoption did, and what comes next."""
    if notes.adopted:
        yield f"adopted, with no other change: {counted(len(notes.adopted), 'person', 'people')}"
        yield from folded_lines(
            [f"  {possessions_line(user, notes.beyond_list.get(user.name, ()))}" for user in notes.adopted], limit
        )
    if notes.adopted_line is not None:
        yield "to adopt the departments that exist already, write this into your settings:"
        yield notes.adopted_line
    if next_time:
        yield "What the next run would change for them:"
        yield from next_time.splitlines()


def _done_of_people(steps: t.Sequence[Step], remarks: t.Mapping[str, str]) -> dict[str, str]:
    """What was done of each person, for the line about what failed."""
    people = by_subject(steps, "user").items()
    return {name: "; ".join(filter(None, [told_steps(of_one), remarks.get(name)])) for name, of_one in people}


def _failure_lines(walked: Walk, done: t.Mapping[str, str], limit: int | None) -> t.Iterator[str]:
    faults = () if walked.stopped else walked.faults
    yield from folded_lines([f"WARNING {warning}" for warning in walked.warnings], limit)
    yield from folded_lines([f"FAULT {fault}" for fault in faults], limit)
    yield from folded_lines([f"POSTPONED {fault}" for fault in walked.postponed], limit)
    yield from folded_lines(list(_failed(walked.outcome.failures, done)), limit)


def _failed(failures: t.Iterable[Failure], done: t.Mapping[str, str]) -> t.Iterator[str]:
    """A line for each subject. ``done`` is what was done of people, by name."""
    of_subjects: dict[Subject, list[str]] = {}
    for failure in failures:
        of_subjects.setdefault(failure.subject, []).append(failure_line(failure).removeprefix(f"{failure.subject}: "))
    for subject, lines in of_subjects.items():
        what = done.get(subject.name) if subject.kind == "user" else None
        yield f"FAILED {subject}: {' '.join(lines)}{f' Done: {what}' if what else ''}"
