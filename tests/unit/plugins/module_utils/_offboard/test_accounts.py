# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Offboarding in several accounts: where people were and were not, and when that is no failure."""

from __future__ import annotations

import typing as t

from ansible_collections.workforce.aws.plugins.module_utils._offboard.accounts import is_excused, offboard_lines
from ansible_collections.workforce.aws.plugins.module_utils._report.accounts import AccountOfPlay


def account(label: str, *cut: dict[str, t.Any], absent: t.Sequence[str] = (), complete: bool = True) -> AccountOfPlay:
    result = {
        "account": {"account_id": label[0] * 12},
        "offboarded": list(cut),
        "not_found": list(absent),
        "complete": complete,
        **({"msg": "FAILED user li"} if absent else {}),
    }
    return AccountOfPlay(label, result)


def cut(asked_for: str, *, denied: bool = True, done: bool = True) -> dict[str, t.Any]:
    return {"name": "asha", "asked_for": asked_for, "denied": denied, "done": ["is denied everything"] if done else []}


SHOP: t.Final = account("1-shop", cut("asha"), absent=["li"])
BUILD: t.Final = account("2-build", cut("asha", done=False), cut("li", denied=False), complete=False)
TRAINING: t.Final = account("3-training", absent=["asha", "li"])
DENIED: t.Final = AccountOfPlay("4-closed", {"msg": "AssumeRole failed\nmore"})
GONE: t.Final = AccountOfPlay("5-gone", None)


def test_who_was_where_is_told() -> None:
    assert offboard_lines([SHOP, BUILD, TRAINING, DENIED, GONE], check_mode=False) == [
        "All accounts:",
        "  asha was cut off in 1-shop (111111111111)",
        "  asha had been cut off in 2-build (222222222222)",
        "  asha is not known to be in 4-closed, 5-gone",
        "  asha is not in 3-training (333333333333)",
        "  li is NOT CUT OFF in 2-build (222222222222)",
        "  li is not known to be in 4-closed, 5-gone",
        "  li is not in 1-shop (111111111111), 3-training (333333333333)",
        "  NOT DONE in 4-closed: AssumeRole failed",
        "  NOT DONE in 5-gone: no host of the account is left in the play",
    ]
    assert "  asha would be cut off in 1-shop (111111111111)" in offboard_lines([SHOP], check_mode=True)


def test_who_was_found_in_one_account_need_not_be_in_the_others() -> None:
    accounts = [SHOP, BUILD, TRAINING, DENIED, GONE]
    excused = [one.label for one in accounts if is_excused(one, accounts)]
    assert excused == ["1-shop", "3-training"]
    # Nobody has found li.
    assert [is_excused(one, [SHOP, TRAINING]) for one in (SHOP, TRAINING)] == [False, False]
    assert not is_excused(account("6-x", absent=["asha"], complete=False), accounts)
