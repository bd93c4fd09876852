# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps that suspend a user, and those that let it in again. Pure.

A user is suspended by an explicit deny of everything, which also stops sessions that are open and covers what is left
in place: groups, policies, MFA devices, SSH keys. The tag is written last: with the deny beside it, all is done.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._core import documents
from .._core.model import fold, read_part
from .._core.steps import Phase, Step
from .._core.subjects import Subject
from .._core.suspension import (
    DENY_NAME,
    SUSPENDED_TAG,
    denies_all,
    deny,
    fallback_deny,
    is_denied,
    is_suspended,
    kept_boundary,
    signed_by,
    stored_deny,
    tagged_suspension,
)

if t.TYPE_CHECKING:
    from .._core.desired import DesiredUser, Suspension
    from .._core.model import Directory, User
    from .._core.suspension import By

_BY: t.Mapping[By, str] = {"list": "by the list", "person": "by a person"}
_DENYING = ("PutUserPolicy", "AttachUserPolicy", "PutUserPermissionsBoundary")
_DENIED = "is denied everything"
_NOT_SUSPENDED = "is marked, so that the next run tries to cut it off again"


def suspension_steps(wanted: DesiredUser, directory: Directory) -> list[Step]:
    """Cut the user off: deny, console password, access keys, tag; only what is lacking.

    Of a user whose suspension is complete, the sign-in parts need not have been read.
    """
    user = directory.user(wanted.name)
    if user is None or wanted.suspend is None:
        return []
    steps = list(_deny_steps(user, wanted.suspend.by))
    if not is_suspended(user) or user.login_profile is not None:
        steps += _sign_in_steps(user)
    return [*steps, *_tag_steps(user, wanted.suspend)]


def lifting_steps(user: User, keys: bool, boundary: str | None = None) -> list[Step]:
    """Let the user in again, with the permissions boundary that it is to have, where the list says one.

    The tag goes before the inline deny, whose Sid says enough to take up a run that was stopped in between, and after
    the other forms, which are ours only beside the tag.
    """
    steps = []
    if keys:
        inactive = [key for key, active in read_part(user.credentials, user.name).access_keys.items() if not active]
        steps += [_key_step(user.name, key, "Active", Phase.USERS) for key in sorted(inactive)]
    arn = fallback_deny(user)
    if arn is not None and tagged_suspension(user) is not None:
        line = "is no longer denied everything by AWSDenyAll"
        steps.append(_step(user.name, "DetachUserPolicy", line, {"PolicyArn": arn}, Phase.USERS, inner=True))
    if kept_boundary(user):
        steps += _boundary_steps(user.name, boundary)
    tags = sorted(key for key in user.tags or {} if fold(key) == SUSPENDED_TAG)
    if tags:
        steps.append(_step(user.name, "UntagUser", "returns", {"TagKeys": tags}, Phase.USERS))
    name = stored_deny(user)
    if name is not None:
        line = "is no longer denied everything"
        steps.append(_step(user.name, "DeleteUserPolicy", line, {"PolicyName": name}, Phase.USERS, inner=True))
    return steps


def _boundary_steps(user: str, boundary: str | None) -> t.Iterator[Step]:
    """AWSDenyAll gives way as permissions boundary. What was there before it, nobody but the list can say."""
    if denies_all(boundary):
        return
    if boundary:
        line = f"gets boundary {boundary} in place of AWSDenyAll"
        yield _step(user, "PutUserPermissionsBoundary", line, {"PermissionsBoundary": boundary}, Phase.USERS)
        return
    line = "loses the boundary AWSDenyAll; a boundary that it had before is to be put back by hand"
    yield _step(user, "DeleteUserPermissionsBoundary", line, {}, Phase.USERS)


def _step(
    user: str, operation: str, line: str, params: t.Mapping[str, t.Any], phase: Phase = Phase.LEAVERS, **marks: t.Any
) -> Step:
    return Step(Subject("user", user), operation, {"UserName": user, **params}, line, phase, **marks)


