# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which roles a user could assume, as IAM matches policies, and without its conditions."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._offboard.assumable_roles import Assumable, Role, assumable

ASHA = "arn:aws:iam::123456789012:user/people/asha.rao"
ROOT = "arn:aws:iam::123456789012:root"


def trusting(principal: Any, effect: str = "Allow", action: str = "sts:AssumeRole") -> dict[str, Any]:
    return {"Statement": {"Effect": effect, "Action": action, "Principal": principal}}


def role(name: str, trust: dict[str, Any]) -> Role:
    return Role(f"arn:aws:iam::123456789012:role/{name}", name, 3600, trust)


def allow(**parts: Any) -> dict[str, Any]:
    return {"Statement": [{"Effect": "Allow", **parts}]}


def names(documents: list[dict[str, Any]], roles: list[Role]) -> list[str]:
    return [each.name for each in assumable(ASHA, documents, roles).roles]


DEPLOY = role("deploy", trusting({"AWS": ROOT}))


@pytest.mark.parametrize(
    "document",
    [
        allow(Action="sts:AssumeRole", Resource=DEPLOY.arn),
        allow(Action=["s3:*", "STS:assume*"], Resource=["arn:aws:s3:::x", "arn:aws:iam::*:role/de????"]),
        allow(Action="*", Resource="*"),
        allow(NotAction="iam:*", Resource="*"),
        allow(Action="sts:*", NotResource="arn:aws:iam::*:role/prod"),
        allow(Action="sts:AssumeRole", Resource="arn:aws:iam::123456789012:role/${aws:PrincipalTag/team}"),
    ],
)
def test_a_policy_lets_a_user_assume_a_role_that_trusts_the_account(document: dict[str, Any]) -> None:
    assert names([document], [DEPLOY]) == ["deploy"]


@pytest.mark.parametrize(
    "document",
    [
        allow(Action="s3:*", Resource="*"),
        allow(Action="sts:AssumeRole", Resource="arn:aws:iam::123456789012:role/de"),
        {"Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]},
        allow(NotAction=["sts:*"], Resource="*"),
        allow(Action="sts:*", NotResource="*"),
        {},
    ],
)
def test_a_policy_does_not(document: dict[str, Any]) -> None:
    assert names([document], [DEPLOY]) == []


def test_a_role_may_trust_the_user_itself() -> None:
    roles = [
        role("named", trusting({"AWS": ["arn:aws:iam::123456789012:user/x", ASHA]})),
        role("anybody", trusting("*")),
        role("not-only", {"Statement": [{"Effect": "Allow", "Action": "sts:*", "NotPrincipal": {"AWS": "x"}}]}),
        role("machine", trusting({"Service": "ec2.amazonaws.com"})),
        role("denied", trusting({"AWS": ASHA}, effect="Deny")),
        role("web", trusting({"AWS": ASHA}, action="sts:AssumeRoleWithSAML")),
        role("elsewhere", trusting({"AWS": "arn:aws:iam::210987654321:root"})),
    ]
    assert names([allow(Action="*", Resource="*")], roles) == ["named", "anybody", "not-only"]
    assert names([], roles) == ["named", "anybody", "not-only"]


def test_an_account_may_be_trusted_by_its_number() -> None:
    numbered = role("deploy", trusting({"AWS": "123456789012"}))
    assert names([allow(Action="*", Resource="*")], [numbered]) == ["deploy"]


def test_roles_of_other_accounts_are_told_as_they_are_written() -> None:
    far = "arn:aws:iam::210987654321:role/audit"
    documents = [
        allow(Action="sts:AssumeRole", Resource=[far, DEPLOY.arn, far]),
        allow(Action="s3:*", Resource="arn:aws:iam::210987654321:role/never"),
    ]
    assert assumable(ASHA, documents, []) == Assumable((), (far,))
    assert assumable(ASHA, [allow(Action="*", Resource="*")], []).elsewhere == ("*",)
    assert assumable(ASHA, [allow(Action="sts:*", NotResource=far)], []).elsewhere == ("*",)
