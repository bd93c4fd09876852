# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brakes: a plan that takes access from too many people, or lets too many in, stops before its first write. Pure."""

from __future__ import annotations

import dataclasses
import re
import typing as t

from .._core import documents
from .._core.model import Fault, Phase, fold
from .._core.suspension import is_suspended
from .._core.tags import managed

if t.TYPE_CHECKING:
    import datetime

    from .._core.model import Directory, Document, Group, Step, User

LEAST_LOSSES, MOST_LOSSES = 3, 25
LEAST_MANAGED, LEAST_GAINS = 20, 20
ACTIVE_DAYS = 7
NAMES_TOLD = 100
SHARED_ACCOUNT = "default"

_LIMIT = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(%?)\s*", re.ASCII)
_OWN_LOSSES = {"DetachUserPolicy", "DeleteUserPolicy", "PutUserPermissionsBoundary", "RemoveUserFromGroup"}
_GROUP_LOSSES = {"DetachGroupPolicy", "DeleteGroupPolicy", "DeleteGroup"}


@dataclasses.dataclass(frozen=True)
class BrakeSettings:
    """Limits as they were written, and numbers repeated to go on once. ``account`` is the label of this account."""

    max_losses: object = None
    max_gains: object = None
    confirm_losses: object = None
    confirm_gains: object = None
    account: str | None = None


class _Brake(t.NamedTuple):
    what: str
    verb: str
    names: t.Sequence[str]
    limit: float


def limit_faults(settings: BrakeSettings) -> list[Fault]:
    """Limits that are none."""
    written = {"max_losses": settings.max_losses, "max_gains": settings.max_gains}
    return [
        Fault(name, f"is {value!r}; write a number of people, or a percentage such as 10%", stops_cutting=True)
        for name, value in written.items()
        if value is not None and _parsed(value) is None
    ]


def brake_faults(steps: t.Sequence[Step], before: Directory, settings: BrakeSettings) -> list[Fault]:
    """What stops everything unless its number is repeated."""
    people = sum(user.tags is not None and managed(user) for user in before.users.values())
    brakes = (
        _Brake("losses", "would lose access", losses(steps, before), _losses_limit(settings.max_losses, people)),
        _Brake("gains", "would be new", gains(steps), _gains_limit(settings.max_gains, people)),
    )
    confirmations = (settings.confirm_losses, settings.confirm_gains)
    return [
        _fault(brake, people, confirmation)
        for brake, confirmation in zip(brakes, confirmations, strict=True)
        if len(brake.names) > brake.limit and not _confirmed(confirmation, len(brake.names), settings.account)
    ]


def losses(steps: t.Sequence[Step], before: Directory) -> list[str]:
    """The names of those from whom access is taken; who is suspended already has none to lose."""
    found: set[str] = set()
    for step in steps:
        if step.subject.kind == "group":
            if _takes_from_group(step, before):
                found |= before.members_of(step.subject.name)
        elif _takes_from_user(step, before):
            found.add(fold(step.params.get("UserName", step.subject.name)))
    return sorted(before.users[key].name for key in found if key in before.users and not _has_none(before.users[key]))


def gains(steps: t.Sequence[Step]) -> list[str]:
    """The names of the joiners."""
    return sorted(step.subject.name for step in steps if step.operation == "CreateUser")


def activity_warnings(before: Directory, leavers: t.Iterable[str], now: datetime.datetime) -> list[str]:
    """Leavers who were at work a few days ago: perhaps they have not left."""
    warnings = []
    for name in leavers:
        user = before.users.get(fold(name))
        used = [] if user is None else [at for at in (user.password_last_used, user.keys_last_used) if at is not None]
        days = (now - max(used)).days if used else ACTIVE_DAYS
        if days < ACTIVE_DAYS:
            when = "today" if days < 1 else f"{days} day{'s' if days > 1 else ''} ago"
            warnings.append(f"{name} leaves and was last active {when}, on {max(used):%Y-%m-%d %H:%M} UTC")
    return warnings


