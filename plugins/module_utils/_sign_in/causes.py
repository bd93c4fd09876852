# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why somebody would not be able to complete their first sign-in, told to people with the ways out. Pure."""

from __future__ import annotations

import dataclasses
import json
import typing as t

from .._core.model import Fault
from .evaluation import ACTION

if t.TYPE_CHECKING:
    from .evaluation import Denial

NAMED = 10
"""This many people are named; for the rest, their number."""

_SHOWN = 2000
_GIVE_NONE = "or give those who need no password none (console: false)"


@dataclasses.dataclass(frozen=True)
class Cause:
    """One reason, the same for everybody whom it concerns. ``text`` follows their names, ``ways`` are what to do.

    One that is not ``certain`` depends on what nobody knows before they sign in: from where, at what hour.
    """

    text: str
    ways: str
    certain: bool = True


def denied(denial: Denial) -> Cause:
    """A statement that blocks."""
    policy, statement = denial.policy, json.dumps(denial.statement)
    shown = statement if len(statement) <= _SHOWN else f"{statement[:_SHOWN]}…"
    sid = denial.statement.get("Sid")
    which = f"the statement {sid}" if sid else "a statement"
    verb = "denies" if denial.certain else "may deny, under a condition that is met or not only when they sign in,"
    add = "add it to NotAction" if "NotAction" in denial.statement else "spare it by NotAction"
    return Cause(
        f"{which} of the policy {policy.name} of {policy.holder} {verb} {ACTION} to anybody who signed in without MFA, "
        f"as everybody does the first time: {shown}",
        f"Exempt {ACTION} from the statement ({add}); or give them what carries the policy only after their first "
        f"sign-in; {_GIVE_NONE}",
        denial.certain,
    )


def denied_by_name(holder: str, policies: t.Sequence[str]) -> Cause:
    """A policy that IAM's simulator says denies, and whose statement was not found."""
    told = f"the policy {' and '.join(policies)}" if policies else "a policy"
    return Cause(
        f"IAM's simulator says that {told} of {holder} denies {ACTION} to anybody who signed in without MFA",
        f"Exempt {ACTION} from its denials; {_GIVE_NONE}",
    )


def denied_by_organization() -> Cause:
    """A service control policy denies it; only the organisation's management account can see that policy."""
    return Cause(
        f"a service control policy of the organisation does not let {ACTION} through",
        f"Have the organisation's administrators exempt {ACTION}; {_GIVE_NONE}",
    )


def beyond_boundary(name: str) -> Cause:
    """A policy allows it, and the permissions boundary does not."""
    return Cause(
        f"their permissions boundary {name} does not allow {ACTION}",
        f"Allow {ACTION} in the boundary; {_GIVE_NONE}",
    )


def missing_under_path(holder: str, policy: str, partition: str) -> Cause:
    """A policy allows it, but only to users at the path /."""
    return Cause(
        f"the policy {policy} of {holder} allows {ACTION} only to users without a path, and they have one",
        f"Add arn:{partition}:iam::*:user/*/${{aws:username}} to its Resource; {_GIVE_NONE}",
    )


def missing(partition: str) -> Cause:
    """Nothing allows it."""
    own = f"arn:{partition}:iam::*:user/"
    return Cause(
        f"nothing allows them {ACTION}, which AWS demands of everybody who must choose a password",
        "Give it to all employees with onboard_everyone: {name: everyone}; or let the account's password policy allow "
        f"it to its users (AllowUsersToChangePassword); or allow {ACTION} in one of their departments on "
        f"{own}${{aws:username}} and {own}*/${{aws:username}}; {_GIVE_NONE}",
    )


def fault(cause: Cause, people: t.Sequence[str], title: str) -> Fault:
    """One fault for everybody whom the cause concerns."""
    would = "would" if cause.certain else "may"
    return Fault(
        _named(people, title), f"{would} not be able to complete the first sign-in: {cause.text}. {cause.ways}"
    )


def _named(people: t.Sequence[str], title: str) -> str:
    rest = len(people) - NAMED
    named = ", ".join(people[:NAMED]) + (f" and {rest} more" if rest > 0 else "")
    return f"{title}{'s' if len(people) > 1 else ''} {named}"