def _deny_steps(user: User, by: By) -> t.Iterator[Step]:
    """The deny where there is none, and a person's over the list's. What a person did stays a person's."""
    tagged = tagged_suspension(user)
    if tagged is not None and tagged.by == "person":
        by = "person"
    if not is_denied(user) or (by == "person" and signed_by(user) == "list"):
        yield denial(user, by)


def denial(user: User, by: By) -> Step:
    """The deny. Where IAM refuses one form, the next is tried, which needs no room that may be used up.

    An inline policy shares the room of all inline policies; AWSDenyAll attached takes one of ten places; as permissions
    boundary it takes none, and is tried where the one that it would replace was read. Where all are refused the rest is
    done all the same, the tag included, and the next run tries again.
    """
    document = {"PolicyName": stored_deny(user) or DENY_NAME, "PolicyDocument": documents.text(deny(by))}
    last = None if user.boundary is None else boundary_denial(user)
    attachment = {"PolicyArn": _deny_all(user)}
    attached = _step(user.name, "AttachUserPolicy", _DENIED, attachment, cutting=True, vital=False, fallback=last)
    return _step(user.name, "PutUserPolicy", _DENIED, document, cutting=True, vital=False, fallback=attached)


def boundary_denial(user: User) -> Step:
    """AWSDenyAll as permissions boundary. The line names the boundary that it replaces, for a person to put it back."""
    line = f"{_DENIED} by the boundary AWSDenyAll"
    if user.boundary is None:
        line += ", which replaces the one that it had, if any: that could not be read"
    elif user.boundary and not denies_all(user.boundary):
        line += f", which replaces the boundary {user.boundary}"
    params = {"PermissionsBoundary": _deny_all(user)}
    return _step(user.name, "PutUserPermissionsBoundary", line, params, cutting=True, vital=False)


def _deny_all(user: User) -> str:
    partition = user.arn.split(":")[1] if user.arn else "aws"
    return f"arn:{partition}:iam::aws:policy/AWSDenyAll"


def is_denial(step: Step) -> bool:
    """Whether the step is a deny that suspends, in any of its forms."""
    if not step.cutting or step.operation not in _DENYING:
        return False
    return fold(step.params.get("PolicyName", DENY_NAME)) == DENY_NAME


def _sign_in_steps(user: User) -> t.Iterator[Step]:
    if read_part(user.login_profile, user.name):
        yield _step(user.name, "DeleteLoginProfile", "loses the console password", {}, cutting=True)
    for key, active in sorted(read_part(user.credentials, user.name).access_keys.items()):
        if active:
            yield _key_step(user.name, key, "Inactive", Phase.LEAVERS)


def _key_step(user: str, key: str, status: t.Literal["Active", "Inactive"], phase: Phase) -> Step:
    cutting = status == "Inactive"
    line = f"loses the use of access key {key}" if cutting else f"gets access key {key} back"
    return _step(user, "UpdateAccessKey", line, {"AccessKeyId": key, "Status": status}, phase, cutting=cutting)


def _tag_steps(user: User, suspension: Suspension) -> t.Iterator[Step]:
    """The first word stands, but for a person's over the list's."""
    tagged = tagged_suspension(user)
    if tagged is not None and (tagged.by == "person" or suspension.by == "list"):
        return
    tags = [{"Key": SUSPENDED_TAG, "Value": f"{suspension.at} {suspension.by}"}]
    line = f"is suspended {_BY[suspension.by]}"
    yield _step(user.name, "TagUser", line, {"Tags": tags}, cutting=True, closing=True)


def as_answered(steps: t.Iterable[Step], after: Directory) -> list[Step]:
    """The steps that were done, in words that hold: whose deny was refused is not suspended, whatever the tag says."""
    return [step if _holds(step, after) else dataclasses.replace(step, line=_NOT_SUSPENDED) for step in steps]


def _holds(step: Step, after: Directory) -> bool:
    if step.operation != "TagUser" or all(fold(tag["Key"]) != SUSPENDED_TAG for tag in step.params["Tags"]):
        return True
    return is_denied(after.users[fold(step.subject.name)])
