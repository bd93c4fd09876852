# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The answers of a review against the lists: which line of which file to take out. Pure.

Only the lists are compared: they stay the only source, and the next run takes away what they no longer have.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.model import fold
from .._core.names import meant, shown
from .._core.steps import Fault

COLUMNS = ("account_id", "department", "person", "decision", "by", "date")
NEEDED = ("department", "person", "decision")
DECISIONS = ("keep", "remove")
_QUOTED = ("=", "+", "-", "@")
"""What the page and spreadsheets write an apostrophe before; no name in IAM begins with one."""


@dataclasses.dataclass(frozen=True)
class Answer:
    """One ticked box, and where it was read: "answers.csv line 3"."""

    where: str
    account_id: str
    department: str
    person: str
    remove: bool


@dataclasses.dataclass(frozen=True)
class ListedPerson:
    """An entry of the lists. ``where`` is its place, and ``departments`` has the place of each of its departments."""

    name: str
    where: str
    departments: t.Mapping[str, str]


@dataclasses.dataclass(frozen=True)
class Compared:
    """Lines for people: what to take out of the lists, what is settled already, and what was not answered."""

    take_out: tuple[str, ...]
    settled: tuple[str, ...]
    unanswered: tuple[str, ...]
    kept: int


def read_answers(rows: t.Iterable[tuple[str, t.Mapping[str, str]]]) -> tuple[list[Answer], list[Fault]]:
    """The answers in rows, each with its place; what is wrong with them is told of each row."""
    answers, faults = [], []
    for where, row in rows:
        cells = {key: _plain(row.get(key, "")) for key in COLUMNS}
        decision = cells["decision"].lower()
        blank = [key for key in NEEDED if not cells[key]]
        if blank:
            faults.append(Fault(where, f"has a blank {blank[0]}"))
        elif decision not in DECISIONS:
            what = f"has the decision {shown(cells['decision'])}{meant(decision, DECISIONS)}; write keep or remove"
            faults.append(Fault(where, what))
        else:
            remove = decision == "remove"
            answers.append(Answer(where, cells["account_id"], cells["department"], cells["person"], remove))
    return answers, [*faults, *_contradictions(answers)]


def _plain(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_QUOTED) else cell


def _contradictions(answers: t.Iterable[Answer]) -> t.Iterator[Fault]:
    first: dict[tuple[str, str, str], Answer] = {}
    for answer in answers:
        other = first.setdefault((answer.account_id, fold(answer.department), fold(answer.person)), answer)
        if other.remove != answer.remove:
            what = f"says of {answer.person} in {answer.department} the opposite of {other.where}"
            yield Fault(answer.where, what)


def of_account(answers: t.Sequence[Answer], account_id: str) -> tuple[list[Answer], list[Fault]]:
    """The answers that are about this account: with an id only those of it, without one they must be of one account."""
    found = sorted({answer.account_id for answer in answers if answer.account_id})
    if account_id:
        return [answer for answer in answers if answer.account_id in ("", account_id)], []
    if len(found) > 1:
        what = f"are of the accounts {', '.join(found)}; set onboard_account_id, which says whose lists these are"
        return [], [Fault("answers", what)]
    return list(answers), []


def compare(answers: t.Iterable[Answer], people: t.Iterable[ListedPerson]) -> Compared:
    """What the answers ask of the lists."""
    answers = list(answers)
    listed = {fold(person.name): person for person in people}
    removed = [answer for answer in answers if answer.remove]
    take_out, settled = [], []
    for answer in removed:
        person = listed.get(fold(answer.person))
        if person is None:
            settled.append(f"{answer.person} is in no list: whoever gave them {answer.department} must take it away")
            continue
        place = _place(person, answer.department)
        if place is None:
            settled.append(f"{answer.person} is not in {answer.department} by the list ({person.where})")
            continue
        take_out.append(f"{place}: take {answer.department} out of the departments of {person.name}")
    take_out += _left_without(removed, listed)
    return Compared(
        take_out=tuple(take_out),
        settled=tuple(settled),
        unanswered=tuple(_unanswered(answers, listed.values())),
        kept=len(answers) - len(removed),
    )


def _place(person: ListedPerson, department: str) -> str | None:
    return next((where for name, where in person.departments.items() if fold(name) == fold(department)), None)


def _left_without(removed: t.Iterable[Answer], listed: t.Mapping[str, ListedPerson]) -> t.Iterator[str]:
    """Who would sit in no department then."""
    asked: dict[str, set[str]] = {}
    for answer in removed:
        asked.setdefault(fold(answer.person), set()).add(fold(answer.department))
    for key, departments in asked.items():
        person = listed.get(key)
        if person and person.departments and {fold(name) for name in person.departments} <= departments:
            yield (
                f"{person.where}: {person.name} would sit in no department then: "
                "take the entry out, or write state: absent"
            )


def _unanswered(answers: t.Sequence[Answer], people: t.Iterable[ListedPerson]) -> t.Iterator[str]:
    """Who sits in a reviewed department, and was not answered for; and departments that nobody answered for."""
    answered = {(fold(answer.department), fold(answer.person)) for answer in answers}
    reviewed = {department for department, _person in answered}
    left: dict[str, str] = {}
    for person in people:
        for name in person.departments:
            if fold(name) not in reviewed:
                left.setdefault(fold(name), name)
            elif (fold(name), fold(person.name)) not in answered:
                yield f"{person.name} in {name}"
    yield from (f"everybody in {name}" for name in sorted(left.values()))
