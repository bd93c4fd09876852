# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A new hire's first day, from the run to the departments on the screen, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.client import Sandbox
from tests.sandbox.mailbox import first_password
from tests.support.browser import Browser, machines_browser
from tests.support.console_steps import change_password, enrol, give_code, sign_in, switch_role
from tests.support.playbooks import PlaybookResult

Playbook = Callable[..., PlaybookResult]

ONBOARD = "workforce.aws.onboard"
OWN = "My-own-choice-77"
WRONG = "Your authentication information is incorrect. Please try again."
DEVICE = "arn:aws:iam::123456789012:mfa/asha.rao"
WITHOUT_MFA = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "DenyAllExceptListedIfNoMFA",
            "Effect": "Deny",
            "NotAction": ["iam:ListMFADevices", "sts:GetSessionToken"],
            "Resource": "*",
            "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}},
        }
    ],
}


@pytest.fixture
def browser() -> Browser:
    return machines_browser()


def company(sandbox: Sandbox, **settings: Any) -> dict[str, Any]:
    return {
        "departments": [
            {"name": "data-science", "managed_policies": ["AmazonAthenaFullAccess"]},
            {"name": "finance", "inline_policies": {"invoices": invoices()}},
            {"name": "platform"},
        ],
        "employees": [
            {
                "name": "asha.rao",
                "email": "asha.rao@example.com",
                "departments": ["data-science", "finance", "platform"],
            },
            {"name": "li.wei", "email": "li.wei@example.com", "departments": ["finance"]},
        ],
        "onboard_everyone": {"name": "everyone"},
        "onboard_credentials": {"mail": sandbox.mailbox.settings()},
        **settings,
    }


def invoices() -> dict[str, Any]:
    reads = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::invoices/*"}
    return {"Version": "2012-10-17", "Statement": [reads]}


@pytest.mark.journey
def test_first_day(playbook: Playbook, sandbox: Sandbox, browser: Browser, tmp_path: Path) -> None:
    chart = company(
        sandbox,
        onboard_account_settings={"require_mfa": True},
        onboard_roles=[{"name": "deployer", "assumed_by": ["platform"], "require_mfa": True}],
    )
    playbook(ONBOARD, extra_vars=chart).succeeded()
    (mail,) = sandbox.mailbox.mails("asha.rao@example.com")
    link, role = re.findall(r"https://\S+", mail["text"])
    first = first_password(mail)

    with browser.open(sandbox, tmp_path / "profile") as page:
        sign_in(page, link, "asha.rao", first)
        assert page.heading == "Choose your own password"
        change_password(page, first, "tooshort")
        assert "Password should" in page.text
        change_password(page, first, OWN)
        assert page.heading == "You are asha.rao"
        for shown in (
            "data-science",
            "AmazonAthenaFullAccess",
            "finance",
            "May s3:GetObject on arn:aws:s3:::invoices/*",
        ):
            assert shown in page.text

        page.press("Sign out")
        sign_in(page, link, "asha.rao", first)
        assert WRONG in page.text
        sign_in(page, link, "asha.rao", OWN)
        assert (page.heading, page.detail("Sign-in")) == ("You are asha.rao", "without MFA")
        switch_role(page, role)
        assert "not authorized to perform: sts:AssumeRole" in page.text
        page.follow("Back")
        app = enrol(page)
        assert (page.heading, page.detail("MFA devices")) == ("You are asha.rao", DEVICE)

        before, came = sandbox.state(), sandbox.mailbox.mails()
        again = playbook(ONBOARD, extra_vars=chart).succeeded()
        assert again.changed() == 0, again.text()
        assert (sandbox.state(), sandbox.mailbox.mails()) == (before, came)
        page.press("Sign out")
        sign_in(page, link, "asha.rao", OWN)
        give_code(page, app)
        assert (page.heading, page.detail("Sign-in")) == ("You are asha.rao", "with MFA")
        switch_role(page, role)
        assert (page.heading, page.detail("Signed in as")) == ("You act as deployer", "asha.rao")


@pytest.mark.long  # the role's tests show the fault, those of the modules the rest
def test_nobody_is_mailed_who_could_not_sign_in(playbook: Playbook, sandbox: Sandbox) -> None:
    """Giving stops before the first write, with what blocks it; once that is settled, the same run mails everybody."""
    before = sandbox.state()
    denied = {"name": "everyone", "inline_policies": {"mfa": WITHOUT_MFA}}
    for everyone, told in (({}, "onboard_everyone"), (denied, "DenyAllExceptListedIfNoMFA")):
        refused = playbook(ONBOARD, extra_vars=company(sandbox, onboard_everyone=everyone)).failed()
        assert told in refused.text()
        assert "iam:ChangePassword" in refused.text()
        assert (sandbox.state(), sandbox.mails()) == (before, [])

    playbook(ONBOARD, extra_vars=company(sandbox)).succeeded()
    assert len(sandbox.mails()) == 2
