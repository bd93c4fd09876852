# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The values of the organisation chart: its settings, its people, and the lists once they are read."""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from .._core.model import fold
from .._core.names import path_fault

if t.TYPE_CHECKING:
    import datetime

    from .._core.desired import Desired
    from .._core.steps import Fault

ACCOUNTS = "accounts"
"""The key of an entry that says which accounts it is about."""
_ID_LENGTH = 12


@dataclasses.dataclass(frozen=True)
class ThisAccount:
    """Which account the run is in, by what the play says of it: its ``label`` and its id, each None if left out.

    ``known`` are the labels and ids of all accounts that the lists may name, as far as anybody said.
    """

    label: str | None = None
    account_id: str | None = None
    known: frozenset[str] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        """What an entry may call this account."""
        return frozenset(name for name in (self.label, self.account_id) if name)

    @property
    def tells_unknown(self) -> bool:
        """Whether an account that is not ``known`` is a mistake: not where even this one is missing."""
        return not self.names.isdisjoint(self.known)

    def can_be(self, by_id: bool) -> bool:
        """Whether it is known what an entry would call this account, by its id or by its label."""
        return any(len(name) == _ID_LENGTH and name.isdecimal() for name in self.names) if by_id else bool(self.label)


@dataclasses.dataclass(frozen=True)
class ChartSettings:
    """What a run is told beside the two lists.

    ``path`` is the IAM path of the managed departments; ``adopted`` are names of departments outside of it that are
    managed too. ``only`` limits a run to some employees: ``None`` means everybody, an empty set means nobody.
    ``everyone`` is the department of all employees, as it was written; an empty value means that there is none.
    ``account`` tells which entries are about this account.
    """

    path: str = "/workforce/"
    adopted: frozenset[str] = frozenset()
    only: frozenset[str] | None = None
    everyone: object = None
    account: ThisAccount = dataclasses.field(default_factory=ThisAccount)

    def adopts(self, department: str) -> bool:
        """Whether the department is managed because of its name."""
        return fold(department) in self.adopted_keys

    @property
    def sound(self) -> bool:
        """Whether ``path`` is an IAM path, so that it can tell which departments are managed."""
        return path_fault(self.path) is None

    @functools.cached_property
    def adopted_keys(self) -> frozenset[str]:
        """The adopted names as IAM compares them."""
        return frozenset(map(fold, self.adopted))


@dataclasses.dataclass(frozen=True)
class Person:
    """What the list says of an employee and IAM does not keep; ``None`` where it says nothing.

    ``starts_on`` and ``ends_on`` are the first and the last day with access.
    """

    name: str
    email: str | None = None
    employee_id: str | None = None
    console: bool | None = None
    credentials_to: str | None = None
    access_key: bool | None = None
    state: str | None = None
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None


@dataclasses.dataclass(frozen=True)
class Outsider:
    """A person whom the lists name and give no access to this account. Not ``certain`` where another entry names them.

    ``elsewhere``: the lists give them access to other accounts.
    """

    name: str | None = None
    employee_id: str | None = None
    certain: bool = True
    elsewhere: bool = False

    def is_called(self, named: str) -> bool:
        """Whether that is the name or the employee id."""
        return fold(named) in (fold(one) for one in (self.name, self.employee_id) if one)


@dataclasses.dataclass(frozen=True)
class Chart:
    """The two lists, read.

    ``departments`` and ``employees`` count the entries that the run is about, with and without faults. Keys are names
    as IAM compares them.
    """

    desired: Desired
    faults: tuple[Fault, ...]

    people: t.Mapping[str, Person]
    """The employees of ``desired``, by key."""

    listed: frozenset[str] | None
    """The keys of all employees in the list.

    ``None`` when nobody may be taken for missing from it: the run is limited to some employees, or the name of an entry
    could not be read.
    """

    departments: int = 0
    employees: int = 0

    doubtful: frozenset[str] = frozenset()
    """The keys of employees with two entries, or with an employee id that somebody else has too.

    Nobody of them loses access: one entry may say that a person leaves, and the other that the person stays.
    """

    listed_departments: frozenset[str] | None = None
    """The keys of all departments in the list; ``None`` as for ``listed``."""

    without_access: tuple[Outsider, ...] = ()
    """People whom the lists give no access here: no user is made for them, and one that they have is suspended."""

    tag_keys: frozenset[str] = frozenset()
    """The keys of all tags that employees are given in the list."""

    require_mfa: frozenset[str] = frozenset()
    """The keys of the departments whose people need MFA."""

    everybody: t.Mapping[str, Person] = dataclasses.field(default_factory=dict)
    """All employees in the list, by key, whether the run is about them or not; without those of other accounts."""

    departments_elsewhere: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    """The names, by key, of departments that are listed for other accounts alone."""

    def is_elsewhere(self, named: str) -> bool:
        """Whether that is the name or employee id of somebody who is listed for other accounts alone."""
        return any(one.elsewhere and one.is_called(named) for one in self.without_access)
