# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How numbers and lists of names are told to people."""

from __future__ import annotations

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.wording import counted, folded


@pytest.mark.parametrize(("count", "told"), [(0, "0 people"), (1, "1 person"), (2, "2 people")])
def test_a_number_has_its_noun(count: int, told: str) -> None:
    assert counted(count, "person", "people") == told
    assert counted(count, "employee") == told.replace("people", "employees").replace("person", "employee")


def test_many_names_are_folded() -> None:
    assert folded([]) == ""
    assert folded(["asha", "ben"], 2) == "asha, ben"
    assert folded(["asha", "ben", "cleo", "dan"], 2) == "asha, ben and 2 more"
