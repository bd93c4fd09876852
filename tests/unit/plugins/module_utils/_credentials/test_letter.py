# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a mail says, as a client shows it, and what it must never do to a password on its way."""

from __future__ import annotations

import datetime
import email
import email.policy
import html
import re
import typing as t

import pytest
from ansible_collections.workforce.aws.plugins.module_utils._core.delivery import Issued, Recipient, SignIn
from ansible_collections.workforce.aws.plugins.module_utils._credentials.address import parse_address
from ansible_collections.workforce.aws.plugins.module_utils._credentials.letter import Stationery, write_letter
from hypothesis import given
from hypothesis import strategies as st

if t.TYPE_CHECKING:
    from email.message import EmailMessage

NOW = datetime.datetime(2026, 11, 23, 21, 28, 5, tzinfo=datetime.UTC)
URL = "https://123456789012.signin.aws.amazon.com/console"
RULES = ("At least 8 characters", "At least one symbol of !@#$%^&*()_+-=[]{}|'")
SIGN_IN = SignIn(URL, "123456789012", "acme", RULES, 14)
PASSWORD = "Xk7=mN3-pQ_r^Tu9w&c<>"
ISSUED = Issued("asha.rao", PASSWORD)
WITH_KEY = Issued("asha.rao", PASSWORD, True, "AKIAEXAMPLE", "abc/+DEF")
KEY_ALONE = Issued("asha.rao", None, True, "AKIAEXAMPLE", "abc/+DEF")
SENDER = parse_address("IT <it@example.com>")


def written(
    issued: Issued = ISSUED,
    sign_in: SignIn = SIGN_IN,
    fields: t.Mapping[str, str] | None = None,
    to: str = "asha@example.com",
    mfa: bool = False,
    *,
    role_urls: tuple[str, ...] = (),
    **stationery: t.Any,
) -> EmailMessage:
    """The mail as it is read at the other end."""
    recipient = Recipient("asha.rao", to, fields or {"name": "asha.rao"}, mfa, role_urls)
    message = write_letter(
        Stationery(**{"sender": SENDER, **stationery}), parse_address(to), issued, recipient, sign_in, now=NOW
    )
    content = message.as_bytes()
    assert content.isascii()
    assert max(map(len, content.splitlines())) <= 78
    return email.message_from_bytes(content, policy=email.policy.default)


