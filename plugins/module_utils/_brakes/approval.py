# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The approved plan: done as it was previewed, or not at all. Pure."""

from __future__ import annotations

import re
import typing as t

from .._core.confirmation import SHARED_ACCOUNT
from .._core.steps import Fault
from .._plan.fingerprint import PLAN_ID_LENGTH

_PLAN_ID = re.compile(rf"[0-9a-f]{{{PLAN_ID_LENGTH}}}", re.ASCII)


def approval_faults(approved: object, plan_id: str, account: str | None) -> list[Fault]:
    """Why the approved plan cannot be done; nothing if it is this plan.

    ``approved`` is a plan id as it was written, or a mapping of them by the label of the account. Blank text approves
    nothing: whoever limits a run to a plan must not get a run without limits because a form was left empty.
    """
    text = _fault_text(approved, plan_id, account or SHARED_ACCOUNT)
    return [] if text is None else [Fault("plan", text, stops_cutting=True)]


def _fault_text(approved: object, plan_id: str, account: str) -> str | None:
    if isinstance(approved, t.Mapping):
        if account not in approved:
            return f"has no plan id for the account {account}, so nothing was changed; its plan is {plan_id} now"
        approved = approved[account]
    written = "" if approved is None else str(approved).strip().lower()
    if not written:
        return "is empty, so nothing was changed; write the plan id that a preview told, or leave plan out"
    if not _PLAN_ID.fullmatch(written):
        return (
            f"is no plan id, so nothing was changed; a preview tells it at its end, such as {plan_id} now: write "
            f"all its {PLAN_ID_LENGTH} characters, in quotes"
        )
    if written != plan_id:
        return (
            f"{written} was approved, and now the plan is {plan_id}: the account, the lists or the settings have "
            "changed since the preview. Nothing was changed. Look at what would be done now; if it is right, run once "
            f"more with -e onboard_plan={plan_id}"
        )
    return None
