# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which hosts did the work for the accounts of a play, and whether all of it is done."""

from __future__ import annotations

import typing as t

from ansible_collections.workforce.aws.plugins.lookup.accounts_summary import Seen, accounts_of

LABELS: t.Final = {"a1": "a", "b1": "b", "a2": "a", "b2": "b", "c1": "c"}
RAN: t.Final[dict[str, t.Any]] = {"changed": False}


def seen(results: set[str], up: set[str] | None = None) -> Seen:
    hosts = list(LABELS)
    return accounts_of(
        hosts, set(hosts) if up is None else up, LABELS.__getitem__, lambda host: RAN if host in results else None
    )


def test_the_host_with_a_result_did_the_work() -> None:
    found = seen({"a2", "b1", "c1"})
    assert list(found.accounts) == ["a2", "b1", "c1"]
    assert [account.label for account in found.accounts.values()] == ["a", "b", "c"]
    assert found.done


def test_an_account_with_a_host_left_is_waited_for() -> None:
    """As with serial or with strategy free."""
    assert not seen({"a1", "b1"}).done


def test_an_account_without_a_host_left_is_done_without_a_result() -> None:
    found = seen({"a1", "b1"}, up={"a1", "a2", "b2"})
    assert found.done
    assert found.accounts["c1"].result is None