def _has_none(user: User) -> bool:
    return user.inline is not None and user.attached is not None and is_suspended(user)


def _takes_from_user(step: Step, before: Directory) -> bool:
    if step.phase == Phase.LEAVERS or step.operation in _OWN_LOSSES:
        return True
    user = before.users.get(fold(step.subject.name))
    return step.operation == "PutUserPolicy" and user is not None and _narrows(step, user)


def _takes_from_group(step: Step, before: Directory) -> bool:
    if step.operation in _GROUP_LOSSES:
        return True
    group = before.groups.get(fold(step.subject.name))
    return step.operation == "PutGroupPolicy" and group is not None and _narrows(step, group)


def _narrows(step: Step, entity: User | Group) -> bool:
    """Whether the new document lacks a statement of the old one, or denies what that did not."""
    stored = {fold(name): document for name, document in (entity.inline or {}).items()}
    old = _statements(stored.get(fold(step.params["PolicyName"])))
    new = _statements(documents.parse(step.params["PolicyDocument"]))
    denials = [statement for statement in new if statement.get("Effect") == "Deny"]
    return not _covers(new, old) or not _covers(old, denials)


def _statements(document: Document | None) -> list[Document]:
    found = [] if document is None else document.get("Statement", [])
    return [found] if isinstance(found, t.Mapping) else list(found)


def _covers(have: t.Sequence[Document], wanted: t.Sequence[Document]) -> bool:
    """Whether each of the wanted statements is there, whatever its place and name."""
    return all(any(documents.same(_alone(one), _alone(other)) for other in have) for one in wanted)


def _alone(statement: Document) -> Document:
    return {
        "Version": "2012-10-17",
        "Statement": [{key: value for key, value in statement.items() if key != "Sid"}],
    }


def _losses_limit(written: object, people: int) -> float:
    parsed = _parsed(written)
    return min(MOST_LOSSES, max(LEAST_LOSSES, people / 10)) if parsed is None else _of(parsed, people)


def _gains_limit(written: object, people: int) -> float:
    parsed = _parsed(written)
    if parsed is not None:
        return _of(parsed, people)
    return max(LEAST_GAINS, people / 4) if people >= LEAST_MANAGED else float("inf")


def _parsed(written: object) -> tuple[float, bool] | None:
    """A number, and whether it is a percentage."""
    if isinstance(written, bool) or not isinstance(written, (int, float, str)):
        return None
    found = _LIMIT.fullmatch(str(written))
    return None if found is None else (float(found.group(1)), bool(found.group(2)))


def _of(parsed: tuple[float, bool], people: int) -> float:
    number, is_percentage = parsed
    return people * number / 100 if is_percentage else number


def _confirmed(written: object, count: int, account: str | None) -> bool:
    """Whether exactly this number was repeated, for this account if it says for which."""
    if isinstance(written, t.Mapping):
        written = written.get(account or SHARED_ACCOUNT)
    if isinstance(written, bool) or not isinstance(written, (int, str)):
        return False
    return str(written).strip() == str(count)


def _fault(brake: _Brake, people: int, written: object) -> Fault:
    names = brake.names
    told = ", ".join(names[:NAMES_TOLD])
    more = f" and {len(names) - NAMES_TOLD} more" if len(names) > NAMES_TOLD else ""
    other = "" if written is None else f" What onboard_confirm_{brake.what} says is not this number."
    text = (
        f"{len(names)} {'person' if len(names) == 1 else 'people'} {brake.verb}: {told}{more}. "
        f"{people} are managed and the limit is {int(brake.limit)}; nothing was changed.{other} "
        f"If all this is right, run once more with -e onboard_confirm_{brake.what}={len(names)}"
    )
    return Fault(brake.what, text, stops_cutting=True)
