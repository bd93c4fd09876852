# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The answers of an access review, compared with the lists of employees."""

from __future__ import annotations

DOCUMENTATION = r"""
name: review_answers
author:
  - workforce.aws contributors (@workforce-collections)
short_description: Compare the answers of an access review with the lists of employees
description:
  - Reads the answers that came back with the review sheets of M(workforce.aws.iam_access_report), and says which line
    of which file to take out, so that the lists have what was decided. It changes no file and reaches no account.
  - The answers are CSV with the columns C(account_id), C(department), C(person), C(decision), C(by) and C(date), in any
    order. A decision is V(keep) or V(remove).
options:
  _terms:
    description:
      - The files with answers; patterns with V(*) are allowed. Relative paths begin at the current folder, and so do
        those of O(employees_from).
    type: list
    elements: str
    required: true
  employees:
    description: The list of employees of the inventory.
    type: raw
  employees_from:
    description: The files with employees, as in the role's C(onboard_employees_from).
    type: list
    elements: str
    default: []
  csv:
    description: How to read a table of employees, as in the role's C(onboard_csv).
    type: dict
  account_id:
    description: Only answers about this account are compared.
    type: str
    default: ""
  places:
    description: Files and folders in which the inventory's entries are looked for, to say their lines.
    type: list
    elements: str
    default: []
seealso:
  - plugin: workforce.aws.setting_faults
    plugin_type: lookup
    description: Another lookup plugin of the collection.
"""

EXAMPLES = r"""
- name: Show what to take out of the lists
  ansible.builtin.debug:
    msg: "{{ compared.faults or compared.take_out }}"
  vars:
    compared: "{{ lookup('workforce.aws.review_answers', 'answers.csv', employees=employees, places=[inventory_dir]) }}"
"""

RETURN = r"""
_raw:
  description:
    - One dictionary with lists of lines. C(take_out) says what to take out of the lists, C(settled) what they do not
      have or no longer have, C(unanswered) of whom nothing was said, C(faults) what is wrong with the answers or the
      lists. C(kept) is a number.
  type: list
  elements: dict
"""

import glob
import typing as t
from pathlib import Path

from ansible.plugins.lookup import LookupBase
from ansible_collections.workforce.aws.plugins.module_utils._core.model import fold
from ansible_collections.workforce.aws.plugins.module_utils._core.names import meant, shown
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Fault
from ansible_collections.workforce.aws.plugins.module_utils._files.csv_rows import read_table
from ansible_collections.workforce.aws.plugins.module_utils._files.lists import read_roll
from ansible_collections.workforce.aws.plugins.module_utils._files.places import SUFFIXES, Written, written_in
from ansible_collections.workforce.aws.plugins.module_utils._files.text import FileError, place, read_text
from ansible_collections.workforce.aws.plugins.module_utils._review.answers import (
    COLUMNS,
    NEEDED,
    ListedPerson,
    compare,
    of_account,
    read_answers,
)

if t.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Rows = list[tuple[str, dict[str, str]]]


def read_rows(patterns: Iterable[str]) -> tuple[Rows, list[Fault]]:
    """The rows of all files with answers."""
    rows: Rows = []
    faults = []
    for pattern in patterns:
        names = [pattern] if Path(pattern).exists() else sorted(glob.glob(pattern))  # noqa: PTH207  # absolute patterns
        if not names:
            faults.append(Fault("answers", f"{pattern} names no file"))
        for name in names:
            try:
                rows += _rows_of(name)
            except FileError as error:
                faults.append(Fault(place(name, error.line), str(error)))
    return rows, faults


def _rows_of(name: str) -> Rows:
    table = read_table(read_text(Path(name)), COLUMNS)
    titles = [title.lower() for title in table.header.cells]
    for title in NEEDED:
        if title not in titles:
            raise FileError(f"has no column {shown(title)}{meant(title, titles)}", table.header.line)
    return [(place(name, row.line), dict(zip(titles, row.cells, strict=False))) for row in table.rows]


def listed_people(options: Mapping[str, t.Any]) -> tuple[list[ListedPerson], list[Fault]]:
    """Everybody in the lists, with the places of their departments."""
    roll = read_roll(options["employees"], options["employees_from"], options["csv"])
    if roll.entries is None:
        return [], [Fault("employees", "is missing: put it into inventory/group_vars/all/, or pass -e @file")]
    if not isinstance(roll.entries, (list, tuple)):
        return [], [Fault("employees", "is no list")]
    written = written_in(_files_in([*options["places"], *options["employees_from"]]))
    origins = [*roll.origins, *([None] * (len(roll.entries) - len(roll.origins)))]
    people = []
    for number, (entry, origin) in enumerate(zip(roll.entries, origins, strict=True), 1):
        if isinstance(entry, dict) and isinstance(entry.get("name"), str):
            default = origin.where if origin else f"entry {number} of employees"
            people.append(_listed(entry, default, written.get(fold(entry["name"]))))
    return people, list(roll.faults)


def _listed(entry: Mapping[str, t.Any], default: str, found: Written | None) -> ListedPerson:
    where = found.where if found else default
    places = found.departments if found else {}
    departments = {str(name): places.get(str(name), where) for name in entry.get("departments") or ()}
    return ListedPerson(entry["name"], where, departments)


def _files_in(places: Iterable[str]) -> Iterator[Path]:
    """The files that may have entries, by paths as short as a person at this folder would type them."""
    here = Path.cwd()
    for name in places:
        path = Path(name)
        if path.is_relative_to(here):
            path = path.relative_to(here)
        if path.is_dir():
            yield from (each for each in sorted(path.rglob("*")) if each.is_file() and each.suffix in SUFFIXES)
        elif path.is_file() and path.suffix in SUFFIXES:
            yield path


class LookupModule(LookupBase):
    """The lookup."""

    def run(self, terms: list[str], variables: Mapping[str, t.Any] | None = None, **kwargs: t.Any) -> list[t.Any]:
        """Read, compare, and give lines."""
        self.set_options(var_options=variables, direct=kwargs)
        options = self.get_options()
        rows, faults = read_rows(terms)
        answers, wrong = read_answers(rows)
        answers, mixed = of_account(answers, options["account_id"])
        people, unread = listed_people(options)
        compared = compare(answers, people)
        return [
            {
                "take_out": list(compared.take_out),
                "settled": list(compared.settled),
                "unanswered": list(compared.unanswered),
                "kept": compared.kept,
                "faults": [str(fault) for fault in (*faults, *wrong, *mixed, *unread)],
            }
        ]
