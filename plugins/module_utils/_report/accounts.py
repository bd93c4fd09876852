# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What became of all accounts of a play: a line for each with something to tell, and one for all. Pure."""

from __future__ import annotations

import collections
import dataclasses
import typing as t

from .._core.wording import counted

if t.TYPE_CHECKING:
    Data = t.Mapping[str, t.Any]

_LONGEST_REASON = 160
_PEOPLE = {"joiners": "joiner", "movers": "mover", "leavers": "leaver", "returned": "returner"}


@dataclasses.dataclass(frozen=True)
class AccountOfPlay:
    """One account: its label, and what its module returned (``msg`` if it failed); None if none of its hosts ran it."""

    label: str
    result: Data | None

    @property
    def account_id(self) -> str:
        """The id, if the account was reached."""
        return str(((self.result or {}).get("account") or {}).get("account_id") or "")

    @property
    def title(self) -> str:
        """The label, with the id where that says more."""
        return f"{self.label} ({self.account_id})" if self.account_id not in ("", self.label) else self.label

    @property
    def reason(self) -> str:
        """Why it failed, on a line: "" if it did not. The account's own page names the people."""
        result = self.result or {}
        first = (str(result.get("reason") or result.get("msg") or "").splitlines() or [""])[0].strip()
        return first if len(first) <= _LONGEST_REASON else f"{first[:_LONGEST_REASON]}…"


def account_lines(accounts: t.Sequence[AccountOfPlay], *, check_mode: bool) -> list[str]:
    """The page: accounts in which nothing happened are only counted."""
    told = [(account.title, *_told(account, check_mode=check_mode)) for account in accounts]
    width = max((len(title) for title, _state, line in told if line), default=0)
    counts = collections.Counter(state for _title, state, _line in told)
    states = (
        ("would change" if check_mode else "changed", "changed"),
        ("nothing to change", "same"),
        ("FAILED", "failed"),
        ("NOT DONE", "missing"),
    )
    total = ", ".join(f"{counts[state]} {words}" for words, state in states if counts[state])
    lines = [f"  {title:<{width}}  {line}" for title, _state, line in told if line]
    return ["All accounts:", *lines, f"{counted(len(accounts), 'account')}: {total}"]


def _told(account: AccountOfPlay, *, check_mode: bool) -> tuple[str, str]:
    """How it ended, and the line about it; "" where there is nothing to tell."""
    if account.result is None:
        return "missing", "NOT DONE: no host of the account is left in the play"
    changes = _changes(account.result)
    if account.reason:
        return "failed", f"FAILED: {account.reason}{f' (done: {changes})' if changes and not check_mode else ''}"
    return ("changed", changes) if changes else ("same", "")


def _changes(result: Data) -> str:
    counts = [(len(result.get(key) or ()), word) for key, word in _PEOPLE.items()]
    steps = int((result.get("counts") or {}).get("steps") or 0)
    told = [counted(count, word) for count, word in counts if count]
    return ", ".join([*told, counted(steps, "write")] if steps else [])
