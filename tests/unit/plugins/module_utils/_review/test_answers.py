# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The answers of a review against the lists."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._review.answers import (
    ListedPerson,
    compare,
    of_account,
    read_answers,
)

PEOPLE = (
    ListedPerson("asha.rao", "e.yml line 2", {"sales": "e.yml line 4", "finance": "e.yml line 5"}),
    ListedPerson("bo.li", "e.yml line 7", {"sales": "e.yml line 7"}),
    ListedPerson("chen.yu", "e.yml line 8", {"legal": "e.yml line 8"}),
)


def rows(*texts: str) -> list[tuple[str, Mapping[str, str]]]:
    """Rows of department, person and decision."""
    cells = (dict(zip(("department", "person", "decision"), text.split("|"), strict=True)) for text in texts)
    return [(f"a.csv line {number}", each) for number, each in enumerate(cells, 2)]


def test_what_to_take_out() -> None:
    answers, faults = read_answers(
        rows(
            "Sales|Asha.Rao|remove",
            "finance|asha.rao|keep",
            "sales|bo.li|REMOVE",
            "sales|gone|remove",
            "legal|bo.li|remove",
        )
    )
    assert not faults
    compared = compare(answers, PEOPLE)
    assert compared.take_out == (
        "e.yml line 4: take Sales out of the departments of asha.rao",
        "e.yml line 7: take sales out of the departments of bo.li",
        "e.yml line 7: bo.li would sit in no department then: take the entry out, or write state: absent",
    )
    assert compared.settled == (
        "gone is in no list: whoever gave them sales must take it away",
        "bo.li is not in legal by the list (e.yml line 7)",
    )
    assert (compared.kept, compared.unanswered) == (1, ("chen.yu in legal",))


def test_who_was_not_answered_for() -> None:
    answers, _faults = read_answers(rows("sales|asha.rao|keep"))
    assert compare(answers, PEOPLE).unanswered == ("bo.li in sales", "everybody in finance", "everybody in legal")


def test_faults_of_rows() -> None:
    answers, faults = read_answers(
        rows("sales||keep", "sales|bo.li|removed", "sales|bo.li|", "sales|asha.rao|keep", "SALES|asha.rao|remove")
    )
    assert [str(fault) for fault in faults] == [
        "a.csv line 2: has a blank person",
        "a.csv line 3: has the decision removed; did you mean remove?; write keep or remove",
        "a.csv line 4: has a blank decision",
        "a.csv line 6: says of asha.rao in SALES the opposite of a.csv line 5",
    ]
    assert len(answers) == 2


@pytest.mark.parametrize(("cell", "name"), [("'=cmd", "=cmd"), ("'@x", "@x"), ("'quoted", "'quoted"), ("-x", "-x")])
def test_a_formula_is_written_with_an_apostrophe(cell: str, name: str) -> None:
    (answer,), _faults = read_answers(rows(f"sales|{cell}|keep"))
    assert answer.person == name


def test_accounts() -> None:
    given = [
        (where, {**row, "account_id": account})
        for (where, row), account in zip(rows("a|b|keep", "a|c|keep", "a|d|keep"), ("1", "2", ""), strict=True)
    ]
    answers, _faults = read_answers(given)
    assert [answer.person for answer in of_account(answers, "1")[0]] == ["b", "d"]
    kept, faults = of_account(answers, "")
    assert (kept, [str(fault) for fault in faults]) == (
        [],
        ["answers: are of the accounts 1, 2; set onboard_account_id, which says whose lists these are"],
    )
    assert len(of_account(answers[1:], "")[0]) == 2
