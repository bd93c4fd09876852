# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One entry: its keys, the faults that are kept, what may be taken away."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart.entries import Entry, Value, repeated
from ansible_collections.workforce.aws.plugins.module_utils._core.steps import Fault

from tests.support.charts import entry, told

KNOWN = ("name", "departments", "managed_policies")


def test_a_fault_is_kept_and_told_of() -> None:
    one = entry()
    assert one.fault("is bad")
    assert not one.fault(None)
    assert one.faults == [Fault("employee asha", "is bad")]


def test_known_keys_are_fine() -> None:
    one = entry(name="x", departments=None)
    one.check_keys(KNOWN)
    assert told(one) == []


def test_unknown_keys_are_told_with_the_nearest() -> None:
    one = Entry("employee asha", {"departmnets": [], "zzz": 1, 5: 2, "Name": 3}, [])
    one.check_keys(KNOWN)
    assert told(one) == [
        "has the unknown key departmnets; did you mean departments?",
        "has the unknown key zzz",
        "has the unknown key 5",
        "has the unknown key Name; did you mean name?",
    ]


@pytest.mark.parametrize("key", ["password", "Password", "pasword", "passwrd"])
def test_a_password_is_told_with_the_reason_and_never_shown(key: str) -> None:
    one = entry(**{key: "hunter2"})
    one.check_keys(KNOWN)
    assert told(one) == [
        f"has the key {key}; a password in a list would be readable in the inventory. "
        "Leave it out: the collection issues the account's own first password"
    ]


def test_only_what_is_whole_and_written_is_exact() -> None:
    assert Value(()).exact
    assert not Value(None).exact
    assert not Value((), whole=False).exact


def test_what_is_repeated() -> None:
    assert repeated([], len) == []
    assert repeated(["a", "bb", "c", "dd", "eee"], len) == [["a", "c"], ["bb", "dd"]]
    assert repeated(["b", "a"], t.cast("t.Callable[[str], str]", str)) == []
