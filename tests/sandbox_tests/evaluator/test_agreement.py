# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sandbox's own reading of policies, held against an evaluator that nobody here wrote.

Where the two differ, AWS's documentation decides, and the difference is listed: a version of the evaluator that
comes to another verdict fails the test, so that the list stays true.
"""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from tests.sandbox.behaviour.permissions import Source, decide
from tests.sandbox.behaviour.policy_language import Request
from tests.sandbox.evaluator import Evaluator, Question
from tests.sandbox.evaluator import process as evaluator_process
from tests.support.drawn_policies import ACCOUNT, Case, case

ASHA = f"arn:aws:iam::{ACCOUNT}:user/asha"
CONTEXT = {
    "aws:username": ["asha"],
    "aws:PrincipalArn": [ASHA],
    "aws:SourceIp": ["203.0.113.7"],
    "aws:CurrentTime": ["2026-11-23T09:00:00Z"],
}


def verdicts(evaluator: Evaluator, given: Case) -> tuple[str, str]:
    """The sandbox's, and the evaluator's."""
    texts = [json.dumps(policy) for policy in given.policies]
    boundary = json.dumps(given.boundary) if given.boundary else None
    principal = given.context["aws:PrincipalArn"][0]
    question = Question(principal, given.action, given.resource, ACCOUNT, texts, given.context, boundary)
    judgement = evaluator.judge(question)
    # What the action does not have by AWS's reference, the evaluator leaves out.
    context = {key: values for key, values in given.context.items() if key not in judgement.ignored}
    sources = [Source(str(number), text) for number, text in enumerate(texts)]
    limits = Source("boundary", boundary) if boundary else None
    return decide(sources, limits, Request(given.action, given.resource, context)).verdict, judgement.verdict


def differing(evaluator: Evaluator, seed: int, count: int) -> list[tuple[Case, tuple[str, str]]]:
    chance = random.Random(seed)
    judged = [(one, verdicts(evaluator, one)) for one in (case(chance) for _number in range(count))]
    # A search among requests that all end alike would find nothing.
    assert {ours for _one, (ours, _theirs) in judged} == {"allowed", "explicitDeny", "implicitDeny"}
    return [(one, pair) for one, pair in judged if pair[0] != pair[1]]


def test_a_few_hundred_cases_by_chance(evaluator: Evaluator) -> None:
    assert differing(evaluator, 11, 500) == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
def test_thousands_of_cases_by_chance(evaluator: Evaluator, seed: int) -> None:
    assert differing(evaluator, seed, 10_000) == []


def policy(condition: dict[str, Any] | None = None, version: str = "2012-10-17", **more: Any) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": "*", **(more or {"Resource": "*"})}
    return {"Version": version, "Statement": {**statement, **({"Condition": condition} if condition else {})}}


@pytest.mark.parametrize(
    ("document", "of_aws", "of_the_evaluator"),
    [
        pytest.param(
            # "The resource that includes a variable with no value will not match any resource" (policy variables).
            policy(NotResource="arn:aws:iam::*:user/${aws:FederatedProvider}"),
            "allowed",
            "implicitDeny",
            id="a variable without a value in NotResource",
        ),
        pytest.param(
            # CIDR (condition operators): every address is in it.
            policy({"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}),
            "allowed",
            "implicitDeny",
            id="all addresses",
        ),
        pytest.param(
            # "All IP addresses except the specified" (condition operators): also one of the other kind.
            policy({"NotIpAddress": {"aws:SourceIp": "2001:db8::1"}}),
            "allowed",
            "implicitDeny",
            id="an address of the other kind, without a mask",
        ),
        pytest.param(
            # "You can also use epoch (UNIX) time" (condition operators): in seconds.
            policy({"DateLessThan": {"aws:CurrentTime": "1798761600"}}),
            "allowed",
            "implicitDeny",
            id="a moment in seconds",
        ),
    ],
)
def test_differences(evaluator: Evaluator, document: dict[str, Any], of_aws: str, of_the_evaluator: str) -> None:
    """The sandbox's verdict is AWS's."""
    given = Case("iam:GetUser", ASHA, CONTEXT, [document], None)
    assert verdicts(evaluator, given) == (of_aws, of_the_evaluator)


@pytest.mark.parametrize("name", ["asha", "${aws:username}"])
def test_variables_came_with_a_version(evaluator: Evaluator, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Before 2012-10-17 a variable is its letters (Version). The evaluator is asked so that it takes them for that."""
    old = policy(version="2008-10-17", Resource="arn:aws:iam::*:user/${aws:username}")
    given = Case("iam:GetUser", f"arn:aws:iam::{ACCOUNT}:user/{name}", CONTEXT, [old], None)
    verdict = "implicitDeny" if name == "asha" else "allowed"
    assert verdicts(evaluator, given) == (verdict, verdict)
    monkeypatch.setattr(evaluator_process, "_plain", lambda document: document)
    assert verdicts(evaluator, given)[1] != verdict
