# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Page: the plan as lines, one for each department and person, for the diff and the summary. Pure."""

from __future__ import annotations

import typing as t

from .._core.model import fold
from .._core.wording import counted

if t.TYPE_CHECKING:
    from .._core.model import Directory, Step, SubjectKind

_TITLES: t.Mapping[SubjectKind, str] = {
    "account": "account",
    "policy": "policies",
    "group": "departments",
    "role": "roles",
    "user": "employees",
}


_CREATIONS = {"CreateUser", "CreateGroup", "CreateRole", "CreatePolicy"}
_DELETIONS = {"DeleteUser", "DeleteGroup", "DeleteRole", "DeletePolicy"}


def page(steps: t.Sequence[Step], before: Directory, *, in_full: bool = False) -> str:
    """What each subject gains and loses: a section for each kind, a line for each subject.

    A line begins with ``+`` (new), ``-`` (deleted) or ``~`` (changed). ``in_full`` shows the inner steps too. Without
    steps the page is empty.
    """
    sections = []
    for kind, title in _TITLES.items():
        lines = [
            f"  {_sign(of_subject)} {_who(kind, name, of_subject, before)}: {told(of_subject, in_full=in_full)}"
            for name, of_subject in by_subject(steps, kind).items()
        ]
        if lines:
            sections.append("\n".join([title, *lines]))
    return "\n".join([*sections, ""]) if sections else ""


def by_subject(steps: t.Iterable[Step], kind: SubjectKind) -> dict[str, list[Step]]:
    """The steps of each subject of a kind, by name, in order of name."""
    found: dict[str, list[Step]] = {}
    for step in steps:
        if step.subject.kind == kind:
            found.setdefault(step.subject.name, []).append(step)
    return dict(sorted(found.items()))


def told(steps: t.Sequence[Step], *, in_full: bool = False) -> str:
    """The steps of one subject in one line: "joins sales, joins finance" becomes "joins sales, finance".

    If a subject has only inner steps, they are shown: something did change.
    """
    phrases: dict[str, list[str]] = {}
    outer = [step for step in steps if in_full or not step.inner]
    for step in outer or steps:
        verb, _space, rest = step.line.partition(" ")
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
