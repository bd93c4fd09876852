# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which host speaks for an account, and how few others are looked at to know."""

from __future__ import annotations

import pytest
from ansible_collections.workforce.aws.plugins.lookup.converging_host import converging_host


def _host(me: str, labels: dict[str, str], up: set[str] | None = None, tried: frozenset[str] = frozenset()) -> str:
    return converging_host(
        me, list(labels), set(labels) if up is None else up, labels.__getitem__, lambda host: host in tried
    )


LABELS = {"a1": "a", "b1": "b", "a2": "a", "b2": "b"}


@pytest.mark.parametrize(("me", "found"), [("a1", "a1"), ("b1", "b1"), ("a2", "a1"), ("b2", "b1")])
def test_first_of_the_account(me: str, found: str) -> None:
    assert _host(me, LABELS) == found


def test_a_host_that_is_down_is_passed_over() -> None:
    assert _host("a2", LABELS, up={"b1", "a2", "b2"}) == "a2"


def test_a_host_that_failed_by_trying_still_counts() -> None:
    assert _host("a2", LABELS, up={"b1", "a2", "b2"}, tried=frozenset({"a1"})) == "a1"


def test_a_host_of_another_account_that_failed_does_not_matter() -> None:
    assert _host("a2", LABELS, up={"a2"}, tried=frozenset({"b1"})) == "a2"


def test_looks_no_further_than_the_first_of_the_account() -> None:
    asked: list[str] = []

    def label(host: str) -> str:
        asked.append(host)
        return "same"

    hosts = [f"web{number}" for number in range(1000)]
    assert converging_host("web999", hosts, set(hosts), label, lambda host: False) == "web0"
    assert asked == ["web999", "web0"]


def test_the_first_host_asks_nobody() -> None:
    def label(host: str) -> str:
        raise AssertionError(host)

    assert converging_host("web0", ["web0", "web1"], {"web0", "web1"}, label, lambda host: False) == "web0"
