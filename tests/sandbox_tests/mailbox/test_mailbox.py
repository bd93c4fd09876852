# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mailbox is a real SMTP server: what Python's own client is told by it, and what it keeps."""

from __future__ import annotations

import smtplib
import ssl
import threading
import time
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from tests.sandbox.client import Sandbox, SandboxError
from tests.sandbox.mailbox import Mailbox
from tests.sandbox.mailbox.client import MailboxError
from tests.sandbox.mailbox.conversation import COUNTED

from ..mailing import connect

ASHA = "asha.rao@example.com"
NOTHING = dict.fromkeys(COUNTED, 0)


@pytest.fixture(scope="module")
def shared_mailbox() -> Iterator[Mailbox]:
    with Mailbox.start() as mailbox:
        yield mailbox


@pytest.fixture
def mailbox(shared_mailbox: Mailbox) -> Mailbox:
    shared_mailbox.reset()
    return shared_mailbox


def a_mail(to: str = ASHA) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "it@example.com"
    message["To"] = to
    message["Subject"] = "Grüße"
    message.set_content("Hello\n.\n")
    message.add_alternative("<p>Hello</p>\n", subtype="html")
    return message


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_it_keeps_what_it_gets(security: str) -> None:
    with Mailbox.start("tls" if security == "tls" else "starttls") as box, connect(box) as client:
        client.send_message(a_mail())
        client.send_message(a_mail("li.wei@example.com"))
        assert box.counts() == {**NOTHING, "connections": 1, "most_connections": 1, "logins": 1}
        assert [mail["recipients"] for mail in box.mails()] == [[ASHA], ["li.wei@example.com"]]
        (mail,) = box.mails(ASHA)
    assert (mail["sender"], mail["from"], mail["to"]) == ("it@example.com", "it@example.com", ASHA)
    assert (mail["subject"], mail["text"], mail["html"]) == ("Grüße", "Hello\n.\n", "<p>Hello</p>\n")
    assert "Subject: =?utf-8?" in mail["raw"]


def test_it_empties(mailbox: Mailbox) -> None:
    with connect(mailbox) as client:
        client.send_message(a_mail())
        mailbox.clear()
    assert mailbox.mails() == []
    assert mailbox.counts()["logins"] == 0


def test_it_wants_the_right_password(mailbox: Mailbox) -> None:
    settings = mailbox.settings()
    with smtplib.SMTP(settings["host"], settings["port"], timeout=10) as client:
        client.starttls(context=ssl.create_default_context(cafile=settings["ca_path"]))
        with pytest.raises(smtplib.SMTPSenderRefused, match="log in first"):
            client.send_message(a_mail())
        with pytest.raises(smtplib.SMTPAuthenticationError, match="with password wrong"):
            client.login(settings["username"], "wrong")


def test_it_takes_nothing_in_plain_text(mailbox: Mailbox) -> None:
    settings = mailbox.settings()
    client = smtplib.SMTP(settings["host"], settings["port"], timeout=10)
    with client, pytest.raises(smtplib.SMTPSenderRefused, match="STARTTLS"):
        client.send_message(a_mail())
    assert mailbox.mails() == []


def test_without_tls_it_notices_who_logs_in_all_the_same() -> None:
    with Mailbox.start(certificate="none") as box:
        settings = box.settings()
        with smtplib.SMTP(settings["host"], settings["port"], timeout=10) as client:
            client.ehlo()
            assert not client.has_extn("starttls")
            client.login(settings["username"], settings["password"])
            client.send_message(a_mail())
        once = {"connections": 1, "most_connections": 1, "plain_logins": 1, "plain_mails": 1}
        assert box.counts() == {**NOTHING, **once}


@pytest.mark.parametrize(
    ("certificate", "why"),
    [
        ("expired", "certificate has expired"),
        ("self-signed", "self-signed certificate"),
        ("unknown-ca", "unable to get local issuer certificate"),
        ("wrong-host", "IP address mismatch"),
    ],
)
def test_a_bad_certificate_is_bad(certificate: str, why: str) -> None:
    with Mailbox.start(certificate=certificate) as box, pytest.raises(ssl.SSLCertVerificationError, match=why):  # type: ignore[arg-type]  # one of its kinds
        connect(box)


@pytest.mark.parametrize(
    ("stage", "error"),
    [
        ("sender", smtplib.SMTPSenderRefused),
        ("recipient", smtplib.SMTPRecipientsRefused),
        ("message", smtplib.SMTPDataError),
    ],
)
def test_it_refuses_as_often_as_told(mailbox: Mailbox, stage: str, error: type[Exception]) -> None:
    mailbox.refuse(stage, 451, "come again", count=1)
    with connect(mailbox) as client:
        with pytest.raises(error, match="come again"):
            client.send_message(a_mail())
        client.send_message(a_mail())
    assert len(mailbox.mails()) == 1


def test_it_refuses_one_recipient_for_ever(mailbox: Mailbox) -> None:
    mailbox.refuse("recipient", 550, "unknown", match="ASHA*")
    with connect(mailbox) as client:
        for _attempt in range(2):
            with pytest.raises(smtplib.SMTPRecipientsRefused):
                client.send_message(a_mail())
        client.send_message(a_mail("li.wei@example.com"))


