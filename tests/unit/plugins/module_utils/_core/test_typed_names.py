# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names as people type them."""

from __future__ import annotations

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.typed_names import NamesError, read_names

BOTH = ["anton.berg", "bianca.popescu"]


@pytest.mark.parametrize(
    "given",
    [
        BOTH,
        tuple(BOTH),
        [" anton.berg", "bianca.popescu\n"],
        "anton.berg,bianca.popescu",
        "anton.berg, bianca.popescu",
        " anton.berg ,bianca.popescu ",
        "anton.berg\nbianca.popescu",
        "anton.berg\r\nbianca.popescu\r\n",
        "anton.berg,\nbianca.popescu",
        "anton.berg\n\n  bianca.popescu",
        '["anton.berg", "bianca.popescu"]',
        ' ["anton.berg",\n "bianca.popescu"] ',
        "['anton.berg', 'bianca.popescu']",
    ],
)
def test_a_list_is_a_list_however_it_is_typed(given: object) -> None:
    assert read_names(given) == BOTH


@pytest.mark.parametrize("blank", [None, "", "  ", "\n", "\t\r\n"])
def test_a_blank_answer_is_not_given(blank: object) -> None:
    assert read_names(blank) is None


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ([], []),
        ("[]", []),
        ("/machines/", ["/machines/"]),
        (1042, ["1042"]),
        ([1042, "0042"], ["1042", "0042"]),
        # IAM's names may have a comma; then it takes a list.
        (["berg,anton"], ["berg,anton"]),
        ("asha,", ["asha", ""]),
        ("asha,,li", ["asha", "", "li"]),
        (["asha", " "], ["asha", ""]),
    ],
)
def test_what_is_written_is_kept(given: object, names: list[str]) -> None:
    """An empty name too: what it means is for the option to say."""
    assert read_names(given) == names


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("anton.berg bianca.popescu", "has 'anton.berg bianca.popescu', with white space inside a name"),
        (["anton berg"], "has 'anton berg', with white space inside a name"),
        ("asha, anton\tberg", "with white space inside a name"),
        ({"anton": 1}, "is a mapping; write a list, or names with commas or line breaks between them"),
        (True, "is a boolean (True)"),
        ([["asha"]], "has a list where a name belongs"),
        ([None], "has null where a name belongs"),
        ([True], "has a boolean (True) where a name belongs"),
        ('["asha"', "begins like a list in JSON and is none"),
        ("[asha]", "begins like a list in JSON and is none"),
    ],
)
def test_what_is_no_name_is_told(given: object, told: str) -> None:
    with pytest.raises(NamesError) as raised:
        read_names(given)
    assert told in str(raised.value)


def test_white_space_can_be_left_to_whoever_looks() -> None:
    assert read_names("Asha Rao, li", spaced=True) == ["Asha Rao", "li"]
