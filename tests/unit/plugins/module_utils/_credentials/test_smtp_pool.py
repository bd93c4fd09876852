# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several connections to a mail server: nobody loses a mail or gets two, whatever the server thinks of so many."""

from __future__ import annotations

import collections
import concurrent.futures
import contextlib
import time
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
from ansible_collections.workforce.aws.plugins.module_utils._credentials.smtp import Breaks
from ansible_collections.workforce.aws.plugins.module_utils._credentials.smtp_pool import MailConnections

from tests.sandbox.mailbox import Mailbox

SIGN_IN = SignIn("https://123456789012.signin.aws.amazon.com/console", "123456789012", "acme")
Ends: t.TypeAlias = "dict[str, DeliveryError | None]"


@pytest.fixture(scope="module")
def shared_mailbox() -> t.Iterator[Mailbox]:
    with Mailbox.start() as mailbox:
        yield mailbox


@pytest.fixture
def mailbox(shared_mailbox: Mailbox) -> Mailbox:
    shared_mailbox.reset()
    return shared_mailbox


@contextlib.contextmanager
def delivering(mailbox: Mailbox, connections: int, pauses: t.Sequence[float] = (0.05, 0.1)) -> t.Iterator[MailDelivery]:
    settings = {**mailbox.settings(), "timeout": 10, "connections": connections}
    del settings["sender"]
    delivery = MailDelivery(MailServer(**settings), Stationery(parse_address("it@example.com")), pauses)
    try:
        yield delivery
    finally:
        delivery.close()


def mail_all(delivery: MailDelivery, count: int) -> Ends:
    """Mail so many people at the same time. What came of each, by the address."""

    def mail(number: int) -> tuple[str, DeliveryError | None]:
        name = f"person{number}"
        to = f"{name}@example.com"
        try:
            delivery.deliver(Issued(name, "Xk7=mN3-pQ_rTu9w+aBc"), Recipient(name, to, {"name": name}), SIGN_IN)
        except DeliveryError as error:
            return to, error
        return to, None

    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        return dict(pool.map(mail, range(count)))


def arrived(mailbox: Mailbox) -> dict[str, int]:
    return collections.Counter(mail["recipients"][0] for mail in mailbox.mails())


def once_each(ends: Ends) -> dict[str, int]:
    """As the mailbox has it, when everybody was mailed once."""
    assert {to: error for to, error in ends.items() if error is not None} == {}
    return dict.fromkeys(ends, 1)


def test_a_server_far_away_is_sent_mails_side_by_side(mailbox: Mailbox) -> None:
    mailbox.switch(latency_ms=50)
    with delivering(mailbox, 8) as delivery:
        delivery.try_out()
        start = time.monotonic()
        ends = mail_all(delivery, 40)
        seconds = time.monotonic() - start
        start = time.monotonic()
    goodbye = time.monotonic() - start
    assert arrived(mailbox) == once_each(ends)
    # One after another it were 40 x 4 x 50 ms, 8 s.
    assert seconds < 4
    assert goodbye < 0.3
    found = mailbox.counts()
    assert 4 <= found["connections"] == found["most_connections"] <= 8
    assert (found["plain_logins"], found["plain_mails"]) == (0, 0)


def test_one_connection_where_only_one_is_wanted(mailbox: Mailbox) -> None:
    mailbox.switch(latency_ms=20)
    with delivering(mailbox, 1) as delivery:
        assert arrived(mailbox) != once_each(mail_all(delivery, 6)) == arrived(mailbox)
    assert mailbox.counts()["connections"] == 1


@pytest.mark.parametrize("allowed", [1, 3])
def test_a_server_that_turns_connections_away_gets_fewer(mailbox: Mailbox, allowed: int) -> None:
    mailbox.switch(connections=allowed, latency_ms=10)
    with delivering(mailbox, 8) as delivery:
        delivery.try_out()
        ends = mail_all(delivery, 24)
        turned_away = mailbox.counts()["turned_away"]
        assert arrived(mailbox) == once_each(ends)
        assert 1 <= turned_away <= 8 - allowed
        mail_all(delivery, 8)
    # It was told once, and is not asked again.
    found = mailbox.counts()
    assert (found["most_connections"], found["turned_away"]) == (allowed, turned_away)


