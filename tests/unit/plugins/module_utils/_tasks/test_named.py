# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options that take names: what a blank answer means in each, and which of them stop a run."""

from __future__ import annotations

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._tasks.named import with_names
from ansible_collections.workforce.aws.plugins.module_utils._tasks.workforce import NAMES


@pytest.mark.parametrize("option", [*NAMES, "who"])
@pytest.mark.parametrize("given", [["asha", "li"], "asha, li", "asha\nli", '["asha", "li"]'])
def test_each_option_is_read_alike(option: str, given: object) -> None:
    assert with_names({option: given, "other": 7}, option) == ({option: ["asha", "li"], "other": 7}, ())


@pytest.mark.parametrize(
    ("option", "blank"),
    [
        ("readmit", []),
        ("reissue", []),
        ("protected", []),
        ("adopted_departments", []),
        ("files_may_set", []),
        # It names nobody, and that is told: the run is not for everybody.
        ("only", [""]),
        ("who", [""]),
    ],
)
def test_a_blank_answer(option: str, blank: list[str]) -> None:
    assert with_names({option: " "}, option) == ({option: blank}, ())


def test_what_is_left_out_limits_nothing() -> None:
    assert with_names({"only": None, "readmit": None}, "only", "readmit") == ({"only": None, "readmit": []}, ())
    assert with_names({"only": []}, "only") == ({"only": []}, ())


@pytest.mark.parametrize(
    ("option", "stops"),
    [
        ("only", True),
        ("who", True),
        ("protected", True),
        ("adopted_departments", True),
        ("readmit", False),
        ("reissue", False),
        ("files_may_set", False),
    ],
)
def test_a_misread_list_takes_nothing_away(option: str, stops: bool) -> None:
    read, (fault,) = with_names({option: [["asha"]]}, option)
    assert read == {option: []}
    assert str(fault).startswith(f"{option}: has a list where a name belongs")
    assert fault.stops_cutting is stops
    if option == "who":
        # Nobody is called so, and that is found out by looking: the others are cut off.
        assert with_names({option: "asha rao, li"}, option) == ({option: ["asha rao", "li"]}, ())
    else:
        _read, (fault,) = with_names({option: "asha rao"}, option)
        assert str(fault).startswith(f"{option}: has 'asha rao', with white space inside a name")