def test_it_refuses_a_login(mailbox: Mailbox) -> None:
    mailbox.refuse("login", 454, "not now")
    with pytest.raises(smtplib.SMTPAuthenticationError, match="not now"):
        connect(mailbox)


@pytest.mark.parametrize(("where", "kept"), [("middle", 0), ("end", 0), ("answer", 1)])
def test_it_loses_the_connection_in_data(mailbox: Mailbox, where: str, kept: int) -> None:
    mailbox.switch(drops=1, drop_at=where)
    client = connect(mailbox)
    with pytest.raises(smtplib.SMTPServerDisconnected):
        client.send_message(a_mail())
    with connect(mailbox) as again:
        again.send_message(a_mail("li.wei@example.com"))
    assert len(mailbox.mails(ASHA)) == kept


def test_it_is_slow(mailbox: Mailbox) -> None:
    mailbox.switch(slow=5)
    client = connect(mailbox, timeout=0.5)
    with pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"):
        client.send_message(a_mail())


def test_it_is_far_away(mailbox: Mailbox) -> None:
    """Each connection waits for itself."""
    client, other = connect(mailbox), connect(mailbox)
    mailbox.switch(latency_ms=100)
    start = time.monotonic()
    client.noop()
    assert time.monotonic() - start >= 0.1
    threads = [threading.Thread(target=one.send_message, args=(a_mail(),)) for one in (client, other)]
    start = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=10)
    # MAIL, RCPT, DATA and the mail itself.
    assert 0.4 <= time.monotonic() - start < 0.8
    assert len(mailbox.mails()) == 2


def test_it_turns_away_further_connections(mailbox: Mailbox) -> None:
    mailbox.switch(connections=1)
    with connect(mailbox) as client:
        with pytest.raises(smtplib.SMTPConnectError, match="too many connections"):
            connect(mailbox)
        client.send_message(a_mail())
    found = mailbox.counts()
    assert (found["connections"], found["most_connections"], found["turned_away"]) == (2, 1, 1)


@pytest.mark.parametrize("polite", [True, False])
def test_it_ends_a_connection_after_some_mails(mailbox: Mailbox, polite: bool) -> None:
    mailbox.switch(mails_per_connection=1, polite=polite)
    client = connect(mailbox)
    client.send_message(a_mail())
    with pytest.raises(smtplib.SMTPSenderRefused if polite else smtplib.SMTPServerDisconnected):
        client.send_message(a_mail())


@pytest.mark.parametrize(("when", "kept"), [("recipient", 0), ("data", 0), ("before", 0), ("after", 1)])
@pytest.mark.parametrize("drop", [True, False])
def test_it_holds_a_mail(mailbox: Mailbox, when: str, kept: int, drop: bool) -> None:
    client = connect(mailbox)
    ended: list[BaseException | None] = []

    def send() -> None:
        try:
            client.send_message(a_mail())
            ended.append(None)
        except smtplib.SMTPServerDisconnected as error:
            ended.append(error)

    mailbox.pause(when, match=ASHA)
    with connect(mailbox) as other:
        other.send_message(a_mail("li.wei@example.com"))
    thread = threading.Thread(target=send)
    thread.start()
    assert mailbox.wait_paused() == [ASHA]
    assert len(mailbox.mails(ASHA)) == kept
    assert mailbox.resume(drop) == 1
    thread.join(timeout=10)
    assert mailbox.paused() == []
    assert [error is not None for error in ended] == [drop]
    assert len(mailbox.mails(ASHA)) == (kept if drop else 1)


def test_it_holds_a_connection(mailbox: Mailbox) -> None:
    mailbox.pause("greeting")
    thread = threading.Thread(target=lambda: connect(mailbox).send_message(a_mail()))
    thread.start()
    assert mailbox.wait_paused() == ["*"]
    assert mailbox.counts()["logins"] == 0
    mailbox.resume()
    thread.join(timeout=10)
    assert len(mailbox.mails(ASHA)) == 1


def test_a_switch_that_there_is_not_is_told(mailbox: Mailbox) -> None:
    with pytest.raises(MailboxError, match="there is no switch 'sloow'"):
        mailbox.switch(sloow=1)
    with pytest.raises(MailboxError, match="stage"):
        mailbox.refuse("nowhere")
    with pytest.raises(MailboxError, match="no mail was held"):
        mailbox.wait_paused(timeout=0.05)


def test_it_stands_beside_the_sandbox() -> None:
    with Sandbox.start(mail=True) as sandbox:
        with connect(sandbox.mailbox) as client:
            client.send_message(a_mail())
        assert [mail["subject"] for mail in sandbox.mails(ASHA)] == ["Grüße"]
        sandbox.mailbox.refuse("recipient")
        sandbox.reset()
        assert sandbox.mails() == []
        with connect(sandbox.mailbox) as client:
            client.send_message(a_mail())
        with pytest.raises(SandboxError, match="there is no switch"):
            sandbox.mailbox.switch(sloow=1)
