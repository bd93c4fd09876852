# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Latency, throttling, and the errors that are switched on."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError
from botocore.parsers import ResponseParserError

from tests.sandbox.client import Sandbox

from ..calling import ONCE, OTHER_ACCOUNT, names, seconds_of
from ..refusal import code_of


def test_latency_is_slept_side_by_side(sandbox: Sandbox, iam: Any) -> None:
    sandbox.switch(latency_ms=500)

    def eight_calls() -> None:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: iam.list_users(), range(8)))

    assert 0.5 <= seconds_of(eight_calls) < 8 * 0.5


def test_a_token_bucket_throttles_what_exceeds_it(sandbox: Sandbox, iam: Any) -> None:
    sandbox.switch(throttle={"rate": 0.5, "burst": 3})
    for _time in range(3):
        iam.list_users()
    with pytest.raises(ClientError, match=r"Throttling.*Rate exceeded") as raised:
        iam.list_users()
    assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    sandbox.boto("sts").get_caller_identity()
    sandbox.boto(account_id=OTHER_ACCOUNT, config=ONCE).list_users()
    sandbox.switch(throttle={"rate": 0.5, "burst": 1, "accounts": [OTHER_ACCOUNT]})
    for _time in range(2):
        iam.list_users()
    sandbox.switch(throttle={"rate": 0.5, "burst": 1})
    iam.list_users()
    with pytest.raises(ClientError, match="Throttling"):
        iam.list_users()
    time.sleep(2)
    iam.list_users()
    sandbox.switch(throttle=None)
    for _time in range(5):
        iam.list_users()


def test_errors_are_for_the_calls_that_match(sandbox: Sandbox, iam: Any) -> None:
    iam.create_group(GroupName="g")
    sandbox.fail("CreateUser", "ConcurrentModification", count=2, skip=1, match={"UserName": "bo"})
    iam.create_user(UserName="asha")
    iam.create_user(UserName="bo")
    iam.delete_user(UserName="bo")
    for _time in range(2):
        with pytest.raises(ClientError) as raised:
            iam.create_user(UserName="bo")
        assert raised.value.response["Error"]["Code"] == "ConcurrentModification"
        assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 409
    iam.create_user(UserName="bo")
    assert names(iam) == ["asha", "bo"]


def test_an_error_may_stay_and_have_its_own_words(sandbox: Sandbox, iam: Any) -> None:
    sandbox.fail("*", "Oddity", status=418, message="a < b & c", count=None)
    for call in (iam.list_users, iam.list_groups, iam.list_users):
        with pytest.raises(ClientError, match="a < b & c") as raised:
            call()
        assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 418
    sandbox.switch(errors=[])
    iam.list_users()


def test_access_denied_names_the_action_as_aws_does(sandbox: Sandbox, iam: Any) -> None:
    sandbox.fail("TagUser", "AccessDenied")
    with pytest.raises(ClientError, match=r"user/automation is not authorized to perform: iam:TagUser") as raised:
        iam.tag_user(UserName="asha", Tags=[{"Key": "k", "Value": "v"}])
    assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


@pytest.mark.parametrize(
    ("mode", "error", "applied"),
    [
        ("lose_connection_before", ConnectionClosedError, False),
        ("lose_connection_after", ConnectionClosedError, True),
        ("malformed", ResponseParserError, True),
    ],
)
def test_an_answer_may_be_lost(sandbox: Sandbox, iam: Any, mode: str, error: type[Exception], applied: bool) -> None:
    sandbox.fail("CreateUser", mode=mode)
    with pytest.raises(error):
        iam.create_user(UserName="asha")
    assert names(iam) == (["asha"] if applied else [])
    assert sandbox.calls()["by_operation"]["CreateUser"] == 1


def test_a_lost_answer_meets_its_own_success_when_tried_again(sandbox: Sandbox) -> None:
    sandbox.fail("CreateUser", mode="lose_connection_after")
    patient = sandbox.boto(config=Config(retries={"mode": "standard", "total_max_attempts": 3}))
    assert code_of(patient.create_user, UserName="asha") == "EntityAlreadyExists"
