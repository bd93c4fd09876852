# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Offboarding in several accounts: where each person was and was not. Pure.

Who has a user in one account need have none in the others: that nobody is found there is a failure only if nobody is
found in any account.
"""

from __future__ import annotations

import typing as t

if t.TYPE_CHECKING:
    from .._report.accounts import AccountOfPlay

    Data = t.Mapping[str, t.Any]

_STATES = (
    ("was cut off in", "cut"),
    ("would be cut off in", "would"),
    ("had been cut off in", "before"),
    ("is NOT CUT OFF in", "not cut"),
    ("is not known to be in", "unknown"),
    ("is not in", "absent"),
)


def offboard_lines(accounts: t.Sequence[AccountOfPlay], *, check_mode: bool) -> list[str]:
    """A line for each entry of ``who`` and each way that it ended."""
    lines = ["All accounts:"]
    for entry in _entries(accounts):
        states = [(_state(account, entry, check_mode=check_mode), account.title) for account in accounts]
        for words, state in _STATES:
            titles = [title for found, title in states if found == state]
            if titles:
                lines.append(f"  {entry} {words} {', '.join(titles)}")
    for account in accounts:
        if account.result is None:
            lines.append(f"  NOT DONE in {account.title}: no host of the account is left in the play")
        elif not account.account_id:
            lines.append(f"  NOT DONE in {account.title}: {account.reason}")
    return lines


def is_excused(account: AccountOfPlay, accounts: t.Sequence[AccountOfPlay]) -> bool:
    """Whether all that failed in an account is that it has no user of people who were found in others."""
    result = account.result
    if result is None or not result.get("complete"):
        return False
    found = {entry for other in accounts for entry in _found(other)}
    return set(_absent(account)) <= found


def _entries(accounts: t.Iterable[AccountOfPlay]) -> list[str]:
    every = [entry for account in accounts for entry in (*_found(account), *_absent(account))]
    return list(dict.fromkeys(every))


def _found(account: AccountOfPlay) -> dict[str, Data]:
    """The people who were found, by the entry that named them."""
    return {str(person["asked_for"]): person for person in (account.result or {}).get("offboarded") or ()}


def _absent(account: AccountOfPlay) -> list[str]:
    return [str(entry) for entry in (account.result or {}).get("not_found") or ()]


def _state(account: AccountOfPlay, entry: str, *, check_mode: bool) -> str:
    person = _found(account).get(entry)
    if person is None:
        return "absent" if entry in _absent(account) else "unknown"
    if not person["denied"]:
        return "not cut"
    if not person["done"]:
        return "before"
    return "would" if check_mode else "cut"