def text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def page_of(message: EmailMessage) -> str:
    part = message.get_body(("html",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_the_whole_mail() -> None:
    assert text_of(written()) == (
        "You have access to AWS.\n"
        "\n"
        "Sign in here:\n"
        "https://123456789012.signin.aws.amazon.com/console\n"
        "\n"
        "The account is 123456789012, also called acme.\n"
        "\n"
        "User name:\n"
        "asha.rao\n"
        "\n"
        "First password:\n"
        f"{PASSWORD}\n"
        "\n"
        "It works only until you have signed in for the first time and chosen your own.\n"
        "If you have not signed in by 2026-12-07, it is taken back.\n"
        "Give it to nobody. No one will ever ask you for it.\n"
        "\n"
        "What to do:\n"
        "1. Open the address above.\n"
        "2. Enter the user name and the first password: copy it, do not type it.\n"
        "3. Choose a password of your own when you are asked for it.\n"
        "4. Delete this mail.\n"
        "\n"
        "The rules for your own password:\n"
        "- At least 8 characters\n"
        "- At least one symbol of !@#$%^&*()_+-=[]{}|'\n"
        "\n"
        "Whom to ask:\n"
        "it@example.com\n"
    )


def test_where_mfa_is_required_the_mail_says_how() -> None:
    """In the steps of a password, beside a key, and in a template that asks for it; nowhere else."""
    steps = text_of(written(mfa=True)).partition("What to do:\n")[2].partition("\n\n")[0].splitlines()
    assert [step[:20] for step in steps[2:]] == [
        "3. Choose a password",
        "4. Enrol an MFA devi",
        "5. Sign out, and sig",
        "6. Delete this mail.",
    ]
    key = text_of(written(KEY_ALONE, mfa=True))
    assert "To begin a session: aws sts get-session-token" in key
    assert "Assign MFA device" not in key
    template = "${password}\n${mfa}\n"
    filled = text_of(written(mfa=True, text=template)).splitlines()
    assert (filled[0], filled[1][:20], len(filled)) == (PASSWORD, "Enrol an MFA device,", 3)
    assert text_of(written(text=template)) == f"{PASSWORD}\n"
    for mail in (written(), written(WITH_KEY), written(KEY_ALONE)):
        assert "MFA" not in text_of(mail)


def test_the_page_says_the_same_and_is_escaped() -> None:
    page = page_of(written())
    shown = html.unescape(re.sub(r"<[^>]*>", "", page))
    for line in text_of(written()).splitlines():
        assert re.sub(r"^(-|\d\.) ", "", line) in shown
    assert f'word-break: break-all">{html.escape(PASSWORD)}</pre>' in page
    assert f'<a href="{URL}">{URL}</a>' in page


def test_the_page_greets_by_name_under_the_company() -> None:
    by_alias, by_sender = page_of(written()), page_of(written(sign_in=SignIn(URL, "123456789012")))
    assert "Hello asha.rao," in by_alias
    assert [line for line in ("acme", "IT") if f"\n{line}\n</td>" in by_alias] == ["acme"]
    assert "\nIT\n</td>" in by_sender
    alone = parse_address("it@example.com")
    assert "\nAWS\n</td>" in page_of(written(sign_in=SignIn(URL, "123456789012"), sender=alone))
    nasty = page_of(written(sign_in=SignIn(URL, "1", None), sender=parse_address('"<b>&Co" <it@example.com>')))
    assert "\n&lt;b&gt;&amp;Co\n</td>" in nasty


def test_the_page_is_what_mail_programs_agree_on() -> None:
    """Styles in the elements alone, no picture, nothing from elsewhere, and no text with a colour of its own."""
    page = page_of(written(WITH_KEY))
    assert not re.search(r"<(style|img|script|link|div)\b|class=|url\(|background|[^-]color: ", page)
    opened = re.findall(r"<(table|tr|td|p|pre|ol|ul|li|a|html|body|head|title)\b", page)
    assert sorted(opened) == sorted(re.findall(r"</(\w+)>", page))


def test_headers() -> None:
    message = written(reply_to=parse_address("Help <help@example.com>"))
    assert (message["From"], message["To"]) == ("IT <it@example.com>", "asha@example.com")
    assert message["Reply-To"] == "Help <help@example.com>"
    assert message["Subject"] == "Your sign-in to AWS account acme"
    assert written(sign_in=SignIn(URL, "123456789012"))["Subject"] == "Your sign-in to AWS account 123456789012"
    assert message["Date"] == "Mon, 23 Nov 2026 21:28:05 +0000"
    assert re.fullmatch(r"<[^@<>\s]+@example\.com>", message["Message-ID"])
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "multipart/alternative"
    assert "help@example.com" in text_of(message)
    assert "telephone 4711" in text_of(written(contact="the service desk, telephone 4711"))


def test_without_expiry_alias_and_rules() -> None:
    text = text_of(written(sign_in=SignIn(URL, "123456789012")))
    assert "The account is 123456789012.\n" in text
    assert "taken back" not in text
    assert "rules" not in text


def test_a_password_that_need_not_be_changed() -> None:
    text = text_of(written(Issued("asha.rao", PASSWORD, reset_required=False)))
    assert "works only" not in text
    assert "Delete this mail" not in text
    assert "rules" not in text


def test_a_key_beside_the_password_and_alone() -> None:
    both = text_of(written(WITH_KEY)).splitlines()
    assert both[both.index("Secret access key:") + 1] == "abc/+DEF"
    assert PASSWORD in both
    alone = text_of(written(KEY_ALONE)).splitlines()
    assert alone[alone.index("Access key ID:") + 1] == "AKIAEXAMPLE"
    assert "First password:" not in alone
    assert "None" not in " ".join(alone)
    assert "abc/+DEF" in page_of(written(KEY_ALONE))


@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=40))
def test_any_password_arrives_as_it_is(password: str) -> None:
    message = written(Issued("asha.rao", password))
    lines = text_of(message).splitlines()
    assert lines[lines.index("First password:") + 1] == password
    blocks = re.findall(r"<pre[^>]*>([^<]*)</pre>", page_of(message))
    assert html.unescape(blocks[1]) == password


# Templates


def test_templates_replace_what_we_would_say() -> None:
    message = written(
        fields={"name": "asha.rao", "cost-center": "R&D"},
        subject="Zugang für ${name} (${cost-center})",
        text="From the start: $$5\n.\n${password}\nbis $expires_on\n${missing}",
        html="<p>${cost-center}</p><b>${password}</b>${password_rules}",
    )
    assert message["Subject"] == "Zugang für asha.rao (R&D)"
    assert text_of(message) == f"From the start: $5\n.\n{PASSWORD}\nbis 2026-12-07\n\n".rstrip("\n") + "\n"
    page = page_of(message)
    assert page.startswith(f"<p>R&amp;D</p><b>{html.escape(PASSWORD)}</b><ul ")
    assert "<li>At least 8 characters</li>" in page


