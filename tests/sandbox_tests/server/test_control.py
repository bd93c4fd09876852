# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The interface under /_sandbox/."""

from __future__ import annotations

import http.client
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.sandbox.client import Sandbox, SandboxError

from ..calling import OTHER_ACCOUNT
from ..refusal import code_of


def test_connections_are_kept_alive(sandbox: Sandbox) -> None:
    connection = http.client.HTTPConnection(urlsplit(sandbox.endpoint_url).netloc)
    connection.request("GET", "/_sandbox/calls")
    first = connection.getresponse()
    first.read()
    used = connection.sock
    connection.request("GET", "/_sandbox/switches")
    second = connection.getresponse()
    second.read()
    assert (first.version, second.status) == (11, 200)
    assert connection.sock is used
    assert used is not None
    connection.close()


def test_quotas_are_set_for_all_or_one_account(sandbox: Sandbox, iam: Any) -> None:
    sandbox.quotas(UsersQuota=1)
    sandbox.quotas(OTHER_ACCOUNT, UsersQuota=2)
    for client, room in ((iam, 1), (sandbox.boto(account_id=OTHER_ACCOUNT), 2)):
        for number in range(room):
            client.create_user(UserName=f"user-{number}")
        assert code_of(client.create_user, UserName="late") == "LimitExceeded"


@pytest.mark.parametrize(
    ("switches", "message"),
    [
        ({"latency": 1}, "there is no switch latency"),
        ({"latency_ms": -1}, "-1 is not a duration"),
        ({"caller": "nobody"}, "caller 'nobody' is none of user, root, role"),
        ({"throttle": {"rate": 0}}, "a rate above 0"),
        ({"pause": {"operation": "ListUsers", "when": "never"}}, "neither before nor after"),
        ({"errors": [{"operation": "ListUsers", "code": "X", "mode": "y"}]}, "mode 'y' is none of"),
        ({"errors": [{"operation": "ListUsers", "times": 1}]}, "ErrorRule has no times"),
        ({"errors": [{}]}, "operation"),
    ],
)
def test_a_wrong_switch_is_refused_and_changes_nothing(
    sandbox: Sandbox, switches: dict[str, Any], message: str
) -> None:
    before = sandbox.switches()
    with pytest.raises(SandboxError, match=message):
        sandbox.switch(visibility_delay=5, **switches)
    assert sandbox.switches() == before


def test_an_unknown_quota_or_address_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxError, match="NoSuchQuota"):
        sandbox.quotas(NoSuchQuota=1)
    with pytest.raises(SandboxError, match="not an account id"):
        sandbox.credentials("12")
    connection = http.client.HTTPConnection(urlsplit(sandbox.endpoint_url).netloc)
    connection.request("GET", "/_sandbox/nothing")
    response = connection.getresponse()
    assert (response.status, "there is no GET nothing" in response.read().decode()) == (404, True)
    connection.request("POST", "/_sandbox/switches", body="{")
    assert connection.getresponse().status == 400
    connection.close()
