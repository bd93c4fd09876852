# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whereabouts: the accounts that an entry of the lists is about, where lists are shared by several accounts. Pure.

An entry with the key ``accounts`` is about these accounts alone, and else about all. The play says which account a run
is in: by a label (``onboard_account``), by its id (``onboard_account_id``), or both. An employee whose entry leaves
``accounts`` out and all of whose departments are elsewhere, is elsewhere with them.

An entry of which this cannot be told counts as one that is about this account: its fault stops the giving, and nobody
loses access because of a mistyped label.
"""

from __future__ import annotations

import dataclasses
import re
import typing as t

from .._core.model import fold
from .._core.names import described, meant, shown
from .people import read_person
from .values import ACCOUNTS, Outsider

if t.TYPE_CHECKING:
    from .entries import Entry
    from .rows import Row
    from .values import ThisAccount

_ACCOUNT_ID = re.compile(r"\d{12}", re.ASCII)


@dataclasses.dataclass(frozen=True)
class Sorted:
    """The rows about this account, and those about others alone; each in the order of the list."""

    here: list[Row]
    elsewhere: list[Row]

    @property
    def names_elsewhere(self) -> dict[str, str]:
        """The names that are listed for other accounts alone, by key."""
        here = {row.key for row in self.here}
        return {row.key: row.name for row in self.elsewhere if row.key not in here}


def sort_departments(rows: t.Iterable[Row], account: ThisAccount) -> Sorted:
    """Departments by where they are."""
    return _sorted(rows, lambda row: _is_elsewhere(row, account))


def sort_employees(rows: t.Iterable[Row], account: ThisAccount, departments: t.Collection[str]) -> Sorted:
    """Employees by where they are. ``departments`` are the keys of those that are elsewhere."""
    return _sorted(rows, lambda row: _is_elsewhere(row, account) or _follows(row, departments))


def outsiders(employees: Sorted) -> tuple[Outsider, ...]:
    """The people who are to have access in other accounts alone, and so none in this one."""
    names = employees.names_elsewhere
    firsts = {row.key: row for row in reversed(employees.elsewhere) if row.key in names}
    # A row whose name cannot be read may give one of them access here.
    certain = all(row.valid for row in employees.here)
    return tuple(Outsider(row.name, read_person(row).employee_id, certain, elsewhere=True) for row in firsts.values())


def _sorted(rows: t.Iterable[Row], is_elsewhere: t.Callable[[Row], bool]) -> Sorted:
    found = Sorted([], [])
    for row in rows:
        # Of an entry whose name cannot be read, nobody can tell whom it means: its fault is told in every account.
        elsewhere = is_elsewhere(row) and row.valid and not any(fault.stops_cutting for fault in row.entry.faults)
        (found.elsewhere if elsewhere else found.here).append(row)
    return found


def _is_elsewhere(row: Row, account: ThisAccount) -> bool:
    """Whether the entry is about other accounts for sure. What is wrong with its key is added to its faults."""
    entry = row.entry
    items = entry.items(ACCOUNTS, "a list of accounts")
    if items is None:
        return False
    names = [name for item in items for name in _read(entry, item)]
    here = not account.names.isdisjoint(names)
    wrong = [what for name in names for what in _faults(name, account, here=here)]
    for what in wrong:
        entry.fault(what)
    return not here and not wrong and len(names) == len(items)


def _read(entry: Entry, item: object) -> t.Iterator[str]:
    """A label, or an account id, which YAML reads as a number where it stands without quotes."""
    if isinstance(item, str) and item.strip():
        yield str(item.strip())
    elif isinstance(item, int) and _ACCOUNT_ID.fullmatch(str(item)):
        yield str(item)
    else:
        entry.fault(f"has {described(item)} in {ACCOUNTS}; a label belongs there, or an account id in quotes")


def _faults(name: str, account: ThisAccount, *, here: bool) -> t.Iterator[str]:
    """What is wrong with one account of an entry that is about this account, or seems not to be."""
    if account.tells_unknown and name not in account.known:
        yield f"is for the unknown account {shown(name)}{meant(name, account.known)}"
    elif not here and not account.can_be(_ACCOUNT_ID.fullmatch(name) is not None):
        variable = "onboard_account_id" if _ACCOUNT_ID.fullmatch(name) else "onboard_account"
        yield f"is for the account {shown(name)}, and whether that is this one is not known: set {variable}"


def _follows(row: Row, elsewhere: t.Collection[str]) -> bool:
    written = row.entry.values.get("departments")
    if not elsewhere or ACCOUNTS in row.entry.values or not isinstance(written, (list, tuple)) or not written:
        return False
    return all(isinstance(name, str) and fold(name) in elsewhere for name in written)