def test_a_text_alone_has_no_html_and_html_alone_has_our_text() -> None:
    assert written(text="${password}\n").get_content_type() == "text/plain"
    assert "First password:" in text_of(written(html="<b>${password}</b>"))


def test_a_tag_does_not_take_the_place_of_ours() -> None:
    message = written(
        fields={"name": "asha.rao", "password": "hunter2", "contact": "mallory"}, text="${password}\n${contact}"
    )
    assert text_of(message) == f"{PASSWORD}\nit@example.com\n"


def test_what_a_field_says_is_not_read_as_a_template() -> None:
    message = written(
        fields={"name": "asha.rao", "team": "${password}"}, subject="for ${team}", text="${password}\n${team}"
    )
    assert message["Subject"] == "for ${password}"
    assert text_of(message) == f"{PASSWORD}\n${{password}}\n"


def test_a_mail_of_a_key_alone_names_the_account() -> None:
    assert "The account is 123456789012, also called acme.\n" in text_of(written(KEY_ALONE))


def test_a_key_is_not_lost_in_a_template_that_was_not_made_for_one() -> None:
    message = written(WITH_KEY, text="${password}\n", html="<b>${password}</b>")
    assert "Secret access key:\nabc/+DEF\n" in text_of(message)
    assert "abc/+DEF</pre>" in page_of(message)
    made_for_it = written(WITH_KEY, text="${password}\n${secret_access_key}\n")
    assert text_of(made_for_it) == f"{PASSWORD}\nabc/+DEF\n"
    assert text_of(written(KEY_ALONE, text="${password}\n")) == text_of(written(KEY_ALONE))


NASTY = "Asha\r\nBcc: mallory@example.com\r\n\r\nhello\x00\u2028\u202e"


def test_no_field_begins_another_header() -> None:
    message = written(fields={"name": "asha.rao", "team": NASTY}, subject="for ${team}")
    assert message["Bcc"] is None
    assert message["Subject"] == "for Asha Bcc: mallory@example.com hello"
    assert set(message.keys()) == set(written().keys())


@pytest.mark.parametrize(
    "address", [f"{NASTY} <a@example.com>", "a@example.com\nBcc: b@example.com", "a@exa\rmple.com"]
)
def test_no_address_begins_another_header(address: str) -> None:
    with pytest.raises(ValueError, match="cannot be printed"):
        parse_address(address)


@given(st.text(max_size=40))
def test_a_display_name_never_begins_another_header(name: str) -> None:
    try:
        sender = parse_address(f'"{name}" <it@example.com>')
    except ValueError:
        return
    message = written(sender=sender)
    assert set(message.keys()) == set(written().keys())
    assert message["From"].addresses[0].addr_spec == "it@example.com"


def test_letters_outside_ascii() -> None:
    message = written(
        sender=parse_address('"Zugänge, IT" <it@exämple.com>'),
        contact="Jörg Müller, 電話 4711",
        subject="Ihr Zugang — für ${name}",
    )
    assert message["From"] == '"Zugänge, IT" <it@xn--exmple-cua.com>'
    assert message["Message-ID"].endswith("@xn--exmple-cua.com>")
    assert message["Subject"] == "Ihr Zugang — für asha.rao"
    assert "Jörg Müller, 電話 4711" in text_of(message)
    assert "Jörg Müller, 電話 4711" in page_of(message)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is not one mail address"),
        ("asha", "is not one mail address"),
        ("a@b.example, c@d.example", "is not one mail address"),
        ("people: a@b.example, c@d.example;", "is not one mail address"),
        ("people: a@b.example;", "is not one mail address"),
        ("a b@c.example", "is not one mail address"),
        ("a@" + "x" * 64 + ".example", "a domain that cannot be one"),
        ("a@b..example", "is not one mail address"),
    ],
)
def test_what_is_no_address(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_address(text)


def test_the_links_to_roles_stand_in_both_forms_and_in_templates() -> None:
    urls = tuple(f"https://signin.aws.amazon.com/switchrole?account=1&roleName={name}" for name in ("a", "b"))
    message = written(role_urls=urls)
    assert "\n".join(["Roles that you may switch to once you are signed in:", *urls]) in text_of(message)
    for url in urls:
        assert f'<a href="{html.escape(url)}">' in page_of(message)
    assert "Roles that you may" not in text_of(written())
    assert "Roles that you may" not in text_of(written(KEY_ALONE, role_urls=urls))
    text = text_of(written(role_urls=urls, text="${password}\n\n${role_urls}\n"))
    assert text.endswith("\n".join(urls) + "\n")
