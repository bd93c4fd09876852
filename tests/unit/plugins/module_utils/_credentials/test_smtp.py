# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mail as a way to hand credentials over, against a real SMTP server that misbehaves in every way that it can."""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import os
import socket
import threading
import traceback
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.delivery import (
    DeliveryError,
    Issued,
    Recipient,
    SignIn,
)
from ansible_collections.workforce.aws.plugins.module_utils._credentials.address import parse_address
from ansible_collections.workforce.aws.plugins.module_utils._credentials.letter import Stationery
from ansible_collections.workforce.aws.plugins.module_utils._credentials.mail import MailDelivery
from ansible_collections.workforce.aws.plugins.module_utils._credentials.mail_server import MailServer

from tests.sandbox.mailbox import Mailbox, first_password
from tests.sandbox.mailbox.certificates import Kind
from tests.sandbox.mailbox.conversation import COUNTED

SIGN_IN = SignIn("https://123456789012.signin.aws.amazon.com/console", "123456789012", "acme")
ASHA = Recipient("asha.rao", "asha.private@example.com", {"name": "asha.rao"})
LI = Recipient("li.wei", "li.wei@example.com", {"name": "li.wei"})
FOR_ASHA = Issued("asha.rao", "Xk7=mN3-pQ_rTu9w+aBc")
FOR_LI = Issued("li.wei", "Zz8_hhG5+kk2-LLq4=Wm")
NOTHING = dict.fromkeys(COUNTED, 0)
SMTP_PASSWORD = "mailbox-Password+1"
SECRETS = (FOR_ASHA.password, FOR_LI.password, SMTP_PASSWORD)


@pytest.fixture(scope="module")
def shared_mailbox() -> t.Iterator[Mailbox]:
    with Mailbox.start() as mailbox:
        yield mailbox


@pytest.fixture
def mailbox(shared_mailbox: Mailbox) -> Mailbox:
    shared_mailbox.reset()
    return shared_mailbox


@contextlib.contextmanager
def delivering(
    mailbox: Mailbox, *, sender: str = "it@example.com", pauses: t.Sequence[float] = (), **changes: t.Any
) -> t.Iterator[MailDelivery]:
    settings = {"timeout": 10, "connections": 1, **mailbox.settings()}
    del settings["sender"]
    delivery = MailDelivery(MailServer(**{**settings, **changes}), Stationery(parse_address(sender)), pauses)
    try:
        yield delivery
    finally:
        delivery.close()


def told(call: t.Callable[..., object], *arguments: object) -> DeliveryError:
    """The error, in which no secret and no address of a recipient may be, however deep one looks."""
    with pytest.raises(DeliveryError) as caught:
        call(*arguments)
    error = caught.value
    everything = "\n".join(
        [str(error), repr(error), error.advice, error.code, *traceback.format_exception(error, chain=True)]
    ).lower()
    for secret in SECRETS:
        assert secret is not None
        for shape in (secret, base64.b64encode(secret.encode()).decode(), secret.replace("=", "=3D")):
            assert shape.lower() not in everything
    plain = base64.b64encode(f"\0onboard\0{SMTP_PASSWORD}".encode()).decode()
    assert plain.lower() not in everything
    assert "asha.private" not in everything
    return error


def free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_many_mails_take_one_connection(security: t.Literal["starttls", "tls"]) -> None:
    with Mailbox.start(security) as mailbox, delivering(mailbox) as delivery:
        delivery.try_out()
        for _mail in range(3):
            delivery.deliver(FOR_ASHA, ASHA, SIGN_IN)
        assert mailbox.counts() == {**NOTHING, "connections": 1, "most_connections": 1, "logins": 1}
        assert [first_password(mail) for mail in mailbox.mails("asha.private@example.com")] == [FOR_ASHA.password] * 3


