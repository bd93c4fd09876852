# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brakes: a plan that takes access from too many people, or lets too many in, stops before its first write. Pure."""

from __future__ import annotations

import dataclasses
import re
import typing as t

from .._core.confirmation import confirmed
from .._core.model import fold
from .._core.steps import Fault
from .._core.tags import managed
from .._core.wording import counted
from .approval import approval_faults
from .gains import gains
from .losses import losses
from .new_administrators import TITLE, administrators_told, new_administrators

if t.TYPE_CHECKING:
    import datetime

    from .._core.model import Directory
    from .change import Change
    from .new_administrators import NewAdministrator

LEAST_LOSSES, MOST_LOSSES = 3, 25
LEAST_MANAGED, LEAST_GAINS = 20, 20
ACTIVE_DAYS = 7
NAMES_TOLD = 100

_LIMIT = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(%?)\s*", re.ASCII)


@dataclasses.dataclass(frozen=True)
class BrakeSettings:
    """Limits as they were written, and numbers repeated to go on once. ``account`` is the label of this account.

    ``plan`` is the approved plan; None if the run is not limited to one.
    """

    max_losses: object = None
    max_gains: object = None
    confirm_losses: object = None
    confirm_gains: object = None
    account: str | None = None
    plan: object = None


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


def stopping_faults(change: Change, settings: BrakeSettings, plan_id: str) -> list[Fault]:
    """What stops everything: a plan other than the approved one. Without an approved one, the brakes.

    Whoever approved a plan has seen who loses and who gains by it, so that it needs no other confirmation.
    """
    if settings.plan is not None:
        return approval_faults(settings.plan, plan_id, settings.account)
    return brake_faults(change, settings)


def brake_faults(change: Change, settings: BrakeSettings) -> list[Fault]:
    """What stops everything unless its number is repeated; the administrators that it would make come first."""
    people = sum(user.tags is not None and managed(user) for user in change.before.users.values())
    gain = gains(change)
    brakes = (
        _Brake("losses", "would lose access", losses(change), _losses_limit(settings.max_losses, people)),
        _Brake("gains", gain.verb, gain.names, _gains_limit(settings.max_gains, people)),
    )
    confirmations = (settings.confirm_losses, settings.confirm_gains)
    found = [
        _fault(brake, people, confirmation)
        for brake, confirmation in zip(brakes, confirmations, strict=True)
        if len(brake.names) > brake.limit and not confirmed(confirmation, len(brake.names), settings.account)
    ]
    administrators = new_administrators(change) if found else []
    if administrators:
        found.insert(0, _administrators_fault(administrators))
    return found


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


def _administrators_fault(found: t.Sequence[NewAdministrator]) -> Fault:
    names = tuple(one.name for one in found)
    brief = counted(len(names), "person", "people")
    return Fault(TITLE, administrators_told(found), stops_cutting=True, brief=brief, people=names)


def _fault(brake: _Brake, people: int, written: object) -> Fault:
    names = brake.names
    told = ", ".join(names[:NAMES_TOLD])
    more = f" and {len(names) - NAMES_TOLD} more" if len(names) > NAMES_TOLD else ""
    other = "" if written is None else f" What onboard_confirm_{brake.what} says is not this number."
    brief = f"{counted(len(names), 'person', 'people')} {brake.verb}"
    limit = f"{people} are managed and the limit is {int(brake.limit)}"
    way_on = f"{other} If all this is right, run once more with -e onboard_confirm_{brake.what}={len(names)}"
    return Fault(
        brake.what,
        f"{brief}: {told}{more}. {limit}; nothing was changed.{way_on}",
        stops_cutting=True,
        brief=f"{brief}. {limit}.{way_on}",
        people=tuple(names),
    )
