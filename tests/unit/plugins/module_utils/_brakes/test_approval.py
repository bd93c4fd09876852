# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The approved plan, as people and forms write it."""

from __future__ import annotations

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._brakes.approval import approval_faults

PLAN = "7f3a91c2e04b"
OTHER = "000000000000"


@pytest.mark.parametrize(
    ("approved", "account"),
    [
        (PLAN, None),
        (f" {PLAN.upper()}\n", "production"),
        ({"default": PLAN}, None),
        ({"production": PLAN, "training": OTHER}, "production"),
    ],
)
def test_this_plan(approved: object, account: str | None) -> None:
    assert approval_faults(approved, PLAN, account) == []


def test_a_plan_id_of_digits_may_be_a_number() -> None:
    assert approval_faults(123456789012, "123456789012", None) == []


@pytest.mark.parametrize(
    ("approved", "told"),
    [
        (OTHER, f"plan: {OTHER} was approved, and now the plan is {PLAN}: "),
        ({"production": OTHER}, f"plan: {OTHER} was approved, and now the plan is {PLAN}: "),
        (
            {"training": PLAN},
            f"plan: has no plan id for the account production, so nothing was changed; its plan is {PLAN}",
        ),
        ({"production": None}, "plan: is empty, so nothing was changed; "),
        ("", "plan: is empty, so nothing was changed; "),
        (" ", "plan: is empty, so nothing was changed; "),
        ("7f3a", "plan: is no plan id, so nothing was changed; "),
        (True, "plan: is no plan id, so nothing was changed; "),
        ([PLAN], "plan: is no plan id, so nothing was changed; "),
    ],
)
def test_anything_else_stops(approved: object, told: str) -> None:
    (fault,) = approval_faults(approved, PLAN, "production")
    assert str(fault).startswith(told)
    assert fault.stops_cutting
