# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls that are held until the test lets them go on."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from botocore.exceptions import ConnectionClosedError

from tests.sandbox.client import Sandbox, SandboxError

from ..calling import names, seconds_of


@pytest.mark.parametrize(("when", "meanwhile"), [("before", []), ("after", ["asha"])])
def test_a_call_is_held_until_it_is_resumed(sandbox: Sandbox, iam: Any, when: str, meanwhile: list[str]) -> None:
    sandbox.pause("CreateUser", when=when, match={"UserName": "asha"})
    with ThreadPoolExecutor(1) as pool:
        held: Future[Any] = pool.submit(iam.create_user, UserName="asha")
        found = sandbox.wait_paused(10)
        assert found["calls"] == [{"operation": "CreateUser", "subject": "asha", "when": when}]
        assert names(iam) == meanwhile
        assert not held.done()
        assert sandbox.resume() == 1
        assert held.result(10)["User"]["UserName"] == "asha"
    assert names(iam) == ["asha"]


def test_a_held_call_may_be_dropped(sandbox: Sandbox, iam: Any) -> None:
    sandbox.pause("CreateUser")
    with ThreadPoolExecutor(1) as pool:
        held: Future[Any] = pool.submit(iam.create_user, UserName="asha")
        sandbox.wait_paused(10)
        sandbox.resume(drop=True)
        assert isinstance(held.exception(10), ConnectionClosedError)
    assert names(iam) == []


@pytest.mark.parametrize(
    "switches",
    [
        {"pause": {"operation": "CreateUser", "when": "before"}},
        {"pause": {"operation": "CreateUser", "when": "after"}},
        {"latency_ms": 2000},
    ],
)
def test_a_reset_drops_what_is_on_its_way(sandbox: Sandbox, iam: Any, switches: dict[str, Any]) -> None:
    sandbox.switch(**switches)
    with ThreadPoolExecutor(1) as pool:
        late: Future[Any] = pool.submit(iam.create_user, UserName="asha")
        if "pause" in switches:
            sandbox.wait_paused(10)
        else:
            time.sleep(1)
        sandbox.reset()
        assert isinstance(late.exception(10), ConnectionClosedError)
    assert sandbox.calls()["total"] == 0
    assert names(iam) == []


def test_only_one_call_is_held(sandbox: Sandbox, iam: Any) -> None:
    sandbox.pause("ListUsers")
    held = threading.Thread(target=iam.list_users)
    held.start()
    sandbox.wait_paused(10)
    assert seconds_of(iam.list_users) < 10
    sandbox.resume()
    held.join(10)
    assert not held.is_alive()
    with pytest.raises(SandboxError, match="no call was held"):
        sandbox.wait_paused(0.1)


def test_the_call_that_waits_longest_goes_first(sandbox: Sandbox, iam: Any) -> None:
    sandbox.pause("CreateUser", skip=1)
    iam.create_user(UserName="passes")
    with ThreadPoolExecutor(2) as pool:
        first: Future[Any] = pool.submit(iam.create_user, UserName="asha")
        sandbox.wait_paused(10)
        sandbox.pause("CreateUser")
        second: Future[Any] = pool.submit(iam.create_user, UserName="li")
        assert [call["subject"] for call in sandbox.wait_paused(10, count=2)["calls"]] == ["asha", "li"]
        assert sandbox.resume(count=1) == 1
        first.result(10)
        assert names(iam) == ["asha", "passes"]
        assert not second.done()
        assert sandbox.resume() == 1
        second.result(10)
