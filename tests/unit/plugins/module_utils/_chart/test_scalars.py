# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Single values of an entry: what is read, and what is told of the rest."""

from __future__ import annotations

import datetime

import pytest
from ansible.module_utils.parsing.convert_bool import BOOLEANS, boolean
from ansible_collections.workforce.aws.plugins.module_utils._chart.scalars import (
    read_address,
    read_boolean,
    read_choice,
    read_date,
    read_path,
)
from hypothesis import given
from hypothesis import strategies as st

from tests.support.charts import entry, told


@pytest.mark.parametrize("address", ["a@b", "asha.rao@example.com", "zoë+x@münchen.example"])
def test_addresses(address: str) -> None:
    one = entry(email=address)
    assert read_address(one, "email") == address
    assert told(one) == []


@pytest.mark.parametrize("address", ["", "asha", "@b", "a@", "a@b@c", "a b@c", "a@b\n", "a@b c", "a\x00@b", " a@b"])
def test_what_is_not_an_address(address: str) -> None:
    one = entry(email=address)
    assert read_address(one, "email") is None
    assert len(told(one)) == 1
    assert told(one)[0].endswith("for email, which is not a mail address")


def test_an_address_is_a_string() -> None:
    assert read_address(entry(), "email") is None
    one = entry(email=None)
    assert read_address(one, "email") is None
    assert told(one) == ["has null for email; write a mail address, or leave the key out"]


@pytest.mark.parametrize(("value", "read"), [(True, True), (False, False), ("yes", True), ("False", False), (1, True)])
def test_booleans_in_ansibles_spellings(value: object, read: bool) -> None:
    one = entry(console=value)
    assert read_boolean(one, "console") is read
    assert told(one) == []


@pytest.mark.parametrize(
    ("value", "what"),
    [(None, "null"), ("maybe", "a string (maybe)"), (2, "a number (2)"), ([], "a list"), ({}, "a mapping")],
)
def test_what_is_not_a_boolean(value: object, what: str) -> None:
    one = entry(console=value)
    assert read_boolean(one, "console") is None
    assert told(one) == [f"has {what} for console; true or false belongs there"]
    assert read_boolean(entry(), "console") is None


SPELLINGS = st.sampled_from(sorted(map(str, BOOLEANS))).flatmap(
    lambda word: st.sampled_from([word, word.upper(), word.title(), f" {word}\n", f"{word}e"])
)


@given(SPELLINGS | st.sampled_from(sorted(BOOLEANS, key=str)) | st.text(max_size=5) | st.integers() | st.floats())
def test_booleans_are_those_of_ansible(value: object) -> None:
    """The table is ours, since the package may not import Ansible; Ansible's own says what belongs in it."""
    try:
        expected: bool | None = boolean(value)
    except TypeError:
        expected = None
    assert read_boolean(entry(console=value), "console") is expected


def test_choices() -> None:
    assert read_choice(entry(), "state", ("present", "absent")) is None
    assert read_choice(entry(state="absent"), "state", ("present", "absent")) == "absent"
    for value, written in (("Absent", "Absent"), (None, "null"), (["absent"], "a list"), (True, "a boolean (True)")):
        one = entry(state=value)
        assert read_choice(one, "state", ("present", "absent")) is None
        assert told(one) == [f"has {written} for state; one of present, absent belongs there"]


def test_days() -> None:
    day = datetime.date(2026, 12, 31)
    assert read_date(entry(), "ends_on") is None
    assert read_date(entry(ends_on="2026-12-31"), "ends_on") == read_date(entry(ends_on=day), "ends_on") == day
    for value, written in (
        ("2026-02-30", "2026-02-30"),
        (None, "null"),
        (datetime.datetime(2026, 12, 31), "a datetime"),
    ):
        one = entry(ends_on=value)
        assert read_date(one, "ends_on") is None
        assert told(one) == [f"has {written} for ends_on; write a day as 2026-12-31, or leave the key out"]


def test_paths() -> None:
    assert read_path(entry()) is None
    assert read_path(entry(path="/x/")) == "/x/"
    assert read_path(entry(purge_path="/y/"), "purge_path") == "/y/"
    one = entry(path="x")
    assert read_path(one) is None
    assert len(told(one)) == 1