@pytest.mark.parametrize(
    ("stage", "code", "text"),
    [
        ("login", 454, "4.7.0 too many concurrent logins"),
        ("sender", 452, "4.5.3 too many connections"),
        ("recipient", 421, "4.7.0 too many concurrent connections"),
        ("message", 432, "4.3.2 sender thread limit exceeded"),
    ],
)
def test_nobody_fails_whom_fewer_connections_serve(mailbox: Mailbox, stage: str, code: int, text: str) -> None:
    mailbox.switch(latency_ms=10)
    # Without a pause no mail is tried again but for the connections that were given up.
    with delivering(mailbox, 4, pauses=()) as delivery:
        delivery.try_out()
        mail_all(delivery, 12)
        assert mailbox.counts()["connections"] > 2
        mailbox.clear()
        mailbox.refuse(stage, code, text, count=2)
        if stage == "login":
            mailbox.switch(mails_per_connection=3)
        ends = mail_all(delivery, 12)
    assert arrived(mailbox) == once_each(ends)


@pytest.mark.parametrize(("stage", "text"), [("recipient", "4.7.1 greylisted"), ("message", "4.2.2 mailbox full")])
def test_one_persons_refusal_costs_no_connection(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, stage: str, text: str
) -> None:
    given_up: list[int] = []
    monkeypatch.setattr(MailConnections, "do_with_fewer", lambda _self: given_up.append(1))
    mailbox.refuse(stage, 451, text, match="person3@*")
    with delivering(mailbox, 4) as delivery:
        ends = mail_all(delivery, 6)
    (error,) = [error for error in ends.values() if error is not None]
    assert (ends["person3@example.com"], error.lost) == (error, False)
    assert given_up == []


@pytest.mark.parametrize("polite", [True, False])
def test_each_connection_is_made_again_after_its_mails(mailbox: Mailbox, polite: bool) -> None:
    mailbox.switch(mails_per_connection=2, polite=polite, latency_ms=10)
    with delivering(mailbox, 3) as delivery:
        ends = mail_all(delivery, 18)
    assert arrived(mailbox) == once_each(ends)
    found = mailbox.counts()
    assert found["connections"] >= 9
    assert found["most_connections"] <= 3


def test_connections_that_break_together_are_one_break(mailbox: Mailbox) -> None:
    """A server that starts anew: those whose mail was on its way do not know, all others are mailed."""
    mailbox.switch(latency_ms=20)
    with delivering(mailbox, 6) as delivery:
        delivery.try_out()
        mail_all(delivery, 12)
        mailbox.clear()
        mailbox.switch(drops=4, drop_at="end", slow=0.3)
        ends = mail_all(delivery, 12)
    unsure = {to: error for to, error in ends.items() if error is not None}
    assert [error.code for error in unsure.values()] == ["SMTPServerDisconnected"] * 4
    assert not any(error.lost for error in unsure.values())
    assert arrived(mailbox) == {to: 1 for to in ends if to not in unsure}


def test_breaks_in_a_row() -> None:
    breaks = Breaks()
    together = [breaks.so_far() for _mail in range(4)]
    assert [breaks.add(so_far) for so_far in together] == [False] * 4
    assert not breaks.add(breaks.so_far())
    breaks.end()
    assert [breaks.add(breaks.so_far()) for _mail in range(3)] == [False, False, True]


def test_who_waits_is_told_at_once_that_the_server_is_lost(mailbox: Mailbox) -> None:
    mailbox.switch(latency_ms=10)
    # As often as there are connections: whoever was tried after that would be mailed.
    mailbox.refuse("sender", 553, "5.7.1 not owned by user", count=2)
    with delivering(mailbox, 2) as delivery:
        start = time.monotonic()
        ends = mail_all(delivery, 20)
    assert {error.code if error else None for error in ends.values()} == {"SMTPSenderRefused 553"}
    assert all(error is not None and error.lost for error in ends.values())
    assert time.monotonic() - start < 3
    assert mailbox.mails() == []
