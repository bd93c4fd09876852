# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How numbers and lists of names are told to people."""

from __future__ import annotations

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.wording import (
    counted,
    folded,
    folded_lines,
    printable,
)


@pytest.mark.parametrize(("count", "told"), [(0, "0 people"), (1, "1 person"), (2, "2 people")])
def test_a_number_has_its_noun(count: int, told: str) -> None:
    assert counted(count, "person", "people") == told
    assert counted(count, "employee") == told.replace("people", "employees").replace("person", "employee")


def test_many_names_are_folded() -> None:
    assert folded([]) == ""
    assert folded(["asha", "ben"], 2) == "asha, ben"
    assert folded(["asha", "ben", "cleo", "dan"], 2) == "asha, ben and 2 more"


def test_many_lines_are_folded_into_one_that_says_where_they_are() -> None:
    lines = [str(number) for number in range(5000)]
    assert folded_lines(lines, 2) == ["0", "1", "  and 4,998 more: -v shows them, onboard_result has them all"]
    assert folded_lines(lines, None) == folded_lines(lines, 5000) == lines


def test_a_line_cannot_pass_for_another_one_or_steer_a_terminal() -> None:
    assert printable("jörg 李 ok") == "jörg 李 ok"
    assert printable("a\nplan 6d9f8c015cd7\x1b[2J\u202e") == "a\\nplan 6d9f8c015cd7\\x1b[2J\\u202e"