def test_threads_share_the_connection(mailbox: Mailbox) -> None:
    people = [f"person{number}@example.com" for number in range(20)]
    with delivering(mailbox) as delivery:
        threads = [
            threading.Thread(target=delivery.deliver, args=(FOR_ASHA, dataclasses.replace(ASHA, address=to), SIGN_IN))
            for to in people
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        assert mailbox.counts()["connections"] == 1
    assert sorted(mail["recipients"][0] for mail in mailbox.mails()) == sorted(people)


def test_trying_out_mails_nothing(mailbox: Mailbox) -> None:
    with delivering(mailbox) as delivery:
        delivery.try_out()
        delivery.try_out()
    assert mailbox.mails() == []
    assert mailbox.counts()["logins"] == 1


def test_without_a_login_none_is_made(mailbox: Mailbox) -> None:
    with delivering(mailbox, username=None, password=None) as delivery:
        error = told(delivery.try_out)
    assert error.code == "SMTPSenderRefused 530"
    assert mailbox.counts()["logins"] == 0


def test_nobody_is_reached_without_an_address(mailbox: Mailbox) -> None:
    nobody = Recipient("asha.rao")
    with delivering(mailbox) as delivery:
        assert not delivery.reaches(nobody)
        assert delivery.reaches(ASHA)
        assert not told(delivery.deliver, FOR_ASHA, nobody, SIGN_IN).lost
        broken = Recipient("asha.rao", "asha.private@example.com\nBcc: mallory@example.com")
        assert "of asha.rao has a character" in str(told(delivery.deliver, FOR_ASHA, broken, SIGN_IN))
    assert mailbox.mails() == []


# The way itself: nobody can be mailed.


def lost(delivery: MailDelivery) -> DeliveryError:
    error = told(delivery.try_out)
    assert error.lost
    assert told(delivery.deliver, FOR_ASHA, ASHA, SIGN_IN).lost
    return error


def test_a_wrong_port(mailbox: Mailbox) -> None:
    port = free_port()
    with delivering(mailbox, port=port) as delivery:
        error = lost(delivery)
    assert str(error) == f"the mail server 127.0.0.1:{port}: nothing listens on that port"
    assert (error.code, error.advice) == ("ConnectionRefusedError", "Check host and port.")


def test_a_wrong_host(mailbox: Mailbox) -> None:
    with delivering(mailbox, host="smtp.invalid") as delivery:
        assert "there is no server of that name" in str(lost(delivery))


def test_starttls_spoken_to_a_port_of_tls() -> None:
    with Mailbox.start("tls") as mailbox, delivering(mailbox, security="starttls", timeout=1) as delivery:
        error = lost(delivery)
        assert "it said nothing for 1 s" in str(error)
        assert "port 465 needs `security: tls`" in error.advice
        assert mailbox.counts()["plain_logins"] == 0


def test_tls_spoken_to_a_port_of_starttls(mailbox: Mailbox) -> None:
    with delivering(mailbox, security="tls") as delivery:
        error = lost(delivery)
    assert "no TLS came about" in str(error)
    assert error.advice == "It may want `security: starttls`."


@pytest.mark.parametrize(
    ("certificate", "why", "advice"),
    [
        ("expired", "certificate has expired", "needs a new certificate"),
        ("self-signed", "self-signed certificate", "ca_path"),
        ("unknown-ca", "unable to get local issuer certificate", "ca_path"),
        ("wrong-host", "is not valid for '127.0.0.1'", "Set host to the name"),
    ],
)
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_cannot_be_trusted(
    security: t.Literal["starttls", "tls"], certificate: Kind, why: str, advice: str
) -> None:
    with Mailbox.start(security, certificate) as mailbox, delivering(mailbox) as delivery:
        error = lost(delivery)
        assert mailbox.counts()["logins"] == 0
        assert mailbox.mails() == []
    assert "its certificate cannot be trusted" in str(error)
    assert why in str(error)
    assert advice in error.advice
    assert error.code == "SSLCertVerificationError"


def test_the_authority_has_to_be_named(mailbox: Mailbox) -> None:
    with delivering(mailbox, ca_path=None) as delivery:
        assert "unable to get local issuer certificate" in str(lost(delivery))


def test_a_folder_of_authorities(mailbox: Mailbox, tmp_path: t.Any) -> None:
    (tmp_path / "README").write_text("what lies beside them")
    (tmp_path / "more").mkdir()
    with delivering(mailbox, ca_path=str(tmp_path)) as delivery:
        assert "has no certificate in PEM" in str(lost(delivery))
    os.link(mailbox.settings()["ca_path"], tmp_path / "ours.pem")
    with delivering(mailbox, ca_path=str(tmp_path)) as delivery:
        delivery.try_out()


def test_a_missing_authority(mailbox: Mailbox, tmp_path: t.Any) -> None:
    with delivering(mailbox, ca_path=str(tmp_path / "none.pem")) as delivery:
        assert "none.pem cannot be read: No such file" in str(lost(delivery))


def test_no_starttls_offered_and_nothing_said_in_plain_text() -> None:
    with Mailbox.start(certificate="none") as mailbox, delivering(mailbox) as delivery:
        error = lost(delivery)
        assert mailbox.counts() == {**NOTHING, "connections": 2, "most_connections": 1}
    assert "it offers no STARTTLS" in str(error)
    assert "ever sent in plain text" in error.advice


def test_a_wrong_password(mailbox: Mailbox) -> None:
    # This mailbox repeats what it is given.
    with delivering(mailbox, password=FOR_LI.password) as delivery:
        error = lost(delivery)
    assert "it refused the login of onboard: 535 5.7.8 no user onboard with password ********" in str(error)
    assert error.code == "SMTPAuthenticationError 535"
    assert "Check username and password" in error.advice


def test_a_login_outside_ascii(mailbox: Mailbox) -> None:
    with delivering(mailbox, username="jörg", password="Straße-€uro") as delivery:
        error = lost(delivery)
    assert "535 5.7.8 no user jörg with password ********" in str(error)


def test_a_login_refused_for_now(mailbox: Mailbox) -> None:
    mailbox.refuse("login", 454, "4.7.0 temporary authentication failure")
    with delivering(mailbox) as delivery:
        assert told(delivery.try_out).code == "SMTPAuthenticationError 454"
        mailbox.reset()
        delivery.try_out()


def test_a_server_that_does_not_know_plain() -> None:
    with Mailbox.start(plain=False) as mailbox:
        with delivering(mailbox) as delivery:
            delivery.try_out()
        with delivering(mailbox, password="Straße") as delivery:
            assert "it offers no login for letters outside ASCII" in str(lost(delivery))


def serve(answers: t.Sequence[bytes], *, then_close: bool = True) -> tuple[int, threading.Thread]:
    """A server that says these lines, one to each line that it hears, and hangs up."""
    listener = socket.create_server(("127.0.0.1", 0))

    def talk() -> None:
        with listener, listener.accept()[0] as client, client.makefile("rb") as heard:
            for answer in answers:
                client.sendall(answer)
                if not heard.readline():
                    return

    thread = threading.Thread(target=talk, daemon=True)
    thread.start()
    return int(listener.getsockname()[1]), thread


@pytest.mark.parametrize(
    ("answers", "message", "code"),
    [
        ([], "it closed the connection", "SMTPServerDisconnected"),
        ([b"554 5.3.2 not for you\r\n"], "not willing to serve: 554 5.3.2 not for you", "SMTPConnectError 554"),
        ([b"220 hello\r\n", b"502 what\r\n", b"502 what\r\n"], "not willing to serve: 502 what", "SMTPHeloError 502"),
        (
            [b"220 hello\r\n", b"250-hello\r\n250 STARTTLS\r\n", b"454 4.7.0 no TLS today\r\n"],
            "not willing to serve: 454 4.7.0 no TLS today",
            "SMTPResponseException 454",
        ),
        ([b"HTTP/1.1 400 Bad Request\r\n"], "what answers there does not speak SMTP", "SMTPConnectError"),
    ],
)
def test_a_server_that_does_not_serve(answers: list[bytes], message: str, code: str) -> None:
    port, thread = serve(answers)
    delivery = MailDelivery(MailServer("127.0.0.1", port, timeout=5), Stationery(parse_address("it@example.com")))
    error = told(delivery.try_out)
    thread.join(timeout=5)
    assert message in str(error)
    assert (error.lost, error.code) == (True, code)


# The sender is everybody's; a recipient and a message are one person's.


def test_a_refused_sender(mailbox: Mailbox) -> None:
    mailbox.refuse("sender", 553, "5.7.1 not owned by user")
    with delivering(mailbox) as delivery:
        error = lost(delivery)
    assert "it refused the sender: 553 5.7.1 not owned by user" in str(error)
    assert error.code == "SMTPSenderRefused 553"


def test_a_refused_recipient_is_one_persons(mailbox: Mailbox) -> None:
    mailbox.refuse("recipient", 550, "5.1.1 <Asha.Private@example.com>: unknown", match="asha.private@*")
    with delivering(mailbox) as delivery:
        error = told(delivery.deliver, FOR_ASHA, ASHA, SIGN_IN)
        delivery.deliver(FOR_LI, LI, SIGN_IN)
        assert mailbox.counts()["connections"] == 1
    assert "it refused the recipient: 550 5.1.1 <********>: unknown" in str(error)
    assert (error.lost, error.code) == (False, "SMTPRecipientsRefused 550")
    assert "credentials_to" in error.advice
    assert [mail["recipients"] for mail in mailbox.mails()] == [["li.wei@example.com"]]


def test_a_refused_message_is_one_persons(mailbox: Mailbox) -> None:
    # A filter that quotes what it does not like, as it is and as it came over the wire.
    quoted = FOR_ASHA.password or ""
    text = f"5.7.1 secret found: {quoted} {quoted.replace('=', '=3D')} {base64.b64encode(quoted.encode()).decode()}"
    mailbox.refuse("message", 554, text, match="asha*")
    with delivering(mailbox) as delivery:
        error = told(delivery.deliver, FOR_ASHA, ASHA, SIGN_IN)
        delivery.deliver(FOR_LI, LI, SIGN_IN)
    assert "it refused the message: 554 5.7.1 secret found: ********" in str(error)
    assert (error.lost, error.code) == (False, "SMTPDataError 554")


@pytest.mark.parametrize(
    ("stage", "code", "is_lost"),
    [
        ("sender", "SMTPSenderRefused 451", True),
        ("recipient", "SMTPRecipientsRefused 451", False),
        ("message", "SMTPDataError 451", False),
    ],
)
def test_refused_for_now(mailbox: Mailbox, stage: str, code: str, is_lost: bool) -> None:
    mailbox.refuse(stage, 451, "4.7.1 greylisted")
    with delivering(mailbox, pauses=(0.01, 0.01)) as delivery:
        error = told(delivery.deliver, FOR_ASHA, ASHA, SIGN_IN)
    assert (error.code, error.lost) == (code, is_lost)
    assert error.advice.startswith("It may go later")
    assert mailbox.mails() == []


@pytest.mark.parametrize("stage", ["sender", "recipient", "message"])
def test_refused_once_and_taken_after_a_pause(mailbox: Mailbox, stage: str) -> None:
    mailbox.refuse(stage, 454, "4.7.0 maximum sending rate exceeded", count=2)
    with delivering(mailbox, pauses=(0.01, 0.01)) as delivery:
        delivery.deliver(FOR_ASHA, ASHA, SIGN_IN)
    assert len(mailbox.mails()) == 1


@pytest.mark.parametrize("stage", ["recipient", "message"])
def test_a_server_that_closes_while_it_refuses(mailbox: Mailbox, stage: str) -> None:
    mailbox.refuse(stage, 421, "4.3.2 shutting down", count=1)
    with delivering(mailbox) as delivery:
        assert not told(delivery.deliver, FOR_ASHA, ASHA, SIGN_IN).lost
        delivery.deliver(FOR_ASHA, ASHA, SIGN_IN)
    assert mailbox.counts()["connections"] == 2


# A connection that breaks.


@pytest.mark.parametrize("polite", [True, False])
def test_a_connection_dropped_between_mails_is_made_again(mailbox: Mailbox, polite: bool) -> None:
    mailbox.switch(mails_per_connection=1, polite=polite)
    with delivering(mailbox) as delivery:
        for _mail in range(3):
            delivery.deliver(FOR_ASHA, ASHA, SIGN_IN)
    assert mailbox.counts()["connections"] == 3
    assert len(mailbox.mails()) == 3


def test_a_server_gone_between_mails_is_lost(tmp_path: t.Any) -> None:
    mailbox = Mailbox.start()
    authority = tmp_path / "ca.pem"
    os.link(mailbox.settings()["ca_path"], authority)
    with delivering(mailbox, ca_path=str(authority)) as delivery:
        delivery.deliver(FOR_ASHA, ASHA, SIGN_IN)
        mailbox.stop()
        error = told(delivery.deliver, FOR_LI, LI, SIGN_IN)
    assert error.lost
    assert "nothing listens" in str(error)


@pytest.mark.parametrize("where", ["middle", "end", "answer"])
def test_a_disconnect_in_data_counts_as_not_delivered(mailbox: Mailbox, where: str) -> None:
    mailbox.switch(drops=1, drop_at=where)
    with delivering(mailbox) as delivery:
        error = told(delivery.deliver, FOR_ASHA, ASHA, SIGN_IN)
        assert len(mailbox.mails()) == (1 if where == "answer" else 0)
        delivery.deliver(FOR_LI, LI, SIGN_IN)
    assert (error.code, error.lost) == ("SMTPServerDisconnected", False)
    assert "closed the connection while the mail was handed in" in str(error)


def test_a_server_that_breaks_every_mail_is_lost(mailbox: Mailbox) -> None:
    mailbox.switch(drops=3)
    with delivering(mailbox) as delivery:
        given_up = [told(delivery.deliver, FOR_ASHA, ASHA, SIGN_IN).lost for _mail in range(3)]
    assert given_up == [False, False, True]


def test_a_server_that_is_silent_in_data(mailbox: Mailbox) -> None:
    mailbox.switch(slow=5)
    with delivering(mailbox, timeout=1) as delivery:
        error = told(delivery.deliver, FOR_ASHA, ASHA, SIGN_IN)
        mailbox.switch(slow=0)
        delivery.deliver(FOR_LI, LI, SIGN_IN)
    assert "it said nothing for 1 s while the mail was handed in" in str(error)
    assert not error.lost


def test_a_thread_that_is_stopped_leaves_no_half_conversation(mailbox: Mailbox, monkeypatch: t.Any) -> None:
    with delivering(mailbox) as delivery:
        delivery.deliver(FOR_ASHA, ASHA, SIGN_IN)
        with monkeypatch.context() as patch:

            def stop(*_arguments: object) -> t.NoReturn:
                raise KeyboardInterrupt

            patch.setattr("smtplib.SMTP.data", stop)
            with pytest.raises(KeyboardInterrupt):
                delivery.deliver(FOR_ASHA, ASHA, SIGN_IN)
        delivery.deliver(FOR_LI, LI, SIGN_IN)
    assert [first_password(mail) for mail in mailbox.mails()] == [FOR_ASHA.password, FOR_LI.password]


# Letters outside ASCII.


def test_names_and_domains_outside_ascii(mailbox: Mailbox) -> None:
    with delivering(mailbox, sender='"Zugänge, IT" <it@exämple.com>') as delivery:
        delivery.deliver(FOR_ASHA, dataclasses.replace(ASHA, address="asha@bücher.example"), SIGN_IN)
    (mail,) = mailbox.mails()
    assert (mail["sender"], mail["recipients"]) == ("it@xn--exmple-cua.com", ["asha@xn--bcher-kva.example"])
    assert mail["from"] == '"Zugänge, IT" <it@xn--exmple-cua.com>'
    assert mail["raw"].isascii()


def test_an_address_that_needs_smtputf8(mailbox: Mailbox) -> None:
    with delivering(mailbox) as delivery:
        delivery.deliver(FOR_ASHA, dataclasses.replace(ASHA, address="jörg@example.com"), SIGN_IN)
        delivery.deliver(FOR_LI, LI, SIGN_IN)
    assert [mail["to"] for mail in mailbox.mails()] == ["jörg@example.com", "li.wei@example.com"]
    assert first_password(mailbox.mails()[0]) == FOR_ASHA.password


def test_a_server_without_smtputf8() -> None:
    with Mailbox.start(smtputf8=False) as mailbox:
        with delivering(mailbox) as delivery:
            error = told(delivery.deliver, FOR_ASHA, dataclasses.replace(ASHA, address="jörg@example.com"), SIGN_IN)
            assert "no SMTPUTF8" in str(error)
            assert not error.lost
            assert "jörg" not in str(error)
            delivery.deliver(FOR_LI, LI, SIGN_IN)
        with delivering(mailbox, sender="bücher@example.com") as delivery:
            assert told(delivery.try_out).lost


def test_settings_do_not_show_their_password() -> None:
    server = MailServer("smtp.example.com", 587, username="onboard", password=SMTP_PASSWORD)
    assert SMTP_PASSWORD not in repr(server)
    assert SMTP_PASSWORD not in str(server)
