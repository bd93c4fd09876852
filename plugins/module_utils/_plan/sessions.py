# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps that end open sessions of roles for those who lose access, and that take this back. Pure.

Who is cut off loses the sessions of all roles that departments may assume: whoever may tag can take a role's tag from
a user after it was of use. A mover loses those of the roles that it loses. The role's policy is written once in a run,
for everybody together.
"""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from .._core import documents
from .._core.dates import stamped
from .._core.model import fold
from .._core.revoked_sessions import LAG, POLICY_NAME, is_over, names_sessions, revoked, with_people, without_people
from .._core.steps import Phase, Step
from .._core.subjects import Subject
from .._core.suspension import is_denied, is_suspended, tagged_suspension
from .._core.tags import ROLE_TAG_PREFIX, tag_value
from .after import after
from .tags import under_prefix

if t.TYPE_CHECKING:
    from .._core.desired import Desired, DesiredUser
    from .._core.model import Directory, Document, Role, User

    Moments = dict[str, datetime.datetime]


def is_about_sessions(step: Step) -> bool:
    """Whether the step only ends sessions of a role, or takes that back: what the role may do does not change."""
    return step.subject.kind == "role" and fold(step.params.get("PolicyName", "")) == POLICY_NAME


def concerns_sessions(desired: Desired, directory: Directory) -> bool:
    """Whether sessions of roles may be ended, or may go on again, so that the roles must be read.

    Where the roles are not read anyway, the tags tell who may have sessions.
    """
    return desired.now is not None and any(
        _concerns(wanted, directory.user(wanted.rename_from or wanted.name)) for wanted in desired.users
    )


def _concerns(wanted: DesiredUser, user: User | None) -> bool:
    tags = {} if user is None else user.tags or {}
    if not under_prefix(tags, ROLE_TAG_PREFIX, {}):
        return False
    changes = wanted.cuts or wanted.lift or wanted.rename_from is not None
    prefix = wanted.purge_tag_prefix
    return changes or (prefix is not None and bool(under_prefix(tags, prefix, wanted.tags or {})))


def session_steps(
    desired: Desired, directory: Directory, steps: t.Sequence[Step], *, giving: bool = True
) -> list[Step]:
    """End the sessions of those who lose access or a role by the steps, or lost all access and still have them.

    With ``giving``, those who have the role again get rid of that.
    """
    if desired.now is None:
        return []
    leavers = {**_leavers(desired, directory, desired.now), **dict.fromkeys(_old_names(steps), desired.now)}
    movers = _movers(steps, directory)
    # With a role its sessions end.
    deleted = {fold(role.name) for role in desired.roles if role.absent and giving}
    found: list[Step] = []
    for key, role in sorted(directory.roles.items()):
        if key in deleted:
            continue
        lost = {**(leavers if names_sessions(role.trust) else {}), **dict.fromkeys(movers.get(key, ()), desired.now)}
        found += revoking_steps(role, lost, desired.now)
    if giving and any(_document(role) for key, role in directory.roles.items() if key not in deleted):
        found += _returning_steps(desired, after(directory, _in_order([*steps, *found])), desired.now)
    return found


def _in_order(steps: t.Iterable[Step]) -> list[Step]:
    return sorted(steps, key=lambda step: step.phase)


def revoking_steps(role: Role, lost: t.Mapping[str, datetime.datetime], now: datetime.datetime) -> list[Step]:
    """End the role's sessions of people, by name since when they have lost it, where that is not done already."""
    names = still_open(role, lost)
    if not names:
        return []
    step = _put(role, with_people(_document(role), names, now), f"ends {_sessions_of(names)}")
    return [dataclasses.replace(step, people=tuple(names))]


def still_open(role: Role, lost: t.Mapping[str, datetime.datetime]) -> list[str]:
    """Whose sessions of the role are not refused yet up to the moment since when they have lost it."""
    done = revoked(_document(role))
    return sorted(name for name, since in lost.items() if name not in done or done[name] < since)


