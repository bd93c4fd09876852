# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why somebody would not be able to complete their first sign-in, or to enrol an MFA device, told to people with the
ways out. Pure.
"""

from __future__ import annotations

import dataclasses
import json
import typing as t

from .._core.steps import Fault
from .request import CHANGE

if t.TYPE_CHECKING:
    from .evaluation import Denial
    from .request import Act

NAMED = 10
"""This many people are named; for the rest, their number."""

_SHOWN = 2000
_ACTION = "\N{INFORMATION SEPARATOR ONE}"
"""Stands for an action where causes are compared: no policy has this letter."""


@dataclasses.dataclass(frozen=True)
class Cause:
    """One reason, the same for everybody whom it concerns. ``text`` follows their names, ``ways`` are what to do, and
    ``aim`` is what they would not be able to do.

    One that is not ``certain`` depends on what nobody knows before they sign in: from where, at what hour.
    """

    text: str
    ways: str
    certain: bool = True
    aim: str = CHANGE.aim


def denied(denial: Denial, act: Act = CHANGE) -> Cause:
    """A statement that blocks."""
    policy, statement = denial.policy, json.dumps(denial.statement)
    shown = statement if len(statement) <= _SHOWN else f"{statement[:_SHOWN]}…"
    sid = denial.statement.get("Sid")
    which = f"the statement {sid}" if sid else "a statement"
    verb = "denies" if denial.certain else "may deny, under a condition that is met or not only when they sign in,"
    add = "add it to NotAction" if "NotAction" in denial.statement else "spare it by NotAction"
    return Cause(
        f"{which} of the policy {policy.name} of {policy.holder} {verb} {act.action} to anybody who signed in without "
        f"MFA, as everybody does the first time: {shown}",
        f"Exempt {act.action} from the statement ({add}); or give them what carries the policy only after their first "
        f"sign-in; {act.instead}",
        denial.certain,
        act.aim,
    )


def denied_by_name(holder: str, policies: t.Sequence[str], act: Act = CHANGE) -> Cause:
    """A policy that IAM's simulator says denies, and whose statement was not found."""
    told = f"the policy {' and '.join(policies)}" if policies else "a policy"
    return Cause(
        f"IAM's simulator says that {told} of {holder} denies {act.action} to anybody who signed in without MFA",
        f"Exempt {act.action} from its denials; {act.instead}",
        aim=act.aim,
    )


def denied_by_organization(act: Act = CHANGE) -> Cause:
    """A service control policy denies it; only the organisation's management account can see that policy."""
    return Cause(
        f"a service control policy of the organisation does not let {act.action} through",
        f"Have the organisation's administrators exempt {act.action}; {act.instead}",
        aim=act.aim,
    )


def beyond_boundary(name: str, act: Act = CHANGE) -> Cause:
    """A policy allows it, and the permissions boundary does not."""
    return Cause(
        f"their permissions boundary {name} does not allow {act.action}",
        f"Allow {act.action} in the boundary; {act.instead}",
        aim=act.aim,
    )


def missing_under_path(holder: str, policy: str, partition: str) -> Cause:
    """A policy allows the change, but only to users at the path /."""
    act = CHANGE
    return Cause(
        f"the policy {policy} of {holder} allows {act.action} only to users without a path, and they have one",
        f"Add arn:{partition}:iam::*:user/*/${{aws:username}} to its Resource; {act.instead}",
    )


def missing(partition: str) -> Cause:
    """Nothing allows the change."""
    act = CHANGE
    own = f"arn:{partition}:iam::*:user/"
    return Cause(
        f"nothing allows them {act.action}, which AWS demands of everybody who must choose a password",
        "Give it to all employees with onboard_everyone: {name: everyone}; or let the account's password policy allow "
        f"it to its users (AllowUsersToChangePassword); or allow {act.action} in one of their departments on "
        f"{own}${{aws:username}} and {own}*/${{aws:username}}; {act.instead}",
    )


def joined(told: t.Iterable[tuple[Act, Cause]]) -> list[Cause]:
    """The causes by what is kept from being done; those that differ in the action alone are one, with all actions."""
    found: dict[Cause, list[str]] = {}
    for act, cause in told:
        found.setdefault(_replaced(cause, act.action, _ACTION), []).append(act.action)
    return [_replaced(cause, _ACTION, " and ".join(actions)) for cause, actions in found.items()]


def _replaced(cause: Cause, old: str, new: str) -> Cause:
    return dataclasses.replace(cause, text=cause.text.replace(old, new), ways=cause.ways.replace(old, new))


def fault(cause: Cause, people: t.Sequence[str], title: str) -> Fault:
    """One fault for everybody whom the cause concerns."""
    would = "would" if cause.certain else "may"
    return Fault(_named(people, title), f"{would} not be able to {cause.aim}: {cause.text}. {cause.ways}")


def _named(people: t.Sequence[str], title: str) -> str:
    rest = len(people) - NAMED
    named = ", ".join(people[:NAMED]) + (f" and {rest} more" if rest > 0 else "")
    return f"{title}{'s' if len(people) > 1 else ''} {named}"
