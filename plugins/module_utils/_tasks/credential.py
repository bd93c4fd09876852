# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of iam_credential: one user's credentials, from the options to the result."""

from __future__ import annotations

import dataclasses
import typing as t

from .._aws.connection import connect
from .._core.credential_mark import mark_of
from .._core.delivery import Recipient
from .._core.desired import Desired, DesiredCredential, DesiredUser
from .._core.mail_domains import domain_fault
from .._core.model import fold
from .._core.names import existing_name_fault, shown
from .._core.steps import Fault
from .._core.suspension import suspension_of
from .._core.tags import EMPLOYEE_ID_TAG, OUR_TAG_PREFIX
from .._credentials.address import parse_address
from .._credentials.settings import deliveries_of, delivery_faults
from .._plan.known import judged_plan
from .._street.ending import failing, finish
from .._street.issuing import Issuance, Ready, issues, make_ready, prove
from .._street.reading import beside, read_needs, read_subjects
from .._street.street import allowed, carry_out

if t.TYPE_CHECKING:
    from ansible_collections.amazon.aws.plugins.module_utils.modules import AnsibleAWSModule

    from .._aws.connection import Connection
    from .._core.delivery import Delivery
    from .._core.model import Directory, User
    from .._core.steps import Step
    from .._report.walk import Walk

    Params = t.Mapping[str, t.Any]
    Data = dict[str, t.Any]

AGAIN = "reissue issues new ones"


def credential_request(params: Params) -> tuple[Desired, list[Fault]]:
    """What iam_credential's options ask for. The deliveries are added when the user's tags are known."""
    name = params["user_name"]
    who = f"user {shown(name)}"
    faults = [Fault(who, wrong) for wrong in _wrong(params)]
    misnamed = existing_name_fault(name)
    if misnamed:
        return Desired(), [Fault(who, misnamed), *faults]
    credential = DesiredCredential(
        console=params["console"],
        access_key=params["issue_access_key"],
        reset_required=params["password_reset_required"],
        first=True,
        reissue=params["reissue"],
    )
    return Desired(users=(DesiredUser(name, create=False, credential=credential),)), faults


def _wrong(params: Params) -> t.Iterator[str]:
    if not params["console"] and not params["issue_access_key"]:
        yield "is to be issued nothing: console and issue_access_key are both false"
    if not params["mail"] and not params["file"]:
        yield "is to be issued credentials, but has no way to get them: give mail or file"
    if params["email"] is not None:
        try:
            parse_address(params["email"])
        except ValueError as error:
            yield f"has an email that {error}"
        refused = domain_fault(params["email"], params["mail"].get("domains")) if params["mail"] else None
        if refused is not None:
            yield refused


