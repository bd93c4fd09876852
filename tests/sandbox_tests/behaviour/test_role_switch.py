# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the console brings along when somebody becomes a role. Whom AssumeRole lets in is tested with its sessions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from moto.iam.models import iam_backends

from tests.sandbox import behaviour
from tests.sandbox.behaviour.account import Account, now
from tests.sandbox.behaviour.console_session import ConsoleSession
from tests.sandbox.behaviour.errors import AccessDenied
from tests.sandbox.behaviour.role_switch import become, role_named
from tests.sandbox.behaviour.sessions.role_session import RoleSessionKey
from tests.sandbox.seed import Seeder

ID = "123456789012"
MAY = {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}
OURS = {"StringEquals": {"aws:PrincipalTag/workforce:role.deployer": "yes", "sts:RoleSessionName": "${aws:username}"}}
WITH_MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
LATELY = {"NumericLessThan": {"aws:MultiFactorAuthAge": "300"}}


@pytest.fixture(autouse=True)
def account() -> Iterator[Account]:
    """An empty account in this very process."""
    behaviour.install()
    iam_backends.clear()
    found = iam_backends[ID]["aws"]
    assert isinstance(found, Account)
    yield found
    iam_backends.clear()


def switched(
    account: Account, condition: dict[str, Any], minutes: int | None = None, tag: str = "yes"
) -> RoleSessionKey:
    """asha becomes the role, whose trust has this condition. She signed in with MFA so many minutes ago, or without."""
    own = {"Version": "2012-10-17", "Statement": MAY}
    asha = {"name": "asha", "inline_policies": {"own": own}, "tags": {"workforce:role.deployer": tag}}
    Seeder(ID).fill({"users": [asha]})
    root = {"AWS": f"arn:aws:iam::{ID}:root"}
    statement = {"Effect": "Allow", "Principal": root, "Action": "sts:AssumeRole", "Condition": condition}
    role = account.add_role("deployer", "/workforce/", json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    began = now() - timedelta(minutes=minutes or 0)
    session = ConsoleSession(account, account.user("asha"), began, None if minutes is None else began)
    return become(session, account, role)


def test_the_session_is_named_after_the_user(account: Account) -> None:
    """The trust of our roles: the user's tag, and the session's name; the session knows of the sign-in's MFA."""
    session = switched(account, OURS, minutes=1)
    assert session.arn == f"arn:aws:sts::{ID}:assumed-role/deployer/asha"
    assert session.mfa_at is not None


def test_the_tag_keeps_out_who_may_assume_everything(account: Account) -> None:
    with pytest.raises(AccessDenied, match="not authorized to perform: sts:AssumeRole"):
        switched(account, OURS, tag="no")


@pytest.mark.parametrize(
    ("condition", "minutes", "may"),
    [(WITH_MFA, None, False), (WITH_MFA, 60, True), (LATELY, 4, True), (LATELY, 6, False), (LATELY, None, False)],
)
def test_mfa_comes_from_the_sign_in(
    account: Account, condition: dict[str, Any], minutes: int | None, may: bool
) -> None:
    """aws:MultiFactorAuthPresent and aws:MultiFactorAuthAge: what the sign-in was, and how long ago."""
    if may:
        assert switched(account, condition, minutes)
    else:
        with pytest.raises(AccessDenied):
            switched(account, condition, minutes)


def test_a_link_names_the_path(account: Account) -> None:
    role = switched(account, OURS).role
    assert [role_named(account, name) for name in ("workforce/Deployer", "/workforce/deployer/")] == [role, role]
    assert [role_named(account, name) for name in ("deployer", "x/deployer", "workforce", "")] == [None] * 4
