# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom a step, a fault or a failure is about, and the words for them."""

from __future__ import annotations

import dataclasses
import typing as t

SubjectKind = t.Literal["user", "group", "policy", "role", "account"]


TITLES: t.Mapping[SubjectKind, str] = {
    "user": "user",
    "group": "group",
    "policy": "policy",
    "role": "role",
    "account": "account",
}
CHART_TITLES: t.Mapping[SubjectKind, str] = {**TITLES, "user": "employee", "group": "department"}
"""The words for subjects in messages: of one-subject modules, and of a chart."""


@dataclasses.dataclass(frozen=True)
class Subject:
    """The user, group, policy or role that a step, fault or failure is about, or the account."""

    kind: SubjectKind
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"
