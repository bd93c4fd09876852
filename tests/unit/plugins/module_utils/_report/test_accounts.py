# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What became of all accounts of a play."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._report.accounts import AccountOfPlay, account_lines


def account(label: str, number: int | None = None, **result: t.Any) -> AccountOfPlay:
    reached = {} if number is None else {"account": {"account_id": f"{number:012}"}}
    return AccountOfPlay(label, {**reached, **result})


SAME: t.Final = account("quiet", 4, joiners=[], counts={"steps": 0})
CHANGED: t.Final = account("shop", 1, joiners=["a", "b"], leavers=[{"name": "c"}], counts={"steps": 9})


def test_each_account_with_something_to_tell_has_a_line() -> None:
    failed = account("training", 2, msg="1 step failed\nuser li: ...", movers=[{}], counts={"steps": 2})
    lost = account("away", msg="x" * 200)
    dropped = AccountOfPlay("gone", None)
    assert account_lines([CHANGED, SAME, failed, lost, dropped], check_mode=False) == [
        "All accounts:",
        "  shop (000000000001)      2 joiners, 1 leaver, 9 writes",
        "  training (000000000002)  FAILED: 1 step failed (done: 1 mover, 2 writes)",
        f"  away                     FAILED: {'x' * 160}…",
        "  gone                     NOT DONE: no host of the account is left in the play",
        "5 accounts: 1 changed, 1 nothing to change, 2 FAILED, 1 NOT DONE",
    ]


@pytest.mark.parametrize(
    ("check_mode", "words"), [(False, "2 accounts: 1 changed, 1"), (True, "2 accounts: 1 would change, 1")]
)
def test_accounts_in_which_nothing_happened_are_counted(check_mode: bool, words: str) -> None:
    lines = account_lines([CHANGED, SAME], check_mode=check_mode)
    assert lines[1:] == ["  shop (000000000001)  2 joiners, 1 leaver, 9 writes", f"{words} nothing to change"]


def test_a_label_that_is_the_id_stands_once() -> None:
    assert account("000000000001", 1).title == "000000000001"


def test_a_failure_is_told_without_the_names_that_the_accounts_own_page_has() -> None:
    stopped = account(
        "shop", 1, msg="losses: 2 people would lose access: ann, bob", reason="2 people would lose access"
    )
    assert (
        account_lines([stopped, SAME], check_mode=False)[1]
        == "  shop (000000000001)  FAILED: 2 people would lose access"
    )
