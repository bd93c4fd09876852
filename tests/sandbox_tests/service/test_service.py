# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call after the other, and everything back to new."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from email.message import Message
from typing import Any

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from tests.sandbox.calls.identity import credentials_of
from tests.sandbox.calls.wire import Answer, Call, Request
from tests.sandbox.client import Sandbox
from tests.sandbox.service import Service

from ..calling import ACCOUNT


def test_one_of_many_who_create_the_same_name_wins(iam: Any) -> None:
    def create(_number: int) -> str:
        try:
            iam.create_user(UserName="asha")
        except ClientError as error:
            return str(error.response["Error"]["Code"])
        return "created"

    with ThreadPoolExecutor(12) as pool:
        outcomes = sorted(pool.map(create, range(24)))
    assert outcomes == ["EntityAlreadyExists"] * 23 + ["created"]


def test_calls_are_answered_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    service = Service([ACCOUNT])
    inside: list[str] = []
    crowds: list[int] = []

    def slow_answer(call: Call) -> Answer:
        inside.append(call.operation)
        time.sleep(0.02)
        crowds.append(len(inside))
        inside.pop()
        return Answer(200, b"")

    monkeypatch.setattr(service.backend, "answer", slow_answer)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: service.answer(signed_request("ListUsers")), range(6)))
    assert crowds == [1] * 6


def signed_request(operation: str) -> Request:
    own = credentials_of(ACCOUNT)
    body = f"Action={operation}&Version=2010-05-08"
    request = AWSRequest("POST", "http://sandbox/", data=body)
    SigV4Auth(Credentials(own.access_key_id, own.secret_access_key), "iam", "us-east-1").add_auth(request)
    headers = Message()
    for name, value in {**request.headers, "Host": "sandbox"}.items():
        headers[name] = value
    return Request("POST", "/", headers, body.encode())


def test_reset_makes_everything_new(sandbox: Sandbox, iam: Any) -> None:
    new = sandbox.state()
    fresh_switches = sandbox.switches()
    iam.create_user(UserName="asha")
    sandbox.quotas(UsersQuota=1)
    sandbox.switch(latency_ms=1, visibility_delay=1, throttle={"rate": 9, "burst": 9}, caller="root")
    sandbox.fail("ListUsers")
    sandbox.pause("DeleteUser")
    sandbox.reset()
    assert sandbox.switches() == fresh_switches
    assert sandbox.state() == new
    assert sandbox.calls()["total"] == 0
    for name in ("asha", "bo"):
        iam.create_user(UserName=name)
