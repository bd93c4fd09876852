# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A statement of a policy, with what it is for and what in it cannot be narrowed.

What IAM can narrow is said by the service authorization reference: the resource types and condition keys of each
action. Each ``cannot`` names its source.
"""

from __future__ import annotations

import dataclasses
import typing as t

if t.TYPE_CHECKING:
    from .._core.model import Document

Part = t.Literal["reading", "departments", "employees", "policies", "roles", "account", "cutting"]
"""The subject of a statement. A policy that is too large is split between subjects first."""

REFERENCE = (
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html"
)
GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/"
BOUNDARIES = f"{GUIDE}access_policies_boundaries.html"
VARIABLES = f"{GUIDE}reference_policies_variables.html"
UPDATE_USER = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html"

MARKED: t.Mapping[str, t.Any] = {"StringEquals": {"iam:ResourceTag/workforce:managed": "onboard"}}
"""The resource carries our mark. ``iam:ResourceTag`` exists for users and roles."""

MARKED_POLICY: t.Mapping[str, t.Any] = {"StringEquals": {"aws:ResourceTag/workforce:managed": "onboard"}}
"""The same for customer managed policies, for which only ``aws:ResourceTag`` exists."""

MARKING: t.Mapping[str, t.Any] = {"StringEquals": {"aws:RequestTag/workforce:managed": "onboard"}}
"""What is created gets our mark in the same call."""


@dataclasses.dataclass(frozen=True)
class Statement:
    """One statement. ``actions`` are IAM's operations, without ``iam:``; in a denial they are those spared.

    ``why`` says what it is for, ``cannot`` what IAM cannot narrow in it, with the page of AWS that says so as
    ``source``; without ``cannot`` nothing is wider than it must be.
    """

    sid: str
    part: Part
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    why: str
    cannot: str = ""
    source: str = ""
    conditions: t.Mapping[str, t.Any] = dataclasses.field(default_factory=dict)
    denies: bool = False

    def document(self) -> Document:
        """The statement as it stands in a policy."""
        return {
            "Sid": self.sid,
            "Effect": "Deny" if self.denies else "Allow",
            "NotAction" if self.denies else "Action": _short([f"iam:{action}" for action in sorted(set(self.actions))]),
            "Resource": _short(list(dict.fromkeys(self.resources))),
            **({"Condition": _plain(self.conditions)} if self.conditions else {}),
        }


def joined(*conditions: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """One condition that holds where all of them hold. They have different keys."""
    found: dict[str, dict[str, t.Any]] = {}
    for condition in conditions:
        for operator, keys in condition.items():
            found.setdefault(operator, {}).update(keys)
    return found


def one_of(key: str, arns: t.Sequence[str]) -> dict[str, t.Any]:
    """The condition that the key has one of these ARNs, in which a star may stand for what is not known."""
    return {"ArnLike" if any("*" in arn for arn in arns) else "ArnEquals": {key: _short(sorted(set(arns)))}}


def _short(values: list[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else values


def _plain(value: t.Any) -> t.Any:
    return {key: _plain(item) for key, item in value.items()} if isinstance(value, t.Mapping) else value
