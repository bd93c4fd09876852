# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Known ways to become administrator, tried with a printed policy: refused, or listed with the reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.sandbox.evaluator import Evaluator
from tests.support.escalation_table import BOUND, FREE, PAGE, WAYS, table
from tests.support.escalations import ACCOUNT, HOLDER, Way, by_the_evaluator, succeeds
from tests.support.escalations_of_services import OF_SERVICES
from tests.support.shipped_policies import COMMAND


def test_there_are_more_than_a_hundred_and_each_is_another() -> None:
    assert len({way.name for way in WAYS}) == len(WAYS) > 100
    assert len({call for way in WAYS for call in way.calls}) > 100


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_a_way_is_refused_or_listed_with_the_reason(way: Way) -> None:
    possible = succeeds(way, FREE)
    assert possible is bool(way.why)
    # A boundary opens nothing.
    assert possible or not succeeds(way, BOUND)


@pytest.mark.parametrize("holder", [HOLDER, f"{ACCOUNT}user/workforce-runner"], ids=["role", "user"])
def test_the_evaluator_that_nobody_here_wrote_says_the_same(evaluator: Evaluator, holder: str) -> None:
    """Of other services it wants a resource in the action's own form; no action of theirs is allowed at all."""
    judge = by_the_evaluator(evaluator)
    asked = [replace(way, calls=tuple(call for call in way.calls if call.startswith(("iam:", "sts:")))) for way in WAYS]
    for documents in (FREE, BOUND):
        found = {way.name: succeeds(way, documents, judge, holder) for way in asked if way.calls}
        assert found == {way.name: succeeds(way, documents, holder=holder) for way in asked if way.calls}
        assert len(found) > 100


def test_nothing_of_another_service_is_allowed() -> None:
    assert not any(succeeds(way, FREE) for way in OF_SERVICES)


def test_with_a_required_boundary_no_way_writes_more_than_it_allows() -> None:
    """What is left signs in as people, takes away, or writes what only inline policies of departments can say."""
    writing = ("PutUserPolicy", "PutRolePolicy", "UpdateAssumeRolePolicy", "PermissionsBoundary")
    left = [call for way in WAYS if succeeds(way, BOUND) for call in way.calls]
    assert not [call for call in left if call.split()[0].endswith(writing)]


def test_the_guide_has_the_table() -> None:
    assert table() in PAGE.read_text(encoding="utf-8"), f"write it anew: {COMMAND}"
