# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Page: the plan as lines, one for each department and person, for the diff and the summary. Pure."""

from __future__ import annotations

import collections
import typing as t

from .._core.model import fold
from .._core.steps import Phase
from .._core.wording import counted, folded, more_told

if t.TYPE_CHECKING:
    from .._core.model import Directory
    from .._core.steps import Step
    from .._core.subjects import SubjectKind

_TITLES: t.Mapping[SubjectKind, str] = {
    "account": "account",
    "policy": "policies",
    "group": "departments",
    "role": "roles",
    "user": "employees",
}

WIDEST = 40
"""Longer names do not push the column beside them to the right."""

_CREATIONS = {"CreateUser", "CreateGroup", "CreateRole", "CreatePolicy"}
_DELETIONS = {"DeleteUser", "DeleteGroup", "DeleteRole", "DeletePolicy"}


def page(
    steps: t.Sequence[Step],
    before: Directory,
    *,
    in_full: bool = False,
    limit: int | None = None,
    remarks: t.Mapping[str, str] | None = None,
) -> str:
    """What each subject gains and loses: a section for each kind, a line for each subject, in two columns.

    A line begins with ``+`` (new), ``-`` (deleted) or ``~`` (changed). ``in_full`` shows the inner steps too. Of more
    than ``limit`` subjects of a kind those that lose access are shown first, and the others are counted. ``remarks``,
    by name, end the lines of people. Others' lines count the people who have lines. Without steps the page is empty.
    """
    sections = []
    rows_of = frozenset[str]() if in_full else people_with_lines(steps)
    for kind, title in _TITLES.items():
        subjects = by_subject(steps, kind)
        shown = _first(subjects, limit)
        rows = []
        for name in shown:
            remark = (remarks or {}).get(name) if kind == "user" else None
            what = "; ".join(filter(None, [told(subjects[name], in_full=in_full, rows=rows_of), remark]))
            rows.append((f"{_sign(subjects[name])} {_who(kind, name, subjects[name], before)}:", what))
        lines = [*_columns(rows), *([more_told(len(subjects) - len(shown))] if len(shown) < len(subjects) else [])]
        if lines:
            sections.append("\n".join([title, *lines]))
    return "\n".join([*sections, ""]) if sections else ""


def signs(steps: t.Iterable[Step], kind: SubjectKind) -> dict[str, int]:
    """How many subjects of a kind are new (``+``), deleted (``-``) and changed (``~``)."""
    return dict(collections.Counter(_sign(of_one) for of_one in by_subject(steps, kind).values()))


def _first(subjects: t.Mapping[str, t.Sequence[Step]], limit: int | None) -> list[str]:
    """The names to show, in order of name: those that lose access before the changed ones, the new ones last."""
    if limit is None or len(subjects) <= limit:
        return list(subjects)
    return sorted(sorted(subjects, key=lambda name: _rank(subjects[name]))[:limit])


def _rank(steps: t.Sequence[Step]) -> int:
    sign = _sign(steps)
    return 0 if sign == "-" or any(step.phase == Phase.LEAVERS for step in steps) else 1 if sign == "~" else 2


def _columns(rows: t.Sequence[tuple[str, str]]) -> list[str]:
    width = max((len(first) for first, _second in rows if len(first) <= WIDEST), default=0)
    return [f"  {first.ljust(width)} {second}".rstrip() for first, second in rows]


def by_subject(steps: t.Iterable[Step], kind: SubjectKind) -> dict[str, list[Step]]:
    """The steps of each subject of a kind, by name, in order of name."""
    found: dict[str, list[Step]] = {}
    for step in steps:
        if step.subject.kind == kind:
            found.setdefault(step.subject.name, []).append(step)
    return dict(sorted(found.items()))


def people_with_lines(steps: t.Iterable[Step]) -> frozenset[str]:
    """The keys of the people to whom the page gives a line."""
    return frozenset(fold(step.subject.name) for step in steps if step.subject.kind == "user")


def named_once(people: t.Sequence[str], rows: t.Collection[str]) -> str:
    """People for a line beside the page: whoever has no line there is named, the others are counted."""
    named = [name for name in people if fold(name) not in rows]
    rest = len(people) - len(named)
    return " and ".join(filter(None, [folded(named), counted(rest, "person", "people") if rest else ""]))


def told(steps: t.Sequence[Step], *, in_full: bool = False, rows: frozenset[str] = frozenset()) -> str:
    """The steps of one subject in one line: "joins sales, joins finance" becomes "joins sales, finance".

    If a subject has only inner steps, they are shown: something did change. People with ``rows`` are only counted.
    """
    phrases: dict[str, list[str]] = {}
    outer = [step for step in steps if in_full or not step.inner]
    for step in outer or steps:
        line = step.line
        if not rows.isdisjoint(map(fold, step.people)):
            line = line.removesuffix(", ".join(step.people)) + named_once(step.people, rows)
        verb, _space, rest = line.partition(" ")
        phrases.setdefault(verb, []).append(rest)
    return "; ".join(f"{verb} {', '.join(rests)}".rstrip() for verb, rests in phrases.items())


def _sign(steps: t.Sequence[Step]) -> str:
    operations = {step.operation for step in steps}
    if operations & _CREATIONS:
        return "+"
    return "-" if operations & _DELETIONS else "~"


def _who(kind: SubjectKind, name: str, steps: t.Sequence[Step], before: Directory) -> str:
    """The name; for an existing department also the number of its people."""
    if kind != "group" or fold(name) not in before.groups:
        return name
    return f"{name} ({counted(len(before.members_of(name)), 'person', 'people')})"
