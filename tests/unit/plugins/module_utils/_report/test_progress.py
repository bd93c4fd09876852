# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How often long work is told of, and in what words."""

from __future__ import annotations

import itertools

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._report.progress import Gauge, progress_line


def _told(seconds: float, pace: float) -> list[tuple[float, str]]:
    """When and what is told of work that takes so many seconds at so many steps a second."""
    gauge, total = Gauge(), round(seconds * pace)
    looks = [look / 2 for look in range(round(seconds * 2) + 1)]
    lines = [(now, gauge.line(round(now * pace), total, 1000 + now)) for now in looks]
    return [(now, line) for now, line in lines if line]


def test_short_work_is_not_told_of() -> None:
    assert _told(5, 20) == []
    assert [now for now, _line in _told(6, 20)] == [5.0]


@pytest.mark.parametrize(("seconds", "least", "most"), [(120, 10, 16), (1200, 25, 40), (7200, 100, 140)])
def test_long_work_is_told_of_without_a_flood(seconds: int, least: int, most: int) -> None:
    told = [now for now, _line in _told(seconds, 16)]
    assert least <= len(told) <= most
    gaps = [later - now for now, later in itertools.pairwise(told)]
    assert (min(gaps), max(gaps) <= 60.5) == (5, True)


def test_the_pace_is_that_since_the_last_line() -> None:
    gauge = Gauge()
    looks = [(0, 0.0), (500, 5.0), (500, 7.0), (500, 10.0), (510, 20.0), (1000, 30.0)]
    assert [gauge.line(done, 1000, now) for done, now in looks] == [
        None,
        "500 of 1,000 steps done, 500 to go; 100 a second, about 5 s left",
        None,
        "500 of 1,000 steps done, 500 to go; none in the last 5 s",
        "510 of 1,000 steps done, 490 to go; 1 a second, about 8 min left",
        None,
    ]


def test_reading_is_told_of_and_the_steps_have_a_time_of_their_own() -> None:
    gauge = Gauge()
    reading = [(0, 0.0), (3, 4.5), (100, 5.0), (101, 10.0), (101, 16.0)]
    assert [gauge.line(calls, None, now) for calls, now in reading] == [
        None,
        None,
        "reading: 100 calls so far; 20 a second",
        "reading: 101 calls so far; 12 a minute",
        "reading: 101 calls so far; none in the last 6 s",
    ]
    assert [gauge.line(steps, 40, now) for steps, now in [(0, 16.5), (20, 21.0), (20, 21.5)]] == [
        None,
        None,
        "20 of 40 steps done, 20 to go; 4 a second, about 5 s left",
    ]


def test_after_the_reading_without_steps_nothing_is_told() -> None:
    gauge = Gauge()
    assert [gauge.line(done, total, now) for done, total, now in [(7, None, 0.0), (0, 0, 1.0), (0, 0, 60.0)]] == [
        None
    ] * 3


@pytest.mark.parametrize(
    ("lately", "words"),
    [
        (1_654, "165 a second, about 2 min left"),
        (2, "12 a minute, about 26.9 h left"),
        (193_590, "19,359 a second, about 1 s left"),
    ],
)
def test_the_words(lately: int, words: str) -> None:
    assert progress_line(1_241, 20_600, lately, 10.0) == f"1,241 of 20,600 steps done, 19,359 to go; {words}"


@pytest.mark.parametrize(("done", "words"), [(0, "0 calls"), (1, "1 call"), (1_234, "1,234 calls")])
def test_the_words_of_reading(done: int, words: str) -> None:
    assert progress_line(done, None, 0, 5.0) == f"reading: {words} so far; none in the last 5 s"
