# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What changed between two reports, and which earlier reports are refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._review.changes import Change, changes
from ansible_collections.workforce.aws.plugins.module_utils._review.earlier import (
    EarlierReportError,
    read_earlier,
    refuse_other_account,
)

from tests.support.reports import ACCOUNT, key, own, person, report

A_KEY, A, B = "access key of made 3 day", "policy a (inline)", "policy b (inline)"
NEWER = "was written by a newer release of this collection"


def changed(before: dict[str, Any], after: dict[str, Any]) -> Change | None:
    """What became of one person."""
    found = changes(report([person("asha.rao", **before)]), report([person("asha.rao", **after)])).people
    return found[0] if found else None


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ({}, {}, None),
        ({"last_sign_in": None}, {}, None),
        ({"mfa": False}, {}, Change("asha.rao", gained=("MFA",))),
        ({}, {"console": False, "mfa": False}, Change("asha.rao", lost=("MFA", "console password"))),
        ({}, {"console": None, "mfa": None, "access_keys": None}, None),
        ({"access_keys": None}, {"access_keys": [key(3)]}, None),
        ({}, {"access_keys": [key(3)]}, Change("asha.rao", gained=(A_KEY,))),
        ({"access_keys": [key(3)]}, {"access_keys": [key(3, active=False)]}, Change("asha.rao", lost=(A_KEY,))),
        ({"policies": [own("a")]}, {"policies": [own("b")]}, Change("asha.rao", gained=(B,), lost=(A,))),
        ({}, {"boundary": "arn:x"}, Change("asha.rao", gained=("boundary arn:x",))),
        ({}, {"administrator": "through x"}, Change("asha.rao", gained=("can become administrator",))),
        ({}, {"state": "suspended"}, Change("asha.rao", moved=("was suspended",))),
        ({"managed": False}, {}, Change("asha.rao", moved=("is managed now",))),
        ({}, {"other_groups": ["Admins"]}, Change("asha.rao", moved=("into Admins",))),
    ],
)
def test_a_person(before: dict[str, Any], after: dict[str, Any], change: Change | None) -> None:
    assert changed(before, after) == change


def test_who_came_left_moved_and_was_renamed() -> None:
    earlier = report(
        [
            person("bo.li", "sales", employee_id="7"),
            person("chen.yu", "sales"),
            person("dana.ivy", "sales"),
            person("gone", "sales"),
        ]
    )
    later = report(
        [
            person("bo.smith", "sales", employee_id="7"),
            person("Chen.Yu", "finance"),
            # Another user under the name of somebody who was there before.
            person("dana.ivy", "sales", created="2026-11-01T00:00:00Z", console=False, mfa=False),
            person("eve.new", "sales"),
        ]
    )
    found = changes(earlier, later)
    assert found.people == (
        Change("bo.smith", "was renamed from bo.li"),
        Change("Chen.Yu", moved=("into finance", "out of sales")),
        Change("dana.ivy", "left"),
        Change("dana.ivy", "came", moved=("into sales",)),
        Change("eve.new", "came", moved=("into sales",), gained=("MFA", "console password")),
        Change("gone", "left"),
    )
    assert found.counts == {"came": 2, "left": 2, "moved": 1, "gained": 0, "lost": 0}


def test_a_department_is_told_once_and_not_of_everybody_in_it() -> None:
    people = [person(f"p{number}", "sales") for number in range(3)]
    earlier = report([dict(one) for one in people], {"sales": ["A", "B"], "old": []})
    later = report(people, {"sales": ["B", "C"], "new": ["D"]})
    found = changes(earlier, later)
    assert found.people == ()
    assert found.groups == (
        Change("new", "is new", gained=("policy D",)),
        Change("old", "is gone"),
        Change("sales", gained=("policy C",), lost=("policy A",)),
    )


def test_a_report_without_the_newer_facts() -> None:
    earlier = report([person("asha.rao")])
    del earlier["format"], earlier["employees"][0]["administrator"]
    read = read_earlier(json.dumps(earlier), 1)
    assert changes(read, report([person("asha.rao", administrator="through x")])).people == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("account_id,person", "is not JSON"),
        ("[" * 100_000, "is n"),
        ("[]", "is no access report"),
        ('{"account": {}}', "is no access report"),
        (json.dumps(report(format=2)), f"{NEWER} (its format is 2, and this one reads up to 1)"),
        (json.dumps(report(format="new")), NEWER),
    ],
)
def test_refused(text: str, why: str) -> None:
    with pytest.raises(EarlierReportError) as refused:
        read_earlier(text, 1)
    assert str(refused.value).startswith(why)


def test_another_account() -> None:
    refuse_other_account(report(), ACCOUNT)
    with pytest.raises(EarlierReportError, match="is of the account 123456789012, and this one is 210987654321"):
        refuse_other_account(report(), "210987654321")
