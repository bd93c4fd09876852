# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps that suspend a user, and those that let it in again. Pure.

A user is suspended by an explicit deny of everything, which also stops sessions that are open and covers what is left
in place: groups, policies, MFA devices, SSH keys. The tag is written last: with the deny beside it, all is done.
"""

from __future__ import annotations

import typing as t

from .._core import documents
from .._core.model import Phase, Step, Subject, fold, read_part
from .._core.suspension import (
    DENY,
    DENY_NAME,
    SUSPENDED_TAG,
    fallback_deny,
    is_denied,
    is_suspended,
    stored_deny,
    suspension_of,
)

if t.TYPE_CHECKING:
    from .._core.model import DesiredUser, Directory, Suspension, User

_BY = {"list": "by the list", "person": "by a person"}


def suspension_steps(wanted: DesiredUser, directory: Directory) -> list[Step]:
    """Cut the user off: deny, console password, access keys, tag; only what is lacking.

    Of a user whose suspension is complete, the sign-in parts need not have been read.
    """
    user = directory.user(wanted.name)
    if user is None or wanted.suspend is None:
        return []
    steps = [] if is_denied(user) else [denial(user)]
    if not is_suspended(user) or user.login_profile is not None:
        steps += _sign_in_steps(user)
    return [*steps, *_tag_steps(user, wanted.suspend)]


def lifting_steps(user: User, keys: bool) -> list[Step]:
    """Let the user in again. The tag goes last: until then, a run that was stopped is taken up again."""
    steps = []
    if keys:
        inactive = [key for key, active in read_part(user.credentials, user.name).access_keys.items() if not active]
        steps += [_key_step(user.name, key, "Active", Phase.USERS) for key in sorted(inactive)]
    name, arn = stored_deny(user), fallback_deny(user)
    line = "is no longer denied everything"
    if name is not None:
        steps.append(_step(user.name, "DeleteUserPolicy", line, {"PolicyName": name}, Phase.USERS))
    elif arn is not None and suspension_of(user) is not None:
        steps.append(_step(user.name, "DetachUserPolicy", line, {"PolicyArn": arn}, Phase.USERS))
    tags = sorted(key for key in user.tags or {} if fold(key) == SUSPENDED_TAG)
    if tags:
        steps.append(_step(user.name, "UntagUser", "returns", {"TagKeys": tags}, Phase.USERS))
    return steps


def _step(
    user: str, operation: str, line: str, params: t.Mapping[str, t.Any], phase: Phase = Phase.LEAVERS, **marks: t.Any
) -> Step:
    return Step(Subject("user", user), operation, {"UserName": user, **params}, line, phase, **marks)


def denial(user: User) -> Step:
    """The deny does not fit beside a user's large inline policies; then AWS's own policy does the same.

    Where neither is taken the rest is done all the same, the tag included, and the next run tries again.
    """
    line = "is denied everything"
    partition = user.arn.split(":")[1] if user.arn else "aws"
    attachment = {"PolicyArn": f"arn:{partition}:iam::aws:policy/AWSDenyAll"}
    document = {"PolicyName": stored_deny(user) or DENY_NAME, "PolicyDocument": documents.text(DENY)}
    fallback = _step(user.name, "AttachUserPolicy", line, attachment, cutting=True, vital=False)
    return _step(user.name, "PutUserPolicy", line, document, cutting=True, vital=False, fallback=fallback)


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
    found = suspension_of(user)
    if found is not None and (found.by == "person" or suspension.by == "list"):
        return
    tags = [{"Key": SUSPENDED_TAG, "Value": f"{suspension.at} {suspension.by}"}]
    line = f"is suspended {_BY[suspension.by]}"
    yield _step(user.name, "TagUser", line, {"Tags": tags}, cutting=True, closing=True)
