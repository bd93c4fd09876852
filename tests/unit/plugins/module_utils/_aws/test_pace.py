# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._aws.pace import LONGEST_DELAY, Pace
from botocore.exceptions import ClientError

from tests.support.iam_double import IamDouble, aws_error


class Clock:
    def __init__(self) -> None:
        self.now = 0.0
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
