# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""iam_workforce mails nobody a password that lets nobody in, and says which statement is in the way."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.sandbox.mailbox import first_password
from tests.support.first_day import change_password
from tests.support.modules import Run

MANAGED = {"workforce:managed": "onboard"}
CHOSEN = "Chosen-by-asha-2026"
EVERYONE = {"name": "everyone"}
# The tutorial policy of the IAM user guide, in short.
FORCE_MFA: dict[str, Any] = {
    "Sid": "DenyAllExceptListedIfNoMFA",
    "Effect": "Deny",
    "NotAction": ["iam:EnableMFADevice", "iam:GetUser", "sts:GetSessionToken"],
    "Resource": "*",
    "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}},
}
SPARED = {**FORCE_MFA, "NotAction": [*FORCE_MFA["NotAction"], "iam:ChangePassword"]}


def document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


@pytest.fixture(autouse=True)
def account(sandbox: Sandbox) -> None:
    """A department that forces MFA, and somebody in it who is to leave."""
    sandbox.mailbox.reset()
    sandbox.seed(
        groups=[{"name": "sales", "path": "/workforce/", "inline_policies": {"mfa": document(FORCE_MFA)}}],
        users=[{"name": "ben", "tags": MANAGED, "groups": ["sales"]}],
    )


def chart(sandbox: Sandbox, **department: Any) -> dict[str, Any]:
    asha = {"name": "asha", "email": "asha@example.com", "path": "/staff/", "departments": ["sales"]}
    return {
        "departments": [{"name": "sales", **department}],
        "employees": [asha, {"name": "ben", "state": "suspended"}],
        "everyone": EVERYONE,
        "credentials": {"mail": sandbox.mailbox.settings()},
    }


# Whether it may do what is planned: of a caller whom the simulator does not know, once.
OF_THE_CALLER = 1


@pytest.mark.parametrize("simulated", [True, False])
def test_a_deny_without_mfa_stops_giving_and_is_shown(run: Run, sandbox: Sandbox, simulated: bool) -> None:
    if not simulated:
        sandbox.fail("SimulatePrincipalPolicy", "AccessDenied", count=None)
    for check in (True, False):
        failed = run("iam_workforce", chart(sandbox), check=check)
        assert failed["failed"] is True
        (fault,) = failed["faults"]
        assert fault.startswith(
            "employee asha: would not be able to complete the first sign-in: the statement DenyAllExceptListedIfNoMFA "
        )
        assert "of the policy mfa of department sales" in fault
        assert json.dumps(FORCE_MFA) in fault
        assert failed["api_calls"]["by_operation"]["SimulatePrincipalPolicy"] == 1 + OF_THE_CALLER
    assert sorted(sandbox.state()["users"]) == ["ben"]
    assert "workforce-suspended" in sandbox.state()["users"]["ben"]["inline_policies"]
    assert sandbox.mails() == []


def test_once_it_is_spared_the_first_sign_in_works(run: Run, sandbox: Sandbox) -> None:
    done = run("iam_workforce", chart(sandbox, inline_policies={"mfa": document(SPARED)}))
    assert "failed" not in done
    simulated = done["api_calls"]["by_operation"]["SimulatePrincipalPolicy"]
    assert simulated == OF_THE_CALLER, "the plan changes the department"
    (mail,) = sandbox.mails()
    assert change_password(sandbox, "asha", first_password(mail), CHOSEN)


def test_nobody_is_issued_anything_and_nothing_is_asked(run: Run, sandbox: Sandbox) -> None:
    lists = {**chart(sandbox), "credentials": None}
    done = run("iam_workforce", lists)
    assert "failed" not in done
    counts = done["api_calls"]["by_operation"]
    assert (counts["SimulatePrincipalPolicy"], "GetPolicyVersion" in counts) == (OF_THE_CALLER, False)
