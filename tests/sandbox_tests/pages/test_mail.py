# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mailbox as a person reads it."""

from __future__ import annotations

import html
from email.message import EmailMessage

import pytest

from tests.sandbox.client import Sandbox
from tests.support.browsing import Browsing

from ..mailing import connect


def post(sandbox: Sandbox, to: str, subject: str, text: str, as_html: str = "") -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "it@example.com", to, subject
    mail["Date"] = "Tue, 24 Nov 2026 08:00:00 +0000"
    mail.set_content(text)
    if as_html:
        mail.add_alternative(as_html, subtype="html")
    with connect(sandbox.mailbox) as connection:
        connection.send_message(mail)


def test_the_list_and_a_mail(mailing_sandbox: Sandbox) -> None:
    with Browsing() as browsing:
        browsing.open(f"{mailing_sandbox.endpoint_url}/mail")
        assert "No mail yet" in browsing.text
        post(mailing_sandbox, "asha@example.com", "Grüße", "Open\nhttps://example.com/console?a=1&b=2\nnow")
        post(mailing_sandbox, "Li <li@example.com>", "<b>second</b>", "text", '<p title="x">as page</p>')
        browsing.open(f"{mailing_sandbox.endpoint_url}/mail")
        lines = browsing.text.splitlines()
        assert "2 mails" in lines
        assert lines.index("<b>second</b>") < lines.index("Grüße"), "the newest first"

        browsing.open(f"{mailing_sandbox.endpoint_url}/mail/1")
        assert "Grüße" in browsing.text
        assert "asha@example.com" in browsing.text
        assert '<a href="https://example.com/console?a=1&amp;b=2">' in browsing.page
        assert "<iframe" not in browsing.page
        browsing.open(f"{mailing_sandbox.endpoint_url}/mail/2")
        document = browsing.page.partition('srcdoc="')[2].partition('"')[0]
        assert html.unescape(document) == '<base target="_top"><p title="x">as page</p>\n'
        assert "<b>second" not in browsing.page


@pytest.mark.parametrize("number", ["0", "1", "x", "-1", "<b>"])
def test_no_such_mail(mailing_sandbox: Sandbox, number: str) -> None:
    with Browsing() as browsing:
        browsing.open(f"{mailing_sandbox.endpoint_url}/mail/{number}")
        assert (browsing.status, "There is no mail" in browsing.text) == (404, True)
        assert "<b>" not in browsing.page
