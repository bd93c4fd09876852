# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the settings ask to be done about access beside the chart: take it away, or make the run fail. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.desired import Desired, DesiredGroup, DesiredUser
from .._core.model import fold
from .._core.steps import Fault

if t.TYPE_CHECKING:
    from .._identity.beside_settings import Modes
    from .finding import Finding

FINDINGS_TOLD = 20

Changes = dict[str, t.Any]
_PARTS = {"policy": "policies_absent", "inline": "inline_absent", "group": "groups_absent"}


def is_removed(finding: Finding, modes: Modes) -> bool:
    """Whether the plan takes it away."""
    return modes.get(finding.kind) == "remove" and finding.kept is None


def without_findings(desired: Desired, found: t.Sequence[Finding], modes: Modes) -> Desired:
    """The desired that also takes away what the settings say."""
    removed = [finding for finding in found if is_removed(finding, modes)]
    if not removed:
        return desired
    of_groups = _changes(one for one in removed if one.kind == "department_policies")
    of_users = _changes(one for one in removed if one.kind in ("user_policies", "user_groups", "boundaries"))
    groups = (_changed_group(group, of_groups) for group in desired.groups)
    users = [_changed_user(user, of_users) for user in desired.users]
    left: dict[str, list[str]] = {}
    for finding in removed:
        if finding.kind == "members":
            left.setdefault(finding.item[1], []).append(finding.subject)
    users += [DesiredUser(name, create=False, groups_absent=tuple(names)) for name, names in left.items()]
    return Desired(tuple(groups), tuple(users))


def finding_faults(found: t.Sequence[Finding], modes: Modes) -> list[Fault]:
    """One fault for each kind that makes the run fail; nothing is done about it."""
    faults = []
    for kind in modes:
        told = [f"{one.subject}: {one.what}" for one in found if one.kind == kind and not one.told]
        if modes[kind] == "fail" and told:
            more = f"; and {len(told) - FINDINGS_TOLD} more" if len(told) > FINDINGS_TOLD else ""
            text = (
                f"{len(told)} beside the chart, and onboard_beside says fail: {'; '.join(told[:FINDINGS_TOLD])}{more}. "
                f"To take them away: onboard_beside: {{{kind}: remove}}; to accept one: the key beside in its entry"
            )
            faults.append(Fault(kind, text, stops_giving=False))
    return faults


def _changes(removed: t.Iterable[Finding]) -> dict[str, Changes]:
    """What is to go from each subject, by key."""
    changes: dict[str, Changes] = {}
    for finding in removed:
        word, name = finding.item
        of_subject = changes.setdefault(fold(finding.subject), {})
        if word == "boundary":
            of_subject["boundary"] = ""
        else:
            of_subject[_PARTS[word]] = (*of_subject.get(_PARTS[word], ()), name)
    return changes


def _changed_group(group: DesiredGroup, changes: t.Mapping[str, Changes]) -> DesiredGroup:
    return dataclasses.replace(group, **changes.get(fold(group.name), {}))


def _changed_user(user: DesiredUser, changes: t.Mapping[str, Changes]) -> DesiredUser:
    return dataclasses.replace(user, **changes.get(fold(user.rename_from or user.name), {}))