def _leavers(desired: Desired, directory: Directory, now: datetime.datetime) -> Moments:
    """Who is or will be cut off, by name, and since when, as long as a session of before may go on."""
    found: Moments = {}
    for user in directory.users.values():
        since = _since(user)
        if since is not None and not is_over(since + LAG, now):
            found[user.name] = since
    for wanted in desired.users:
        existing = directory.user(wanted.name) if wanted.cuts else None
        if existing is not None and (wanted.absent or not (is_denied(existing) and tagged_suspension(existing))):
            found[existing.name] = now
    return found


def _since(user: User) -> datetime.datetime | None:
    """Since when the user is suspended; None for others, and where the tag names no moment."""
    tagged = tagged_suspension(user)
    if tagged is None or user.inline is None or user.attached is None or not is_suspended(user):
        return None
    try:
        return stamped(tagged.at)
    except ValueError:
        return None


def _old_names(steps: t.Iterable[Step]) -> list[str]:
    """The names that users give up: nobody could tell later whose the sessions of that name are."""
    return [str(step.params["UserName"]) for step in steps if "NewUserName" in step.params]


def _movers(steps: t.Iterable[Step], directory: Directory) -> dict[str, list[str]]:
    """Who loses roles by the steps: the names of users as they are before, by the keys of roles."""
    found: dict[str, list[str]] = {}
    for step in steps:
        user = directory.users.get(fold(step.subject.name)) if step.operation == "UntagUser" else None
        for key in step.params["TagKeys"] if user is not None else ():
            if user is not None and fold(key).startswith(ROLE_TAG_PREFIX):
                found.setdefault(fold(key)[len(ROLE_TAG_PREFIX) :], []).append(user.name)
    return found


def _returning_steps(desired: Desired, reached: Directory, now: datetime.datetime) -> t.Iterator[Step]:
    """Let those who have the role after all use the sessions that are refused to them. They must be let in first."""
    present = {fold(user.name) for user in desired.users if not user.cuts}
    for _key, role in sorted(reached.roles.items()):
        document = _document(role)
        names = [
            name
            for name, moment in sorted(revoked(document).items())
            if fold(name) in present and not is_over(moment, now) and _has(reached.users.get(fold(name)), role)
        ]
        if not names:
            continue
        left, line = without_people(document, names, now), f"no longer refuses {_sessions_of(names)}"
        step = _deletion(role, line) if left is None else _put(role, left, line)
        follows = tuple(Subject("user", reached.users[fold(name)].name) for name in names)
        phase = Phase.RETURNED_SESSIONS
        yield dataclasses.replace(step, phase=phase, cutting=False, follows=follows, people=tuple(names))


def _has(user: User | None, role: Role) -> bool:
    """Whether somebody may assume the role, as far as the mark tells."""
    if user is None or user.inline is None or user.attached is None or is_denied(user) or tagged_suspension(user):
        return False
    return tag_value(user, fold(f"{ROLE_TAG_PREFIX}{role.name}")) is not None or not names_sessions(role.trust)


def _document(role: Role) -> Document | None:
    return next((found for name, found in (role.inline or {}).items() if fold(name) == POLICY_NAME), None)


def _put(role: Role, document: Document, line: str) -> Step:
    params = {"RoleName": role.name, "PolicyName": _stored(role), "PolicyDocument": documents.text(document)}
    return Step(Subject("role", role.name), "PutRolePolicy", params, line, Phase.SESSIONS, cutting=True, vital=False)


def _deletion(role: Role, line: str) -> Step:
    params = {"RoleName": role.name, "PolicyName": _stored(role)}
    return Step(Subject("role", role.name), "DeleteRolePolicy", params, line, Phase.RETURNED_SESSIONS)


def _stored(role: Role) -> str:
    return next((name for name in role.inline or {} if fold(name) == POLICY_NAME), POLICY_NAME)


def _sessions_of(names: t.Sequence[str]) -> str:
    return f"the open sessions of {', '.join(names)}"
