# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/protect-marks-scp.json denies all principals of an account but ours what everyone's policy denies employees."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._chart import mark_protection

from tests.sandbox.behaviour.permissions import Source, decide
from tests.sandbox.behaviour.policies.documents import check
from tests.sandbox.behaviour.policy_language import Request
from tests.support.guides import blocks, guide
from tests.tools.places import ROOT

TEXT = (ROOT / "docs" / "protect-marks-scp.json").read_text(encoding="utf-8")
ALL = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'
ACCOUNT = "arn:aws:iam::123456789012"
EXCEPTED = [f"{ACCOUNT}:role/workforce-runner", f"{ACCOUNT}:role/workforce-offboard"]
ADMIN = f"{ACCOUNT}:user/admin"


def _verdict(action: str, principal: str, *keys: str) -> str:
    context: dict[str, Any] = {"aws:PrincipalArn": [principal], **({"aws:TagKeys": keys} if keys else {})}
    request = Request(f"iam:{action}", f"{ACCOUNT}:user/mallory", context)
    return decide([Source("FullAWSAccess", ALL), Source("scp", TEXT)], None, request).verdict


def test_it_is_a_document_that_organizations_take() -> None:
    check(TEXT)
    document = json.loads(TEXT)
    assert len(json.dumps(document)) < 5120
    for statement in document["Statement"]:
        assert statement["Effect"] == "Deny"
        assert statement["Sid"].isalnum()


def test_the_guide_prints_it() -> None:
    (block,) = blocks("json", guide("marks"))
    assert json.loads(block.text) == json.loads(TEXT)


def test_it_says_what_the_policy_of_everyone_says_but_for_the_principals_excepted() -> None:
    statements = json.loads(TEXT)["Statement"]
    excepted = [statement["Condition"].pop("ArnNotLike") for statement in statements]
    assert excepted == [{"aws:PrincipalArn": EXCEPTED}] * 2
    assert statements == mark_protection.POLICY["Statement"]


@pytest.mark.parametrize(
    "action", [f"{verb}{what}" for verb in ("Create", "Tag", "Untag") for what in ("User", "Role", "Policy")]
)
@pytest.mark.parametrize("key", ["workforce:managed", "Workforce:Managed", "workforce:role.admin", "WorkForce:role.x"])
def test_nobody_but_the_jobs_writes_the_marks(action: str, key: str) -> None:
    assert _verdict(action, ADMIN, "team", key) == "explicitDeny"
    assert _verdict(action, f"{ACCOUNT}:role/somebody", key) == "explicitDeny"
    assert [_verdict(action, principal, key) for principal in EXCEPTED] == ["allowed"] * 2


def test_other_tags_and_other_actions_are_nobodys_concern() -> None:
    assert _verdict("TagUser", ADMIN, "team", "terraform:owner") == "allowed"
    assert _verdict("CreateUser", ADMIN) == "allowed"
    assert _verdict("ChangePassword", ADMIN) == "allowed"
    assert _verdict("TagInstanceProfile", ADMIN, "workforce:managed") == "allowed"
