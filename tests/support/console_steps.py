# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person does at the console in a real browser, step by step; each step ends on the next page."""

from __future__ import annotations

from tests.support.authenticator import Authenticator
from tests.support.browser import Page


def sign_in(page: Page, link: str, name: str, password: str) -> None:
    """Follow the link of a mail, and give name and password. The link says which account it is."""
    page.open(link)
    assert page.value("Account ID or alias"), "the link names no account"
    page.fill({"User name": name, "Password": password})
    page.press("Sign in")


def change_password(page: Page, old: str, new: str) -> None:
    page.fill({"Old password": old, "New password": new, "New password, once more": new})
    page.press("Change the password")


def enrol(page: Page) -> Authenticator:
    """From the home page, get a virtual MFA device under the name that the page proposes, and return its app."""
    page.follow("Assign an MFA device")
    page.press("Next")
    app = Authenticator(page.detail("Secret key"))
    first, second = app.two_codes()
    page.fill({"MFA code 1": first, "MFA code 2": second})
    page.press("Add MFA")
    return app


def give_code(page: Page, app: Authenticator) -> None:
    """The second step of a sign-in with MFA."""
    page.fill({"MFA code": app.code()})
    page.press("Submit")


def switch_role(page: Page, link: str) -> None:
    """Follow the link of a mail that leads to a role, and switch."""
    page.open(link)
    page.press("Switch Role")
