# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.credential_mark import (
    Mark,
    mark_of,
    parse_mark,
    tag_of,
)
from ansible_collections.workforce.aws.plugins.module_utils._core.model import User
from ansible_collections.workforce.aws.plugins.module_utils._core.names import tag_value_fault

AT = datetime.datetime(2026, 11, 23, 21, 28, 5, tzinfo=datetime.UTC)
MARKS = [
    (Mark("pending"), "pending"),
    (Mark("delivered", AT, ("mail",)), "delivered 2026-11-23T21:28:05Z mail"),
    (Mark("delivered", AT, ("mail", "file")), "delivered 2026-11-23T21:28:05Z mail file"),
    (Mark("revoked", AT), "revoked 2026-11-23T21:28:05Z"),
    (Mark("delivered"), "delivered"),
    (Mark("revoked"), "revoked"),
]


@pytest.mark.parametrize(("mark", "value"), MARKS)
def test_a_mark_is_written_and_read(mark: Mark, value: str) -> None:
    assert str(mark) == value
    assert parse_mark(value) == mark
    assert tag_value_fault("workforce:credential", value) is None


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Pending",
        "pending ",
        "pending 2026-11-23T21:28:05Z",
        "pending\n",
        "delivered yesterday mail",
        "delivered 2026-13-23T21:28:05Z mail",
        "delivered 2026-11-23T21:28:05+01:00 mail",
        "claimed",
    ],
)
def test_only_what_was_written_by_us_is_a_mark_of_ours(value: str) -> None:
    assert parse_mark(value).state == "unknown"


def test_a_moment_of_another_zone_is_written_in_utc() -> None:
    there = AT.astimezone(datetime.timezone(datetime.timedelta(hours=5)))
    assert str(Mark("revoked", there)) == "revoked 2026-11-23T21:28:05Z"


def test_the_tag_is_found_in_any_case() -> None:
    assert mark_of(User("asha.rao", tags={"Workforce:Credential": "pending"})) == Mark("pending")


def test_without_the_tag_there_is_no_mark() -> None:
    assert mark_of(User("asha.rao", tags={"workforce:managed": "onboard"})) is None
    assert mark_of(User("asha.rao")) is None


def test_the_tag_has_the_contracts_key() -> None:
    assert tag_of(Mark("pending")) == {"Key": "workforce:credential", "Value": "pending"}
