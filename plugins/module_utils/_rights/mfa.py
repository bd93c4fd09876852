# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MFA that the account's settings require of everybody: they act through the department of all employees. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from .._chart.entries import Entry
from .._chart.everyone import name_of
from .._chart.scalars import read_boolean
from .._core.mfa import NAME, OPTION, requiring_mfa
from .._core.model import fold
from .._core.steps import Fault

if t.TYPE_CHECKING:
    from .._chart.values import Chart
    from .._core.desired import Desired
    from .._core.steps import Step

_WHO = "account_settings"
_NAMED = 10


def with_account_mfa(chart: Chart, account_settings: object, everyone: object) -> Chart:
    """The chart whose department of all employees requires MFA, if the account's settings say so.

    ``everyone`` is that department as it was written. What is wrong with the settings themselves is told where they are
    read. Like every fault it stops giving, so that the deny which the department has now stays.
    """
    if account_settings is None or (isinstance(account_settings, t.Mapping) and OPTION not in account_settings):
        return chart
    name, asked = name_of(everyone), _asked(account_settings)
    if asked is None:
        return chart
    if name is None:
        text = f"has {OPTION}, which acts through the department of all employees; write onboard_everyone, too"
        return _with_fault(chart, Fault(_WHO, text)) if asked else chart
    own = _own(everyone)
    if own is not None and own is not asked:
        text = f"has another {OPTION} than {_WHO}; write it in one of them alone"
        return _with_fault(chart, Fault(f"department {name}", text))
    return _requiring(chart, name) if asked else chart


def caller_faults(chart: Chart, caller_arn: str) -> list[Fault]:
    """A run whose own user is to sign in with MFA would be denied its next call. A role's session has no department."""
    kind, _slash, path = caller_arn.split(":", 5)[5].partition("/")
    key = fold(path.rpartition("/")[2])
    text = (
        "runs this job, and is in a department that requires MFA, which would deny the job everything. Run the job as "
        "a role or as a user of its own"
    )
    return [
        Fault(f"employee {user.name}", text)
        for user in chart.desired.users
        if kind == "user" and fold(user.name) == key and chart.require_mfa & set(map(fold, user.groups or ()))
    ]


def key_warnings(desired: Desired, steps: t.Sequence[Step], require_mfa: t.Collection[str]) -> list[str]:
    """A warning of those whose only way in are access keys, when this run requires MFA of them or gives them a key.

    A request with such a key tells nothing of MFA, so that it is denied like one without.
    """
    newly = {fold(step.params["GroupName"]) for step in steps if _begins(step)}
    touched = {fold(step.params["UserName"]) for step in steps if _concerns(step, require_mfa)}
    names = [
        user.name
        for user in desired.users
        if user.credential is not None and not user.credential.console
        for departments in [set(map(fold, user.groups or ())) & set(require_mfa)]
        if departments & newly or (departments and fold(user.name) in touched)
    ]
    if not names:
        return []
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return [
        f"MFA is required of {len(names)} without a console password ({', '.join(names[:_NAMED])}{more}): AWS refuses "
        "their access keys everything until they have enrolled a device by the command line, and then work with the "
        "keys of sts:GetSessionToken"
    ]


def _begins(step: Step) -> bool:
    """Whether it requires MFA of a department."""
    return step.operation == "PutGroupPolicy" and fold(step.params["PolicyName"]) == NAME


def _concerns(step: Step, require_mfa: t.Collection[str]) -> bool:
    """Whether the person joins such a department, or is given a key."""
    if step.operation == "AddUserToGroup":
        return fold(step.params["GroupName"]) in require_mfa
    return step.operation == "CreateAccessKey"


def _asked(account_settings: object) -> bool | None:
    """What the settings say; None if they cannot be read."""
    if not isinstance(account_settings, t.Mapping):
        return None
    return read_boolean(Entry(_WHO, account_settings, []), OPTION)


def _own(everyone: object) -> bool | None:
    """What the department's own entry says; None if it says nothing."""
    return read_boolean(Entry("everyone", everyone, []), OPTION) if isinstance(everyone, t.Mapping) else None


def _requiring(chart: Chart, name: str) -> Chart:
    groups = [requiring_mfa(group) if fold(group.name) == fold(name) else group for group in chart.desired.groups]
    desired = dataclasses.replace(chart.desired, groups=tuple(groups))
    return dataclasses.replace(chart, desired=desired, require_mfa=chart.require_mfa | {fold(name)})


def _with_fault(chart: Chart, fault: Fault) -> Chart:
    return dataclasses.replace(chart, faults=(*chart.faults, fault))
