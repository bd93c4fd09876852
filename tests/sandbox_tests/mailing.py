# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How tests reach a mailbox, as a client that logs in does."""

from __future__ import annotations

import smtplib
import ssl

from tests.sandbox.mailbox.client import MailboxClient


def connect(mailbox: MailboxClient, timeout: float = 10) -> smtplib.SMTP:
    """Logged in, over verified TLS."""
    settings = mailbox.settings()
    context = ssl.create_default_context(cafile=settings["ca_path"])
    if settings["security"] == "tls":
        client: smtplib.SMTP = smtplib.SMTP_SSL(settings["host"], settings["port"], timeout=timeout, context=context)
    else:
        client = smtplib.SMTP(settings["host"], settings["port"], timeout=timeout)
        client.starttls(context=context)
    client.login(settings["username"], settings["password"])
    return client
