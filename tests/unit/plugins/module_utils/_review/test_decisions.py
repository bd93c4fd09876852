# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What needs a decision: who is in each question, and who is not."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._review.decisions import decisions
from ansible_collections.workforce.aws.plugins.module_utils._review.pictures import MOST_BARS, pictures

from tests.support.reports import key, own, person, report

LONG_AGO = "2026-08-01T00:00:00Z"
SUSPENDED: dict[str, Any] = {"state": "suspended", "suspended_since": LONG_AGO, "suspended_by": "list"}


def found(question: str, **facts: Any) -> list[str]:
    """The notes of the question, of a report with one person."""
    (decision,) = [one for one in decisions(report([person("asha.rao", **facts)])) if one.key == question]
    assert all((named.kind, named.name) == ("person", "asha.rao") for named in decision.found)
    return [named.note for named in decision.found]


@pytest.mark.parametrize(
    ("question", "facts", "notes"),
    [
        ("unclaimed", {"credential": "pending"}, ["made, not yet delivered"]),
        (
            "unclaimed",
            {"credential": "delivered 2026-11-20T08:00:00Z mail", "last_sign_in": None},
            ["delivered 2026-11-20"],
        ),
        ("unclaimed", {"credential": "delivered 2026-11-22T09:00:00Z mail"}, ["delivered 2026-11-22"]),
        ("unclaimed", {"credential": "delivered 2026-11-22T07:00:00Z mail"}, []),
        ("unclaimed", {"credential": "revoked 2026-11-23T00:00:00Z", "console": False}, ["revoked 2026-11-23"]),
        ("unclaimed", {"credential": "revoked 2026-11-23T00:00:00Z"}, []),
        ("unclaimed", {"credential": "written by hand", "last_sign_in": None}, []),
        ("unclaimed", {"credential": "pending", **SUSPENDED}, []),
        ("no-mfa", {"mfa": False}, ["last sign-in 2026-11-22"]),
        (
            "no-mfa",
            {"mfa": False, "without_mfa_since": "2026-11-02T00:00:00Z"},
            ["required, possible since 2026-11-02; last sign-in 2026-11-22"],
        ),
        ("no-mfa", {"mfa": False, "console": False}, []),
        ("no-mfa", {"mfa": None, "console": None, "access_keys": None}, []),
        ("old-keys", {"access_keys": [key(90)]}, []),
        ("old-keys", {"access_keys": [key(91)]}, ["91 days old"]),
        ("old-keys", {"access_keys": [key(3, None), key(120, None)]}, ["never used; 120 days old, never used"]),
        ("old-keys", {"access_keys": [key(120, active=False), key(3, None, active=False)]}, []),
        ("old-keys", {"access_keys": None}, []),
        ("unseen", {"last_sign_in": LONG_AGO}, ["last seen 2026-08-01"]),
        ("unseen", {"last_sign_in": None}, ["never seen"]),
        ("unseen", {"last_sign_in": LONG_AGO, "access_keys": [key(300, "2026-11-01T00:00:00Z")]}, []),
        ("unseen", {"last_sign_in": None, "access_keys": [key(300, LONG_AGO)]}, ["last seen 2026-08-01"]),
        ("unseen", {"last_sign_in": None, "created": "2026-11-01T00:00:00Z"}, []),
        ("unseen", {"last_sign_in": None, "access_keys": None}, []),
        ("unseen", {"last_sign_in": LONG_AGO, **SUSPENDED}, []),
        ("suspended", SUSPENDED, ["since 2026-08-01 by list"]),
        ("unmanaged", {"managed": False, "last_sign_in": None}, ["never signed in"]),
        ("own-policies", {"policies": [own("a"), own("b")]}, ["a, b"]),
        ("own-policies", {"policies": [own("Workforce-Suspended")], **SUSPENDED}, []),
        ("own-policies", {"policies": [own("workforce-suspended")]}, ["workforce-suspended"]),
        ("administrators", {"administrator": "through department x: y"}, ["through department x: y"]),
    ],
)
def test_a_question(question: str, facts: dict[str, Any], notes: list[str]) -> None:
    assert found(question, **facts) == notes


def test_nobody_in_particular() -> None:
    assert [one.key for one in decisions(report([person("asha.rao", "sales")])) if one.found] == []


def test_empty_departments() -> None:
    data = report([person("asha.rao", "sales")], {"sales": [], "archive": ["ReadOnlyAccess"]})
    (empty,) = [one for one in decisions(data) if one.found]
    assert (empty.key, [named.name for named in empty.found]) == ("empty", ["archive"])


def test_pictures_count_everybody_once() -> None:
    people = [
        person("a", "one", last_sign_in="2026-11-23T20:00:00Z", mfa=False),
        person("b", "one", last_sign_in="2026-11-16T00:00:00Z", access_keys=[key(30), key(31)]),
        person("c", "one", "two", last_sign_in=None, access_keys=[key(400), key(400, active=False)]),
        person("d", "two", console=False, mfa=False, last_sign_in=None),
        person("e", "two", console=None, mfa=None, access_keys=None),
        person("f", last_sign_in="2025-01-01T00:00:00Z"),
    ]
    ages, keys, mfa, departments = pictures(report(people))
    assert [(one.label, one.count) for one in ages.bars if one.count] == [
        ("up to 7 days ago", 2),
        ("longer ago", 1),
        ("never", 1),
    ]
    assert [(one.label, one.count) for one in keys.bars if one.count] == [
        ("up to 30 days old", 1),
        ("31 to 90 days", 1),
        ("older than a year", 1),
    ]
    assert [(one.group, one.count, one.of) for one in mfa.bars] == [("one", 2, 3), ("two", 1, 1)]
    assert [mfa.told(one) for one in mfa.bars] == ["2 of 3 people", "1 of 1 person"]
    assert [keys.told(one) for one in keys.bars[:3]] == ["1 key", "1 key", "0 keys"]
    assert [(one.group, one.count, one.percent) for one in departments.bars] == [("one", 3, 100), ("two", 3, 100)]


def test_a_picture_of_many_departments_says_what_it_leaves_out() -> None:
    data = report([person(f"p{number}", f"d{number}") for number in range(MOST_BARS + 2)])
    *_rest, mfa, departments = pictures(data)
    assert (len(departments.bars), departments.more) == (
        MOST_BARS,
        "and 2 more with fewer people: see the table of departments",
    )
    assert (len(mfa.bars), mfa.more) == (MOST_BARS, "and 2 more with a greater share: see the table of departments")


def test_pictures_of_nothing() -> None:
    for picture in pictures(report()):
        assert all(one.percent == 0 for one in picture.bars)
