# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What keeps people from writing our tags, judged by the sandbox's evaluator."""

from __future__ import annotations

import json
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart import mark_protection
from ansible_collections.workforce.aws.plugins.module_utils._chart.mark_protection import caller_faults, option_faults

from tests.sandbox.behaviour.permissions import Source, decide
from tests.sandbox.behaviour.policy_language import Request

USER: t.Final = "arn:aws:iam::123456789012:user/mallory"
ALL: t.Final = Source(
    "admin", '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'
)


def verdict(action: str, *keys: str) -> str:
    context = {"aws:TagKeys": keys} if keys else {}
    ours = Source(mark_protection.NAME, json.dumps(mark_protection.POLICY))
    return decide([ALL, ours], None, Request(f"iam:{action}", USER, context)).verdict


@pytest.mark.parametrize("action", ["TagUser", "UntagUser", "CreateUser"])
@pytest.mark.parametrize(
    "keys",
    [
        ["workforce:managed"],
        ["team", "workforce:employee-id"],
        ["workforce:anything"],
        # To IAM it is the same key as ours.
        ["Workforce:Managed"],
        ["WORKFORCE:EMPLOYEE-ID"],
        ["workForce:credential"],
        ["Workforce:suspended"],
        ["Workforce:Role.admin"],
    ],
)
def test_nobody_writes_our_tags(action: str, keys: list[str]) -> None:
    assert verdict(action, *keys) == "explicitDeny"


@pytest.mark.parametrize(
    ("action", "keys"),
    [
        ("TagUser", ["team", "cost:center", "terraform:owner", "my-workforce:managed"]),
        ("UntagUser", ["workforce"]),
        ("CreateUser", []),
        ("CreateUser", ["team"]),
        ("ChangePassword", []),
        ("GetUser", []),
        ("TagInstanceProfile", ["workforce:managed"]),
    ],
)
def test_nothing_else_is_denied(action: str, keys: list[str]) -> None:
    assert verdict(action, *keys) == "allowed"


@pytest.mark.parametrize(
    ("people", "everyone", "arn", "faults"),
    [
        ({"automation"}, {"name": "everyone"}, "arn:aws:iam::123456789012:user/Automation", 1),
        ({"automation"}, {"name": "everyone"}, "arn:aws:iam::123456789012:user/machines/automation", 1),
        ({"automation"}, {"protect_marks": False}, "arn:aws:iam::123456789012:user/automation", 0),
        ({"automation"}, None, "arn:aws:iam::123456789012:user/automation", 0),
        ({"asha"}, {"name": "everyone"}, "arn:aws:iam::123456789012:user/automation", 0),
        ({"automation"}, {"name": "everyone"}, "arn:aws:sts::123456789012:assumed-role/runner/automation", 0),
    ],
)
def test_a_job_does_not_keep_itself_from_its_work(people: set[str], everyone: object, arn: str, faults: int) -> None:
    assert len(caller_faults(people, everyone, arn)) == faults


@pytest.mark.parametrize(
    ("everyone", "faults"),
    [(None, 0), ("everyone", 0), ({}, 0), ({"protect_marks": True}, 0), ({"protect_marks": False}, 0)],
)
def test_the_option_is_true_or_false(everyone: object, faults: int) -> None:
    assert len(option_faults(everyone)) == faults
    assert [str(fault) for fault in option_faults({"protect_marks": "off"})] == [
        "everyone.protect_marks: has a string (off); true or false belongs there"
    ]
