# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The evaluator's process: asked by many at once, ended from outside, not there, and asked what it cannot answer."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests.sandbox.evaluator import Evaluator, EvaluatorError, Question, process

ACCOUNT = "123456789012"
OWN = {"Effect": "Allow", "Action": "iam:GetUser", "Resource": "arn:aws:iam::*:user/${aws:username}"}


def question(name: str, resource: str) -> Question:
    arn = f"arn:aws:iam::{ACCOUNT}:user/"
    policy = json.dumps({"Version": "2012-10-17", "Statement": OWN})
    return Question(arn + name, "iam:GetUser", arn + resource, ACCOUNT, [policy], {"aws:username": [name]})


@pytest.fixture
def own() -> Iterator[Evaluator]:
    """One that a test may break."""
    with Evaluator() as one:
        yield one


def test_each_thread_gets_its_own_answer(evaluator: Evaluator) -> None:
    def judged(number: int) -> bool:
        given = question(f"u{number}", f"u{number if number % 3 else 'other'}")
        return evaluator.judge(given).verdict == ("allowed" if number % 3 else "implicitDeny")

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(judged, range(200)))


def test_a_process_that_ended_is_told_and_followed_by_another(own: Evaluator) -> None:
    given = question("asha", "asha")
    assert own.judge(given).verdict == "allowed"
    assert own.process_id is not None
    os.kill(own.process_id, signal.SIGKILL)
    with pytest.raises(EvaluatorError, match="the evaluator's process ended with -9"):
        own.judge(given)
    assert own.judge(given).verdict == "allowed"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"policies": ['{"Version": "2012-10-17", "Statement": {"Effect": "Maybe"}}']}, "policy.errors"),
        ({"policies": ["no JSON"]}, "JSON"),
        ({"action": "iam:InventSomething"}, "invalid.action"),
        ({"resource": f"arn:aws:iam::{ACCOUNT}:group/sales"}, "no.resource.types"),
        ({"resource": f"arn:aws:iam::{ACCOUNT}:user/*"}, "a resource with a wildcard"),
    ],
)
def test_what_cannot_be_judged_is_no_verdict(evaluator: Evaluator, wrong: dict[str, object], message: str) -> None:
    with pytest.raises(EvaluatorError, match=message):
        evaluator.judge(replace(question("asha", "asha"), **wrong))  # type: ignore[arg-type]  # some of its fields
    assert evaluator.judge(question("asha", "asha")).verdict == "allowed"


def test_where_it_is_not_installed_that_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(process, "INSTALLED", tmp_path)
    with pytest.raises(EvaluatorError, match=r"there is no evaluator in .*: make setup installs it"):
        Evaluator().judge(question("asha", "asha"))
