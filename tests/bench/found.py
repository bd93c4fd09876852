# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the bench finds: runs, and figures beside their bars. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from tests.bench.measure import Run


@dataclass(frozen=True)
class Row:
    """One run: of so many people, with so much latency; what it read, wrote and took."""

    name: str
    people: int
    latency_ms: int
    read: float
    write: float
    seconds: float

    @classmethod
    def of(cls, name: str, people: int, latency_ms: int, run: Run) -> Row:
        """Of a run that was measured."""
        return cls(name, people, latency_ms, run.read, run.write, round(run.seconds, 2))


@dataclass(frozen=True)
class Figure:
    """One promise. `share` is the measured number as a share of its bar; None where only right and wrong exist."""

    name: str
    found: str
    wanted: str
    holds: bool
    share: float | None = None


class Section(Protocol):
    """A part of the bench: its runs and its figures."""

    def rows(self) -> Sequence[Row]: ...

    def figures(self) -> Sequence[Figure]: ...


@dataclass(frozen=True)
class Part:
    """What one section found."""

    rows: tuple[Row, ...]
    figures: tuple[Figure, ...]

    @classmethod
    def of(cls, sections: Iterable[Section]) -> Part:
        """Of what was measured together."""
        measured = list(sections)
        rows = (row for section in measured for row in section.rows())
        return cls(tuple(rows), tuple(figure for section in measured for figure in section.figures()))


@dataclass(frozen=True)
class Found:
    """Everything that was found, by the names of the sections, and with which versions."""

    parts: Mapping[str, Part]
    versions: Mapping[str, str]

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for part in self.parts.values() for row in part.rows)

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(figure for part in self.parts.values() for figure in part.figures)

    @property
    def holds(self) -> bool:
        return all(figure.holds for figure in self.figures)

    def replacing(self, older: Found) -> Found:
        """What an older run found, with the sections of this one in place of its own."""
        return Found({**older.parts, **self.parts}, self.versions)

    def plain(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return dataclasses.asdict(self)

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Found:
        """What `plain` gave."""
        parts = {
            name: Part(tuple(Row(**row) for row in part["rows"]), tuple(Figure(**one) for one in part["figures"]))
            for name, part in plain["parts"].items()
        }
        return cls(parts, plain["versions"])


def at_most(name: str, value: float, limit: float, unit: str = "x", digits: int = 2, *, found: str = "") -> Figure:
    """A number that may not be above its bar. `found` tells the number in other words."""
    shown = found or f"{value:,.{digits}f}{unit}"
    return Figure(name, shown, f"≤ {limit:,g}{unit}", value <= limit, round(value / limit, 3))


def at_least(name: str, value: float, limit: float, unit: str = "x", digits: int = 2, *, found: str = "") -> Figure:
    """A number that may not be below its bar."""
    shown = found or f"{value:,.{digits}f}{unit}"
    return Figure(name, shown, f"≥ {limit:,g}{unit}", value >= limit, round(limit / value, 3) if value else None)


def exactly(name: str, value: int, wanted: int) -> Figure:
    """A count that must be this one."""
    return Figure(name, f"{value:,}", f"exactly {wanted:,}", value == wanted)


def exact_writes(name: str, found: Mapping[str, int], wanted: Mapping[str, int]) -> Figure:
    """Each operation's writes must be these; what differs is told."""
    wrong = [
        f"{found.get(operation, 0):,} {operation} instead of {wanted.get(operation, 0):,}"
        for operation in sorted({*found, *wanted})
        if found.get(operation, 0) != wanted.get(operation, 0)
    ]
    shown = ", ".join([f"{sum(found.values()):,}", *wrong])
    return Figure(name, shown, f"exactly {sum(wanted.values()):,}", not wrong)


def counted(count: int, word: str) -> str:
    """`1 write`, `no writes`."""
    return f"{count} {word}" if count == 1 else f"{count or 'no'} {word}s"