@dataclasses.dataclass(frozen=True)
class _Decision:
    """What is asked for once the user was read, with the deliveries and their recipients."""

    desired: Desired
    faults: tuple[Fault, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    recipients: t.Mapping[str, Recipient] = dataclasses.field(default_factory=dict)


def run_credential(module: AnsibleAWSModule) -> t.NoReturn:
    """The body of iam_credential."""
    with failing(module):
        desired, faults = credential_request(module.params)
        connection = connect(module)
        walked = _walk(connection, module.params, desired, faults, check_mode=module.check_mode)
    finish(module, walked, credential_result(module.params, module.check_mode, walked), connection)


def _walk(
    connection: Connection, params: Params, desired: Desired, faults: t.Sequence[Fault], *, check_mode: bool
) -> Walk:
    iam = connection.iam
    with beside(faults):
        directory = read_subjects(iam, desired)
        decision = _decide(params, desired, directory)
        known = read_needs(iam, decision.desired, directory, listed=False)
    plan = judged_plan(decision.desired, known)
    told = (*faults, *decision.faults)
    if not issues(plan.steps):
        plan = allowed(plan, told, decision.desired, known.directory)
        return carry_out(iam, known.directory, plan, Ready(plan.steps), check_mode=check_mode)
    issuance = Issuance(connection.read_account(), decision.deliveries, decision.recipients, params["sign_in_url"])
    proof = prove(iam, plan.steps, known.directory, issuance)
    plan = allowed(plan, (*told, *proof.faults), decision.desired, known.directory)
    ready = make_ready(iam, plan, known.directory, issuance, proof, check_mode=check_mode)
    return carry_out(iam, known.directory, plan, ready, check_mode=check_mode)


def _decide(params: Params, desired: Desired, directory: Directory) -> _Decision:
    """Choose the deliveries. The user's tags are fields that the mail's texts may name."""
    user = directory.user(desired.users[0].name) if desired.users else None
    if user is None:
        return _Decision(desired, tuple(delivery_faults(params)))
    fields = _fields(user, params["email"])
    faults = tuple(delivery_faults(params, frozenset(fields)))
    if suspension_of(user) is not None:
        text = "is suspended, and a suspended user is issued nothing: let them in again first (iam_user, state present)"
        return _Decision(desired, (*faults, Fault(f"user {user.name}", text)))
    if faults:
        return _Decision(desired, faults)
    recipient = Recipient(user.name, params["email"], fields)
    deliveries = tuple(deliveries_of(params))
    by = tuple(one.name for one in deliveries if one.reaches(recipient))
    if deliveries and not by:
        return _Decision(desired, (Fault(f"user {user.name}", "cannot be mailed anything: email is missing"),))
    wanted = desired.users[0]
    credential = dataclasses.replace(t.cast("DesiredCredential", wanted.credential), by=by)
    asked = Desired(users=(dataclasses.replace(wanted, credential=credential),))
    return _Decision(asked, (), deliveries, {fold(user.name): recipient})


def _fields(user: User, email: str | None) -> dict[str, str]:
    tags = dict(user.tags or {})
    employee_id = tags.get(EMPLOYEE_ID_TAG)
    known = {"name": user.name, "email": email, "employee_id": employee_id}
    own = {key: value for key, value in tags.items() if not fold(key).startswith(OUR_TAG_PREFIX)}
    return {**own, **{field: value for field, value in known.items() if value}}


def credential_result(params: Params, check_mode: bool, walked: Walk) -> Data:
    """What was issued and how it was delivered, the mark, and the reason if nothing was issued."""
    name = params["user_name"]
    done = walked.steps if check_mode else [step for step, _answer in walked.outcome.done]
    delivered = next((step for step in done if step.operation == "Deliver"), None)
    made = {step.operation for step in done} if delivered else set()
    before, after = walked.before.user(name), walked.after.user(name)
    mark = None if after is None else mark_of(after)
    result: Data = {
        "user_name": name if before is None else before.name,
        "issued": {
            "console_password": "CreateLoginProfile" in made,
            "access_key": "CreateAccessKey" in made,
            "by": [] if delivered is None else list(delivered.params["By"]),
        },
        "credential": None if mark is None else str(mark),
        "diff": {"before": _face(before), "after": _face(after)},
    }
    if before is not None and not any(step.operation == "Deliver" for step in walked.steps):
        result["reason"] = _reason(before, done)
    for _subject, text in walked.settled:
        result["reason"] = text
    return result


def _reason(user: User, done: t.Sequence[Step]) -> str:
    """Why nothing is issued."""
    mark = mark_of(user)
    if any(step.operation == "TagUser" for step in done):
        return "has signed in already: what was issued is only marked as delivered"
    if mark is None:
        return f"has credentials that were not issued here: {AGAIN}"
    if mark.state == "unknown":
        return f"has a tag workforce:credential that is not ours: {AGAIN}"
    return f"was issued credentials before ({mark.state}): {AGAIN}"


def _face(user: User | None) -> Data:
    """One side of the diff. It leaves out the mark's moment, which check mode cannot know."""
    if user is None:
        return {}
    mark = mark_of(user)
    face: Data = {"credential": None if mark is None else mark.state}
    if user.login_profile is not None:
        face["console_password"] = bool(user.login_profile)
    if user.credentials is not None:
        face["access_keys"] = len(user.credentials.access_keys)
    return face
