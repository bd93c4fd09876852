# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import contextlib

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._aws.errors import was_replayed
from ansible_collections.workforce.aws.plugins.module_utils._aws.pace import LONGEST_DELAY, SILENCE, Pace
from botocore.exceptions import ClientError, ConnectionClosedError, EndpointConnectionError, ReadTimeoutError, SSLError

from tests.support.iam_double import IamDouble, aws_error


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0
        self.pauses: list[float] = []

    def time(self) -> float:
        return self.now

    def wait(self, seconds: float) -> bool:
        self.pauses.append(seconds)
        self.now += seconds
        return False


def test_throttling_passes() -> None:
    clock = Clock()
    iam = IamDouble(GetUser=[aws_error("Throttling"), aws_error("Throttling"), {"User": {}}])
    assert Pace(clock.wait, clock=clock.time).retrying(iam.get_user) == {"User": {}}
    assert len(clock.pauses) == 2
    assert 0.25 <= clock.pauses[0] <= 0.5 <= clock.pauses[1] <= 1


def test_other_errors_are_raised_at_once() -> None:
    iam = IamDouble(GetUser=aws_error("LimitExceeded"))
    with pytest.raises(ClientError, match="LimitExceeded"):
        Pace(Clock().wait).retrying(iam.get_user)
    assert len(iam.calls) == 1


def test_what_is_said_to_pass_is_tried_again_until_patience_ends() -> None:
    clock = Clock()
    iam = IamDouble(TagUser=aws_error("ConcurrentModification"))
    with pytest.raises(ClientError, match="ConcurrentModification"):
        Pace(clock.wait, patience=60, clock=clock.time).retrying(iam.tag_user, lambda error: True)
    assert 60 - LONGEST_DELAY < sum(clock.pauses) <= 60
    assert max(clock.pauses) <= LONGEST_DELAY


def test_a_pause_that_is_interrupted_ends_the_attempts() -> None:
    iam = IamDouble(TagUser=aws_error("Throttling"))
    with pytest.raises(ClientError, match="Throttling"):
        Pace(lambda seconds: True).retrying(iam.tag_user)
    assert len(iam.calls) == 1


FAILURE = aws_error("ServiceFailure", status=500)
CLOSED = ConnectionClosedError(endpoint_url="https://iam.amazonaws.com")
UNREACHED = EndpointConnectionError(endpoint_url="https://iam.amazonaws.com")
UNREAD = ReadTimeoutError(endpoint_url="https://iam.amazonaws.com")
UNTRUSTED = SSLError(endpoint_url="https://iam.amazonaws.com", error=OSError("self-signed certificate"))


@pytest.mark.parametrize("lost", [FAILURE, CLOSED, UNREACHED, UNREAD])
def test_what_botocore_gave_up_too_early_is_tried_again(lost: Exception) -> None:
    """It does as soon as few of many calls were lost: all threads share one quota of retries."""
    clock = Clock()
    iam = IamDouble(TagUser=[lost, lost, {}])
    assert Pace(clock.wait, clock=clock.time).retrying(iam.tag_user) == {}
    assert len(iam.calls) == 3


def test_a_certificate_that_is_not_trusted_stays_so() -> None:
    iam = IamDouble(TagUser=UNTRUSTED)
    with pytest.raises(SSLError):
        Pace(Clock().wait).retrying(iam.tag_user)
    assert len(iam.calls) == 1


def test_a_network_that_is_gone_is_waited_for_once_and_not_for_each_call() -> None:
    clock = Clock()
    pace = Pace(clock.wait, clock=clock.time)
    iam = IamDouble(TagUser=CLOSED)
    with pytest.raises(ConnectionClosedError):
        pace.retrying(iam.tag_user)
    assert SILENCE <= sum(clock.pauses) < SILENCE + LONGEST_DELAY
    iam.calls.clear()
    with pytest.raises(ConnectionClosedError):
        pace.retrying(iam.tag_user)
    assert len(iam.calls) == 1


def test_to_have_asked_nothing_for_long_is_no_silence() -> None:
    clock = Clock()
    pace = Pace(clock.wait, clock=clock.time)
    clock.now += 10 * SILENCE
    assert pace.retrying(IamDouble(TagUser=[CLOSED, {}]).tag_user) == {}


@pytest.mark.parametrize("answer", [{}, aws_error("LimitExceeded"), aws_error("Throttling")])
def test_any_answer_tells_that_aws_can_be_reached(answer: dict[str, str] | ClientError) -> None:
    clock = Clock()
    pace = Pace(clock.wait, clock=clock.time)
    iam = IamDouble(GetUser=[answer, {}], CreateUser=CLOSED, TagUser=[CLOSED, {}])
    with pytest.raises(ConnectionClosedError):
        pace.retrying(iam.create_user)
    with contextlib.suppress(ClientError):
        pace.retrying(iam.get_user)
    assert pace.retrying(iam.tag_user) == {}


@pytest.mark.parametrize(
    ("earlier", "replayed"),
    [
        (CLOSED, True),
        (FAILURE, True),
        # Botocore's own retries went before it.
        (aws_error("Throttling", retries=1), True),
        (aws_error("Throttling"), False),
    ],
)
def test_a_call_that_may_have_been_done_is_known_as_sent_before(earlier: Exception, replayed: bool) -> None:
    """Else what the first attempt made would be somebody else's."""
    clock = Clock()
    iam = IamDouble(CreateLoginProfile=[earlier, aws_error("Throttling"), aws_error("EntityAlreadyExists")])
    with pytest.raises(ClientError, match="EntityAlreadyExists") as caught:
        Pace(clock.wait, clock=clock.time).retrying(iam.create_login_profile)
    assert was_replayed(caught.value) is replayed
