# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps that give a policy wait for the one that makes it. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.managed_policies import is_aws_managed, policy_name
from .._core.model import fold
from .._core.subjects import Subject

if t.TYPE_CHECKING:
    from .._core.steps import Step


def waiting_for_policies(steps: t.Sequence[Step]) -> list[Step]:
    """The same steps. If IAM refuses to make a policy, those who are to have it are told so, and IAM is not asked."""
    made = {fold(step.subject.name): step.subject for step in steps if step.operation == "CreatePolicy"}
    return [_waiting(step, made) for step in steps] if made else list(steps)


def _waiting(step: Step, made: t.Mapping[str, Subject]) -> Step:
    given = step.params["PolicyArn"] if step.operation.startswith("Attach") else step.params.get("PermissionsBoundary")
    if not given or is_aws_managed(given):
        return step
    need = made.get(fold(policy_name(given)))
    return step if need is None else dataclasses.replace(step, needs=(*step.needs, need))
