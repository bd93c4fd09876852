# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings of one run: what is wrong with the options beside the lists."""

from __future__ import annotations

import datetime
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._tasks.settings import (
    Adopt,
    Rules,
    adopt_of,
    credential_settings,
    rules_of,
)

NOW: t.Final = datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)
LEFT_OUT: t.Final[dict[str, t.Any]] = {
    "max_losses": None,
    "max_gains": None,
    "confirm_losses": None,
    "confirm_gains": None,
    "plan": None,
    "files_may_set": [],
    "confirm_renames": None,
    "account": None,
    "account_id": None,
    "known_accounts": None,
    "timezone": "UTC",
    "path": "/workforce/",
    "adopted_departments": [],
    "only": None,
    "everyone": None,
    "unlisted": "ignore",
    "unlisted_departments": "report",
    "remove_after_days": None,
    "readmit": [],
    "readmit_keys": False,
    "reissue": [],
    "issue": None,
    "credentials": None,
    "adopt": False,
    "release": False,
    "protected": [],
    "beside": None,
}


def rules(**options: object) -> Rules:
    return rules_of({**LEFT_OUT, **options}, NOW)


@pytest.mark.parametrize("only", [None, [], ["asha"], ["asha", "ben"]])
def test_whom_a_run_is_limited_to(only: list[str] | None) -> None:
    read = rules(only=only)
    assert read.faults == ()
    assert read.chart.only == (None if only is None else frozenset(only))


@pytest.mark.parametrize("only", [[""], ["  "], ["asha", ""], ["\t", "asha"]])
def test_an_empty_name_stops_a_limited_run(only: list[str]) -> None:
    """Whoever left a form's field empty has named nobody: the run is neither for everybody nor for the others."""
    read = rules(only=only)
    assert [(fault.who, fault.stops_cutting, fault.stops_giving) for fault in read.faults] == [("only", True, True)]
    assert "onboard_only" in read.faults[0].what
    assert read.chart.only == frozenset(only) & {"asha"}


@pytest.mark.parametrize("option", ["readmit", "reissue"])
def test_an_empty_name_in_another_option_stops_no_cutting(option: str) -> None:
    read = rules(**{option: ["asha", ""]})
    assert [(str(fault), fault.stops_cutting) for fault in read.faults] == [
        (f"{option}: has an empty name; write a name or an employee id in its place, or take it out", False)
    ]
    assert rules(**{option: [""]}, only=["ben"]).faults == ()


def test_an_empty_name_is_nobody_to_let_in_or_to_reissue_for() -> None:
    options = {**LEFT_OUT, "readmit": ["asha", ""], "reissue": ["asha", " "]}
    assert rules_of(options, NOW).roster.readmit == {"asha"}
    assert credential_settings(options, ())[0].reissue == {"asha"}


NAMED = Adopt(asked=True, names=frozenset({"asha", "ben"}))


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (False, Adopt()),
        (None, Adopt()),
        ("", Adopt()),
        ("no", Adopt()),
        ([], Adopt()),
        (True, Adopt(asked=True)),
        ("true", Adopt(asked=True)),
        (" yes ", Adopt(asked=True)),
        (["Asha", "ben"], NAMED),
        ("Asha, ben", NAMED),
        ("['Asha', \"ben\"]", NAMED),
        ("Asha\nben", NAMED),
        ('["Asha", "ben"]', NAMED),
        ("asha", Adopt(asked=True, names=frozenset({"asha"}))),
    ],
)
def test_whom_to_adopt(written: object, found: Adopt) -> None:
    assert adopt_of(written) == (found, ())


@pytest.mark.parametrize("written", [{"asha": True}, [True], "[asha,ben]", "asha rao"])
def test_what_says_nobody_is_a_fault(written: object) -> None:
    _adopt, (fault,) = adopt_of(written)
    assert fault.who == "adopt"


@pytest.mark.parametrize(
    ("written", "read"), [(None, None), ("", None), ("  ", None), ("missing", "missing"), (" missing\n", "missing")]
)
def test_a_blank_issue_is_none(written: str | None, read: str | None) -> None:
    assert credential_settings({**LEFT_OUT, "issue": written}, ())[0].issue == read
